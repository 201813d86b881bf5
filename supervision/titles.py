"""Sentences composed from the figures by stated rules: titles, reasons, verdicts, and what is to be decided.

Every function takes frames as the queries give them and is total: an empty frame and a missing
figure give a shorter sentence, never an exception.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pandas as pd

from supervision.metrics import BY_CODE
from supervision.periods import KIND_NAMES, Period
from supervision.view.formats import day, number, plus, volume_change
from supervision.warehouse import SnapshotInfo

Row = dict[Any, Any]

STREAK = 2
"""From so many rises or falls in a row on, the streak is the news."""
NOTABLE_POINTS = 0.01
"""A rate that changed by less than one percentage point is not worth a title."""
FEW = 5
"""Under so many problems, the share of a town says nothing."""
SHARES = (
    (0.75, "占四分之三以上"),
    (0.55, "占一半以上"),
    (0.50, "占一半"),
    (0.45, "占近一半"),
    (0.40, "占四成以上"),
    (1 / 3, "占三分之一以上"),
)
SUFFIXES = ("满族乡", "回族乡", "民族乡", "街道", "地区", "镇", "乡")
DIGITS = "零一二三四五六七八九十"
SHORT_METRICS = {
    "patrol_completion": "巡河",
    "on_time_rate": "按期",
    "valid_rate": "有效",
    "closure_rate": "销号",
    "overdue": "逾期",
}
STEADY = 0.05
"""A score that moved by less than this, in points, did not move."""


@dataclass(frozen=True)
class Decision:
    """Something to be decided today: the question, and the fact below it."""

    question: str
    fact: str


@dataclass(frozen=True)
class Verdict:
    """What a department is flagged for: flag names, each figure with its limit, and the columns that failed."""

    flags: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    failed: frozenset[str] = field(default_factory=frozenset)


def series(trend: pd.DataFrame, metric: str, column: str = "value") -> list[float]:
    """A metric's figures over the periods of a trend (columns end, metric, …), oldest first, NaN where it has none."""
    known = trend[trend["metric"] == metric].drop_duplicates("end").set_index("end")[column]
    return floats(known.reindex(trend["end"].drop_duplicates().sort_values()))


def counts(trend: pd.DataFrame, metric: str, column: str = "value") -> list[float]:
    """The same of a count, which is 0 where nobody has any."""
    return [0.0 if pd.isna(value) else value for value in series(trend, metric, column)] or [0.0]


def floats(values: "pd.Series[Any]") -> list[float]:
    """Plain floats, NaN for what is missing."""
    return [float("nan") if pd.isna(value) else float(value) for value in values]


def streak(values: Sequence[float]) -> int:
    """How many times in a row the figures rose (positive) or fell (negative) up to the last one."""
    steps = [round(after - before, 3) for before, after in pairwise(values)]
    count = 0
    for step in reversed(steps):
        if not step or pd.isna(step) or (count and (step > 0) != (count > 0)):
            break
        count += 1 if step > 0 else -1
    return count


def overview(trend: pd.DataFrame, towns: pd.DataFrame, period: Period) -> str:
    """The overview's title: overdue now, the towns that hold most of it, and the rate with the longest streak."""
    values = counts(trend, "overdue")
    clauses = [_overdue_clause(values) + _concentration(towns), _rate_clause(trend, period)]
    return "；".join(filter(None, clauses))


def ranking(frame: pd.DataFrame, period: Period) -> str:
    """The ranking's title: who leads, and who moved farthest and by which item."""
    ranked = frame[frame["rank"].notna()]
    if ranked.empty:
        return f"{period.name}没有可以排名的镇乡街道"
    return "；".join(filter(None, (_leader_clause(ranked), _mover_clause(ranked))))


def overdue(towns: pd.DataFrame) -> str:
    """The overdue page's title: how many, how many for over 30 days, where most, where longest."""
    total = int(towns["overdue"].sum())
    if not total:
        soon = int(towns["due_soon"].sum())
        return "没有逾期未整改的问题" + (f"，{soon} 件临期" if soon else "")
    old = int(towns["late_over_30"].sum())
    title = f"逾期 {number(total)} 件" + (f"，{number(old)} 件超 30 天" if old else "")
    most = towns.loc[towns["overdue"] == towns["overdue"].max(), "town"].tolist()
    count = number(towns["overdue"].max())
    oldest = towns.sort_values("days_max", na_position="first").iloc[-1]
    days = number(oldest["days_max"])
    if len(most) == 1:
        where = "" if oldest["town"] == most[0] else oldest["town"]
        return f"{title}；{most[0]} {count} 件最多，{where}最久 {days} 天"
    if len(most) == 2:
        return f"{title}；{_together(most)}各 {count} 件最多，{oldest['town']}最久 {days} 天"
    return f"{title}；最久的 {days} 天，在{oldest['town']}"


def enforcement(frame: pd.DataFrame, period: Period) -> str:
    """The enforcement page's title: which departments are flagged, each named once under its first flag."""
    if frame.empty:
        return "还没有部门名录"
    flagged = frame[frame["flags"].notna()]
    if flagged.empty:
        return f"{len(frame)} 个部门都未触及限值，{_when(period)}共立案 {number(frame['cases_opened'].sum())} 件"
    first = flagged["flags"].str.split("、").str[0]
    clauses = [_flag_clause(flag, flagged[first == flag], period) for flag in first.unique()]
    order = sorted(clauses, key=lambda clause: list(FLAG_WORDS).index(clause[0]))
    texts = [text for _, text in order[:3]]
    return "；".join(filter(None, (texts[0], "，".join(texts[1:]))))


def overdue_trend(trend: pd.DataFrame, period: Period) -> str:
    """The title over the overdue chart: the streak or the change, and whether new or old ones make it."""
    values = counts(trend, "overdue")
    if not any(values):
        return "各期末都没有逾期"
    now, before = values[-1], values[-2] if len(values) > 1 else None
    count = streak(values)
    if abs(count) >= STREAK:
        text = f"逾期连续 {abs(count)} {_periods(period)}{'上升' if count > 0 else '下降'}"
    elif before is None:
        return f"{period.name}末逾期 {number(now)} 件"
    elif now == before:
        return f"逾期与{period.name_of_previous}持平"
    else:
        text = f"逾期比{period.name_of_previous}{'多' if now > before else '少'} {number(abs(now - before))} 件"
    fresh, old = (counts(trend, metric)[-2:] for metric in ("late_1_7", "late_over_30"))
    parts = {True: ("新增多", "旧账未清"), False: ("新增少", "旧账在清")}[count > 0]
    moved = [
        word
        for word, (earlier, later) in zip(parts, (fresh, old), strict=True)
        if (later > earlier if count > 0 else later < earlier)
    ]
    return "，".join(filter(None, (text, "、".join(moved))))


def reasons(frame: pd.DataFrame, items: pd.DataFrame, period: Period) -> dict[str, str]:
    """By town: the rubric item that moved its score most, by how many points, and the counts behind it."""
    by_item = {(item["town"], item["metric"]): item for item in items.to_dict("records")}
    return {
        town["town"]: _reason(town, by_item.get((town["town"], town["moved_by"])), period)
        for town in frame.to_dict("records")
    }


def verdict(department: Row) -> Verdict:
    """The flags of one row of enforcement_by_department with the figures and limits that they rest on."""
    flags: tuple[str, ...] = () if pd.isna(department["flags"]) else tuple(department["flags"].split("、"))
    opened = number(department["cases_opened"])
    volume: str = "立案" if pd.isna(department["inspections"]) else "检查"
    per_officer = number(department["inspections_per_officer"], 1)
    drop = f"{volume} {volume_change(department['change_previous'])}"
    judged = {
        "零执法": (f"立案 {opened}（≥ {number(department['zero_limit'])}）", "cases_opened"),
        "执法量少": (f"人均 {per_officer}（≥ {number(department['per_officer_limit'], 1)}）", "per_officer"),
        "进度滞后": (
            f"今年立案 {number(department['cases_this_year'])}（≥ {number(department['target_limit'], 1)}）",
            "cases_this_year",
        ),
        "降幅大": (f"{drop}（> {volume_change(-department['drop_limit'])}）", "change_previous"),
        "有问题无案件": (f"职责内问题 {number(department['remit_problems'])} 件", "cases_opened"),
    }
    return Verdict(flags, tuple(judged[flag][0] for flag in flags), frozenset(judged[flag][1] for flag in flags))


def decisions(
    towns: pd.DataFrame, departments: pd.DataFrame, problems: pd.DataFrame, ranked: pd.DataFrame, period: Period
) -> list[Decision]:
    """At most three things to decide, the gravest rule first: over 30 days, no enforcement, city-listed
    points, no deadline, a failing band, the deepest fall, due within days."""
    candidates = (
        _decide_old(towns),
        _decide_idle(departments, period),
        _decide_listed(problems),
        _decide_undated(towns),
        _decide_failing(ranked),
        _decide_fallen(ranked),
        _decide_due(towns),
    )
    return [decision for decision in candidates if decision][:3]


def things_to_decide(count: int) -> str:
    """The heading over the decisions."""
    return f"今天要定的{'两' if count == 2 else DIGITS[count]}件事" if count else "今天没有要定的事"


FLAG_WORDS = {
    "零执法": "零执法",
    "执法量少": "执法量少",
    "降幅大": "执法量大幅下降",
    "进度滞后": "办案进度滞后",
    "有问题无案件": "有问题无案件",
}
"""The flags, the gravest first, as a title says them."""


def left_out(ranked: pd.DataFrame, period: Period) -> str:
    """The footnote under a ranking: who is not ranked, since when, and that his overdue still counts."""
    apart = ranked[ranked["rank"].isna()]
    notes = []
    for town in apart.to_dict("records"):
        since = "" if pd.isna(town["status_from"]) else f" {day(town['status_from'], period.end.year)}起"
        status = town["status"] if town["status"] != "正常" else "没有可考核的项目"
        notes.append(f"{town['town']}{since}{status}，不排名；逾期 {number(town['overdue'])} 件计入全区。")
    return "".join(notes) or "全部镇乡街道参加排名。"


def band_edges(bands: pd.DataFrame) -> dict[str, str]:
    """By band (等级): its edges, such as 80—90 分."""
    edges = {}
    for band in bands.to_dict("records"):
        low, high = number(band["lower_edge"]), number(band["upper_edge"])
        top, foot = pd.isna(band["upper_edge"]), not band["lower_edge"]
        edges[str(band["band"])] = f"{low} 分以上" if top else f"不足 {high} 分" if foot else f"{low}—{high} 分"
    return edges


def ranking_foot(bands: pd.DataFrame, *, firm: bool) -> str:
    """The footnote of the ranking: how to read it, and by which rule it was made."""
    notes = ["色块为得分，浅色为失分，写明的为失 8 分及以上；斜纹为本期没有，权重分给其余各项。"]
    if firm:
        notes.append("名次区间：权重小幅变动 300 次后名次的范围。")
    if not bands.empty:
        origin = "、".join(bands["origin"].dropna().unique())
        start = bands["effective_from"].iloc[0]
        notes.append(f"考核办法 {day(start, 0)}起施行" + (f"（等级：{origin}）。" if origin else "。"))
    return "".join(notes)


def limit_text(departments: pd.DataFrame) -> str:
    """The head over the bars: which share of the group's median is the limit."""
    shares = (departments["per_officer_limit"] / departments["group_median"]).dropna()
    return f"限值：领域中位数的 {number(100 * shares.iloc[0])} %" if len(shares) else "没有限值"


def enforcement_foot(total: pd.DataFrame, period: Period, newest: date) -> str:
    """The footnote of the enforcement page: what is compared, where the limits come from, and the joint actions."""
    joint = number(total["joint_actions"].iloc[-1]) if len(total) else "0"
    unfinished = f"本期未满，只到 {day(newest, period.end.year)}，与整个{period.name_of_previous}相比。"
    return (
        f"{unfinished if newest < period.end else ''}"
        "限值由本区考核办法规定（示例），无公开标准；领域内不足 3 个部门的不比人均。"
        f"联合执法按参与部门各计一次，全区合计只计一次：{joint} 次。"
    )


def intake(current: SnapshotInfo | None) -> str:
    """The import page's title: the batch that everybody sees now, when and by whom it was made."""
    if current is None:
        return "还没有数据；请先导入镇乡街道和部门名录"
    return f"当前是第 {current.batch} 批，{_made_at(current)} 由{current.made_by}导入"


def batch(info: SnapshotInfo) -> str:
    """A snapshot as people know it: number, time and who made it."""
    return f"第 {info.batch} 批，{_made_at(info)}，{info.made_by}"


def rollback(now: int, chosen: int) -> str:
    """What going back to another batch means."""
    return f"所有人看到的数据将从第 {now} 批换成第 {chosen} 批；第 {now} 批仍然留着，可以再换回来。"


def chased(problems: pd.DataFrame, listed: int) -> str:
    """The footnote under the list to chase: how many of each state, and how many are shown."""
    states = "、".join(f"{state} {number(count)} 件" for state, count in problems["state"].value_counts().items())
    more = f"列出前 {number(listed)} 件，全部见导出。" if len(problems) > listed else ""
    return f"共 {number(len(problems))} 件：{states}。{more}"


def checked(news: int, refused: int, sheets: int) -> str:
    """The heading over a check: what would go in and what would go back."""
    found = f"{sheets} 个工作表" + (f"，{number(news)} 行新增或变更" if news else "，与当前批次相同，没有新的内容")
    return f"{found}；{number(refused)} 处要退回" if refused else f"{found}，没有要退回的"


def imported(snapshot: str | None, news: int, refused: int) -> str:
    """What an import did, in one sentence."""
    if snapshot is None:
        return "与当前批次完全相同，没有新的内容，未入库。"
    back = f"，退回 {number(refused)} 处" if refused else ""
    return f"第 {int(snapshot)} 批已入库：新增或变更 {number(news)} 行{back}。"


def short_metric(code: str) -> str:
    """A rubric item in two characters, for the head of its slot."""
    return SHORT_METRICS.get(code) or _item_name(code)


def department_name(name: str) -> str:
    """A department as a title names it: 区水务局 as 水务局."""
    return name.removeprefix("区") if len(name) > 2 else name


def _made_at(info: SnapshotInfo) -> str:
    made = datetime.fromisoformat(info.made_at)
    return f"{day(made, 0)} {made:%H:%M}"


def _overdue_clause(values: Sequence[float]) -> str:
    if not values or not values[-1]:
        return "没有逾期未整改的问题"
    now, before = values[-1], values[-2] if len(values) > 1 else None
    verb = "" if before is None else "增至" if now > before else "降至" if now < before else "仍有"
    return f"逾期整改{verb} {number(now)} 件"


def _concentration(towns: pd.DataFrame) -> str:
    """The fewest towns, at most three, that hold a share worth naming and are set off from the next."""
    counts = towns.loc[towns["overdue"] > 0].sort_values("overdue", ascending=False)
    total = counts["overdue"].sum()
    if total < FEW:
        return ""
    for size in range(1, min(3, len(counts) - 1) + 1):
        share = counts["overdue"].head(size).sum() / total
        stands_out = counts["overdue"].iloc[size - 1] > counts["overdue"].iloc[size]
        words = next((words for edge, words in SHARES if share >= edge), None)
        if stands_out and words:
            return f"，{_together(counts['town'].head(size).tolist())}{words}"
    return ""


def _rate_clause(trend: pd.DataFrame, period: Period) -> str:
    """Of two rates the one with the longer streak, else the one that changed more, if it is worth saying."""
    rates = {code: series(trend, code) for code in ("patrol_completion", "on_time_rate")}
    code, values = max(rates.items(), key=lambda item: abs(streak(item[1])))
    if abs(count := streak(values)) >= STREAK:
        return f"{BY_CODE[code].name}连{'升' if count > 0 else '降'} {abs(count)} {_periods(period)}"
    steps = {code: values[-1] - values[-2] for code, values in rates.items() if len(values) > 1}
    known = {code: step for code, step in steps.items() if abs(step) >= NOTABLE_POINTS}
    if not known:
        return ""
    code = max(known, key=lambda each: abs(known[each]))
    return f"{BY_CODE[code].name}{'升' if known[code] > 0 else '降'} {number(abs(100 * known[code]), 1)} 个百分点"


def _leader_clause(ranked: pd.DataFrame) -> str:
    leaders = ranked[ranked["rank"] == 1]
    names = leaders["town"].tolist()
    if len(names) > 1:
        return f"{_listed(names)}并列第一"
    before = leaders["previous_rank"].iloc[0]
    verb = "位列第一" if pd.isna(before) else "保持第一" if before == 1 else "升至第一"
    return f"{names[0]}{verb}"


def _mover_clause(ranked: pd.DataFrame) -> str:
    """Who moved farthest, of those that do not lead; a fall goes before a rise of as many places."""
    last = ranked["rank"].max()
    moves = ranked[ranked["rank"] > 1].assign(far=lambda frame: frame["rank_change"].fillna(0).abs())
    moves = moves.sort_values(["far", "rank_change", "rank"], ascending=[False, True, False])
    if moves.empty:
        return ""
    town = moves.iloc[0]
    if not town["far"]:
        bottom = ranked[ranked["rank"] == last].iloc[-1]
        return f"{bottom['town']}列末位，得 {number(bottom['score'], 1)} 分"
    rose = town["rank_change"] > 0
    place = "列末位" if town["rank"] == last else f"至第 {number(town['rank'])}"
    clause = f"{town['town']}{'升' if rose else '降'} {number(town['far'])} 位{place}"
    if pd.notna(town["moved_by"]) and (town["moved_points"] > 0) == rose:
        points = number(abs(town["moved_points"]), 1)
        clause += f"，{_item_name(town['moved_by'])}一项{'多' if rose else '少'}得 {points} 分"
    return clause


def _flag_clause(flag: str, flagged: pd.DataFrame, period: Period) -> tuple[str, str]:
    names = [department_name(name) for name in flagged["department"]]
    listed = "、".join(names[:2]) + (f"等 {len(names)} 个部门" if len(names) > 2 else "")
    when = f" {_when(period)}".replace(" 本", "本") if flag == "零执法" else ""
    if flag == "降幅大" and len(names) == 1:
        return flag, f"{listed}执法量下降 {number(-100 * flagged['change_previous'].iloc[0])} %"
    return flag, f"{listed}{when}{FLAG_WORDS[flag]}"


def _reason(town: Row, item: Row | None, period: Period) -> str:
    before = period.name_of_previous
    if pd.isna(town["score"]):
        return "没有可考核的项目"
    if pd.isna(town["score_change"]):
        return f"{before}没有得分可比"
    if abs(town["score_change"]) < STEADY:
        return f"与{before}基本持平"
    if item is None or pd.isna(town["moved_points"]):
        return f"得分 {plus(town['score_change'])}：计分项目有增减"
    return f"{_item_name(item['metric'])} {plus(town['moved_points'])}：{_counts(item)}"


def _counts(item: Row) -> str:
    """The counts behind an item: what was owed and what was done or missed."""
    metric, done, owed = item["metric"], item["numerator"], item["denominator"]
    lacking: float | None = None if pd.isna(owed) else owed - done
    if metric == "patrol_completion":
        return f"应巡 {number(owed)} 次" + (f"，欠 {number(lacking)} 次" if lacking else "，全部完成")
    if metric == "valid_rate":
        return f"巡河 {number(owed)} 次" + (f"，无效 {number(lacking)} 次" if lacking else "，全部有效")
    if metric == "on_time_rate":
        return f"到期 {number(owed)} 件" + (f"，按期 {number(done)} 件" if lacking else "，全部按期")
    if metric == "closure_rate":
        return f"发现 {number(owed)} 件" + (f"，销号 {number(done)} 件" if lacking else "，全部销号")
    earlier = item["previous_numerator"]
    unit = BY_CODE[metric].unit if metric in BY_CODE else ""
    if pd.isna(owed) and not pd.isna(earlier):
        return f"{number(earlier)} {unit}变为 {number(done)} {unit}"
    return f"{number(done)}" + ("" if pd.isna(owed) else f"／{number(owed)}")


def _decide_old(towns: pd.DataFrame) -> Decision | None:
    old = int(towns["late_over_30"].sum())
    if not old:
        return None
    fact = f"{_by_town(towns, 'late_over_30')}，最长 {number(towns['days_max'].max())} 天"
    return Decision(f"{number(old)} 件逾期超 30 天，是否由区级河长挂牌督办", fact)


def _decide_idle(departments: pd.DataFrame, period: Period) -> Decision | None:
    flags = departments["flags"].fillna("")
    idle = departments[flags.str.contains("零执法")]
    if idle.empty:
        return None
    problems = int(idle["remit_problems"].sum())
    fact = f"{_when(period)}立案 0 件" + (f"；职责内问题 {number(problems)} 件" if problems else "")
    return Decision(f"{_listed(idle['department'].tolist(), '个部门')}零执法，是否通报", fact)


def _decide_listed(problems: pd.DataFrame) -> Decision | None:
    listed = problems[problems["city_listed"].fillna(False).astype(bool)]
    if listed.empty:
        return None
    late = int((listed["state"] == "逾期").sum())
    fact = _by_town(listed.groupby("town").size().rename("points").reset_index(), "points", "处")
    text = f"{len(listed)} 处市级挂账点没有整改完，何时销账"
    return Decision(text, fact + (f"；{late} 处已逾期" if late else ""))


def _decide_undated(towns: pd.DataFrame) -> Decision | None:
    undated = int(towns["no_deadline"].sum())
    text = f"{number(undated)} 件没有整改时限，是否限期补齐台账"
    return Decision(text, _by_town(towns, "no_deadline")) if undated else None


def _decide_failing(ranked: pd.DataFrame) -> Decision | None:
    failing = ranked[ranked["rank"].notna() & (ranked["band"] == "不合格")]
    if failing.empty:
        return None
    scores = "、".join(f"{town} {number(score, 1)} 分" for town, score in failing[["town", "score"]].head(3).to_numpy())
    return Decision(f"{_listed(failing['town'].tolist())}不合格，是否约谈", scores)


def _decide_fallen(ranked: pd.DataFrame) -> Decision | None:
    fallen = ranked[ranked["rank_change"].fillna(0) <= -2].sort_values("rank_change")
    if fallen.empty:
        return None
    town = fallen.iloc[0]
    change = f"第 {number(town['previous_rank'])} 降至第 {number(town['rank'])}"
    return Decision(f"{town['town']}降 {number(-town['rank_change'])} 位，是否说明原因", change)


def _decide_due(towns: pd.DataFrame) -> Decision | None:
    soon = int(towns["due_soon"].sum())
    return Decision(f"{number(soon)} 件临期，谁来盯", _by_town(towns, "due_soon")) if soon else None


def _by_town(counts: pd.DataFrame, column: str, unit: str = "件") -> str:
    """The three towns with most, and the rest in one figure."""
    some = counts[counts[column] > 0].sort_values(column, ascending=False, kind="stable")
    named = "、".join(f"{town} {number(count)} {unit}" for town, count in some[["town", column]].head(3).to_numpy())
    rest = some[column].iloc[3:].sum()
    return named + (f"，其余 {len(some) - 3} 个 {number(rest)} {unit}" if rest else "")


def _listed(names: Sequence[str], unit: str = "个") -> str:
    return "、".join(names[:2]) + (f"等 {len(names)} {unit}" if len(names) > 2 else "")


def _together(names: Sequence[str]) -> str:
    """Towns of one kind as 宝山、桥梓两镇, others in full."""
    endings = {next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "") for name in names}
    if len(names) == 1 or len(endings) > 1 or endings == {""}:
        return "、".join(names)
    (ending,) = endings
    bare = "、".join(name.removesuffix(ending) for name in names)
    return f"{bare}{'两' if len(names) == 2 else DIGITS[len(names)]}{ending}"


def _item_name(metric: str) -> str:
    return BY_CODE[metric].name.removesuffix("率") if metric in BY_CODE else metric


def _when(period: Period) -> str:
    return f"{period.start.month} 月" if period.kind == "month" else period.name


def _periods(period: Period) -> str:
    return {"month": "个月", "quarter": "个季度", "free": "期"}.get(period.kind, KIND_NAMES[period.kind])
