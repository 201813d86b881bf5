"""Sheets of OpenDocument (.ods), read from content.xml as it streams by.

Calamine gives TRUE as 1, a duration as its XML spelling and a failed formula as nothing, tells of no
merged cells, and unfolds a repeated row whatever it costs; so here the cells are read as well.
"""

import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from supervision.files.packages import Package
from supervision.files.sheet_elements import read_elements
from supervision.files.sheet_facts import RawBook, RawSheet, check_size
from supervision.intake.cells import FAILED_FORMULAS, NOT_CALCULATED

MOST_COLUMNS = 16_384

_DURATION = re.compile(r"PT(?P<hours>\d{1,7})H(?P<minutes>\d\d)M(?P<seconds>\d\d)(?:[.,]\d+)?S")
_TEXT_END = ("text:p", "text:h")


def read_ods(package: Package, largest: int) -> RawBook:
    """All sheets.

    Raises FileUnreadable for a sheet too large (see `check_size`), expat.ExpatError or ValueError for
    what is no sound .ods.
    """
    content = _Content(package.shown, largest)
    read_elements(package, "content.xml", content)
    return RawBook([sheet for sheet in content.sheets if id(sheet) not in content.links], content.since_1904)


class _Content:
    """Takes the elements of content.xml as they come."""

    def __init__(self, shown: str, largest: int) -> None:
        self.sheets: list[RawSheet] = []
        self.links: set[int] = set()
        self.since_1904 = False
        self._shown, self._largest = shown, largest
        self._hidden_styles: defaultdict[str, bool] = defaultdict(bool)
        self._style = ""
        self._row: list[Any] = []
        self._row_repeats, self._empty_rows, self._empty_cells = 1, 0, 0
        self._cell: dict[str, str] | None = None
        self._lines: list[str] = []
        self._notes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self._cell, self._lines = attributes, []
            case "text:p" | "text:h":
                if not self._notes:
                    self._lines.append("")
            case "text:s":
                self.text(" " * min(int(attributes.get("text:c", "1")), 1000))
            case "text:tab":
                self.text("\t")
            case "text:line-break":
                self.text("\n")
            case "office:annotation":
                self._notes += 1
            case "table:table-row":
                self._row, self._empty_cells = [], 0
                self._row_repeats = int(attributes.get("table:number-rows-repeated", "1"))
            case "table:table":
                hidden = self._hidden_styles[attributes.get("table:style-name", "")]
                self.sheets.append(RawSheet(attributes.get("table:name", ""), hidden))
                self._empty_rows = 0
            case "table:table-source":
                self.links.add(id(self.sheets[-1]))
            case "style:style":
                self._style = attributes.get("style:name", "")
            case "style:table-properties":
                self._hidden_styles[self._style] = attributes.get("table:display") == "false"
            case "table:null-date":
                self.since_1904 = attributes.get("table:date-value", "").startswith("1904")

    def text(self, text: str) -> None:
        if self._cell is not None and self._lines and not self._notes:
            self._lines[-1] += text

    def end(self, name: str) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self._end_cell()
            case "office:annotation":
                self._notes -= 1
            case "table:table-row":
                self._end_row()

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        sheet = self.sheets[-1]
        value = _value(attributes, "\n".join(self._lines))
        repeats = min(int(attributes.get("table:number-columns-repeated", "1")), MOST_COLUMNS)
        rows = int(attributes.get("table:number-rows-spanned", "1"))
        columns = int(attributes.get("table:number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            first_row, first_column = len(sheet.rows) + self._empty_rows + 1, len(self._row) + self._empty_cells
            sheet.merged.append((first_row, first_column, first_row + rows - 1, first_column + columns - 1))
        if value is None:
            self._empty_cells += repeats
        elif len(self._row) + self._empty_cells + repeats <= MOST_COLUMNS:
            self._row += [None] * self._empty_cells + [value] * repeats
            self._empty_cells = 0

    def _end_row(self) -> None:
        if not self._row:
            self._empty_rows += self._row_repeats
            return
        sheet = self.sheets[-1]
        rows = len(sheet.rows) + self._empty_rows + self._row_repeats
        check_size(rows, len(self._row), self._largest, sheet.name, self._shown)
        sheet.rows += [[] for _ in range(self._empty_rows)]
        sheet.rows += [list(self._row) for _ in range(self._row_repeats)]
        self._empty_rows = 0


def _value(attributes: dict[str, str], text: str) -> object:
    """A cell's value as calamine gives that of an .xlsx; a failed formula as the text that it shows."""
    if attributes.get("calcext:value-type") == "error":
        return text if text in FAILED_FORMULAS else "#VALUE!"
    kind = attributes.get("office:value-type")
    if kind is None:
        return NOT_CALCULATED if "table:formula" in attributes and not text else text or None
    if kind in ("float", "percentage", "currency"):
        return text == "TRUE" if text in ("TRUE", "FALSE") else float(attributes["office:value"])
    if kind == "boolean":
        return attributes["office:boolean-value"] == "true"
    if kind == "date":
        return _date(attributes["office:date-value"], text)
    if kind == "time":
        return _duration(attributes["office:time-value"], text)
    return text or attributes.get("office:string-value") or None


def _date(written: str, text: str) -> object:
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return text


def _duration(written: str, text: str) -> object:
    found = _DURATION.fullmatch(written)
    if found is None:
        return text
    hours, minutes, seconds = (int(found[part]) for part in ("hours", "minutes", "seconds"))
    return time(hours, minutes, seconds) if hours < 24 else timedelta(hours=hours, minutes=minutes, seconds=seconds)
