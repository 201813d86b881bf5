"""Cells of a workbook whose formula failed (#N/A, #REF! …), which calamine gives as empty.

An empty deadline means that there is none; a failed look-up must not mean the same.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)


def error_cells(workbook: io.BytesIO) -> dict[str, list[tuple[int, int, str]]]:
    """For each sheet name of an .xlsx that calamine has read: row from 1, column from 0, the error's text."""
    with zipfile.ZipFile(workbook) as parts:
        relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        found = {}
        for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in parts.namelist():
                cells = _CELL.findall(parts.read(part))
                found[sheet.get("name", "")] = [(int(row), _position(name), text.decode()) for name, row, text in cells]
    return found


def _position(letters: bytes) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
