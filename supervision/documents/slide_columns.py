"""How a screen's table is fitted into its place on a slide: letters, rows and columns, and which texts are cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import Literal

from supervision.documents.slide_shapes import AMBER, INK, INK2, LEADING, PADDING, RED, Paragraph, Run, paragraph
from supervision.documents.slide_text import lines_of, shortened, width
from supervision.meeting.screens import Bar, Cell, Column, Look, Table
from supervision.xml_text import one_line

HEAD, HEAD_HEIGHT = 24, 40
LARGEST, LEGIBLE, SMALLEST = 29, 24, 18
"""The letters of a table are as large as may be; under LEGIBLE only where names and figures would not fit otherwise."""
REASON, REASON_SHARE = 21, 0.84
"""Long texts may be set in letters so small, and so much smaller than the rest, rather than be cut."""
ROW, ROW_MARGIN, TEXT_ROW_MARGIN = 58, 4, 16
MOST_LINES = 3
SIDES = 2 * PADDING + 2
"""What a cell needs beside its text, with two pixels to spare."""
BAR_FLOOR = 0.5
"""A bar keeps so much of the width that its screen gives it."""
TEXT_FLOOR = 7
"""A column of long texts keeps at least so many letters."""
NAME = 12
"""A text of no more letters is never cut, and stays on one line."""
UNITS = ("单位", "部门", "镇乡", "河流", "责任人")
"""A heading with one of these is over names, which are never cut."""
COLOURS: dict[Look, str] = {"": INK, "late": RED, "near": AMBER, "strong": INK}

Rows = Sequence[Sequence[Cell | Bar]]


@dataclass(frozen=True)
class Fitted:
    """A table as it is drawn, in pixels; `cut` has in full the texts that are not, `left_out` the rows without room."""

    widths: tuple[float, ...]
    row: float
    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    cut: tuple[str, ...]
    left_out: int


@dataclass(frozen=True)
class _Measured:
    """A column: the width of its heading, of each text in letters, and its share of the table in pixels."""

    head: float
    ems: tuple[float, ...]
    share: float
    bars: bool
    kept: bool

    @property
    def longest(self) -> float:
        """The width of the longest text in letters."""
        return max(self.ems, default=0)


@dataclass(frozen=True)
class _Setting:
    """A way to set a table: the letters of each column, over how many lines long texts run, the widths of columns."""

    sizes: tuple[float, ...]
    spread: int
    widths: tuple[float, ...]


def fitted(table: Table, room: float, height: float) -> Fitted:
    """The table in a place of that size: with all of its texts if they fit in legible letters, over up to three lines.

    Else long texts are cut. Never cut are what a row is about, the columns before it, figures at the right, names of
    units and what is short; for them the letters become as small as must be.
    """
    height -= HEAD_HEIGHT
    rows = table.rows[: max(int(height // _row_of(SMALLEST, 1)), 1)]
    columns = _measured(table, rows, room)
    setting = _chosen(columns, len(rows), room, height)
    least = _row_of(max(setting.sizes, default=SMALLEST), setting.spread)
    return Fitted(
        widths=setting.widths,
        row=max(least, min(ROW, height / max(len(rows), 1))),
        head=tuple(
            _set(Cell(column.heading), wide, HEAD, 1, column, INK2)
            for column, wide in zip(table.columns, setting.widths, strict=True)
        ),
        rows=tuple(
            tuple(
                _set(cell, wide, size, setting.spread, column)
                for cell, wide, size, column in zip(cells, setting.widths, setting.sizes, table.columns, strict=True)
            )
            for cells in rows
        ),
        cut=tuple(
            one_line(cell.text) for row, place in _cut(columns, setting) if isinstance(cell := rows[row][place], Cell)
        ),
        left_out=len(table.rows) - len(rows),
    )


def bar_columns(table: Table) -> list[int]:
    """Which columns hold bars."""
    return [place for place in range(len(table.columns)) if any(isinstance(cells[place], Bar) for cells in table.rows)]


def _set(
    cell: Cell | Bar, wide: float, size: float, spread: int, column: Column, colour: str | None = None
) -> Paragraph:
    """A cell as it is drawn; a bar leaves its cell empty."""
    align: Literal["l", "r"] = "r" if column.right else "l"
    if isinstance(cell, Bar):
        return paragraph(Run("", HEAD), align=align)
    bold = bool(cell.look)
    text = shortened(one_line(cell.text), size, wide - SIDES + 2, rows=spread, bold=bold)
    return paragraph(Run(text, size, colour or COLOURS[cell.look], bold), align=align)


def _measured(table: Table, rows: Rows, room: float) -> list[_Measured]:
    whole = sum(column.width for column in table.columns) or 1
    bars = bar_columns(table)
    measured = []
    for place, column in enumerate(table.columns):
        ems = tuple(_ems(cells[place]) for cells in rows)
        named = place <= table.named_by or any(word in column.heading for word in UNITS)
        measured.append(
            _Measured(
                head=width(one_line(column.heading), HEAD) + SIDES,
                ems=ems,
                share=room * column.width / whole,
                bars=place in bars,
                kept=named or column.right or max(ems, default=0) <= NAME,
            )
        )
    return measured


def _ems(cell: Cell | Bar) -> float:
    return 0.0 if isinstance(cell, Bar) else width(one_line(cell.text), 1, bold=bool(cell.look))


def _row_of(size: float, spread: int) -> float:
    """How high a row with so many lines is at least."""
    return spread * size * LEADING + (ROW_MARGIN if spread == 1 else TEXT_ROW_MARGIN)


def _chosen(columns: Sequence[_Measured], rows: int, room: float, height: float) -> _Setting:
    """The first way to set the table in which nothing is cut; else the largest letters, over as many lines as fit."""
    settings = list(_settings(columns, rows, room, height))
    whole = (each for each in settings if max(each.sizes) >= LEGIBLE and not any(_cut(columns, each)))
    if chosen := next(whole, None):
        return chosen
    even = [each for each in settings if len(set(each.sizes)) == 1]
    if even:
        return max(even, key=lambda each: (each.sizes[0], each.spread))
    return _Setting((SMALLEST,) * len(columns), 1, tuple(column.share for column in columns))


def _settings(columns: Sequence[_Measured], rows: int, room: float, height: float) -> Iterator[_Setting]:
    """The ways to set the table in which it fits, from the largest letters and the fewest lines on."""
    for size, spread in product(range(LARGEST, SMALLEST - 1, -1), range(1, MOST_LINES + 1)):
        if _row_of(size, spread) * rows > height:
            continue
        for small in range(size, min(size, max(REASON, ceil(REASON_SHARE * size))) - 1, -1):
            sizes = tuple(size if column.kept else small for column in columns)
            if widths := _widths(columns, sizes, spread, room):
                yield _Setting(sizes, spread, tuple(widths))


def _cut(columns: Sequence[_Measured], setting: _Setting) -> Iterator[tuple[int, int]]:
    """The row and column of each text that does not fit."""
    for place, (column, wide, size) in enumerate(zip(columns, setting.widths, setting.sizes, strict=True)):
        for row, ems in enumerate(column.ems):
            if lines_of(ems * size, size, wide - SIDES + 2) > setting.spread:
                yield row, place


def _widths(columns: Sequence[_Measured], sizes: Sequence[float], spread: int, room: float) -> list[float] | None:
    """A width a column, None if what must not be cut does not fit.

    Each column gets what it must have; what is left goes to texts that are still too long, then to those columns
    that have less than their share.
    """
    least: list[float] = []
    wants: list[float] = []
    for column, size in zip(columns, sizes, strict=True):
        natural = column.longest * size
        if column.longest > NAME:
            natural = min(natural, natural / spread + 2 * size)
        whole = max(column.head, natural + SIDES, column.share * BAR_FLOOR if column.bars else 0)
        least.append(whole if column.kept else min(whole, max(column.head, TEXT_FLOOR * size + SIDES)))
        wants.append(whole - least[-1])
    left = room - sum(least)
    if left < 0:
        return None
    got, left = _share_out(least, wants, left)
    shares = [column.share for column in columns]
    got, left = _share_out(got, [max(share - have, 0.0) for share, have in zip(shares, got, strict=True)], left)
    return [have + left * share / room for have, share in zip(got, shares, strict=True)]


def _share_out(have: Sequence[float], wants: Sequence[float], left: float) -> tuple[list[float], float]:
    """What each has after as much of `left` as there is went to the wants in proportion, and what remains."""
    whole = sum(wants)
    given = min(whole, left)
    return [own + (want * given / whole if whole else 0) for own, want in zip(have, wants, strict=True)], left - given
