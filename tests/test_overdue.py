"""逾期整改: the ledger as it stood at the end of a day, by hand."""

from datetime import date
from typing import Any

import pandas as pd
from conftest import WEEK, BuildDistrict, rows_of

from supervision.asking import ask
from supervision.periods import Period

TOWNS = [{"code": "1", "name": "甲镇", "sort_order": 1}, {"code": "2", "name": "乙镇", "sort_order": 2}]
AT_ONCE = [
    {"effective_from": "2017-07-01", "rule": "立行立改天数", "subject": "", "value": 3.0},
    {"effective_from": "2017-07-01", "rule": "临期天数", "subject": "", "value": 3.0},
]


def problem(code: str, found_on: str, deadline: str | None, done_on: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "town": "1",
        "found_on": found_on,
        "deadline": deadline,
        "done_on": done_on,
        "source": "督查检查",
        "category": "垃圾",
        "description": "堆放垃圾",
        "method": None,
        "closed_on": None,
        "rebound_on": None,
        "city_listed": None,
    } | more


def town(snapshot: Any, name: str = "甲镇", **params: Any) -> dict[str, Any]:
    return next(row for row in rows_of(snapshot, "overdue_by_town", **params) if row["town"] == name)


def test_ages_and_days_of_the_overdue(build_district: BuildDistrict) -> None:
    # as of Sunday 10-29: due 10-28 is 1 day late, 10-22 is 7, 10-21 is 8, 09-29 is 30, 09-28 is 31
    dues = ["2017-10-28", "2017-10-22", "2017-10-21", "2017-09-29", "2017-09-28"]
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[problem(f"P{n}", "2017-09-01", due) for n, due in enumerate(dues)]
        + [problem("seen", "2017-10-29", "2017-12-01", town="2")],
    )
    row = town(snapshot)
    assert (row["open"], row["overdue"]) == (5, 5)
    assert (row["late_1_7"], row["late_8_30"], row["late_over_30"]) == (2, 2, 1)
    assert (row["days_sum"], row["days_max"], row["days_median"]) == (1 + 7 + 8 + 30 + 31, 31, 8)
    other = town(snapshot, "乙镇")
    assert (other["open"], other["overdue"], other["days_sum"], other["days_max"]) == (1, 0, 0, None)


def test_due_today_is_near_and_not_overdue(build_district: BuildDistrict) -> None:
    # due on 10-29 itself and up to three days on is 临期; due on 11-02 is not
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[problem(due, "2017-10-01", due) for due in ("2017-10-29", "2017-11-01", "2017-11-02")],
    )
    row = town(snapshot, as_of=date(2017, 10, 29))
    assert (row["open"], row["overdue"], row["due_soon"]) == (3, 0, 2)


def test_done_on_the_due_day_is_on_time_and_a_day_later_is_late_for_ever(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("in time", "2017-09-01", "2017-09-10", "2017-09-10"),
            problem("late", "2017-09-01", "2017-09-10", "2017-09-11", closed_on="2017-09-12"),
            problem("today", "2017-10-01", "2017-10-29", "2017-10-29"),
        ],
    )
    row = town(snapshot)
    assert (row["open"], row["overdue"], row["late_done"], row["to_close"]) == (0, 0, 1, 2)


def test_what_was_done_after_the_day_was_open_on_it(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[problem("P1", "2017-10-01", "2017-10-20", "2017-10-25"), problem("P2", "2017-10-27", "2017-11-30")],
    )
    before = town(snapshot, period=Period.around(date(2017, 10, 16), "week"))
    assert (before["open"], before["overdue"], before["late_done"]) == (1, 1, 0)  # P2 is not found yet
    after = town(snapshot)
    assert (after["open"], after["overdue"], after["late_done"]) == (1, 0, 1)


def test_words_for_deadlines(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("at once", "2017-10-25", "立行立改"),  # due 10-28, one day late
            problem("at once, new", "2017-10-27", None, method="立行立改"),  # due 10-30
            problem("for long", "2017-08-01", "长期坚持"),
            problem("no deadline", "2017-08-01", None, method="限期整改"),
            problem("nothing written", "2017-10-29", None),
        ],
    )
    row = town(snapshot)
    assert (row["open"], row["overdue"], row["due_soon"], row["no_deadline"], row["long_term"]) == (5, 1, 1, 2, 1)


def test_without_the_rule_at_once_has_no_day(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, problems=[problem("P", "2017-10-01", "立行立改"), problem("Q", "2017-10-29", "2017-10-30")]
    )
    assert (town(snapshot)["overdue"], town(snapshot)["no_deadline"], town(snapshot)["due_soon"]) == (0, 1, 0)


def test_a_rebound_opens_the_problem_again(build_district: BuildDistrict) -> None:
    # closed on 09-20, back on 10-20: due 10-23 by the three days, so six days late on 10-29
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("P", "2017-09-01", "2017-09-30", "2017-09-18", closed_on="2017-09-20", rebound_on="2017-10-20"),
            problem("end", "2017-10-29", "2017-11-30"),
        ],
    )
    assert town(snapshot, as_of=date(2017, 10, 19))["open"] == 0
    (row, _) = rows_of(snapshot, "open_problems")
    assert (row["code"], row["rebounded"], row["days_late"], row["state"]) == ("P", True, 6, "逾期")


def test_a_rebound_keeps_a_deadline_that_is_still_to_come(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[problem("P", "2017-09-01", "2017-12-31", "2017-09-18", rebound_on="2017-10-20")],
    )
    (row,) = rows_of(snapshot, "open_problems", as_of=date(2017, 10, 29))
    assert (row["due_on"].date(), row["state"]) == (date(2017, 12, 31), "在期")


def test_open_problems_come_longest_overdue_first_and_can_be_filtered(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("short", "2017-10-01", "2017-10-27", department="区水务局"),
            problem("long", "2017-10-01", "2017-10-05", department="区环保局"),
            problem("elsewhere", "2017-10-29", "2017-11-05", town="2", department="区水务局"),
        ],
    )
    assert [row["code"] for row in rows_of(snapshot, "open_problems")] == ["long", "short", "elsewhere"]
    assert [row["code"] for row in rows_of(snapshot, "open_problems", town="1", department="区水务局")] == ["short"]


def test_on_time_and_closure_of_a_week(build_district: BuildDistrict) -> None:
    # due in the week 10-23..29: four, of them two in time (one on the day itself); due before or after do not count
    # found in the week: three, one closed in it, one closed the day after
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("A", "2017-10-01", "2017-10-23", "2017-10-20"),
            problem("B", "2017-10-01", "2017-10-29", "2017-10-29"),
            problem("C", "2017-10-01", "2017-10-25", "2017-10-26"),
            problem("D", "2017-10-01", "2017-10-28"),
            problem("E", "2017-10-01", "2017-10-22"),
            problem("F", "2017-10-23", "2017-11-20", "2017-10-24", closed_on="2017-10-25"),
            problem("G", "2017-10-29", "2017-11-20", "2017-10-29", closed_on="2017-10-30"),
            problem("H", "2017-10-24", "2017-11-20"),
        ],
    )
    rates = {
        row["metric"]: (row["numerator"], row["denominator"], row["value"])
        for row in rows_of(snapshot, "town_metrics")
        if row["metric"] in ("on_time_rate", "closure_rate") and row["town_code"] == "1"
    }
    assert rates == {"on_time_rate": (2, 4, 0.5), "closure_rate": (1, 3, 1 / 3)}


def test_nothing_due_is_not_applicable(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, policy=AT_ONCE, problems=[problem("A", "2017-10-29", None), problem("B", "2017-09-01", "长期坚持")]
    )
    (row,) = [row for row in rows_of(snapshot, "district_metrics") if row["metric"] == "on_time_rate"]
    assert (row["numerator"], row["denominator"], row["value"]) == (0, 0, None)


def test_city_listed_points(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("A", "2017-08-01", "2017-10-31", "2017-09-01", closed_on="2017-09-05", city_listed=True),
            problem("B", "2017-08-01", "2017-10-31", "2017-09-01", source="市级挂账"),  # done, not closed
            problem("C", "2017-08-01", "2017-10-31", "2017-09-01", closed_on="2017-09-05"),
            problem("D", "2017-10-29", "2017-10-31", city_listed=False),
        ],
    )
    (row,) = [row for row in rows_of(snapshot, "district_metrics", WEEK) if row["metric"] == "watchlist_clearance"]
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 2, 0.5)


def test_how_each_problem_stands(build_district: BuildDistrict) -> None:
    # as of Sunday 10-29
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("a", "2017-10-01", "2017-10-20"),  # nine days over
            problem("b", "2017-10-01", "2017-10-30"),  # due tomorrow
            problem("c", "2017-10-01", "2017-11-20"),
            problem("d", "2017-10-01", None),
            problem("e", "2017-10-01", "长期坚持"),
            problem("f", "2017-10-01", "2017-10-10", "2017-10-13"),  # done three days late, not closed
            problem("g", "2017-10-01", "立行立改", "2017-10-04", closed_on="2017-10-05"),  # due 10-04 by the policy
            problem("h", "2017-10-01", "2017-10-10", "2017-10-05", closed_on="2017-10-06", rebound_on="2017-10-28"),
            problem("later", "2017-10-29", "2017-11-01") | {"found_on": "2017-10-29"},
        ],
    )
    standing = {(row["code"], row["spell"]): row for row in rows_of(snapshot, "problem_standing")}
    assert {key: (row["state"], row["days_late"], row["late_done"]) for key, row in standing.items()} == {
        ("a", 1): ("逾期", 9, False),
        ("b", 1): ("临期", -1, False),
        ("c", 1): ("在期", -22, False),
        ("d", 1): ("无时限", None, False),
        ("e", 1): ("长期坚持", None, False),
        ("f", 1): ("待销号", 3, True),
        ("g", 1): ("已销号", 0, False),
        ("h", 1): ("已销号", -5, False),
        ("h", 2): ("临期", -2, False),  # open again, due three days after the rebound
        ("later", 1): ("临期", -3, False),
    }
    assert {key for key, row in standing.items() if row["cleared"]} == {("g", 1)}


def test_the_problems_of_a_town_in_a_period(build_district: BuildDistrict) -> None:
    # the week of 10-23: due are a, b and c, of which a was done in time; found are c and d, of which d is closed
    snapshot = build_district(
        towns=TOWNS,
        policy=AT_ONCE,
        problems=[
            problem("a", "2017-10-01", "2017-10-23", "2017-10-23"),
            problem("b", "2017-10-01", "2017-10-24", "2017-10-26"),
            problem("c", "2017-10-23", "2017-10-27"),
            problem("d", "2017-10-29", "2017-11-10", "2017-10-29", closed_on="2017-10-29", city_listed=True),
        ],
    )
    (row,) = rows_of(snapshot, "unit_problems", by="town")
    assert (row["unit"], row["due"], row["on_time"]) == ("1", 3, 1)
    mine = [row for row in rows_of(snapshot, "town_metrics") if row["town_code"] == "1"]
    metrics = {row["metric"]: (row["numerator"], row["denominator"]) for row in mine}
    assert metrics["closure_rate"] == (1, 2)
    assert metrics["watchlist_clearance"] == (1, 1)
    assert (row["open"], row["overdue"], row["late_1_7"], row["late_done"], row["to_close"]) == (1, 1, 1, 1, 2)


def test_counts_are_whole_numbers(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWNS, policy=AT_ONCE, problems=[problem("a", "2017-10-01", "2017-10-20")])
    frame = ask(snapshot, "overdue_by_town", WEEK)
    counts = [name for name in frame.columns if name not in ("town", "town_code", "status", "days_max", "days_median")]
    assert {str(frame[name].dtype) for name in counts} == {"int64"}


def test_a_problem_that_came_back_before_its_deadline_is_due_once(build_district: BuildDistrict) -> None:
    # done on 09-09, back on 10-05, due on 10-14 and still open then: one due, none on time
    again = problem("a", "2017-09-01", "2017-10-14", "2017-09-09", closed_on="2017-09-10", rebound_on="2017-10-05")
    seen = problem("seen", "2017-10-15", "2017-12-01")
    snapshot = build_district(towns=TOWNS, policy=AT_ONCE, problems=[again, seen])
    (row,) = rows_of(snapshot, "unit_problems", WEEK.previous.previous, by="town")
    assert (row["due"], row["on_time"], row["overdue"]) == (1, 0, 1)


def test_a_completion_that_the_ledger_overwrote_is_not_held_against_anybody(build_district: BuildDistrict) -> None:
    # due on 10-10; back on 10-20 and done again on 10-22, which is all that the ledger still says; due again 10-23
    lost = problem("lost", "2017-10-01", "2017-10-10", "2017-10-22", closed_on="2017-10-22", rebound_on="2017-10-20")
    snapshot = build_district(towns=TOWNS, policy=AT_ONCE, problems=[lost, problem("z", "2017-10-29", "2017-12-01")])
    figures = rows_of(snapshot, "town_metrics", Period.around(date(2017, 10, 1), "month"))
    october = {row["metric"]: row for row in figures if row["town_code"] == "1"}
    assert (october["on_time_rate"]["numerator"], october["on_time_rate"]["denominator"]) == (2, 2)
    assert october["late_done"]["value"] == 0
    standing = rows_of(snapshot, "problem_standing", as_of=date(2017, 10, 21))
    assert [(row["spell"], row["done_on"], row["late_done"]) for row in standing if row["code"] == "lost"] == [
        (1, pd.Timestamp("2017-10-10"), False),
        (2, None, False),
    ]
