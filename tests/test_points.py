"""How many points a value earns, and what stands outside the hundred, by hand."""

from typing import Any

import pytest
from conftest import BuildDistrict, rows_of
from published_rules import Item
from test_published_policies import Earn, earn
from test_ranking import TOWNS, found, item

__all__ = ["earn"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Item("", "按比例", 30), {0: 0, 0.5: 15, 1: 30, 1.2: 36}),
        (Item("", "按比例", 4, "5"), {0: 0, 2.5: 2, 5: 4}),  # graded out of 5, worth 4
        (Item("", "目标", 10, "4"), {0: 0, 1: 2.5, 4: 10, 9: 10}),
        (Item("", "扣分", 15, "2"), {0: 15, 7: 1, 7.5: 0, 8: 0}),
        (Item("", "扣分", 15, "2;跨月翻倍"), {0: 15, 3: 9}),  # the caller counts twice what crossed
        (Item("", "分档", 10, "0.9:10;0.8:6"), {0: 0, 0.7999: 0, 0.8: 6, 0.8999: 6, 0.9: 10}),
        (Item("", "分档", 5, "0.5:1;>0.5:5"), {0.4999: 0, 0.5: 1, 0.5001: 5}),  # an edge both with and without itself
        (Item("", "分档", 5, "以下:-6;-2:-5;2:5"), {-9: -6, -2.5: -6, -2: -5, 1.9: -5, 2: 5}),
        (Item("", "分档", 5, "2:5;以下:-6"), {1.9: -6, 2: 5}),
        (Item("", "加减分", 5, "每次 2"), {0: 0, 1: 2, 2: 4, 3: 5, -3: -5}),  # 数值 is the end on both sides
        (Item("", "加减分", 5, "每次 -2.5"), {0: 0, 1: -2.5, 2: -5, 3: -5}),
        (Item("", "加减分", 5, "每次 -2.5;不封顶"), {1: -2.5, 4: -10}),
        (Item("", "加减分", 5, "0:0;1:3;3:5;以下:-5"), {-1: -5, 0: 0, 2: 3, 3: 5}),
        (Item("", "打分", 5, "0:1"), {1: None}),  # no such method: no points
    ],
    ids=lambda each: f"{each.method} {each.argument}" if isinstance(each, Item) else "",
)
def test_what_a_value_earns(earn: Earn, asked: Item, wanted: dict[float, float | None]) -> None:
    assert {value: earn(asked, value) for value in wanted} == wanted
    assert earn(asked, None) is None


def points(snapshot: Any) -> dict[str, tuple[Any, ...]]:
    return {
        row["metric"]: (row["earned"], row["outside"], row["starting"])
        for row in rows_of(snapshot, "item_points")
        if row["span"] == "now" and row["points"] is not None
    }


def test_a_bonus_lies_outside_and_the_rest_within(build_district: BuildDistrict) -> None:
    # two found, one of them closed: half of 100, and two times -1
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[item("closure_rate", 100), item("problems_found", 5, "加减分", "每次 -1")],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert points(snapshot) == {"closure_rate": (50, False, 0), "problems_found": (-2, True, 0)}


def test_a_rubric_with_a_starting_score_adds_every_item(build_district: BuildDistrict) -> None:
    # half of what was found is closed: -1 by the third step; nothing was due, which adds nothing
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[
            item("closure_rate", 8, "分档", "0:-7;>0.4:-1;>0.5:1"),
            item("on_time_rate", 8, "分档", "0:-7;1:8"),
            item("", 60, "", rule="起评分"),
        ],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert points(snapshot) == {"closure_rate": (-1, True, 60), "on_time_rate": (None, True, 60)}


def test_a_later_rubric_leaves_the_starting_score_of_the_earlier_behind(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS[:1],
        policy=[
            item("closure_rate", 8, "分档", "0:-7;>0.5:1"),
            item("", 60, "", rule="起评分"),
            item("closure_rate", 100, effective_from="2017-10-01"),
        ],
        problems=found("1", "2017-10-29", 2, 1),
    )
    assert points(snapshot) == {"closure_rate": (50, False, 0)}
