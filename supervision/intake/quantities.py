"""Numbers, money, times and distances as people write them, brought to one unit exactly."""

import re
from datetime import time, timedelta
from decimal import Decimal
from fractions import Fraction

from supervision.intake.numerals import in_figures
from supervision.tables import Kind

COUNTED = ("个", "起", "次", "件", "人", "人次", "车次", "台次", "辆", "张", "条", "项", "名", "宗", "份", "处")

FACTORS: dict[Kind, dict[str, Fraction]] = {
    "money": {
        "元": Fraction(1),
        "千元": Fraction(1_000),
        "万元": Fraction(10_000),
        "万": Fraction(10_000),
        "亿元": Fraction(100_000_000),
        "亿": Fraction(100_000_000),
    },
    "minutes": {
        "分钟": Fraction(1),
        "分": Fraction(1),
        "min": Fraction(1),
        "'": Fraction(1),
        "秒": Fraction(1, 60),
        "秒钟": Fraction(1, 60),
        "s": Fraction(1, 60),
        "小时": Fraction(60),
        "时": Fraction(60),
        "h": Fraction(60),
    },
    "km": {
        "公里": Fraction(1),
        "千米": Fraction(1),
        "km": Fraction(1),
        "米": Fraction(1, 1_000),
        "m": Fraction(1, 1_000),
    },
    "integer": {word: Fraction(1) for word in COUNTED} | {f"万{word}": Fraction(10_000) for word in ("", *COUNTED)},
    "decimal": {"%": Fraction(1, 100), "万": Fraction(10_000), "亿": Fraction(100_000_000)},
}
FACTORS["count"] = FACTORS["integer"]
"""What a unit in a heading or a cell is worth in the unit in which the kind is kept."""

BASE_UNITS: dict[Kind, str] = {"money": "元", "minutes": "分钟", "km": "公里"}
"""The unit in which a measured kind is kept, and which is assumed where none is written."""

ESTIMATED: frozenset[Kind] = frozenset({"minutes", "km"})
"""Kinds that are estimated in the field, so that about so much (约) is taken as so much."""

_NUMBER = re.compile(
    r"(?:人民币)?¥?(?P<number>[+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,3})?)(?P<unit>\D*)"
)
_PARTS = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)(?:小时|时|h))?(?:零?(?P<minutes>\d+(?:\.\d+)?)(?:分钟|分|min|'))?"
    r"(?:零?(?P<seconds>\d+(?:\.\d+)?)(?:秒钟|秒|s|\"))?"
)
_CLOCK = re.compile(r"(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)")
_HALF_HOURS = (("个半小时", ".5小时"), ("半个小时", "0.5小时"), ("半小时", "0.5小时"), ("个小时", "小时"))
_ABOUT = re.compile(r"(?:大约|大概|约)(?P<before>.+)|(?P<behind>.+?)左右")
_BOUND = re.compile(r"余|多|以上|以下|以内|之内|不足|不到|不超|超过|近|几|数[十百千]|至少|最多|[>≥<≤]")
_SIGNS = str.maketrans({"′": "'", "’": "'", "‘": "'", "″": '"', "”": '"', "“": '"'})


def read_quantity(value: object, kind: Kind, unit: str | None = None) -> Fraction | None:
    """What a cell amounts to in the kind's own unit (yuan, minutes, km, or as such), or None.

    `unit` is the heading's; a unit written in the cell goes before it. The result is exact:
    14,229.19 under 万元 is 142291900. About so much is taken as so much where the kind is `ESTIMATED`.
    None for what is no number or has an unknown unit.
    """
    if isinstance(value, bool):
        return None
    factors = FACTORS[kind]
    if kind in ESTIMATED and is_about(value):
        value = _without_about(value)
    if kind == "minutes" and (length := _length_of_time(value)) is not None:
        return length
    found = _NUMBER.fullmatch(_plain(value))
    if found is None:
        return None
    written = found["unit"].removesuffix("整")
    factor = factors.get(written or unit or "", None if written else Fraction(1))
    return None if factor is None else Fraction(re.sub("[, ]", "", found["number"])) * factor


def is_bare(value: object) -> bool:
    """Whether a cell holds a number without a unit, so that the heading's or the usual one is assumed."""
    found = _NUMBER.fullmatch(_plain(_without_about(value)))
    return found is not None and not found["unit"]


def is_about(value: object) -> bool:
    """Whether a cell says about so much: 约3公里, 20分钟左右."""
    return isinstance(value, str) and _ABOUT.fullmatch(value.strip()) is not None


def is_percentage(value: object) -> bool:
    """Whether a cell holds a number of percent."""
    found = _NUMBER.fullmatch(_plain(value))
    return found is not None and found["unit"] == "%"


def is_bounded(value: object) -> bool:
    """Whether a cell only bounds a number or leaves it open: 20余, 3公里以上, 不足1小时."""
    return isinstance(value, str) and _BOUND.search(value) is not None


def rounded(number: Fraction, decimals: int) -> Decimal:
    """A number with so many decimals, half of the last one rounded up."""
    return Decimal((number * 2 * 10**decimals + 1) // 2).scaleb(-decimals)


def _length_of_time(value: object) -> Fraction | None:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return Fraction(round(value.total_seconds()), 60)
    text = _plain(value)
    for written, meant in _HALF_HOURS:
        text = text.replace(written, meant)
    found = _CLOCK.fullmatch(text) or _PARTS.fullmatch(text)
    if found is None or not text:
        return None
    hours, minutes, seconds = (Fraction(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    return hours * 60 + minutes + seconds / 60


def _without_about(value: object) -> object:
    found = _ABOUT.fullmatch(value.strip()) if isinstance(value, str) else None
    return value if found is None else found["before"] or found["behind"]


def _plain(value: object) -> str:
    """The number in figures and its unit without needless space; what is no plain number reads as nothing.

    A computed 0.1 + 0.2 is 0.3, as Excel shows it. A space between figures stays: 3 5 is not 35.
    """
    if isinstance(value, float):
        return f"{value:.15g}"
    text = re.sub(r"\s+", " ", str(value)).strip()
    return re.sub(r"(?<!\d) | (?!\d)", "", in_figures(text.translate(_SIGNS)) or "").lower()
