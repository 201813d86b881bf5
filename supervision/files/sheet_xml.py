"""What calamine does not tell of an .xlsx, see `sheet_facts`."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from supervision.errors import FileUnreadable
from supervision.files.file_kinds import WORKBOOK
from supervision.files.packages import Package
from supervision.files.shared_texts import check_texts, text_sizes
from supervision.files.sheet_elements import look_at_elements, position
from supervision.files.sheet_facts import SheetFacts, WorkbookFacts
from supervision.intake.cells import NOT_CALCULATED

LONGEST_ROW = 64_000_000
"""Bytes of one row's XML; 5 million characters in one cell are 15 million."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELL = rb'<(?:\w+:)?c\b%s[^>]*\br="([A-Z]+)(\d+)"[^>/]*>'
_VALUE = rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>"
_NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
_FORMULA = rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
_FAILED = re.compile(_CELL % rb'(?=[^>]*\bt="e")' + rb"(?:(?!</(?:\w+:)?c>).)*?" + _VALUE, re.DOTALL)
_UNCALCULATED = re.compile(
    _CELL % rb'(?![^>]*\bt="str")' + rb"\s*" + _FORMULA + rb"\s*" + _NO_VALUE + rb"\s*</(?:\w+:)?c>"
)
_FILLED = re.compile(_CELL % rb"" + rb"\s*<(?:\w+:)?(?:v|f|is)\b")
_UNUSUAL = (
    *(start + end for start in (b"<c", b":c") for end in (b">", b"/", b"\t", b"\n", b"\r")),
    b":c ",
    b"t='",
    b"\0",
)
_ROW_END = b"row>"
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[B-Z][A-Z]|[A-Z]{2}[0-9]{6}|[A-Z][0-9]{7})')
"""A cell so far to the right, below, or both, that the sheet may be too large to be opened."""


def look_into(package: Package) -> WorkbookFacts:
    """What is to be known of each sheet, by its name; every part of the package is unfolded once.

    Raises KeyError, ValueError, ElementTree.ParseError or zipfile.BadZipFile for a file that is no .xlsx.
    """
    book_part = next(name for name in sorted(package.names) if WORKBOOK.fullmatch(name))
    relations = fromstring(package.read(f"xl/_rels/{book_part.removeprefix('xl/')}.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = fromstring(package.read(book_part))
    kept = [each for each in relations if each.get("Type", "").endswith("/sharedStrings")]
    shared = {_part(each.get("Target", "")) for each in kept} & package.names
    texts = [size for part in shared for size in text_sizes(package, part)]
    sheets, looked_at = {}, shared
    for sheet in _all(book, "sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        part = _part(target)
        if part in package.names:
            looked_at.add(part)
            sheets[sheet.get("name", "")] = _looked_at(package, part, sheet.get("name", ""), texts)
    package.verify(looked_at)
    return WorkbookFacts(sheets, any(each.get("date1904") in ("1", "true") for each in _all(book, "workbookPr")))


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _all(book: Element, name: str) -> list[Element]:
    return [*book.iter(f"{_MAIN}{name}"), *book.iter(f"{_STRICT}{name}")]


def _looked_at(package: Package, part: str, sheet: str, texts: list[int]) -> SheetFacts:
    facts = SheetFacts()
    for xml in check_texts(_rows(package, part), texts, package.shown, sheet):
        if not _is_usual(xml):
            return look_at_elements(package, part)
        if b't="e"' in xml:  # a look at the whole is much faster than the search
            facts.failed += [(int(row), _position(name), text.decode()) for name, row, text in _FAILED.findall(xml)]
        if b"f>" in xml:
            facts.failed += [(int(row), _position(name), NOT_CALCULATED) for name, row in _UNCALCULATED.findall(xml)]
        if _FAR.search(xml):
            for name, row in _FILLED.findall(xml):
                facts.reach(int(row), _position(name))
    return facts


def _is_usual(xml: bytes) -> bool:
    """Whether all cells are written as Excel, WPS, LibreOffice and others do, with their place first."""
    placed = xml.count(b'<c r="')
    if xml.count(b"<c") == placed and not any(sign in xml for sign in (b":c", b"='", b"\0")):
        return True  # so it is in nearly all pieces, and these few looks are the fastest
    return xml.count(b"<c ") == placed and not any(unusual in xml for unusual in _UNUSUAL)


def _rows(package: Package, part: str) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end where a row ends."""
    rest: list[bytes] = []
    for chunk in package.chunks(part):
        end = chunk.rfind(_ROW_END) + len(_ROW_END)
        if end >= len(_ROW_END):
            yield b"".join((*rest, chunk[:end]))
            rest = []
            chunk = chunk[end:]
        rest.append(chunk)
        if sum(map(len, rest)) > LONGEST_ROW:
            raise FileUnreadable(
                f"文件“{package.shown}”有一行超过 {LONGEST_ROW // 10**6} MB；请删去其中不是表格的内容再导入。"
            )
    yield b"".join(rest)


def _position(letters: bytes) -> int:
    return position(letters.decode())
