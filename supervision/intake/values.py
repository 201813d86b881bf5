"""Columns of cells to columns of values, with a failure for each cell that cannot be taken.

A column is parsed in two steps. The common form is read for the whole column at once
(`supervision.intake.columns`); what that leaves over goes, each distinct value once, to a careful reader
that knows every written form (`supervision.intake.cells`).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from supervision.intake.cells import SAME_DEADLINES, deadline_word, read_cell, shown, without_marks
from supervision.intake.columns import READERS
from supervision.intake.context import Context, Unclear
from supervision.intake.moments import lacks_year, last_day_named
from supervision.intake.quantities import BASE_UNITS, ESTIMATED, FACTORS, is_about, is_bare, is_percentage
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
    "water_class": "str",
}


QUOTED = 100
"""A message quotes this many characters of a cell."""


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
    cells: pd.Series,
    column: Column,
    *,
    heading: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    since_1904: bool = False,
) -> Parsed:
    """The values of a column: `cells` as read, indexed by row, to the dtype of the column's kind.

    `heading` is what the sender calls the column, `unit` what his heading says, `year` the year
    of days written without one, `since_1904` in which calendar serial numbers count. date and month
    are midnights, money Decimal with two decimals, many a list of str, minutes and km in those units.
    Empty cells, also of a required column, are missing; that they are required is for the caller to check.
    """
    context = Context(column, unit, year, since_1904)
    heading = heading or column.heading
    dtype = DTYPES[column.kind]
    cells = _as_text_where_all_text(cells)
    if column.kind in READERS:
        values = READERS[column.kind](cells, context).astype(dtype)
    else:
        values = pd.Series(np.full(len(cells), None), index=cells.index).astype(dtype)
    left = cells[cells.notna() & values.isna()]
    failures: list[Failure] = []
    distinct: list[object] = []
    if not left.empty:
        codes, distinct = _distinct(left)
        read, failures = _read_carefully(left.index, codes, distinct, context, heading)
        if len(left) == len(cells):
            values = read.astype(dtype)
        else:
            values.loc[left.index] = read.astype(dtype).array
    in_bulk = len(left) < cells.count()
    return Parsed(values, failures, _assumptions(in_bulk, distinct, context, heading))


def complaint(heading: str, value: str, advice: str) -> str:
    """The sentence about a cell."""
    return f"「{heading}」写的是“{value}”，{advice}"


def shortened(text: str) -> str:
    """A text as a message quotes it."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}……"


def _as_text_where_all_text(cells: pd.Series) -> pd.Series:
    if cells.dtype == "object" and pd.api.types.infer_dtype(cells, skipna=True) in ("string", "empty"):
        return cells.astype("str")
    return cells


def _read_carefully(
    rows: pd.Index, codes: np.ndarray, distinct: list[object], context: Context, heading: str
) -> tuple[pd.Series, list[Failure]]:
    """Read each distinct value once and give every row its result."""
    results = np.empty(len(distinct), dtype=object)
    unclear: dict[int, tuple[str, str, str]] = {}
    for code, value in enumerate(distinct):
        try:
            results[code] = read_cell(value, context)
        except Unclear as problem:
            text = shortened(without_marks(shown(value)))
            unclear[code] = (text, problem.rule, complaint(heading, text, problem.advice))
    wrong = np.isin(codes, list(unclear)).nonzero()[0] if unclear else ()
    numbers = rows.to_numpy()
    failures = [Failure(int(numbers[place]), *unclear[codes[place]]) for place in wrong]
    return pd.Series(results[codes], index=rows, dtype="object"), failures


def _distinct(cells: pd.Series) -> tuple[np.ndarray, list[object]]:
    """The distinct values and each cell's place among them; 1, 1.0 and TRUE are distinct here."""
    if cells.dtype == "str":
        codes, values = pd.factorize(cells)
        return codes, list(values)
    places: dict[tuple[type, object], int] = {}
    codes = np.array([places.setdefault((type(value), value), len(places)) for value in cells])
    return codes, [value for _, value in places]


def _assumptions(in_bulk: bool, distinct: list[object], context: Context, heading: str) -> list[str]:
    """What a column was taken to mean, each said once; `distinct` are the values not read `in_bulk`."""
    column, unit, year = context.column, context.unit, context.year
    notes = []
    base = BASE_UNITS.get(column.kind)
    if unit is not None and base is not None and FACTORS[column.kind][unit] != 1 and (in_bulk or distinct):
        notes.append(f"「{heading}」按{unit}换算成{base}。")
    elif unit is None and base is not None and (in_bulk or any(map(is_bare, distinct))):
        notes.append(f"「{heading}」没有写单位，按{base}计。")
    if column.kind in ESTIMATED and any(map(is_about, distinct)):
        notes.append(f"「{heading}」里的约数按所写的数计，如“约3”计作 3。")
    if column.kind == "decimal" and (unit == "%" or any(map(is_percentage, distinct))):
        notes.append(f"「{heading}」里的百分数按小数计，60% 计作 0.6。")
    if year is not None and column.kind in ("date", "moment", "deadline") and any(map(lacks_year, distinct)):
        notes.append(f"「{heading}」里没有年份的日期按 {year} 年计，年份取自标题、表名或文件名。")
    if column.kind == "deadline":
        words = {word for word in map(deadline_word, distinct) if word in SAME_DEADLINES}
        notes += [f"「{heading}」里的“{word}”按“{SAME_DEADLINES[word]}”计。" for word in sorted(words)]
        if any(last_day_named(deadline_word(value), year) for value in distinct):
            notes.append(f"「{heading}」里的“某日前”当日仍算按期，“某月底”按该月最后一天计。")
    return notes
