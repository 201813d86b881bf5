"""One cell to one value: every written form that a kind of column takes, and why not where it takes none."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from supervision.intake.amounts import read_decimal, read_integer, read_measure, read_money
from supervision.intake.context import SCIENTIFIC, Context, Unclear, spoilt
from supervision.intake.moments import (
    lacks_century,
    lacks_year,
    last_day_named,
    names_a_day,
    read_moment,
    read_month,
)
from supervision.intake.water_classes import read_water_class
from supervision.tables import DEADLINE_WORDS, Kind

EMPTY_WORDS = frozenset(
    {
        "",
        "—",
        "——",
        "–",
        "-",
        "--",
        "－",
        "/",
        "／",
        "\\",
        "无",
        "空",
        "空白",
        "暂无",
        "未填",
        "n/a",
        "na",
        "null",
        "none",
    }
)
"""What people write, in letters of either case, into a cell that has nothing to say. 无 under 是/否 says no."""

YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "✅", "1", "Y", "YES", "TRUE"})
NO = frozenset({"否", "无", "没有", "错", "×", "✗", "✘", "☒", "❌", "X", "0", "N", "NO", "FALSE"})

SAME_DEADLINES = {"即知即改": "立行立改", "立整立改": "立行立改", "长期坚持整改": "长期坚持"}
"""Other words for a deadline that is a word. Any further one is refused: 立即整改 may have a day."""

LONGEST_TEXT = 10_000
"""A text of more characters is no cell of a table but a document pasted into one."""

NOT_CALCULATED = "#未计算"
"""Stands in a cell whose formula was never calculated, as programs other than Excel write them."""

FAILED_FORMULAS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", NOT_CALCULATED}
)
"""What a cell shows whose formula failed."""

LONGEST_NUMBER = 10**15
"""Excel keeps 15 digits of a number; a longer code in a numeric cell has lost its last ones."""

# Spelt as characters, as Python and RE2 have no escape in common for them.
_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
MARKS = rf"^\s*['=]|[{_UNSEEN}]"
"""Where a text may hold a mark that is no content, see `without_marks`."""

_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
HALF_WIDTH = {code: code - 0xFEE0 for code in map(ord, "－＿．／＃＋０１２３４５６７８９")} | {
    code: code - 0xFEE0 for first in "Ａａ" for code in range(ord(first), ord(first) + 26)
}
"""Full-width digits, letters and the signs of codes to their usual forms; brackets in names stay as they are."""

_SEPARATORS = re.compile(r"[、，,；;/\r\n]+")
_NEEDLESS_SPACE = re.compile(r"\s*[\r\n]\s*|(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def read_cell(value: object, context: Context) -> object:
    """What a cell means under its column, or None if it says nothing; raises Unclear."""
    kind = context.column.kind
    if isinstance(value, str):
        value = without_marks(value)
        word = value.strip()
        if word.lower() in EMPTY_WORDS and not (kind in ("flag", "count") and word in NO):
            return None
        if word in FAILED_FORMULAS:
            raise Unclear("公式出错", "公式出错或没有算出结果；请在 Excel 中改正公式并保存，或直接填写内容。")
        if len(word) > LONGEST_TEXT:
            raise Unclear(
                "内容过长", f"有 {len(word):,} 个字，一格最多 {LONGEST_TEXT:,} 个字；请只留要点，全文另存文件。"
            )
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
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def without_marks(text: str) -> str:
    """A text without what only keeps Excel from changing it: '001, ="001", invisible and control characters."""
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
        raise spoilt()
    return text if context.column.prose else _name_or_code(text)


def _name_or_code(text: str) -> str:
    """A name or a code in one form: no space that only sets it (张　三), no line break, ＷＴ１ as WT1."""
    return _NEEDLESS_SPACE.sub("", text.strip()).translate(HALF_WIDTH)


def _moment(value: object, context: Context) -> datetime:
    found = read_moment(value, context.year, since_1904=context.since_1904)
    if found is None:
        if context.year is None and lacks_year(value):
            raise Unclear("日期缺年份", "没有年份；请写成 2017-10-23 这样的完整日期，或在标题里写明年份。")
        if lacks_century(value):
            raise Unclear("年份不全", "年份只有两位；请写成 2017-10-23 这样的完整日期。")
        if names_a_day(value):
            raise Unclear("不是日期", "日历上没有这一天或这个时刻，或年份不在 1990–2100；请核对年月日和时间。")
        raise Unclear("不是日期", "不是日期；请写成 2017-10-23，需要时间时写成 2017-10-23 08:30。")
    return found


def _date(value: object, context: Context) -> datetime:
    return datetime.combine(_moment(value, context).date(), datetime.min.time())


def _month(value: object, context: Context) -> datetime:
    found = read_month(value, since_1904=context.since_1904)
    if found is None:
        raise Unclear("不是月份", "不是月份；请写成 2017-09 或 2017年9月。")
    return found


def _deadline(value: object, context: Context) -> str:
    word = deadline_word(value)
    word = SAME_DEADLINES.get(word, word)
    if word in DEADLINE_WORDS:
        return word
    last = last_day_named(word, context.year)
    if last is not None:
        return last.isoformat()
    try:
        return _date(value, context).date().isoformat()
    except Unclear as unclear:
        if unclear.rule != "不是日期" or names_a_day(value):
            raise
        raise Unclear("不是日期", f"不是日期；请写成 2017-10-31，或写 {'、'.join(DEADLINE_WORDS)}。") from unclear


def deadline_word(value: object) -> str:
    """The text of a deadline without space around it."""
    return unicodedata.normalize("NFKC", without_marks(shown(value))).strip()


def _flag(value: object, _: Context) -> bool:
    word = unicodedata.normalize("NFKC", shown(value)).strip().upper()
    if word in YES or word in NO:
        return word in YES
    raise Unclear("不是是否", "看不出是或否；请写 是 或 否。")


def _count(value: object, context: Context) -> int:
    try:
        return int(_flag(value, context))
    except Unclear:
        return read_integer(value, context)


def _choice(value: object, context: Context) -> str:
    choices = context.column.choices
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(value)))
    bare = re.sub(r"\(.*?\)", "", written).removesuffix("河长")
    for form in (written, bare, f"{bare}级", f"已{bare}"):  # 村级河长 and 村 for 村级, 封堵 for 已封堵
        if form in choices:
            return form
    raise Unclear("不在选项中", f"不在可选的范围内；请写其中之一：{'、'.join(choices)}。")


def _many(value: object, context: Context) -> list[str] | None:
    written = value if isinstance(value, str) else _text(value, context)
    parts = map(_name_or_code, _SEPARATORS.split(written))
    return list(dict.fromkeys(part for part in parts if part.lower() not in EMPTY_WORDS)) or None


_READERS: dict[Kind, Callable[[object, Context], object]] = {
    "text": _text,
    "unit": _text,
    "integer": read_integer,
    "count": _count,
    "decimal": read_decimal,
    "money": read_money,
    "minutes": read_measure,
    "km": read_measure,
    "date": _date,
    "month": _month,
    "moment": _moment,
    "flag": _flag,
    "deadline": _deadline,
    "choice": _choice,
    "many": _many,
    "water_class": read_water_class,
}
