"""What a screen of the meeting says, apart from how it is drawn: the projector and the deck draw the same screens."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

LONG, TWO_LINES = 30, 1.35
"""A text of more characters takes two lines where it wraps, and a row with one so many times the height of others."""

Look = Literal[
    "",
    "late",  # a verdict, red: the word or sign stands in the text
    "near",  # amber: 临期, 逾期完成, 待销号
    "strong",  # bold ink: the unit that the row is about, a figure that the title speaks of
]
Shade = Literal[
    "over_30",  # overdue for over 30 days, dark red
    "to_30",  # 8 to 30 days
    "to_7",  # 1 to 7 days
    "near",  # 临期, amber
    "amount",  # any other quantity, water blue-green
    "rest",  # what is lacking to the whole, pale
]


@dataclass(frozen=True)
class Column:
    """A column of a table: `width` is its share of the table's, the shares of all need not add up to anything.

    Long texts of a column that `wraps` run over two lines of smaller letters; those of others may end in ….
    """

    heading: str
    width: float
    right: bool = False
    wraps: bool = False


@dataclass(frozen=True)
class Cell:
    """A text in a table, already as it is printed."""

    text: str
    look: Look = ""


@dataclass(frozen=True)
class Part:
    """A part of a bar; `text` is what stands in it, empty where it is too short or says nothing."""

    value: float
    shade: Shade
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar in the row, of parts one after another; `full` is the value that fills the cell."""

    parts: tuple[Part, ...]
    full: float


@dataclass(frozen=True)
class Table:
    """A table; the column `named_by` (the first, or the next after a rank) names what a row is about."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Bar, ...], ...]
    named_by: int = 0


@dataclass(frozen=True)
class Step:
    """A step of the ladder over a table, as wide as its value: the figure as it is printed, and what it counts.

    `apart` sets it off from the others, because it is not part of their sum.
    """

    value: float
    figure: str
    name: str
    shade: Shade
    apart: bool = False


@dataclass(frozen=True)
class Finding:
    """A sentence with its figures, what it is about in a word, and below it what the figures rest on."""

    topic: str
    sentence: str
    evidence: str


@dataclass(frozen=True)
class Screen:
    """One item of the agenda.

    `key` is its name in addresses, `name` stands in the band; `red` is the part of the title that is a verdict.
    A screen has a table, findings, or the sentence `nothing` that stands in their place. `ask` is the question to
    decide, `foot` says what is left out, `notes` the 口径 of its figures.
    """

    key: str
    name: str
    title: str
    red: str = ""
    ladder: tuple[Step, ...] = ()
    table: Table | None = None
    findings: tuple[Finding, ...] = ()
    nothing: str = ""
    ask: str = ""
    foot: str = ""
    notes: tuple[str, ...] = field(default=())


def split(screen: Screen, room: float) -> list[Screen]:
    """The screen, or as many as it needs where its table holds more rows than there is room for, counted in rows.

    The question to decide stands on the last; the others are numbered in key and name.
    """
    if screen.table is None:
        return [screen]
    parts = _parts(screen.table, room)
    return [
        replace(
            screen,
            key=screen.key if not number else f"{screen.key}-{number + 1}",
            name=screen.name if not number else f"{screen.name}{number + 1}",
            table=replace(screen.table, rows=rows),
            ask=screen.ask if number == len(parts) - 1 else "",
        )
        for number, rows in enumerate(parts)
    ]


def _parts(table: Table, room: float) -> list[tuple[tuple[Cell | Bar, ...], ...]]:
    parts: list[list[tuple[Cell | Bar, ...]]] = [[]]
    taken = 0.0
    for row in table.rows:
        height = _height(row, table.columns)
        if taken + height > room and parts[-1]:
            parts.append([])
            taken = 0.0
        parts[-1].append(row)
        taken += height
    return [tuple(part) for part in parts]


def _height(row: Sequence[Cell | Bar], columns: Sequence[Column]) -> float:
    """The height of a row in rows."""
    wrapped = (
        column.wraps and isinstance(cell, Cell) and len(cell.text) > LONG
        for cell, column in zip(row, columns, strict=True)
    )
    return TWO_LINES if any(wrapped) else 1.0
