"""Numbers, money, times and distances as people write them, brought to one unit exactly."""

import re
import unicodedata
from datetime import time, timedelta
from decimal import Decimal
from fractions import Fraction

from supervision.tables import Kind

COUNTED = ("个", "起", "次", "件", "人", "人次", "车次", "台次", "辆", "张", "条", "项", "名", "宗", "份", "处")

FACTORS: dict[Kind, dict[str, Fraction]] = {
    "money": {
        "元": Fraction(1),
        "千元": Fraction(1_000),
        "万元": Fraction(10_000),
        "万": Fraction(10_000),
        "亿元": Fraction(100_000_000),
    },
    "minutes": {
        "分钟": Fraction(1),
        "分": Fraction(1),
        "min": Fraction(1),
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
    "decimal": {},
}
FACTORS["count"] = FACTORS["integer"]
"""What a unit in a heading or a cell is worth in the unit in which the kind is kept."""

BASE_UNITS: dict[Kind, str] = {"money": "元", "minutes": "分钟", "km": "公里"}
"""The unit in which a measured kind is kept, and which is assumed where none is written."""

_NUMBER = re.compile(r"¥?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,2})?)(?P<unit>\D*)")
_PARTS = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)(?:小时|时|h))?(?:(?P<minutes>\d+(?:\.\d+)?)(?:分钟|分|min))?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)(?:秒钟|秒|s))?"
)
_CLOCK = re.compile(r"(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)")


def read_quantity(value: object, kind: Kind, unit: str | None = None) -> Fraction | None:
    """What a cell amounts to in the kind's own unit (yuan, minutes, km, or as such), or None.

    `unit` is the heading's; a unit written in the cell goes before it. The result is exact:
    14,229.19 under 万元 is 142291900. None for what is no number or has an unknown unit.
    """
    if isinstance(value, bool):
        return None
    factors = FACTORS[kind]
    if kind == "minutes" and (length := _length_of_time(value)) is not None:
        return length
    found = _NUMBER.fullmatch(_plain(value))
    if found is None:
        return None
    written = found["unit"].removesuffix("整")
    factor = factors.get(written or unit or "", None if written else Fraction(1))
    return None if factor is None else Fraction(found["number"].replace(",", "")) * factor


def is_bare(value: object) -> bool:
    """Whether a cell holds a number without a unit, so that the heading's or the usual one is assumed."""
    found = _NUMBER.fullmatch(_plain(value))
    return found is not None and not found["unit"]


def to_cents(yuan: Fraction) -> Decimal:
    """An amount with two decimals, half a cent rounded up."""
    return Decimal((yuan * 200 + 1) // 2).scaleb(-2)


def _length_of_time(value: object) -> Fraction | None:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return Fraction(round(value.total_seconds()), 60)
    text = _plain(value)
    found = _CLOCK.fullmatch(text) or _PARTS.fullmatch(text)
    if found is None or not text:
        return None
    hours, minutes, seconds = (Fraction(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    return hours * 60 + minutes + seconds / 60


def _plain(value: object) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))).lower()
