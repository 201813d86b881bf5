"""镇乡排名: points, scores, ranks and why they moved, by hand."""

from datetime import date
from typing import Any

import pytest
from conftest import WEEK, BuildDistrict, rows_of

TOWNS = [
    {"code": str(number), "name": name, "sort_order": number}
    for number, name in enumerate(("甲镇", "乙镇", "丙镇", "丁镇"), start=1)
]


def item(
    metric: str, points: float, method: str = "按比例", argument: str | None = None, **more: Any
) -> dict[str, Any]:
    rule = {"effective_from": "2017-07-01", "rule": "考核项", "subject": metric, "method": method}
    return rule | {"value": points, "argument": argument} | more


def band(name: str, edge: float) -> dict[str, Any]:
    return {
        "effective_from": "2017-07-01",
        "rule": "档",
        "subject": name,
        "value": edge,
        "method": None,
        "argument": None,
    }


BANDS = [band("优秀", 90), band("良好", 80), band("合格", 60), band("不合格", 0)]


def found(town: str, day: str, total: int, closed: int) -> list[dict[str, Any]]:
    """`total` problems found on a day in a town, the first `closed` of them closed the same day."""
    return [
        {
            "code": f"{town}/{day}/{number}",
            "town": town,
            "found_on": day,
            "done_on": day if number < closed else None,
            "closed_on": day if number < closed else None,
            "deadline": "2017-12-31",
            "source": "督查检查",
            "category": "垃圾",
            "description": "示例",
        }
        for number in range(total)
    ]


def ranking(snapshot: Any, **params: Any) -> dict[str, dict[str, Any]]:
    return {row["town"]: row for row in rows_of(snapshot, "town_ranking", **params)}


def test_competition_ranks_bands_and_movement(build_district: BuildDistrict) -> None:
    # closure 9/10, 8/10, 8/10, 5/10 this week: scores 90, 80, 80, 50; the week before 5/10, 8/10, 6/10, 10/10
    this_week = {"1": 9, "2": 8, "3": 8, "4": 5}
    before = {"1": 5, "2": 8, "3": 6, "4": 10}
    snapshot = build_district(
        towns=TOWNS,
        policy=[item("closure_rate", 100), *BANDS],
        problems=[row for town, closed in this_week.items() for row in found(town, "2017-10-29", 10, closed)]
        + [row for town, closed in before.items() for row in found(town, "2017-10-16", 10, closed)],
    )
    rows = ranking(snapshot)
    assert {town: (row["score"], row["rank"], row["band"]) for town, row in rows.items()} == {
        "甲镇": (90, 1, "优秀"),  # 90 itself is 优秀: the lower edge is inclusive
        "乙镇": (80, 2, "良好"),
        "丙镇": (80, 2, "良好"),
        "丁镇": (50, 4, "不合格"),
    }
    assert {town: (row["previous_rank"], row["rank_change"]) for town, row in rows.items()} == {
        "甲镇": (4, 3),
        "乙镇": (2, 0),
        "丙镇": (3, 1),
        "丁镇": (1, -3),
    }
    assert (rows["甲镇"]["moved_by"], rows["甲镇"]["moved_points"]) == ("closure_rate", 40)
    assert (rows["丁镇"]["moved_by"], rows["丁镇"]["moved_points"]) == ("closure_rate", -50)
    assert (rows["乙镇"]["moved_by"], rows["乙镇"]["score_change"]) == (None, 0)


@pytest.mark.parametrize(
    ("bands", "graded"),
    [
        (
            [band("达标", 60), band("不达标", 0)],
            {"甲镇": ("达标", False), "乙镇": ("不达标", True), "丙镇": (None, False)},
        ),
        ([band("不合格", 0)], {"甲镇": ("不合格", False), "乙镇": ("不合格", False), "丙镇": (None, False)}),
        ([], {"甲镇": (None, False), "乙镇": (None, False), "丙镇": (None, False)}),
    ],
    ids=["the lowest whatever its name", "the only one", "none"],
)
def test_the_lowest_of_several_bands_fails(
    build_district: BuildDistrict, bands: list[dict[str, Any]], graded: dict[str, tuple[str | None, bool]]
) -> None:
    # 甲镇 closes 2 of 2: 100; 乙镇 1 of 2: 50; 丙镇 has no problem, so no score
    snapshot = build_district(
        towns=TOWNS[:3],
        policy=[item("closure_rate", 100), *bands],
        problems=[*found("1", "2017-10-29", 2, 2), *found("2", "2017-10-29", 2, 1)],
    )
    assert {town: (row["band"], row["failing"]) for town, row in ranking(snapshot).items()} == graded


def test_an_item_without_figures_is_left_out_and_its_weight_spread(build_district: BuildDistrict) -> None:
    # 甲镇: closure 4/5 of 60 points = 48, nothing due: 48 of 60 is 80 of 100. 乙镇 has neither: no score, no rank
    snapshot = build_district(
        towns=TOWNS[:2],
        policy=[item("closure_rate", 60), item("on_time_rate", 40), *BANDS],
        problems=found("1", "2017-10-29", 5, 4),
    )
    rows = ranking(snapshot)
    assert (rows["甲镇"]["score"], rows["甲镇"]["rank"], rows["甲镇"]["on_time_rate"]) == (80, 1, None)
    assert (rows["乙镇"]["score"], rows["乙镇"]["rank"], rows["乙镇"]["band"]) == (None, None, None)
    items = {(row["town"], row["metric"]): (row["earned"], row["lost"]) for row in rows_of(snapshot, "town_items")}
    assert items[("甲镇", "closure_rate")] == (48, 12)
    assert items[("甲镇", "on_time_rate")] == (None, None)


@pytest.mark.parametrize(("overdue", "earned"), [(0, 15), (1, 13), (7, 1), (8, 0), (20, 0)])
def test_deducted_to_the_floor(build_district: BuildDistrict, overdue: int, earned: float) -> None:
    late = [row | {"deadline": "2017-10-01"} for row in found("1", "2017-09-01", overdue, 0)]
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("overdue", 15, "扣分", "2")],
        problems=[*late, *found("1", "2017-10-29", 1, 1)],
    )
    (row,) = rows_of(snapshot, "town_items")
    assert (row["numerator"], row["earned"]) == (overdue, earned)


@pytest.mark.parametrize(("closed", "earned"), [(0, 0), (2, 5), (3, 5), (4, 8), (5, 8)])
def test_bands_of_points_hold_their_lower_edge(build_district: BuildDistrict, closed: int, earned: float) -> None:
    # of five found: from 40 % 5 points, from 80 % 8 points
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 8, "分档", "0:0;0.4:5;0.8:8")],
        problems=found("1", "2017-10-29", 5, closed),
    )
    (row,) = rows_of(snapshot, "town_items")
    assert row["earned"] == earned


@pytest.mark.parametrize(("count", "earned"), [(1, 2), (5, 10), (7, 10)])
def test_target(build_district: BuildDistrict, count: int, earned: float) -> None:
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("problems_found", 10, "目标", "5")],
        problems=found("1", "2017-10-29", count, 0),
    )
    (row,) = rows_of(snapshot, "town_items")
    assert row["earned"] == earned


def test_suspended_towns_are_listed_unranked(build_district: BuildDistrict) -> None:
    # 乙镇 is suspended from the 29th on, 丙镇 until the 28th: on 10-29 only 乙镇 stands apart
    towns = [town | {"status": None, "status_from": None, "status_to": None} for town in TOWNS[:3]]
    towns[1] |= {"status": "暂停考核", "status_from": "2017-10-29", "status_to": "2017-11-15"}
    towns[2] |= {"status": "暂停考核", "status_from": "2017-10-01", "status_to": "2017-10-28"}
    snapshot = build_district(
        towns=towns,
        policy=[item("closure_rate", 100), *BANDS],
        problems=[row for town in "123" for row in found(town, "2017-10-29", 2, int(town) - 1)],
    )
    rows = ranking(snapshot)
    assert {town: (row["status"], row["rank"]) for town, row in rows.items()} == {
        "甲镇": ("正常", 2),
        "乙镇": ("暂停考核", None),
        "丙镇": ("正常", 1),
    }
    assert rows["乙镇"]["score"] == 50


def test_a_new_rubric_replaces_the_whole_old_one(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[
            item("closure_rate", 60),
            item("on_time_rate", 40),
            item("closure_rate", 100, effective_from="2017-10-29"),
        ],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert [row["metric"] for row in rows_of(snapshot, "town_items")] == ["closure_rate"]
    older = rows_of(snapshot, "town_items", policy_on=date(2017, 10, 28))
    assert [row["metric"] for row in older] == ["closure_rate", "on_time_rate"]


def test_each_period_is_scored_by_its_own_rubric(build_district: BuildDistrict) -> None:
    # the week before: closure alone, 1 of 2 found on 10-16 closed = 50. This week: on time alone, 1 of 1 due = 100
    due = found("1", "2017-10-20", 1, 1)[0] | {"code": "due", "deadline": "2017-10-27", "done_on": "2017-10-27"}
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 100), item("on_time_rate", 100, effective_from="2017-10-23")],
        problems=[*found("1", "2017-10-16", 2, 1), due | {"found_on": "2017-09-01"}],
    )
    (row,) = ranking(snapshot).values()
    assert (row["score"], row["score_change"]) == (100, 50)


def test_how_firm_a_rank_is(build_district: BuildDistrict) -> None:
    # 甲镇 leads in both items, so no weights can move it; 乙镇 and 丙镇 mirror each other and may change places
    dues = [("1", 10, 10), ("2", 9, 2), ("3", 2, 9)]
    problems = []
    for town, closed, in_time in dues:
        problems += found(town, "2017-10-29", 10, closed)
        problems += [
            row | {"code": row["code"] + "due", "found_on": "2017-09-01", "deadline": "2017-10-25"}
            for row in found(town, "2017-10-20", 10, in_time)
        ]
    snapshot = build_district(
        towns=TOWNS[:3], policy=[item("closure_rate", 50), item("on_time_rate", 50)], problems=problems
    )
    rows = ranking(snapshot)
    assert {town: (row["rank_low"], row["rank_high"]) for town, row in rows.items()} == {
        "甲镇": (1, 1),
        "乙镇": (2, 3),
        "丙镇": (2, 3),
    }


def test_without_a_rubric_there_is_no_rank(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWNS[:2], problems=found("1", WEEK.end.isoformat(), 2, 1))
    rows = ranking(snapshot)
    assert {town: (row["rank"], row["score"], row["closure_rate"]) for town, row in rows.items()} == {
        "甲镇": (None, None, 0.5),
        "乙镇": (None, None, None),
    }


def test_points_of_each_metric_and_of_a_rubric_item_without_a_figure(build_district: BuildDistrict) -> None:
    # two found, one closed, none due: closure 0.5 of 60 points, on time n/a; what the rubric leaves out has no points
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 60), item("on_time_rate", 40)],
        problems=found("1", "2017-10-29", 2, 1),
    )
    rows = {row["metric"]: row for row in rows_of(snapshot, "item_points") if row["span"] == "now"}
    shown = ("numerator", "denominator", "value", "points", "earned")
    assert tuple(rows["closure_rate"][name] for name in shown) == (1, 2, 0.5, 60, 30)
    assert tuple(rows["on_time_rate"][name] for name in shown) == (0, 0, None, 40, None)
    assert tuple(rows["problems_found"][name] for name in shown) == (2, None, 2, None, None)
    assert "patrol_completion" not in rows  # no chief, no figure


def test_scores_this_period_and_before(build_district: BuildDistrict) -> None:
    # 甲镇 1/2 and 2/2 the week before, 乙镇 2/2 and nothing before: 50 after 100, and 100
    snapshot = build_district(
        towns=TOWNS[:2],
        policy=[item("closure_rate", 100)],
        problems=[*found("1", "2017-10-29", 2, 1), *found("1", "2017-10-16", 2, 2), *found("2", "2017-10-29", 2, 2)],
    )
    rows = {row["town"]: row for row in rows_of(snapshot, "town_scores")}
    shown = ("score", "rank", "previous_score", "previous_rank", "moved_by", "moved_points", "rank_low", "rank_high")
    assert tuple(rows["甲镇"][name] for name in shown) == (50, 2, 100, 1, "closure_rate", -50, 2, 2)
    assert tuple(rows["乙镇"][name] for name in shown) == (100, 1, None, None, None, None, 1, 1)


@pytest.mark.parametrize("method", ["按比例", "扣分", "目标", "分档"])
def test_an_item_without_a_figure_earns_nothing_by_any_method(build_district: BuildDistrict, method: str) -> None:
    # nothing is due in the week, so that there is no on-time rate to judge
    argument = {"扣分": "2", "目标": "5", "分档": "0:5;0.5:10"}.get(method)
    snapshot = build_district(
        towns=TOWNS[:1], policy=[item("on_time_rate", 10, method, argument)], problems=found("1", "2017-10-29", 2, 1)
    )
    (row,) = rows_of(snapshot, "town_items")
    assert (row["earned"], row["lost"]) == (None, None)


def test_a_period_before_the_oldest_fact_gives_no_score_to_compare_with(build_district: BuildDistrict) -> None:
    # the first problem is of 10-23: of the week before nothing is known, and 0 overdue then earns nothing
    snapshot = build_district(
        towns=TOWNS[:2],
        policy=[item("overdue", 100, "扣分", "10")],
        problems=[
            *found("1", "2017-10-23", 1, 1),
            *[row | {"deadline": "2017-10-24"} for row in found("2", "2017-10-29", 1, 0)],
        ],
    )
    rows = ranking(snapshot)
    assert {town: (row["score"], row["rank"]) for town, row in rows.items()} == {"甲镇": (100, 1), "乙镇": (90, 2)}
    assert {(row["previous_rank"], row["rank_change"], row["moved_by"]) for row in rows.values()} == {
        (None, None, None)
    }


def test_what_belongs_to_no_town_does_not_disturb_the_ranking(build_district: BuildDistrict) -> None:
    # returns without a town, this week and the week before
    blank = {"town": None, "power": None, "partners": None, "joint": None, "cases_opened": 1}
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 100)],
        departments=[{"name": "水务局"}],
        enforcement=[
            blank | {"code": day, "department": "水务局", "day": day, "inspections": 2}
            for day in ("2017-10-16", "2017-10-23")
        ],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert [(row["town"], row["score"]) for row in rows_of(snapshot, "town_ranking")] == [("甲镇", 50)]


def test_a_value_below_the_lowest_edge_earns_nothing_and_still_counts(build_district: BuildDistrict) -> None:
    # one of two closed: 0.5, below the lowest edge 0.7
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 100, "分档", "0.9:100;0.7:70")],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert [(row["score"], row["rank"]) for row in rows_of(snapshot, "town_ranking")] == [(0, 1)]


def test_bonus_items_are_added_outside_the_hundred(build_district: BuildDistrict) -> None:
    # one of two closed: 50 of 100; two found, 1 point each up to 5: 2 more
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 100), item("problems_found", 5, "加减分", "每次 1")],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert [row["score"] for row in rows_of(snapshot, "town_ranking")] == [52]


def bonus(name: str, value: float, code: str, town: str = "1") -> dict[str, Any]:
    return {"code": code, "day": "2017-10-25", "town": town, "item": name, "value": value}


def test_items_outside_the_hundred_are_added_and_never_lost(build_district: BuildDistrict) -> None:
    # 甲镇 closes 1 of 2: 50 of 100; praised twice at 3 each, capped at 5: 55. 乙镇 closes both, is not praised: 100
    snapshot = build_district(
        towns=TOWNS[:2],
        policy=[item("closure_rate", 100), item("考评:通报表扬", 5, "加减分", "每次 3")],
        problems=[*found("1", "2017-10-29", 2, 1), *found("2", "2017-10-29", 2, 2)],
        ratings=[bonus("通报表扬", 1, "B1"), bonus("通报表扬", 1, "B2")],
    )
    assert {town: row["score"] for town, row in ranking(snapshot).items()} == {"甲镇": 55, "乙镇": 100}
    items = {(row["town"], row["metric"]): row for row in rows_of(snapshot, "town_items")}
    praised = items["甲镇", "考评:通报表扬"]
    assert (praised["earned"], praised["lost"], praised["outside"]) == (5, None, True)
    assert (items["甲镇", "closure_rate"]["lost"], items["甲镇", "closure_rate"]["outside"]) == (50, False)
    points = {row["town_code"]: row for row in rows_of(snapshot, "town_points")}
    assert (points["1"]["score"], points["1"]["added"], points["1"]["whole"]) == (55, 5, 100)


def test_a_rubric_with_a_starting_score(build_district: BuildDistrict) -> None:
    # 60 to start with, +10 for closing at least nine in ten (here 2 of 2), -4 for the one overdue: 66
    start = {"effective_from": "2017-07-01", "rule": "起评分", "subject": "", "value": 60}
    overdue = {"code": "late", "town": "1", "found_on": "2017-10-01", "deadline": "2017-10-20", "source": "督查检查"}
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[start, item("closure_rate", 10, "加减分", "0.9:10"), item("overdue", 20, "加减分", "每次 -4")],
        problems=[*found("1", "2017-10-29", 2, 2), overdue | {"category": "垃圾", "description": "示例"}],
    )
    (row,) = rows_of(snapshot, "town_ranking")
    assert (row["score"], row["rank"]) == (66, 1)
    # nothing within the 100 has a weight that could be shaken
    assert (row["rank_low"], row["rank_high"]) == (None, None)
    assert rows_of(snapshot, "weight_draws") == []


def test_a_change_of_the_rubric_is_nobody_s_doing(build_district: BuildDistrict) -> None:
    # closed 1 of 2 in both weeks; from 10-23 on closing weighs 80 instead of 100, and nothing overdue earns 20: 50 → 60
    later = {"effective_from": "2017-10-23"}
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[
            item("closure_rate", 100),
            item("closure_rate", 80, **later),
            item("overdue", 20, "扣分", "2", **later),
        ],
        problems=[*found("1", "2017-10-29", 2, 1), *found("1", "2017-10-16", 2, 1)],
    )
    (row,) = rows_of(snapshot, "town_ranking")
    assert (row["score"], row["score_change"], row["moved_by"], row["moved_points"]) == (60, 10, None, None)
