"""考核办法: which rules are in force when, by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of

from supervision.asking import ask
from supervision.periods import Period
from supervision.warehouse import Snapshot


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


@pytest.fixture(scope="module")
def two_sets(build_once: BuildDistrict) -> Snapshot:
    return build_once(towns=TOWN, policy=RULES, problems=[found("2017-09-01")])


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2017, 6, 30), date(2017, 7, 1)),  # before any rule and any fact the first rules judge
        (date(2017, 9, 30), date(2017, 7, 1)),
        (date(2017, 10, 1), date(2017, 10, 1)),  # the first day of the new rules
        (date(2018, 1, 1), date(2017, 10, 1)),
    ],
)
def test_the_newest_rules_not_after_the_day_are_in_force(two_sets: Snapshot, day: date, version: date) -> None:
    (row,) = rows_of(two_sets, "policy_version", on(day))
    assert row["version"].date() == version


def test_facts_older_than_any_rule_are_judged_by_none(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWN, policy=RULES, problems=[found("2017-06-01")])
    (row,) = rows_of(snapshot, "policy_version", on(date(2017, 6, 30)))
    assert row["version"].date() == date(1900, 1, 1)
    assert rows_of(snapshot, "rules_in_force", on(date(2017, 6, 30))) == []


def test_a_new_set_replaces_the_old_one_and_single_rules_stay(two_sets: Snapshot) -> None:
    before = rows_of(two_sets, "rules_in_force", on(date(2017, 9, 30)))
    after = rows_of(two_sets, "rules_in_force", on(date(2017, 10, 1)))
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


def test_bands_from_the_best_down_with_their_edges(two_sets: Snapshot) -> None:
    bands = rows_of(two_sets, "bands", on(date(2017, 9, 30)))
    assert [(row["band"], row["lower_edge"], row["upper_edge"]) for row in bands] == [
        ("优秀", 90, None),
        ("合格", 60, 90),
        ("不合格", 0, 60),
    ]


def test_the_best_and_the_failing_band_of_each_set_by_hand(build_district: BuildDistrict) -> None:
    # 好 and 差 are the only chiefs' bands; 档 alone is a set of one, which is the best and fails nobody
    own = [
        rule("2017-07-01", "河长档", "差", 0),
        rule("2017-07-01", "河长档", "好", 60),
        rule("2017-07-01", "档", "合格", 0),
    ]
    snapshot = build_district(towns=TOWN, policy=own, problems=[found("2017-09-01")])
    shown = ("rule", "band", "lower_edge", "upper_edge", "excellent", "failing")
    assert [tuple(row[name] for name in shown) for row in rows_of(snapshot, "score_bands", on(date(2017, 9, 30)))] == [
        ("档", "合格", 0, None, True, False),
        ("河长档", "好", 60, None, True, False),
        ("河长档", "差", 0, 60, False, True),
    ]


def test_weights_are_shaken_by_a_fifth_at_most_and_always_alike(build_district: BuildDistrict) -> None:
    items = [
        rule("2017-07-01", "考核项", metric, points) | {"method": "按比例"}
        for metric, points in (("closure_rate", 60), ("overdue", 40))
    ]
    snapshot = build_district(towns=TOWN, policy=items, problems=[found("2017-09-01")])
    draws = ask(snapshot, "weight_draws", WEEK)
    factors = pd.DataFrame(draws["factors"].tolist(), columns=["closure_rate", "overdue"])
    assert len(factors) == 1000
    # evenly spread: a tenth of the draws in each tenth of the range, and the two items independent of each other
    for item in factors:
        spread = pd.cut(factors[item], [0.8 + 0.04 * step for step in range(11)], include_lowest=True)
        assert spread.value_counts().between(90, 110).all(), item
    assert abs(factors["closure_rate"].corr(factors["overdue"])) < 0.1
    again = ask(snapshot, "weight_draws", on(date(2017, 9, 1)))
    assert draws["factors"].map(list).tolist() == again["factors"].map(list).tolist()
