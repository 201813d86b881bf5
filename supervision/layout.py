"""Sheets to tables: which table a sheet holds, where its header row is, which column means what."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any

import pandas as pd

from supervision.errors import Problem
from supervision.quantities import FACTORS
from supervision.reading import Sheet
from supervision.tables import TABLES, Column, Table
from supervision.values import shown

HEADER_WITHIN = 30
"""The header row is among this many non-empty rows at the top of a sheet."""

GUIDE_SHEETS = ("填表说明", "填报说明", "说明", "封面", "目录")
"""Sheets of these names explain and are left alone."""

_UNIT = re.compile(r"[(/:](?P<unit>[^()/:]+)\)?$")
_TITLE_UNIT = re.compile(r"单位:(?P<unit>\w+)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|\D|$|[01]\d[0-3]\d(?!\d))")


@dataclass(frozen=True)
class Layout:
    """How a sheet is to be read.

    `header_row` as Excel shows it; `columns` maps a warehouse column to its position in the cells,
    `units` to the unit its heading (or the title) names; `headings` are the sender's own, by
    position; `ignored` those that mean nothing here; `year` the year that title, sheet or file name.
    """

    table: Table
    header_row: int
    columns: dict[str, int]
    units: dict[str, str]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]
    year: int | None

    def heading(self, column: str) -> str:
        """What the sender calls a column (the template's heading where he has none)."""
        position = self.columns.get(column)
        return self.table.column(column).heading if position is None else self.headings[position]

    @property
    def missing(self) -> tuple[str, ...]:
        """Headings of required columns that the sheet lacks."""
        return tuple(c.heading for c in self.table.columns if c.required and c.name not in self.columns)


def recognise(sheet: Sheet) -> Layout | Problem | None:
    """How to read a sheet; a Problem if it cannot be told; None if it holds no table at all.

    The header row is the row that names the most columns of any table. Among the tables whose
    required columns are all there the one with the most columns wins, then the one whose title the
    sheet, title row or file bears. A table that explains at least twice as many headings goes
    before a complete one, so that a ledger without its 日期 is not taken for a list of departments.
    """
    if plain(sheet.name) in GUIDE_SHEETS:
        return None
    top = sheet.cells.dropna(how="all").head(HEADER_WITHIN)
    most, header_row = 0, 0
    for row in top.index:
        headings = [plain(heading) for heading in _headings(sheet, int(row))]
        named = max(len(_match(headings, table)) for table in TABLES)
        if named > most:
            most, header_row = named, int(row)
    if most == 0:
        return None
    return _chosen(sheet, [_layout(sheet, header_row, table) for table in TABLES], most)


def plain(heading: object) -> str:
    """A heading without what does not matter: width of characters, space, line breaks, marks like *."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(heading)))
    return text.translate(_BRACKETS).strip("*:★※").casefold()


_BRACKETS = str.maketrans("[]【】〔〕", "()()()")


def _chosen(sheet: Sheet, fits: list[Layout], most: int) -> Layout | Problem | None:
    width = sum(bool(heading) for heading in fits[0].headings)
    complete = [
        fit for fit in fits if not fit.missing and 2 * len(fit.columns) > most and (len(fit.columns) > 1 or width <= 2)
    ]
    best = max((len(fit.columns) for fit in complete), default=0)
    equal = [fit for fit in complete if len(fit.columns) == best]
    if len(equal) > 1:
        named = _words_around(sheet, equal[0].header_row)
        equal = [fit for fit in equal if fit.table.title in named or fit.table.name in named] or equal
    if len(equal) == 1:
        return equal[0]
    if equal:
        titles = "、".join(fit.table.title for fit in equal)
        return Problem(
            None, "", sheet.name, "表类不明", f"工作表“{sheet.name}”既像{titles}；请把工作表名改成其中之一再导入。"
        )
    nearest = max(fits, key=lambda fit: len(fit.columns))
    if most < 2:
        return None
    missing = "、".join(nearest.missing)
    message = f"工作表“{sheet.name}”最像{nearest.table.title}，但缺少必填列：{missing}；请补上这些列，或按模板改表头。"
    return Problem(None, missing, sheet.name, "缺少必填列", message)


def _headings(sheet: Sheet, row: int) -> tuple[str, ...]:
    cells: list[Any] = list(sheet.cells.loc[row])
    return tuple("" if pd.isna(cell) else re.sub(r"\s", "", shown(cell)).strip("*＊★※:：") for cell in cells)


def _layout(sheet: Sheet, row: int, table: Table) -> Layout:
    headings = _headings(sheet, row)
    columns = _match([plain(heading) for heading in headings], table)
    title_unit = _TITLE_UNIT.search(_words_around(sheet, row))
    units = {}
    for name, position in columns.items():
        kind = table.column(name).kind
        unit = _unit(plain(headings[position]))
        if unit is None and kind == "money" and title_unit:
            unit = title_unit["unit"]
        if unit in FACTORS.get(kind, {}):
            units[name] = str(unit)
    used = set(columns.values())
    ignored = tuple(heading for place, heading in enumerate(headings) if heading and place not in used)
    return Layout(table, row, columns, units, headings, ignored, _year(sheet, row))


def _match(headings: list[str], table: Table) -> dict[str, int]:
    """The position of each column that the headings name: exact names first, then names less their unit."""
    columns: dict[str, int] = {}
    for matches in (_names_exactly, _names_without_unit):
        for column in table.columns:
            free = [place for place, heading in enumerate(headings) if heading and place not in columns.values()]
            found = [place for place in free if matches(headings[place], column)]
            if column.name not in columns and found:
                columns[column.name] = min(found, key=lambda place: _preference(headings[place], column))
    return columns


@cache
def _names(column: Column) -> tuple[str, ...]:
    return tuple(plain(name) for name in column.headings)


@cache
def _names_less_unit(column: Column) -> frozenset[str]:
    return frozenset(_UNIT.sub("", name) for name in _names(column))


def _names_exactly(heading: str, column: Column) -> bool:
    return heading in _names(column)


def _names_without_unit(heading: str, column: Column) -> bool:
    """Whether a heading is the column's but for its unit.

    A unit that cannot be converted to the column's (公顷 under 面积(平方公里), 天 under 时长) is
    another quantity, so that such a column is left out rather than misread.
    """
    unit = _unit(heading)
    if unit is None:
        return False
    measured = column.kind in ("money", "minutes", "km") or (column.kind == "decimal" and _unit(_names(column)[0]))
    known = unit in FACTORS.get(column.kind, {})
    return _UNIT.sub("", heading) in _names_less_unit(column) and (known or not measured)


def _preference(heading: str, column: Column) -> tuple[bool, int]:
    """Codes before names where both stand for one column, then the order in which the column names them."""
    names = _names(column)
    is_code = column.refers is not None and heading.endswith(("编码", "编号"))
    return not is_code, names.index(heading) if heading in names else len(names)


def _unit(heading: str) -> str | None:
    found = _UNIT.search(heading)
    return found["unit"] if found else None


def _title(sheet: Sheet, header_row: int) -> str:
    above = sheet.cells.loc[: header_row - 1].to_numpy().ravel()
    return " ".join(plain(cell) for cell in above if not pd.isna(cell))


def _words_around(sheet: Sheet, header_row: int) -> str:
    return " ".join((_title(sheet, header_row), plain(sheet.name), plain(PurePath(sheet.file).stem)))


def _year(sheet: Sheet, header_row: int) -> int | None:
    """The one year that the title names, else the sheet's name, else the file's."""
    for words in (_title(sheet, header_row), sheet.name, PurePath(sheet.file).stem):
        years = set(_YEAR.findall(words))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
