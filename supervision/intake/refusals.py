"""The workbook that goes back to the sender: his own refused rows, the wrong cells marked, and why."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

import pandas as pd
import xlsxwriter

from supervision.intake.cells import shown
from supervision.intake.drafts import CheckedSheet
from supervision.intake.headers import REASON
from supervision.intake.moments import plain, read_moment
from supervision.workbooks import HEADER, new_workbook, storable

SHEET_NAME_LIMIT = 31
COMMENTED_ROWS = 1_000
"""In how many rows the wrong cells are commented; Excel opens a sheet with many thousand comments very slowly."""

_FORMULA = ("=", "+", "-", "@")

_DAYS = ("date", "month", "moment", "deadline")

_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "header": HEADER,
    "wrong": {"bg_color": "#F8D7D4"},
    "reason": {"text_wrap": True, "valign": "top"},
}
_LOOKS |= {f"{name} quoted": look | {"quote_prefix": True} for name, look in _LOOKS.items()}


def write_refused(sheets: Sequence[CheckedSheet], path: Path) -> None:
    """Write the refused rows of each sheet under the sender's header and what stood over it.

    A wrong cell is coloured and commented, the last column is 退回原因; corrected and sent again the
    sheet is read as before. What the sender wrote is written as text or number, never as a formula.
    Sheets refused as a whole are listed with their reason.
    """
    with new_workbook(path) as workbook:
        whole = [(sheet, problem) for sheet in sheets for problem in sheet.problems if problem.row is None]
        if whole:
            overview = workbook.add_worksheet("整表退回")
            rows = [("文件", "工作表", REASON), *((s.file, s.sheet, p.message) for s, p in whole)]
            for row, texts in enumerate(rows):
                for position, text in enumerate(texts):
                    overview.write_string(row, position, storable(text))
        for number, sheet in enumerate(sheets, start=1):
            if not sheet.refused.empty:
                _write_sheet(workbook, sheet, number)
        if not workbook.worksheets():
            workbook.add_worksheet("没有退回的行")


def _write_sheet(workbook: xlsxwriter.Workbook, sheet: CheckedSheet, number: int) -> None:
    page = workbook.add_worksheet(_sheet_name(sheet.sheet, number))
    styles = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
    # A sheet that was sent back before has the column already.
    last = len(sheet.headings) - (sheet.headings[-1:] == (REASON,))
    under = _write_top(page, sheet, last, styles)
    page.set_column(0, last - 1, 16)
    page.set_column(last, last, 60)
    page.freeze_panes(under, 0)
    wrong: dict[tuple[int, str], list[str]] = defaultdict(list)
    for problem in sheet.problems:
        if problem.row is not None:
            wrong[problem.row, problem.column].append(problem.message)
    dated = _places_of_days(sheet) if sheet.since_1904 else frozenset()
    for line, (row, cells) in enumerate(sheet.refused.iterrows(), start=under):
        for position, heading in enumerate(sheet.headings[:last]):
            messages = wrong.get((int(str(row)), heading))
            cell = _day_of_serial(cells[position]) if position in dated else cells[position]
            _write(page, line, position, cell, styles, "wrong" if messages else "plain")
            if messages and line < under + COMMENTED_ROWS:
                page.write_comment(line, position, storable("\n".join(messages)), {"x_scale": 2})
        page.write_string(line, last, storable(str(cells["reasons"])), styles["reason"])


def _places_of_days(sheet: CheckedSheet) -> frozenset[int]:
    columns = sheet.layout.columns if sheet.layout else {}
    kinds = {column.name: column.kind for column in sheet.layout.table.columns} if sheet.layout else {}
    return frozenset(place for name, place in columns.items() if kinds[name] in _DAYS)


def _day_of_serial(cell: Any) -> Any:
    """The day that a bare serial number means in a workbook whose calendar began in 1904; this one's began in 1900."""
    is_serial = not pd.isna(cell) and re.fullmatch(r"[\d.]+", plain(cell))
    return (read_moment(cell, since_1904=True) or cell) if is_serial else cell


def _write_top(page: xlsxwriter.worksheet.Worksheet, sheet: CheckedSheet, width: int, styles: dict[str, Any]) -> int:
    """Write title and header as they were sent, merged cells too, and 退回原因; returns the line under them.

    The sheet must be read again as it was: without its title it would lose the year and 单位：万元, and
    where the name of its file told them, that name becomes a title.
    """
    first_header_row = sheet.layout.first_row if sheet.layout else len(sheet.top)
    down = 0
    if sheet.layout is not None and sheet.layout.leans_on_file:
        page.write_string(0, 0, storable(PurePath(sheet.file).stem))
        down = 1
    for row, cells in enumerate(sheet.top.to_numpy(dtype=object), start=1):
        for position, cell in enumerate(cells[:width]):
            _write(page, row - 1 + down, position, cell, styles, "header" if row >= first_header_row else "plain")
    head, foot = first_header_row - 1 + down, len(sheet.top) - 1 + down
    page.write_string(head, width, REASON, styles["header"])
    if head < foot:
        page.merge_range(head, width, foot, width, REASON, styles["header"])
    taken: set[tuple[int, int]] = set()
    for first, left, last, right in sheet.merged:
        area = {(row, place) for row in range(first, last + 1) for place in range(left, min(right, width) + 1)}
        if len(area) > 1 and not area & taken and right < width:
            taken |= area
            style = "header" if first >= first_header_row else "plain"
            page.merge_range(first - 1 + down, left, last - 1 + down, right, "", styles[style])
            _write(page, first - 1 + down, left, sheet.top.at[first, left], styles, style)
    return len(sheet.top) + down


def _write(
    page: xlsxwriter.worksheet.Worksheet, line: int, position: int, cell: Any, styles: dict[str, Any], style: str
) -> None:
    if pd.isna(cell):
        page.write_blank(line, position, None, styles[style])
    elif isinstance(cell, float) and math.isfinite(cell):
        page.write_number(line, position, cell, styles[style])
    else:
        text = storable(shown(cell))
        # What begins like a formula stays a text also when somebody edits the cell.
        page.write_string(line, position, text, styles[f"{style} quoted" if text.startswith(_FORMULA) else style])


def _sheet_name(name: str, number: int) -> str:
    clean = "".join(" " if character in "[]:*?/\\" else character for character in name).strip("' ")
    return f"{number} {clean}"[:SHEET_NAME_LIMIT].rstrip("' ")
