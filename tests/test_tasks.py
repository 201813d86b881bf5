"""重点任务: what is done against the plan and the time gone, by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of

from supervision import watch_titles
from supervision.periods import Period

TOWNS = [{"code": "1", "name": "甲镇", "sort_order": 1}, {"code": "2", "name": "乙镇", "sort_order": 2}]
FACT = [{"code": "ZF", "day": "2017-10-29", "department": "区水务局"}]
LIMIT = {"effective_from": "2017-07-01", "rule": "任务滞后", "subject": "", "value": 0.2}


def task(code: str, done: float | None, planned: float = 10, **more: Any) -> dict[str, Any]:
    """Started on 1 October and due on 31 December: 92 days, of which 29 are gone by 29 October, 31.5 %."""
    return {
        "code": code,
        "field": "水污染治理",
        "river": "示例河",
        "town": "1",
        "department": "区水务局",
        "task": "截污管线铺设",
        "planned": planned,
        "unit": "公里",
        "done": done,
        "started_on": "2017-10-01",
        "due_on": "2017-12-31",
        "plan_document": "示例河一河一策",
        "tag": "三治",
    } | more


def district(build_district: BuildDistrict, *tasks: dict[str, Any], policy: bool = True) -> Any:
    return build_district(
        towns=TOWNS,
        departments=[{"name": "区水务局"}],
        enforcement=FACT,
        tasks=list(tasks),
        policy=[LIMIT if policy else LIMIT | {"rule": "临期天数", "value": 3.0}],
    )


def standing(snapshot: Any, period: Period = WEEK, **params: Any) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in rows_of(snapshot, "task_standing", period, **params)}


def test_behind_is_the_time_gone_less_what_is_done(build_district: BuildDistrict) -> None:
    gone = 29 / 92
    found = standing(
        district(
            build_district,
            task("far", 1),  # 10 % done: 21.5 points behind, more than the limit of 20
            task("near", 1.2),  # 12 % done: 19.5 points behind
            task("ahead", 5),
            task("more", 12),  # 120 % counts as 100 %
            task("unsaid", None),  # nothing reported counts as nothing done
        )
    )
    assert found["far"]["share_time"] == pytest.approx(gone)
    assert {code: row["share_done"] for code, row in found.items()} == {
        "far": 0.1,
        "near": 0.12,
        "ahead": 0.5,
        "more": 1,
        "unsaid": 0,
    }
    assert found["far"]["behind"] == pytest.approx(gone - 0.1)
    assert found["ahead"]["behind"] == pytest.approx(gone - 0.5)
    assert {code: row["state"] for code, row in found.items()} == {
        "far": "滞后",
        "near": "按进度",
        "ahead": "按进度",
        "more": "已完成",
        "unsaid": "滞后",
    }
    assert list(found) == ["unsaid", "far", "near", "ahead", "more"]


def test_behind_by_exactly_the_limit_is_not_late(build_district: BuildDistrict) -> None:
    snapshot = district(
        build_district,
        task("T", 0, started_on="2017-10-28", due_on="2017-11-06"),  # two of ten days: 20 % gone, limit 20
    )
    assert (standing(snapshot)["T"]["behind"], standing(snapshot)["T"]["state"]) == (0.2, "按进度")


def test_due_days(build_district: BuildDistrict) -> None:
    found = standing(
        district(
            build_district,
            task("today", 5, due_on="2017-10-29"),  # all the time is gone, half is done; not overdue yet
            task("yesterday", 5, due_on="2017-10-28"),
            task("done late or not", 10, due_on="2017-10-01"),
            task("one day", 0, started_on="2017-10-29", due_on="2017-10-29"),
        )
    )
    assert {code: (row["share_time"], row["behind"], row["state"]) for code, row in found.items()} == {
        "today": (1, 0.5, "滞后"),
        "yesterday": (1, 0.5, "逾期"),
        "done late or not": (1, 0, "已完成"),
        "one day": (1, 1, "滞后"),
    }
    assert next(iter(found)) == "yesterday"


def test_what_cannot_be_judged(build_district: BuildDistrict) -> None:
    found = standing(
        district(
            build_district,
            task("no plan", 3, planned=0),
            task("no start", 1, started_on=None),
            task("due before start", 1, started_on="2017-10-20", due_on="2017-10-10"),
            task("not begun", 0, started_on="2017-10-30"),
        )
    )
    assert set(found) == {"no plan", "no start", "due before start"}
    assert (found["no plan"]["share_done"], found["no plan"]["behind"], found["no plan"]["state"]) == (
        None,
        None,
        "未判",
    )
    assert (found["no start"]["share_done"], found["no start"]["behind"], found["no start"]["state"]) == (
        0.1,
        None,
        "未判",
    )
    assert (found["due before start"]["behind"], found["due before start"]["state"]) == (0.9, "逾期")


def test_without_the_rule_only_the_overdue_are_judged(build_district: BuildDistrict) -> None:
    found = standing(district(build_district, task("far", 1), task("over", 1, due_on="2017-10-28"), policy=False))
    assert {code: (row["behind_limit"], row["state"]) for code, row in found.items()} == {
        "far": (None, "未判"),
        "over": (None, "逾期"),
    }


def test_an_earlier_day_has_less_time_gone(build_district: BuildDistrict) -> None:
    # on 9 October 9 of 92 days are gone; the amount done is that of the last import, whatever the day
    row = standing(district(build_district, task("T", 5)), as_of=date(2017, 10, 9))["T"]
    assert (row["share_time"], row["share_done"]) == (pytest.approx(9 / 92), 0.5)


def test_filters(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, task("A", 1), task("B", 1, town="2", department="区环保局"))
    assert set(standing(snapshot, town="2")) == {"B"}
    assert set(standing(snapshot, department="区水务局")) == {"A"}


EIGHT = (
    task("A1", 5),
    task("A2", 12, field="河道清障", tag="三清"),
    task("A3", 3, planned=0, field="河道清障", tag=None, plan_document=None),
    task("B1", 0, town="2"),
    task("B2", 10, town="2", due_on="2017-10-28", field="河道清障", plan_document="另河一河一策"),
    task("B3", 2, town="2", due_on="2017-10-28", field="河道清障", plan_document="另河一河一策"),
)


def test_the_matrix_of_fields_and_towns(build_district: BuildDistrict) -> None:
    """甲镇 has 0.5 in one field and 1 in the other (its plan of nothing left out), 乙镇 0, and (1 + 0.2) ÷ 2 = 0.6."""
    snapshot = district(build_district, *EIGHT)
    cells = {(row["field"], row["town"]): row for row in rows_of(snapshot, "task_matrix")}
    shares = {key: (row["tasks"], row["share_done"]) for key, row in cells.items()}
    assert shares == {
        ("水污染治理", "甲镇"): (1, 0.5),
        ("河道清障", "甲镇"): (1, 1.0),
        ("水污染治理", "乙镇"): (1, 0.0),
        ("河道清障", "乙镇"): (2, 0.6),
        ("水污染治理", None): (2, 0.25),
        ("河道清障", None): (3, pytest.approx(2.2 / 3)),
        (None, "甲镇"): (2, 0.75),
        (None, "乙镇"): (3, pytest.approx(1.2 / 3)),
        (None, None): (5, pytest.approx(2.7 / 5)),
    }
    # B1: 31.5 points behind; B2 done, B3 overdue and 80 behind: (0 + 0.8) ÷ 2
    assert cells[("河道清障", "乙镇")]["behind"] == pytest.approx(0.4)
    assert (cells[("河道清障", "乙镇")]["overdue"], cells[("河道清障", "乙镇")]["done"]) == (1, 1)
    assert (cells[(None, None)]["late"], cells[(None, None)]["overdue"], cells[(None, None)]["unplanned"]) == (1, 1, 1)
    assert cells[("水污染治理", None)]["first_code"] == "A1"


def test_the_totals_of_the_matrix_are_the_metric(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, *EIGHT)
    rows = snapshot.frame("select * from task_measures").query("metric == 'task_progress'")
    measured = rows.groupby("town")[["numerator", "denominator"]].sum()
    names = {"甲镇": "1", "乙镇": "2"}
    for row in rows_of(snapshot, "task_matrix"):
        if row["field"] is None and row["town"]:
            mine = measured.loc[names[row["town"]]]
            assert (row["tasks"], row["share_done"]) == (
                mine["denominator"],
                pytest.approx(mine["numerator"] / mine["denominator"]),
            )
    assert rows["day"].isna().all()
    assert {day.date() for day in rows["known_from"]} == {date(2017, 10, 1)}


def test_the_metric_of_a_town_is_its_row_of_the_matrix(build_district: BuildDistrict) -> None:
    # 甲镇 0.5 + 1 of 2; 乙镇 0 + 1 + 0.2 of 3, as in the matrix above; the week before has the same state
    snapshot = district(build_district, *EIGHT)
    for period in (WEEK, WEEK.previous):
        figures = {
            row["town_code"]: (row["numerator"], row["denominator"], row["value"])
            for row in rows_of(snapshot, "town_metrics", period)
            if row["metric"] == "task_progress"
        }
        assert figures == {"1": (1.5, 2, 0.75), "2": (1.2, 3, pytest.approx(0.4))}
    september = rows_of(snapshot, "town_metrics", Period.around(date(2017, 9, 1), "month"))
    assert not [row for row in september if row["metric"] == "task_progress"]


def test_tags_and_plans(build_district: BuildDistrict) -> None:
    groups = {(row["kind"], row["name"]): row for row in rows_of(district(build_district, *EIGHT), "task_groups")}
    counted = {key: (row["towns"], row["tasks"], row["done"], row["unplanned"]) for key, row in groups.items()}
    assert counted == {
        ("tag", "三治"): (2, 4, 1, 0),
        ("tag", "三清"): (1, 1, 1, 0),
        ("tag", None): (1, 0, 0, 1),
        ("plan", "示例河一河一策"): (2, 3, 1, 0),
        ("plan", "另河一河一策"): (1, 2, 1, 0),
        ("plan", None): (1, 0, 0, 1),
    }
    # A1 0.5, B1 0, B2 1, B3 0.2
    assert groups[("tag", "三治")]["share_done"] == pytest.approx(1.7 / 4)
    assert groups[("tag", None)]["share_done"] is None
    assert (groups[("plan", "另河一河一策")]["overdue"], groups[("plan", "另河一河一策")]["worst"]) == (1, "B3")
    for kind in ("tag", "plan"):
        assert sum(row["tasks"] for (of, _), row in groups.items() if of == kind) == 5


def frames(snapshot: Any, *queries: str) -> list[pd.DataFrame]:
    return [pd.DataFrame(rows_of(snapshot, query)) for query in queries]


def test_titles(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, *EIGHT)
    matrix, groups, listed = frames(snapshot, "task_matrix", "task_groups", "task_standing")
    # time gone: A1, A2 and B1 29/92 each, B2 and B3 all of it: mean 0.589; done 0.54: 4.9 points behind
    assert watch_titles.tasks(matrix) == (
        "5 项重点任务完成 54.0 %，落后时间进度 4.9 个百分点；乙镇河道清障落后最多，只完成 60.0 %"
    )
    assert watch_titles.plans(groups[groups["kind"] == "plan"]) == (
        "2 份一河一策共 5 项任务，2 项逾期或滞后；另河一河一策落后最多，达 40.0 个百分点"
    )
    assert watch_titles.task_list(listed, ["乙镇", "河道清障"]).startswith("乙镇、河道清障：")
    foot = watch_titles.tasks_foot(listed, date(2017, 10, 29), date(2017, 10, 29))
    assert "落后超过 20 个百分点" in foot
    assert "1 项计划量为 0，不计。" in foot
    assert "所以过去各期偏快" in watch_titles.tasks_foot(listed, date(2017, 10, 1), date(2017, 10, 29))


def test_titles_of_edges(build_district: BuildDistrict) -> None:
    (nothing,) = frames(district(build_district, task("later", 0, started_on="2017-12-01")), "task_matrix")
    empty = pd.DataFrame(nothing, columns=["field", "town"])
    assert watch_titles.tasks(empty) == "还没有开始的重点任务"
    assert watch_titles.task_list(pd.DataFrame({"state": []}), ["甲镇"]) == "甲镇：0 项重点任务"
    assert watch_titles.against_time(float("nan")) == ""
    assert watch_titles.against_time(0.004) == "，与时间进度相当"
    assert watch_titles.against_time(-0.123) == "，超前时间进度 12.3 个百分点"
    assert watch_titles.plans(pd.DataFrame({"name": [None]})) == "重点任务都没有写一河一策文号"


def test_tasks_without_any_plan(build_district: BuildDistrict) -> None:
    (matrix,) = frames(district(build_district, task("A", 1, planned=0)), "task_matrix")
    assert watch_titles.tasks(matrix) == "1 项重点任务都没有计划量，算不出完成率"
