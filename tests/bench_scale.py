"""The demonstration district scaled up to about a million patrols: wider and longer, written straight into a warehouse.

Every copy has the demonstration's own figures: a wider district has as many more sections, chiefs, problems
and tasks in the same towns, a longer span as many more patrols, returns and checks of the same.
So the scaled district is as seeded as the demonstration.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from supervision.building import Build
from supervision.handover import PROVENANCE
from supervision.tables import Table, load_order
from supervision.warehouse import Snapshot, Warehouse

WIDER, LONGER = 2, 4
"""So many times the sections and chiefs, and the span: 2 × 4 × 132,591 patrols are 1.06 million."""

SPAN, SPAN_IN_MONTHS = pd.DateOffset(weeks=18), pd.DateOffset(months=4)
"""The demonstration's span, July to October, in whole weeks so that a weekday stays one; for what has a month only."""

ONCE = ("towns", "departments", "policy", "promises", "practices")
"""What neither a wider district nor a longer span has more of."""

LASTING = ("sections", "chiefs", "tasks")
"""What a longer span has not more of."""

IDENTITIES = ("code", "section", "sections", "chief", "problem", "point")
"""Columns that tell apart the sections, chiefs and whatever hangs on them."""

ONE_A_SPAN = ("problems", "transfers", "patrols", "enforcement")
"""Facts of which a later span has others, with codes of their own."""


@dataclass
class Timed:
    """What was built, and the seconds that each model took."""

    snapshot: Snapshot
    patrols: int
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def slowest(self) -> list[tuple[str, float]]:
        """The models by their seconds, the slowest first."""
        return sorted(self.seconds.items(), key=lambda each: -each[1])


def scaled(demo: Snapshot, warehouse: Warehouse, *, wider: int = WIDER, longer: int = LONGER) -> Timed:
    """The demonstration district in an empty warehouse, so many times wider and longer, with its models timed."""
    with warehouse.writing():
        building = warehouse.begin(made_at="2018-11-01T09:00:00", made_by="bench", demo=True)
        for table in load_order():
            for number, frame in enumerate(_copies(table, demo.table(table), wider, longer)):
                building.merge(table, frame, f"{number}.csv")
        seconds = _timed_models(building)
        snapshot = warehouse.publish(building)
    return Timed(snapshot, snapshot.info.rows["patrols"], seconds)


def _timed_models(building: Build) -> dict[str, float]:
    """Build all models; the seconds of each."""
    begun: list[tuple[str, float]] = []
    building.build_models(lambda name, share: begun.append((name, time.perf_counter())))
    ends = [moment for _, moment in begun[1:]] + [time.perf_counter()]
    return {name: end - start for (name, start), end in zip(begun, ends, strict=True)}


def _copies(table: Table, stored: pd.DataFrame, wider: int, longer: int) -> Iterator[pd.DataFrame]:
    """The rows of a table for each part of the wider district and each span."""
    rows = stored.drop(columns=list(PROVENANCE)).dropna(axis="columns", how="all")
    rows = rows.assign(source_row=range(2, len(rows) + 2))
    if not len(rows):
        return
    for part in range(1 if table.name in ONCE else wider):
        for span in range(1 if table.name in (*ONCE, *LASTING) else longer):
            yield _moved(_told_apart(table, rows, part, span), table, span)


def _told_apart(table: Table, rows: pd.DataFrame, part: int, span: int) -> pd.DataFrame:
    """The rows with the codes of a part of the district, and of a span where each span has rows of its own."""
    frame = rows.copy()
    for name in (name for name in IDENTITIES if name in rows):
        of_span = (table.name, name) in {(each, "code") for each in ONE_A_SPAN} or name == "problem"
        suffix = (f"-{part}" if part else "") + (f"/{span}" if span and of_span else "")
        if suffix:
            frame[name] = frame[name].map(lambda value, suffix=suffix: _suffixed(value, suffix), na_action="ignore")
    if part and table.name in ("sections", "chiefs"):
        frame["name"] = frame["name"] + str(part)
    return frame


def _suffixed(value: object, suffix: str) -> object:
    return value + suffix if isinstance(value, str) else [each + suffix for each in value]  # type: ignore[attr-defined]


def _moved(frame: pd.DataFrame, table: Table, span: int) -> pd.DataFrame:
    """The rows with their days and moments so many spans later."""
    if not span or table.name in (*ONCE, *LASTING):
        return frame
    later = {
        column.name: SPAN_IN_MONTHS if column.kind == "month" else SPAN
        for column in table.columns
        if column.kind in ("date", "month", "moment") and column.name in frame
    }
    return frame.assign(**{name: pd.to_datetime(frame[name]) + span * offset for name, offset in later.items()})
