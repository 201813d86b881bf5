"""The answers about one snapshot for one period, each asked once: what a page, a meeting or a document is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import pandas as pd

from supervision.asking import DISTRICT, Reader, ask
from supervision.formats import day
from supervision.periods import Period
from supervision.warehouse import Snapshot

TREND = 12
"""How many periods a trend goes back."""


class Put(Protocol):
    """A way to put a question to a snapshot: `asking.ask`, or one that remembers."""

    def __call__(
        self,
        snapshot: Snapshot,
        name: str,
        period: Period | None,
        *,
        reader: Reader,
        policy_on: date | None,
        **params: Any,
    ) -> pd.DataFrame:
        """The answer as a frame."""


@dataclass(frozen=True)
class Answers:
    """What one reader is told about one snapshot for one period; nobody may change the frames."""

    snapshot: Snapshot
    period: Period
    reader: Reader = DISTRICT
    put: Put = ask
    _known: dict[Any, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def rows(
        self, name: str, *, over: Period | None = None, policy_on: date | None = None, **params: str | None
    ) -> pd.DataFrame:
        """The answer to a question for the period (or for `over`).

        `policy_on` is a day whose policy judges instead of that of the period's end.
        """
        asked = (name, over, policy_on, *sorted(params.items()))
        return self._once(asked, lambda: self._put(name, over or self.period, policy_on, **params))

    def trend(self, name: str) -> pd.DataFrame:
        """The answers for the last 12 periods that hold data, stacked, oldest first, with the column end."""
        return self._once(("trend", name), lambda: self._stacked(name))

    @property
    def fresh(self) -> dict[str, Any]:
        """How fresh the data is: the one row of the query freshness, its days as dates, None for what is missing."""
        return freshness(self._once(("freshness",), lambda: self._put("freshness", None, None)))

    @property
    def as_of(self) -> date:
        """The day at whose end the period is judged."""
        newest: date | None = self.fresh["newest_fact"]
        return min(self.period.end, newest) if newest else self.period.end

    def reach(self, year: int) -> str:
        """How far the data reaches, and by which day the states are judged where that is an earlier one.

        Days of `year` are printed without it.
        """
        newest = self.fresh["newest_fact"]
        if newest is None:
            return "还没有台账数据"
        judged = f"，状态按 {day(self.as_of, year)}计" if self.as_of < newest else ""
        return f"数据截至 {day(newest, year)}{judged}"

    @property
    def span(self) -> str:
        """Between which days there is data, as a period that holds none is told, or that there is none at all."""
        oldest, newest = self.fresh["oldest_fact"], self.fresh["newest_fact"]
        return f"现有数据从 {day(oldest, 0)} 到 {day(newest, 0)}" if oldest else "还没有导入台账"

    @property
    def policy_version(self) -> date:
        """The day from which the rules that judge the period are in force."""
        version: pd.Timestamp = self.rows("policy_version")["version"].iloc[0]
        return version.date()

    @property
    def label(self) -> str:
        """What the period is called: see `label`."""
        return label(self.period, self.fresh["newest_fact"])

    @property
    def holds_data(self) -> bool:
        """Whether any fact lies in the period."""
        oldest, newest = self.fresh["oldest_fact"], self.fresh["newest_fact"]
        return oldest is not None and not (self.period.end < oldest or self.period.start > newest)

    def _stacked(self, name: str) -> pd.DataFrame:
        oldest, newest, over = self.fresh["oldest_fact"], self.fresh["newest_fact"], self.period
        frames: list[pd.DataFrame] = []
        for _ in range(TREND):
            frames.insert(0, self.rows(name, over=over).assign(end=pd.Timestamp(min(over.end, newest or over.end))))
            over = over.previous
            if oldest is None or over.end < oldest:
                break
        return pd.concat(frames, ignore_index=True)

    def _put(self, name: str, period: Period | None, policy_on: date | None, **params: str | None) -> pd.DataFrame:
        return self.put(self.snapshot, name, period, reader=self.reader, policy_on=policy_on, **params)

    def _once(self, asked: tuple[Any, ...], find: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        if asked not in self._known:
            self._known[asked] = find()
        return self._known[asked]


def freshness(answer: pd.DataFrame) -> dict[str, Any]:
    """The one row of the query freshness, its days as dates, None for what is missing."""
    row = answer.iloc[0].to_dict()
    days = {name: None if pd.isna(row[name]) else row[name].date() for name in ("newest_fact", "oldest_fact")}
    return {str(name): value for name, value in row.items()} | days


def label(period: Period, newest: date | None, *, short: bool = False) -> str:
    """A period's name, with its year when the newest data is of another, and its last day while it runs.

    The `short` one has neither that day nor the number of the week.
    """
    name = period.called(year=newest is not None and newest.year != period.start.year, week=not short)
    runs = newest is not None and period.start <= newest < period.end
    return f"{name}　至{day(newest)}" if runs and not short else name
