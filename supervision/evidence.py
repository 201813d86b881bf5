"""Why a figure is what it is (数据来历): its definition, what it is divided by, and every row behind it."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from supervision.formats import amount, day, number, rate
from supervision.metrics import Metric
from supervision.patrol_words import REASONS
from supervision.periods import Period

TOWN_HEADINGS = {"town": "镇乡街道"}
COUNTED_HEADINGS = {"numerator": "计入分子", "denominator": "计入分母"}
HEADINGS: dict[str, dict[str, str]] = {
    "figure_problems": {
        "code": "编号",
        "category": "类别",
        "description": "问题",
        "source": "来源",
        "department": "责任部门",
        "found_on": "发现",
        "deadline": "时限",
        "done_on": "整改完成",
        "closed_on": "销号",
    },
    "figure_patrols": {
        "code": "记录编号",
        "day": "日期",
        "chief": "河长",
        "level": "级别",
        "section": "河段",
        "minutes": "时长（分钟）",
        "km": "里程（公里）",
        "reasons": "无效原因",
    },
    "figure_duties": {
        "chief": "河长",
        "level": "级别",
        "section": "河段",
        "window_start": "周期起",
        "window_end": "周期止",
    },
    "figure_returns": {
        "code": "编号",
        "day": "日期",
        "department": "部门",
        "power": "执法事项",
        "offence": "违法类型",
    },
    "figure_tasks": {
        "code": "任务编号",
        "field": "领域",
        "task": "任务",
        "planned": "计划量",
        "done": "完成量",
        "unit": "单位",
        "due_on": "时限",
    },
    "figure_water": {
        "point": "断面",
        "river": "河流",
        "month": "月份",
        "target_class": "目标类别",
        "actual_class": "实测类别",
    },
}
"""What stands in the rows behind a figure, by the question that gives them; the town before, the counts after."""

PROBLEM = "figure_problems"


@dataclass(frozen=True)
class Evidence:
    """A figure of a town (`place` is its name, or 全区 without a `town_code`) and the rows behind it.

    `numerator`, `denominator` and `value` are those of town_metrics or district_metrics, None where n/a;
    `rows` are the answer to `metric.behind`, as read in `headings`.
    """

    metric: Metric
    place: str
    town_code: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    rows: pd.DataFrame

    @property
    def headings(self) -> dict[str, str]:
        """The columns that are shown, by their name in the frame."""
        counted = COUNTED_HEADINGS if self.metric.denominator else {"numerator": COUNTED_HEADINGS["numerator"]}
        return TOWN_HEADINGS | HEADINGS[self.metric.behind] | counted

    @property
    def sums(self) -> tuple[float, float]:
        """What the rows add up to: numerator and denominator."""
        return float(self.rows["numerator"].sum()), float(self.rows["denominator"].sum())

    @property
    def adds_up(self) -> bool:
        """Whether the rows make up the figure, to a millionth: hours and shares are fractions."""
        return all(abs(ours - (theirs or 0)) < 1e-6 for ours, theirs in zip(self.sums, self._parts, strict=True))

    @property
    def _parts(self) -> tuple[float | None, float | None]:
        return self.numerator, self.denominator


def evidence(metric: Metric, place: str, town_code: str | None, figures: pd.DataFrame, rows: pd.DataFrame) -> Evidence:
    """The evidence of one figure; `figures` is an answer to town_metrics, or to district_metrics without a town.

    The rows that pull the figure down come first.
    """
    mine = figures[figures["metric"] == metric.code]
    if town_code:
        mine = mine[mine["town_code"] == town_code]
    row = mine.iloc[0] if len(mine) else None

    def part(name: str) -> float | None:
        return None if row is None or pd.isna(row[name]) else float(row[name])

    first_lacking = metric.better == "up" and bool(metric.denominator)
    ordered = rows.sort_values("numerator", ascending=first_lacking, kind="stable")
    return Evidence(metric, place, town_code, part("numerator"), part("denominator"), part("value"), _readable(ordered))


def title(found: Evidence) -> str:
    """What the figure is, and of what: 桥梓镇按期整改率 82.4 %：按期 14，到期 17."""
    metric, name = found.metric, f"{found.place}{found.metric.name}"
    if found.value is None:
        lacking = f"分母（{metric.denominator}）为 0，不计算" if metric.denominator else "没有数据"
        return f"{name} —：{lacking}"
    if not metric.denominator:
        return f"{name} {number(found.value)} {metric.unit}"
    parts = f"{metric.numerator} {amount(found.numerator)}，{metric.denominator} {amount(found.denominator)}"
    value = rate(found.value) if metric.is_rate else f"{number(found.value, 1)} {metric.unit}"
    return f"{name} {value}：{parts}"


def sources(found: Evidence, period: Period, as_of: date, version: date, batch: str) -> dict[str, str]:
    """What one needs to know to check the figure, a line each; the last is the command that prints the rows."""
    metric = found.metric
    lines = {"口径": metric.definition}
    if metric.denominator:
        lines["分子、分母"] = (
            f"{metric.numerator} {amount(found.numerator)} ÷ {metric.denominator} {amount(found.denominator)}"
        )
    return lines | {
        "统计期": f"{day(period.start, 0)} 至 {day(period.end, 0)}，判定截至 {day(as_of, 0)}",
        "办法、数据": f"{day(version, 0)} 起的考核办法；{batch}",
        "查询": f"镇乡 town_metrics，全区 district_metrics，逐行 {metric.behind}",
        "命令": command(found, period),
    }


def command(found: Evidence, period: Period) -> str:
    """The command line that prints the rows."""
    town = f" --param town={found.town_code}" if found.town_code else ""
    return (
        f"python -m supervision query {found.metric.behind} --start {period.start} --end {period.end}"
        f" --param metric={found.metric.code}{town}"
    )


def footing(found: Evidence, listed: int) -> str:
    """The sentence under the rows: how many they are, and that they add up (or that they do not)."""
    if found.rows.empty:
        return "没有计入这个数的行。"
    top, bottom = found.sums
    sums = f"分子合计 {amount(top)}" + (f"，分母合计 {amount(bottom)}" if found.metric.denominator else "")
    agrees = "与上面的数相同。" if found.adds_up else "与上面的数不同，请报告系统维护人员。"
    more = f"列出前 {number(listed)} 行，全部见导出；" if len(found.rows) > listed else ""
    return f"{more}共 {number(len(found.rows))} 行，{sums}，{agrees}"


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the reasons of a patrol in words."""
    flags = [flag for flag in REASONS if flag in rows]
    if not flags:
        return rows
    words = rows[flags].apply(lambda row: "、".join(REASONS[flag] for flag in flags if row[flag]), axis=1)
    return rows.assign(reasons=words if len(rows) else "")
