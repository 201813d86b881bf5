"""What calamine does not tell of an .xlsx: cells whose formula failed, and how far a sheet's cells reach.

Calamine gives a failed formula (#N/A, #REF! …) as an empty cell. An empty deadline means that there
is none; a failed look-up must not mean the same. And it makes room for every cell up to the last
one, so that one stray cell in row 1,048,576 would take all memory.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from supervision.cells import NOT_CALCULATED

SMALL = 10_000_000
"""A sheet that declares fewer cells than this need not be measured."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = rb'<(?:\w+:)?c\b%s[^>]*\br="([A-Z]+)(\d+)"[^>/]*>'
_VALUE = rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>"
_NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
_FORMULA = rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
_FAILED = re.compile(_CELL % rb'(?=[^>]*\bt="e")' + rb"(?:(?!</(?:\w+:)?c>).)*?" + _VALUE, re.DOTALL)
_UNCALCULATED = re.compile(
    _CELL % rb'(?![^>]*\bt="str")' + rb"\s*" + _FORMULA + rb"\s*" + _NO_VALUE + rb"\s*</(?:\w+:)?c>"
)
_FILLED = re.compile(_CELL % rb"" + rb"\s*<(?:\w+:)?(?:v|f|is)\b")
_DECLARED = re.compile(rb'<(?:\w+:)?dimension ref="A1(?::([A-Z]+)(\d+))?"')


@dataclass(frozen=True)
class SheetXml:
    """Of one sheet: failed formulas as row from 1, column from 0 and text; its last row and number of columns."""

    failed: list[tuple[int, int, str]]
    rows: int
    columns: int


def look_into(workbook: io.BytesIO) -> dict[str, SheetXml]:
    """What is to be known of each sheet, by its name.

    Raises zipfile.BadZipFile, KeyError or ElementTree.ParseError for a file that is no .xlsx.
    """
    with zipfile.ZipFile(workbook) as parts:
        relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        found = {}
        for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in parts.namelist():
                found[sheet.get("name", "")] = _looked_at(parts.read(part))
    return found


def _looked_at(xml: bytes) -> SheetXml:
    failed = []
    if b't="e"' in xml:  # a look at the whole is much faster than the search, and most sheets have none
        failed += [(int(row), _position(name), text.decode()) for name, row, text in _FAILED.findall(xml)]
    if b"f>" in xml:
        failed += [(int(row), _position(name), NOT_CALCULATED) for name, row in _UNCALCULATED.findall(xml)]
    return SheetXml(failed, *_reach(xml))


def _reach(xml: bytes) -> tuple[int, int]:
    """The last row and the number of columns that hold anything; what is declared may be far more."""
    declared = _DECLARED.search(xml, 0, 5_000)
    if declared and declared[1]:
        rows, columns = int(declared[2]), _position(declared[1]) + 1
        if rows * columns < SMALL:
            return rows, columns
    rows, names = 0, set()
    for name, row in _FILLED.findall(xml):
        names.add(name)
        rows = max(rows, int(row))
    return rows, max(map(_position, names), default=-1) + 1


def _position(letters: bytes) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
