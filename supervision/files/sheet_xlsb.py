"""What calamine does not tell of an .xlsb, see `sheet_facts`.

Its parts are records, each a type, a length and so many bytes, both numbers of seven bits a byte.
"""

import struct
from collections.abc import Iterator

from defusedxml.ElementTree import fromstring

from supervision.files.packages import Package
from supervision.files.shared_texts import LARGEST_TEXT, too_much_text
from supervision.files.sheet_facts import ERRORS, SheetFacts, WorkbookFacts

ROW, BLANK, ERROR, LAST_CELL, FAILED = 0, 1, 3, 11, 11
"""The record that begins a row; the cells are 1 to 11, among them the empty one and two kinds of error."""

SHARED, TEXT = 7, 19
"""A cell with a shared text, and such a text."""

WORKBOOK, SHEET, MERGED = 153, 156, 176


def look_into_xlsb(package: Package) -> WorkbookFacts:
    """What is to be known of each sheet, by its name; every part of the package is unfolded once.

    Raises KeyError, ValueError, struct.error or zipfile.BadZipFile for a file that is no .xlsb.
    """
    relations = fromstring(package.read("xl/_rels/workbook.bin.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    shared = "xl/sharedStrings.bin"
    texts = [len(body) for kind, body in _records(package, shared) if kind == TEXT] if shared in package.names else []
    sheets, looked_at, since_1904 = {}, set(), False
    for kind, body in _records(package, "xl/workbook.bin"):
        if kind == WORKBOOK:
            since_1904 = bool(body[0] & 1)
        if kind == SHEET:
            relation, end = _string(body, 8)
            name, _ = _string(body, end)
            target = targets.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in package.names:
                looked_at.add(part)
                sheets[name] = _looked_at(package, part, name, texts)
    package.verify(looked_at)
    return WorkbookFacts(sheets, since_1904)


def _looked_at(package: Package, part: str, sheet: str, texts: list[int]) -> SheetFacts:
    facts, row, size = SheetFacts(), 0, 0
    for kind, body in _records(package, part):
        if kind == ROW:
            row = int.from_bytes(body[:4], "little") + 1
        elif BLANK < kind <= LAST_CELL:
            column = int.from_bytes(body[:4], "little")
            facts.reach(row, column)
            if kind in (ERROR, FAILED):
                facts.failed.append((row, column, ERRORS.get(body[8], "#VALUE!")))
            if kind == SHARED:
                size += texts[int.from_bytes(body[8:12], "little")]
                if size > LARGEST_TEXT:
                    raise too_much_text(package.shown, sheet)
        elif kind == MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            facts.merged.append((top + 1, left, bottom + 1, right))
    return facts


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    data = b""
    for chunk in package.chunks(part):
        data, place = data + chunk, 0
        while (record := _record(data, place)) is not None:
            kind, start, place = record
            yield kind, data[start:place]
        data = data[place:]
    if data:
        raise ValueError("the last record is cut off")


def _record(data: bytes, place: int) -> tuple[int, int, int] | None:
    """The type of the record at a place, where its bytes begin and end; None if it is not all there."""
    numbers = []
    for longest in (2, 4):
        number = 0
        for position in range(longest):
            if place >= len(data):
                return None
            byte = data[place]
            place += 1
            number |= (byte & 0x7F) << 7 * position
            if byte < 0x80:
                break
        numbers.append(number)
    kind, size = numbers
    return None if place + size > len(data) else (kind, place, place + size)


def _string(body: bytes, place: int) -> tuple[str, int]:
    """A string behind its length in characters, and where it ends."""
    end = place + 4 + 2 * int.from_bytes(body[place : place + 4], "little")
    return body[place + 4 : end].decode("utf-16-le"), end
