"""部门执法: volumes, comparisons and flags, by hand."""

from datetime import date
from typing import Any

from conftest import WEEK, BuildDistrict, rows_of

from supervision.periods import Period

YEAR = Period.around(date(2017, 6, 1), "year")


def limit(flag: str, value: float) -> dict[str, Any]:
    return {"effective_from": "2017-01-01", "rule": "执法限值", "subject": flag, "value": value}


def department(name: str, officers: int | None = 10, **more: Any) -> dict[str, Any]:
    known = {
        "name": name,
        "field": "水务环境",
        "officers": officers,
        "powers": None,
        "yearly_cases": None,
        "remit": None,
    }
    return known | more


def returned(code: str, name: str, day: str, **figures: Any) -> dict[str, Any]:
    blank = {"inspections": None, "cases_opened": None, "fines_yuan": None, "joint": None, "partners": None}
    return {"code": code, "department": name, "day": day, "power": None, "town": None} | blank | figures


def by_department(snapshot: Any, period: Period = WEEK, **params: Any) -> dict[str, dict[str, Any]]:
    return {row["department"]: row for row in rows_of(snapshot, "enforcement_by_department", period, **params)}


def test_sums_and_per_officer(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        departments=[department("水务局"), department("环保局", officers=None)],
        enforcement=[
            returned("1", "水务局", "2017-10-23", inspections=3, cases_opened=1, fines_yuan=1000.25),
            returned("2", "水务局", "2017-10-29", inspections=4, cases_opened=0, fines_yuan=0.75),
            returned("3", "水务局", "2017-10-30", inspections=50),
            returned("4", "环保局", "2017-10-24", cases_opened=2),
        ],
    )
    rows = by_department(snapshot)
    water = rows["水务局"]
    assert (water["inspections"], water["cases_opened"], water["fines_yuan"], water["returns"]) == (7, 1, 1001, 2)
    assert (water["inspections_per_officer"], water["cases_per_officer"]) == (0.7, 0.1)
    other = rows["环保局"]  # gives no inspections and has no staff figure: null, not 0
    assert (other["inspections"], other["cases_opened"], other["cases_per_officer"]) == (None, 2, None)


def test_a_joint_action_counts_for_each_that_took_part_and_once_in_the_district(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        departments=[department("水务局"), department("环保局"), department("公安局")],
        enforcement=[
            returned("1", "水务局", "2017-10-23", partners=["环保局", "公安局"], inspections=1),
            returned("2", "水务局", "2017-10-24", partners=["水务局", "环保局"], joint=2, inspections=5),
            returned("3", "公安局", "2017-10-25", joint=1),
            returned("4", "公安局", "2017-10-25", joint=0),
        ],
    )
    rows = by_department(snapshot)
    assert {name: row["joint_actions"] for name, row in rows.items()} == {"水务局": 3, "环保局": 3, "公安局": 2}
    assert rows["环保局"]["inspections"] == 0  # the inspections stay with the department that returned them
    (total,) = rows_of(snapshot, "enforcement_total")
    assert (total["joint_actions"], total["inspections"], total["departments"]) == (4, 6, 3)


def test_changes_on_the_previous_period_and_the_year_before(build_district: BuildDistrict) -> None:
    # 52 weeks before 2017-10-23 is 2016-10-24
    snapshot = build_district(
        departments=[department("水务局"), department("环保局"), department("公安局")],
        enforcement=[
            returned("1", "水务局", "2017-10-16", inspections=10),
            returned("2", "水务局", "2017-10-25", inspections=4),
            returned("3", "水务局", "2016-10-24", inspections=2),
            returned("4", "环保局", "2017-10-25", inspections=4),
            returned("5", "公安局", "2017-10-16", cases_opened=4),
            returned("6", "公安局", "2017-10-25", cases_opened=5),
        ],
    )
    rows = by_department(snapshot)
    assert (rows["水务局"]["change_previous"], rows["水务局"]["change_last_year"]) == (4 / 10 - 1, 4 / 2 - 1)
    assert rows["环保局"]["change_previous"] is None  # from nothing there is no rate of change
    assert rows["公安局"]["change_previous"] == 0.25  # by cases, as no inspections are given


def test_no_case_at_all(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        policy=[limit("零执法", 1), limit("有问题无案件", 2)],
        towns=[{"code": "1", "name": "甲镇"}],
        departments=[
            department("渔政站", remit=["捕捞"]),
            department("水务局", remit=["取水"]),
            department("环保局"),
        ],
        problems=[
            {
                "code": f"P{number}",
                "found_on": f"2017-10-{day}",
                "source": "群众举报",
                "category": category,
                "town": "1",
                "description": "示例",
            }
            for number, (day, category) in enumerate([("23", "捕捞"), ("29", "捕捞"), ("22", "取水"), ("25", "取水")])
        ],
        enforcement=[
            returned("1", "渔政站", "2017-10-23", inspections=3, cases_opened=0),
            returned("2", "环保局", "2017-10-23", inspections=3, cases_opened=1),
        ],
    )
    rows = by_department(snapshot)
    assert rows["渔政站"]["flags"] == "零执法、有问题无案件"  # two problems in its remit in the week
    assert rows["水务局"]["flags"] == "零执法"  # returned nothing; one problem in its remit is under the limit of 2
    assert (rows["水务局"]["returns"], rows["水务局"]["remit_problems"]) == (0, 1)
    assert rows["环保局"]["flags"] is None


def test_below_half_the_median_of_its_own_group(build_district: BuildDistrict) -> None:
    # per officer 2.0, 1.0 and 0.4: median 1.0, limit 0.5; the two of the other group are too few to compare
    volumes = {"甲局": 20, "乙局": 10, "丙局": 4, "丁局": 100, "戊局": 1}
    snapshot = build_district(
        policy=[limit("执法量少", 0.5)],
        departments=[department(name, field="综合" if name in "丁局戊局" else "水务环境") for name in volumes],
        enforcement=[returned(name, name, "2017-10-23", inspections=volume) for name, volume in volumes.items()],
    )
    rows = by_department(snapshot)
    assert {name: row["flags"] for name, row in rows.items()} == dict.fromkeys(volumes) | {"丙局": "执法量少"}
    assert (rows["丙局"]["group_median"], rows["丙局"]["per_officer_limit"]) == (1.0, 0.5)
    assert (rows["戊局"]["group_size"], rows["戊局"]["per_officer_limit"]) == (2, None)


def test_behind_the_yearly_target(build_district: BuildDistrict) -> None:
    # 2017-10-29 is day 302 of 365: of 73 cases a year 60.4 are due by then, half of that is 30.2
    snapshot = build_district(
        policy=[limit("进度滞后", 0.5)],
        departments=[department("甲局", yearly_cases=73), department("乙局", yearly_cases=73), department("丙局")],
        enforcement=[
            returned("1", "甲局", "2017-02-01", cases_opened=30),
            returned("2", "乙局", "2017-02-01", cases_opened=31),
            returned("3", "甲局", "2016-12-31", cases_opened=99),
            returned("4", "丙局", "2017-10-29", cases_opened=0),
        ],
    )
    rows = by_department(snapshot)
    assert (rows["甲局"]["target_due"], rows["甲局"]["cases_this_year"]) == (73 * 302 / 365, 30)
    assert [rows[name]["flags"] for name in ("甲局", "乙局", "丙局")] == ["进度滞后", None, None]


def test_a_fall_by_more_than_the_limit_is_flagged(build_district: BuildDistrict) -> None:
    # from 10 to 4 is down by 60 %, from 10 to 5 by just the limit of 50 %
    snapshot = build_district(
        policy=[limit("降幅大", 0.5)],
        departments=[department("甲局"), department("乙局")],
        enforcement=[
            returned(f"{name}{day}", name, f"2017-10-{day}", inspections=volume)
            for name, day, volume in [("甲局", 16, 10), ("甲局", 23, 4), ("乙局", 16, 10), ("乙局", 23, 5)]
        ],
    )
    rows = by_department(snapshot)
    assert (rows["甲局"]["flags"], rows["乙局"]["flags"]) == ("降幅大", None)


def test_share_of_powers_used(build_district: BuildDistrict) -> None:
    # of 8 powers two different ones were used in the week
    snapshot = build_district(
        departments=[department("甲局", powers=8)],
        enforcement=[
            returned(str(number), "甲局", f"2017-10-{day}", power=power)
            for number, (day, power) in enumerate([(23, "取水"), (24, "取水"), (25, "排污"), (1, "采砂"), (26, None)])
        ],
    )
    assert by_department(snapshot)["甲局"]["powers_used_share"] == 2 / 8


def test_enforcement_by_town(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=[{"code": "1", "name": "甲镇"}],
        departments=[department("甲局")],
        enforcement=[
            returned("1", "甲局", "2017-10-23", inspections=3, town="1"),
            returned("2", "甲局", "2017-10-23", inspections=4),
        ],
    )
    towns = {
        row["town_code"]: row["value"] for row in rows_of(snapshot, "town_metrics") if row["metric"] == "enforcement"
    }
    assert towns == {"1": 3, None: 4}


def test_what_a_department_returned(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        departments=[department("水务局"), department("环保局"), department("渔政站")],
        enforcement=[
            returned("1", "水务局", "2017-10-23", inspections=3, cases_opened=1, power="甲权"),
            returned("2", "水务局", "2017-10-24", inspections=2, power="甲权"),
            returned("3", "水务局", "2017-10-25", inspections=1, power="乙权"),
            returned("4", "环保局", "2017-10-25", cases_opened=4),
            returned("5", "环保局", "2017-10-30", cases_opened=9),
        ],
    )
    rows = {row["department"]: row for row in rows_of(snapshot, "department_comparison")}
    shown = ("returns", "inspections", "cases_opened", "volume", "powers_used")
    assert {name: tuple(row[column] for column in shown) for name, row in rows.items()} == {
        "水务局": (3, 6, 1, 6, 2),
        "环保局": (1, None, 4, 4, 0),  # no inspections given: the cases are its volume
        "渔政站": (0, 0, 0, 0, 0),  # returned nothing: 0
    }


def test_how_departments_compare(build_district: BuildDistrict) -> None:
    # per officer 1.0, 0.5 and 0.3: the median of the group is 0.5. 10-29 is day 302 of 365
    snapshot = build_district(
        towns=[{"code": "1", "name": "甲镇"}],
        departments=[
            department("水务局", powers=4, yearly_cases=73, remit=["垃圾", "排污"]),
            department("环保局"),
            department("渔政站"),
        ],
        enforcement=[
            returned("1", "水务局", "2017-10-23", inspections=10, cases_opened=2, power="甲权"),
            returned("2", "水务局", "2017-10-16", inspections=8, cases_opened=3),
            returned("3", "环保局", "2017-10-23", inspections=5),
            returned("4", "渔政站", "2017-10-29", inspections=3),
        ],
        problems=[
            {"code": c, "town": "1", "found_on": d, "source": "督查检查", "category": k, "description": "示例"}
            for c, d, k in (("a", "2017-10-23", "垃圾"), ("b", "2017-10-22", "垃圾"), ("c", "2017-10-29", "采砂"))
        ],
    )
    rows = {row["department"]: row for row in rows_of(snapshot, "department_comparison")}
    water = rows["水务局"]
    assert (water["volume"], water["volume_previous"], water["powers_used"], water["cases_this_year"]) == (10, 8, 1, 5)
    assert water["target_due"] == 73 * 302 / 365
    assert (water["remit_problems"], water["group_median"], water["group_size"]) == (1, 0.5, 3)
    assert rows["环保局"]["volume_previous"] == 0  # nothing the week before


def test_returns_without_a_figure_for_cases_hold_no_case(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        departments=[department("农业局")],
        policy=[limit("零执法", 1)],
        enforcement=[returned("1", "农业局", "2017-10-23", inspections=40)],
    )
    assert by_department(snapshot)["农业局"]["flags"] == "零执法"
