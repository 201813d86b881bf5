"""The first and the last screen: what earlier meetings decided and what became of it, and what this one decides."""

from datetime import date

import pandas as pd

from supervision.formats import day, number
from supervision.meeting.minutes import DONE_LATE, KEPT, LATE, MOST_LETTERS, OPEN, STANDINGS, by_standing
from supervision.meeting.screens import Cell, Column, Screen, Shade, Step, Table
from supervision.wording import Row

PROMISED, DECIDED = "promises", "decided"
SHADES: dict[str, Shade] = {LATE: "over_30", OPEN: "rest", DONE_LATE: "near", KEPT: "amount"}


def promised(promises: pd.DataFrame, held_on: date) -> Screen:
    """What earlier meetings decided: all of the last one, and what was still open after it, the gravest first."""
    last = promises["met_on"].max()
    unfinished = promises["done_on"].isna() | (promises["done_on"] >= last)
    shown = promises[(promises["met_on"] == last) | unfinished]
    if shown.empty:
        return Screen(
            PROMISED, "上周议定", "没有上次会议议定的事项", nothing="议定事项在最后一项写下，下次会议首先过一遍。"
        )
    found = by_standing(shown)
    late = found.get(LATE, 0)
    title = f"上次议定和未了的 {len(shown)} 项：" + "，".join(f"{name} {count} 项" for name, count in found.items())
    order = shown.assign(grave=shown["standing"].map(STANDINGS.index)).sort_values(
        ["grave", "days_late", "met_on"], ascending=[True, False, True], kind="stable"
    )
    columns = (
        Column("事项", 40, wraps=True),
        Column("责任单位", 20),
        Column("会议", 11),
        Column("时限", 11),
        Column("状态", 18),
    )
    rows = tuple(
        (
            Cell(_matter(row), "strong"),
            Cell(row["unit"]),
            Cell(day(row["met_on"], held_on.year)),
            Cell(day(row["due_on"], held_on.year)),
            _standing(row, held_on),
        )
        for row in order.to_dict("records")
    )
    ladder = tuple(Step(count, number(count), standing, SHADES[standing]) for standing, count in found.items())
    return Screen(
        PROMISED,
        "上周议定",
        title,
        red=f"{LATE} {late} 项" if late else "",
        ladder=ladder,
        table=Table(columns, rows),
        ask=f"逾期的 {late} 项，是否说明原因、重定时限" if late else "",
        foot=f"状态按会议日 {day(held_on, 0)}计。",
        notes=("按时完成：完成日期不晚于时限；逾期：过了时限还没有完成。上次会议的全部列出，更早的只列未完成的。",),
    )


def _matter(row: Row) -> str:
    """The matter, so long as it can be read; an imported one may be longer, and stands in the list in full."""
    matter = str(row["matter"])
    return matter if len(matter) <= MOST_LETTERS else f"{matter[: MOST_LETTERS - 1]}…"


def _standing(row: Row, held_on: date) -> Cell:
    if row["standing"] == LATE:
        return Cell(f"■ 逾期 {number(row['days_late'])} 天", "late")
    if row["standing"] == DONE_LATE:
        return Cell(f"逾期 {number(row['days_late'])} 天完成", "near")
    if row["standing"] == KEPT:
        return Cell(f"{day(row['done_on'], held_on.year)}完成")
    return Cell("未到期")


def decided(today: pd.DataFrame, held_on: date) -> Screen:
    """What this meeting has decided so far, in the order of `today`."""
    columns = (Column("本次议定事项", 56, wraps=True), Column("责任单位", 24), Column("时限", 14))
    rows = tuple(
        (Cell(_matter(row), "strong"), Cell(row["unit"]), Cell(day(row["due_on"], held_on.year)))
        for row in today.to_dict("records")
    )
    return Screen(
        DECIDED,
        "本周议定",
        f"本次会议议定 {len(rows)} 项" if rows else "本次会议要议定什么",
        table=Table(columns, rows) if rows else None,
        nothing="" if rows else "还没有写下议定事项。",
        foot="议定事项随时保存，下次会议首先过一遍。",
        notes=("议定事项由会议当场写下，记明事项、责任单位、时限和记录人。",),
    )
