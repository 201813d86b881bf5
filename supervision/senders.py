"""Who is to send a table, laid out for the clerk who chases: interval after interval, and how full the rows are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

MISSING, LATE, AFTERWARDS, NOT_DUE, NOTHING = "未报", "迟报", "补录", "未到期", "没有"

UNJUDGED = ("problems",)
"""Tables of which a week without a row is no fault: problems need not be found."""

Row = dict[Any, Any]


@dataclass(frozen=True)
class Sender:
    """A town or department: its intervals (oldest first) and its row of the data quality."""

    name: str
    intervals: Sequence[Row]
    quality: Row

    def count(self, state: str) -> int:
        """In how many intervals the sender is in that state."""
        return sum(interval["state"] == state for interval in self.intervals)


def senders(calendar: pd.DataFrame, quality: pd.DataFrame, table: str) -> list[Sender]:
    """The senders of a table, those first who owe most: intervals not sent, then sent late, then fewest cells filled.

    The frames are the answers to reporting_calendar and data_quality.
    """
    rated = {row["source"]: row for row in _records(quality[quality["table_name"] == table])}
    found = [
        Sender(str(rows["name"].iloc[0]), _records(rows), rated[source])
        for source, rows in calendar[calendar["table_name"] == table].groupby("source", sort=False)
    ]
    return sorted(found, key=lambda sender: (-sender.count(MISSING), -sender.count(LATE), _filled(sender)))


def owing(calendar: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of the calendar to be urged (催报): what was not sent, and what was sent late."""
    return calendar[(calendar["table_name"] == table) & calendar["state"].isin([MISSING, LATE])]


def intervals(found: Sequence[Sender]) -> list[tuple[date, date]]:
    """First and last day of each interval, oldest first."""
    return [(row["first_day"].date(), row["last_day"].date()) for row in found[0].intervals] if found else []


def _filled(sender: Sender) -> float:
    share = sender.quality["completeness"]
    return 2.0 if share is None else float(share)


def _records(rows: pd.DataFrame) -> list[Row]:
    """The rows as dicts, None for what is missing."""
    return rows.astype(object).where(rows.notna(), None).to_dict("records")
