"""数据来历: the rows behind a figure, by hand, and that they add up for every metric."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of

from supervision.asking import ask
from supervision.evidence import Evidence, command, evidence, footing, sources, title
from supervision.metrics import BY_CODE, METRICS
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

TOWNS = [{"code": "1", "name": "甲镇", "sort_order": 1}, {"code": "2", "name": "乙镇", "sort_order": 2}]
CHIEF = {"code": "H1", "name": "王一", "level": "段长", "town": "1", "sections": ["S1"], "appointed_on": "2017-07-01"}
SECTION = {"code": "S1", "river": "甲河", "name": "甲河一段", "town": "1"}


def rule(name: str, subject: str, value: float, **more: Any) -> dict[str, Any]:
    return {"effective_from": "2017-07-01", "rule": name, "subject": subject, "value": value} | more


def problem(code: str, town: str, due: str, done: str | None, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "town": town,
        "found_on": "2017-10-10",
        "deadline": due,
        "done_on": done,
        "closed_on": done,
        "source": "督查检查",
        "category": "垃圾",
        "description": f"{code} 处垃圾",
    } | more


def test_rows_behind_the_on_time_rate(build_district: BuildDistrict) -> None:
    # due this week in 甲镇: A done on the very day, B a day late, C not at all; D is due next week: 1 of 3
    snapshot = build_district(
        towns=TOWNS,
        policy=[rule("临期天数", "", 3)],
        problems=[
            problem("A", "1", "2017-10-24", "2017-10-24"),
            problem("B", "1", "2017-10-25", "2017-10-26"),
            problem("C", "1", "2017-10-26", None),
            problem("D", "1", "2017-10-31", None),
            problem("E", "2", "2017-11-05", None, found_on="2017-10-29"),
        ],
    )
    rows = rows_of(snapshot, "figure_problems", town="1", metric="on_time_rate")
    assert {(row["code"], row["numerator"], row["denominator"]) for row in rows} == {
        ("A", 1, 1),
        ("B", 0, 1),
        ("C", 0, 1),
    }
    assert {row["town"] for row in rows} == {"甲镇"}
    late = {row["code"] for row in rows_of(snapshot, "counted_measures", town=None, metric="overdue")}
    assert late == {"C"}  # D is not due before 10-29


def test_a_problem_done_after_the_day_asked_about_is_not_done_yet(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, policy=[rule("临期天数", "", 3)], problems=[problem("A", "1", "2017-10-24", "2017-10-27")]
    )
    known = [
        row["metric"] for row in rows_of(snapshot, "known_measures", as_of=date(2017, 10, 26)) if row["code"] == "A"
    ]
    # found on 10-10, before the week; due on 10-24 and not done by then, so open and two days late on the 26th
    assert sorted(known) == ["late_1_7", "on_time_rate", "open", "overdue"]
    (row,) = rows_of(snapshot, "figure_problems", town="1", metric="open", as_of=date(2017, 10, 26))
    assert (row["done_on"], row["closed_on"]) == (None, None)
    assert rows_of(snapshot, "figure_problems", town="1", metric="open") == []


def test_rows_behind_patrol_figures(build_district: BuildDistrict) -> None:
    # daily duty Monday to Sunday: walked validly on Monday (twice: one day) and Tuesday, too short on Wednesday: 2 of 7
    def patrol(code: str, start: str, minutes: float) -> dict[str, Any]:
        return {"code": code, "chief": "H1", "section": "S1", "started_at": start, "minutes": minutes, "km": 2.0}

    snapshot = build_district(
        towns=TOWNS,
        sections=[SECTION],
        chiefs=[CHIEF],
        policy=[rule("巡河频次", "段长", 1, unit="次/日", method="按人"), rule("时长下限", "", 10)],
        patrols=[
            patrol("P1", "2017-10-23 07:00", 30),
            patrol("P2", "2017-10-23 17:00", 30),
            patrol("P3", "2017-10-24 07:00", 30),
            patrol("P4", "2017-10-25 07:00", 5),
        ],
        problems=[problem("Z", "1", "2017-10-29", "2017-10-29")],
    )
    duties = rows_of(snapshot, "figure_duties", town="1", metric="patrol_completion")
    assert [(row["window_end"].day, row["numerator"], row["denominator"]) for row in duties][-2:] == [
        (23, 1, 1),
        (24, 1, 1),
    ]
    assert (sum(row["numerator"] for row in duties), sum(row["denominator"] for row in duties)) == (2, 7)
    patrols = rows_of(snapshot, "figure_patrols", town="1", metric="valid_rate")
    assert [(row["code"], row["numerator"], row["too_short"]) for row in patrols] == [
        ("P4", 0, True),
        ("P1", 1, False),
        ("P2", 1, False),
        ("P3", 1, False),
    ]
    counted = rows_of(snapshot, "figure_patrols", town="1", metric="patrols")
    assert [(row["numerator"], row["denominator"]) for row in counted] == [(1, None)] * 4


def test_rows_behind_enforcement_tasks_and_water(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        departments=[{"name": "区水务局"}],
        enforcement=[
            {
                "code": "F1",
                "day": "2017-10-24",
                "department": "区水务局",
                "town": "1",
                "inspections": 3,
                "cases_opened": 1,
            },
            {
                "code": "F2",
                "day": "2017-10-25",
                "department": "区水务局",
                "town": "1",
                "inspections": None,
                "cases_opened": 2,
            },
            {
                "code": "F3",
                "day": "2017-10-30",
                "department": "区水务局",
                "town": "1",
                "inspections": 9,
                "cases_opened": 9,
            },
        ],
        tasks=[
            {
                "code": "R1",
                "field": "清障",
                "town": "1",
                "task": "清",
                "planned": 10,
                "done": 12,
                "due_on": "2017-12-31",
                "started_on": "2017-07-01",
            },
            {
                "code": "R2",
                "field": "清障",
                "town": "1",
                "task": "清",
                "planned": 10,
                "done": 4,
                "due_on": "2017-12-31",
                "started_on": "2017-07-01",
            },
        ],
        water_quality=[
            {
                "point": "甲断面",
                "month": "2017-09-01",
                "town": "1",
                "target_class": "Ⅲ",
                "actual_class": "Ⅱ",
                "state": "正常",
            },
            {
                "point": "乙断面",
                "month": "2017-09-01",
                "town": "1",
                "target_class": "Ⅲ",
                "actual_class": "Ⅳ",
                "state": "正常",
            },
        ],
        policy=[rule("临期天数", "", 3)],
    )
    inspections = rows_of(snapshot, "figure_returns", town="1", metric="enforcement")
    assert [(row["code"], row["numerator"]) for row in inspections] == [("F1", 3)]  # F2 gives none, F3 is next week
    cases = rows_of(snapshot, "figure_returns", town="1", metric="cases")
    assert [(row["code"], row["numerator"]) for row in cases] == [("F2", 2), ("F1", 1)]
    tasks = rows_of(snapshot, "figure_tasks", town="1", metric="task_progress")
    assert [(row["code"], row["numerator"]) for row in tasks] == [("R2", 0.4), ("R1", 1)]  # 12 of 10 counts as done
    september = Period.around(date(2017, 9, 1), "month")
    water = rows_of(snapshot, "figure_water", september, town="1", metric="water_ok")
    assert [(row["point"], row["numerator"], row["denominator"]) for row in water] == [
        ("乙断面", 0, 1),
        ("甲断面", 1, 1),
    ]


PERIODS = [
    WEEK,
    Period.around(date(2017, 7, 3), "week"),
    Period.around(date(2017, 10, 1), "month"),
    Period.around(date(2017, 9, 1), "quarter"),
    Period("free", date(2017, 8, 16), date(2017, 9, 15)),
]


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.kind} {period.start}")
@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.code)
def test_the_rows_add_up_to_the_figure_of_every_town(demo: Snapshot, metric: Any, period: Period) -> None:
    figures = ask(demo, "town_metrics", period).query("metric == @metric.code")
    rows = ask(demo, metric.behind, period, metric=metric.code)
    added = rows.groupby("town_code", dropna=False)[["numerator", "denominator"]].sum()
    for town, numerator, denominator in figures[["town_code", "numerator", "denominator"]].itertuples(index=False):
        behind = added.loc[town] if town in added.index else pd.Series({"numerator": 0.0, "denominator": 0.0})
        assert behind["numerator"] == pytest.approx(numerator), town
        assert behind["denominator"] == pytest.approx(0 if pd.isna(denominator) else denominator), town
    assert set(rows["town_code"].dropna()) <= set(figures["town_code"].dropna())


def found(code: str, numerator: float | None, denominator: float | None, rows: pd.DataFrame) -> Evidence:
    value = None if numerator is None else numerator if denominator is None else numerator / denominator
    figures = pd.DataFrame(
        [{"town_code": "1", "metric": code, "numerator": numerator, "denominator": denominator, "value": value}]
    )
    return evidence(BY_CODE[code], "甲镇", "1", figures, rows)


NOTHING = pd.DataFrame({"town_code": [], "numerator": [], "denominator": []}, dtype="float")


def test_what_the_page_says() -> None:
    rows = pd.DataFrame({"numerator": [1.0, 0.0, 1.0], "denominator": [1.0, 1.0, 1.0]})
    rate = found("on_time_rate", 2, 3, rows)
    assert title(rate) == "甲镇按期整改率 66.7 %：按期 2，到期 3"
    assert footing(rate, 200) == "共 3 行，分子合计 2，分母合计 3，与上面的数相同。"
    assert rate.rows["numerator"].tolist() == [0, 1, 1]  # what pulls it down comes first
    assert footing(found("on_time_rate", 3, 3, rows), 2).endswith("与上面的数不同，请报告系统维护人员。")
    assert title(found("overdue", 4, None, NOTHING)) == "甲镇逾期未整改 4 件"
    assert title(evidence(BY_CODE["on_time_rate"], "全区", None, pd.DataFrame(columns=["metric"]), NOTHING)) == (
        "全区按期整改率 —：分母（到期）为 0，不计算"
    )
    assert footing(found("overdue", 0, None, NOTHING), 200) == "没有计入这个数的行。"


def test_the_command_prints_what_the_page_shows() -> None:
    rate = found("on_time_rate", 2, 3, NOTHING)
    assert command(rate, WEEK) == (
        "python -m supervision query figure_problems --start 2017-10-23 --end 2017-10-29"
        " --param metric=on_time_rate --param town=1"
    )
    lines = sources(rate, WEEK, WEEK.end, date(2017, 7, 1), "第 1 批")
    assert lines["统计期"] == "2017年10月23日 至 2017年10月29日，判定截至 2017年10月29日"
    assert lines["分子、分母"] == "按期 2 ÷ 到期 3"
