"""Cells merged downwards: 镇乡 written once for ten rows is meant for all ten."""

import numpy as np
import pandas as pd

from supervision.files.reading import Sheet
from supervision.intake.cells import shown
from supervision.intake.layout import Layout
from supervision.tables import Column

_REPEATING = ("choice", "date", "month", "moment", "deadline", "unit", "water_class")
"""Kinds of which one value often holds for several rows."""


def filled_down(sheet: Sheet, layout: Layout) -> pd.DataFrame:
    """The sheet's cells, with what is merged downwards under the header written into every row that it covers.

    A row that holds nothing else stays empty. Of a range merged across too, only one as wide as its
    heading is filled: a block of text under the table is no value for many rows.
    """
    headings = {(left, right) for first, left, _, right in sheet.merged if first <= layout.header_row}
    places = set(layout.columns.values())
    areas = [
        (first, left, last)
        for first, left, last, right in sheet.merged
        if layout.header_row < first < last and left in places and (left == right or (left, right) in headings)
    ]
    if not areas:
        return sheet.cells
    filled = sheet.cells[list(places)].notna().any(axis=1).to_numpy()
    cells = sheet.cells.copy()
    for place in {left for _, left, _ in areas}:
        column = cells[place].to_numpy(dtype=object, copy=True)
        for first, left, last in areas:
            if left == place:
                rows = np.arange(first, min(last, len(column)))
                column[rows[filled[rows]]] = column[first - 1]
        cells[place] = pd.Series(column, index=cells.index, dtype=object)
    return cells


def empty_advice(cells: pd.Series, column: Column, heading: str, knows_merged: bool) -> pd.Series:
    """For each empty cell of a required column what to say of it.

    Text knows no merged cells: where they were lost, the value stands in a cell above. It is named,
    and not taken, because the cell may as well have been forgotten.
    """
    advice = pd.Series(f"「{heading}」必须填写，这里空着；请补上。", index=cells.index[cells.isna()])
    if knows_merged or not (column.refers or column.kind in _REPEATING):
        return advice
    above = cells.ffill()[advice.index].dropna()
    return pd.Series(
        [
            f"「{heading}」这里空着，上面一格是“{shown(value)}”；若原表是合并单元格，请取消合并并逐行填写，否则请补上。"
            for value in above
        ],
        index=above.index,
        dtype="str",
    ).combine_first(advice)
