"""The workbook that goes back to the sender: his own refused rows, the wrong cells marked, and why."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from supervision.cells import shown
from supervision.drafts import CheckedSheet
from supervision.workbooks import HEADER, new_workbook

REASON = "退回原因"
SHEET_NAME_LIMIT = 31
COMMENTED_ROWS = 1_000
"""In how many rows the wrong cells are commented; Excel opens a sheet with many thousand comments very slowly."""


def write_refused(sheets: Sequence[CheckedSheet], path: Path) -> None:
    """Write the refused rows of each sheet under the sender's headings and what stood over them.

    A wrong cell is coloured and commented, the last column is 退回原因. What the sender wrote is
    written as text or number, never as a formula. Sheets refused as a whole are listed with their reason.
    """
    with new_workbook(path) as workbook:
        whole = [(sheet, problem) for sheet in sheets for problem in sheet.problems if problem.row is None]
        if whole:
            overview = workbook.add_worksheet("整表退回")
            rows = [("文件", "工作表", REASON), *((s.file, s.sheet, p.message) for s, p in whole)]
            for row, texts in enumerate(rows):
                for position, text in enumerate(texts):
                    overview.write_string(row, position, text)
        for number, sheet in enumerate(sheets, start=1):
            if not sheet.refused.empty:
                _write_sheet(workbook, sheet, number)
        if not workbook.worksheets():
            workbook.add_worksheet("没有退回的行")


def _write_sheet(workbook: xlsxwriter.Workbook, sheet: CheckedSheet, number: int) -> None:
    styles = {
        "header": workbook.add_format(HEADER),
        "wrong": workbook.add_format({"bg_color": "#F8D7D4"}),
        "reason": workbook.add_format({"text_wrap": True, "valign": "top"}),
    }
    page = workbook.add_worksheet(_sheet_name(sheet.sheet, number))
    wrong: dict[tuple[int, str], list[str]] = defaultdict(list)
    for problem in sheet.problems:
        if problem.row is not None:
            wrong[problem.row, problem.column].append(problem.message)
    # Without its title a sheet corrected and sent again would lose the year and 单位：万元.
    header = len(sheet.top) - 1
    for line, (_, cells) in enumerate(sheet.top.iloc[:header].iterrows()):
        for position, cell in enumerate(cells):
            _write(page, line, position, cell, None)
    for position, heading in enumerate(sheet.headings):
        page.write_string(header, position, heading, styles["header"])
    last = len(sheet.headings)
    page.write_string(header, last, REASON, styles["header"])
    page.set_column(0, last - 1, 16)
    page.set_column(last, last, 60)
    page.freeze_panes(header + 1, 0)
    for line, (row, cells) in enumerate(sheet.refused.iterrows(), start=header + 1):
        for position, heading in enumerate(sheet.headings):
            messages = wrong.get((int(str(row)), heading))
            _write(page, line, position, cells[position], styles["wrong"] if messages else None)
            if messages and line <= header + COMMENTED_ROWS:
                page.write_comment(line, position, "\n".join(messages), {"x_scale": 2})
        page.write_string(line, last, str(cells["reasons"]), styles["reason"])


def _write(page: xlsxwriter.worksheet.Worksheet, line: int, position: int, cell: object, style: object) -> None:
    if cell is None or cell != cell:
        page.write_blank(line, position, None, style)
    elif isinstance(cell, float):
        page.write_number(line, position, cell, style)
    else:
        page.write_string(line, position, shown(cell), style)


def _sheet_name(name: str, number: int) -> str:
    clean = "".join(" " if character in "[]:*?/\\" else character for character in name).strip("' ")
    return f"{number} {clean}"[:SHEET_NAME_LIMIT].rstrip("' ")
