"""A whole column at once: the common written form of each kind; what is written otherwise is left missing.

Only kinds of which a sheet may hold very many cells stand here. What is read here must be what
`supervision.cells` would read.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from supervision.cells import DECIMALS, EMPTY_WORDS, FAILED_FORMULAS, LARGEST, SCIENTIFIC, Context
from supervision.moments import FIRST, LAST
from supervision.quantities import BASE_UNITS, FACTORS
from supervision.tables import Kind

_TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日",
)


def _text(cells: pd.Series, _: Context) -> pd.Series:
    if cells.dtype != "str":
        return pd.Series(None, index=cells.index, dtype="str")
    text = cells.str.strip()
    return text.mask(text.isin(EMPTY_WORDS | FAILED_FORMULAS) | text.str.fullmatch(SCIENTIFIC).fillna(False))


def _moment(cells: pd.Series, _: Context) -> pd.Series:
    if cells.dtype == "str":
        form = _common_format(cells)
        values = pd.to_datetime(cells, format=form, errors="coerce") if form else _no_moments(cells)
    elif pd.api.types.infer_dtype(cells, skipna=True) in ("datetime", "date"):
        values = pd.to_datetime(cells, errors="coerce")
    else:
        values = _no_moments(cells)
    return values.astype("datetime64[us]").dt.round("s").where((values >= FIRST) & (values < LAST))


def _no_moments(cells: pd.Series) -> pd.Series:
    return pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")


def _common_format(cells: pd.Series) -> str | None:
    first = cells.dropna().head(1)
    return next(
        (form for form in _TIME_FORMATS if pd.to_datetime(first, format=form, errors="coerce").notna().any()), None
    )


def _date(cells: pd.Series, context: Context) -> pd.Series:
    days: pd.Series = _moment(cells, context).dt.normalize()
    return days


def _number(cells: pd.Series) -> pd.Series:
    """Plain numbers, missing for all else."""
    if cells.dtype == "str":
        cells = cells.where(cells.str.fullmatch(r"[+-]?\d{1,15}\.?\d{0,15}").fillna(False))
    elif pd.api.types.infer_dtype(cells, skipna=True) not in ("floating", "integer", "mixed-integer-float"):
        return pd.Series(np.nan, index=cells.index)
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def _decimal(cells: pd.Series, _: Context) -> pd.Series:
    values = _number(cells)
    return values.where(values.abs() < LARGEST["decimal"])


def _measure(cells: pd.Series, context: Context) -> pd.Series:
    kind = context.column.kind
    factor = FACTORS[kind][context.unit or BASE_UNITS[kind]]
    values = _number(cells) * factor.numerator / factor.denominator
    return values.round(DECIMALS[kind]).where((values >= 0) & (values < LARGEST[kind]))


def _integer(cells: pd.Series, context: Context) -> pd.Series:
    values = _number(cells)
    usual = (values >= 0) & (values < LARGEST["integer"]) & (values == values.round())
    if context.unit is not None and FACTORS["integer"].get(context.unit, 1) != 1:
        usual &= False
    return values.where(usual).astype("Int64")


def _deadline(cells: pd.Series, context: Context) -> pd.Series:
    days: pd.Series = _date(cells, context).dt.strftime("%Y-%m-%d")
    return days


READERS: dict[Kind, Callable[[pd.Series, Context], pd.Series]] = {
    "text": _text,
    "unit": _text,
    "integer": _integer,
    "count": _integer,
    "decimal": _decimal,
    "minutes": _measure,
    "km": _measure,
    "date": _date,
    "moment": _moment,
    "deadline": _deadline,
}
