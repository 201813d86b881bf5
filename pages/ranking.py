"""镇乡排名: how the towns rank, who moved, and why; where each lost its points; two towns side by side."""

import streamlit as st

from supervision import footnotes, headings, reasons, titles, town_words, wording
from supervision.metrics import BY_CODE
from supervision.view import html, shell
from supervision.workbooks import csv_text

VIEWS = {"rank": "排名", "lost": "逐项失分", "compare": "两镇对比"}

shell.need("towns")
period = shell.period()
ranking = shell.rows("town_ranking")
items = shell.rows("town_items")
bands = shell.rows("bands")
towns = html.records(ranking)
ranked = [town for town in towns if town["rank"] is not None]
by_town = dict(html.grouped(html.records(items), "town"))
rubric = html.records(items.drop_duplicates("metric").sort_values("position", kind="stable"))

head = st.container()
with st.container(horizontal=True, vertical_alignment="center", key="ranking_bar"):
    view = shell.switch("view", list(VIEWS), VIEWS.__getitem__)
    one, other = town_words.pair(ranking)
    if view == "compare":
        names = [town["town"] for town in towns]
        one = shell.choose("town", names, one) or one
        other = shell.choose("with", names, other) or other
    st.download_button(
        "导出本表",
        lambda: csv_text(ranking, headings.RANKING),
        f"镇乡排名_{period.end}.csv",
        "text/csv",
    )

if view == "rank":
    title = titles.ranking(ranking, period)
    firm = bool(ranking["rank_low"].notna().any())
    html.show(
        "ranking",
        bands=html.grouped(ranked, "band"),
        apart=[town for town in towns if town["rank"] is None],
        rows=len(towns),
        edges=footnotes.band_edges(bands),
        rubric=[item for item in rubric if not item["outside"]],
        outside=any(item["outside"] for item in rubric),
        starting=max((item["starting"] for item in rubric), default=0),
        added=town_words.added(items),
        items=by_town,
        reasons=reasons.reasons(ranking, items, period),
        firm=firm,
        few=wording.FEW,
        short=footnotes.short_metric,
        before=period.name_of_previous,
        address=shell.address(),
        year=period.end.year,
    )
    html.show("foot", text=footnotes.ranking_foot(bands, firm=firm))
elif view == "lost":
    title = town_words.lost_title(items)
    html.show(
        "ranking_lost",
        towns=ranked,
        items=by_town,
        rubric=[item for item in rubric if not item["outside"]],
        most=town_words.most_lost(items),
        short=footnotes.short_metric,
        address=shell.address(),
    )
    html.show("foot", text=town_words.LOST_FOOT)
else:
    compared = town_words.compared(items, one, other)
    title = town_words.compared_title(ranking, compared, one, other)
    html.show(
        "ranking_compare",
        one=next(town for town in towns if town["town"] == one),
        other=next(town for town in towns if town["town"] == other),
        rows=compared,
        figures=town_words.figures_of_two(shell.rows("town_metrics"), ranking, one, other),
        metrics=BY_CODE,
        before=period.name_of_previous,
        address=shell.address(),
    )
    html.show("foot", text=town_words.COMPARE_FOOT)

with head:
    html.show("head", title=title, question=f"各镇乡街道排第几、比{period.name_of_previous}升降多少、为什么")
