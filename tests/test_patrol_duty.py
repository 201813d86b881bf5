"""巡河履职: duty windows and validity, by hand."""

from datetime import date
from typing import Any

import pytest
from conftest import BuildDistrict, rows_of

from supervision.periods import Period

TOWNS = [{"code": "1", "name": "甲镇"}, {"code": "2", "name": "乙镇"}]
FIRST_WEEK = Period.around(date(2017, 10, 2), "week")  # Monday 2 to Sunday 8 October
OCTOBER = Period.around(date(2017, 10, 1), "month")


def norm(unit: str, level: str = "段长", times: float = 1, **more: Any) -> dict[str, Any]:
    rule = {"effective_from": "2017-07-01", "rule": "巡河频次", "subject": level, "method": "按人"}
    return rule | {"value": times, "unit": unit, "argument": None} | more


def limit(rule: str, value: float, level: str = "") -> dict[str, Any]:
    return {"effective_from": "2017-07-01", "rule": rule, "subject": level, "value": value}


def chief(code: str, town: str = "1", level: str = "段长", **more: Any) -> dict[str, Any]:
    person = {"code": code, "name": code, "level": level, "town": town, "appointed_on": "2017-01-01"}
    return person | {"left_on": None, "sections": None} | more


def patrol(chief_code: str, day: str, minutes: float | None = 30, km: float | None = 2, **more: Any) -> dict[str, Any]:
    start = f"{day} 08:00:00" if len(day) == 10 else day
    made = {"code": f"{chief_code}@{start}", "chief": chief_code, "started_at": start, "ended_at": None}
    return made | {"minutes": minutes, "km": km, "section": None, "photos": 1, "notes": "无异常"} | more


def rate(snapshot: Any, metric: str, period: Period, town: str = "1", **params: Any) -> tuple[Any, Any]:
    for row in rows_of(snapshot, "town_metrics", period, **params):
        if (row["metric"], row["town_code"]) == (metric, town):
            return row["numerator"], row["denominator"]
    return (None, None)


def test_daily_duty_counts_each_day_once(build_district: BuildDistrict) -> None:
    # seven days owed by each of two; A walks on three days (twice on one of them), B never
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/日")],
        chiefs=[chief("A"), chief("B")],
        patrols=[
            patrol("A", "2017-10-02"),
            patrol("A", "2017-10-03"),
            patrol("A", "2017-10-03 15:00:00"),
            patrol("A", "2017-10-08"),
        ],
    )
    assert rate(snapshot, "patrol_completion", FIRST_WEEK) == (3, 14)
    assert rate(snapshot, "patrols", FIRST_WEEK) == (4, None)


def test_diligence_in_one_week_does_not_repay_another(build_district: BuildDistrict) -> None:
    # weekly duty, October 2017 has the Sundays 1, 8, 15, 22, 29: five windows; three walks in one week count once
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/周")],
        chiefs=[chief("A")],
        patrols=[patrol("A", f"2017-10-{day:02}") for day in (3, 4, 5)] + [patrol("A", "2017-10-30")],
    )
    assert rate(snapshot, "patrol_completion", OCTOBER, as_of=date(2017, 10, 29)) == (1, 5)
    assert rate(snapshot, "patrol_rate", OCTOBER, as_of=date(2017, 10, 29)) == (3, 5)


def test_a_window_that_is_not_over_is_not_owed(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, policy=[norm("次/月")], chiefs=[chief("A")], patrols=[patrol("A", "2017-10-29")]
    )
    assert rate(snapshot, "patrol_completion", OCTOBER) == (None, None)
    assert rate(snapshot, "patrol_completion", Period.around(date(2017, 9, 1), "month")) == (0, 1)


@pytest.mark.parametrize(
    ("unit", "period", "windows"),
    [
        ("次/旬", OCTOBER, 3),  # 1–10, 11–20, 21–31
        ("次/月", OCTOBER, 1),
        ("次/季", Period.around(date(2017, 9, 1), "quarter"), 1),  # third quarter, over on 09-30
        ("次/季", OCTOBER, 0),  # the fourth is over on 12-31
        ("次/年", Period.around(date(2017, 1, 1), "year"), 1),
    ],
)
def test_units_of_norms(build_district: BuildDistrict, unit: str, period: Period, windows: int) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm(unit)],
        chiefs=[chief("A", appointed_on="2016-01-01")],
        patrols=[patrol("A", "2017-05-01"), patrol("A", "2018-01-01")],
    )
    assert rate(snapshot, "patrol_completion", period)[1] == (windows or None)


def test_only_those_in_office_all_through_the_window_owe_it(build_district: BuildDistrict) -> None:
    # the week is 2–8 October: in from the 2nd owes, in from the 3rd does not; left on the 8th owes, on the 7th does not
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/周")],
        chiefs=[
            chief("A", appointed_on="2017-10-02"),
            chief("B", appointed_on="2017-10-03"),
            chief("C", left_on="2017-10-08"),
            chief("D", left_on="2017-10-07"),
        ],
        patrols=[patrol("A", "2017-10-08")],
    )
    assert rate(snapshot, "patrol_completion", FIRST_WEEK) == (1, 2)


def test_norm_per_section_and_season(build_district: BuildDistrict) -> None:
    # two sections, one walk a week owed on each: one of two done; in season from March to September only, nothing
    sections = [{"code": code, "river": "示例河", "town": "1"} for code in ("S1", "S2")]
    people = [chief("A", sections=["S1", "S2"])]
    walks = [patrol("A", "2017-10-03", section="S1"), patrol("A", "2017-10-08", section="S1")]
    everywhere = build_district(
        towns=TOWNS, sections=sections, chiefs=people, patrols=walks, policy=[norm("次/周", method="按河段")]
    )
    assert rate(everywhere, "patrol_completion", FIRST_WEEK) == (1, 2)
    in_season = build_district(policy=[norm("次/周", method="按河段", argument="3-9")])
    assert rate(in_season, "patrol_completion", FIRST_WEEK) == (None, None)


def test_without_a_norm_there_is_no_rate(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, policy=[norm("次/日", level="村级")], chiefs=[chief("A")], patrols=[patrol("A", "2017-10-08")]
    )
    assert rate(snapshot, "patrol_completion", FIRST_WEEK) == (None, None)


def test_a_new_norm_judges_the_periods_that_end_under_it(build_district: BuildDistrict) -> None:
    # daily until a weekly norm from 5 October: the week that ends on the 8th is judged by the new one as a whole
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/日"), norm("次/周", effective_from="2017-10-05")],
        chiefs=[chief("A")],
        patrols=[patrol("A", "2017-09-26"), patrol("A", "2017-10-08")],
    )
    assert rate(snapshot, "patrol_completion", FIRST_WEEK) == (1, 1)
    assert rate(snapshot, "patrol_completion", FIRST_WEEK.previous) == (1, 7)
    assert rate(snapshot, "patrol_completion", FIRST_WEEK, policy_on=date(2017, 10, 1)) == (1, 7)


REASONS = ("too_short", "too_long", "too_near", "too_fast", "too_soon", "outside", "overlapping", "unrecorded")
VALID = patrol("A", "2017-10-02")


@pytest.mark.parametrize(
    ("made", "reasons"),
    [
        (VALID, []),
        (VALID | {"minutes": 10.0, "km": 1.0}, []),  # the limits themselves are kept
        (VALID | {"minutes": 9.9}, ["too_short"]),
        (VALID | {"minutes": 61.0}, ["too_long"]),
        (VALID | {"km": 0.999}, ["too_near"]),
        (VALID | {"minutes": 30.0, "km": 8.0}, []),  # 16 km/h
        (VALID | {"minutes": 30.0, "km": 8.1}, ["too_fast"]),
        (VALID | {"minutes": None, "ended_at": "2017-10-02 08:05:00", "km": None}, ["too_short"]),
        (VALID | {"minutes": None, "km": None}, []),  # what the source lacks does not judge
        (VALID | {"photos": 0, "notes": None}, ["unrecorded"]),
        (VALID | {"photos": None, "notes": "无异常"}, []),
        (VALID | {"section": "S2"}, ["outside"]),
        (VALID | {"section": "S1"}, []),
        (VALID | {"minutes": 5.0, "km": 0.5, "photos": 0, "notes": None}, ["too_short", "too_near", "unrecorded"]),
    ],
)
def test_reasons_of_an_invalid_patrol(build_district: BuildDistrict, made: dict[str, Any], reasons: list[str]) -> None:
    limits = [("时长下限", 10), ("时长上限", 60), ("里程下限", 1), ("速度上限", 16), ("留痕要求", 1)]
    snapshot = build_district(
        towns=TOWNS,
        sections=[{"code": code, "river": "示例河", "town": "1"} for code in ("S1", "S2")],
        policy=[limit(rule, value) for rule, value in limits],
        chiefs=[chief("A", sections=["S1"])],
        patrols=[made],
    )
    valid = 0 if reasons else 1
    perfunctory = 1 if {"too_short", "too_near", "too_fast", "unrecorded"} & set(reasons) else 0
    assert rate(snapshot, "valid_rate", FIRST_WEEK) == (valid, 1)
    assert rate(snapshot, "perfunctory", FIRST_WEEK) == (perfunctory, 1)
    (row,) = rows_of(snapshot, "patrol_reasons", FIRST_WEEK)
    assert [name for name in REASONS if row[name]] == reasons


def test_overlap_and_too_soon(build_district: BuildDistrict) -> None:
    # two patrols at the same time are both in doubt; the third starts an hour after the second ended, four are asked
    snapshot = build_district(
        towns=TOWNS,
        policy=[limit("间隔下限", 4)],
        chiefs=[chief("A"), chief("B")],
        patrols=[
            patrol("A", "2017-10-02 08:00:00", ended_at="2017-10-02 09:00:00"),
            patrol("A", "2017-10-02 08:30:00", ended_at="2017-10-02 09:30:00"),
            patrol("A", "2017-10-02 10:30:00", ended_at="2017-10-02 11:00:00"),
            patrol("A", "2017-10-02 15:00:00", ended_at="2017-10-02 16:00:00"),
            patrol("B", "2017-10-02 08:00:00", ended_at="2017-10-02 09:00:00"),
        ],
    )
    assert rate(snapshot, "valid_rate", FIRST_WEEK) == (2, 5)


def test_the_level_s_own_limit_goes_before_the_general_one(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=[limit("时长下限", 10), limit("时长下限", 40, level="镇级")],
        chiefs=[chief("A"), chief("T", level="镇级")],
        patrols=[patrol("A", "2017-10-02", minutes=30), patrol("T", "2017-10-02", minutes=30)],
    )
    assert rate(snapshot, "valid_rate", FIRST_WEEK) == (1, 2)
