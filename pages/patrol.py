"""巡河履职: who walks, who only passes by, what goes unseen, and where nobody walks."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from supervision import patrol_words as words
from supervision.view import downloads, heat, html, shell, strip

LISTED = 200
LISTS = {
    "towns": "镇乡日历",
    "levels": "层级与原因",
    "missed": "视而不见",
    "sections": "未巡河段",
    "invalid": "无效巡河",
    "questions": "疑问",
    "chief": "个人轨迹",
}

shell.need("towns", "chiefs", "patrols")
period = shell.period()
towns = shell.rows("town_patrols")
figures = shell.rows("town_metrics")
trend = shell.trend("district_metrics")
names = {row["town_code"]: row["town"] for row in html.records(towns) if row["town"]}
page = {"address": shell.address(), "year": period.end.year}

html.show(
    "head",
    title=words.title(figures, names, trend, period),
    question="谁巡得勤、谁走马观花，哪些问题视而不见，哪些河段没人巡",
)
strip.show(strip.patrol(trend, period))
controls = st.container(horizontal=True, vertical_alignment="center", key="patrol")
with controls:
    shown = shell.switch("list", list(LISTS), LISTS.__getitem__)


def of_town() -> str | None:
    """The code of the town that a list is for, None for all."""
    wanted = shell.choose("town", list(names.values()), "全部镇乡街道")
    return next((code for code, name in names.items() if name == wanted), None)


def export(frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
    """The button that hands the whole list over."""
    name = f"巡河履职_{LISTS[shown]}_{period.end}.csv"
    st.download_button(
        "导出", lambda: downloads.csv_text(frame, columns), name, "text/csv", disabled=frame.empty, key="export"
    )


if shown == "towns":
    days = shell.rows("daily_duty", over=heat.span(period))
    unwalked = shell.rows("unwalked_by_town")
    with controls:
        export(towns, downloads.TOWN_PATROL_COLUMNS)
    slots = heat.slots(heat.span(period), period)
    html.show(
        "patrol_towns",
        towns=html.records(towns),
        rates=words.by_town(html.records(figures)),
        strips=heat.strips(days, slots),
        slots=slots,
        item=words.item(days),
        shades=words.shade_names(),
        unwalked={row["town_code"]: row for row in html.records(unwalked)},
        few=words.FEW,
        **page,
    )
    html.show("foot", text=words.towns_foot(words.item(days)))
elif shown == "levels":
    with controls:
        export(towns, downloads.TOWN_PATROL_COLUMNS)
    html.show(
        "patrol_levels", towns=html.records(towns), levels=words.levels(towns), reasons=words.given(towns), **page
    )
    html.show("foot", text=words.reasons_foot(towns))
elif shown == "missed":
    with controls:
        pairs = shell.rows("missed_finds", town=of_town())
        export(pairs, downloads.MISSED_COLUMNS)
    words_if_none = "没有他人发现、而河长此前巡过却没有报的问题。"
    if html.list_or(pairs, words_if_none):
        html.show("patrol_missed", sections=html.grouped(html.records(pairs.head(LISTED)), "section"), **page)
        html.show("foot", text=words.missed_foot(pairs, LISTED))
elif shown == "sections":
    with controls:
        sections = shell.rows("unwalked_sections", town=of_town())
        export(sections, downloads.SECTION_COLUMNS)
    if html.list_or(sections, "有河段记录的镇乡街道，本期每一段都有人巡过。"):
        html.show("patrol_sections", rows=html.records(sections.head(LISTED)), **page)
        html.show("foot", text=words.listed(len(sections), LISTED, "段"))
elif shown == "invalid":
    with controls:
        town = of_town()
        reason = shell.choose("reason", list(words.REASONS.values()), "全部原因")
        invalid = words.with_reasons(shell.rows("invalid_patrols", town=town), reason)
        export(invalid, downloads.INVALID_COLUMNS)
    if html.list_or(invalid, "没有符合条件的无效巡河。"):
        html.show("patrol_invalid", rows=html.records(invalid.head(LISTED)), **page)
        html.show("foot", text=words.listed(len(invalid), LISTED, "次"))
elif shown == "questions":
    with controls:
        asked = words.with_questions(shell.rows("patrol_questions", town=of_town()))
        export(asked, downloads.QUESTION_COLUMNS)
    if html.list_or(asked, "没有触及疑点限值的河长；考核办法没有疑点限值的不列。"):
        html.show("patrol_questions", rows=html.records(asked.head(LISTED)), **page)
        html.show("foot", text=words.questions_foot(asked, LISTED))
else:
    with controls:
        people = shell.rows("patrolling_chiefs", town=of_town())
        by_code = {row["chief_code"]: row for row in html.records(people)}
        chief = shell.choose("chief", list(by_code), "全部河长", lambda code: words.chief_line(by_code[code]))
        export(people, downloads.PATROLLING_COLUMNS)
    if chief is None:
        html.show("patrol_chiefs", rows=html.records(people.head(LISTED)), **page)
        html.show("foot", text=words.listed(len(people), LISTED, "名河长", "，欠巡多的在前"))
    else:
        track = shell.rows("chief_days", over=heat.span(period), chief=chief)
        slots = heat.slots(heat.span(period), period) if period.days <= heat.DAYS_IN_A_STRIP else []
        html.show(
            "patrol_chief",
            chief=by_code[chief],
            summary=words.chief_summary(by_code[chief], period),
            slots=slots,
            lanes=heat.lanes(track, slots),
            days=html.records(words.with_reason_words(track).iloc[::-1]),
            **page,
        )
