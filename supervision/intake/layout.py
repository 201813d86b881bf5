"""How a sheet is to be read as a table: which column means what, in which unit, of which year."""

import re
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from supervision.files.reading import Sheet
from supervision.intake.headers import REASON, Header, plain
from supervision.intake.matching import can_be_converted, match, unit_of
from supervision.intake.quantities import BASE_UNITS, FACTORS
from supervision.tables import Kind, Table

SILENT = ("序号", REASON)
"""Headings that mean nothing here and that nobody misses."""

_TITLE_UNITS = re.compile(r"单位[:为(]?(?P<units>(?:(?!单位)[^ )])+)")
_BETWEEN_UNITS = re.compile(r"[、,;/和]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|\D|$|[01]\d[0-3]\d(?!\d))")


@dataclass(frozen=True)
class Layout:
    """How a sheet is to be read.

    `first_row` and `header_row` are the first and the last row of the header as Excel shows them;
    `columns` maps a warehouse column to its position in the cells, `units` to the unit its heading
    (or the title) names; `headings` are the sender's own, by position, levels joined by /; `ignored`
    those that mean nothing here; `year` the year that title, sheet or file name. `leans_on_file`: the
    name of the file says something of it that neither sheet nor title says.
    """

    table: Table
    first_row: int
    header_row: int
    columns: dict[str, int]
    units: dict[str, str]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]
    year: int | None
    leans_on_file: bool = False

    def heading(self, column: str) -> str:
        """What the sender calls a column (the template's heading where he has none)."""
        position = self.columns.get(column)
        return self.table.column(column).heading if position is None else self.headings[position]

    @property
    def missing(self) -> tuple[str, ...]:
        """Headings of required columns that the sheet lacks."""
        return tuple(c.heading for c in self.table.columns if c.required and c.name not in self.columns)


def lay_out(sheet: Sheet, header: Header, table: Table) -> Layout:
    """The sheet read as this table, by its headings."""
    return _layout(sheet, header, table, match(header.names, table))


def lay_out_as_chosen(sheet: Sheet, header: Header, table: Table, columns: dict[str, int]) -> Layout:
    """The sheet read as somebody chose, but for columns whose heading names a unit that cannot be converted."""
    forms = {name: (place, next(iter(header.names[place]), "")) for name, place in columns.items()}
    return _layout(
        sheet,
        header,
        table,
        {name: found for name, found in forms.items() if can_be_converted(found[1], table.column(name))},
    )


def is_named(sheet: Sheet, fit: Layout) -> bool:
    """Whether the title, the sheet or the file bears the table's name."""
    words = " ".join((_title(sheet, fit.first_row), plain(sheet.name), plain(PurePath(sheet.file).stem)))
    return fit.table.title in words or fit.table.name in words


def _layout(sheet: Sheet, header: Header, table: Table, found: dict[str, tuple[int, str]]) -> Layout:
    title = _title(sheet, header.first_row)
    without_file = f"{title} {plain(sheet.name)}"
    words = f"{without_file} {plain(PurePath(sheet.file).stem)}"
    units, leans = {}, table.title in words and table.title not in without_file
    for name, (_, form) in found.items():
        column = table.column(name)
        unit = unit_of(form, column) or _title_unit(words, column.kind)
        if unit in FACTORS.get(column.kind, {}):
            units[name] = str(unit)
            leans |= unit not in (unit_of(form, column), _title_unit(without_file, column.kind))
    columns = {name: place for name, (place, _) in found.items()}
    used = set(columns.values())
    ignored = tuple(
        heading
        for place, heading in enumerate(header.headings)
        if heading and place not in used and plain(heading) not in SILENT
    )
    year = _year(title, sheet.name, PurePath(sheet.file).stem)
    leans |= year != _year(title, sheet.name)
    return Layout(table, header.first_row, header.last_row, columns, units, header.headings, ignored, year, leans)


def _title_unit(words: str, kind: Kind) -> str | None:
    """The one unit that the title names for a measured kind, as in 单位：件、万元."""
    if kind not in BASE_UNITS:
        return None
    named = [word for found in _TITLE_UNITS.findall(words) for word in _BETWEEN_UNITS.split(found)]
    units = {word for word in named if word in FACTORS[kind]}
    return units.pop() if len(units) == 1 else None


def _title(sheet: Sheet, first_row: int) -> str:
    above = sheet.cells.loc[: first_row - 1].to_numpy().ravel()
    return " ".join(plain(cell) for cell in above if not pd.isna(cell))


def _year(*places: str) -> int | None:
    """The one year that the first of these names that names any: the title, else the sheet, else the file."""
    for words in places:
        years = set(_YEAR.findall(words))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
