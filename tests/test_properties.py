"""What must hold of any district: of small ones drawn by a seed.

What lies after the day asked about changes nothing, nor does the order of the rows or in how many batches they
came; to do better never makes a figure worse. `PROPERTIES=20 pytest tests/test_properties.py` draws 20 districts.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from conftest import Rows, frame_of
from random_districts import CUT, District, cut, default_policy, halves, random_district, shuffled

from supervision.asking import ask
from supervision.catalogue import Query, questions
from supervision.metrics import METRICS
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

SEEDS = range(int(os.environ.get("PROPERTIES", "2")))
FOLDER = TemporaryDirectory()
"""Holds the warehouses of this run: a district that several tests ask is built once."""

WEEK, MONTH = Period.around(CUT, "week"), Period.around(CUT, "month")
PERIODS = [WEEK, MONTH]
"""The week that ends with the day of the cut, and the month that the cut parts in two."""

OF_SENDING = ("reporting_calendar", "reports_by_day")
"""What asks when batches were sent, which is not the same when they were sent otherwise."""


def built(name: str, *batches: District) -> Snapshot:
    """A snapshot of the batches, one after the other."""
    warehouse = Warehouse(Path(FOLDER.name, name))
    for batch in batches:
        with warehouse.writing():
            building = warehouse.begin(made_at="2017-10-30T09:00:00", made_by="测试", demo=False)
            for table, rows in batch.items():
                if rows:
                    building.merge(BY_NAME[table], frame_of(table, rows), f"{table}.xlsx")
            building.build_models(lambda model, share: None)
            warehouse.publish(building)
    snapshot = warehouse.current()
    assert snapshot is not None
    return snapshot


@cache
def whole(seed: int) -> Snapshot:
    return built(f"whole {seed}", random_district(seed))


def judged_questions() -> Iterator[Query]:
    """Every question that is asked as at a day."""
    return (query for query in questions().values() if "as_of" in {param.name for param in query.params})


def choices(query: Query) -> Iterator[dict[str, Any]]:
    """What a question may be asked about: all, one town, one department, each state, each metric …"""
    names = {param.name for param in query.params}
    fixed: dict[str, Any] = {"chief": "H10", "code": "WT01", "state": None, "by": "town", "metric": "overdue"}
    fixed = {name: value for name, value in fixed.items() if name in names}
    others: dict[str, list[Any]] = {
        "town": ["1"],
        "department": ["区水务局"],
        "chief": ["H13"],
        "code": ["WT02", "WT03"],
        "state": ["逾期完成", "已销号"],
        "by": ["department", "source"],
    }
    if "metric" in names:
        fixed["metric"] = next((each.code for each in METRICS if each.behind == query.name), "closure_rate")
    yield fixed
    for name, values in others.items():
        if name in names:
            for value in values:
                yield fixed | {name: value}


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in an order of their own, floats to nine digits, so that answers can be compared."""
    plain = frame.apply(
        lambda column: column.map(lambda value: str(round(value, 9)) if isinstance(value, float) else str(value))
    )
    return plain.sort_values(list(plain.columns), ignore_index=True) if len(plain.columns) else plain


def differing(one: Snapshot, other: Snapshot, periods: list[Period], left_out: tuple[str, ...] = ()) -> list[str]:
    """Which questions the two answer differently as at the day of the cut, with the first rows that differ."""
    found = []
    for query in judged_questions():
        if query.name in left_out:
            continue
        for params in choices(query):
            for period in periods:
                answers = [in_order(ask(each, query.name, period, as_of=CUT, **params)) for each in (one, other)]
                if not answers[0].equals(answers[1]):
                    parted = pd.concat(answers, keys=["one", "other"]).drop_duplicates(keep=False)
                    found.append(f"{query.name} {params} {period.kind}\n{parted.head(4).T.to_string()}")
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_lies_after_the_day_asked_about_changes_no_answer(seed: int) -> None:
    # 完成量 has no day of its own and so is the same in both; the newest fact of both is not before the cut
    assert differing(whole(seed), built(f"cut {seed}", cut(random_district(seed), CUT)), PERIODS) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_the_order_of_rows_nor_the_number_of_batches_changes_an_answer(seed: int) -> None:
    other = built(f"batches {seed}", *halves(shuffled(random_district(seed), seed), seed))
    assert differing(whole(seed), other, [MONTH], left_out=OF_SENDING) == []
