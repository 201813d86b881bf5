"""逾期整改, finished: what came back, where it waits, the list to chase and one problem's history, by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of
from test_overdue import AT_ONCE, TOWNS, problem
from test_pages import open_page, shown

from supervision import chasing, footnotes, titles
from supervision.asking import DISTRICT, Reader, ask
from supervision.demo.facts import LAST, stories
from supervision.errors import QueryRefused
from supervision.formats import hours, in_days
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

LIMITS = [*AT_ONCE, {"effective_from": "2017-07-01", "rule": "反弹天数", "subject": "", "value": 30.0}]
SECTIONS = [{"code": code, "river": "白河", "name": f"白河{code}段", "town": "1"} for code in ("S1", "S2")]
ALL = Period("free", date(2017, 7, 1), date(2017, 10, 29))
LAST_DAY = problem("last day", "2017-10-29", "2017-12-31", category="占道")
"""A fact on Sunday 10-29, so that the week is judged as at its end."""


def put(**fields: Any) -> dict[str, Any]:
    """A problem in the section S1, done and closed as the test says."""
    code = fields.pop("code")
    return problem(code, fields.pop("found_on"), fields.pop("deadline", "2017-12-31"), section="S1") | fields


def move(code: str, moved_at: str, action: str, **fields: Any) -> dict[str, Any]:
    return {"problem": code, "moved_at": moved_at, "action": action} | fields


def rebounds(snapshot: Snapshot, period: Period = ALL, **params: Any) -> list[tuple[Any, ...]]:
    """(kind, code, day, first_code, days) of each rebound, the oldest first."""
    rows = rows_of(snapshot, "rebound_list", period, **params)[::-1]
    return [(row["kind"], row["code"], row["day"].date(), row["first_code"], row["days"]) for row in rows]


# what came back


def test_the_same_category_on_the_same_section_within_the_limit(build_district: BuildDistrict) -> None:
    # the first is closed on 08-31: 30 days on is 09-30 (the last that counts), 31 days on is 10-01
    first = put(code="A", found_on="2017-08-01", done_on="2017-08-30", closed_on="2017-08-31")
    for found_on, back in (("2017-08-31", 0), ("2017-09-30", 30), ("2017-10-01", None)):
        found = [put(code=found_on, found_on=found_on), LAST_DAY]
        snapshot = build_district(towns=TOWNS, sections=SECTIONS, policy=LIMITS, problems=[first, *found])
        events = [event for event in rebounds(snapshot) if event[1] == found_on]
        expected = [] if back is None else [("同类再现", found_on, date.fromisoformat(found_on), "A", back)]
        assert events == expected, found_on


def test_what_is_not_found_again(build_district: BuildDistrict) -> None:
    # elsewhere, of another kind, without a section, before the closing, and on the day that both were found and closed
    closed = {"done_on": "2017-09-02", "closed_on": "2017-09-03"}
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[
            put(code="A", found_on="2017-09-01", **closed),
            put(code="elsewhere", found_on="2017-09-10", section="S2"),
            put(code="other kind", found_on="2017-09-10", category="采砂"),
            put(code="no section", found_on="2017-09-10", section=None),
            put(code="no section either", found_on="2017-09-12", section=None),
            put(code="before", found_on="2017-09-02"),
            put(code="at once", found_on="2017-10-20", done_on="2017-10-20", closed_on="2017-10-20"),
            put(code="same day", found_on="2017-10-20"),
            LAST_DAY,
        ],
    )
    assert rebounds(snapshot) == []


def test_found_and_closed_in_a_day_can_come_back_the_next(build_district: BuildDistrict) -> None:
    day = "2017-10-20"
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[
            put(code="A", found_on=day, done_on=day, closed_on=day),
            put(code="B", found_on="2017-10-21"),
            LAST_DAY,
        ],
    )
    assert rebounds(snapshot) == [("同类再现", "B", date(2017, 10, 21), "A", 1)]


def test_the_one_closed_last_is_the_one_that_came_back(build_district: BuildDistrict) -> None:
    # C is found after both A and B were closed: one event, of B
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[
            put(code="A", found_on="2017-08-01", closed_on="2017-09-10"),
            put(code="B", found_on="2017-08-01", closed_on="2017-09-12"),
            put(code="C", found_on="2017-09-20"),
            LAST_DAY,
        ],
    )
    assert rebounds(snapshot) == [("同类再现", "C", date(2017, 9, 20), "B", 8)]


def test_what_the_ledger_reopened_is_one_event(build_district: BuildDistrict) -> None:
    # A is closed on 09-10 and back on 09-20 by the ledger; B, entered anew on 09-20, is that same rebound.
    # A is closed for good on 09-30, so that C on 10-05 has come back again, five days later.
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[
            put(code="A", found_on="2017-09-01", closed_on="2017-09-30", rebound_on="2017-09-20"),
            put(code="B", found_on="2017-09-20"),
            put(code="C", found_on="2017-10-05"),
            LAST_DAY,
        ],
    )
    found = rebounds(snapshot)
    assert [event[:4] for event in found] == [
        ("台账反弹", "A", date(2017, 9, 20), "A"),
        ("同类再现", "C", date(2017, 10, 5), "A"),
    ]
    assert found[1][4] == 5


def test_outfalls_once_sealed_and_later_not(build_district: BuildDistrict) -> None:
    def checks(code: str, *states: str) -> list[dict[str, Any]]:
        days = ("2017-08-01", "2017-09-01", "2017-10-01", "2017-10-20")
        places = {"code": code, "section": "S1", "town": "1"}
        return [places | {"checked_on": day, "state": state} for day, state in zip(days, states, strict=False)]

    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[LAST_DAY],
        outfalls=[
            *checks("back", "已封堵", "反弹", "整治中", "已封堵"),  # once, on 09-01
            *checks("twice", "已封堵", "整治中", "已封堵", "反弹"),  # 09-01 and 10-20
            *checks("kept", "已封堵", "规范保留", "整治中"),  # 10-01, sealed on 08-01: 61 days
            *checks("never sealed", "整治中", "规范保留", "整治中"),
            *checks("sealed", "整治中", "已封堵", "已封堵"),
        ],
    )
    assert sorted((event[1], event[2], event[4]) for event in rebounds(snapshot)) == [
        ("back", date(2017, 9, 1), 31),
        ("kept", date(2017, 10, 1), 61),
        ("twice", date(2017, 9, 1), 31),
        ("twice", date(2017, 10, 20), 19),
    ]


def test_a_rebound_counts_in_the_period_of_its_day_and_not_before_it(build_district: BuildDistrict) -> None:
    # as at Wednesday 10-25: B (found on the Tuesday) is back, C (Thursday) not yet
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[
            put(code="A", found_on="2017-10-01", closed_on="2017-10-10"),
            put(code="B", found_on="2017-10-24", closed_on="2017-10-25"),
            put(code="C", found_on="2017-10-26"),
            LAST_DAY,
        ],
    )
    assert [event[1] for event in rebounds(snapshot, WEEK)] == ["B", "C"]
    assert [event[1] for event in rebounds(snapshot, WEEK, as_of=date(2017, 10, 25))] == ["B"]
    assert rebounds(snapshot, WEEK.previous) == []
    (town, _) = rows_of(snapshot, "overdue_by_unit", by="town")
    assert (town["unit"], town["rebound"]) == ("甲镇", 2)
    (metric,) = [row for row in rows_of(snapshot, "district_metrics") if row["metric"] == "rebound"]
    assert (metric["numerator"], metric["denominator"], metric["value"]) == (2, None, 2)


def test_without_the_rule_only_the_ledger_speaks(build_district: BuildDistrict) -> None:
    problems = [
        put(code="A", found_on="2017-09-01", closed_on="2017-09-30", rebound_on="2017-09-20"),
        put(code="C", found_on="2017-10-05"),
        LAST_DAY,
    ]
    for policy in ({}, {"policy": AT_ONCE}):
        snapshot = build_district(towns=TOWNS, sections=SECTIONS, problems=problems, **policy)
        assert [event[:2] for event in rebounds(snapshot)] == [("台账反弹", "A")]


# by town, department, category and source


def unit_rows(snapshot: Snapshot, by: str, **params: Any) -> dict[Any, dict[str, Any]]:
    return {row["unit"]: row for row in rows_of(snapshot, "overdue_by_unit", by=by, **params)}


def test_units_of_each_kind(build_district: BuildDistrict) -> None:
    # as of 10-29: A is 9 days over, B 31 days, C due today, D without a deadline, E for ever, F done a day late in the
    # week, G done on its due day 10-23 and closed. Due in the week: C, F, G; done by then: G.
    rows = [
        problem("A", "2017-10-01", "2017-10-20", department="区水务局"),
        problem("B", "2017-09-01", "2017-09-28", department="区水务局", source="群众举报"),
        problem("C", "2017-10-01", "2017-10-29", department="区水务局", category="采砂"),
        problem("D", "2017-10-01", None, department=None),
        problem("E", "2017-10-01", "长期坚持", department=None, town="2"),
        problem("F", "2017-10-01", "2017-10-24", "2017-10-25", department="区水务局"),
        problem("G", "2017-10-01", "2017-10-23", "2017-10-23", closed_on="2017-10-29", department="区水务局"),
    ]
    outfall = {"code": "PK", "section": "S1", "town": "1"}
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=rows,
        outfalls=[
            outfall | {"checked_on": "2017-09-01", "state": "已封堵"},
            outfall | {"checked_on": "2017-10-25", "state": "反弹"},
        ],
    )
    by_department = unit_rows(snapshot, "department")
    water = by_department["区水务局"]
    assert (water["open"], water["overdue"], water["due_soon"], water["to_close"]) == (3, 2, 1, 1)
    assert (water["late_1_7"], water["late_8_30"], water["late_over_30"]) == (0, 1, 1)
    assert (water["days_sum"], water["days_max"], water["days_median"]) == (9 + 31, 31, 20)
    assert (water["late_done"], water["on_time"], water["due"]) == (1, 1, 3)
    assert water["on_time_rate"] == pytest.approx(1 / 3)
    nobody = by_department[None]
    assert (nobody["open"], nobody["no_deadline"], nobody["long_term"], nobody["rebound"]) == (2, 1, 1, 1)
    assert (nobody["on_time_rate"], nobody["days_max"]) == (None, None)
    by_town = unit_rows(snapshot, "town")
    assert (by_town["乙镇"]["open"], by_town["乙镇"]["long_term"], by_town["甲镇"]["rebound"]) == (1, 1, 1)
    assert {unit: row["open"] for unit, row in unit_rows(snapshot, "category").items()} == {
        "垃圾": 4,
        "采砂": 1,
        "排污口": 0,
    }
    assert {unit: row["overdue"] for unit, row in unit_rows(snapshot, "source").items()} == {
        "督查检查": 1,
        "群众举报": 1,
        "排污口核查": 0,
    }


def test_a_town_without_a_problem_is_listed_and_has_no_rate(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWNS, policy=LIMITS, problems=[LAST_DAY])
    other = unit_rows(snapshot, "town")["乙镇"]
    assert (other["open"], other["rebound"], other["due"], other["on_time_rate"]) == (0, 0, 0, None)


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


LAST_WEEK = Period.around(LAST, "week")
COUNTS = [
    "open",
    "overdue",
    "due_soon",
    "late_1_7",
    "late_8_30",
    "late_over_30",
    "days_sum",
    "late_done",
    "no_deadline",
    "to_close",
]


@pytest.mark.parametrize("period", [LAST_WEEK, LAST_WEEK.previous, Period.around(date(2017, 9, 1), "month")])
def test_the_units_add_up_to_the_district_whatever_they_are(demo: Snapshot, period: Period) -> None:
    by_town = ask(demo, "overdue_by_town", period)
    metrics = {row["metric"]: row for row in rows_of(demo, "district_metrics", period)}
    for by in chasing.UNITS:
        units = ask(demo, "overdue_by_unit", period, by=by)
        assert units[COUNTS].sum().to_dict() == by_town[COUNTS].sum().to_dict(), by
        assert units["due"].sum() == metrics["on_time_rate"]["denominator"]
        assert units["on_time"].sum() == metrics["on_time_rate"]["numerator"]
        assert units["rebound"].sum() == len(ask(demo, "rebound_list", period))
        assert units["unit"].is_unique


def test_by_town_is_overdue_by_town(demo: Snapshot) -> None:
    units = ask(demo, "overdue_by_unit", LAST_WEEK, by="town").set_index("unit").sort_index()
    towns = ask(demo, "overdue_by_town", LAST_WEEK).set_index("town").sort_index()
    columns = [*COUNTS, "long_term", "days_max", "days_median"]
    pd.testing.assert_frame_equal(units[columns], towns[columns], check_names=False)


# the way from found to closed


def flow_of(snapshot: Snapshot, **params: Any) -> dict[str, tuple[Any, ...]]:
    """By step: n, median and longest days, how many wait for it and how long the longest."""
    rows = rows_of(snapshot, "rectification_flow", **params)
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    names = ("n", "median_days", "longest_days", "waiting", "waiting_days")
    return {row["step"]: tuple(row[name] for name in names) for row in rows}


def test_days_from_step_to_step(build_district: BuildDistrict) -> None:
    # closed in the week, with: A given out after 1 day, signed 12 h later (0.5 d), done 6 days after that day, closed 4
    # days later, whole way 10-12 → 10-23 = 11; B without a transfer: done 8 days after its finding, closed that day;
    # C closed on the last day of the week, signed for only after it was done, so done 3 days after it was given out
    snapshot = build_district(
        towns=TOWNS,
        policy=LIMITS,
        problems=[
            problem("A", "2017-10-12", "2017-10-20", "2017-10-19", closed_on="2017-10-23"),
            problem("B", "2017-10-16", "2017-10-24", "2017-10-24", closed_on="2017-10-24"),
            problem("C", "2017-10-24", "2017-11-20", "2017-10-27", closed_on="2017-10-29"),
            problem("before", "2017-10-01", "2017-10-20", "2017-10-20", closed_on="2017-10-22"),
        ],
        transfers=[
            move("A", "2017-10-13 09:00", "交办"),
            move("A", "2017-10-13 21:00", "签收"),
            move("A", "2017-10-19 17:00", "反馈"),
            move("C", "2017-10-24 09:00", "交办"),
            move("C", "2017-10-28 09:00", "签收"),
        ],
    )
    assert flow_of(snapshot) == {
        "交办": (2, 0.5, 1, 0, None),  # 1 and 0 days
        "签收": (2, 2.25, 4, 0, None),  # 0.5 and 4 days
        "整改完成": (3, 6, 8, 0, None),  # 6, 8 and 3
        "销号": (3, 2, 4, 0, None),  # 4, 0 and 2
        "全程": (3, 8, 11, 0, None),  # 11, 8 and 5
    }


def test_where_the_open_ones_wait(build_district: BuildDistrict) -> None:
    # as of 10-29: A was given out on 10-19 and not signed for; B is signed for since 10-24; C never handed out, found
    # on 10-09; D is done since 10-27. Nothing was closed in the week.
    snapshot = build_district(
        towns=TOWNS,
        policy=LIMITS,
        problems=[
            problem("A", "2017-10-18", "2017-11-30", department="区水务局"),
            problem("B", "2017-10-20", "2017-11-30"),
            problem("C", "2017-10-09", "2017-11-30"),
            problem("D", "2017-10-01", "2017-11-30", "2017-10-27"),
            LAST_DAY,
        ],
        transfers=[
            move("A", "2017-10-19 09:00", "交办"),
            move("B", "2017-10-21 09:00", "交办"),
            move("B", "2017-10-24 09:00", "签收"),
        ],
    )
    steps = flow_of(snapshot)
    assert {step: row[3:] for step, row in steps.items()} == {
        "交办": (0, None),
        "签收": (1, 10),
        "整改完成": (3, 20),  # B, C and the one found today
        "销号": (1, 2),
        "全程": (0, None),
    }
    assert {row[:3] for row in steps.values()} == {(0, None, None)}
    assert flow_of(snapshot, department="区水务局")["签收"][3:] == (1, 10)
    assert flow_of(snapshot, town="2") == {}


def test_a_rebound_goes_the_way_again(build_district: BuildDistrict) -> None:
    # back on 10-20, given out again on 10-21 and signed for the same noon, done on 10-24, closed on 10-25: the first
    # hand-out of 09-02 is not its own
    snapshot = build_district(
        towns=TOWNS,
        policy=LIMITS,
        problems=[
            problem("A", "2017-09-01", "2017-09-30", "2017-10-24", closed_on="2017-10-25", rebound_on="2017-10-20"),
            LAST_DAY,
        ],
        transfers=[
            move("A", "2017-09-02 09:00", "交办"),
            move("A", "2017-10-21 00:00", "交办"),
            move("A", "2017-10-21 12:00", "签收"),
        ],
    )
    steps = flow_of(snapshot)
    assert {step: row[:2] for step, row in steps.items()} == {
        "交办": (1, 1),
        "签收": (1, 0.5),
        "整改完成": (1, 3),
        "销号": (1, 1),
        "全程": (1, 5),
    }


def test_what_was_closed_later_was_still_waiting(build_district: BuildDistrict) -> None:
    rows = [problem("A", "2017-10-16", "2017-11-30", "2017-10-24", closed_on="2017-10-26"), LAST_DAY]
    snapshot = build_district(towns=TOWNS, policy=LIMITS, problems=rows)
    assert flow_of(snapshot, as_of=date(2017, 10, 25))["销号"] == (0, None, None, 1, 1)
    assert flow_of(snapshot)["销号"] == (1, 2, 2, 0, None)


# the list to chase, and one problem


def test_what_hurts_most_comes_first(build_district: BuildDistrict) -> None:
    rows = [
        problem("listed", "2017-07-10", "2017-10-31", city_listed=True, severity="一般"),
        problem("longest", "2017-10-01", "2017-10-05", severity="一般"),
        problem("grave", "2017-10-02", "2017-10-20", severity="严重"),
        problem("middling", "2017-10-01", "2017-10-20", severity="较重"),
        problem("back", "2017-09-01", "2017-10-20", "2017-09-05", closed_on="2017-09-06", rebound_on="2017-10-01"),
        problem("older", "2017-09-01", "2017-10-20"),
        problem("newer", "2017-09-02", "2017-10-20", severity="一般"),
        problem("soon", "2017-10-01", "2017-10-29"),
        problem("no deadline", "2017-08-01", None),
    ]
    snapshot = build_district(towns=TOWNS, policy=LIMITS, problems=rows)
    order = ["listed", "longest", "grave", "middling", "back", "older", "newer", "soon", "no deadline"]
    for query in ("open_problems", "problem_list"):
        found = rows_of(
            snapshot, query, as_of=date(2017, 10, 29), **({"state": None} if query == "problem_list" else {})
        )
        assert [row["code"] for row in found] == order
        assert [row["position"] for row in found] == list(range(1, 10))
    assert [row["state"] for row in found][-2:] == ["临期", "无时限"]


def test_done_late_is_amber_for_ever(build_district: BuildDistrict) -> None:
    # A late and closed, B late and not closed, C in time, E late before its rebound and open again. Of D the ledger
    # keeps the second completion only, in time by the three days of 立行立改 on 10-23; the first is taken as in time
    snapshot = build_district(
        towns=TOWNS,
        policy=LIMITS,
        problems=[
            problem("A", "2017-09-01", "2017-09-10", "2017-09-11", closed_on="2017-09-12"),
            problem("B", "2017-10-01", "2017-10-10", "2017-10-25"),
            problem("C", "2017-10-01", "2017-10-10", "2017-10-10"),
            problem("D", "2017-09-01", "2017-09-10", "2017-10-22", closed_on="2017-10-22", rebound_on="2017-10-20"),
            problem("E", "2017-09-01", "2017-09-10", "2017-09-20", closed_on="2017-09-21", rebound_on="2017-10-20"),
            LAST_DAY,
        ],
    )
    late = rows_of(snapshot, "problem_list", state="逾期完成")
    assert [(row["code"], row["days_late"]) for row in late] == [("B", 15), ("E", 10), ("A", 1)]
    assert {row["code"] for row in rows_of(snapshot, "problem_list", state="待销号")} == {"B", "C"}
    cards = {code: rows_of(snapshot, "problem_card", code=code)[0] for code in ("D", "E")}
    assert (cards["D"]["state"], cards["D"]["late_days"]) == ("已销号", None)
    assert (cards["E"]["state"], cards["E"]["late_days"]) == ("逾期", 10)


def test_hand_overs_count_up_to_the_day(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=LIMITS,
        problems=[problem("A", "2017-10-01", "2017-11-30"), LAST_DAY],
        transfers=[
            move("A", "2017-10-02 09:00", "交办"),
            move("A", "2017-10-03 09:00", "退回"),
            move("A", "2017-10-25 23:59", "转办"),
            move("A", "2017-10-26 00:00", "转办"),
        ],
    )
    for as_of, expected in ((date(2017, 10, 25), (2, 3)), (date(2017, 10, 29), (3, 4))):
        (row, *_) = rows_of(snapshot, "problem_list", state="在期", as_of=as_of)
        (card,) = rows_of(snapshot, "problem_card", code="A", as_of=as_of)
        assert (row["handed_on"], card["moves"]) == expected


def history(snapshot: Snapshot, code: str, **params: Any) -> list[tuple[Any, ...]]:
    rows = rows_of(snapshot, "problem_history", code=code, **params)
    return [(row["day"].date().isoformat()[5:], row["event"], row["hours"], row["days_late"]) for row in rows]


def test_the_whole_history_in_order(build_district: BuildDistrict) -> None:
    # due 10-10, done 10-13 three days late; 09:00 to 15:30 is 6.5 hours, and to 10-13 17:00 another 265.5
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        departments=[{"name": "区水务局"}],
        policy=LIMITS,
        problems=[
            put(
                code="A",
                found_on="2017-10-02",
                deadline="2017-10-10",
                done_on="2017-10-13",
                closed_on="2017-10-20",
                rebound_on="2017-10-28",
                severity=None,
            ),
            LAST_DAY,
        ],
        transfers=[
            move("A", "2017-10-02 15:30", "签收", from_unit="区水务局", to_unit="区水务局"),
            move("A", "2017-10-02 09:00", "交办", from_unit="区河长办", to_unit="区水务局", note="尽快"),
            move("A", "2017-10-13 17:00", "反馈"),
        ],
        enforcement=[
            {
                "code": "Z",
                "day": "2017-10-05",
                "department": "区水务局",
                "offence": "倾倒",
                "cases_opened": 1,
                "orders": 0,
                "problem": "A",
            }
        ],
    )
    assert history(snapshot, "A") == [
        ("10-02", "发现", None, None),
        ("10-02", "交办", None, None),
        ("10-02", "签收", 6.5, None),
        ("10-05", "执法", None, None),
        ("10-10", "到期", None, None),
        ("10-13", "反馈", 265.5, None),
        ("10-13", "整改完成", None, 3),
        ("10-20", "销号", None, None),
        ("10-28", "反弹", None, None),
    ]
    (notes,) = [row["note"] for row in rows_of(snapshot, "problem_history", code="A") if row["event"] == "执法"]
    assert notes == "倾倒，立案 1 件"
    assert [event[1] for event in history(snapshot, "A", as_of=date(2017, 10, 4))] == ["发现", "交办", "签收"]
    (card,) = rows_of(snapshot, "problem_card", code="A")
    # back on 10-28, due three days later
    assert (card["state"], card["due_on"].date(), card["rebounded_on"].date()) == (
        "临期",
        date(2017, 10, 31),
        date(2017, 10, 28),
    )


def test_who_walked_past_it_before_others_found_it(build_district: BuildDistrict) -> None:
    # walked on 10-20, found by inspectors on 10-24: within the seven days, and nothing was reported
    seven = {"effective_from": "2017-07-01", "rule": "漏报天数", "subject": "", "value": 7.0}
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=[*LIMITS, seven],
        chiefs=[
            {
                "code": "H1",
                "name": "张示例",
                "level": "段长",
                "town": "1",
                "sections": ["S1"],
                "appointed_on": "2017-07-01",
            }
        ],
        patrols=[
            {"code": "X", "chief": "H1", "section": "S1", "started_at": "2017-10-20 08:00", "problems_found": 0},
        ],
        problems=[put(code="A", found_on="2017-10-24"), LAST_DAY],
    )
    assert [event[:2] for event in history(snapshot, "A")] == [("10-20", "视而不见"), ("10-24", "发现")]
    assert history(snapshot, "A", as_of=date(2017, 10, 23)) == []


def test_only_completions_that_the_ledger_writes_are_told(build_district: BuildDistrict) -> None:
    # the ledger keeps the completion of 10-24 only; what ended the first spell is not known
    again = problem("A", "2017-09-01", "2017-12-31", "2017-10-24", closed_on="2017-10-25", rebound_on="2017-10-20")
    snapshot = build_district(towns=TOWNS, policy=LIMITS, problems=[again, LAST_DAY])
    assert [event[:2] for event in history(snapshot, "A")] == [
        ("09-01", "发现"),
        ("10-20", "反弹"),
        ("10-24", "整改完成"),
        ("10-25", "销号"),
    ]


def test_closed_on_the_very_day_and_without_a_transfer(build_district: BuildDistrict) -> None:
    one = put(code="A", found_on="2017-10-24", done_on="2017-10-24", closed_on="2017-10-24")
    snapshot = build_district(towns=TOWNS, sections=SECTIONS, policy=LIMITS, problems=[one, LAST_DAY])
    assert [event[:2] for event in history(snapshot, "A")] == [
        ("10-24", "发现"),
        ("10-24", "整改完成"),
        ("10-24", "销号"),
    ]
    (card,) = rows_of(snapshot, "problem_card", code="A")
    assert (card["state"], card["moves"], card["handed_on"]) == ("已销号", 0, 0)
    assert flow_of(snapshot)["全程"][:2] == (1, 0)


def test_earlier_problems_of_the_category_on_the_section(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[
            put(code="old", found_on="2017-08-01", closed_on="2017-08-05"),
            put(code="back", found_on="2017-09-01", closed_on="2017-09-30", rebound_on="2017-09-20"),
            put(code="elsewhere", found_on="2017-09-01", section="S2"),
            put(code="this", found_on="2017-10-01"),
            put(code="later", found_on="2017-10-02"),
            put(code="nowhere", found_on="2017-10-03", section=None),
            LAST_DAY,
        ],
    )
    earlier = rows_of(snapshot, "earlier_problems", code="this")
    assert [(row["code"], row["state"]) for row in earlier] == [("back", "已销号"), ("old", "已销号")]
    assert rows_of(snapshot, "earlier_problems", code="nowhere") == []


def test_a_reader_sees_his_own_problems_only(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=LIMITS,
        problems=[put(code="A", found_on="2017-10-01"), LAST_DAY],
        transfers=[move("A", "2017-10-02 09:00", "交办")],
    )
    mine, other = Reader("甲镇", town="1"), Reader("乙镇", town="2")
    for query in ("problem_card", "problem_history"):
        assert len(ask(snapshot, query, WEEK, reader=mine, code="A"))
        assert ask(snapshot, query, WEEK, reader=other, code="A").empty
    assert ask(snapshot, "problem_list", WEEK, reader=other, state=None).empty
    assert ask(snapshot, "problem_filters", WEEK, reader=other).empty
    assert ask(snapshot, "rebound_list", WEEK, reader=other).empty
    with pytest.raises(QueryRefused):
        ask(snapshot, "overdue_by_unit", WEEK, reader=other, by="town")
    assert len(ask(snapshot, "overdue_by_unit", WEEK, reader=DISTRICT, by="town")) == 2


def test_filters_offer_what_is_known_on_the_day(build_district: BuildDistrict) -> None:
    rows = [
        problem("A", "2017-10-01", None, department="区水务局"),
        problem("B", "2017-10-02", None, department="区水务局"),
        problem("C", "2017-10-29", None, town="2", department=None, category="采砂", source="群众举报"),
    ]
    snapshot = build_district(towns=TOWNS, policy=LIMITS, problems=rows)
    found = {tuple(row.values()) for row in rows_of(snapshot, "problem_filters")}
    assert found == {("甲镇", "区水务局", "垃圾", "督查检查"), ("乙镇", None, "采砂", "群众举报")}
    assert len(rows_of(snapshot, "problem_filters", as_of=date(2017, 10, 28))) == 1


# words


def steps(closed: int, **days: float | None) -> pd.DataFrame:
    order = ("交办", "签收", "整改完成", "销号", "全程")
    rows = [(step, place, closed, days.get(step)) for place, step in enumerate(order, start=1)]
    return pd.DataFrame(rows, columns=["step", "position", "closed", "median_days"])


def test_the_title_names_the_slowest_step() -> None:
    usual = steps(1200, 交办=0.0, 签收=0.4, 整改完成=6.5, 销号=1.0, 全程=9.0)
    assert titles.flow(usual, WEEK) == "本周销号 1,200 件，从发现到销号中位 9 天；最慢在整改完成，中位 6.5 天"
    tied = steps(2, 整改完成=3.0, 销号=3.0, 全程=6.0)
    assert titles.flow(tied, WEEK) == "本周销号 2 件，从发现到销号中位 6 天；最慢在整改完成，中位 3 天"
    at_once = steps(1, 整改完成=0.0, 销号=0.0, 全程=0.0)
    assert titles.flow(at_once, WEEK) == "本周销号 1 件，从发现到销号中位 0 天"
    assert titles.flow(steps(0), WEEK) == "本周没有销号的问题"
    assert titles.flow(steps(0).head(0), WEEK) == "本周没有销号的问题"


@pytest.mark.parametrize(
    ("state", "days_late", "late_done", "words"),
    [
        ("逾期", 47, False, "逾期 47 天"),
        ("临期", -2, False, "临期 2 天"),
        ("临期", 0, False, "临期当天"),
        ("无时限", None, False, "无时限"),
        ("待销号", 3, True, "待销号，逾期 3 天完成"),
        ("已销号", -1, False, "已销号"),
    ],
)
def test_how_a_problem_stands_in_words(state: str, days_late: int | None, late_done: bool, words: str) -> None:
    assert titles.standing({"state": state, "days_late": days_late, "late_done": late_done}) == words


@pytest.mark.parametrize(
    ("days", "text"), [(3.0, "3 天"), (0.42, "0.4 天"), (0.01, "不到 0.1 天"), (0.0, "0 天"), (None, "—")]
)
def test_lengths_of_time(days: float | None, text: str) -> None:
    assert in_days(days) == text


@pytest.mark.parametrize(("length", "text"), [(3.7, "3.7 小时"), (47.0, "47 小时"), (48.0, "2 天"), (None, "—")])
def test_hours_become_days(length: float | None, text: str) -> None:
    assert hours(length) == text


def test_the_chosen_of_a_list() -> None:
    states = ("逾期", "临期", "无时限", "在期", "长期坚持")
    found = pd.DataFrame([{"state": state, "town": "甲镇", "source": state} for state in states])
    assert chasing.chosen(found, chasing.TODAY, {})["state"].tolist() == ["逾期", "临期", "无时限"]
    assert len(chasing.chosen(found, chasing.OPEN, {"town": "甲镇", "department": None})) == 5
    assert chasing.chosen(found, "长期坚持", {})["state"].tolist() == ["长期坚持"]
    assert chasing.chosen(found, chasing.OPEN, {"town": "乙镇"}).empty
    assert [chasing.asked(state) for state in chasing.STATES] == [*[None] * 6, "待销号", "逾期完成", None]
    assert footnotes.chased(found.head(2), 1).startswith(
        "共 2 件：逾期 1 件、临期 1 件。列出前 1 件，全部见导出本表。次序："
    )


# the planted stories


def test_the_problem_that_was_handed_over_three_times(demo: Snapshot) -> None:
    story = stories()["handed_over"]
    (row,) = [row for row in rows_of(demo, "open_problems", LAST_WEEK) if row["handed_on"]]
    assert (row["town"], row["found_on"].date(), row["handed_on"]) == (story["town"], story["found_on"], 3)
    history = rows_of(demo, "problem_history", LAST_WEEK, code=row["code"])
    events = [event for event in history if event["event"] != "执法"]
    assert [event["event"] for event in events] == ["发现", "交办", "转办", "转办", "转办"]
    assert [event["to_unit"] for event in events[1:]] == story["units"]
    # given out on 09-26 and never signed for: 33 days on 10-29
    assert flow_of_demo(demo)["签收"]["waiting_days"] == 33


def flow_of_demo(demo: Snapshot) -> dict[str, dict[str, Any]]:
    return {row["step"]: row for row in rows_of(demo, "rectification_flow", LAST_WEEK)}


def test_the_outfall_that_came_back(demo: Snapshot) -> None:
    story = stories()["rebound"]
    week = Period.around(story["rebound_on"], "week")
    found = [row for row in rows_of(demo, "rebound_list", week) if row["kind"] != "同类再现"]
    assert {row["kind"] for row in found} == {"台账反弹", "排污口反弹"}
    assert {(row["town"], row["day"].date()) for row in found} == {(story["town"], story["rebound_on"])}
    (outfall,) = [row for row in found if row["kind"] == "排污口反弹"]
    assert (outfall["code"], outfall["first_closed_on"].date()) == (story["outfall"], story["sealed_on"])


def test_rebounds_are_few_in_the_demonstration(demo: Snapshot) -> None:
    """Else the page would drown in what chance puts on the same section: about a fifth of the findings."""
    month = Period.around(LAST, "month")
    found = len(ask(demo, "rebound_list", month))
    assert 0 < found < 40


def test_what_was_planted_as_overdue_and_without_a_deadline_is_on_the_page(
    demo_warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    worst = max(stories()["overdue_days"]["宝山镇"])
    text = shown(open_page("overdue.py", monkeypatch, demo_warehouse.folder, town="宝山镇", state="逾期"))
    assert f"逾期 {worst} 天" in text
    assert "共 11 件：逾期 11 件" in text
    text = shown(open_page("overdue.py", monkeypatch, demo_warehouse.folder, town="宝山镇", state="无时限"))
    assert "共 2 件：无时限 2 件" in text


@pytest.mark.parametrize("by", list(chasing.UNITS))
@pytest.mark.parametrize("state", ["反弹", "逾期完成", "长期坚持"])
def test_every_view_of_the_page(
    by: str, state: str, demo_warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("overdue.py", monkeypatch, demo_warehouse.folder, by=by, state=state)
    assert not app.exception
    assert "从发现到销号中位" in shown(app)


def test_a_problems_own_page(demo: Snapshot, demo_warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = [row for row in rows_of(demo, "open_problems", LAST_WEEK) if row["handed_on"]]
    app = open_page("overdue.py", monkeypatch, demo_warehouse.folder, problem=row["code"], state="临期")
    assert not app.exception
    text = shown(app)
    assert "其中转办、退回 3 次" in text
    assert "不属于本单位职责" in text
    assert "problem=" not in text.split("回到逾期整改")[0].split("overdue?")[-1]


def test_a_problem_that_nobody_knows(demo_warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("overdue.py", monkeypatch, demo_warehouse.folder, problem="没有这个编号")
    assert not app.exception
    assert "没有这个问题" in shown(app)


def test_a_ledger_without_the_optional_fields(build_district: BuildDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=LIMITS,
        problems=[
            problem("A", "2017-10-01", None, department=None, person=None),
            problem("B", "2017-10-01", "2017-10-24", "2017-10-24", closed_on="2017-10-24", rebound_on="2017-10-27"),
            LAST_DAY,
        ],
    )
    folder = snapshot.path.parent.parent
    for query in ({}, {"by": "department"}, {"problem": "A"}, {"problem": "B"}, {"state": "反弹"}):
        app = open_page("overdue.py", monkeypatch, folder, **query)
        assert not app.exception, query
        assert "None" not in shown(app), query
