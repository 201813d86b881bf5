"""河长考核: who is idle (在岗不履职), who careless (在岗不用心), what subsidy follows, and on what evidence."""

import streamlit as st

from supervision import chief_words, headings
from supervision.periods import Period
from supervision.view import html, shell, strip
from supervision.workbooks import csv_text

LISTED = 100
ALL, LEVELS = "全部", ("全部", "段长", "村级", "镇级", "区级")


def show_list(period: Period) -> None:
    """The chiefs to decide about, the gravest first, beside the bands by town."""
    scores, groups = shell.rows("chief_scores"), shell.rows("chief_bands_by_town")
    before = shell.rows("chief_bands_by_town", over=period.previous)
    rules = shell.rows("rules_in_force")
    head = st.container()
    left, right = st.columns([40, 60], gap="large")
    with right, st.container(horizontal=True, vertical_alignment="center", key="chase"):
        html.show("section", title="请议的河长", note="最该议的在前")
        chosen = shell.switch("level", LEVELS, str)
        town = shell.choose("town", sorted(groups["town"].dropna().unique()), "全部镇乡街道", 150)
        level = None if chosen == ALL else chosen
        chiefs = chief_words.chosen(scores, town, level)
        st.download_button(
            "导出本表",
            lambda: csv_text(chiefs, headings.CHIEFS),
            f"河长考核_{period.end}.csv",
            "text/csv",
            disabled=chiefs.empty,
        )
    whole, towns = chief_words.group(groups, town, level), chief_words.towns_of(groups, town, level)
    with head:
        html.show(
            "head",
            title=chief_words.title(whole, towns, period, f"{town or ''}{level or ''}"),
            question="哪些河长在岗不履职、在岗不用心，凭什么这样说，补贴怎么发",
        )
        strip.show(strip.chiefs(whole, chief_words.group(before, town, level), period))
    with left:
        bands = html.records(shell.rows("chief_bands"))
        html.show("chief_towns", rows=html.records(towns), bands=bands, here=shell.here)
    with right:
        rows = html.records(chiefs.head(LISTED))
        if rows:
            html.show("chief_list", rows=rows, verdict=chief_words.verdict, here=shell.here)
        html.show("foot", text=chief_words.listed(len(chiefs), LISTED))
    limits = rules[rules["rule"] == "履职限值"]
    html.show("foot", text=chief_words.foot(limits, period, shell.fresh()["newest_fact"]))


def show_card(chief: html.Row, period: Period) -> None:
    """A chief's own page: how his score is made up, and the rows behind it."""
    code = chief["code"]
    html.show("head", title=chief_words.card_title(chief, period), question="得分怎么来的，凭哪些记录，补贴怎么算")
    left, right = st.columns([45, 55], gap="large")
    with left:
        html.show(
            "chief_card",
            chief=chief,
            verdict=chief_words.verdict(chief),
            items=html.records(shell.rows("chief_items", chief=code)),
            evidence=chief_words.evidence,
            subsidy=chief_words.subsidy(chief, period),
            duties=html.records(shell.rows("chief_duties", chief=code)),
            back=shell.here(chief=None),
            track=shell.here(list="chief", level=None),
        )
    with right:
        html.show(
            "chief_evidence",
            problems=html.records(shell.rows("chief_problems", chief=code)),
            patrols=html.records(shell.rows("chief_patrols", chief=code)),
            reasons=chief_words.reasons,
            year=period.end.year,
            address=shell.address(),
        )


shell.need("towns", "chiefs", "patrols")
code = st.query_params.get("chief")
card = html.records(shell.rows("chief_card", chief=code)) if code else []
shell.need_known("chief", [row["code"] for row in card], "河长")
if card:
    show_card(card[0], shell.period())
else:
    show_list(shell.period())
