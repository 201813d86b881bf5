"""Titles of the pages: sentences composed from the figures by stated rules.

Every function takes frames as the queries give them and is total: an empty frame and a missing
figure give a shorter sentence, never an exception. So do the modules reasons, decisions and footnotes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from supervision.building import SnapshotInfo
from supervision.footnotes import made_at
from supervision.formats import day, in_days, number, rate
from supervision.metrics import BY_CODE
from supervision.periods import Period
from supervision.rulebook import EXAMPLE, IN_FORCE
from supervision.senders import LATE, MISSING, UNJUDGED, Sender
from supervision.tables import Table
from supervision.trends import counts, series, streak
from supervision.wording import (
    FEW,
    department_name,
    explains,
    is_deducted,
    item_name,
    listed,
    periods_name,
    together,
    when,
)

STREAK = 2
"""From so many rises or falls in a row on, the streak is the news."""
NOTABLE_POINTS = 0.01
"""A rate that changed by less than one percentage point is not worth a title."""
NOTABLE_PLACES = 2
"""From so many places on, a town's move in the ranking is news, and a fall a question."""
SHARES = (
    (0.75, "占四分之三以上"),
    (0.55, "占一半以上"),
    (0.50, "占一半"),
    (0.45, "占近一半"),
    (0.40, "占四成以上"),
    (1 / 3, "占三分之一以上"),
)
FLAG_WORDS = {
    "零执法": "零执法",
    "执法量少": "执法量少",
    "降幅大": "执法量大幅下降",
    "进度滞后": "办案进度滞后",
    "有问题无案件": "有问题无案件",
}
"""The flags, the gravest first, as a title says them."""


def overview(trend: pd.DataFrame, towns: pd.DataFrame, period: Period) -> str:
    """The overview's title: overdue now, the towns that hold most of it, and the rate with the longest streak."""
    if "overdue" not in set(trend["metric"]):
        return "；".join(filter(None, ("整改台账还没有导入", _rate_clause(trend, period))))
    return "；".join(filter(None, (overdue_now(trend, towns), _rate_clause(trend, period))))


def overdue_now(trend: pd.DataFrame, towns: pd.DataFrame) -> str:
    """How many are overdue against the period before, and the towns that hold most of them."""
    return _overdue_clause(counts(trend, "overdue")) + _concentration(towns)


def ranking(frame: pd.DataFrame, period: Period) -> str:
    """The ranking's title: who leads, and who moved farthest and by which item."""
    ranked = frame[frame["rank"].notna()]
    if ranked.empty:
        return f"{period.name}没有可以排名的镇乡街道"
    return "；".join(filter(None, (_leader_clause(ranked), _mover_clause(ranked))))


def movers(ranking: pd.DataFrame) -> pd.DataFrame:
    """The ranked towns that changed places, as rows of town_ranking with `far` (位, how many places), farthest first.

    A fall goes before a rise of as many places, and of equal falls the one that ended lower: whatever names a mover
    names the first of these.
    """
    ranked = ranking[ranking["rank"].notna() & (ranking["rank_change"].fillna(0) != 0)]
    far = ranked.assign(far=ranked["rank_change"].abs())
    return far.sort_values(["far", "rank_change", "rank"], ascending=[False, True, False])


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
    oldest = towns.sort_values("days_max", ascending=False, kind="stable").iloc[0]
    days = number(oldest["days_max"])
    if len(most) == 1:
        where = "" if oldest["town"] == most[0] else oldest["town"]
        return f"{title}；{most[0]} {count} 件最多，{where}最久 {days} 天"
    if len(most) == 2:
        return f"{title}；{together(most)}各 {count} 件最多，{oldest['town']}最久 {days} 天"
    return f"{title}；最久的 {days} 天，在{oldest['town']}"


def flow(steps: pd.DataFrame, period: Period) -> str:
    """The title over the flow: how long the closed took, and which step is the slowest (the first of equals)."""
    closed = int(steps["closed"].max()) if len(steps) else 0
    if not closed:
        return f"{period.name}没有销号的问题"
    whole = steps.loc[steps["step"] == "全程", "median_days"].iloc[0]
    title = f"{period.name}销号 {number(closed)} 件，从发现到销号中位 {in_days(whole)}"
    parts = steps[(steps["step"] != "全程") & (steps["median_days"] > 0)]
    if parts.empty:
        return title
    slowest = parts.sort_values(["median_days", "position"], ascending=[False, True]).iloc[0]
    return f"{title}；最慢在{slowest['step']}，中位 {in_days(slowest['median_days'])}"


def problem(card: Mapping[str, Any]) -> str:
    """The title of one problem's page: what it is, where, and how it stands."""
    return f"{card['town']}{card['category']}：{standing(card)}"


def standing(row: Mapping[str, Any]) -> str:
    """How a problem stands, in words: 逾期 47 天, 临期 2 天, 已销号，逾期 3 天完成."""
    days = row["days_late"]
    if row["state"] == "逾期":
        return f"逾期 {number(days)} 天"
    if row["state"] == "临期":
        return f"临期 {number(-days)} 天" if days else "临期当天"
    return f"{row['state']}，逾期 {number(days)} 天完成" if row["late_done"] else str(row["state"])


def enforcement(frame: pd.DataFrame, period: Period, newest: date | None = None) -> str:
    """The enforcement page's title: which departments are flagged, each named once under its first flag.

    `newest` is the day of the newest fact: while the period runs, a fall is one on the same days of the previous one.
    """
    if frame.empty:
        return "还没有部门名录"
    flagged = frame[frame["flags"].notna()]
    if flagged.empty:
        return f"{len(frame)} 个部门都未触及限值，{when(period)}共立案 {number(frame['cases_opened'].sum())} 件"
    first = flagged["flags"].str.split("、").str[0]
    before = period.name_of_comparable(newest or period.end)
    clauses = [_flag_clause(flag, flagged[first == flag], period, before) for flag in first.unique()]
    order = sorted(clauses, key=lambda clause: list(FLAG_WORDS).index(clause[0]))
    texts = [text for _, text in order[:3]]
    return "；".join(filter(None, (texts[0], "，".join(texts[1:]))))


def overdue_trend(trend: pd.DataFrame, period: Period) -> str:
    """The title over the overdue chart: the streak or the change, and whether new or old ones make it."""
    values = counts(trend, "overdue")
    if "overdue" not in set(trend["metric"]):
        return "整改台账还没有导入"
    if not any(values):
        return "各期末都没有逾期"
    now, before = values[-1], values[-2] if len(values) > 1 else None
    count = streak(values)
    if abs(count) >= STREAK:
        text = f"逾期连续 {abs(count)} {periods_name(period)}{'上升' if count > 0 else '下降'}"
    elif before is None:
        return f"截至 {day(trend['end'].max())}逾期 {number(now)} 件"
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


def quality(found: Sequence[Sender], table: Table) -> str:
    """The quality page's title: who has not sent, or who sent late, and whose rows are least filled in."""
    owing = [(sender.count(MISSING), sender.name) for sender in found if sender.count(MISSING)]
    late = [sender.name for sender in found if sender.count(LATE)]
    if owing:
        most, worst = max(owing, key=lambda pair: pair[0])
        clause = f"{len(owing)} 个单位有{table.title}未报，{worst}最多（{most} 期）"
    elif late:
        clause = f"{table.title}都报了，{listed(late)}报晚了"
    elif table.name in UNJUDGED:
        clause = f"共报来{table.title} {number(sum(sender.quality['reported'] for sender in found))} 行"
    else:
        clause = f"{table.title}没有缺报"
    rated = [sender.quality for sender in found if pd.notna(sender.quality["weakest_share"])]
    if not rated:
        return clause
    least = min(rated, key=lambda row: row["completeness"])
    column = table.column(least["weakest"]).heading
    return f"{clause}；{least['name']}填得最不全，{column}只填了 {rate(least['weakest_share'])}"


def policy(history: pd.DataFrame, period: Period) -> str:
    """The title of 口径与办法: how many rules judge the period, since when, and how many are only examples."""
    rules = history[history["state"] == IN_FORCE]
    if rules.empty:
        return f"{period.name}没有生效的考核办法"
    examples = int(rules["origin"].fillna("").str.startswith(EXAMPLE).sum())
    settled = f"其中 {examples} 条还是示例，要由本区定" if examples else "都写明了来源"
    if not examples and (rules["origin"].fillna("") == "").any():
        settled = f"其中 {int((rules['origin'].fillna('') == '').sum())} 条没有写来源"
    return f"{period.name}按 {len(rules)} 条规则考核，{settled}"


def trial(both: pd.DataFrame, other: date) -> str:
    """The title of a period under another policy: how many towns change places and by how much, how many their band."""
    by = f"按 {other:%Y-%m-%d} 的办法"
    ranked = both[both["rank"].notna() | both["other_rank"].notna()]
    if ranked.empty:
        return f"{by}，也没有可以排名的镇乡街道"
    bands = int((ranked["band"].fillna("") != ranked["other_band"].fillna("")).sum())
    graded = f"；{bands} 个等级变化" if bands else ""
    moved = ranked[ranked["rank_move"].fillna(0) != 0]
    if moved.empty:
        changed = int((ranked["score_move"].fillna(0).round(1) != 0).sum())
        return f"{by}，名次不变" + (f"，{changed} 个镇乡街道得分有变化" if changed else "，得分也不变") + graded
    distances = moved["rank_move"].abs()
    farthest = moved[distances == distances.max()]
    if len(farthest) == 1:
        far = farthest.iloc[0]
        most = f"{far['town']}{'升' if far['rank_move'] > 0 else '降'} {number(distances.max())} 位最多"
    else:
        most = f"最多变动 {number(distances.max())} 位"
    return f"{by}，{len(moved)} 个镇乡街道名次变化，{most}{graded}"


def intake(current: SnapshotInfo | None) -> str:
    """The import page's title: the batch that everybody sees now, when and by whom it was made."""
    if current is None:
        return "还没有数据；请先导入镇乡街道和部门名录"
    return f"当前是第 {current.batch} 批，{made_at(current)} 由{current.made_by}导入"


def _overdue_clause(values: Sequence[float]) -> str:
    if not values or not values[-1]:
        return "没有逾期未整改的问题"
    now, before = values[-1], values[-2] if len(values) > 1 else None
    verb = "" if before is None else "增至" if now > before else "降至" if now < before else "仍有"
    return f"逾期整改{verb} {number(now)} 件"


def _concentration(towns: pd.DataFrame) -> str:
    """The fewest towns, at most three, that hold a share worth naming and are set off from the next."""
    counts = towns.loc[towns["overdue"] > 0].sort_values("overdue", ascending=False, kind="stable")
    total = counts["overdue"].sum()
    if total < FEW:
        return ""
    for size in range(1, min(3, len(counts) - 1) + 1):
        share = counts["overdue"].head(size).sum() / total
        stands_out = counts["overdue"].iloc[size - 1] > counts["overdue"].iloc[size]
        words = next((words for edge, words in SHARES if share >= edge), None)
        if stands_out and words:
            return f"，{together(counts['town'].head(size).tolist())}{words}"
    return ""


def _rate_clause(trend: pd.DataFrame, period: Period) -> str:
    """Of two rates the one with the longer streak, else the one that changed more, if it is worth saying."""
    rates = {code: series(trend, code) for code in ("patrol_completion", "on_time_rate")}
    code, values = max(rates.items(), key=lambda item: abs(streak(item[1])))
    if abs(count := streak(values)) >= STREAK:
        return f"{BY_CODE[code].name}连{'升' if count > 0 else '降'} {abs(count)} {periods_name(period)}"
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
        return f"{listed(names)}并列第一"
    before = leaders["previous_rank"].iloc[0]
    verb = "位列第一" if pd.isna(before) else "保持第一" if before == 1 else "升至第一"
    return f"{names[0]}{verb}"


def _mover_clause(ranked: pd.DataFrame) -> str:
    """Who moved farthest, of those that do not lead: the leader has a clause of its own."""
    last = ranked["rank"].max()
    if last == 1:
        return ""
    moved = movers(ranked[ranked["rank"] > 1])
    if moved.empty:
        bottom = ranked[ranked["rank"] == last].iloc[-1]
        return f"{bottom['town']}列末位，得 {number(bottom['score'], 1)} 分"
    town = moved.iloc[0]
    rose = town["rank_change"] > 0
    place = "列末位" if town["rank"] == last else f"至第 {number(town['rank'])} 名"
    clause = f"{town['town']}{'升' if rose else '降'} {number(town['far'])} 位{place}"
    if explains(town.to_dict()) and (town["moved_points"] > 0) == rose:
        points = number(abs(town["moved_points"]), 1)
        item, deducted = item_name(town["moved_by"]), is_deducted(town["moved_by"])
        gain = f"{'少' if rose else '多'}扣" if deducted else f"一项{'多' if rose else '少'}得"
        clause += f"，{item}{gain} {points} 分"
    return clause


def _flag_clause(flag: str, flagged: pd.DataFrame, period: Period, before: str) -> tuple[str, str]:
    names = [department_name(name) for name in flagged["department"]]
    listed = "、".join(names[:2]) + (f"等 {len(names)} 个部门" if len(names) > 2 else "")
    span = f" {when(period)}".replace(" 本", "本") if flag == "零执法" else ""
    if flag == "降幅大" and len(names) == 1:
        return flag, f"{listed}执法量比{before}下降 {number(-100 * flagged['change_previous'].iloc[0])} %"
    return flag, f"{listed}{span}{FLAG_WORDS[flag]}"
