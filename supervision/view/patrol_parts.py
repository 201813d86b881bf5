"""The lists of the page 巡河履职: each asks its question, offers its filters and its export, and shows its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from supervision import headings, wording
from supervision import patrol_words as words
from supervision.periods import Period
from supervision.view import heat, html, shell
from supervision.workbooks import csv_text

LISTED = 200


@dataclass(frozen=True)
class Screen:
    """What a list stands in: its title, the period, the line of filters, and the towns' names and figures."""

    title: str
    period: Period
    controls: DeltaGenerator
    names: Mapping[str, str]
    towns: pd.DataFrame
    figures: pd.DataFrame

    @property
    def links(self) -> dict[str, Any]:
        """What every template needs for its links and dates."""
        return {"address": shell.address(), "year": self.period.end.year}

    def town(self) -> str | None:
        """The code of the town that the list is for, None for all."""
        wanted = shell.choose("town", list(self.names.values()), "全部镇乡街道")
        return next((code for code, name in self.names.items() if name == wanted), None)

    def export(self, frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
        """The button that hands the whole list over."""
        st.download_button(
            "导出本表",
            lambda: csv_text(frame, columns),
            f"巡河履职_{self.title}_{self.period.end}.csv",
            "text/csv",
            disabled=frame.empty,
            key="export",
        )


def calendar(screen: Screen) -> None:
    """镇乡日历: a row a town, its figures and a cell a day."""
    days = shell.rows("daily_duty", over=heat.span(screen.period))
    unwalked = shell.rows("unwalked_by_town")
    with screen.controls:
        screen.export(screen.towns, headings.TOWN_PATROLS)
    slots = heat.slots(heat.span(screen.period), screen.period)
    html.show(
        "patrol_towns",
        towns=html.records(screen.towns),
        rates=words.by_town(html.records(screen.figures)),
        strips=heat.strips(days, slots),
        slots=slots,
        item=words.item(days),
        shades=words.shade_names(),
        unwalked={row["town_code"]: row for row in html.records(unwalked)},
        few=wording.FEW,
        **screen.links,
    )
    html.show("foot", text=words.towns_foot(words.item(days)))


def levels(screen: Screen) -> None:
    """层级与原因: completion by level of chief, and why patrols were invalid."""
    towns = screen.towns
    with screen.controls:
        screen.export(towns, headings.TOWN_PATROLS)
    html.show(
        "patrol_levels",
        towns=html.records(towns),
        levels=words.levels(towns),
        reasons=words.given(towns),
        **screen.links,
    )
    html.show("foot", text=words.reasons_foot(towns))


def missed(screen: Screen) -> None:
    """视而不见: the patrols that saw nothing, and what others then found."""
    with screen.controls:
        pairs = shell.rows("missed_finds", town=screen.town())
        screen.export(pairs, headings.MISSED)
    if html.list_or(pairs, "没有他人发现、而河长此前巡过却没有报的问题。"):
        rows = html.records(pairs.head(LISTED))
        html.show("patrol_missed", sections=html.grouped(rows, "section"), **screen.links)
        html.show("foot", text=words.missed_foot(pairs, LISTED))


def sections(screen: Screen) -> None:
    """未巡河段: where nobody walked in the period."""
    with screen.controls:
        found = shell.rows("unwalked_sections", town=screen.town())
        screen.export(found, headings.SECTIONS)
    if html.list_or(found, "有河段记录的镇乡街道，本期每一段都有人巡过。"):
        html.show("patrol_sections", rows=html.records(found.head(LISTED)), **screen.links)
        html.show("foot", text=words.listed(len(found), LISTED, "段"))


def invalid(screen: Screen) -> None:
    """无效巡河: each with its reasons, figure and limit."""
    with screen.controls:
        town = screen.town()
        reason = shell.choose("reason", list(words.REASONS.values()), "全部原因")
        found = words.with_reasons(shell.rows("invalid_patrols", town=town), reason)
        screen.export(found, headings.INVALID_PATROLS)
    if html.list_or(found, "没有符合条件的无效巡河。"):
        html.show("patrol_invalid", rows=html.records(found.head(LISTED)), **screen.links)
        html.show("foot", text=words.listed(len(found), LISTED, "次"))


def questions(screen: Screen) -> None:
    """疑问: what looks arranged, as a question with its figures, never scored."""
    with screen.controls:
        asked = words.with_questions(shell.rows("patrol_questions", town=screen.town()))
        screen.export(asked, headings.QUESTIONS)
    if html.list_or(asked, "没有触及疑点限值的河长；考核办法没有疑点限值的不列。"):
        html.show("patrol_questions", rows=html.records(asked.head(LISTED)), **screen.links)
        html.show("foot", text=words.questions_foot(asked, LISTED))


def chief(screen: Screen) -> None:
    """个人轨迹: the chiefs, those who owe most first; one of them day by day."""
    with screen.controls:
        people = shell.rows("patrolling_chiefs", town=screen.town())
        by_code = {row["chief_code"]: row for row in html.records(people)}
        code = shell.choose("chief", list(by_code), "全部河长", 300, lambda each: words.chief_line(by_code[each]))
        screen.export(people, headings.PATROLLING)
    if code is None:
        html.show("patrol_chiefs", rows=html.records(people.head(LISTED)), **screen.links)
        html.show("foot", text=words.listed(len(people), LISTED, "名河长", "，欠巡多的在前"))
        return
    track = shell.rows("chief_track", over=heat.span(screen.period), chief=code)
    short = screen.period.days <= heat.DAYS_IN_A_STRIP
    slots = heat.slots(heat.span(screen.period), screen.period) if short else []
    html.show(
        "patrol_chief",
        chief=by_code[code],
        summary=words.chief_summary(by_code[code], screen.period),
        slots=slots,
        lanes=heat.lanes(track, slots),
        days=html.records(words.with_reason_words(track).iloc[::-1]),
        **screen.links,
    )
