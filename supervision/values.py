"""Cells to values: what a column's kind makes of what is written, and why not where it cannot.

A column is parsed in two steps. The common form is read for the whole column at once; what that
leaves over goes, each distinct value once, to a careful reader that knows every written form.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from supervision.moments import FIRST, LAST, lacks_year, read_moment, read_month
from supervision.quantities import BASE_UNITS, FACTORS, is_bare, read_quantity, to_cents
from supervision.tables import DEADLINE_WORDS, Column, Kind

EMPTY_WORDS = frozenset({"", "—", "——", "–", "-", "--", "－", "/", "／", "\\", "无"})
"""What people write into a cell that has nothing to say. 无 under 是/否 says no."""

YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "1", "Y", "YES", "TRUE"})
NO = frozenset({"否", "无", "没有", "错", "×", "✗", "✘", "X", "0", "N", "NO", "FALSE"})

EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
"""What Excel shows in a cell whose formula failed."""

LONGEST_NUMBER = 10**15
"""Excel keeps 15 digits of a number; a longer code in a numeric cell has lost its last ones."""

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

DECIMALS: dict[Kind, int] = {"minutes": 2, "km": 3}
"""Decimals that the warehouse keeps, so that a value read again is the value stored."""

LARGEST: dict[Kind, int] = {
    "integer": 10**15,
    "count": 10**15,
    "decimal": 10**15,
    "money": 10**13,
    "minutes": 10**9,
    "km": 10**8,
}
"""From here on a number is refused: no column means so much, and the warehouse could not keep it."""

_SEPARATORS = re.compile(r"[、，,；;/\r\n]+")
_SCIENTIFIC = r"\d\.?\d*[eE]\+?\d\d+"
_TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日",
)


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


@dataclass(frozen=True)
class Context:
    """What a careful reader may have to know beside the cell."""

    column: Column
    unit: str | None
    year: int | None


class Unclear(Exception):
    """A cell cannot be taken; `rule` groups such cells, `advice` ends the sentence about it."""

    def __init__(self, rule: str, advice: str) -> None:
        """Name the rule and say what is wrong and what to write instead."""
        super().__init__(advice)
        self.rule = rule
        self.advice = advice


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
    cells = _as_text_where_all_text(cells)
    if column.kind in _FAST:
        values = _FAST[column.kind](cells, context).astype(dtype)
    else:
        values = pd.Series(np.full(len(cells), None), index=cells.index).astype(dtype)
    left = cells[cells.notna() & values.isna()]
    failures: list[Failure] = []
    if not left.empty:
        read, failures = _read_carefully(left, context, heading)
        values[left.index] = read.astype(dtype)
    return Parsed(values, failures, _assumptions(cells, left, context, heading))


def shown(value: object) -> str:
    """A cell's value as the sender sees it in Excel."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def complaint(heading: str, value: str, advice: str) -> str:
    """The sentence about a cell."""
    return f"「{heading}」写的是“{value}”，{advice}"


def _as_text_where_all_text(cells: pd.Series) -> pd.Series:
    if cells.dtype == "object" and pd.api.types.infer_dtype(cells, skipna=True) in ("string", "empty"):
        return cells.astype("str")
    return cells


def _read_carefully(cells: pd.Series, context: Context, heading: str) -> tuple[pd.Series, list[Failure]]:
    """Read each distinct value once and give every row its result."""
    codes, distinct = _distinct(cells)
    results = np.empty(len(distinct), dtype=object)
    unclear: dict[int, tuple[str, str, str]] = {}
    for code, value in enumerate(distinct):
        try:
            results[code] = (
                None if _says_nothing(value, context.column.kind) else _CAREFUL[context.column.kind](value, context)
            )
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


def _says_nothing(value: object, kind: Kind) -> bool:
    words = EMPTY_WORDS - NO if kind in ("flag", "count") else EMPTY_WORDS
    return isinstance(value, str) and value.strip() in words


def _assumptions(cells: pd.Series, left: pd.Series, context: Context, heading: str) -> list[str]:
    column, unit, year = context.column, context.unit, context.year
    notes = []
    base = BASE_UNITS.get(column.kind)
    if unit is not None and base is not None and FACTORS[column.kind][unit] != 1:
        notes.append(f"「{heading}」按{unit}换算成{base}。")
    elif unit is None and base is not None and (len(left) < cells.count() or any(map(is_bare, left))):
        notes.append(f"「{heading}」没有写单位，按{base}计。")
    if year is not None and column.kind in ("date", "moment", "deadline") and any(map(lacks_year, left.unique())):
        notes.append(f"「{heading}」里没有年份的日期按 {year} 年计，年份取自标题、表名或文件名。")
    return notes


def _fast_text(cells: pd.Series, _: Context) -> pd.Series:
    if cells.dtype != "str":
        return pd.Series(None, index=cells.index, dtype="str")
    text = cells.str.strip()
    return text.mask(text.isin(EMPTY_WORDS | EXCEL_ERRORS) | text.str.fullmatch(_SCIENTIFIC).fillna(False))


def _fast_moment(cells: pd.Series, _: Context) -> pd.Series:
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


def _fast_date(cells: pd.Series, context: Context) -> pd.Series:
    days: pd.Series = _fast_moment(cells, context).dt.normalize()
    return days


def _fast_number(cells: pd.Series) -> pd.Series:
    """Plain numbers, missing for all else."""
    if cells.dtype == "str":
        cells = cells.where(cells.str.fullmatch(r"[+-]?\d{1,15}\.?\d{0,15}").fillna(False))
    elif pd.api.types.infer_dtype(cells, skipna=True) not in ("floating", "integer", "mixed-integer-float"):
        return pd.Series(np.nan, index=cells.index)
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def _fast_decimal(cells: pd.Series, _: Context) -> pd.Series:
    return _fast_number(cells)


def _fast_measure(cells: pd.Series, context: Context) -> pd.Series:
    kind = context.column.kind
    factor = FACTORS[kind][context.unit or BASE_UNITS[kind]]
    values = _fast_number(cells) * factor.numerator / factor.denominator
    return values.round(DECIMALS[kind]).where((values >= 0) & (values < LARGEST[kind]))


def _fast_integer(cells: pd.Series, context: Context) -> pd.Series:
    values = _fast_number(cells)
    usual = (values >= 0) & (values < LARGEST["integer"]) & (values == values.round())
    if context.unit is not None and FACTORS["integer"].get(context.unit, 1) != 1:
        usual &= False
    return values.where(usual).astype("Int64")


def _careful_text(value: object, _: Context) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONGEST_NUMBER:
        raise Unclear("数字过长", "数字超过 15 位，Excel 已丢掉末尾几位；请把单元格设为文本格式，重新填写完整编码。")
    text = shown(value).strip()
    if text in EXCEL_ERRORS:
        raise Unclear("公式出错", "是公式算出的错误；请改正公式，或直接填写内容。")
    if re.fullmatch(_SCIENTIFIC, text):
        raise Unclear("数字过长", "是科学计数法，末尾几位已丢失；请从来源重新导出，把这一列存为文本。")
    return text


def _careful_moment(value: object, context: Context) -> datetime:
    found = read_moment(value, context.year)
    if found is None:
        if context.year is None and lacks_year(value):
            raise Unclear("日期缺年份", "没有年份；请写成 2017-10-23 这样的完整日期，或在标题里写明年份。")
        raise Unclear("不是日期", "不是日期；请写成 2017-10-23，需要时间时写成 2017-10-23 08:30。")
    return found


def _careful_date(value: object, context: Context) -> datetime:
    return datetime.combine(_careful_moment(value, context).date(), datetime.min.time())


def _careful_month(value: object, _: Context) -> datetime:
    found = read_month(value)
    if found is None:
        raise Unclear("不是月份", "不是月份；请写成 2017-09 或 2017年9月。")
    return found


def _careful_deadline(value: object, context: Context) -> str:
    word = unicodedata.normalize("NFKC", shown(value)).strip()
    if word in DEADLINE_WORDS:
        return word
    try:
        return _careful_date(value, context).date().isoformat()
    except Unclear as unclear:
        if unclear.rule == "日期缺年份":
            raise
        raise Unclear("不是日期", f"不是日期；请写成 2017-10-31，或写 {'、'.join(DEADLINE_WORDS)}。") from unclear


def _fast_deadline(cells: pd.Series, context: Context) -> pd.Series:
    days: pd.Series = _fast_date(cells, context).dt.strftime("%Y-%m-%d")
    return days


def _careful_decimal(value: object, context: Context) -> float:
    return float(_quantity(value, context, "不是数；请只写数字，如 3.5。"))


def _careful_measure(value: object, context: Context) -> float:
    kind = context.column.kind
    units = "、".join(FACTORS[kind])
    found = _quantity(value, context, f"读不出多少{BASE_UNITS[kind]}；请只写数字，或写明单位（{units}）。")
    return round(float(found), DECIMALS[kind])


def _careful_money(value: object, context: Context) -> Decimal:
    return to_cents(_quantity(value, context, "不是金额；请只写数字，或写明单位，如 20000、2万元。"))


def _careful_integer(value: object, context: Context) -> int:
    found = _quantity(value, context, "不是数；请只写数字，如 3，没有就写 0 或空着。")
    if found.denominator != 1:
        raise Unclear("不是整数", "不是整数；请写整数，如 3。")
    return int(found)


def _quantity(value: object, context: Context, advice: str) -> Fraction:
    kind = context.column.kind
    found = read_quantity(value, kind, context.unit)
    if found is None:
        raise Unclear("不是数", advice)
    if found < 0 and kind != "decimal":
        raise Unclear("不能为负", "不能小于 0；请核对后改正。")
    if abs(found) >= LARGEST[kind]:
        raise Unclear("数值过大", "数值过大；请核对数字和单位。")
    return found


def _careful_flag(value: object, _: Context) -> bool:
    word = unicodedata.normalize("NFKC", shown(value)).strip().upper()
    if word in YES or word in NO:
        return word in YES
    raise Unclear("不是是否", "看不出是或否；请写 是 或 否。")


def _careful_count(value: object, context: Context) -> int:
    try:
        return int(_careful_flag(value, context))
    except Unclear:
        return _careful_integer(value, context)


def _careful_choice(value: object, context: Context) -> str:
    choices = context.column.choices
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(value)))
    without_brackets = re.sub(r"\(.*?\)", "", written)
    for form in (written, without_brackets):
        if form in choices:
            return form
    raise Unclear("不在选项中", f"不在可选的范围内；请写其中之一：{'、'.join(choices)}。")


def _careful_many(value: object, context: Context) -> list[str] | None:
    parts = (part.strip() for part in _SEPARATORS.split(_careful_text(value, context)))
    return list(dict.fromkeys(part for part in parts if part not in EMPTY_WORDS)) or None


_FAST: dict[Kind, Callable[[pd.Series, Context], pd.Series]] = {
    "text": _fast_text,
    "unit": _fast_text,
    "integer": _fast_integer,
    "count": _fast_integer,
    "decimal": _fast_decimal,
    "minutes": _fast_measure,
    "km": _fast_measure,
    "date": _fast_date,
    "moment": _fast_moment,
    "deadline": _fast_deadline,
}

_CAREFUL: dict[Kind, Callable[[object, Context], object]] = {
    "text": _careful_text,
    "unit": _careful_text,
    "integer": _careful_integer,
    "count": _careful_count,
    "decimal": _careful_decimal,
    "money": _careful_money,
    "minutes": _careful_measure,
    "km": _careful_measure,
    "date": _careful_date,
    "month": _careful_month,
    "moment": _careful_moment,
    "flag": _careful_flag,
    "deadline": _careful_deadline,
    "choice": _careful_choice,
    "many": _careful_many,
}
