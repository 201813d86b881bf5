"""Why a town's score moved, and by which limits a department is judged to enforce little."""

from dataclasses import dataclass, field

import pandas as pd

from supervision.formats import number, plus, volume_change
from supervision.metrics import BY_CODE
from supervision.periods import Period
from supervision.wording import Row, explains, is_deducted, item_name

STEADY = 0.05
"""A score that moved by less than this, in points, did not move."""


@dataclass(frozen=True)
class Verdict:
    """What a department is flagged for: flag names, each figure with its limit, and the columns that failed."""

    flags: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    failed: frozenset[str] = field(default_factory=frozenset)


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
    silent = "" if department["returns"] else "，本期没有报送"
    volume: str = "立案" if pd.isna(department["inspections"]) else "检查"
    per_officer = number(department["inspections_per_officer"], 1)
    drop = f"{volume} {volume_change(department['change_previous'])}"
    deepest: float | None = None if pd.isna(department["drop_limit"]) else -department["drop_limit"]
    judged = {
        "零执法": (f"立案 {opened}（≥ {number(department['zero_limit'])}）{silent}", "cases_opened"),
        "执法量少": (f"人均 {per_officer}（≥ {number(department['per_officer_limit'], 1)}）", "per_officer"),
        "进度滞后": (
            f"今年立案 {number(department['cases_this_year'])}（≥ {number(department['target_limit'], 1)}）",
            "cases_this_year",
        ),
        "降幅大": (f"{drop}（> {volume_change(deepest)}）", "change_previous"),
        "有问题无案件": (
            f"职责内问题 {number(department['remit_problems'])} 件（限值 {number(department['remit_limit'])}）",
            "cases_opened",
        ),
    }
    return Verdict(flags, tuple(judged[flag][0] for flag in flags), frozenset(judged[flag][1] for flag in flags))


def _reason(town: Row, item: Row | None, period: Period) -> str:
    before = period.name_of_previous
    if pd.isna(town["score"]):
        return "没有可考核的项目"
    if pd.isna(town["score_change"]):
        return f"{before}没有得分可比"
    if abs(town["score_change"]) < STEADY:
        return f"得分与{before}基本持平"
    if item is None or pd.isna(town["moved_points"]):
        return f"得分 {plus(town['score_change'])}：计分项目或办法有变"
    if not explains(town):
        return f"得分 {plus(town['score_change'])}，不由单项造成"
    if is_deducted(item["metric"]):
        return f"{item_name(item['metric'])}{_taken_off(town['moved_points'])}：{_counts(item)}"
    return f"{item_name(item['metric'])} {plus(town['moved_points'])}：{_counts(item)}"


def _taken_off(points: float) -> str:
    """In words, because 逾期 +12.0 would read as twelve more that are overdue."""
    return f"{'少' if points > 0 else '多'}扣 {number(abs(points), 1)}"


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
        verb = "增至" if done > earlier else "减至" if done < earlier else "仍为"
        return f"{number(earlier)} {unit}{verb} {number(done)} {unit}"
    return f"{number(done)}" + ("" if pd.isna(owed) else f"／{number(owed)}")
