"""What must add up, on the demonstration district, in every kind of period."""

from datetime import date

import pandas as pd
import pytest

from supervision.asking import ask
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

PERIODS = [
    Period.around(date(2017, 10, 23), "week"),
    Period.around(date(2017, 7, 3), "week"),
    Period.around(date(2017, 10, 1), "month"),
    Period.around(date(2017, 9, 1), "quarter"),
    Period("free", date(2017, 8, 16), date(2017, 9, 15)),
]

BEIFANG = "110116102"
"""The town 北房镇."""

pytestmark = pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.kind} {period.start}")


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_towns_add_up_to_the_district(demo: Snapshot, period: Period) -> None:
    towns = ask(demo, "town_metrics", period)
    district = ask(demo, "district_metrics", period).set_index("metric")
    added = towns.groupby("metric")[["numerator", "denominator"]].sum(min_count=1)
    pd.testing.assert_frame_equal(added, district[["numerator", "denominator"]], check_like=True)
    assert len(district) > 15


def test_ageing_bands_add_up_to_overdue(demo: Snapshot, period: Period) -> None:
    towns = ask(demo, "overdue_by_town", period)
    assert (towns[["late_1_7", "late_8_30", "late_over_30"]].sum(axis=1) == towns["overdue"]).all()
    assert (towns["overdue"] <= towns["open"]).all()
    assert len(towns) == 16


def test_the_open_list_has_as_many_rows_as_the_towns_say(demo: Snapshot, period: Period) -> None:
    towns, problems = ask(demo, "overdue_by_town", period), ask(demo, "open_problems", period)
    assert len(problems) == towns["open"].sum()
    assert (problems["state"] == "逾期").sum() == towns["overdue"].sum()
    assert (problems["state"] == "临期").sum() == towns["due_soon"].sum()


def test_departments_add_up_to_the_district(demo: Snapshot, period: Period) -> None:
    departments = ask(demo, "enforcement_by_department", period)
    total = ask(demo, "enforcement_total", period).iloc[0]
    for column in ("inspections", "people_out", "orders", "cases_opened", "cases_closed", "fines_yuan", "referrals"):
        assert departments[column].sum() == total[column], column
    # every joint action of the demonstration has three departments: it counts for each, and once in the district
    assert departments["joint_actions"].sum() == 3 * total["joint_actions"]


def test_enforcement_is_the_same_by_town_and_by_department(demo: Snapshot, period: Period) -> None:
    by_town = ask(demo, "district_metrics", period).set_index("metric")["value"]
    assert by_town["enforcement"] == ask(demo, "enforcement_by_department", period)["inspections"].sum()


def test_points_earned_and_lost_make_up_the_rubric(demo: Snapshot, period: Period) -> None:
    items = ask(demo, "town_items", period).dropna(subset=["earned"])
    assert ((items["earned"] + items["lost"] - items["points"]).abs() < 1e-9).all()
    assert items["earned"].between(0, items["points"]).all()
    scores = items.groupby("town")["earned"].sum() / items.groupby("town")["points"].sum() * 100
    ranking = ask(demo, "town_ranking", period).set_index("town")["score"]
    assert (scores - ranking).abs().max() <= 0.005 + 1e-9


def test_patrol_completion_counted_again_from_the_raw_rows(demo: Snapshot, period: Period) -> None:
    """By plain pandas: a valid patrol in each day (段长), week (村级) and month (镇级) that ends in the period."""
    chiefs, patrols = demo.table(BY_NAME["chiefs"]), demo.table(BY_NAME["patrols"])
    minutes, km = patrols["minutes"].astype(float), patrols["km"].astype(float)
    recorded = (patrols["photos"] > 0) | patrols["notes"].notna()
    valid = patrols[(minutes >= 10) & (km >= 1) & (km / minutes * 60 <= 16) & recorded]
    first, last = pd.Timestamp(period.start), pd.Timestamp(min(period.end, date(2017, 10, 29)))
    required = done = 0
    for level, window in {"段长": "D", "村级": "W-SUN", "镇级": "M"}.items():
        mine = chiefs[(chiefs["town"] == BEIFANG) & (chiefs["level"] == level)]
        theirs = valid[valid["chief"].isin(mine["code"])]
        walked = set(zip(theirs["chief"], theirs["started_at"].dt.to_period(window), strict=True))
        for each in pd.period_range(first, last, freq=window):
            if first <= each.end_time.normalize() <= last:
                in_office = mine[
                    (mine["appointed_on"] <= each.start_time) & ~(mine["left_on"] < each.end_time.normalize())
                ]
                required += len(in_office)
                done += sum((chief, each) in walked for chief in in_office["code"])
    towns = ask(demo, "town_metrics", period).set_index(["town_code", "metric"])
    measured = towns.loc[(BEIFANG, "patrol_completion")]
    assert (measured["numerator"], measured["denominator"]) == (done, required)
