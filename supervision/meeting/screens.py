"""What a screen of the meeting says, apart from how it is drawn: the projector and the deck draw the same screens."""

from dataclasses import dataclass, field
from typing import Literal

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
    """A column of a table: `width` is its share of the table's, the shares of all need not add up to anything."""

    heading: str
    width: float
    right: bool = False


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
