"""Header rows of a sheet: one, or two or three with cells merged across and down, and units beneath."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any

import pandas as pd

from supervision.files.reading import Sheet
from supervision.intake.cells import shown, without_marks
from supervision.intake.quantities import FACTORS

HEADER_WITHIN = 30
"""The header is among this many non-empty rows at the top of a sheet."""

LOOKED_THROUGH = 500
"""And among this many rows, empty or not."""

MOST_LEVELS = 3

REASON = "退回原因"
"""The heading under which a refused row tells why it comes back."""

_BRACKETS = str.maketrans("[]【】〔〕", "()()()")
_LABEL = re.compile(r"[:：].|20\d\d|[〇零一二三四五六七八九十]{2}年|^[（(]?单位[:：]|^注[:：]?|^[+-]?[\d.,:/%-]+$")
"""What stands in titles (填报单位：区水务局, 2017年10月) and in data (17, 8:30), but is no heading."""

_BRACKETED = re.compile(r"\(([^()]{1,12})\)")
_OTHER_UNITS = ("平方公里", "平方千米", "公顷", "亩", "平方米", "吨", "立方米", "万立方米", "天", "日", "%", "个百分点")
_UNITS = frozenset({unit for units in FACTORS.values() for unit in units} - {"时", "分"} | {*_OTHER_UNITS})
_REMARKS = ("必填", "选填", "可选", "(必填)", "(选填)", "(可选)")
_NO_UNIT = ("", "-", "--", "—", "/", *_REMARKS)
_OF_UNITS = ("单位", "计量单位")
"""Headings of columns that hold units themselves."""


@dataclass(frozen=True)
class Header:
    """The header rows of a sheet, first to last as Excel shows them.

    For each position `headings` has what the sender calls the column, levels joined as
    巡河情况/应巡次数, and `names` the plain forms by which it may be known: its lowest heading, this
    with the one above before it, all of them.
    """

    first_row: int
    last_row: int
    headings: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=10_000, typed=True)
def plain(heading: object) -> str:
    """A heading without what does not matter: width of characters, space, line breaks, marks like *."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", without_marks(shown(heading))))
    return text.translate(_BRACKETS).strip("*:★※").casefold()


class HeaderFinder:
    """All ways in which rows at the top of a sheet can be its header."""

    def __init__(self, sheet: Sheet) -> None:
        """Look at the top of the sheet only."""
        self._top = sheet.cells.head(LOOKED_THROUGH)
        last = len(self._top)
        self._merged = [area for area in sheet.merged if area[0] <= last and area != (area[0], area[1]) * 2]

    def headers(self) -> Iterator[Header]:
        """Every header that may be, top down, of one row before those of several that end in it."""
        for row in map(int, self._top.dropna(how="all").head(HEADER_WITHIN).index):
            for first in self._first_rows(row):
                yield self._header(first, row)

    def _first_rows(self, last: int) -> list[int]:
        """The rows in which a header that ends in `last` may begin.

        Merged cells settle it; without them the headings that are known have to (see `recognition`).
        """
        possible = [last]
        while len(possible) < MOST_LEVELS and self._may_stand_over(possible[-1] - 1, last):
            possible.append(possible[-1] - 1)
        bound = list(takewhile(self._is_bound_to_the_next, possible[1:]))
        return bound[-1:] or possible

    def _may_stand_over(self, upper: int, last: int) -> bool:
        over, under = self._texts.get(upper, ()), self._texts[last]
        return any(over) and not any(_LABEL.search(text) for text in (*over, *under))

    def _is_bound_to_the_next(self, row: int) -> bool:
        """Whether a cell is merged with one of the next row, or across some of its headings."""
        beneath = [place for place, text in enumerate(self._texts.get(row + 1, ())) if text]
        for first, left, last, right in self._merged:
            if first <= row < last:
                return True
            covered = [place for place in beneath if left <= place <= right]
            if first <= row <= last and 1 < len(covered) < len(beneath):
                return True
        return False

    @cached_property
    def _texts(self) -> dict[int, tuple[str, ...]]:
        return {int(str(row)): tuple(map(_written, cells)) for row, cells in self._looked_through()}

    def _looked_through(self) -> Iterator[tuple[object, list[object]]]:
        filled = self._top.dropna(how="all").head(HEADER_WITHIN + 1)
        return ((row, list(cells)) for row, cells in zip(filled.index, filled.to_numpy(dtype=object), strict=True))

    def _header(self, first: int, last: int) -> Header:
        levels = [self._spread(row, last) for row in range(first, last + 1)]
        chains: list[list[str]] = []
        for place in range(self._top.shape[1]):
            chain: list[str] = []
            for level in levels:
                if level[place] and level[place] != "".join(chain[-1:]):
                    chain.append(level[place])
            # A heading merged across says nothing of a column that has none of its own.
            chains.append(chain if any(self._texts[row][place] for row in range(first, last + 1)) else [])
        found = self._units_beneath(last, chains)
        units = found or [""] * len(chains)
        headings = ["/".join(chain) + _in_brackets(unit, chain) for chain, unit in zip(chains, units, strict=True)]
        names = [_names(chain, unit) for chain, unit in zip(chains, units, strict=True)]
        return Header(first, last + (found is not None), tuple(headings), tuple(names))

    def _spread(self, row: int, last: int) -> list[str]:
        """The text over each position; in rows over the last a merged cell counts for all that it covers.

        Where no cells are known to be merged, a text also stands over the blanks to its right that have
        headings beneath.
        """
        spread = list(self._texts[row])
        across = [area for area in self._merged if area[0] <= row <= area[2]]
        if row == last:
            return spread
        for first, left, _, right in across:
            anchor = self._texts[first][left] if first in self._texts and left < len(spread) else ""
            for place in range(left, min(right + 1, len(spread))):
                spread[place] = anchor
        if not across:
            beneath = [
                any(self._texts[lower][place] for lower in range(row + 1, last + 1)) for place in range(len(spread))
            ]
            for place in range(1, len(spread)):
                if not spread[place] and beneath[place] and beneath[place - 1]:
                    spread[place] = spread[place - 1]
        return spread

    def _units_beneath(self, last: int, chains: list[list[str]]) -> list[str] | None:
        """What the row under the header says of each column's unit, if it says nothing but units."""
        texts = [plain(text) for text in self._texts.get(last + 1, ())]
        if not any(_is_unit(text) or text in _REMARKS for text in texts):
            return None
        for text, chain in zip(texts, chains, strict=True):
            if text not in _NO_UNIT and not (chain and chain[-1] not in _OF_UNITS and _is_unit(text)):
                return None
        return ["" if text in _NO_UNIT else text.strip("()") for text in texts]


def _written(cell: Any) -> str:
    return "" if pd.isna(cell) else re.sub(r"\s", "", shown(cell)).strip("*＊★※:：")


def _is_unit(text: str) -> bool:
    return text in _UNITS or _BRACKETED.fullmatch(text) is not None


def _in_brackets(unit: str, chain: list[str]) -> str:
    return f"({unit})" if unit and chain and not plain(chain[-1]).endswith(f"({unit})") else ""


def _names(chain: list[str], unit: str) -> tuple[str, ...]:
    if not chain:
        return ()
    end = _in_brackets(unit, chain)
    joined = (chain[-1:], chain[-2:], chain)
    return tuple(dict.fromkeys(plain("".join(parts)) + end for parts in joined))
