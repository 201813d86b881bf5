"""Which table a sheet holds: by a choice made before, by its headings, by its name, by its values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from supervision.errors import Problem
from supervision.files.reading import Sheet
from supervision.intake.cells import shown
from supervision.intake.choices import Choice, signature
from supervision.intake.headers import Header, HeaderFinder, plain
from supervision.intake.layout import SILENT, Layout, is_named, lay_out, lay_out_as_chosen
from supervision.intake.matching import match, tables_knowing
from supervision.intake.rows import data_rows
from supervision.intake.values import parse
from supervision.tables import BY_NAME, TABLES

TRIED_ROWS = 50
"""How many rows are read where only the values can tell two tables apart."""

SAMPLE_ROWS = 3
SAMPLE_WITHIN = 200

_GUIDES = re.compile(
    r"(?:填表|填报|填写|使用|模板|模版|字段|指标|编制|表格)?(?:说明|须知|指南)\d*|封面|扉页|目录|填报要求|填表要求"
)
"""Sheets of these names explain and are left alone."""

_DECISIVE = ("date", "month", "moment", "deadline", "choice", "integer", "decimal", "money", "minutes", "km", "count")
"""Kinds of which not every cell can be a value."""

_NO_CHOICES: Mapping[str, Choice] = MappingProxyType({})


@dataclass(frozen=True)
class Recognition:
    """What a sheet was taken for.

    `layout` says how to read it, or `problem` why it cannot be told; both None where it holds no
    table. `header` is its header, or what looks most like one. `candidates` names the tables that fit,
    best first; `sample` has the first rows under the header as text. `by_choice`: a remembered choice
    was followed.
    """

    layout: Layout | None = None
    problem: Problem | None = None
    header: Header | None = None
    candidates: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    by_choice: bool = False

    @property
    def signature(self) -> str:
        """What marks sheets of this kind, see `choices.signature`; empty without a header."""
        return signature(self.header.headings) if self.header else ""


def recognise(sheet: Sheet, choices: Mapping[str, Choice] = _NO_CHOICES) -> Recognition:
    """How to read a sheet.

    A choice remembered for its headings is followed. Else its header names the most columns of any
    table. Among the tables whose required columns are all there the one with the most columns wins,
    then the one whose title the sheet, title row or file bears, then the one that can take the values.
    A table that explains at least twice as many headings goes before a complete one, so that a ledger
    without its 日期 is not taken for a list of departments.
    """
    if sheet.cells.empty or _GUIDES.fullmatch(plain(sheet.name)):
        return Recognition()
    headers = list(HeaderFinder(sheet).headers())
    if not headers:
        return Recognition()
    for header in headers:
        choice = choices.get(signature(header.headings)) if any(header.headings) else None
        if choice is not None and choice.fits(header.headings):
            return _as_chosen(sheet, header, choice)
    header, most = _most_telling(headers)
    if most == 0:
        likely = _most_likely(sheet, headers)
        return Recognition(header=likely, sample=_sample(sheet, likely))
    fits = [lay_out(sheet, header, table) for table in TABLES]
    equal = _equal_fits(sheet, fits, most)
    problem = _doubt(sheet, header, equal[0]) if len(equal) == 1 else _undecided(sheet, fits, equal, most)
    layout = equal[0] if len(equal) == 1 and problem is None else None
    return Recognition(layout, problem, header, _candidates(fits, equal), _sample(sheet, header))


def _as_chosen(sheet: Sheet, header: Header, choice: Choice) -> Recognition:
    layout = lay_out_as_chosen(sheet, header, BY_NAME[choice.table], choice.columns)
    problem = (
        _lacking(sheet, layout, f"工作表“{sheet.name}”按记住的选择是{layout.table.title}") if layout.missing else None
    )
    return Recognition(
        None if problem else layout, problem, header, (choice.table,), _sample(sheet, header), by_choice=True
    )


def _most_telling(headers: list[Header]) -> tuple[Header, int]:
    """The header that names the most columns of any table, and how many.

    Rows above a header are part of it only if more columns are named with them than without; a row
    below it is if it takes none away, as headings of a second level do.
    """
    best, most, levels = headers[0], 0, 1
    for last in dict.fromkeys(header.last_row for header in headers):
        ways = [header for header in headers if header.last_row == last]
        named = [_named(way) for way in ways]
        way = ways[named.index(max(named))]
        height = len({way.first_row, way.last_row})
        if (max(named), height) > (most, levels) and max(named):
            best, most, levels = way, max(named), height
    return best, max(len(match(best.names, table)) for table in TABLES) if most else 0


def _named(header: Header) -> int:
    if not any(tables_knowing(form) for forms in header.names for form in forms):
        return 0
    silent = sum(heading in SILENT for heading in header.headings)
    return silent + max(len(match(header.names, table)) for table in TABLES)


def _most_likely(sheet: Sheet, headers: list[Header]) -> Header | None:
    """Of rows none of which names a column the first that is nearly as wide as the widest and holds only texts."""
    widths = {header.last_row: len(sheet.cells.loc[header.last_row].dropna()) for header in headers}
    for header in headers:
        cells = sheet.cells.loc[header.last_row].dropna()
        wide = len(cells) > 1 and 2 * len(cells) > max(widths.values())
        if wide and all(isinstance(cell, str) and not re.match(r"\s*[-+]?\d", cell) for cell in cells):
            return header
    return None


def _equal_fits(sheet: Sheet, fits: list[Layout], most: int) -> list[Layout]:
    """The complete tables that fit best: one, or several that nothing tells apart, or none."""
    width = sum(bool(heading) for heading in fits[0].headings)
    complete = [
        fit for fit in fits if not fit.missing and 2 * len(fit.columns) > most and (len(fit.columns) > 1 or width <= 2)
    ]
    best = max((len(fit.columns) for fit in complete), default=0)
    equal = [fit for fit in complete if len(fit.columns) == best]
    for is_better in (is_named, _takes_all_values):
        if len(equal) > 1:
            equal = [fit for fit in equal if is_better(sheet, fit)] or equal
    return equal


def _takes_all_values(sheet: Sheet, fit: Layout) -> bool:
    """Whether no cell of the first rows fails to be a value of its column."""
    top = sheet.cells.loc[: fit.header_row + TRIED_ROWS]
    rows = data_rows(top, fit).rows
    return not any(
        parse(rows[place], column, unit=fit.units.get(name), year=fit.year).failures
        for name, place in fit.columns.items()
        if (column := fit.table.column(name)).kind in _DECISIVE
    )


def _undecided(sheet: Sheet, fits: list[Layout], equal: list[Layout], most: int) -> Problem | None:
    if equal:
        titles = "、".join(fit.table.title for fit in equal)
        message = f"工作表“{sheet.name}”既像{titles}；请把工作表名改成其中之一再导入。"
        return Problem(None, "", sheet.name, "表类不明", message)
    if most < 2:
        return None
    nearest = max(fits, key=lambda fit: len(fit.columns))
    return _lacking(sheet, nearest, f"工作表“{sheet.name}”最像{nearest.table.title}")


def _lacking(sheet: Sheet, fit: Layout, what: str) -> Problem:
    missing = "、".join(fit.missing)
    message = f"{what}，但缺少必填列：{missing}；请补上这些列，或按模板改表头。"
    return Problem(None, missing, sheet.name, "缺少必填列", message)


def _doubt(sheet: Sheet, header: Header, fit: Layout) -> Problem | None:
    """Why a sheet is not to be read as the table that fits best.

    One heading twice leaves open which column is meant. A sheet with headings that are unknown, and
    none that is this table's alone (a list of meetings has 编号, 日期 and 单位 too), must name its table.
    """
    used = match(header.names, fit.table)
    twice = "、".join(
        fit.headings[place].split("/")[-1]
        for place, form in used.values()
        if sum(form in forms for forms in header.names) > 1
    )
    if twice:
        message = f"工作表“{sheet.name}”第 {fit.header_row} 行的表头里“{twice}”不止一列；请只留一列，或把另一列改名。"
        return Problem(None, twice, sheet.name, "列名重复", message)
    if fit.ignored and not is_named(sheet, fit) and all(len(tables_knowing(form)) > 1 for _, form in used.values()):
        title, unknown = fit.table.title, "、".join(fit.ignored[:5])
        message = (
            f"工作表“{sheet.name}”有些像{title}，但没有一列是{title}独有的，也认不得这些列：{unknown}；"
            f"如果确是{title}，请把工作表名改成“{title}”再导入。"
        )
        return Problem(None, "", sheet.name, "表类不明", message)
    return None


def _candidates(fits: list[Layout], equal: list[Layout]) -> tuple[str, ...]:
    """The tables with any column here: those that fit equally, then complete ones, then by columns named."""
    matched = [fit for fit in fits if fit.columns]
    matched.sort(key=lambda fit: (fit not in equal, -len(fit.columns), len(fit.missing)))
    return tuple(fit.table.name for fit in matched)


def _sample(sheet: Sheet, header: Header | None) -> tuple[tuple[str, ...], ...]:
    if header is None:
        return ()
    under = sheet.cells.loc[header.last_row + 1 :].head(SAMPLE_WITHIN).dropna(how="all").head(SAMPLE_ROWS)
    return tuple(
        tuple("" if pd.isna(cell) else shown(cell) for cell in row) for row in under.itertuples(index=False, name=None)
    )
