"""Rows of a sheet that are no data: blank rows, totals, notes, repeated headers, the template's example."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from supervision.intake.cells import shown
from supervision.intake.headers import plain
from supervision.intake.layout import Layout
from supervision.templates import example_row, template_headings

FIRST_COLUMNS = 4
"""A total or a note begins in one of this many columns at the left."""

TOTAL = re.compile(r".{0,12}(?:合计|小计|总计|共计|累计|总数|平均)[数值]?(?:[:(].*)?|共\d+[条件项起个]")
_NOTE_WORDS = (
    "注:",
    "注1",
    "备注",
    "说明",
    "填表",
    "填报",
    "制表",
    "审核",
    "复核",
    "单位负责人",
    "联系人",
    "联系电话",
    "报送",
    "数据来源",
    "数据截至",
)
_OF_TOTALS = re.compile("[计数值均条件项起个]")
_OF_NOTES = re.compile(f"[{''.join({word[0] for word in _NOTE_WORDS})}:：.．、)）。;；]")
"""Of which characters every total and every note holds one: a coarse sieve for many rows."""

_LABELLED = re.compile(r"[一-鿿()/、]{2,12}:.*", re.DOTALL)
_DAY = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?")
_GOES_ON = re.compile(
    r"(?![\d.]+$)(?:[\d一二三四五六七八九十]{1,3}[.、)]|\([\d一二三四五六七八九十]{1,3}\)).+|.+[。;]", re.DOTALL
)
"""A further line of a note: 2.按月报送, or a sentence."""


@dataclass(frozen=True)
class Body:
    """What lies under a header: the rows that hold data, how many were skipped, and the totals among these."""

    rows: pd.DataFrame
    skipped: int
    totals: tuple[int, ...] = ()


def data_rows(cells: pd.DataFrame, layout: Layout) -> Body:
    """The rows below the header that hold data, and what was skipped.

    Rows without a cell in any known column count for nothing. A total row has a word such as 合计 or
    小计 among its first columns, and no key or nothing required beside it (合计 and then how many); a
    note begins with a word such as 注： or 填表人, or holds nothing but what is signed (负责人：张三, and a day),
    and leaves a required column empty; its further lines stand directly under it, each in one cell: a row
    that could be data is never skipped.
    """
    body = cells.loc[layout.header_row + 1 :]
    above = cells.loc[: layout.header_row]
    top = [filled for row in above.to_numpy(dtype=object) if (filled := filled_texts(row))]
    skipped, totals, noted = [], [], 0
    for number, row in _candidates(body, above, layout):
        texts = filled_texts(row)
        if _is_total(texts, layout):
            totals.append(number)
        elif _is_note(texts, layout) or (number == noted + 1 and _goes_on(texts)):
            noted = number
        elif not _is_repeated(texts, top, layout):
            continue
        skipped.append(number)
    dropped = _empty_rows(body, layout) | body.index.isin(skipped)
    kept = np.flatnonzero(~dropped)
    # Totals and notes mostly stand at the end, and a slice copies nothing.
    first, last = (kept[0], kept[-1] + 1) if len(kept) else (0, 0)
    body = body.iloc[first:last]
    if len(kept) < len(body):
        body = body.iloc[kept - first]
    if len(body) and _is_untouched_example(cells, body.index[0], layout):
        skipped.append(int(body.index[0]))
        body = body.iloc[1:]
    return Body(body, len(skipped), tuple(totals))


def _candidates(body: pd.DataFrame, above: pd.DataFrame, layout: Layout) -> Iterable[tuple[int, np.ndarray]]:
    """Cheaply, for the whole sheet: the rows that may be a total, a note or a row from above the data.

    A total lacks its key or all that is required beside it, or has its word for a key; a note lacks
    something required; a row from above begins as it does there.
    """
    keys = _keys(layout)
    blank = {place: body[place].isna().to_numpy() for place in _required(layout) | keys}
    suspect = np.zeros(len(body), dtype=bool)
    for place, starts in _starts(above).items():
        suspect |= body[place].isin(starts).to_numpy()
    for place in keys:
        suspect |= _contains(body[place], _OF_TOTALS)
    without_key = np.logical_and.reduce([blank[place] for place in keys])
    beside_key = [blank[place] for place in _required(layout) - keys]
    bare = np.logical_and.reduce(beside_key) if beside_key else without_key
    _mark(suspect, body, without_key | bare, _OF_TOTALS)
    left = np.logical_or.reduce(list(blank.values()))
    for place in range(body.shape[1]):
        if not left.any():
            break
        filled = body[place].notna().to_numpy()
        _mark(suspect, body.iloc[:, [place]], left & filled, _OF_NOTES)
        left = left & ~filled
    picked = body[suspect]
    return zip(map(int, picked.index), picked.to_numpy(dtype=object), strict=True)


def _mark(suspect: np.ndarray, cells: pd.DataFrame, among: np.ndarray, pattern: re.Pattern[str]) -> None:
    """Mark the rows of these among whose first cells hold one that the pattern finds."""
    looked_at = np.flatnonzero(among & ~suspect)
    for place in cells.columns[:FIRST_COLUMNS] if len(looked_at) else ():
        suspect[looked_at[_contains(cells[place].iloc[looked_at], pattern)]] = True


def _contains(cells: pd.Series, pattern: re.Pattern[str]) -> np.ndarray:
    if cells.dtype == "str":
        return cells.str.contains(pattern.pattern, na=False).to_numpy(dtype=bool)
    # One search through all texts joined is much faster than one in each.
    texts = [cell if isinstance(cell, str) else "" for cell in cells.tolist()]
    found = [match.start() for match in pattern.finditer("\n".join(texts))]
    contains = np.zeros(len(cells), dtype=bool)
    if found:
        ends = np.cumsum([len(text) + 1 for text in texts])
        contains[np.searchsorted(ends, found, side="right")] = True
    return contains


def _starts(above: pd.DataFrame) -> dict[int, list[object]]:
    """By position the texts with which the rows above the data begin."""
    starts: dict[int, list[object]] = {}
    for cells in above.to_numpy(dtype=object):
        first = next(((place, cell) for place, cell in enumerate(cells) if not pd.isna(cell)), None)
        if first is not None and isinstance(first[1], str):
            starts.setdefault(first[0], []).append(first[1])
    return starts


def _empty_rows(body: pd.DataFrame, layout: Layout) -> np.ndarray:
    """Which rows hold nothing in any known column."""
    empty = np.ones(len(body), dtype=bool)
    for place in layout.columns.values():
        if not empty.any():
            break
        empty &= body[place].isna().to_numpy()
    return empty


def filled_texts(row: Iterable[Any]) -> dict[int, str]:
    """The plain texts of a row by their positions, without empty cells."""
    return {place: plain(cell) for place, cell in enumerate(row) if not pd.isna(cell)}


def _is_total(filled: dict[int, str], layout: Layout) -> bool:
    keys = _keys(layout)
    has_key = any(place in filled and not TOTAL.fullmatch(filled[place]) for place in keys)
    beside_key = _required(layout) - keys
    bare = bool(beside_key) and not any(filled.get(place) for place in beside_key)
    return (bare or not has_key) and total_word(filled) is not None


def total_word(filled: dict[int, str]) -> str | None:
    """The text among the first of a row that makes it a total, as 桥梓镇小计."""
    return next((text for text in list(filled.values())[:FIRST_COLUMNS] if TOTAL.fullmatch(text)), None)


def _is_note(filled: dict[int, str], layout: Layout) -> bool:
    first = next(iter(filled.values()), "")
    signed = _LABELLED.fullmatch(first) and all(_LABELLED.fullmatch(t) or _DAY.fullmatch(t) for t in filled.values())
    return bool(signed or first.startswith(_NOTE_WORDS)) and any(place not in filled for place in _required(layout))


def _goes_on(filled: dict[int, str]) -> bool:
    return len(filled) == 1 and all(_GOES_ON.fullmatch(text) for text in filled.values())


def _is_repeated(filled: dict[int, str], top: list[dict[int, str]], layout: Layout) -> bool:
    """Whether a row from above the data comes again, as on every printed page."""
    told = [place for place in layout.columns.values() if place in filled] or list(filled)
    return any(all(filled[place] == row.get(place) for place in told) for row in top)


def _keys(layout: Layout) -> set[int]:
    return {layout.columns[name] for name in layout.table.key if name in layout.columns}


def _required(layout: Layout) -> set[int]:
    return {layout.columns[column.name] for column in layout.table.columns if column.required}


def _is_untouched_example(cells: pd.DataFrame, row: int, layout: Layout) -> bool:
    """Whether the row is the example under a template's headings, wherever its columns were moved."""
    written = zip(cells.loc[layout.header_row], cells.loc[row], strict=True)
    texts = {str(heading): "" if pd.isna(cell) else shown(cell) for heading, cell in written}
    example = zip(template_headings(layout.table), example_row(layout.table), strict=True)
    return all(texts.get(heading) == text for heading, text in example)
