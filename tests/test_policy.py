"""考核办法: which rules are in force when, by hand."""

from datetime import date
from typing import Any

import pytest
from conftest import BuildDistrict, rows_of

from supervision.periods import Period


def rule(effective_from: str, name: str, subject: str, value: float) -> dict[str, Any]:
    return {
        "effective_from": effective_from,
        "rule": name,
        "subject": subject,
        "value": value,
        "method": None,
        "argument": None,
        "origin": "示例",
    }


RULES = [
    rule("2017-07-01", "临期天数", "", 3),
    rule("2017-07-01", "档", "优秀", 90),
    rule("2017-07-01", "档", "合格", 60),
    rule("2017-07-01", "档", "不合格", 0),
    rule("2017-10-01", "档", "过关", 70),
    rule("2017-10-01", "档", "不过关", 0),
]
TOWN = [{"code": "1", "name": "甲镇", "sort_order": 1}]


def found(day: str) -> dict[str, str]:
    return {"code": day, "town": "1", "found_on": day, "source": "督查检查", "category": "垃圾", "description": "示例"}


def on(day: date) -> Period:
    return Period("free", day, day)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2017, 6, 30), date(2017, 7, 1)),  # before any rule and any fact the first rules judge
        (date(2017, 9, 30), date(2017, 7, 1)),
        (date(2017, 10, 1), date(2017, 10, 1)),  # the first day of the new rules
        (date(2018, 1, 1), date(2017, 10, 1)),
    ],
)
def test_the_newest_rules_not_after_the_day_are_in_force(
    build_district: BuildDistrict, day: date, version: date
) -> None:
    snapshot = build_district(towns=TOWN, policy=RULES, problems=[found("2017-09-01")])
    (row,) = rows_of(snapshot, "policy_version", on(day))
    assert row["version"].date() == version


def test_facts_older_than_any_rule_are_judged_by_none(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWN, policy=RULES, problems=[found("2017-06-01")])
    (row,) = rows_of(snapshot, "policy_version", on(date(2017, 6, 30)))
    assert row["version"].date() == date(1900, 1, 1)
    assert rows_of(snapshot, "rules_in_force", on(date(2017, 6, 30))) == []


def test_a_new_set_replaces_the_old_one_and_single_rules_stay(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWN, policy=RULES, problems=[found("2017-09-01")])
    before = rows_of(snapshot, "rules_in_force", on(date(2017, 9, 30)))
    after = rows_of(snapshot, "rules_in_force", on(date(2017, 10, 1)))
    assert sorted((row["rule"], row["subject"]) for row in before) == [
        ("临期天数", ""),
        ("档", "不合格"),
        ("档", "优秀"),
        ("档", "合格"),
    ]
    assert sorted((row["rule"], row["subject"]) for row in after) == [
        ("临期天数", ""),
        ("档", "不过关"),
        ("档", "过关"),
    ]
    assert {row["effective_from"].date() for row in after} == {date(2017, 7, 1), date(2017, 10, 1)}


def test_bands_from_the_best_down_with_their_edges(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWN, policy=RULES, problems=[found("2017-09-01")])
    bands = rows_of(snapshot, "bands", on(date(2017, 9, 30)))
    assert [(row["band"], row["lower_edge"], row["upper_edge"]) for row in bands] == [
        ("优秀", 90, None),
        ("合格", 60, 90),
        ("不合格", 0, 60),
    ]


def test_weights_are_shaken_by_a_fifth_at_most_and_always_alike(build_district: BuildDistrict) -> None:
    items = [rule("2017-07-01", "考核项", "closure_rate", 60), rule("2017-07-01", "考核项", "overdue", 40)]
    snapshot = build_district(towns=TOWN, policy=items, problems=[found("2017-09-01")])
    draws = rows_of(snapshot, "weight_draws")
    assert len(draws) == 2 * 300
    factors = [row["factor"] for row in draws]
    assert min(factors) >= 0.8
    assert max(factors) <= 1.2
    assert sum(factors) / len(factors) == pytest.approx(1, abs=0.02)
    assert draws == rows_of(snapshot, "weight_draws", on(date(2017, 9, 1)))
    first = {row["metric"]: row["factor"] for row in draws if row["draw"] == 1}
    assert first["closure_rate"] != first["overdue"]
