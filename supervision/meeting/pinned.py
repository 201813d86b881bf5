"""What a meeting is pinned to: the day, the period, the snapshot and the focus; and what every screen says of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from supervision.periods import Period


@dataclass(frozen=True)
class Focus:
    """The town or river that a meeting looks at closely."""

    kind: Literal["town", "river"]
    name: str


@dataclass(frozen=True)
class Meeting:
    """A meeting that was opened: `number` counts them, `snapshot` is the id of the batch that it shows for ever."""

    number: int
    held_on: date
    period: Period
    snapshot: str
    focus: Focus | None
    opened_at: str
    opened_by: str


def usual_day(period: Period) -> date:
    """The day on which the meeting about a period is usually held: the day after it."""
    return period.end + timedelta(days=1)
