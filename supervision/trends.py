"""Figures over the periods of a trend: the series of a metric, and how long it has been rising or falling."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd


def series(trend: pd.DataFrame, metric: str, column: str = "value") -> list[float]:
    """A metric's figures over the periods of a trend (columns end, metric, …), oldest first, NaN where it has none."""
    known = trend[trend["metric"] == metric].drop_duplicates("end").set_index("end")[column]
    return floats(known.reindex(trend["end"].drop_duplicates().sort_values()))


def counts(trend: pd.DataFrame, metric: str, column: str = "value") -> list[float]:
    """The same of a count, which is 0 where nobody has any."""
    return [0.0 if pd.isna(value) else value for value in series(trend, metric, column)] or [0.0]


def floats(values: "pd.Series[Any]") -> list[float]:
    """Plain floats, NaN for what is missing."""
    return [float("nan") if pd.isna(value) else float(value) for value in values]


def streak(values: Sequence[float]) -> int:
    """How many times in a row the figures rose (positive) or fell (negative) up to the last one."""
    steps = [round(after - before, 3) for before, after in pairwise(values)]
    count = 0
    for step in reversed(steps):
        if not step or pd.isna(step) or (count and (step > 0) != (count > 0)):
            break
        count += 1 if step > 0 else -1
    return count
