"""A sheet's XML element by element: slower than a search, right for every way of writing it.

Some programs leave out where a cell stands (it is then the next one), or write the XML in ways that
no search foresees; calamine reads both.
"""

import re
from typing import Protocol
from xml.parsers import expat

from supervision.files.packages import Package
from supervision.files.sheet_facts import SheetFacts
from supervision.intake.cells import NOT_CALCULATED

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def look_at_elements(package: Package, part: str) -> SheetFacts:
    """Failed formulas and how far the sheet reaches; raises ValueError or expat.ExpatError if it is no sound XML."""
    reader = _Cells()
    read_elements(package, part, reader)
    return reader.facts


class Elements(Protocol):
    """What is told each element of a part as it passes by."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands in the innermost element."""


def read_elements(package: Package, part: str, reader: Elements) -> None:
    """Tell the reader every element of a part, chunk after chunk; raises ValueError or expat.ExpatError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = refuse_doctype
    for chunk in package.chunks(part):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def refuse_doctype(*_: object) -> None:
    """Stop at a document type, by which entities could be made to unfold."""
    raise ValueError("a document type")


def position(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Cells:
    """Takes the elements as they come."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row, self._column = 0, -1
        self._kind = ""
        self._is_formula = self._has_value = self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rsplit(":", 1)[-1]:
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), -1
            case "c":
                self._column += 1
                if found := _PLACE.fullmatch(attributes.get("r", "")):
                    self._row, self._column = int(found[2]), position(found[1])
                self._kind, self._value = attributes.get("t", ""), ""
                self._is_formula = self._has_value = False
            case "f":
                self._is_formula = True
            case "v":
                self._in_value = True
            case "is":
                self._has_value = True

    def text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def end(self, name: str) -> None:
        match name.rsplit(":", 1)[-1]:
            case "v":
                self._in_value = False
                self._has_value = self._has_value or bool(self._value)
            case "c":
                self._end_cell()

    def _end_cell(self) -> None:
        if self._is_formula or self._has_value:
            self.facts.reach(self._row, self._column)
        if self._kind == "e" and self._has_value:
            self.facts.failed.append((self._row, self._column, self._value))
        elif self._is_formula and not self._has_value and self._kind != "str":
            self.facts.failed.append((self._row, self._column, NOT_CALCULATED))
