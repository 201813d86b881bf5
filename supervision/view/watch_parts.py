"""The parts of 挂账与任务: listed points, tasks, outfalls, water, river plans; each title, figures, table, export."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from supervision import headings, watch_titles
from supervision.formats import day, number, rate
from supervision.metrics import BY_CODE
from supervision.tables import BY_NAME
from supervision.view import html, shell, strip
from supervision.view.strip import Figure
from supervision.watch_titles import UNTAGGED
from supervision.workbooks import csv_text

NO_PLAN = "没有写文号"
TASKS_ASK = "各领域、各镇的重点任务比时间进度快还是慢"


def points() -> None:
    """市级挂账点: what is not cleared, whose, and how many days are left to the inspection."""
    frame, inspection = shell.rows("watch_points"), watch_titles.coming(shell.rows("next_inspection"))
    html.show(
        "head",
        title=watch_titles.points(frame, inspection),
        question="市级督察前还有哪些挂账点没有销账，是谁的，到了哪一步",
    )
    if frame.empty:
        _missing("problems", "整改台账里没有“市级挂账”为“是”或来源为“市级挂账”的问题；有的请在导入的台账里写明。")
        return
    strip.show(_point_figures(frame, inspection))
    towns = shell.rows("watch_towns")
    left, right = st.columns([38, 62], gap="large")
    with left:
        html.show("watch_towns", rows=html.records(towns), address=shell.address())
    with right:
        with st.container(horizontal=True, vertical_alignment="center", key="watch"):
            html.show("section", title="没有销账的在前", note="")
            town = shell.choose("town", sorted(frame["town"].unique()), "全部镇乡街道")
            listed = frame[frame["town"] == town] if town else frame
            _export(listed, headings.POINTS, "市级挂账点")
        html.show("watch_points", rows=html.records(listed), year=shell.period().end.year, address=shell.address())
    html.show("foot", text=watch_titles.points_foot(inspection))


def tasks() -> None:
    """重点任务: field by town against the time gone, or the tasks that the filters choose."""
    frame = shell.rows("task_standing")
    if frame.empty:
        html.show("head", title=watch_titles.tasks(shell.rows("task_matrix")), question=TASKS_ASK)
        _missing("tasks")
        return
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="watch"):
        chosen = {
            "town": shell.choose("town", sorted(frame["town"].unique()), "全部镇乡街道"),
            "field": shell.choose("field", list(frame.sort_values("code")["field"].unique()), "全部领域"),
            "tag": shell.choose("tag", _names(frame["tag"], UNTAGGED), "全部标签"),
            "plan_document": shell.choose("plan", _names(frame["plan_document"], NO_PLAN), "全部一河一策"),
        }
        named = frame.assign(tag=frame["tag"].fillna(UNTAGGED), plan_document=frame["plan_document"].fillna(NO_PLAN))
        kept = [named[column] == value for column, value in chosen.items() if value]
        listed = frame[pd.concat(kept, axis=1).all(axis=1)] if kept else frame
        _export(listed, headings.TASKS, "重点任务")
    matrix = shell.rows("task_matrix")
    names = [value for value in chosen.values() if value]
    with head:
        title = watch_titles.task_list(listed, names) if names else watch_titles.tasks(matrix)
        html.show("head", title=title, question=TASKS_ASK)
    if names:
        html.show("task_list", rows=html.records(listed), year=shell.period().end.year)
    else:
        groups = shell.rows("task_groups")
        html.show("task_tags", rows=html.records(groups[groups["kind"] == "tag"]), address=shell.address())
        _matrix(matrix)
    html.show("foot", text=watch_titles.tasks_foot(listed, _as_of(), shell.fresh()["newest_fact"]))


def outfalls() -> None:
    """排污口: the newest state of each, and what came back once sealed."""
    frame = shell.rows("outfall_states")
    html.show("head", title=watch_titles.outfalls(frame), question="排污口封堵得怎样，哪些封了又反弹")
    if frame.empty:
        _missing("outfalls")
        return
    towns = shell.rows("outfall_towns")
    strip.show(_outfall_figures(_whole(towns)))
    left, right = st.columns([40, 60], gap="large")
    with left:
        html.show("outfall_towns", rows=html.records(towns), address=shell.address())
    with right:
        with st.container(horizontal=True, vertical_alignment="center", key="watch"):
            html.show("section", title="逐个排污口", note="反弹的在前")
            town = shell.choose("town", sorted(frame["town"].unique()), "全部镇乡街道")
            listed = frame[frame["town"] == town] if town else frame
            _export(listed, headings.OUTFALLS, "排污口")
        html.show("outfall_list", rows=html.records(listed), year=shell.period().end.year)
    html.show(
        "foot",
        text="状态为截至期末最近一次检查的结果；封堵过、后来查到既不是封堵也不是规范保留的为反弹；曾反弹含已改正的。",
    )


def water() -> None:
    """水质: each point month by month against its target, better or worse."""
    frame, towns = shell.rows("water_points"), shell.rows("water_towns")
    now = frame[frame["month"] == frame["newest"]]
    html.show("head", title=watch_titles.water(towns, now), question="断面水质达标没有，比治理前好转还是恶化")
    if frame.empty:
        _missing("water_quality")
        return
    strip.show(_water_figures(_whole(towns)))
    left, right = st.columns([42, 58], gap="large")
    with left:
        month = frame["newest"].iloc[0].month
        html.show("water_towns", rows=html.records(towns), month=month, address=shell.address())
    with right:
        with st.container(horizontal=True, vertical_alignment="center", key="watch"):
            html.show("section", title="逐断面逐月", note="■ 劣于目标")
            town = shell.choose("town", list(frame["town"].unique()), "全部镇乡街道")
            listed = frame[frame["town"] == town] if town else frame
            _export(listed, headings.WATER, "断面水质")
        _water_matrix(listed)
    html.show("foot", text=watch_titles.water_foot(towns))


def plans() -> None:
    """一河一策: the items of each river's plan, how many are done and how many behind."""
    groups = shell.rows("task_groups")
    groups = groups[groups["kind"] == "plan"]
    html.show("head", title=watch_titles.plans(groups), question="每条河的一河一策落实到哪一步，哪条河落后")
    if groups.empty:
        _missing("tasks")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="watch"):
        html.show("section", title="逐条河", note="竖线为时间进度；落后最多的在前")
        _export(groups, headings.PLANS, "一河一策")
    html.show("task_plans", rows=html.records(groups), address=shell.address())
    frame = shell.rows("task_standing")
    html.show("foot", text=watch_titles.tasks_foot(frame, _as_of(), shell.fresh()["newest_fact"]))


def _point_figures(frame: pd.DataFrame, inspection: html.Row | None) -> list[Figure]:
    trend, period = shell.trend("district_metrics"), shell.period()
    left = watch_titles.uncleared(frame)
    states = left["state"].value_counts()
    late, near, done = (int(states.get(state, 0)) for state in ("逾期", "临期", "待销号"))
    after = int(left["due_after"].sum())
    return [
        _countdown(inspection),
        strip.watchlist(trend, period),
        strip.rate_figure(trend, "watchlist_clearance", period, "处"),
        Figure("其中逾期", number(late), "处", f"临期 {near} 处", f"时限晚于督察开始的 {after} 处", bad=late > 0),
        Figure("其中待销号", number(done), "处", "", "整改已完成，差销号"),
    ]


def _countdown(inspection: html.Row | None) -> Figure:
    if inspection is None:
        return Figure("距迎检", "—", "", "", "考核办法没有写迎检日期")
    span = f"{day(inspection['starts_on'])}—{day(inspection['ends_on'])}"
    name = inspection["inspection"] or "督察"
    if inspection["stage"] == "未到":
        return Figure(f"距{name}", number(inspection["days_to"]), "天", "", span)
    return Figure(name, inspection["stage"], "", "", span)


def _outfall_figures(total: html.Row) -> list[Figure]:
    return [
        Figure(
            "反弹",
            number(total["back"]),
            "个",
            f"曾反弹 {number(total['came_back'])} 个",
            "封堵后反弹，还没有改正",
            bad=total["back"] > 0,
        ),
        Figure("已封堵", number(total["sealed"]), "个", f"共 {number(total['outfalls'])} 个", "最近检查为已封堵"),
        Figure("整治中", number(total["under_way"]), "个", "", "最近检查为整治中"),
        Figure("规范保留", number(total["retained"]), "个", "", "最近检查为规范保留"),
        Figure("最近检查", day(total["newest"]), "", "", "全区最近一次"),
    ]


def _water_figures(total: html.Row) -> list[Figure]:
    trend, period, month = shell.trend("district_metrics"), shell.period(), f"{total['month'].month} 月"
    assessed, before = number(total["assessed"]), number(total["assessed_before"])
    left_out = total["points"] - total["assessed"]
    return [
        Figure(
            f"{month}达标率",
            rate(total["share"]).removesuffix(" %"),
            "%" if total["assessed"] else "",
            f"{number(total['ok'])}／{assessed} 个断面",
            f"上月 {number(total['ok_before'])}／{before}",
            BY_CODE["water_ok"].definition,
        ),
        strip.rate_figure(trend, "water_ok", period, "断面月"),
        Figure("好转", number(total["better"]), "个", "", "比上一个有评价的月份"),
        Figure("恶化", number(total["worse"]), "个", "", "比上一个有评价的月份"),
        Figure("未评价", number(left_out), "个", f"共 {number(total['points'])} 个", f"{month}河干、封冻、暂停或未测"),
    ]


def _matrix(frame: pd.DataFrame) -> None:
    """The field by town matrix, the town farthest behind first, fields in the order of their tasks' codes."""
    rows = html.records(frame)
    towns = [row["town"] for row in rows if row["field"] is None and row["town"] is not None]
    fields = sorted(
        (row for row in rows if row["town"] is None and row["field"] is not None),
        key=lambda row: str(row["first_code"]),
    )
    html.show(
        "task_matrix",
        towns=towns,
        fields=[row["field"] for row in fields],
        cells={(row["town"], row["field"]): row for row in rows},
        address=shell.address(),
    )


def _water_matrix(frame: pd.DataFrame) -> None:
    """The point by month matrix, what misses its target and fell most first.

    A point is compared by its newest month, and by nothing when that is not the newest of all.
    """
    points = []
    for _, rows in html.grouped(html.records(frame), "point"):
        last = rows[-1]
        is_new = last["month"] == last["newest"]
        steps = {name: last[name] if is_new else None for name in ("step", "step_first")}
        points.append(last | steps | {"months": {row["month"]: row for row in rows}})
    points.sort(key=lambda point: (point["standing"] != "不达标", point["step"] or 0))
    html.show("water_points", points=points, months=sorted({month for point in points for month in point["months"]}))


def _missing(table: str, advice: str = "") -> None:
    """One sentence on what to import for a part that has nothing, and the way there."""
    title = BY_NAME[table].title
    html.show("sentence", text=advice or f"还没有导入的，请导入“{title}”表；模板在数据导入页。", wrong=False)
    st.page_link("pages/intake.py", label="去数据导入")


def _export(frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> None:
    st.download_button(
        "导出本表",
        lambda: csv_text(frame, columns),
        f"{name}_{shell.period().end}.csv",
        "text/csv",
        disabled=frame.empty,
    )


def _names(values: "pd.Series[str]", absent: str) -> list[str]:
    """The values in order, and the word for their absence when some lack."""
    return sorted(values.dropna().unique()) + ([absent] if values.isna().any() else [])


def _whole(frame: pd.DataFrame) -> html.Row:
    """The row of the whole district, whose town is null."""
    return html.records(frame[frame["town"].isna()])[0]


def _as_of() -> date:
    newest: date = shell.fresh()["newest_fact"]
    return min(shell.period().end, newest)
