"""巡河履职: who walks, who only passes by, what goes unseen, and where nobody walks."""

import streamlit as st

from supervision import patrol_words as words
from supervision.view import html, patrol_parts, shell, strip

LISTS = {
    "towns": ("镇乡日历", patrol_parts.calendar),
    "levels": ("层级与原因", patrol_parts.levels),
    "missed": ("视而不见", patrol_parts.missed),
    "sections": ("未巡河段", patrol_parts.sections),
    "invalid": ("无效巡河", patrol_parts.invalid),
    "questions": ("疑问", patrol_parts.questions),
    "chief": ("个人轨迹", patrol_parts.chief),
}

shell.need("towns", "chiefs", "patrols")
period = shell.period()
towns = shell.rows("town_patrols")
figures = shell.rows("town_metrics")
trend = shell.trend("district_metrics")
names = {row["town_code"]: row["town"] for row in html.records(towns) if row["town"]}

html.show(
    "head",
    title=words.title(figures, names, trend, period),
    question="谁巡得勤、谁走马观花，哪些问题视而不见，哪些河段没人巡",
)
strip.show(strip.patrol(trend, period))
controls = st.container(horizontal=True, vertical_alignment="center", key="patrol")
with controls:
    shown = shell.switch("list", list(LISTS), lambda name: LISTS[name][0])
title, show = LISTS[shown]
show(patrol_parts.Screen(title, period, controls, names, towns, figures))
