"""Rows of a sheet that are no data: blank rows, totals, notes, repeated headers, the template's example."""

import re

import pandas as pd

from supervision.cells import shown
from supervision.columns import matching
from supervision.layout import Layout, plain
from supervision.templates import example_row, template_headings

FIRST_COLUMNS = 4
"""A total or a note begins in one of this many columns at the left."""

_TOTAL = re.compile(r".{0,12}(?:合计|小计|总计|共计|累计|总数|平均)[数值]?(?:[:(].*)?|共\d+[条件项起个]")
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
_SPACE = r"[\s\p{Z}]*"
_SUSPECT = rf"[计数值均]{_SPACE}(?:[:：(（].*)?$|^{_SPACE}共{_SPACE}\d|^{_SPACE}(?:{'|'.join(_NOTE_WORDS)}|注：)"
"""What every total and every note holds, and hardly a row of data: a coarse sieve for the whole sheet."""


def data_rows(cells: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, int]:
    """The rows below the header that hold data, and how many were skipped.

    Rows without a cell in any known column count for nothing. A total row has a word such as 合计 or
    小计 among its first columns, and no key or nothing required beside it (合计 and then how many); a
    note begins with a word such as 注： or 填表人 and leaves a required column empty: a row that could be
    data is never skipped.
    """
    body = cells.loc[layout.header_row + 1 :]
    header: pd.Series = cells.iloc[layout.header_row - 1]
    candidates = body[_may_be_skipped(body, header)]
    skipped = [row for row, cells_of_row in candidates.iterrows() if _is_no_data(cells_of_row, layout)]
    body = body.drop(index=skipped).dropna(how="all", subset=list(layout.columns.values()))
    if len(body) and _is_untouched_example(cells, body.index[0], layout):
        skipped.append(body.index[0])
        body = body.drop(index=body.index[0])
    return body, len(skipped)


def _may_be_skipped(body: pd.DataFrame, header: pd.Series) -> pd.Series:
    """Cheaply, for the whole sheet: rows whose first columns hold a word of a total, a note or the header."""
    mask = pd.Series(False, index=body.index)
    filled = header.dropna().index
    for position in {*body.columns[:FIRST_COLUMNS], *filled[:1]}:
        text = body[position].astype("str")
        mask |= matching(text, _SUSPECT) | (text == str(header[position])).fillna(False)
    return mask


def _is_no_data(row: pd.Series, layout: Layout) -> bool:
    filled = {position: plain(cell) for position, cell in row.items() if not pd.isna(cell)}
    texts = list(filled.values())
    keys = [filled.get(layout.columns[name], "") for name in layout.table.key if name in layout.columns]
    has_key = any(key and not _TOTAL.fullmatch(key) for key in keys)
    required = [layout.columns[column.name] for column in layout.table.columns if column.required]
    beside_key = set(required) - {layout.columns.get(name) for name in layout.table.key}
    bare = bool(beside_key) and not any(filled.get(place) for place in beside_key)
    if (bare or not has_key) and any(_TOTAL.fullmatch(text) for text in texts[:FIRST_COLUMNS]):
        return True
    if texts[0].startswith(_NOTE_WORDS) and any(position not in filled for position in required):
        return True
    return all(filled.get(place, heading) == heading for place, heading in _plain_headings(layout))


def _plain_headings(layout: Layout) -> list[tuple[int, str]]:
    return [(position, plain(layout.headings[position])) for position in layout.columns.values()]


def _is_untouched_example(cells: pd.DataFrame, row: int, layout: Layout) -> bool:
    """Whether the row is the example under a template's headings, wherever its columns were moved."""
    written = zip(cells.loc[layout.header_row], cells.loc[row], strict=True)
    texts = {str(heading): "" if pd.isna(cell) else shown(cell) for heading, cell in written}
    example = zip(template_headings(layout.table), example_row(layout.table), strict=True)
    return all(texts.get(heading) == text for heading, text in example)
