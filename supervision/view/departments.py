"""What the views of the page 部门执法 show: each takes the frames it draws and puts them on the page."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from supervision import department_titles, footnotes, reasons
from supervision.periods import Period
from supervision.view import charts, downloads, html, shell

VIEWS = {
    "flags": "判定",
    "volume": "执法量",
    "staff": "人均与职权",
    "joint": "联合执法",
    "linkage": "联动与推诿",
    "idle": "零执法",
}
LISTS = {"cases": "案件", "joint": "联合执法", "handovers": "流转", "remit": "职责内问题", "returns": "执法记录"}
LISTED = 200
"""So many rows of a list are shown; the export holds all."""

DEPARTMENT_COLUMNS = {
    "department": "部门",
    "field": "领域",
    "flags": "判定",
    "inspections": "检查次数",
    "change_previous": "检查比上期",
    "change_last_year": "检查比去年同期",
    "people_out": "出动人次",
    "vehicles_out": "出动车次",
    "orders": "责令改正",
    "cases_opened": "立案",
    "cases_closed": "结案",
    "fines_yuan": "罚款(元)",
    "referrals": "移送",
    "joint_actions": "联合执法",
    "officers": "执法人数",
    "inspections_per_officer": "人均检查",
    "group_median": "领域人均检查中位数",
    "cases_per_officer": "人均立案",
    "powers_used": "用到职权",
    "powers": "职权数",
    "cases_this_year": "今年立案",
    "target_due": "按日进度应办",
    "yearly_cases": "年度办案目标",
    "last_case_on": "上次立案",
    "days_without_case": "距上次立案(天)",
    "remit_problems": "职责内问题",
}
PAIR_COLUMNS = {"department": "部门", "partner": "联合部门", "actions": "联合执法(次)"}
LINKAGE_COLUMNS = {
    "department": "部门",
    "received": "接到",
    "signed": "签收",
    "hours_median": "签收用时中位数(小时)",
    "hours_mean": "签收用时平均(小时)",
    "hours_max": "签收用时最长(小时)",
    "waiting": "未签收",
    "waiting_hours_max": "未签收已等最长(小时)",
    "returned": "退回",
    "passed_on": "转办",
    "shirked": "推诿(件)",
}
REMIT_COLUMNS = {
    "department": "部门",
    "problem": "问题编号",
    "town": "镇乡街道",
    "category": "类别",
    "description": "问题描述",
    "answerable": "责任部门",
    "found_on": "发现日期",
    "state": "状态",
    "cases": "关联案件",
}
RETURN_COLUMNS = {
    "code": "编号",
    "day": "日期",
    "department": "部门",
    "partners": "参与部门",
    "town": "镇乡街道",
    "offence": "违法类型",
    "power": "执法事项",
    "inspections": "检查次数",
    "cases_opened": "立案",
    "cases_closed": "结案",
    "fines_yuan": "罚款(元)",
    "joint_actions": "联合执法",
    "problem": "关联问题",
}
HAND_OVER_COLUMNS = {
    "problem": "问题编号",
    "town": "镇乡街道",
    "category": "类别",
    "description": "问题描述",
    "moved_at": "交办时间",
    "action": "动作",
    "giver": "从",
    "taker": "到",
    "signed_at": "签收时间",
    "hours": "小时",
    "state": "签收状态",
}


def choose(controls: DeltaGenerator, departments: pd.DataFrame) -> tuple[str, str | None]:
    """The view that the address names, and the one department whose own view is asked for, if any."""
    with controls:
        views = st.container(width="content")
        unit = shell.choose("unit", departments["department"].tolist(), "看一个部门")
        with views:
            if unit:
                html.show("back", text="全部部门", address=f"enforcement?{shell.address()}")
                return "", unit
            return shell.switch("view", list(VIEWS), VIEWS.__getitem__), None


def export(place: DeltaGenerator, frame: pd.DataFrame, columns: Mapping[str, str], name: str) -> None:
    """The button that gives a whole frame away, beside what chooses it."""
    with place:
        st.download_button(
            "导出",
            lambda: downloads.csv_text(frame, columns),
            f"{name}_{shell.period().end}.csv",
            "text/csv",
            disabled=frame.empty,
            key="export_departments",
        )


def before(period: Period) -> str:
    """What the period is compared with, in words."""
    return period.name_of_comparable(shell.fresh()["newest_fact"])


def earlier(name: str) -> html.Row:
    """The district's row of what the period is compared with: the previous period, or as many days of it."""
    return html.records(shell.rows(name, over=shell.period().comparable(shell.fresh()["newest_fact"])))[0]


def comparison(template: str, departments: pd.DataFrame, period: Period) -> None:
    """A table of all departments, inside their groups (领域), those with most inspections per officer first."""
    ordered = departments.sort_values(
        ["field", "inspections_per_officer", "department"], ascending=[True, False, True], na_position="last"
    )
    rows = said(ordered, period)
    html.show(
        template,
        fields=html.grouped(rows, "field"),
        total=len(rows),
        verdicts={row["department"]: reasons.verdict(row) for row in rows},
        widest=max((row["inspections_per_officer"] or 0 for row in rows), default=0),
        limit_text=footnotes.limit_text(departments),
        before=before(period),
        address=shell.address(),
    )


def joint(pairs: pd.DataFrame, departments: pd.DataFrame) -> None:
    """Who acts with whom: departments by departments, in the order of their groups."""
    ordered = departments.sort_values(["field", "department"], na_position="last")
    counts = {(one, other): 0 for one in ordered["department"] for other in ordered["department"]}
    for one, other, actions in pairs[pairs["partner"].notna()][["department", "partner", "actions"]].to_numpy():
        counts[one, other] = counts[other, one] = actions
    last_of_field = ordered.fillna({"field": ""}).drop_duplicates("field", keep="last")
    html.show(
        "department_joint",
        names=ordered["department"].tolist(),
        rows=html.records(ordered),
        edges=set(last_of_field["department"]),
        cells=counts,
        most=max(counts.values(), default=0) or 1,
        address=shell.address(),
    )


def linkage(departments: pd.DataFrame) -> None:
    """How fast each department signs, the one that keeps others waiting longest first."""
    ordered = departments.sort_values(
        ["shirked", "waiting_hours_max", "hours_median"], ascending=[False, False, False], na_position="last"
    )
    html.show("department_linkage", rows=html.records(ordered), address=shell.address())


def idle(departments: pd.DataFrame, period: Period) -> None:
    """The departments without a case, the one that has had none for longest first."""
    if departments.empty:
        html.show("sentence", text="各部门本期都有立案。", wrong=False)
        return
    ordered = departments.sort_values("days_without_case", ascending=False, na_position="first")
    html.show("department_idle", rows=said(ordered, period), address=shell.address())


def one(department: html.Row, period: Period) -> None:
    """One department: its weeks and its powers at left, one of its lists at right."""
    name = department["department"]
    left, right = st.columns([40, 60], gap="large")
    with left:
        weekly(shell.rows("department_weeks", department=name))
        used = shell.rows("department_powers", department=name)
        html.show("section", title=department_titles.powers(used, department), note="")
        listing("department_powers", used, period, "没有写明执法事项的记录。", above=560)
    with right:
        choices = st.container(horizontal=True, vertical_alignment="center", key="own")
        with choices:
            which = shell.switch("list", list(LISTS), LISTS.__getitem__)
        found, columns, template, nothing = _own(which, name)
        export(choices, found, columns, f"{name}{LISTS[which]}")
        listing(template, found, period, nothing, above=400)


def _own(which: str, name: str) -> tuple[pd.DataFrame, Mapping[str, str], str, str]:
    """One of a department's lists: its rows, the columns of its export, its template, and what to say of none."""
    if which == "handovers":
        found = shell.rows("hand_over_list", department=name)
        return found, HAND_OVER_COLUMNS, "department_hand_overs", "本期没有交办、转办给该部门的，也没有等它签收的。"
    if which == "remit":
        found = shell.rows("remit_problems", department=name)
        return found, REMIT_COLUMNS, "department_remit", "职责内本期没有发现问题；名录没有职责问题类别的部门不列。"
    found = shell.rows("enforcement_list", department=name)
    kept = {"joint": found["joint_actions"] > 0, "returns": found["is_own"], "cases": found["cases_opened"] > 0}
    found = found[kept[which] & (found["is_own"] | (which == "joint"))]
    return found, RETURN_COLUMNS, "department_returns", f"本期没有{LISTS[which]}。"


def shirked(steps: pd.DataFrame, year: int) -> None:
    """The problems that were passed around, each with its chain of units."""
    if steps.empty:
        html.show("sentence", text="没有退回、转办两次及以上的问题。", wrong=False)
        return
    chains = html.grouped(html.records(steps), "problem")
    html.show("department_shirked", chains=chains, year=year, address=shell.address())


def listing(template: str, frame: pd.DataFrame, period: Period, nothing: str, above: int = 330) -> None:
    """A list under a template, the first rows of it; a sentence when there are none."""
    if frame.empty:
        html.show("sentence", text=nothing, wrong=False)
        return
    html.show(
        template,
        rows=html.records(frame.head(LISTED)),
        year=period.end.year,
        above=above,
        address=shell.address(),
    )
    if len(frame) > LISTED:
        html.show("foot", text=f"列出前 {LISTED} 条，共 {len(frame)} 条，全部见导出。")


def said(departments: pd.DataFrame, period: Period) -> Sequence[html.Row]:
    """The rows of the departments with the words for what is missing in them."""
    words: dict[str, Callable[[html.Row], str]] = {
        "target_text": department_titles.target,
        "powers_text": department_titles.powers_used,
        "place": department_titles.place,
        "since": lambda row: department_titles.without_case(row, period),
    }
    return [row | {name: say(row) for name, say in words.items()} for row in html.records(departments)]


def weekly(weeks: pd.DataFrame) -> None:
    """The chart of a department's last 12 weeks."""
    html.show("section", title=department_titles.weeks(weeks), note="每周检查次数")
    if weeks["inspections"].notna().any():
        st.plotly_chart(
            charts.weekly_volume(weeks),
            theme=None,
            config=charts.CONFIG,
            key="weekly_volume",
            alt="该部门近 12 周每周检查次数",
        )
