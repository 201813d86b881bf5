"""镇乡档案: one town with all of its history — its rank, what makes it up, every metric, and where the rows are."""

import streamlit as st

from supervision import reasons, town_words
from supervision.view import html, shell, strip

shell.need("towns")
period = shell.period()
ranking = shell.rows("town_ranking")
items = shell.rows("town_items")
names = ranking["town"].tolist()
shell.need_known("town", names, "镇乡街道")
head = st.container()
name = shell.choose("town", names, "镇乡街道") or names[0]
town = html.records(ranking[ranking["town"] == name])[0]
history = shell.trend("town_ranking")
past = history[history["town"] == name]

reason = reasons.reasons(ranking, items, period)[name]
with head:
    html.show(
        "head",
        title=town_words.town_title(town, reason, period),
        question=f"{name}怎么样：得分怎么来、各项指标比{period.name_of_previous}和全区如何、近 {len(past)} 期的走势",
    )
strip.show(strip.town(past, town, len(ranking[ranking["rank"].notna()]), period))
html.show(
    "town",
    items=html.records(items[items["town"] == name]),
    figures=town_words.figures_of_one(
        shell.rows("town_metrics"),
        shell.rows("town_metrics", over=period.previous),
        shell.rows("district_metrics"),
        town["town_code"],
    ),
    past=html.records(past)[::-1],
    town=town,
    links=town_words.LINKS,
    before=period.name_of_previous,
    address=shell.address(),
    year=period.end.year,
)
