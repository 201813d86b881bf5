"""Sheets to tables: which table a sheet holds, where its header row is, which column means what."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any

import pandas as pd

from supervision.cells import shown, without_marks
from supervision.errors import Problem
from supervision.quantities import BASE_UNITS, FACTORS
from supervision.reading import Sheet
from supervision.tables import TABLES, Column, Kind, Table

HEADER_WITHIN = 30
"""The header row is among this many non-empty rows at the top of a sheet."""

GUIDE_SHEETS = ("填表说明", "填报说明", "说明", "封面", "目录")
"""Sheets of these names explain and are left alone."""

_UNIT = re.compile(r"[(/:](?P<unit>[^()/:]+)\)?$")
_TITLE_UNITS = re.compile(r"单位[:为(]?(?P<units>(?:(?!单位)[^ )])+)")
_BETWEEN_UNITS = re.compile(r"[、,;/和]")
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
    for row in map(int, top.index):
        headings = [plain(heading) for heading in _headings(sheet, row)]
        if not any(heading in _known_by() for heading in headings):
            continue
        named = max(len(_match(headings, table)) for table in TABLES)
        if named > most:
            most, header_row = named, row
    if most == 0:
        return None
    chosen = _chosen(sheet, [_layout(sheet, header_row, table) for table in TABLES], most)
    return (_doubt(sheet, chosen) or chosen) if isinstance(chosen, Layout) else chosen


def plain(heading: object) -> str:
    """A heading without what does not matter: width of characters, space, line breaks, marks like *."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", without_marks(shown(heading))))
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
        equal = [fit for fit in equal if _is_named(sheet, fit)] or equal
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


def _doubt(sheet: Sheet, fit: Layout) -> Problem | None:
    """Why a sheet is not to be read as the table that fits best.

    One heading twice leaves open which column is meant. A sheet with headings that are unknown, and
    none that is this table's alone (a list of meetings has 编号, 日期 and 单位 too), must name its table.
    """
    headings = [plain(heading) for heading in fit.headings]
    used = {headings[place]: fit.headings[place] for place in fit.columns.values()}
    twice = "、".join(written for heading, written in used.items() if headings.count(heading) > 1)
    if twice:
        message = f"工作表“{sheet.name}”第 {fit.header_row} 行的表头里“{twice}”不止一列；请只留一列，或把另一列改名。"
        return Problem(None, twice, sheet.name, "列名重复", message)
    if fit.ignored and not _is_named(sheet, fit) and all(len(_known_by().get(heading, ())) > 1 for heading in used):
        title, unknown = fit.table.title, "、".join(fit.ignored[:5])
        message = (
            f"工作表“{sheet.name}”有些像{title}，但没有一列是{title}独有的，也认不得这些列：{unknown}；"
            f"如果确是{title}，请把工作表名改成“{title}”再导入。"
        )
        return Problem(None, "", sheet.name, "表类不明", message)
    return None


@cache
def _known_by() -> dict[str, set[str]]:
    """For each heading, as it is or without its unit, the tables that have such a column."""
    known: dict[str, set[str]] = {}
    for table in TABLES:
        for column in table.columns:
            for name in {*_names(column), *_names_less_unit(column)}:
                known.setdefault(name, set()).add(table.name)
    return known


def _is_named(sheet: Sheet, fit: Layout) -> bool:
    words = _words_around(sheet, fit.header_row)
    return fit.table.title in words or fit.table.name in words


def _headings(sheet: Sheet, row: int) -> tuple[str, ...]:
    cells: list[Any] = list(sheet.cells.loc[row])
    return tuple("" if pd.isna(cell) else re.sub(r"\s", "", shown(cell)).strip("*＊★※:：") for cell in cells)


def _layout(sheet: Sheet, row: int, table: Table) -> Layout:
    headings = _headings(sheet, row)
    columns = _match([plain(heading) for heading in headings], table)
    units = {}
    for name, position in columns.items():
        column = table.column(name)
        unit = _unit(plain(headings[position]), column) or _title_unit(sheet, row, column.kind)
        if unit in FACTORS.get(column.kind, {}):
            units[name] = str(unit)
    used = set(columns.values())
    ignored = tuple(heading for place, heading in enumerate(headings) if heading and place not in used)
    return Layout(table, row, columns, units, headings, ignored, _year(sheet, row))


def _match(headings: list[str], table: Table) -> dict[str, int]:
    """The position of each column that the headings name: exact names first, then names less their unit."""
    columns: dict[str, int] = {}
    for matches in (_names_exactly, _names_without_unit):
        for column in table.columns:
            if column.name in columns:
                continue
            taken = set(columns.values())
            free = [place for place, heading in enumerate(headings) if heading and place not in taken]
            found = [place for place in free if matches(headings[place], column)]
            if found:
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
    unit = _unit(heading, column)
    if unit is None:
        return False
    bare = _UNIT.sub("", heading) if _UNIT.search(heading) else heading.removesuffix(unit)
    measured = column.kind in BASE_UNITS or (column.kind == "decimal" and _UNIT.search(_names(column)[0]))
    known = unit in FACTORS.get(column.kind, {})
    return bare in _names_less_unit(column) and (known or not measured)


def _preference(heading: str, column: Column) -> tuple[bool, int]:
    """Codes before names where both stand for one column, then the order in which the column names them."""
    names = _names(column)
    is_code = column.refers is not None and heading.endswith(("编码", "编号"))
    return not is_code, names.index(heading) if heading in names else len(names)


def _unit(heading: str, column: Column) -> str | None:
    """The unit that a heading names: 罚款(万元), 里程/米, and for a measured column also 罚款万元."""
    found = _UNIT.search(heading)
    if found:
        return found["unit"]
    if column.kind not in BASE_UNITS or heading in _names(column):
        return None
    fitting = (unit for unit in FACTORS[column.kind] if heading.endswith(unit))
    return next((unit for unit in fitting if heading.removesuffix(unit) in _names_less_unit(column)), None)


def _title_unit(sheet: Sheet, header_row: int, kind: Kind) -> str | None:
    """The one unit that the title names for a measured kind, as in 单位：件、万元."""
    if kind not in BASE_UNITS:
        return None
    words = [
        word for named in _TITLE_UNITS.findall(_words_around(sheet, header_row)) for word in _BETWEEN_UNITS.split(named)
    ]
    units = {word for word in words if word in FACTORS[kind]}
    return units.pop() if len(units) == 1 else None


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
