"""What the readers of all formats hand over, and of calamine's what it does not tell.

Calamine gives a failed formula (#N/A, #REF! …) as an empty cell. An empty deadline means that there
is none; a failed look-up must not mean the same. And it makes room for every cell up to the last
one, so that one stray cell in row 1,048,576 would take all memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from supervision.errors import FileUnreadable

Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column; rows from 1, columns from 0."""

Grid = list[list[Any]]
"""Rows of cells; a row may be shorter than others, an empty cell is None or ""."""

MOST_ROWS = 1_048_576
"""Rows of a sheet as Excel has them; a file with more was not written by a person."""

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
"""Characters that no one can see or type; they come from damaged exports and are dropped."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#CALC!",
}
"""How Excel's binary formats write a failed formula."""


@dataclass
class SheetFacts:
    """Of one sheet: failed formulas as row from 1, column from 0 and text; merged ranges; how far it reaches.

    `rows` and `columns` need not be told where they are within the usual.
    """

    failed: list[tuple[int, int, str]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note a cell by its row from 1 and column from 0."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)


@dataclass(frozen=True)
class WorkbookFacts:
    """Of one workbook: its sheets by name, and its calendar."""

    sheets: dict[str, SheetFacts]
    since_1904: bool


@dataclass
class RawSheet:
    """One sheet as its format's reader found it; a hidden one may be without rows."""

    name: str
    hidden: bool
    rows: Grid = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)


@dataclass(frozen=True)
class RawBook:
    """The sheets of cells of a workbook, and whether its serial numbers count from 1904."""

    sheets: Iterable[RawSheet]
    since_1904: bool


def check_size(rows: int, columns: int, largest: int, sheet: str, file: str) -> None:
    """Raise FileUnreadable for a sheet of more than MOST_ROWS rows or `largest` cells."""
    if rows > MOST_ROWS or rows * columns > largest:
        raise FileUnreadable(
            f"文件“{file}”的工作表“{sheet}”用到了第 {rows} 行、第 {columns} 列，大得读不了"
            f"（上限 {MOST_ROWS:,} 行、{largest // 10**4:,} 万个单元格）；"
            "请删除表格以外零散的内容，或分成几个文件再导入。"
        )
