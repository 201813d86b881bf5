"""What stands under and beside the figures: how to read them, by which rule, and what an import did."""

from datetime import date, datetime

import pandas as pd

from supervision.building import SnapshotInfo
from supervision.effects import Effects
from supervision.formats import day, number
from supervision.periods import Period
from supervision.wording import item_name

CHASED = ("逾期", "临期", "无时限")
"""The states of the problems that somebody must be asked about today, the gravest first."""
SHORT_METRICS = {
    "patrol_completion": "巡河",
    "on_time_rate": "按期",
    "valid_rate": "有效",
    "closure_rate": "销号",
    "overdue": "逾期",
}


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
        notes.append(f"考核办法 {day(start, 0)}起施行" + (f"（等级出处：{origin}）。" if origin else "。"))
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


def chased(problems: pd.DataFrame, listed: int) -> str:
    """The footnote under the list to chase: how many of each state, and how many are shown."""
    found = problems["state"].value_counts()
    states = "、".join(f"{state} {number(found[state])} 件" for state in CHASED if state in found)
    more = f"列出前 {number(listed)} 件，全部见导出。" if len(problems) > listed else ""
    return f"共 {number(len(problems))} 件：{states}。{more}"


def batch(info: SnapshotInfo) -> str:
    """A snapshot as people know it: number, time and who made it."""
    return f"第 {info.batch} 批，{made_at(info)}，{info.made_by}"


def rollback(now: int, chosen: int) -> str:
    """What going back to another batch means."""
    return f"所有人看到的数据将从第 {now} 批换成第 {chosen} 批；第 {now} 批仍然留着，可以再换回来。"


def checked(sheets: int, news: int, refused: int, refused_sheets: int) -> str:
    """The heading over a check: what of the sheets that were read would go in, and what would go back."""
    if not sheets:
        return f"没有可以入库的：{refused_sheets} 个文件或工作表整表退回"
    found = f"{sheets} 个工作表，" + (f"{number(news)} 行新增或变更" if news else "没有新增或变更")
    back = f"，{number(refused)} 行要退回" if refused else "，没有要退回的行"
    return found + back + (f"；另有 {refused_sheets} 个整表退回" if refused_sheets else "")


def effects(found: Effects) -> list[str]:
    """What an import (or going back) does to the overdue list and the ranking, a sentence each."""
    before, after = found.overdue
    when = found.period.label.split("　")[0]
    change = "不变" if before == after else f"由 {number(before)} 件变为 {number(after)} 件"
    moved = found.moved
    places = moved[moved["rank_before"].ne(moved["rank_after"]) & moved["rank_before"].notna()]
    movers = "、".join(
        f"{town} {_place(before)}→{_place(after)}"
        for town, before, after in places[["town", "rank_before", "rank_after"]].to_numpy()
    )
    return [f"{when}逾期未整改{change}。", f"{when}镇乡名次" + (f"变动：{movers}。" if movers else "不变。")]


def _place(rank: float) -> str:
    return "不排名" if pd.isna(rank) else f"第{number(rank)}"


def imported(snapshot: str | None, news: int, refused: int, refused_sheets: int) -> str:
    """What an import did, in one sentence."""
    if snapshot is None:
        return "与当前批次完全相同，没有新的内容，未入库。"
    back = f"，退回 {number(refused)} 行" if refused else ""
    whole = f"，整表退回 {refused_sheets} 个" if refused_sheets else ""
    return f"第 {int(snapshot)} 批已入库：新增或变更 {number(news)} 行{back}{whole}。"


def rolled_back(batch: int) -> str:
    """What going back to another batch did."""
    return f"已换成第 {batch} 批，所有人现在看到的是这一批。"


def short_metric(code: str) -> str:
    """A rubric item in two characters, for the head of its slot."""
    return SHORT_METRICS.get(code) or item_name(code)


def made_at(info: SnapshotInfo) -> str:
    """When a snapshot was made, such as 2017年10月30日 09:00."""
    made = datetime.fromisoformat(info.made_at)
    return f"{day(made, 0)} {made:%H:%M}"
