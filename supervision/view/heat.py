"""A calendar of shaded cells inside the rows of a table: one strip of days (or weeks) a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from supervision.patrol_words import reason_words, shade
from supervision.periods import Period, day_name
from supervision.view import html

DAYS_IN_A_STRIP = 100
"""Up to so many days have a cell each; longer periods have one a week (queries/daily_duty.sql)."""
CONTEXT_DAYS = 35
"""A week is shown at the end of five."""
DATED_COLUMNS = 40
"""Up to so many columns there is room for the date of every Monday, else for the months only."""
HEAD_COLUMNS = 4
"""How many columns a date takes when there are so few."""


@dataclass(frozen=True)
class Slot:
    """A column of the calendar: its first day, what its head says, and how it is marked."""

    first: date
    head: str
    chosen: bool
    ends_week: bool


def span(period: Period) -> Period:
    """The days that the calendar shows: the period, and before a short one enough weeks to see a habit."""
    if period.days >= CONTEXT_DAYS or period.kind not in ("week", "free"):
        return period
    return Period("free", period.end - timedelta(days=CONTEXT_DAYS - 1), period.end)


def slots(shown: Period, chosen: Period) -> list[Slot]:
    """The columns from the first to the last day shown."""
    if shown.days <= DAYS_IN_A_STRIP:
        firsts = [shown.start + timedelta(days=number) for number in range(shown.days)]
    else:
        mondays = pd.date_range(shown.start, shown.end, freq="W-MON").date
        firsts = [shown.start, *(day for day in mondays if day > shown.start)]
    heads = _heads(firsts)
    return [
        Slot(
            first,
            heads.get(number, ""),
            chosen.start <= first <= chosen.end,
            len(firsts) == shown.days and first.weekday() == 6,
        )
        for number, first in enumerate(firsts)
    ]


def strips(answer: pd.DataFrame, columns: list[Slot]) -> dict[Any, list[dict[str, Any]]]:
    """By town code: a cell for every column, with its shade (None for no duty) and what it says when pointed at."""
    cells: dict[Any, dict[date, dict[str, Any]]] = {}
    for row in html.records(answer):
        cells.setdefault(row["town_code"], {})[row["first_day"].date()] = _cell(row)
    return {
        town: [_marked(found.get(slot.first) or _empty(slot), slot) for slot in columns]
        for town, found in cells.items()
    }


def _empty(slot: Slot) -> dict[str, Any]:
    return {"shade": None, "text": "", "says": f"{day_name(slot.first)}　没有"}


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    first, last = row["first_day"].date(), row["last_day"].date()
    days = day_name(first) if first == last else f"{day_name(first)} — {day_name(last)}"
    done = row["of"] - row["missing"]
    whole = not done and bool(row["of"])
    if row["item"] == "欠巡":
        says = f"{days}　应巡 {row['of']:,} 次，完成 {done:,} 次，欠 {row['missing']:,} 次"
    else:
        says = f"{days}　巡河 {row['of']:,} 次，有效 {done:,} 次，无效 {row['missing']:,} 次"
    return {"shade": shade(row["share"]), "text": "0" if whole else "", "says": says}


def _marked(cell: dict[str, Any], slot: Slot) -> dict[str, Any]:
    return cell | {"ends_week": slot.ends_week}


def _heads(firsts: list[date]) -> dict[int, str]:
    """By column: its date. The first, then every Monday, or the first of each month where Mondays would touch."""
    apart = HEAD_COLUMNS * max(1, len(firsts) // DATED_COLUMNS)
    heads: dict[int, str] = {}
    last = -apart
    for number, first in enumerate(firsts):
        new_month = not heads or firsts[last].month != first.month
        if number and not (first.weekday() == 0 if len(firsts) <= DATED_COLUMNS else new_month):
            continue
        if number - last >= apart:
            heads[number] = f"{first.month}月{first.day}" if new_month else str(first.day)
            last = number
    return heads


def lanes(days: pd.DataFrame, columns: list[Slot]) -> list[tuple[str, list[dict[str, Any]]]]:
    """A chief's days in four lanes: duty, patrols, what he reported and what he walked past."""
    by_day = {row["day"].date(): row for row in html.records(days)}
    return [
        (name, [_marked(read(by_day.get(slot.first)) | {"day": slot.first}, slot) for slot in columns])
        for name, read in (("应巡", _duty), ("巡河", _walk), ("报告问题", _reported), ("视而不见", _missed))
    ]


_NOTHING = {"style": "blank", "text": "", "says": ""}


def _duty(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None or not row["required"]:
        return dict(_NOTHING)
    owed = row["required"] - row["done"]
    if owed:
        return {
            "style": "owed",
            "text": "欠",
            "says": f"{day_name(row['day'])}　应巡 {row['required']} 次，欠 {owed} 次",
        }
    return {"style": "done", "text": "", "says": f"{day_name(row['day'])}　应巡 {row['required']} 次，完成"}


def _walk(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None or not row["patrols"]:
        return dict(_NOTHING)
    day, invalid = day_name(row["day"]), row["patrols"] - row["valid"]
    if not row["valid"]:
        return {
            "style": "hn",
            "text": "",
            "says": f"{day}　巡河 {row['patrols']} 次，都无效：{reason_words(row['reasons'])}",
        }
    more = f"，另有 {invalid} 次无效" if invalid else ""
    return {"style": "done", "text": "", "says": f"{day}　有效巡河 {row['valid']} 次{more}"}


def _reported(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None or not row["reported"]:
        return dict(_NOTHING)
    return {
        "style": "count",
        "text": str(row["reported"]),
        "says": f"{day_name(row['day'])}　报告问题 {row['reported']} 件",
    }


def _missed(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None or not row["missed"]:
        return dict(_NOTHING)
    says = f"{day_name(row['day'])}　他人发现 {row['missed']} 件，他巡过而没有报"
    return {"style": "count", "text": str(row["missed"]), "says": says}
