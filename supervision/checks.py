"""Checks across the columns of a row, table by table: a further check is a further entry in `CHECKS`."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Check:
    """A rule that a row breaks: the column to which it is put down, and the advice."""

    rule: str
    column: str
    advice: str
    breaks: Callable[[pd.DataFrame], pd.Series]
    """Which rows break the rule; asked only of sheets that have all of `needs`."""
    needs: tuple[str, ...]


CHECKS: dict[str, tuple[Check, ...]] = {
    "patrols": (
        Check(
            "结束早于开始",
            "ended_at",
            "早于开始时间；请核对两个时间。",
            lambda rows: rows["ended_at"] < rows["started_at"],
            needs=("started_at", "ended_at"),
        ),
    ),
    "problems": (
        Check(
            "整改完成早于发现",
            "done_on",
            "早于发现日期；请核对两个日期。",
            lambda rows: rows["done_on"] < rows["found_on"],
            needs=("found_on", "done_on"),
        ),
    ),
}
