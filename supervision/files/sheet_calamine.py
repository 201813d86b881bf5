"""Sheets of .xlsx, .xlsm and .xlsb: their values by calamine, the rest by what was seen in the file's own parts."""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from supervision.files.packages import Package
from supervision.files.sheet_facts import Grid, RawBook, RawSheet, SheetFacts, WorkbookFacts, check_size
from supervision.files.sheet_xlsb import look_into_xlsb
from supervision.files.sheet_xml import look_into


def read_with_calamine(path: Path, package: Package, largest: int) -> RawBook:
    """All sheets of cells, each read when it is asked for; charts and sheets of macros are left out.

    Raises FileUnreadable for a sheet too large (see `check_size`), and whatever calamine and the
    looks into the parts raise on damaged bytes.
    """
    look = look_into_xlsb if "xl/workbook.bin" in package.names else look_into
    facts = look(package)
    return RawBook(_sheets(path, facts, package.shown, largest), facts.since_1904)


def _sheets(path: Path, facts: WorkbookFacts, shown: str, largest: int) -> Iterator[RawSheet]:
    with CalamineWorkbook.from_path(str(path)) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible:
                yield RawSheet(about.name, hidden=True)
                continue
            yield _sheet(workbook, about, facts.sheets[about.name], shown, largest)


def _sheet(workbook: CalamineWorkbook, about: SheetMetadata, facts: SheetFacts, shown: str, largest: int) -> RawSheet:
    check_size(facts.rows, facts.columns, largest, about.name, shown)
    sheet = workbook.get_sheet_by_name(about.name)
    if sheet.end is not None:
        check_size(sheet.end[0] + 1, sheet.end[1] + 1, largest, about.name, shown)
    rows = sheet.to_python(skip_empty_area=False)
    _fill_in(rows, facts.failed)
    merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return RawSheet(about.name, hidden=False, rows=rows, merged=[*merged, *facts.merged])


def _fill_in(rows: Grid, failed: list[tuple[int, int, str]]) -> None:
    """Failed formulas into their cells; calamine gives no room to one beyond the last sound cell."""
    for row, column, text in failed:
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = text
