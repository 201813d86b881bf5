"""镇乡排名 and 镇乡档案: points lost by item, two towns side by side, one town's figures, in words and rows."""

import pandas as pd
from conftest import WEEK

from supervision import town_words

ITEMS = pd.DataFrame(
    [
        {"town": "甲镇", "metric": "patrol_completion", "points": 60.0, "earned": 57.0, "lost": 3.0, "outside": False},
        {"town": "甲镇", "metric": "overdue", "points": 40.0, "earned": 40.0, "lost": 0.0, "outside": False},
        {"town": "乙镇", "metric": "patrol_completion", "points": 60.0, "earned": 54.0, "lost": 6.0, "outside": False},
        {"town": "乙镇", "metric": "overdue", "points": 40.0, "earned": 10.0, "lost": 30.0, "outside": False},
        {"town": "丙镇", "metric": "patrol_completion", "points": 60.0, "earned": None, "lost": None, "outside": False},
    ]
)
RANKING = pd.DataFrame(
    [
        {"town": "甲镇", "town_code": "1", "rank": 1.0, "score": 97.0, "band": "优秀", "status": "正常"},
        {"town": "乙镇", "town_code": "2", "rank": 2.0, "score": 64.0, "band": "合格", "status": "正常"},
        {"town": "丙镇", "town_code": "3", "rank": None, "score": None, "band": None, "status": "暂停考核"},
    ]
)


def test_the_dearest_item_and_the_town_that_it_costs_most() -> None:
    # lost: patrol 3 + 6 = 9, overdue 0 + 30 = 30, in all 39: 30 ÷ 39 = 77 %
    assert town_words.lost_title(ITEMS) == "失分最多的是逾期未整改，占全部失分的 77 %；乙镇失 30.0 分"
    assert town_words.most_lost(ITEMS) == 36
    whole = ITEMS.assign(lost=0.0)
    assert town_words.lost_title(whole) == "各镇乡街道都没有失分"
    assert town_words.lost_title(ITEMS.assign(lost=None, earned=None)) == "没有可考核的项目"
    assert town_words.most_lost(ITEMS.head(0)) == 0


def test_two_towns_side_by_side() -> None:
    assert town_words.pair(RANKING) == ("甲镇", "乙镇")
    rows = town_words.compared(ITEMS, "甲镇", "乙镇")
    assert [(row["metric"], row["gap"]) for row in rows] == [("patrol_completion", 3), ("overdue", 30)]
    ahead = "甲镇比乙镇高 33.0 分，主要差在逾期未整改（30.0 分）"
    assert town_words.compared_title(RANKING, rows, "甲镇", "乙镇") == ahead
    backwards = town_words.compared(ITEMS, "乙镇", "甲镇")
    assert [row["gap"] for row in backwards] == [-3, -30]
    assert town_words.compared_title(RANKING, backwards, "乙镇", "甲镇") == ahead


def test_towns_that_cannot_be_compared() -> None:
    rows = town_words.compared(ITEMS, "甲镇", "丙镇")
    assert [(row["metric"], row["gap"]) for row in rows] == [("patrol_completion", None), ("overdue", None)]
    assert town_words.compared_title(RANKING, rows, "甲镇", "丙镇") == "甲镇与丙镇：丙镇没有得分可比"
    assert town_words.compared_title(RANKING, [], "甲镇", "甲镇") == "请选两个不同的镇乡街道"
    level = RANKING.assign(score=[80.0, 80.0, None])
    assert town_words.compared_title(level, [], "甲镇", "乙镇") == "甲镇与乙镇得分相当，都是 80.0 分"


def test_the_figures_of_one_and_of_two() -> None:
    figures = pd.DataFrame(
        [
            {"town_code": "1", "metric": "overdue", "numerator": 2.0, "denominator": None, "value": 2.0},
            {"town_code": "2", "metric": "overdue", "numerator": 5.0, "denominator": None, "value": 5.0},
            {"town_code": "2", "metric": "on_time_rate", "numerator": 1.0, "denominator": 4.0, "value": 0.25},
        ]
    )
    both = town_words.figures_of_two(figures, RANKING, "甲镇", "乙镇")
    assert [(row["metric"].code, bool(row["one"]), bool(row["other"])) for row in both] == [
        ("on_time_rate", False, True),
        ("overdue", True, True),
    ]
    district = pd.DataFrame([{"metric": "overdue", "numerator": 7.0, "denominator": None, "value": 7.0}])
    (row,) = town_words.figures_of_one(figures, figures.head(0), district, "1")
    assert (row["now"]["value"], row["before"], row["district"]["value"]) == (2, None, 7)


def test_the_title_of_a_town() -> None:
    first, _, apart = RANKING.to_dict("records")
    steady = "得分与上周基本持平"
    assert town_words.town_title(first, steady, WEEK) == f"甲镇第 1 名（优秀），得 97.0 分；{steady}"
    assert town_words.town_title(apart, "", WEEK) == "丙镇：暂停考核"
    assert town_words.town_title(apart | {"status": "正常"}, "", WEEK) == "丙镇：本周没有可考核的项目"
