"""总览: how the district stands, and what must be decided today."""

import streamlit as st

from supervision import decisions, footnotes, reasons, titles, trends
from supervision.view import charts, html, shell, strip

shell.need("towns")
period = shell.period()
towns = shell.rows("overdue_by_town")
ranking = shell.rows("town_ranking")
items = shell.rows("town_items")
departments = shell.rows("enforcement_by_department")
trend = shell.trend("district_metrics")

html.show(
    "head",
    title=titles.overview(trend, towns, period),
    question=f"{period.name}全区巡河与整改情况如何，今天要定什么",
)
strip.show(
    [
        strip.overdue(trend, period),
        strip.rate_figure(trend, "on_time_rate", period, "件"),
        strip.rate_figure(trend, "patrol_completion", period, "次"),
        strip.idle_departments(departments, period),
        strip.watchlist(trend, period),
    ]
)

left, right = st.columns([56, 44], gap="large")
with left:
    ranked = html.records(ranking[ranking["rank"].notna()])
    html.show(
        "overview_ranking",
        bands=html.grouped(ranked, "band"),
        ranked=len(ranked),
        reasons=reasons.reasons(ranking, items, period),
        before=period.name_of_previous,
        full=100,
        address=shell.address(),
    )
    html.show("foot", text=footnotes.left_out(ranking, period))
with right:
    decided = decisions.decisions(towns, departments, shell.rows("open_problems"), ranking, period)
    html.show("decisions", heading=decisions.things_to_decide(len(decided)), decisions=decided)
    late = any(trends.counts(trend, "overdue"))
    note = "期末逾期件数，按逾期天数分" if late else ""
    html.show("section", title=titles.overdue_trend(trend, period), note=note)
    if late:
        st.plotly_chart(
            charts.overdue_by_age(trend),
            theme=None,
            config=charts.CONFIG,
            height="stretch",
            key="overdue_trend",
            alt="各期末逾期未整改件数，按逾期天数分段",
        )
