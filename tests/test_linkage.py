"""部门联动: hand-overs, signing and 推诿, each figure worked out by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, Rows, rows_of
from test_enforcement import department

from supervision import department_titles as say
from supervision.demo.facts import stories
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

OCTOBER = Period.around(date(2017, 10, 1), "month")
OFFICE, WATER, AIR = "区河长办", "区水务局", "区环保局"


def moved(problem: str, when: str, action: str, giver: str | None = None, taker: str | None = None) -> dict[str, Any]:
    day, _, hour = when.partition(" ")
    moment = f"2017-10-{day} {hour or '00:00'}"
    return {"problem": problem, "moved_at": moment, "action": action, "from_unit": giver, "to_unit": taker}


def problem(code: str, **more: Any) -> dict[str, Any]:
    known = {"code": code, "town": "1", "found_on": "2017-10-01", "source": "督查检查", "category": "排污"}
    return known | {"description": "示例", "department": WATER, "done_on": None} | more


def build(build_district: BuildDistrict, transfers: Rows, **more: Rows) -> Snapshot:
    codes = sorted({row["problem"] for row in transfers})
    masters: dict[str, Rows] = {
        "towns": [{"code": "1", "name": "甲镇", "aliases": ["甲"]}],
        "departments": [
            department(WATER, aliases=["水务局", "水利"]),
            department(AIR, aliases=["环保局", "水利"]),
        ],
        "problems": [problem(code) for code in codes],
    }
    return build_district(**(masters | {"transfers": transfers} | more))


def by_unit(snapshot: Snapshot, period: Period = WEEK, **params: Any) -> dict[str, dict[str, Any]]:
    return {row["department"]: row for row in rows_of(snapshot, "linkage_by_department", period, **params)}


def steps(snapshot: Snapshot) -> pd.DataFrame:
    return snapshot.frame("select * from hand_overs order by problem, step")


def test_hours_from_giving_to_signing(build_district: BuildDistrict) -> None:
    # a: 23 09:00 to 24 09:30, 24.5 hours; b: 2 hours; c: given the week before, signed in it after 7 days, 168 hours;
    # d: waits from 28 12:00 to the end of the 29th, 36 hours; e: given after the week
    snapshot = build(
        build_district,
        [
            moved("a", "23 09:00", "交办", OFFICE, WATER),
            moved("a", "24 09:30", "签收", WATER, WATER),
            moved("b", "23 09:00", "交办", OFFICE, WATER),
            moved("b", "23 11:00", "签收", WATER),
            moved("c", "18 10:00", "交办", OFFICE, WATER),
            moved("c", "25 10:00", "签收", OFFICE, WATER),
            moved("d", "28 12:00", "交办", OFFICE, WATER),
            moved("e", "30 08:00", "交办", OFFICE, WATER),
        ],
    )
    row = by_unit(snapshot)[WATER]
    assert (row["received"], row["signed"], row["waiting"]) == (3, 3, 1)
    # of 2, 24.5 and 168 the middle one is 24.5, the mean (2 + 24.5 + 168) / 3
    assert (row["hours_median"], row["hours_mean"], row["hours_max"]) == (24.5, pytest.approx(194.5 / 3), 168)
    assert row["waiting_hours_max"] == 36
    # at the end of the 23rd only b is signed, 2 hours; a waits since 9, 15 hours, and c since the 18th, 5 days and 14 h
    early = by_unit(snapshot, as_of=date(2017, 10, 23))[WATER]
    assert (early["received"], early["signed"], early["hours_median"], early["waiting"]) == (2, 1, 2, 2)
    assert early["waiting_hours_max"] == 5 * 24 + 14
    nothing = by_unit(snapshot)[AIR]
    assert (nothing["received"], nothing["signed"], nothing["hours_median"], nothing["waiting"]) == (0, 0, None, 0)


def test_what_a_signing_belongs_to(build_district: BuildDistrict) -> None:
    snapshot = build(
        build_district,
        [
            # passed on unsigned: the signing of the other unit belongs to the second hand-over only
            moved("a", "23 08:00", "交办", OFFICE, WATER),
            moved("a", "23 10:00", "转办", WATER, AIR),
            moved("a", "23 13:00", "签收", AIR, AIR),
            # signed twice: the first counts
            moved("b", "23 08:00", "交办", OFFICE, WATER),
            moved("b", "23 09:00", "签收", WATER, WATER),
            moved("b", "23 12:00", "签收", WATER, WATER),
            # somebody else signs: that is not the taker
            moved("c", "23 08:00", "交办", OFFICE, WATER),
            moved("c", "23 09:00", "签收", AIR, AIR),
            # no taker written: whoever signs next took it
            moved("d", "23 08:00", "交办", OFFICE, None),
            moved("d", "23 12:00", "签收", WATER, None),
            # the signing names nobody: it is the taker's
            moved("e", "23 08:00", "交办", OFFICE, WATER),
            moved("e", "23 08:00", "签收"),
            # signed only after it was returned
            moved("f", "23 08:00", "交办", OFFICE, WATER),
            moved("f", "23 09:00", "退回", WATER, OFFICE),
            moved("f", "23 10:00", "签收", WATER, WATER),
        ],
    )
    given = steps(snapshot).query("action in ('交办', '转办')")
    found = [tuple(row) for row in given[["problem", "taker"]].to_numpy()]
    assert found == [("a", WATER), ("a", AIR), ("b", WATER), ("c", WATER), ("d", WATER), ("e", WATER), ("f", WATER)]
    assert [None if pd.isna(each) else each for each in given["hours"]] == [None, 3, 1, None, 4, 0, None]
    row = by_unit(snapshot)[WATER]
    # only c still waits: a was passed on, f returned
    assert (row["waiting"], row["returned"], row["passed_on"]) == (1, 1, 1)
    states = {each["problem"]: each["state"] for each in rows_of(snapshot, "hand_over_list", department=WATER)}
    assert states == {
        "a": "未签收已转办",
        "b": "已签收",
        "c": "未签收",
        "d": "已签收",
        "e": "已签收",
        "f": "未签收已退回",
    }


def test_a_repeated_hand_over_is_one(build_district: BuildDistrict) -> None:
    # given again an hour later to the unit that holds it, then again after it was returned: two hand-overs, one return
    snapshot = build(
        build_district,
        [
            moved("a", "23 08:00", "交办", OFFICE, WATER),
            moved("a", "23 09:00", "交办", OFFICE, "水务局"),
            moved("a", "23 10:00", "签收", WATER),
            moved("a", "24 08:00", "退回", WATER, OFFICE),
            moved("a", "24 08:05", "退回", WATER, OFFICE),
            moved("a", "25 08:00", "交办", OFFICE, WATER),
        ],
    )
    assert steps(snapshot)[["action", "passes"]].to_numpy().tolist() == [["交办", 0], ["退回", 1], ["交办", 1]]
    row = by_unit(snapshot)[WATER]
    assert (row["received"], row["signed"], row["hours_median"], row["returned"]) == (2, 1, 2, 1)


def test_units_are_known_by_name_or_alias_and_the_others_are_reported(build_district: BuildDistrict) -> None:
    # 水利 is an alias of two departments and so of none; 甲 is the town
    snapshot = build(
        build_district,
        [
            moved("a", "23 08:00", "交办", OFFICE, " 水务 局"),
            moved("b", "23 08:00", "交办", OFFICE, "水利"),
            moved("c", "23 08:00", "交办", OFFICE, "甲"),
            moved("d", "23 08:00", "交办", OFFICE, "某公司"),
        ],
    )
    assert steps(snapshot)[["taker", "taker_kind"]].astype(object).fillna("").to_numpy().tolist() == [
        [WATER, "部门"],
        ["水利", ""],
        ["甲镇", "镇乡街道"],
        ["某公司", ""],
    ]
    (total,) = rows_of(snapshot, "linkage_total")
    assert (total["received"], total["problems"], total["unknown"]) == (4, 4, 2)
    assert sorted(total["unknown_units"].split("、")) == ["某公司", "水利"]
    assert "有 2 次交给了名录里没有的单位" in say.linkage_foot(pd.DataFrame([total]))


def test_handed_on_twice_is_passing_the_buck(build_district: BuildDistrict) -> None:
    # a: returned on the 20th, passed on on the 24th: the second one lies in the week; b: passed on once
    snapshot = build(
        build_district,
        [
            moved("a", "19 08:00", "交办", OFFICE, AIR),
            moved("a", "20 08:00", "退回", AIR, OFFICE),
            moved("a", "21 08:00", "交办", OFFICE, WATER),
            moved("a", "24 08:00", "转办", WATER, AIR),
            moved("b", "23 08:00", "交办", OFFICE, WATER),
            moved("b", "24 08:00", "转办", None, AIR),
        ],
    )
    rows = by_unit(snapshot)
    assert {name: (row["returned"], row["passed_on"], row["shirked"]) for name, row in rows.items()} == {
        WATER: (0, 2, 1),  # the unit that passed b on is not written: it is the one that held it
        AIR: (0, 0, 1),  # returned the week before, but the problem became 推诿 in this one
    }
    chain = rows_of(snapshot, "shirked_steps")
    assert [(row["problem"], row["step"], row["action"], row["taker"]) for row in chain] == [
        ("a", 1, "交办", AIR),
        ("a", 2, "退回", OFFICE),
        ("a", 3, "交办", WATER),
        ("a", 4, "转办", AIR),
    ]
    # judged at the newest fact: from 19 to 24 October are 5 days
    assert {(row["passes"], row["days"], row["shirked_on"].day, row["is_new"]) for row in chain} == {(2, 5, 24, True)}
    assert rows_of(snapshot, "shirked_steps", as_of=date(2017, 10, 23)) == []
    (total,) = rows_of(snapshot, "linkage_total")
    assert (total["returned"], total["passed_on"], total["shirked"]) == (0, 2, 1)


def test_an_old_one_is_listed_while_it_is_open(build_district: BuildDistrict) -> None:
    moves = [
        moved("a", "02 08:00", "交办", OFFICE, AIR),
        moved("a", "03 08:00", "转办", AIR, WATER),
        moved("a", "04 08:00", "转办", WATER, AIR),
    ]
    snapshot = build(build_district, moves)
    assert {row["is_new"] for row in rows_of(snapshot, "shirked_steps")} == {False}
    done = build(build_district, moves, problems=[problem("a", done_on="2017-10-20")])
    assert rows_of(done, "shirked_steps") == []


def test_measures_of_a_town(build_district: BuildDistrict) -> None:
    # a: first given on the 22nd, three hand-overs, the last on the 30th; b: one. signed: a after 5 hours, b after 1
    snapshot = build(
        build_district,
        [
            moved("a", "22 08:00", "交办", OFFICE, WATER),
            moved("a", "24 08:00", "转办", WATER, AIR),
            moved("a", "24 13:00", "签收", AIR),
            moved("a", "30 08:00", "转办", AIR, WATER),
            moved("b", "23 08:00", "交办", OFFICE, AIR),
            moved("b", "23 09:00", "签收", AIR),
        ],
        policy=[{"effective_from": "2017-01-01", "rule": "立行立改天数", "subject": None, "value": 3}],
    )
    measures = snapshot.frame("select * from linkage_measures order by metric, code, known_from")

    def figure(metric: str, start: str, end: str, as_of: str) -> tuple[float, float]:
        counted = measures[
            (measures["metric"] == metric)
            & measures["day"].between(start, end)
            & (measures["known_from"] <= pd.Timestamp(as_of))
        ]
        return counted["numerator"].sum(), counted["denominator"].sum()

    assert figure("signing_hours", "2017-10-23", "2017-10-29", "2017-10-29") == (6, 2)
    # a counts in the week of its first hand-over: two by the 29th, three by the 30th
    assert figure("handovers", "2017-10-16", "2017-10-22", "2017-10-22") == (1, 1)
    assert figure("handovers", "2017-10-16", "2017-10-22", "2017-10-29") == (2, 1)
    assert figure("handovers", "2017-10-16", "2017-10-22", "2017-10-30") == (3, 1)
    assert figure("handovers", "2017-10-23", "2017-10-29", "2017-10-29") == (1, 1)
    # the second 转办 of a is on the 30th
    assert figure("passed_on", "2017-10-23", "2017-10-29", "2017-10-29") == (0, 0)
    assert figure("passed_on", "2017-10-30", "2017-10-30", "2017-10-30") == (1, 0)
    assert set(measures["town"]) == {"1"}


def test_titles_of_linkage() -> None:
    total = {"received": 9, "signed": 8, "waiting": 1, "hours_median": 10.0, "shirked": 2}
    columns = ["department", "signed", "hours_median", "waiting", "waiting_hours_max"]
    rows = [("区水务局", 5, 30.0, 1, 446.0), ("区环保局", 4, 90.0, 0, None), ("区农业局", 6, 9.0, 0, None)]
    frame = pd.DataFrame(rows, columns=columns)
    title = say.linkage(pd.DataFrame([total]), frame, WEEK)
    # 环保局 signed only four times, too few to be named
    assert title == "签收一般用 10.0 小时，水务局最慢（30.0 小时）；1 次未签收，最久 446 小时（水务局）；新增推诿 2 件"
    even = frame.assign(hours_median=14.9, waiting=0)
    calm = total | {"waiting": 0, "shirked": 0}
    assert say.linkage(pd.DataFrame([calm]), even, WEEK) == "签收一般用 10.0 小时；都已签收；没有新增推诿"
    none = dict.fromkeys(total, 0)
    assert say.linkage(pd.DataFrame([none]), frame.head(0), WEEK) == "本周没有交办、转办，也没有等签收的"


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_the_problem_that_was_handed_over_three_times(demo: Snapshot) -> None:
    story = stories()["handed_over"]
    chain = rows_of(demo, "shirked_steps", OCTOBER)
    assert {row["town"] for row in chain} == {story["town"]}
    assert [row["taker"] for row in chain] == story["units"]
    assert {row["passes"] for row in chain} == {3}
    shirking = {name for name, row in by_unit(demo, OCTOBER).items() if row["shirked"]}
    assert shirking == set(story["units"])


def test_the_department_that_signs_late(demo: Snapshot) -> None:
    story = stories()["slow_signing"]
    medians = {name: row["hours_median"] or 0 for name, row in by_unit(demo, OCTOBER).items()}
    slowest = max(medians, key=lambda name: medians[name])
    assert slowest == story["department"]
    assert medians[slowest] > story["hours_longer"]
    assert max(hours for name, hours in medians.items() if name != slowest) < 24


def test_departments_and_the_rows_add_up_to_the_district(demo: Snapshot) -> None:
    rows, (total,) = by_unit(demo, OCTOBER), rows_of(demo, "linkage_total", OCTOBER)
    for column in ("received", "signed", "waiting", "returned", "passed_on"):
        assert sum(row[column] for row in rows.values()) == total[column], column
    listed = pd.DataFrame(rows_of(demo, "hand_over_list", OCTOBER))
    assert (listed["state"] == "未签收").sum() == total["waiting"]
    assert (listed["moved_at"] >= "2017-10-01").sum() == total["received"]


def test_the_metrics_of_the_towns_add_up_to_what_the_page_shows(demo: Snapshot) -> None:
    metrics = {row["metric"]: row for row in rows_of(demo, "district_metrics", OCTOBER)}
    (total,) = rows_of(demo, "linkage_total", OCTOBER)
    assert metrics["signing_hours"]["value"] == pytest.approx(total["hours_mean"])
    assert metrics["signing_hours"]["denominator"] == total["signed"]
    assert metrics["passed_on"]["value"] == total["shirked"]
