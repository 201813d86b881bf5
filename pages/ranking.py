"""镇乡排名: how the towns rank, who moved, and why."""

from supervision import footnotes, reasons, titles
from supervision.view import html, shell

shell.need("towns")
period = shell.period()
ranking = shell.rows("town_ranking")
items = shell.rows("town_items")
bands = shell.rows("bands")

html.show(
    "head",
    title=titles.ranking(ranking, period),
    question=f"各镇乡街道排第几、比{period.name_of_previous}升降多少、为什么",
)
firm = bool(ranking["rank_low"].notna().any())
towns = html.records(ranking)
html.show(
    "ranking",
    bands=html.grouped([town for town in towns if town["rank"] is not None], "band"),
    apart=[town for town in towns if town["rank"] is None],
    rows=len(towns),
    edges=footnotes.band_edges(bands),
    rubric=html.records(items.drop_duplicates("metric").sort_values("position")),
    items=dict(html.grouped(html.records(items), "town")),
    reasons=reasons.reasons(ranking, items, period),
    firm=firm,
    short=footnotes.short_metric,
    before=period.name_of_previous,
    address=shell.address(),
    year=period.end.year,
)
html.show("foot", text=footnotes.ranking_foot(bands, firm=firm))
