"""Words that several sentences share: towns together, items of the rubric, departments, periods."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from supervision.formats import number
from supervision.metrics import BY_CODE
from supervision.periods import KIND_NAMES, Period

Row = dict[Any, Any]

SUFFIXES = ("满族乡", "回族乡", "民族乡", "街道", "地区", "镇", "乡")
AGES = {"late_over_30": "超 30 天", "late_8_30": "8—30 天", "late_1_7": "1—7 天"}
"""By metric how long what is overdue has been so, the oldest first."""
DIGITS = "零一二三四五六七八九十"
FEW = 5
"""Of fewer a rate says little: it is printed pale, marked, or left out."""
TELLING = 0.2
"""From this share of a change on, one item is the reason for it."""


def department_name(name: str) -> str:
    """A department as a title names it: 区水务局 as 水务局."""
    return name.removeprefix("区") if len(name) > 2 else name


def by_town(counts: pd.DataFrame, column: str, unit: str = "件") -> str:
    """The three towns with most, and the rest in one figure."""
    some = counts[counts[column] > 0].sort_values(column, ascending=False, kind="stable")
    named = "、".join(f"{town} {number(count)} {unit}" for town, count in some[["town", column]].head(3).to_numpy())
    rest = some[column].iloc[3:].sum()
    return named + (f"，其余 {len(some) - 3} 个 {number(rest)} {unit}" if rest else "")


def listed(names: Sequence[str], unit: str = "个") -> str:
    """The first two by name, and how many there are when there are more."""
    return "、".join(names[:2]) + (f"等 {len(names)} {unit}" if len(names) > 2 else "")


def together(names: Sequence[str]) -> str:
    """Towns of one kind as 宝山、桥梓两镇, others in full."""
    endings = {next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "") for name in names}
    if len(names) == 1 or len(endings) > 1 or endings == {""}:
        return "、".join(names)
    (ending,) = endings
    bare = "、".join(name.removesuffix(ending) for name in names)
    return f"{bare}{'两' if len(names) == 2 else DIGITS[len(names)]}{ending}"


def item_name(metric: str) -> str:
    """A metric as an item of the rubric is called: 巡河完成 for 巡河完成率."""
    return BY_CODE[metric].name.removesuffix("率") if metric in BY_CODE else metric


def is_deducted(metric: str) -> bool:
    """Whether points are taken off for each case of it, so that gaining points means losing fewer."""
    return metric in BY_CODE and not BY_CODE[metric].is_rate and BY_CODE[metric].better == "down"


def explains(town: Row) -> bool:
    """Whether the item that moved a town's score most makes up enough of the move to be given as its reason.

    It need not: an item that counts in one of the two periods only moves the score by its weight.
    """
    moved = town["moved_points"]
    return pd.notna(town["moved_by"]) and pd.notna(moved) and abs(moved) >= TELLING * abs(town["score_change"])


def when(period: Period) -> str:
    """A period inside a sentence: 10 月, 本周."""
    return f"{period.start.month} 月" if period.kind == "month" else period.name


def periods_name(period: Period) -> str:
    """What periods of its kind are counted in: 周, 个月, 期."""
    return {"month": "个月", "quarter": "个季度", "free": "期"}.get(period.kind, KIND_NAMES[period.kind])
