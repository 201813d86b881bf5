"""The strip of headline figures: at most five, each with its change and its last 12 periods."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from supervision.department_titles import place, without_case
from supervision.formats import change, fraction, number, places, rate, rate_change, share_change, volume_change, wan
from supervision.metrics import BY_CODE
from supervision.outcome import Outcome
from supervision.periods import Period
from supervision.reasons import verdict
from supervision.titles import FLAG_WORDS
from supervision.trends import counts, floats, series
from supervision.view import html, shell
from supervision.view.charts import sparkline


@dataclass(frozen=True)
class Figure:
    """One cell of the strip; `bad` prints it red, which only a verdict may do.

    `page` holds the rows that a reader acts on; `metric` opens to what makes up the figure (数据来历).
    """

    name: str
    value: str
    unit: str
    beside: str = ""
    below: str = ""
    definition: str = ""
    past: Sequence[float] = ()
    bad: bool = False
    page: str = ""
    metric: str = ""

    @property
    def picture(self) -> str:
        """The sparkline as an image address, empty when it would say nothing."""
        return sparkline(self.past, bad=self.bad)


def show(figures: Sequence[Figure]) -> None:
    """Put the strip on the page."""
    linked = any(figure.page or figure.metric for figure in figures)
    html.show("strip", figures=figures, address=shell.address() if linked else "")


def town(past: pd.DataFrame, now: html.Row, ranked: int, period: Period) -> list[Figure]:
    """The strip of a town's own page; `past` holds its rows of town_ranking, oldest first, and `now` the last."""
    name, before_it = period.name_of_previous, past.iloc[-2] if len(past) > 1 else None

    def earlier(column: str) -> float | None:
        return None if before_it is None or pd.isna(before_it[column]) else float(before_it[column])

    def rated(code: str, unit: str) -> Figure:
        done, of = now[f"{code}_num"], now[f"{code}_den"]
        return Figure(
            BY_CODE[code].name,
            rate(now[code]).removesuffix(" %"),
            "%" if of else "",
            f"{fraction(done, of)} {unit}" if of else f"{period.name}没有",
            rate_change(now[code], earlier(code), name),
            BY_CODE[code].definition,
            floats(past[code]),
        )

    return [
        Figure(
            "得分",
            number(now["score"], 1),
            "分",
            now["band"] or "",
            change(now["score"], earlier("score"), name, unit="分", words=("高", "低"), decimals=1),
            past=floats(past["score"]),
        ),
        Figure(
            "名次",
            number(now["rank"]),
            "" if now["rank"] is None else "名",
            f"共 {ranked} 个",
            f"权重变动时第 {places(now['rank_low'], now['rank_high'])} 名" if now["rank_low"] else now["status"],
            "权重在 ±20 % 内变动 1,000 次，名次在此范围内。",
        ),
        rated("patrol_completion", "次"),
        rated("on_time_rate", "件"),
        Figure(
            "逾期未整改",
            number(now["overdue"]),
            "件",
            "",
            change(now["overdue"], earlier("overdue"), name, unit="件", words=("多", "少")),
            BY_CODE["overdue"].definition,
            floats(past["overdue"]),
            bad=bool(now["overdue"]),
        ),
    ]


def import_counts(found: Outcome) -> list[Figure]:
    """What a check found, in rows: what would go in, what stays, what goes back."""
    removed = f"另删除 {number(found.removed)} 行" if found.removed else "原来的值见下"
    whole = f"另有 {found.refused_sheets} 个整表退回" if found.refused_sheets else "按规则列在下面"
    return [
        Figure("退回", number(found.refused_rows), "行", below=whole, bad=bool(found.refused_rows)),
        Figure("新增", number(found.count("added")), "行", below="库中没有的编号"),
        Figure("变更", number(found.count("changed")), "行", below=removed),
        Figure("未变", number(found.count("unchanged")), "行", below="与库中相同"),
        Figure("略过", number(found.count("skipped")), "行", below="合计、附注、重复的行"),
    ]


def rate_figure(trend: pd.DataFrame, code: str, period: Period, unit: str) -> Figure:
    """A rate of the district with its n, its change in percentage points and its past."""
    metric, past = BY_CODE[code], series(trend, code)
    done, of = (series(trend, code, column)[-1] for column in ("numerator", "denominator"))
    return Figure(
        metric.name,
        rate(past[-1]).removesuffix(" %"),
        "%" if of > 0 else "",
        f"{fraction(done, of)} {unit}" if of > 0 else f"{period.name}没有",
        rate_change(past[-1], before(past), period.name_of_previous),
        metric.definition,
        past,
        page="ranking",
        metric=code,
    )


def overdue(trend: pd.DataFrame, period: Period) -> Figure:
    """逾期未整改, with those over 30 days."""
    old = counts(trend, "late_over_30")[-1]
    more = f"{number(old)} 件超 30 天" if old else ""
    return count_figure(trend, "overdue", period, _open(trend), more, page="overdue")


def watchlist(trend: pd.DataFrame, period: Period) -> Figure:
    """City-listed points (市级挂账点) not yet cleared."""
    metric = BY_CODE["watchlist_clearance"]
    cleared, listed = (counts(trend, metric.code, column) for column in ("numerator", "denominator"))
    past = [every - done for every, done in zip(listed, cleared, strict=True)]
    below = change(past[-1], before(past), period.name_of_previous, unit="处", words=("多", "少"))
    beside = f"共 {number(listed[-1])} 处"
    definition = "截至期末没有销号，或销号后反弹的市级挂账点。"
    return Figure("市级挂账点未销账", number(past[-1]), "处", beside, below, definition, past, metric=metric.code)


def idle_departments(departments: pd.DataFrame, period: Period) -> Figure:
    """零执法部门: departments without a case in the period."""
    idle = departments.loc[departments["flags"].fillna("").str.contains("零执法"), "department"].tolist()
    if departments["returns"].sum() == 0:
        return Figure("零执法部门", "—", "", f"共 {len(departments)} 个", f"{period.name}没有执法记录")
    names = "、".join(idle[:2]) + (f"等，{period.name}" if len(idle) > 2 else f"，{period.name}")
    limit = number(departments["zero_limit"].iloc[0])
    return Figure(
        "零执法部门",
        number(len(idle)),
        "个",
        f"共 {len(departments)} 个",
        names if idle else f"{period.name}都有立案",
        f"本期立案少于 {limit} 件的部门；限值由考核办法规定。",
        bad=bool(idle),
        page="enforcement",
    )


def ageing(trend: pd.DataFrame, towns: pd.DataFrame, period: Period) -> list[Figure]:
    """The strip of the overdue page; each figure opens to the list of its state."""
    longest = towns["days_max"].max()
    late_done = f"逾期完成累计 {number(counts(trend, 'late_done')[-1])} 件"
    worst = "" if pd.isna(longest) else f"最久 {number(longest)} 天"
    return [
        count_figure(trend, "overdue", period, _open(trend), page="overdue?state=逾期"),
        count_figure(trend, "late_over_30", period, worst, page="overdue?state=逾期"),
        count_figure(trend, "due_soon", period, "还没有逾期", verdict=False, page="overdue?state=临期"),
        count_figure(trend, "no_deadline", period, "台账不明", page="overdue?state=无时限"),
        count_figure(trend, "to_close", period, late_done, verdict=False, page="overdue?state=待销号"),
    ]


def patrol(trend: pd.DataFrame, period: Period) -> list[Figure]:
    """The strip of the patrol page; each figure opens the list behind it."""
    opens = {
        "patrol_completion": ("次", "levels"),
        "valid_rate": ("次", "invalid"),
        "perfunctory": ("次", "invalid"),
        "found_rate": ("件", "missed"),
        "missed_rate": ("件", "missed"),
    }
    return [
        replace(rate_figure(trend, code, period, unit), page=f"patrol?list={behind}")
        for code, (unit, behind) in opens.items()
    ]


def enforcement(trend: pd.DataFrame, earlier: html.Row, departments: pd.DataFrame, period: Period) -> list[Figure]:
    """The strip of the enforcement page; `trend` holds enforcement_total, a joint action counted once.

    `earlier` is the row that the period is compared with.
    """
    name = _compared(trend, period)
    past = {column: floats(trend[column]) for column in TOTALS}
    now = {column: values[-1] for column, values in past.items()}
    below = {column: share_change(now[column], earlier[column], name) for column in TOTALS}
    below["cases_opened"] = change(now["cases_opened"], earlier["cases_opened"], name, unit="件", words=("多", "少"))
    raised = departments["flags"].dropna().str.split("、").explode().value_counts()
    flags = {flag: int(raised[flag]) for flag in FLAG_WORDS if flag in raised}
    return [
        Figure(
            "检查",
            number(now["inspections"]),
            "次",
            f"{len(departments)} 个部门",
            below["inspections"],
            "本期各部门报送的检查次数合计。",
            past["inspections"],
        ),
        Figure(
            "出动",
            number(now["people_out"]),
            "人次",
            "",
            below["people_out"],
            "本期各部门报送的出动人次合计。",
            past["people_out"],
        ),
        Figure(
            "立案",
            number(now["cases_opened"]),
            "件",
            f"结案 {number(now['cases_closed'])} 件",
            below["cases_opened"],
            "本期各部门报送的立案件数合计。",
            past["cases_opened"],
        ),
        Figure(
            "罚款",
            wan(now["fines_yuan"]),
            "万元",
            "",
            below["fines_yuan"],
            "本期各部门报送的罚款金额合计。",
            past["fines_yuan"],
        ),
        Figure(
            "被判定的部门",
            number(departments["flags"].notna().sum()),
            "个",
            f"共 {len(departments)} 个",
            _counted(flags) or "都未触及限值",
            "触及考核办法所定限值之一的部门；每条的实绩和限值见表。",
            bad=bool(len(flags)),
        ),
    ]


def chiefs(now: html.Row, earlier: html.Row, period: Period) -> list[Figure]:
    """The strip of the chiefs' page, from the rows of chief_bands_by_town for this period and the one before."""

    def counted(column: str, name: str, beside: str, definition: str) -> Figure:
        below = change(now[column], earlier[column], period.name_of_previous, unit="名", words=("多", "少"))
        return Figure(name, number(now[column]), "名", beside, below, definition, bad=bool(now[column]))

    scored = f"评分 {number(now['scored'])} 名"
    money = now["due_yuan"]
    return [
        counted("idle", "在岗不履职", f"在任 {number(now['chiefs'])} 名", IDLE),
        counted("careless", "在岗不用心", "走马观花或漏报", CARELESS),
        counted("failing", "不合格", rate(now["failing_share"]), f"得分在最低一档的河长；{scored}。"),
        Figure(
            "平均得分",
            number(now["average_score"], 1),
            "分",
            scored,
            change(
                *(now["average_score"], earlier["average_score"], period.name_of_previous),
                unit="分",
                words=("高", "低"),
                decimals=1,
            ),
            "有得分的河长得分的平均；没有到期应巡的不评分。",
        ),
        Figure(
            "应发补贴",
            wan(money),
            "" if money is None else "万元",
            "" if money is None else f"扣发 {wan(now['withheld_yuan'])} 万元",
            "按等级的发放比例"
            if money is not None
            else NO_SCORES
            if period.kind == "month"
            else "补贴按月发放，选一个月可见",
            "月补贴 × 在任天数 ÷ 当月天数 × 等级的发放比例，有得分的河长合计。",
        ),
    ]


def linkage(trend: pd.DataFrame, earlier: html.Row, period: Period) -> list[Figure]:
    """The strip of 联动与推诿; `trend` holds linkage_total, `earlier` the row that the period is compared with."""
    name = _compared(trend, period)
    past = {column: floats(trend[column]) for column in LINKAGE}
    now = trend.iloc[-1]
    steps = {
        column: change(now[column], earlier[column], name, unit=unit, words=("多", "少"))
        for column, unit in (("waiting", "次"), ("received", "次"), ("shirked", "件"))
    }
    hours = change(now["hours_median"], earlier["hours_median"], name, unit="小时", words=("长", "短"), decimals=1)
    signed = now["signed"] > 0
    return [
        Figure(
            "交办到签收（中位数）",
            number(now["hours_median"], 1),
            "小时" if signed else "",
            f"签收 {number(now['signed'])} 次",
            hours + (f"，平均 {number(now['hours_mean'], 1)}" if signed else ""),
            BY_CODE["signing_hours"].definition,
            past["hours_median"],
        ),
        Figure("未签收", number(now["waiting"]), "次", "截至期末", steps["waiting"], WAITING, past["waiting"]),
        Figure(
            "交办、转办",
            number(now["received"]),
            "次",
            f"涉及问题 {number(now['problems'])} 件",
            steps["received"],
            "本期交办和转办的次数，交给任何单位的都计。",
            past["received"],
        ),
        Figure(
            "退回、转办",
            number(now["returned"] + now["passed_on"]),
            "次",
            "",
            f"退回 {number(now['returned'])}，转办 {number(now['passed_on'])}",
            "本期各单位退回和转办的次数。",
        ),
        Figure(
            "新增推诿",
            number(now["shirked"]),
            "件",
            period.name,
            steps["shirked"],
            BY_CODE["passed_on"].definition,
            past["shirked"],
            bad=bool(now["shirked"]),
        ),
    ]


def department(row: html.Row, linked: html.Row, period: Period) -> list[Figure]:
    """The strip of one department; rows of enforcement_by_department and of linkage_by_department."""
    officers = "名录没有执法人数" if row["officers"] is None else f"执法 {number(row['officers'])} 人"
    name = period.name_of_comparable(shell.fresh()["newest_fact"])
    change_before = f"比{name} {volume_change(row['change_previous'])}"
    failed = verdict(row).failed
    due = "名录没有目标" if row["yearly_cases"] is None else f"年度目标 {number(row['yearly_cases'])} 件"
    return [
        Figure("检查", number(row["inspections"]), "次", officers, change_before, bad="change_previous" in failed),
        Figure(
            "人均检查",
            number(row["inspections_per_officer"], 1),
            "" if row["inspections_per_officer"] is None else "次",
            "" if row["group_rank"] is None else f"领域内第 {place(row)}",
            "领域内不足 3 个，不比"
            if row["group_median"] is None
            else f"领域中位数 {number(row['group_median'], 1)} 次",
            bad="per_officer" in failed,
        ),
        Figure(
            "立案",
            number(row["cases_opened"]),
            "件",
            f"结案 {number(row['cases_closed'])} 件",
            without_case(row, period),
            bad="cases_opened" in failed,
        ),
        Figure(
            "今年立案",
            number(row["cases_this_year"]),
            "件",
            due,
            f"按日进度应办 {number(row['target_due'], 1)} 件",
            bad="cases_this_year" in failed,
        ),
        Figure(
            "签收用时（中位数）",
            number(linked["hours_median"], 1),
            "" if linked["hours_median"] is None else "小时",
            f"签收 {number(linked['signed'])} 次",
            f"未签收 {number(linked['waiting'])} 次，推诿 {number(linked['shirked'])} 件",
            BY_CODE["signing_hours"].definition,
        ),
    ]


NO_SCORES = "没有得分的河长，不计补贴"
IDLE = "整期在任、有到期的应巡没有完成，本期又一次未巡的河长。"
CARELESS = "走马观花的比例或漏报的件数触及考核办法所定限值的河长；限值见页脚。"
WAITING = "交办或转办后，截至期末既没有签收，也没有退回、转办或反馈的。"
LINKAGE = ("hours_median", "waiting", "received", "shirked")
ROOM = 21
"""How many characters fit below a figure on the narrowest screen."""
TOTALS = ("inspections", "people_out", "cases_opened", "cases_closed", "fines_yuan")


def count_figure(
    trend: pd.DataFrame,
    code: str,
    period: Period,
    beside: str,
    more: str = "",
    *,
    verdict: bool = True,
    page: str = "",
) -> Figure:
    """A count of the district with its change and its past; a verdict is red as soon as it is not zero."""
    metric, past = BY_CODE[code], counts(trend, code)
    below = change(past[-1], before(past), period.name_of_previous, unit=metric.unit, words=("多", "少"))
    if code not in set(trend["metric"]):
        return Figure(metric.name, "—", "", "", "台账还没有导入", metric.definition)
    return Figure(
        metric.name,
        number(past[-1]),
        metric.unit,
        beside,
        "，".join(filter(None, (below, more))),
        metric.definition,
        past,
        bad=verdict and past[-1] > 0,
        page=page,
        metric=code,
    )


def _counted(flags: dict[Any, int]) -> str:
    """Flags with their counts, as many as the cell has room for."""
    texts = [f"{flag} {count}" for flag, count in flags.items()]
    whole = "、".join(texts)
    return whole if len(whole) <= ROOM else f"{'、'.join(texts[:2])} 等"


def _compared(trend: pd.DataFrame, period: Period) -> str:
    """What the newest row of a trend is compared with."""
    return period.name_of_comparable(trend["end"].iloc[-1].date())


def _open(trend: pd.DataFrame) -> str:
    return f"在办 {number(counts(trend, 'open')[-1])} 件"


def before(past: Sequence[float]) -> float | None:
    """The figure of the previous period, None when there is none."""
    return past[-2] if len(past) > 1 else None
