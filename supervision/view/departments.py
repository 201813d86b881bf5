"""What the views of the page 部门执法 show: each takes the frames it draws and puts them on the page."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from supervision import department_titles, footnotes, headings, reasons
from supervision.periods import Period
from supervision.view import charts, html, shell
from supervision.workbooks import csv_text

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
            "导出本表",
            lambda: csv_text(frame, columns),
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
    ordered = departments.sort_values("days_without_case", ascending=False, na_position="first", kind="stable")
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
        return found, headings.HAND_OVERS, "department_hand_overs", "本期没有交办、转办给该部门的，也没有等它签收的。"
    if which == "remit":
        found = shell.rows("remit_problems", department=name)
        return found, headings.REMIT, "department_remit", "职责内本期没有发现问题；名录没有职责问题类别的部门不列。"
    found = shell.rows("enforcement_list", department=name)
    kept = {"joint": found["joint_actions"] > 0, "returns": found["is_own"], "cases": found["cases_opened"] > 0}
    found = found[kept[which] & (found["is_own"] | (which == "joint"))]
    return found, headings.RETURNS, "department_returns", f"本期没有{LISTS[which]}。"


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
        html.show("foot", text=f"列出前 {LISTED} 条，共 {len(frame)} 条，全部见导出本表。")


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
