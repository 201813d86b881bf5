"""The stories planted in the demonstration district (data/demo/stories.toml), found again by the queries."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from bench_questions import Asked
from conftest import rows_of

from supervision.asking import ask
from supervision.catalogue import questions
from supervision.demo.facts import LAST, SEED, stories
from supervision.demo.people_and_places import places
from supervision.demo.problems import unseen_section
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

LAST_WEEK = Period.around(LAST, "week")
SEPTEMBER, OCTOBER = Period.around(date(2017, 9, 1), "month"), Period.around(LAST, "month")


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_the_bench_can_ask_every_question(demo: Snapshot) -> None:
    asked = Asked(demo)
    for name, query in questions().items():
        assert ask(demo, name, asked.week, **asked.params(query)).columns.tolist() == query.column_names


def of(demo: Snapshot, query: str, period: Period, **where: str) -> dict[str, Any]:
    """The one row of an answer where that column has that value."""
    ((name, value),) = where.items()
    (row,) = [row for row in rows_of(demo, query, period) if row[name] == value]
    return row


def test_a_town_patrols_by_car(demo: Snapshot) -> None:
    patrols = pd.DataFrame(rows_of(demo, "patrol_reasons", OCTOBER))
    names = {row["town_code"]: row["town"] for row in rows_of(demo, "town_list", OCTOBER)}
    share = patrols["too_fast"].groupby(patrols["town_code"].map(names)).mean()
    assert share.idxmax() == stories()["by_car"]["town"]
    assert share.max() > 0.1
    assert share.drop(stories()["by_car"]["town"]).max() == 0


def test_a_ledger_leaves_out_who_answers(demo: Snapshot) -> None:
    """Of six cells a problem with a deadline should fill, two are left out in 55 % and 30 %: some 85 % are filled."""
    ledgers = [row for row in rows_of(demo, "data_quality", OCTOBER) if row["table_name"] == "problems"]
    emptiest = min(ledgers, key=lambda row: row["completeness"])
    assert (emptiest["name"], emptiest["weakest"]) == (stories()["unclear_ledger"]["town"], "person")
    assert emptiest["completeness"] == pytest.approx(0.85, abs=0.05)
    assert all(row["completeness"] > 0.99 for row in ledgers if row is not emptiest)


def test_a_section_chief_sees_nothing_that_inspectors_find(demo: Snapshot) -> None:
    section = unseen_section(places(SEED))
    patrols, problems = demo.table(BY_NAME["patrols"]), demo.table(BY_NAME["problems"])
    walked = patrols[(patrols["section"] == section) & (patrols["started_at"] >= "2017-10-01")]
    found = problems[(problems["section"] == section) & (problems["found_on"] >= "2017-10-01")]
    assert len(walked) > 40
    assert walked["problems_found"].sum() == 0
    assert sorted(found["found_on"].dt.date) == stories()["sees_nothing"]["found_on"]
    assert set(found["source"]) == {"督查检查"}


@pytest.mark.parametrize("period", [SEPTEMBER, OCTOBER])
def test_a_department_has_no_case(demo: Snapshot, period: Period) -> None:
    idle = [row["department"] for row in rows_of(demo, "enforcement_by_department", period) if not row["cases_opened"]]
    assert idle == [stories()["no_case"]["department"]]
    assert "零执法" in of(demo, "enforcement_by_department", period, department=idle[0])["flags"]


def test_a_department_is_far_under_its_target(demo: Snapshot) -> None:
    row = of(demo, "enforcement_by_department", OCTOBER, department=stories()["under_target"]["department"])
    # 60 cases a year; 29 October is day 302 of 365
    assert row["target_due"] == pytest.approx(60 * 302 / 365)
    assert row["cases_this_year"] < row["target_due"] / 2
    assert row["flags"] == "执法量少、进度滞后"


def test_inspections_of_a_department_fall(demo: Snapshot) -> None:
    fallen = stories()["fallen"]
    weekly = fallen["weekly_inspections"]
    row = of(demo, "enforcement_by_department", LAST_WEEK, department=fallen["department"])
    assert row["inspections"] == weekly["2017-10-23"] == 8
    assert row["change_previous"] == pytest.approx(8 / 20 - 1)
    assert "降幅大" in row["flags"]
    month = of(demo, "enforcement_by_department", OCTOBER, department=fallen["department"])
    assert month["inspections"] == 24 + 20 + 20 + 8
    assert month["flags"] == "降幅大"


def test_only_the_planted_departments_are_flagged(demo: Snapshot) -> None:
    flagged = {row["department"] for row in rows_of(demo, "enforcement_by_department", OCTOBER) if row["flags"]}
    assert flagged == {stories()[story]["department"] for story in ("no_case", "under_target", "fallen")}


def test_a_town_climbs_six_places_because_it_cleared_old_debts(demo: Snapshot) -> None:
    climber = stories()["climber"]
    row = of(demo, "town_ranking", Period.around(climber["week"], "week"), town=climber["town"])
    assert row["rank_change"] == climber["places"] == 6
    assert row["moved_by"] == climber["moved_by"]
    assert row["overdue"] == 0
    week_before = Period.around(climber["week"] - timedelta(days=1), "week")
    assert of(demo, "overdue_by_town", week_before, town=climber["town"])["overdue"] == len(climber["old_debts_due"])


def test_a_sealed_outfall_comes_back(demo: Snapshot) -> None:
    story = stories()["rebound"]
    outfalls = demo.table(BY_NAME["outfalls"])
    checks = outfalls[outfalls["code"] == story["outfall"]].sort_values("checked_on")
    assert checks["state"].tolist() == ["已封堵", "反弹"]
    on_the_day = rows_of(demo, "open_problems", LAST_WEEK, as_of=story["rebound_on"])
    (again,) = [row for row in on_the_day if row["rebounded"]]
    assert again["town"] == story["town"]
    # reopened on 12 October, after its deadline: due again within the three days of 立行立改
    assert again["due_on"].date() == date(2017, 10, 15)
    assert not [row for row in rows_of(demo, "open_problems", LAST_WEEK) if row["rebounded"]]


def test_the_outfall_that_came_back_is_the_only_one(demo: Snapshot) -> None:
    story = stories()["rebound"]
    (back,) = [row for row in rows_of(demo, "outfall_states", LAST_WEEK) if row["rebounds"]]
    assert (back["code"], back["town"], back["state"]) == (story["outfall"], story["town"], "反弹")
    assert (back["sealed_on"].date(), back["rebound_on"].date()) == (story["sealed_on"], story["rebound_on"])
    before = rows_of(demo, "outfall_states", LAST_WEEK, as_of=story["rebound_on"] - timedelta(days=1))
    assert not [row for row in before if row["rebounds"]]


def test_the_listed_points_that_are_left_three_days_before_the_inspection(demo: Snapshot) -> None:
    planted = stories()["city_listed"]
    points = rows_of(demo, "watch_points", LAST_WEEK)
    left = pd.Series([row["town"] for row in points if not row["cleared"]]).value_counts().to_dict()
    assert left == {town: days.count("") for town, days in planted.items() if "" in days}
    assert {row["days_to_inspection"] for row in points} == {3}
    towns = {row["town"]: (row["listed"], row["left_open"]) for row in rows_of(demo, "watch_towns", LAST_WEEK)}
    assert towns == {town: (len(days), days.count("")) for town, days in planted.items()}


def test_one_town_is_far_behind_in_one_field(demo: Snapshot) -> None:
    story = stories()["task_behind"]
    first = rows_of(demo, "task_standing", LAST_WEEK)[0]
    assert (first["town"], first["field"], first["state"]) == (story["town"], story["field"], "滞后")
    # 1 July to 29 October are 121 of the 184 days to 31 December
    assert first["behind"] == pytest.approx(121 / 184 - story["done"] / story["planned"])


@pytest.mark.parametrize("name", ["cleaner", "dirtier"])
def test_a_point_gets_cleaner_and_one_dirtier(demo: Snapshot, name: str) -> None:
    story = stories()[name]
    rows = [row for row in rows_of(demo, "water_points", LAST_WEEK) if row["point"] == story["point"]]
    assert [row["actual_class"] for row in rows] == story["classes"]
    assert (rows[-1]["step"], rows[-1]["step_first"]) == {"cleaner": (1, 2), "dirtier": (-3, -3)}[name]
    assert rows[-1]["standing"] == {"cleaner": "达标", "dirtier": "不达标"}[name]


def test_a_problem_is_handed_over_three_times(demo: Snapshot) -> None:
    transfers = demo.table(BY_NAME["transfers"])
    passed_on = transfers[transfers["action"] == "转办"]
    assert passed_on["problem"].nunique() == 1
    assert passed_on.sort_values("moved_at")["to_unit"].tolist() == stories()["handed_over"]["units"][1:]
    assert len(passed_on) == 3


def test_a_town_is_not_ranked_while_suspended(demo: Snapshot) -> None:
    story = stories()["suspended"]
    during = of(demo, "town_ranking", LAST_WEEK, town=story["town"])
    assert (during["status"], during["rank"], during["status_reason"]) == ("暂停考核", None, story["reason"])
    assert of(demo, "town_ranking", SEPTEMBER, town=story["town"])["rank"] is not None


def test_overdue_is_what_was_planted(demo: Snapshot) -> None:
    for row in rows_of(demo, "overdue_by_town", LAST_WEEK):
        days = stories()["overdue_days"].get(row["town"], [])
        assert row["overdue"] == len(days), row["town"]
        assert row["days_sum"] == sum(days), row["town"]
        assert row["days_max"] == max(days, default=None), row["town"]
        assert row["late_over_30"] == sum(each > 30 for each in days), row["town"]


def test_four_city_listed_points_are_left_of_fourteen(demo: Snapshot) -> None:
    row = of(demo, "district_metrics", LAST_WEEK, metric="watchlist_clearance")
    assert (row["numerator"], row["denominator"]) == (10, 14)
