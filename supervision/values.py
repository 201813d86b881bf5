"""Columns of cells to columns of values, with a failure for each cell that cannot be taken.

A column is parsed in two steps. The common form is read for the whole column at once
(`supervision.columns`); what that leaves over goes, each distinct value once, to a careful reader
that knows every written form (`supervision.cells`).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from supervision.cells import MARKS, Context, Unclear, read_cell, shown, without_marks
from supervision.columns import READERS
from supervision.moments import lacks_year
from supervision.quantities import BASE_UNITS, FACTORS, is_bare
from supervision.tables import Column, Kind

DTYPES: dict[Kind, Any] = {
    "text": "str",
    "integer": "Int64",
    "decimal": "float64",
    "money": "object",
    "minutes": "float64",
    "km": "float64",
    "date": "datetime64[us]",
    "month": "datetime64[us]",
    "moment": "datetime64[us]",
    "flag": "boolean",
    "count": "Int64",
    "deadline": "str",
    "choice": "str",
    "many": "object",
    "unit": "str",
}


@dataclass(frozen=True)
class Failure:
    """A cell that cannot be taken: its row as Excel shows it, what it says, the rule, the advice."""

    row: int
    value: str
    rule: str
    message: str


@dataclass(frozen=True)
class Parsed:
    """A column's values (missing where empty or failed), its failures, and what was assumed."""

    values: pd.Series
    failures: list[Failure] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)


def parse(
    cells: pd.Series, column: Column, *, heading: str | None = None, unit: str | None = None, year: int | None = None
) -> Parsed:
    """The values of a column: `cells` as read, indexed by row, to the dtype of the column's kind.

    `heading` is what the sender calls the column, `unit` what his heading says, `year` the year
    of days written without one. date and month are midnights, money Decimal with two decimals,
    many a list of str, minutes and km in those units. Empty cells, also of a required column,
    are missing; that they are required is for the caller to check.
    """
    context = Context(column, unit, year)
    heading = heading or column.heading
    dtype = DTYPES[column.kind]
    cells = _without_marks(_as_text_where_all_text(cells))
    if column.kind in READERS:
        values = READERS[column.kind](cells, context).astype(dtype)
    else:
        values = pd.Series(np.full(len(cells), None), index=cells.index).astype(dtype)
    left = cells[cells.notna() & values.isna()]
    failures: list[Failure] = []
    if not left.empty:
        read, failures = _read_carefully(left, context, heading)
        values.loc[left.index] = read.astype(dtype).array
    return Parsed(values, failures, _assumptions(cells, left, context, heading))


def complaint(heading: str, value: str, advice: str) -> str:
    """The sentence about a cell."""
    return f"「{heading}」写的是“{value}”，{advice}"


def _as_text_where_all_text(cells: pd.Series) -> pd.Series:
    if cells.dtype == "object" and pd.api.types.infer_dtype(cells, skipna=True) in ("string", "empty"):
        return cells.astype("str")
    return cells


def _without_marks(cells: pd.Series) -> pd.Series:
    """The cells with their texts freed of marks, looked for at once because hardly a column has any."""
    if cells.dtype == "str":
        marked = cells.str.contains(MARKS, na=False)
        return cells.where(~marked, cells[marked].map(without_marks).reindex(cells.index)) if marked.any() else cells
    freed = [without_marks(cell) if isinstance(cell, str) else cell for cell in cells]
    return pd.Series(freed, index=cells.index, dtype="object")


def _read_carefully(cells: pd.Series, context: Context, heading: str) -> tuple[pd.Series, list[Failure]]:
    """Read each distinct value once and give every row its result."""
    codes, distinct = _distinct(cells)
    results = np.empty(len(distinct), dtype=object)
    unclear: dict[int, tuple[str, str, str]] = {}
    for code, value in enumerate(distinct):
        try:
            results[code] = read_cell(value, context)
        except Unclear as problem:
            text = shown(value)
            unclear[code] = (text, problem.rule, complaint(heading, text, problem.advice))
    rows = cells.index.to_numpy()
    failures = [
        Failure(int(rows[place]), *unclear[codes[place]]) for place in np.isin(codes, list(unclear)).nonzero()[0]
    ]
    return pd.Series(results[codes], index=cells.index, dtype="object"), failures


def _distinct(cells: pd.Series) -> tuple[np.ndarray, list[object]]:
    """The distinct values and each cell's place among them; 1, 1.0 and TRUE are distinct here."""
    if cells.dtype == "str":
        codes, values = pd.factorize(cells)
        return codes, list(values)
    places: dict[tuple[type, object], int] = {}
    codes = np.array([places.setdefault((type(value), value), len(places)) for value in cells])
    return codes, [value for _, value in places]


def _assumptions(cells: pd.Series, left: pd.Series, context: Context, heading: str) -> list[str]:
    column, unit, year = context.column, context.unit, context.year
    notes = []
    base = BASE_UNITS.get(column.kind)
    if unit is not None and base is not None and FACTORS[column.kind][unit] != 1 and cells.notna().any():
        notes.append(f"「{heading}」按{unit}换算成{base}。")
    elif unit is None and base is not None and (len(left) < cells.count() or any(map(is_bare, left))):
        notes.append(f"「{heading}」没有写单位，按{base}计。")
    if year is not None and column.kind in ("date", "moment", "deadline") and any(map(lacks_year, left.unique())):
        notes.append(f"「{heading}」里没有年份的日期按 {year} 年计，年份取自标题、表名或文件名。")
    return notes
