"""考评记录 and 跨月翻倍: what departments grade by hand and what crosses a month, in town and chief points, by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import BuildDistrict, rows_of
from test_ranking import TOWNS, found, item

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.periods import Period

OCTOBER = Period.around(date(2017, 10, 1), "month")


def rating(town: str, day: str, value: float, name: str = "公示牌", **more: Any) -> dict[str, Any]:
    code = f"{town}/{day}/{name}/{value}"
    return {"code": code, "day": day, "town": town, "item": name, "value": value, "chief": None} | more


def points(snapshot: Any, metric: str, period: Period = OCTOBER) -> dict[str, tuple[Any, ...]]:
    shown = ("numerator", "denominator", "value", "earned")
    return {
        row["town_code"]: tuple(row[name] for name in shown)
        for row in rows_of(snapshot, "item_points", period)
        if row["metric"] == metric and row["span"] == "now"
    }


RATINGS = [
    rating("1", "2017-10-01", 1),  # the first day counts
    rating("1", "2017-10-31", 2),  # and the last
    rating("1", "2017-09-30", 9),
    rating("1", "2017-11-01", 9),
    rating("1", "2017-10-10", 5, "日志"),
]


@pytest.mark.parametrize(
    ("method", "argument", "first", "second"),
    [
        # 1 and 2 in October: a sum of 3, a mean of 1.5; 乙镇 has no record: 0 where records are counted, else n/a
        ("扣分", "2", (3, None, 3, 4), (0, None, 0, 10)),
        ("目标", "4", (3, None, 3, 7.5), (0, None, 0, 0)),
        ("加减分", "每次 -2", (3, None, 3, -6), (0, None, 0, 0)),
        ("按比例", "2", (3, 2, 1.5, 7.5), (None, None, None, None)),
        ("分档", "1:4;>1.5:10", (3, 2, 1.5, 4), (None, None, None, None)),
    ],
)
def test_records_are_summed_or_averaged(
    build_district: BuildDistrict, method: str, argument: str, first: tuple[Any, ...], second: tuple[Any, ...]
) -> None:
    snapshot = build_district(towns=TOWNS[:2], policy=[item("考评:公示牌", 10, method, argument)], ratings=RATINGS)
    assert points(snapshot, "考评:公示牌") == {"1": first, "2": second}


def test_before_the_oldest_fact_nothing_is_known(build_district: BuildDistrict) -> None:
    # no record in August either, but then nobody recorded anything
    snapshot = build_district(towns=TOWNS[:1], policy=[item("考评:公示牌", 10, "扣分", "2")], ratings=RATINGS)
    august = points(snapshot, "考评:公示牌", Period.around(date(2017, 8, 1), "month"))
    assert august == {"1": (None, None, None, None)}


def test_a_record_of_a_chief_is_his_and_not_the_towns(build_district: BuildDistrict) -> None:
    chief = {"code": "H1", "name": "张", "level": "村级", "town": "1", "appointed_on": "2017-01-01", "left_on": None}
    snapshot = build_district(
        towns=TOWNS[:1],
        chiefs=[chief | {"monthly_subsidy_yuan": None, "sections": []}],
        policy=[
            item("考评:红黑榜", 10, "加减分", "每次 10;不封顶"),
            item("考评:红黑榜", 10, "加减分", "每次 10;不封顶", rule="河长考核项"),
            item("考评:评议", 20, "按比例", "5", rule="河长考核项"),
            item("", 60, "", rule="河长起评分"),
        ],
        ratings=[
            rating("1", "2017-10-20", 1, "红黑榜", chief="H1"),
            rating("1", "2017-10-21", 1, "红黑榜", chief="H1", code="又"),
            rating("1", "2017-10-22", -1, "红黑榜"),
        ],
    )
    assert points(snapshot, "考评:红黑榜") == {"1": (-1, None, -1, -10)}
    rows = {row["metric"]: row for row in rows_of(snapshot, "chief_points", OCTOBER)}
    red = rows["考评:红黑榜"]
    assert (red["value"], red["earned"], red["outside"], red["starting"]) == (2, 20, True, 60)
    assert rows["考评:评议"]["earned"] is None


def overdue_points(snapshot: Any, day: date) -> tuple[Any, ...]:
    return points(snapshot, "overdue", Period("free", date(2017, 10, 1), day))["1"]


@pytest.mark.parametrize(
    ("day", "value", "earned"),
    [
        # due 09-30, 10-05 and 10-31, the second done on 11-02: 20 points, 2 for each, twice from the month after
        (date(2017, 10, 1), 1, 16),  # only 09-30 is overdue, and it crossed this very day
        (date(2017, 10, 6), 2, 14),  # 10-05 is overdue within its month: 4 + 2
        (date(2017, 10, 31), 2, 14),
        (date(2017, 11, 1), 3, 8),  # all three are overdue and crossed: 12
        (date(2017, 11, 2), 2, 12),  # the second is done: 8
    ],
)
def test_what_crosses_a_month_is_doubled(build_district: BuildDistrict, day: date, value: int, earned: float) -> None:
    base = found("1", "2017-09-01", 3, 0)
    dates = [("2017-09-30", None), ("2017-10-05", "2017-11-02"), ("2017-10-31", None)]
    problems = [row | {"deadline": due, "done_on": done} for row, (due, done) in zip(base, dates, strict=True)]
    later = found("1", "2017-12-01", 1, 1)
    policy = [item("overdue", 20, "扣分", "2;跨月翻倍")]
    snapshot = build_district(towns=TOWNS[:1], policy=policy, problems=[*problems, *later])
    assert overdue_points(snapshot, day) == (value, None, value, earned)


def test_without_the_rule_nothing_is_doubled(build_district: BuildDistrict) -> None:
    late = [row | {"deadline": "2017-09-30"} for row in found("1", "2017-09-01", 1, 0)]
    policy = [item("overdue", 20, "扣分", "2")]
    snapshot = build_district(towns=TOWNS[:1], policy=policy, problems=[*late, *found("1", "2017-12-01", 1, 1)])
    assert overdue_points(snapshot, date(2017, 11, 1)) == (1, None, 1, 18)
    assert points(snapshot, "overdue_crossed") == {"1": (1, None, 1, None)}


def check(path: Path, *rows: str) -> CheckedSheet:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    directory = Directory()
    (towns, sheet) = examine([path.parent / "镇.csv", path], directory)
    assert towns.table == "towns"
    return sheet


@pytest.mark.parametrize(
    ("header", "row", "problem"),
    [
        ("编号,日期,镇乡街道,考核项,数值", "1,2017-10-01,甲镇,公示牌,1.5", None),
        ("编号,日期,镇乡街道,考核项,得分,考评部门", "1,2017-10-01,甲镇,公示牌,-1,县水文站", None),
        ("编号,日期,镇乡街道,河长,考核项,数值", "1,2017-10-01,,,公示牌,1", (2, "镇乡街道", "考评对象不明")),
        ("编号,日期,考核项,数值,考评部门", "1,2017-10-01,公示牌,1,区河长办", (2, "编号", "考评对象不明")),
        ("编号,日期,镇乡街道,考核项,数值", "1,2017-10-01,甲镇,公示牌,优", (2, "数值", "不是数")),
        ("编号,日期,镇乡街道,考核项,数值", "1,2117-10-01,甲镇,公示牌,1", (2, "日期", "不是日期")),
    ],
)
def test_records_that_go_in_and_that_go_back(
    tmp_path: Path, header: str, row: str, problem: tuple[int, str, str] | None
) -> None:
    (tmp_path / "镇.csv").write_text("编码,名称,类型,面积\n1,甲镇,镇,10\n", encoding="utf-8")
    sheet = check(tmp_path / "考评.csv", header, row)
    assert sheet.table == "ratings"
    assert [(each.row, each.column, each.rule) for each in sheet.problems] == ([problem] if problem else [])
