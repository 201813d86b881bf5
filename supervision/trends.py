"""Figures over the periods of a trend: the series of a metric, and how long it has been rising or falling."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd


def series(trend: pd.DataFrame, metric: str, column: str = "value") -> list[float]:
    """A metric's figures over the periods of a trend (columns end, metric, …), oldest first, NaN where it has none."""
    ends, mine = trend["end"].to_numpy(), (trend["metric"] == metric).to_numpy()
    known = dict(zip(ends[mine][::-1], trend[column].to_numpy()[mine][::-1], strict=True))  # of one end the first row
    return floats(known.get(end) for end in np.unique(ends))


def counts(trend: pd.DataFrame, metric: str, column: str = "value") -> list[float]:
    """The same of a count, which is 0 where nobody has any."""
    return [0.0 if pd.isna(value) else value for value in series(trend, metric, column)] or [0.0]


def floats(values: Iterable[Any]) -> list[float]:
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
