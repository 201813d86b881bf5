"""What each question is asked with when it is timed: of the ordinary parameters those that cost most.

Without a scope a question is asked of the whole district; what is about one chief, problem or river
is asked of the one with most behind it.
"""

import pandas as pd

from supervision.asking import newest_fact
from supervision.catalogue import Query
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot

METRIC = {
    "figure_duties": "patrol_completion",
    "figure_patrols": "valid_rate",
    "figure_returns": "enforcement",
    "figure_tasks": "task_progress",
    "figure_water": "water_ok",
}
OF_PROBLEMS = "on_time_rate"
"""The metric of the other questions that ask for one."""

FIXED = {"by": "category", "state": "逾期"}

OF_ONE = ("chief_duties", "chief_items", "chief_patrols", "chief_problems", "chief_track", "chief_card")
"""Questions that pages ask of one chief; the others that take $chief are asked of all."""


class Asked:
    """The period and the parameters with which the questions are put to one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Find the newest full week, and whose rows are most."""
        newest = newest_fact(snapshot)
        assert newest is not None
        self.week = Period.newest_full(newest)
        self.chief = _commonest(snapshot, "patrols", "chief")
        self.problem = _commonest(snapshot, "transfers", "problem")
        self.river = _commonest(snapshot, "sections", "river")

    def params(self, query: Query) -> dict[str, object]:
        """The parameters that the question has beside its dates."""
        known: dict[str, object] = {
            **FIXED,
            "code": self.problem,
            "river": self.river,
            "metric": METRIC.get(query.name, OF_PROBLEMS),
            "chief": self.chief if query.name in OF_ONE else None,
        }
        return {param.name: known[param.name] for param in query.params if param.name in known}


def _commonest(snapshot: Snapshot, table: str, column: str) -> str:
    values: pd.Series = snapshot.table(BY_NAME[table])[column]
    return str(values.value_counts().index[0])
