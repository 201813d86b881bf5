"""Sheets of Excel 97–2003 (.xls), read by xlrd: it tells of failed formulas and merged cells, as calamine does not."""

import os
import re
from datetime import datetime, time, timedelta
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.xldate import XLDateError

from supervision.errors import FileUnreadable
from supervision.files.sheet_facts import ERRORS, RawBook, RawSheet

DURATION = re.compile(r"\[(?:h+|m+|s+)\]")
"""In a format: hours, minutes or seconds that do not start again at the next day."""


def read_xls(path: Path, shown: str) -> RawBook:
    """All sheets of cells.

    Raises FileUnreadable for a locked file, and whatever xlrd raises on damaged bytes.
    """
    try:
        with Path(os.devnull).open("w") as log:
            book = xlrd.open_workbook(str(path), logfile=log, formatting_info=True, ragged_rows=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise FileUnreadable(f"文件“{shown}”有打开密码；请去掉密码再导入。") from error
        raise
    return RawBook([_sheet(book, sheet) for sheet in book.sheets()], book.datemode == 1)


def _sheet(book: Book, sheet: xlrd.sheet.Sheet) -> RawSheet:
    rows = [[_value(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows)]
    merged = [(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return RawSheet(sheet.name, sheet.visibility != 0, rows, merged)


def _value(book: Book, cell: Cell) -> object:
    """A cell's value as calamine gives that of an .xlsx; a failed formula as the text that it shows."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ERRORS.get(cell.value, "#VALUE!")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell)
    return cell.value


def _date(book: Book, cell: Cell) -> object:
    """A day, a time of day below one, and under a format like [h]:mm a duration."""
    pattern = book.format_map[book.xf_list[cell.xf_index].format_key].format_str.lower()
    if DURATION.search(pattern):
        return timedelta(seconds=round(cell.value * 86_400))
    if 0 <= cell.value < 1:
        seconds = round(cell.value * 86_400)
        return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
    try:
        found: datetime = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    except (XLDateError, OverflowError):
        return cell.value
    return found.date() if cell.value == int(cell.value) else found
