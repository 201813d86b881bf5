"""逾期整改: what is overdue, where, for how long, whose; and what to chase today."""

import streamlit as st

from supervision import chasing, footnotes, headings, titles, wording
from supervision.view import exports, html, problem, shell, strip
from supervision.workbooks import csv_text

LISTED = 200

shell.need("towns", "problems")
if opened := st.query_params.get("problem"):
    problem.show(opened)
    st.stop()

period = shell.period()
towns = shell.rows("overdue_by_town")
known = shell.rows("problem_filters")
flow = shell.rows("rectification_flow")

html.show("head", title=titles.overdue(towns), question="哪些问题逾期、在哪里、拖了多久、谁的责任，今天催哪几件")
strip.show(strip.ageing(shell.trend("district_metrics"), towns, period))

left, right = st.columns([60, 40], gap="medium")
with left:
    by = shell.switch("by", list(chasing.UNITS), lambda column: f"按{chasing.UNITS[column]}")
    units = shell.rows("overdue_by_unit", by=by)
    html.show(
        "overdue_units",
        rows=html.records(units),
        heading=chasing.UNITS[by],
        most=int(units["overdue"].max()),
        few=wording.FEW,
        link=lambda unit, state=None: shell.here(**dict.fromkeys(chasing.UNITS) | {by: unit}, by=by, state=state),
    )
    html.show("foot", text=footnotes.units(by, units))
with right:
    with st.container(horizontal=True, vertical_alignment="center", key="chase"):
        heading = st.container()
        state = shell.choose("state", chasing.STATES[1:], chasing.TODAY, 130) or chasing.TODAY
        download = st.container(horizontal=True, width="content", key="chase_buttons")
    with st.container(horizontal=True, key="chase_filters"):
        wanted = {
            column: shell.choose(column, sorted(known[column].dropna().unique()), name, 119)
            for column, name in chasing.UNITS.items()
        }
    back_again = state == chasing.REBOUNDS
    found = shell.rows("rebound_list") if back_again else shell.rows("problem_list", state=chasing.asked(state))
    chased = chasing.chosen(found, state, wanted)
    columns = headings.REBOUNDS if back_again else headings.PROBLEMS
    with download:
        exports.overdue(shell.answers(), chased, "department" if by == "department" else "town")
        st.download_button(
            "导出本表",
            lambda: csv_text(chased, columns),
            f"{state}_{period.end}.csv",
            "text/csv",
            disabled=chased.empty,
        )
    with heading:
        html.show("section", title=state, note=f"{len(chased):,} 件")
    if chased.empty:
        html.show("sentence", text=f"没有符合条件的问题（{state}）。", wrong=False)
    else:
        html.show(
            "rebound_list" if back_again else "overdue_list",
            rows=html.records(chased.head(LISTED)),
            year=period.end.year,
            link=lambda code: shell.here(problem=code),
        )
        foot = footnotes.rebounds if back_again else footnotes.chased
        html.show("foot", text=foot(chased, LISTED))

html.show("section", title=titles.flow(flow, period), note="")
html.show("flow", steps=html.records(flow))
html.show("foot", text=footnotes.FLOW)
