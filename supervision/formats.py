"""Figures, days and movements as they are printed; a missing value is a dash, never 0 or 100 %."""

from datetime import date
from typing import SupportsFloat

import pandas as pd

from supervision.periods import day_name

Value = SupportsFloat | None
MISSING = "—"
MINUS = "\u2212"
STEP = "▲", "▼"
HOURS_UP_TO = 48
"""So long and longer is told in days."""


def number(value: Value, decimals: int = 0) -> str:
    """A count or amount with thousands separated: 8,421."""
    return MISSING if _missing(value) else _signed(f"{_float(value):,.{decimals}f}")


def amount(value: Value) -> str:
    """A quantity with as many decimals, up to two, as it has: 21, 4.1."""
    if _missing(value):
        return MISSING
    return next(text for decimals in (0, 1, 2) if _is_exact(text := number(value, decimals), value) or decimals == 2)


def rate(value: Value) -> str:
    """A share of 0–1 as 86.2 %."""
    return MISSING if _missing(value) else f"{number(100 * _float(value), 1)} %"


def share_in_full(value: Value) -> str:
    """A share of 0–1 as published bulletins print it, with two decimals and closed up: 34.96%."""
    return MISSING if _missing(value) else f"{number(100 * _float(value), 2)}%"


def share_line(value: Value) -> str:
    """A line that a share is held against, with as many decimals as it has: 5%, 37.5%."""
    return MISSING if _missing(value) else f"{amount(100 * _float(value))}%"


def fraction(numerator: Value, denominator: Value) -> str:
    """The n beside a rate: 412／418; a dash when there is nothing to divide by."""
    if _missing(denominator) or not _float(denominator):
        return MISSING
    return f"{number(numerator)}／{number(denominator)}"


def wan(yuan: Value) -> str:
    """Yuan in 万元 with one decimal."""
    return MISSING if _missing(yuan) else number(_float(yuan) / 10_000, 1)


def plus(value: Value, decimals: int = 1) -> str:
    """A change with its sign: +1.8, −5.2."""
    if _missing(value):
        return MISSING
    text = number(value, decimals)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def volume_change(share: Value) -> str:
    """The change of a volume as +11 %."""
    return MISSING if _missing(share) else f"{plus(100 * _float(share), 0)} %"


def day(value: date | None, year: int | None = None) -> str:
    """A day as 10月23日, with its year when that is not `year`."""
    if _missing(value) or value is None:
        return MISSING
    return day_name(value) if year is None or value.year == year else f"{value.year}年{day_name(value)}"


def in_days(value: Value) -> str:
    """A length of time in days, with one decimal only where it has one: 3 天, 0.4 天; less than that as 不到 0.1 天."""
    if _missing(value):
        return MISSING
    if 0 < _float(value) < 0.05:
        return "不到 0.1 天"
    return f"{number(value, 1).removesuffix('.0')} 天"


def hours(value: Value) -> str:
    """A length of time in hours: 3.7 小时, from two days on 5 天."""
    if _missing(value):
        return MISSING
    return (
        in_days(_float(value) / 24) if _float(value) >= HOURS_UP_TO else f"{number(value, 1).removesuffix('.0')} 小时"
    )


def places(low: Value, high: Value) -> str:
    """A range of ranks: 2–3, or 1 when it is one place."""
    if _missing(low) or _missing(high):
        return MISSING
    return number(low) if _float(low) == _float(high) else f"{number(low)}–{number(high)}"


def change(now: Value, before: Value, before_name: str, *, unit: str, words: tuple[str, str], decimals: int = 0) -> str:
    """A change in words, such as ▲ 比上周多 9 件; `words` say more and less, `unit` follows the figure."""
    if _missing(now) or _missing(before):
        return f"{before_name}无可比数据"
    difference = round(_float(now) - _float(before), decimals)
    if not difference:
        return f"与{before_name}持平"
    up = difference > 0
    return f"{STEP[not up]} 比{before_name}{words[not up]} {number(abs(difference), decimals)} {unit}"


def rate_change(now: Value, before: Value, before_name: str) -> str:
    """The change of a share of 0–1: ▼ 比上周低 3.1 个百分点."""
    hundred = [value if _missing(value) else 100 * _float(value) for value in (now, before)]
    return change(hundred[0], hundred[1], before_name, unit="个百分点", words=("高", "低"), decimals=1)


def share_change(now: Value, before: Value, before_name: str) -> str:
    """The relative change of a volume: ▲ 比上月多 4.6 %."""
    if _missing(now) or _missing(before) or not _float(before):
        return f"{before_name}无可比数据"
    return change(100 * _float(now) / _float(before), 100, before_name, unit="%", words=("多", "少"), decimals=1)


def _is_exact(text: str, value: Value) -> bool:
    return abs(float(text.replace(",", "").replace(MINUS, "-")) - _float(value)) < 1e-9


def _missing(value: object) -> bool:
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


def _float(value: Value) -> float:
    assert value is not None
    return float(value)


def _signed(text: str) -> str:
    """With a true minus, and no minus before a zero that rounding made."""
    bare = text.removeprefix("-")
    return text if bare == text else f"{MINUS}{bare}" if bare.strip("0.,") else bare
