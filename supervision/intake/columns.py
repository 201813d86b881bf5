"""A whole column at once: the common written form of each kind; what is written otherwise is left missing.

Only kinds of which a sheet may hold very many cells stand here. What is read here must be what
`supervision.intake.cells` would read.
"""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.intake.amounts import DECIMALS, LARGEST
from supervision.intake.cells import EMPTY_WORDS, FAILED_FORMULAS, HALF_WIDTH, LONGEST_TEXT, MARKS
from supervision.intake.context import SCIENTIFIC, Context
from supervision.intake.moments import FIRST, LAST
from supervision.intake.quantities import BASE_UNITS, FACTORS
from supervision.tables import Kind

_TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日",
)

_ISO_MOMENT = r"^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?$"

_SPACE = r"[\s\p{Z}]"
_WORDS = "|".join(sorted(map(re.escape, EMPTY_WORDS - {""})))
_ODD = rf"{MARKS}|^(?i:{_WORDS})$|^(?:{'|'.join(map(re.escape, FAILED_FORMULAS))})$|^{SCIENTIFIC}$"
_ODD_NAME = rf"[\r\n]|[^\x00-\x7f]{_SPACE}|{_SPACE}[^\x00-\x7f]|[{''.join(map(chr, HALF_WIDTH))}]"
_PLAIN_NUMBER = r"^[+-]?\d{1,12}(?:\.\d{1,12})?$"


def matching(cells: pd.Series, pattern: str) -> pd.Series:
    """In which cells of a column of texts a pattern, in the syntax of RE2, is found; in a missing one it is not.

    Some thirty times as fast as the regular expressions of Python.
    """
    found = pc.fill_null(pc.match_substring_regex(pa.array(cells), pattern), False)
    return pd.Series(found.to_numpy(zero_copy_only=False), index=cells.index)


def _text(cells: pd.Series, context: Context) -> pd.Series:
    if cells.dtype != "str":
        return pd.Series(None, index=cells.index, dtype="str")
    text = cells.str.strip()
    odd = matching(text, _ODD if context.column.prose else f"{_ODD}|{_ODD_NAME}")
    odd |= (text == "") | (text.str.len() > LONGEST_TEXT).fillna(False)
    return text.mask(odd) if odd.any() else text


def _moment(cells: pd.Series, _: Context) -> pd.Series:
    if cells.dtype == "str":
        values = _moments_of_texts(cells)
    elif pd.api.types.infer_dtype(cells, skipna=True) in ("datetime", "date"):
        # Excel keeps a time as a fraction of a day, which comes back a little off the second.
        values = (pd.to_datetime(cells, errors="coerce") + pd.Timedelta(milliseconds=500)).dt.floor("s")
    else:
        values = pd.Series(pd.NaT, index=cells.index)
    values = values.astype("datetime64[us]")
    return values.where((values >= FIRST) & (values < LAST))


def _moments_of_texts(cells: pd.Series) -> pd.Series:
    """Moments in each of the usual formats that the first text left over is written in."""
    if bool((matching(cells, _ISO_MOMENT) | cells.isna()).all()):
        try:
            moments = pc.cast(pa.array(cells), pa.timestamp("us"))
            return pd.Series(moments.to_numpy(zero_copy_only=False), index=cells.index)
        except pa.ArrowInvalid:
            pass  # one is a day that the calendar does not have
    values = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    left = cells.dropna()
    while form := _common_format(left):
        found = pd.to_datetime(left, format=form, errors="coerce").astype("datetime64[us]")
        values[found.index] = found
        left = left[found.isna()]
    return values


def _common_format(cells: pd.Series) -> str | None:
    first = cells.head(1)
    return next(
        (form for form in _TIME_FORMATS if pd.to_datetime(first, format=form, errors="coerce").notna().any()), None
    )


def _date(cells: pd.Series, context: Context) -> pd.Series:
    days: pd.Series = _moment(cells, context).dt.normalize()
    return days


def _number(cells: pd.Series) -> pd.Series:
    """Plain numbers, missing for all else."""
    if cells.dtype == "str":
        plain = matching(cells, _PLAIN_NUMBER)
        values = pc.cast(pa.array(cells if plain.all() else cells.where(plain)), pa.float64())
        return pd.Series(values.to_numpy(zero_copy_only=False), index=cells.index)
    if pd.api.types.infer_dtype(cells, skipna=True) not in ("floating", "integer", "mixed-integer-float"):
        return pd.Series(np.nan, index=cells.index)
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def _decimal(cells: pd.Series, context: Context) -> pd.Series:
    values = _number(cells)
    if context.unit is not None:
        return pd.Series(np.nan, index=cells.index)
    # A computed number has digits behind its fifteenth, which Excel does not show.
    return values.where((values == values.round(6)) & (values.abs() < 10**9))


def _measure(cells: pd.Series, context: Context) -> pd.Series:
    kind = context.column.kind
    factor = FACTORS[kind][context.unit or BASE_UNITS[kind]]
    scale = 10 ** DECIMALS[kind]
    values = _number(cells) * (factor.numerator * scale) / factor.denominator
    whole = np.floor(values + 0.5)
    # Next to a half the error of the floating point decides; there the careful reader counts exactly.
    exact = ((values - whole).abs() < 0.499_999) & (values < 10**9)
    measured: pd.Series = (whole / scale).where(exact & (values >= 0) & (whole / scale < LARGEST[kind]))
    return measured


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
