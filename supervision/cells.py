"""One cell to one value: every written form that a kind of column takes, and why not where it takes none."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from supervision.moments import lacks_year, read_moment, read_month
from supervision.quantities import BASE_UNITS, FACTORS, read_quantity, to_cents
from supervision.tables import DEADLINE_WORDS, Column, Kind

EMPTY_WORDS = frozenset({"", "—", "——", "–", "-", "--", "－", "/", "／", "\\", "无"})
"""What people write into a cell that has nothing to say. 无 under 是/否 says no."""

YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "1", "Y", "YES", "TRUE"})
NO = frozenset({"否", "无", "没有", "错", "×", "✗", "✘", "X", "0", "N", "NO", "FALSE"})

NOT_CALCULATED = "#未计算"
"""Stands in a cell whose formula was never calculated, as programs other than Excel write them."""

FAILED_FORMULAS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", NOT_CALCULATED}
)
"""What a cell shows whose formula failed."""

LONGEST_NUMBER = 10**15
"""Excel keeps 15 digits of a number; a longer code in a numeric cell has lost its last ones."""

SCIENTIFIC = r"\d\.?\d*[eE]\+?\d\d+"
"""A long number as Excel writes it into a CSV file."""

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

MARKS = r"^\s*['=]|[\u200b-\u200f\u2060\ufeff]"
"""Where a text may hold a mark that is no content, see `without_marks`."""

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_SEPARATORS = re.compile(r"[、，,；;/\r\n]+")


@dataclass(frozen=True)
class Context:
    """What reading a cell may need beside it: its column, its heading's unit, the year of its surroundings.

    `since_1904` says in which of Excel's two calendars a bare serial number counts.
    """

    column: Column
    unit: str | None
    year: int | None
    since_1904: bool = False


class Unclear(Exception):
    """A cell cannot be taken; `rule` groups such cells, `advice` ends the sentence about it."""

    def __init__(self, rule: str, advice: str) -> None:
        """Name the rule and say what is wrong and what to write instead."""
        super().__init__(advice)
        self.rule = rule
        self.advice = advice


def read_cell(value: object, context: Context) -> object:
    """What a cell means under its column, or None if it says nothing; raises Unclear."""
    kind = context.column.kind
    if isinstance(value, str):
        word = value.strip()
        if word in EMPTY_WORDS and not (kind in ("flag", "count") and word in NO):
            return None
        if word in FAILED_FORMULAS:
            raise Unclear("公式出错", "公式出错或没有算出结果；请在 Excel 中改正公式并保存，或直接填写内容。")
    return _READERS[kind](value, context)


def shown(value: object) -> str:
    """A cell's value as the sender sees it in Excel."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def without_marks(text: str) -> str:
    """A text without what only keeps Excel from changing it: '001, ="001", invisible characters."""
    text = _INVISIBLE.sub("", text)
    bare = text.strip()
    if found := _QUOTED_FORMULA.fullmatch(bare):
        return found[1]
    return bare[1:] if bare.startswith("'") and not bare.endswith("'") else text


def _text(value: object, context: Context) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONGEST_NUMBER:
        raise Unclear("数字过长", "数字超过 15 位，Excel 已丢掉末尾几位；请把单元格设为文本格式，重新填写完整编码。")
    if isinstance(value, date | time | timedelta) and context.column.required:
        raise Unclear("变成日期", "是日期，而这里要写文字，多半是 Excel 自动改的；请把单元格设为文本格式，重新填写。")
    text = shown(value).strip()
    if re.fullmatch(SCIENTIFIC, text):
        raise Unclear("数字过长", "是科学计数法，末尾几位已丢失；请从来源重新导出，把这一列存为文本。")
    return text


def _moment(value: object, context: Context) -> datetime:
    found = read_moment(value, context.year)
    if found is None:
        if context.year is None and lacks_year(value):
            raise Unclear("日期缺年份", "没有年份；请写成 2017-10-23 这样的完整日期，或在标题里写明年份。")
        raise Unclear("不是日期", "不是日期；请写成 2017-10-23，需要时间时写成 2017-10-23 08:30。")
    return found


def _date(value: object, context: Context) -> datetime:
    return datetime.combine(_moment(value, context).date(), datetime.min.time())


def _month(value: object, _: Context) -> datetime:
    found = read_month(value)
    if found is None:
        raise Unclear("不是月份", "不是月份；请写成 2017-09 或 2017年9月。")
    return found


def _deadline(value: object, context: Context) -> str:
    word = unicodedata.normalize("NFKC", shown(value)).strip()
    if word in DEADLINE_WORDS:
        return word
    try:
        return _date(value, context).date().isoformat()
    except Unclear as unclear:
        if unclear.rule == "日期缺年份":
            raise
        raise Unclear("不是日期", f"不是日期；请写成 2017-10-31，或写 {'、'.join(DEADLINE_WORDS)}。") from unclear


def _decimal(value: object, context: Context) -> float:
    return float(_quantity(value, context, "不是数；请只写数字，如 3.5。"))


def _measure(value: object, context: Context) -> float:
    kind = context.column.kind
    units = "、".join(FACTORS[kind])
    found = _quantity(value, context, f"读不出多少{BASE_UNITS[kind]}；请只写数字，或写明单位（{units}）。")
    return round(float(found), DECIMALS[kind])


def _money(value: object, context: Context) -> Decimal:
    return to_cents(_quantity(value, context, "不是金额；请只写数字，或写明单位，如 20000、2万元。"))


def _integer(value: object, context: Context) -> int:
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


def _flag(value: object, _: Context) -> bool:
    word = unicodedata.normalize("NFKC", shown(value)).strip().upper()
    if word in YES or word in NO:
        return word in YES
    raise Unclear("不是是否", "看不出是或否；请写 是 或 否。")


def _count(value: object, context: Context) -> int:
    try:
        return int(_flag(value, context))
    except Unclear:
        return _integer(value, context)


def _choice(value: object, context: Context) -> str:
    choices = context.column.choices
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(value)))
    without_brackets = re.sub(r"\(.*?\)", "", written)
    for form in (written, without_brackets):
        if form in choices:
            return form
    raise Unclear("不在选项中", f"不在可选的范围内；请写其中之一：{'、'.join(choices)}。")


def _many(value: object, context: Context) -> list[str] | None:
    parts = (part.strip() for part in _SEPARATORS.split(_text(value, context)))
    return list(dict.fromkeys(part for part in parts if part not in EMPTY_WORDS)) or None


_READERS: dict[Kind, Callable[[object, Context], object]] = {
    "text": _text,
    "unit": _text,
    "integer": _integer,
    "count": _count,
    "decimal": _decimal,
    "money": _money,
    "minutes": _measure,
    "km": _measure,
    "date": _date,
    "month": _month,
    "moment": _moment,
    "flag": _flag,
    "deadline": _deadline,
    "choice": _choice,
    "many": _many,
}
