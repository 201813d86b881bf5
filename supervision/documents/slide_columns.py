"""How a screen's table is fitted into its place on a slide: letters, rows and columns, and which texts are cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from supervision.documents.slide_shapes import AMBER, INK, INK2, LEADING, PADDING, RED, Paragraph, Run, say
from supervision.documents.slide_text import lines, plain, shortened, width
from supervision.meeting.screens import Bar, Cell, Look, Table

HEAD, HEAD_HEIGHT = 24, 40
LARGEST, LEGIBLE, SMALLEST = 29, 22, 18
"""The letters of a table are as large as may be; under LEGIBLE only where names and figures would not fit otherwise."""
ROW, ROW_MARGIN, TEXT_ROW_MARGIN = 58, 4, 16
MOST_LINES = 3
SIDES = 2 * PADDING + 2
"""What a cell needs beside its text, with two pixels to spare."""
BAR_FLOOR = 0.5
"""A bar keeps so much of the width that its screen gives it."""
TEXT_FLOOR = 7
"""A column of long texts keeps at least so many letters."""
NAME = 12
"""A name of more letters may run over several lines, like other long texts."""
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
class _Setting:
    """A way to set a table: the size of its letters, over how many lines texts run, and the columns that follow."""

    size: float
    spread: int
    widths: tuple[float, ...]

    @property
    def least_row(self) -> float:
        """How high a row is at least."""
        return self.spread * self.size * LEADING + (ROW_MARGIN if self.spread == 1 else TEXT_ROW_MARGIN)


def fitted(table: Table, room: float, height: float) -> Fitted:
    """The table in a place of that size: with all of its texts if they fit in legible letters, over up to three lines.

    Else long texts are cut. Never cut are what a row is about, the columns before it, figures at the right and names
    of units; for them the letters become as small as must be.
    """
    height -= HEAD_HEIGHT
    rows = table.rows[: max(int(height // (SMALLEST * LEADING + ROW_MARGIN)), 1)]
    settings = list(_settings(table, rows, room, height))
    whole = (each for each in settings if each.size >= LEGIBLE and not _cut(table, rows, each))
    most = max((each.size for each in settings), default=0)
    spread = max((each for each in settings if each.size == most), key=lambda each: each.spread, default=None)
    chosen = next(whole, spread) or _Setting(SMALLEST, 1, tuple(_by_share(table, room)))
    return Fitted(
        widths=chosen.widths,
        row=max(chosen.least_row, min(ROW, height / max(len(rows), 1))),
        head=tuple(
            say(
                Run(shortened(plain(column.heading), HEAD, wide - SIDES + 2), HEAD, INK2),
                align="r" if column.right else "l",
            )
            for column, wide in zip(table.columns, chosen.widths, strict=True)
        ),
        rows=tuple(
            tuple(
                say(_run(cell, wide, chosen), align="r" if column.right else "l")
                for cell, column, wide in zip(cells, table.columns, chosen.widths, strict=True)
            )
            for cells in rows
        ),
        cut=tuple(_cut(table, rows, chosen)),
        left_out=len(table.rows) - len(rows),
    )


def bar_columns(table: Table) -> list[int]:
    """Which columns hold bars."""
    return [place for place in range(len(table.columns)) if any(isinstance(cells[place], Bar) for cells in table.rows)]


def _settings(table: Table, rows: Rows, room: float, height: float) -> Iterator[_Setting]:
    """The ways to set the table in which it fits, from the largest letters and the fewest lines on."""
    for size, spread in product(range(LARGEST, SMALLEST - 1, -1), range(1, MOST_LINES + 1)):
        widths = _widths(table, rows, size, spread, room)
        if widths and (setting := _Setting(size, spread, tuple(widths))).least_row * len(rows) <= height:
            yield setting


def _run(cell: Cell | Bar, wide: float, setting: _Setting) -> Run:
    if isinstance(cell, Bar):
        return Run("", min(setting.size, HEAD))
    bold = bool(cell.look)
    text = shortened(plain(cell.text), setting.size, wide - SIDES + 2, rows=setting.spread, bold=bold)
    return Run(text, setting.size, COLOURS[cell.look], bold)


def _cut(table: Table, rows: Rows, setting: _Setting) -> list[str]:
    """The texts that do not fit, in full."""
    return [
        plain(cell.text)
        for cells in rows
        for cell, wide in zip(cells, setting.widths, strict=True)
        if isinstance(cell, Cell)
        and lines(plain(cell.text), setting.size, wide - SIDES + 2, bold=bool(cell.look)) > setting.spread
    ]


def _widths(table: Table, rows: Rows, size: float, spread: int, room: float) -> list[float] | None:
    """A width a column, None if what must not be cut does not fit.

    Each column gets what it must have; what is left goes to texts that are still too long, then to those columns
    that have less than their share.
    """
    shares = _by_share(table, room)
    bars = bar_columns(table)
    least: list[float] = []
    texts: list[float] = []
    for place, column in enumerate(table.columns):
        head = width(plain(column.heading), HEAD) + SIDES
        natural = max((_natural(cells[place], size) for cells in rows), default=0.0)
        spread_out = natural if natural <= NAME * size else min(natural, natural / spread + 2 * size)
        whole = max(head, spread_out + SIDES)
        if place in bars:
            whole = max(head, natural + SIDES if natural else 0, shares[place] * BAR_FLOOR)
        never_cut = place <= table.named_by or column.right or any(word in column.heading for word in UNITS)
        least.append(whole if never_cut or place in bars else min(whole, max(head, TEXT_FLOOR * size + SIDES)))
        texts.append(whole - least[-1])
    left = room - sum(least)
    if left < 0:
        return None
    got, left = _share_out(least, texts, left)
    got, left = _share_out(got, [max(share - have, 0.0) for share, have in zip(shares, got, strict=True)], left)
    return [have + left * share / room for have, share in zip(got, shares, strict=True)]


def _share_out(have: Sequence[float], wants: Sequence[float], left: float) -> tuple[list[float], float]:
    """What each has after as much of `left` as there is went to the wants in proportion, and what remains."""
    whole = sum(wants)
    given = min(whole, left)
    return [own + (want * given / whole if whole else 0) for own, want in zip(have, wants, strict=True)], left - given


def _natural(cell: Cell | Bar, size: float) -> float:
    return 0.0 if isinstance(cell, Bar) else width(plain(cell.text), size, bold=bool(cell.look))


def _by_share(table: Table, room: float) -> list[float]:
    whole = sum(column.width for column in table.columns) or 1
    return [room * column.width / whole for column in table.columns]
