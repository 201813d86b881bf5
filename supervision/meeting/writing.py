"""What is written in a meeting: the day that a text means, the units that may be asked to do something."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from supervision.errors import PromiseUnfit
from supervision.intake.moments import lacks_year, last_day_named, read_moment
from supervision.intake.names import government, towns_of
from supervision.meeting.minutes import WITHDRAWN
from supervision.meeting.pinned import Meeting

WEEK_LATER = 7
"""After how many days a matter is due unless the meeting says otherwise: at the next weekly meeting."""


def day_meant(text: str, since: date, what: str) -> date:
    """The day that a text means: 2017-11-06, 11月6日, 11月6日前, 11月底前; PromiseUnfit names `what` if it is none.

    A day without a year is the first such day from `since` on, so that in December 1月5日 is next year's.
    """
    found = [_day(text, year) for year in (since.year, since.year + 1)]
    meant = next((day for day in found if day and (day >= since or not lacks_year(text))), None)
    if meant is None:
        raise PromiseUnfit(f"看不懂{what}“{text}”，请写成 2017-11-06 或 11月6日。")
    return meant


def units(departments: pd.DataFrame, towns: pd.DataFrame, named: Sequence[str] = ()) -> list[str]:
    """Who can be answerable: the departments (column department), the governments of the towns (column town), then
    whoever else was named before, such as 区河长办; a town's government by one of its names only.
    """
    known = [*departments["department"], *map(government, towns["town"])]
    offices = towns_of(towns["town"].tolist())
    return list(dict.fromkeys([*known, *sorted(unit for unit in set(named) if unit not in offices)]))


def judged_on(newest_fact: date | None, promises: pd.DataFrame, meetings: Sequence[Meeting]) -> date | None:
    """The day on which the list of matters is judged: that of the newest thing known, be it a fact of the data,
    a meeting or a completion. None while nothing is known.

    `promises` has the columns met_on and done_on (timestamps) and state; what was withdrawn, often for a slip in its
    dates, tells nothing.
    """
    promises = promises[promises["state"] != WITHDRAWN]
    known = [day.date() for day in (promises["met_on"].max(), promises["done_on"].max()) if pd.notna(day)]
    held = [meeting.held_on for meeting in meetings]
    return max([*known, *held, *([newest_fact] if newest_fact else [])], default=None)


def _day(text: str, year: int) -> date | None:
    named = last_day_named(text, year)
    moment = read_moment(text, year)
    return named or (moment.date() if moment else None)
