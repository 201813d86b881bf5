"""Titles and footnotes of 挂账与任务: sentences composed from the figures by stated rules, as total as `titles`."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from supervision.formats import day, number, rate
from supervision.wording import Row, listed

LEVEL = 0.005
"""Less than half a percentage point is as planned."""
UNTAGGED = "未标注"


def points(frame: pd.DataFrame, inspection: Row | None) -> str:
    """How many days to the inspection, how many of the listed points are not cleared, where most, how many overdue."""
    left = uncleared(frame)
    lead = countdown(inspection)
    if frame.empty:
        return _joined(lead, "没有市级挂账点")
    if left.empty:
        return _joined(lead, f"{len(frame)} 处市级挂账点全部销账")
    overdue = int((left["state"] == "逾期").sum())
    where = _most(left["town"])
    late = f"，其中 {overdue} 处逾期" if overdue else ""
    return _joined(lead, f"{len(frame)} 处市级挂账点还有 {len(left)} 处没有销账{late}{where}")


def uncleared(frame: pd.DataFrame) -> pd.DataFrame:
    """The listed points that are not cleared (未销账), of rows of watch_points."""
    return frame[~frame["cleared"].astype(bool)]


def coming(inspections: pd.DataFrame) -> Row | None:
    """The row of next_inspection with None for what is missing; None where the policy names no inspection."""
    for row in inspections.to_dict("records"):
        return {name: None if pd.isna(value) else value for name, value in row.items()}
    return None


def countdown(inspection: Row | None) -> str:
    """The days to an inspection, that it is under way, or that it is over; empty without one."""
    if inspection is None:
        return ""
    name = inspection["inspection"] or "督察"
    if inspection["stage"] == "未到":
        return f"距{name} {number(inspection['days_to'])} 天"
    last = day(inspection["ends_on"])
    return f"{name}进驻中，{last}结束" if inspection["stage"] == "进驻中" else f"{name}已于{last}结束"


def points_foot(inspection: Row | None) -> str:
    """By which rule the days are counted, and what counts as cleared."""
    rule = "考核办法没有写迎检日期，不倒计时。"
    if inspection is not None:
        origin = f"（出处：{inspection['origin']}）" if inspection["origin"] else ""
        span = f"{day(inspection['starts_on'], 0)}至{day(inspection['ends_on'])}"
        rule = f"{inspection['inspection'] or '督察'} {span}{origin}。"
    return f"{rule}销账指已销号且没有反弹；整改完成未销号的为待销号。最近流转为截至期末的最后一次交接。"


def tasks(matrix: pd.DataFrame) -> str:
    """How far the tasks are on the whole against their time, and the field and town farthest behind."""
    whole = matrix[matrix["field"].isna() & matrix["town"].isna()]
    if whole.empty:
        return "还没有开始的重点任务"
    total = whole.iloc[0]
    if not total["tasks"]:
        return f"{number(total['unplanned'])} 项重点任务都没有计划量，算不出完成率"
    title = f"{number(total['tasks'])} 项重点任务完成 {rate(total['share_done'])}{against_time(total['behind'])}"
    cells = matrix[matrix["field"].notna() & matrix["town"].notna() & (matrix["overdue"] + matrix["late"] > 0)]
    if cells.empty:
        return title
    worst = cells.sort_values(["behind", "first_code"], ascending=[False, True]).iloc[0]
    return f"{title}；{worst['town']}{worst['field']}落后最多，只完成 {rate(worst['share_done'])}"


def against_time(behind: float) -> str:
    """A clause: behind, ahead of or level with the time gone; empty where it cannot be judged."""
    if pd.isna(behind):
        return ""
    if abs(behind) < LEVEL:
        return "，与时间进度相当"
    return f"，{'落后' if behind > 0 else '超前'}时间进度 {number(100 * abs(behind), 1)} 个百分点"


def task_list(frame: pd.DataFrame, chosen: Sequence[str]) -> str:
    """The title over a filtered list of tasks: whose, how many, and how many of each state."""
    states = frame["state"].value_counts()
    counted = [f"{states[state]} 项{state}" for state in ("逾期", "滞后", "已完成") if state in states]
    tail = f"，{'、'.join(counted)}" if counted else "，没有逾期和滞后的" if len(frame) else ""
    return f"{'、'.join(chosen)}：{len(frame)} 项重点任务{tail}"


def tasks_foot(frame: pd.DataFrame, as_of: date, newest: date | None) -> str:
    """How the tasks are judged, what is left out, and that the amounts done are those of the last import."""
    limits = frame["behind_limit"].dropna()
    limit = (
        f"■ 滞后：落后超过 {number(100 * limits.iloc[0])} 个百分点（考核办法）；逾期：过了时限未完成。"
        if len(limits)
        else "考核办法没有写任务滞后的限值，只判逾期。"
    )
    notes = [
        "完成率为各项完成量÷计划量的平均，超额按 100 %，未报按 0 计；+ 超前、− 落后时间进度（百分点）。",
        limit,
    ]
    if unplanned := int(frame["share_done"].isna().sum()):
        notes.append(f"{unplanned} 项计划量为 0，不计。")
    if untimed := int((frame["share_done"].notna() & frame["behind"].isna()).sum()):
        notes.append(f"{untimed} 项没有开始日期，到期前不判快慢。")
    past = newest is not None and as_of < newest
    notes.append(
        f"完成量没有日期，为最近一次导入的数，时间进度按{day(as_of)}计，所以过去各期偏快。"
        if past
        else "完成量为最近一次导入的数。"
    )
    return "".join(notes)


def outfalls(states: pd.DataFrame) -> str:
    """How many outfalls came back and were not put right, which; else how many are sealed."""
    if states.empty:
        return "还没有排污口检查"
    back = states[states["is_back"].astype(bool)]
    again = int(states["put_right"].sum())
    more = f"；另有 {again} 个反弹后已经改正" if again else ""
    if back.empty:
        sealed = int((states["state"] == "已封堵").sum())
        return f"{len(states)} 个排污口没有未清的反弹，{sealed} 个已封堵{more}"
    first = back.sort_values(["rebound_on", "code"]).iloc[0]
    since = "" if pd.isna(first["rebound_on"]) else f"（{day(first['rebound_on'])}）"
    names = f"{first['town']} {first['code']}{since}"
    rest = f"等，在{listed(sorted(back['town'].unique()))}" if len(back) > 1 else ""
    return f"{len(states)} 个排污口中 {len(back)} 个反弹：{names}{rest}{more}"


def water(towns: pd.DataFrame, points_now: pd.DataFrame) -> str:
    """How many points met their target in the newest month, the change in number, and the point that fell most."""
    whole = towns[towns["town"].isna()]
    if whole.empty:
        return "还没有断面水质"
    total = whole.iloc[0]
    month = f"{total['month'].month} 月"
    if not total["assessed"]:
        return f"{month}的 {number(total['points'])} 个断面都没有参加评价"
    title = f"{month} {number(total['assessed'])} 个断面达标 {number(total['ok'])} 个"
    if pd.notna(total["share_before"]):
        points = round(100 * (total["share"] - total["share_before"]), 1)
        moved = f"比上月{'高' if points > 0 else '低'} {number(abs(points), 1)} 个百分点" if points else "与上月持平"
        title += f"，达标率{moved}"
    fallen = points_now[points_now["step"] < 0]
    if fallen.empty:
        return title
    worst = fallen.sort_values(["step", "point"]).iloc[0]
    return f"{title}；{worst['point']}恶化 {number(-worst['step'])} 类最多，降为{worst['actual_class']}类"


def water_foot(towns: pd.DataFrame) -> str:
    """When a month counts, what is not assessed and how many of each."""
    left_out = {"dry": "河干", "frozen": "封冻", "suspended": "暂停考核", "unmeasured": "未测"}
    whole = towns[towns["town"].isna()]
    sums = {name: int(whole[column].sum()) for column, name in left_out.items()}
    counted = "、".join(f"{name} {count} 个" for name, count in sums.items() if count)
    return (
        "月份计入它最后一天所在的统计期。河干、封冻、暂停考核和未测的不参加评价"
        + (f"，本月{counted}" if counted else "")
        + "。好转、恶化与上一个有评价的月份相比；达标指实测不劣于目标。"
    )


def plans(groups: pd.DataFrame) -> str:
    """How many rivers' plans hold how many items, how many are overdue or late, and the plan farthest behind."""
    named = groups[groups["name"].notna()]
    if named.empty:
        return "重点任务都没有写一河一策文号"
    late = int((named["overdue"] + named["late"]).sum())
    title = f"{len(named)} 份一河一策共 {number(named['tasks'].sum())} 项任务，{late} 项逾期或滞后"
    worst = named.sort_values(["behind", "name"], ascending=[False, True], na_position="last").iloc[0]
    if pd.isna(worst["behind"]) or worst["behind"] < LEVEL:
        return title
    return f"{title}；{worst['name']}落后最多，达 {number(100 * worst['behind'], 1)} 个百分点"


def _joined(lead: str, clause: str) -> str:
    return "，".join(filter(None, (lead, clause)))


def _most(towns: "pd.Series[str]") -> str:
    """The town with most, when it has more than any other; else the towns, when they are few."""
    counts = towns.value_counts()
    if len(counts) == 1:
        return f"，都在{counts.index[0]}"
    if counts.iloc[0] > counts.iloc[1]:
        return f"，{counts.index[0]} {counts.iloc[0]} 处最多"
    return f"，在{listed(list(counts.index))}"
