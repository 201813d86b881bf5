"""What one snapshot would change beside another: the ranking and the overdue list, from the queries that pages ask.

Answers two questions: what an import will do before it goes in, and what going back to another batch
will undo.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from supervision.asking import ask, newest_fact
from supervision.errors import QueryRefused
from supervision.periods import Period
from supervision.warehouse import Snapshot

TOWN_COLUMNS = ("rank", "score", "overdue")
PROBLEM_COLUMNS = ("town", "category", "description", "due_on", "days_late")


@dataclass(frozen=True)
class Effects:
    """The same questions put to both snapshots for one period.

    `towns` has a row per town: town, and rank (位), score (分), overdue (件) as `…_before` and `…_after`, missing
    where a snapshot has none. `problems` has a row per problem (by code) that is overdue in one of the two
    only: code, town, category, description, due_on, days_late, and `becomes` whether it becomes overdue.
    """

    period: Period
    towns: pd.DataFrame
    problems: pd.DataFrame

    @property
    def moved(self) -> pd.DataFrame:
        """The towns whose rank, score (to one decimal) or overdue count differs, in the order of the later rank."""
        rows = self.towns
        differs = pd.Series(False, index=rows.index)
        for name in TOWN_COLUMNS:
            before, after = rows[f"{name}_before"].round(1), rows[f"{name}_after"].round(1)
            differs |= (before != after) & ~(before.isna() & after.isna())
        return rows[differs].sort_values(["rank_after", "rank_before", "town"], na_position="last")

    @property
    def overdue(self) -> tuple[int, int]:
        """How many problems are overdue in the district before and after."""
        before, after = (int(self.towns[f"overdue_{side}"].sum()) for side in ("before", "after"))
        return before, after


def compare(before: Snapshot | None, after: Snapshot) -> Effects | None:
    """The effects of `after` in the place of `before`, for the newest full week of whichever reaches farther.

    None if neither holds a fact. A snapshot that is missing, or so old that the questions cannot be put to
    it, counts as one without towns.
    """
    newest = [day for day in map(_newest_fact, (before, after)) if day]
    if not newest:
        return None
    period = Period.newest_full(max(newest))
    sides = {"before": before, "after": after}
    towns = [_towns(snapshot, period).add_suffix(f"_{side}") for side, snapshot in sides.items()]
    joined = pd.concat(towns, axis=1)
    joined.insert(0, "town", joined.pop("town_after").fillna(joined.pop("town_before")))
    was, will_be = (_overdue(snapshot, period) for snapshot in sides.values())
    becomes, ceases = will_be[~will_be.index.isin(was.index)], was[~was.index.isin(will_be.index)]
    problems = pd.concat([becomes.assign(becomes=True), ceases.assign(becomes=False)])
    return Effects(period, joined.reset_index(drop=True), problems.rename_axis("code").reset_index())


def _newest_fact(snapshot: Snapshot | None) -> date | None:
    try:
        return newest_fact(snapshot) if snapshot else None
    except QueryRefused:
        return None


def _towns(snapshot: Snapshot | None, period: Period) -> pd.DataFrame:
    """Rank, score and overdue of each town, by its code."""
    return _answer(snapshot, "town_ranking", period, "town_code", ("town", *TOWN_COLUMNS))


def _overdue(snapshot: Snapshot | None, period: Period) -> pd.DataFrame:
    """The overdue problems, by their code."""
    problems = _answer(snapshot, "open_problems", period, "code", (*PROBLEM_COLUMNS, "state"))
    return problems[problems["state"] == "逾期"].drop(columns="state")


def _answer(
    snapshot: Snapshot | None, question: str, period: Period, key: str, columns: tuple[str, ...]
) -> pd.DataFrame:
    nothing = pd.DataFrame({name: pd.Series(dtype="object") for name in (key, *columns)})
    try:
        answer = ask(snapshot, question, period) if snapshot else nothing
    except QueryRefused:
        answer = nothing
    return answer.set_index(key)[list(columns)]
