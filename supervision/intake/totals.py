"""Totals held against the sum of their parts: a slip of the sender's, or a row that was lost on the way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pandas as pd

from supervision.intake.cells import EMPTY_WORDS, read_cell, shown, without_marks
from supervision.intake.context import Context, Unclear
from supervision.intake.drafts import Draft
from supervision.intake.quantities import BASE_UNITS, FACTORS, is_bare, read_quantity
from supervision.intake.rows import filled_texts, total_word
from supervision.intake.values import Failure
from supervision.tables import Column

RULE = "合计不符"

_SUMMABLE = ("integer", "count", "money", "minutes", "km", "decimal")
_NEVER_SUMMED = ("longitude", "latitude", "sort_order")
_WORD = re.compile("合计|小计|总计|共计|总数")
_OF_MORE = re.compile("平均|累计|本年|全年|年度|上年|去年|同期|以来|上月|上期|较|同比|环比")
"""What makes a total one of other rows than the sheet's."""

Span = tuple[int, int]
"""A stretch of data rows, by their places: from, and up to but without."""


@dataclass(frozen=True)
class Total:
    """A total row: its number, its word, and how many data rows stand above it."""

    row: int
    word: str
    above: int

    @property
    def is_part(self) -> bool:
        """Whether it sums a group rather than all."""
        return self.word == "小计"


def check_totals(draft: Draft, rows: pd.DataFrame) -> None:
    """Warn of each number in these total rows that is not the sum of its parts.

    Every row of data is a part, also one that is refused. A number that has decimals may be off by the
    rounding that they allow. Where a part cannot be read, the total cannot be checked, which is noted.
    """
    totals = list(_totals(draft.raw.index, rows))
    for column in draft.layout.table.columns if totals else ():
        if column.name in draft.layout.columns and column.kind in _SUMMABLE and column.name not in _NEVER_SUMMED:
            _check_column(draft, column, rows[draft.layout.columns[column.name]], totals)


def spans_of(total: Total, totals: Sequence[Total], count: int) -> list[Span]:
    """The stretches of `count` data rows that a total may mean; it is right if it is the sum of one.

    小计 means the rows since the total before it, 合计 and 总计 those since the last of their kind, or
    all above, or all. Where the first total stands over the data, each means the rows beneath it.
    """
    place = totals.index(total)
    before = [other.above for other in totals[:place]]
    before_whole = [other.above for other in totals[:place] if not other.is_part]
    after = [other.above for other in totals[place + 1 :] if total.is_part or not other.is_part]
    leads = next(other.above for other in totals if other.is_part == total.is_part) == 0
    beneath = (total.above, min([above for above in after if above > total.above], default=count))
    if total.is_part:
        group = beneath if leads else (max(before, default=0), total.above)
        if group[0] < group[1]:
            return [group]
    spans = [(max(before_whole, default=0), total.above), (0, total.above), (0, count)]
    spans += [beneath, (total.above, count)] if leads else []
    return [span for span in dict.fromkeys(spans) if span[0] < span[1]]


def _totals(numbers: pd.Index, rows: pd.DataFrame) -> Iterator[Total]:
    for row, cells in zip(map(int, rows.index), rows.to_numpy(dtype=object), strict=True):
        label = total_word(filled_texts(cells)) or ""
        word = _WORD.search(label)
        if word and not _OF_MORE.search(label):
            yield Total(row, word[0], int(numbers.searchsorted(row)))


def _check_column(draft: Draft, column: Column, cells: pd.Series, totals: Sequence[Total]) -> None:
    unit = draft.layout.units.get(column.name)
    raw = draft.raw[draft.layout.columns[column.name]]
    amounts = {total: _amount(cells[total.row], column, unit) for total in totals if not _is_empty(cells[total.row])}
    stated = {total: amount for total, amount in amounts.items() if amount is not None}
    parts = _amounts(raw, column, unit) if stated else []
    sums = list(accumulate((part or Fraction(0) for part in parts), initial=Fraction(0)))
    unread = [place for place, part in enumerate(parts) if part is None]
    for total, amount in stated.items():
        text = shown(cells[total.row]).strip()
        spans = spans_of(total, totals, len(parts))
        holes = {span: [place for place in unread if span[0] <= place < span[1]] for span in spans}
        found = [sums[end] - sums[start] for start, end in spans if not holes[start, end]]
        if any(abs(part_sum - amount) <= _rounding(text, column, unit) for part_sum in found):
            continue
        bad = next((places[0] for places in holes.values() if places), None)
        if bad is not None:
            draft.checked.notes.append(
                f"「{draft.layout.heading(column.name)}」第 {total.row} 行的{total.word}无法核对："
                f"第 {raw.index[bad]} 行写的“{shown(raw.iloc[bad])}”读不出数。"
            )
        elif found:
            nearest = min(found, key=lambda part_sum: abs(part_sum - amount))
            message = _difference(draft.layout.heading(column.name), total, text, (amount, nearest), (column, unit))
            draft.warn(column.name, [Failure(total.row, text, RULE, message)])


def _difference(
    heading: str, total: Total, text: str, amounts: tuple[Fraction, Fraction], measure: tuple[Column, str | None]
) -> str:
    """The sentence about a total, in the unit in which it is written."""
    (stated, found), (column, unit) = amounts, measure
    factor = FACTORS[column.kind].get(unit or "", Fraction(1)) if is_bare(text) else Fraction(1)
    named = "" if is_bare(text) else BASE_UNITS.get(column.kind, "")
    return (
        f"「{heading}」{total.word}写的是“{text}”，各行相加是 {_number(found / factor)}{named}，"
        f"差 {_number(abs(found - stated) / factor)}{named}；请核对是哪一行漏了或多了。"
    )


def _amounts(cells: pd.Series, column: Column, unit: str | None) -> list[Fraction | None]:
    """What each cell adds to a sum, each distinct cell read once; None where that cannot be read."""
    read: dict[tuple[type, object], Fraction | None] = {}
    for cell in cells:
        if (type(cell), cell) not in read:
            read[type(cell), cell] = Fraction(0) if _is_empty(cell) else _amount(cell, column, unit)
    return [read[type(cell), cell] for cell in cells]


def _is_empty(cell: Any) -> bool:
    return bool(pd.isna(cell)) or (isinstance(cell, str) and without_marks(cell).strip() in EMPTY_WORDS)


def _amount(cell: object, column: Column, unit: str | None) -> Fraction | None:
    written = shown(cell) if isinstance(cell, float) else without_marks(cell) if isinstance(cell, str) else cell
    found = read_quantity(written, column.kind, unit)
    if found is None and column.kind == "count":
        try:
            return Fraction(str(read_cell(written, Context(column, unit, None))))
        except Unclear:
            return None
    return found


def _rounding(text: str, column: Column, unit: str | None) -> Fraction:
    """Half a unit of the last digit written, in the column's own unit."""
    digits = list(re.finditer(r"\d", text))
    if not digits or "e" in text.lower():
        return Fraction(0)
    last = digits[-1].start()
    unit_of_last = re.sub(r"\d", "0", text[:last]) + "1" + text[last + 1 :]
    return (read_quantity(unit_of_last.lstrip("+-"), column.kind, unit) or Fraction(0)) / 2


def _number(amount: Fraction) -> str:
    return f"{float(amount):.15g}" if amount.denominator > 1 else str(amount.numerator)
