"""部门执法 beyond the flags: joint action, no case, remit problems, one department; figures worked out by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of
from test_enforcement import by_department, department, limit, returned
from test_pages import open_page, shown

from supervision import department_titles as say
from supervision.demo.facts import LAST, stories
from supervision.periods import Period
from supervision.view.departments import LISTS, VIEWS
from supervision.warehouse import Snapshot, Warehouse

OCTOBER = Period.around(date(2017, 10, 1), "month")
TOWN = [{"code": "1", "name": "甲镇"}]


def found(code: str, day: str, category: str, **more: Any) -> dict[str, Any]:
    known = {"code": code, "town": "1", "found_on": day, "source": "督查检查", "category": category}
    return known | {"description": "示例", "done_on": None, "closed_on": None} | more


def test_a_running_period_is_compared_with_as_many_days_of_the_previous_one(build_district: BuildDistrict) -> None:
    # as of Wednesday 25 October three days have passed: 4 inspections against 5 on 16 to 18 October, not against 25;
    # a year ago the days are 24 to 26 October 2016: 2
    snapshot = build_district(
        policy=[limit("降幅大", 0.5)],
        departments=[department("水务局")],
        enforcement=[
            returned("1", "水务局", "2017-10-16", inspections=3),
            returned("2", "水务局", "2017-10-18", inspections=2),
            returned("3", "水务局", "2017-10-19", inspections=20),
            returned("4", "水务局", "2017-10-23", inspections=1),
            returned("5", "水务局", "2017-10-25", inspections=3),
            returned("6", "水务局", "2016-10-26", inspections=2),
            returned("7", "水务局", "2016-10-27", inspections=50),
        ],
    )
    row = by_department(snapshot, as_of=date(2017, 10, 25))["水务局"]
    assert (row["change_previous"], row["change_last_year"]) == (pytest.approx(4 / 5 - 1), 4 / 2 - 1)
    assert row["flags"] is None
    # the whole week against the whole week before: 4 of 25
    whole = by_department(snapshot, as_of=date(2017, 10, 29))["水务局"]
    assert whole["change_previous"] == pytest.approx(4 / 25 - 1)
    assert whole["flags"] == "降幅大"


@pytest.mark.parametrize(
    ("period", "newest", "days"),
    [
        (WEEK, date(2017, 10, 29), ("2017-10-16", "2017-10-22")),
        (WEEK, date(2017, 10, 23), ("2017-10-16", "2017-10-16")),
        (WEEK, date(2017, 10, 1), ("2017-10-16", "2017-10-16")),
        # 30 March is the 30th day, February has 28
        (Period.around(date(2017, 3, 1), "month"), date(2017, 3, 30), ("2017-02-01", "2017-02-28")),
    ],
)
def test_what_a_period_is_compared_with(period: Period, newest: date, days: tuple[str, str]) -> None:
    compared = period.comparable(newest)
    assert (compared.start.isoformat(), compared.end.isoformat()) == days


def test_places_inside_a_group_and_what_is_missing(build_district: BuildDistrict) -> None:
    # per officer 2.0, 1.0, 1.0 and unknown: places 1, 2, 2; the other group has two staff figures only
    snapshot = build_district(
        departments=[
            department("甲局", officers=10, powers=4, yearly_cases=50),
            department("乙局", officers=5),
            department("丙局", officers=20),
            department("丁局", officers=None),
            department("戊局", field="综合"),
            department("己局", field="综合"),
            department("庚局", field="综合", officers=0),
            department("辛局", field=None),
        ],
        enforcement=[
            returned("1", "甲局", "2017-10-23", inspections=20, cases_opened=5, power="排污"),
            returned("2", "乙局", "2017-10-23", inspections=5),
            returned("3", "丙局", "2017-10-23", inspections=20),
            returned("4", "丁局", "2017-10-23", inspections=99),
        ],
    )
    rows = by_department(snapshot)
    assert {name: (row["group_rank"], row["group_size"]) for name, row in rows.items()} == {
        "甲局": (1, 3),
        "乙局": (2, 3),
        "丙局": (2, 3),
        "丁局": (None, 3),
        "戊局": (None, 2),
        "己局": (None, 2),
        "庚局": (None, 2),
        "辛局": (None, 1),
    }
    assert (rows["甲局"]["group_median"], rows["戊局"]["group_median"]) == (1.0, None)
    assert [say.place(rows[name]) for name in ("甲局", "丁局", "戊局", "庚局")] == [
        "1／3",
        "没有人数",
        "不足 3 个",
        "没有人数",
    ]
    first = rows["甲局"]
    assert (first["powers_used"], first["powers_used_share"], first["target_progress"]) == (1, 0.25, 0.1)
    # 50 cases a year, 302 of 365 days gone: 41.4 are due
    assert (say.target(first), say.powers_used(first)) == ("5／41／50", "1／4")
    assert (say.target(rows["乙局"]), say.powers_used(rows["乙局"])) == ("没有目标", "没有职权数")


def test_since_when_a_department_has_no_case(build_district: BuildDistrict) -> None:
    # from 9 October to 29 October are 20 days; the case of 30 October is not known yet
    snapshot = build_district(
        departments=[department("水务局"), department("环保局"), department("渔政站")],
        enforcement=[
            returned("1", "水务局", "2017-10-09", cases_opened=1),
            returned("2", "水务局", "2017-10-20", cases_opened=0),
            returned("3", "水务局", "2017-10-30", cases_opened=1),
            returned("4", "环保局", "2017-10-29", cases_opened=2),
            returned("5", "渔政站", "2017-10-29", inspections=2),
        ],
    )
    rows = by_department(snapshot)
    since = {name: (row["last_case_on"], row["days_without_case"]) for name, row in rows.items()}
    assert since["水务局"] == (pd.Timestamp("2017-10-09"), 20)
    assert since["环保局"] == (pd.Timestamp("2017-10-29"), 0)
    assert since["渔政站"] == (None, None)
    assert say.without_case(rows["水务局"], WEEK) == "上次立案 10月9日，已 20 天（2 周）"
    assert say.without_case(rows["渔政站"], WEEK) == "有记录以来没有立过案"


def test_each_pair_of_a_joint_action_counts_once(build_district: BuildDistrict) -> None:
    # 1: three departments make three pairs; 2: two actions of one pair, itself named among the partners;
    # 3: no partner named; 4: partners, but no joint action; 5: outside the week
    names = ("公安局", "水务局", "环保局")
    snapshot = build_district(
        departments=[department(name) for name in names],
        enforcement=[
            returned("1", "水务局", "2017-10-23", partners=["环保局", "公安局"]),
            returned("2", "水务局", "2017-10-29", partners=["水务局", "环保局"], joint=2),
            returned("3", "公安局", "2017-10-25", joint=1),
            returned("4", "公安局", "2017-10-25", partners=["环保局"], joint=0),
            returned("5", "环保局", "2017-10-30", partners=["公安局"]),
        ],
    )
    pairs = {(row["department"], row["partner"]): row["actions"] for row in rows_of(snapshot, "joint_pairs")}
    assert pairs == {("公安局", None): 1, ("公安局", "水务局"): 1, ("公安局", "环保局"): 1, ("水务局", "环保局"): 3}
    joint = {name: row["joint_actions"] for name, row in by_department(snapshot).items()}
    assert joint == {"水务局": 3, "环保局": 3, "公安局": 2}


def test_problems_in_the_remit_and_the_cases_that_began_with_them(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWN,
        departments=[department("水务局", remit=["排污", "采砂"]), department("环保局", remit=["排污"])],
        problems=[
            found("a", "2017-10-22", "排污"),
            found("b", "2017-10-23", "排污", done_on="2017-10-24"),
            found("c", "2017-10-29", "采砂"),
            found("d", "2017-10-25", "垃圾"),
        ],
        enforcement=[
            returned("1", "水务局", "2017-10-24", cases_opened=2, problem="b"),
            returned("2", "水务局", "2017-10-30", cases_opened=1, problem="b"),
        ],
    )
    listed = [
        (row["department"], row["problem"], row["state"], row["cases"]) for row in rows_of(snapshot, "remit_problems")
    ]
    # a was found the day before; c is open and stands before b
    assert listed == [("水务局", "c", "无时限", 0), ("水务局", "b", "待销号", 2), ("环保局", "b", "待销号", 0)]
    counted = {name: row["remit_problems"] for name, row in by_department(snapshot).items()}
    assert counted == {"水务局": 2, "环保局": 1}


def test_the_rows_behind_a_departments_volume(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWN,
        departments=[department("水务局"), department("环保局")],
        problems=[found("a", "2017-10-22", "排污")],
        enforcement=[
            returned("1", "水务局", "2017-10-24", inspections=4, cases_opened=2, problem="a", town="1"),
            returned("2", "水务局", "2017-10-29", inspections=3, partners=["环保局"]),
            returned("3", "水务局", "2017-10-30", inspections=9),
        ],
    )
    rows = rows_of(snapshot, "enforcement_list")
    assert [(row["unit"], row["code"], row["is_own"], row["joint_actions"]) for row in rows] == [
        ("水务局", "2", True, 1),
        ("环保局", "2", False, 1),
        ("水务局", "1", True, 0),
    ]
    assert (rows[2]["problem"], rows[2]["problem_description"], rows[2]["town"]) == ("a", "示例", "甲镇")
    own = sum(row["inspections"] for row in rows if row["unit"] == "水务局" and row["is_own"])
    assert own == by_department(snapshot)["水务局"]["inspections"] == 7


def test_the_weeks_of_a_department(build_district: BuildDistrict) -> None:
    # twelve weeks would begin on 7 August; records begin in the week of 9 October, so there are three
    snapshot = build_district(
        departments=[department("水务局"), department("环保局")],
        enforcement=[
            returned("1", "水务局", "2017-10-11", inspections=2, cases_opened=1),
            returned("2", "水务局", "2017-10-23", inspections=3),
            returned("3", "水务局", "2017-10-29", inspections=4),
        ],
    )
    weeks = [
        (row["week_start"].date().day, row["returns"], row["inspections"], row["cases_opened"])
        for row in rows_of(snapshot, "department_weeks", department="水务局")
    ]
    assert weeks == [(9, 1, 2, 1), (16, 0, 0, 0), (23, 2, 7, None)]


def test_powers_used_now_and_before(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        departments=[department("水务局", powers=8)],
        enforcement=[
            returned("1", "水务局", "2017-10-23", power="取水", inspections=1, cases_opened=1),
            returned("2", "水务局", "2017-10-24", power="取水", inspections=2),
            returned("3", "水务局", "2017-10-01", power="采砂", cases_opened=3),
            returned("4", "水务局", "2017-10-30", power="排污"),
        ],
    )
    rows = rows_of(snapshot, "department_powers")
    shown_columns = ("power", "returns", "inspections", "cases_opened", "returns_ever", "cases_ever")
    assert [tuple(row[column] for column in shown_columns) for row in rows] == [
        ("取水", 2, 3, 1, 2, 1),
        ("采砂", 0, 0, 0, 1, 3),
    ]
    assert say.powers(pd.DataFrame(rows), {"powers": 8}) == "8 项职权，本期用到 1 项，曾用 2 项"
    assert say.powers(pd.DataFrame(rows), {"powers": None}) == "本期用到职权 1 项，曾用 2 项；名录没有职权数"


def test_what_an_uneven_past_is_said_to_be() -> None:
    october = OCTOBER
    assert say.compared_foot(october, date(2015, 1, 1), date(2017, 10, 31)) == ""
    assert "没有去年同期可比" in say.compared_foot(october, date(2017, 7, 1), date(2017, 10, 31))
    assert "去年同期不全" in say.compared_foot(october, date(2016, 10, 5), date(2017, 10, 31))
    assert "上月只有部分记录" in say.compared_foot(october, date(2017, 9, 2), date(2017, 10, 31))
    assert "上月没有记录" in say.compared_foot(october, date(2017, 10, 1), date(2017, 10, 31))
    assert "同样天数" in say.compared_foot(october, date(2015, 1, 1), date(2017, 10, 30))


def test_titles_of_joint_action() -> None:
    departments = pd.DataFrame({"department": ["区水务局", "区环保局", "区公安局"], "joint_actions": [3, 3, 0]})
    pairs = pd.DataFrame(
        [("区水务局", "区环保局", 3), ("区水务局", None, 1)], columns=["department", "partner", "actions"]
    )
    total = pd.DataFrame({"joint_actions": [4]})
    title = say.joint(pairs, departments, total, WEEK)
    assert title == "本周联合执法 4 次，水务局与环保局最多（3 次）；公安局没有参加"
    assert say.joint(pairs.head(0), departments, total * 0, WEEK) == "本周没有联合执法"
    assert say.joint(pairs.tail(1), departments.head(2), total, WEEK) == "本周联合执法 4 次；各部门都参加了"
    assert "另有 1 次没有写明参与部门" in say.joint_foot(pairs)


def test_titles_of_staff_name_the_one_farthest_below_its_own_group() -> None:
    columns = ["department", "field", "officers", "inspections_per_officer", "group_median"]
    rows = [("区甲局", "综合", 5, 0.5, 2.0), ("区乙局", "水务", 5, 0.4, 1.0), ("区丙局", "水务", None, None, 1.0)]
    title = say.staff(pd.DataFrame(rows, columns=columns))
    assert title == "甲局人均检查 0.5 次，是综合领域中位数 2.0 次的 25.0 %，偏离最远；1 个部门没有执法人数"
    assert say.staff(pd.DataFrame(columns=columns)) == "各领域报执法人数的都不足 3 个部门，不比人均"


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_the_planted_department_without_a_case(demo: Snapshot) -> None:
    idle = stories()["no_case"]
    row = by_department(demo, OCTOBER)[idle["department"]]
    assert row["last_case_on"].date() < idle["from"]
    assert row["days_without_case"] == (LAST - row["last_case_on"].date()).days >= 58
    problems = [each for each in rows_of(demo, "remit_problems", OCTOBER) if each["department"] == idle["department"]]
    assert len(problems) == row["remit_problems"] > 0
    assert {each["cases"] for each in problems} == {0}


def test_some_cases_of_the_demonstration_name_their_problem(demo: Snapshot) -> None:
    cases = [row for row in rows_of(demo, "enforcement_list", OCTOBER) if row["is_own"] and row["cases_opened"]]
    linked = [row for row in cases if row["problem"]]
    assert 0.1 < len(linked) / len(cases) < 0.6
    assert all(row["problem_description"] for row in linked)


def test_the_rows_add_up_to_each_departments_figures(demo: Snapshot) -> None:
    listed = pd.DataFrame(rows_of(demo, "enforcement_list", OCTOBER))
    own = listed[listed["is_own"]].groupby("department")[["inspections", "cases_opened", "cases_closed"]].sum()
    joint = listed.groupby("unit")["joint_actions"].sum()
    for name, row in by_department(demo, OCTOBER).items():
        assert own.loc[name].tolist() == [row["inspections"], row["cases_opened"], row["cases_closed"]], name
        assert joint[name] == row["joint_actions"], name


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_its_answer(view: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse) -> None:
    app = open_page("enforcement.py", monkeypatch, demo_warehouse.folder, view=view, period="month", start="2017-10-01")
    assert not app.exception
    expected = {
        "flags": "渔政站 10 月零执法；动监所执法量少，规划分局执法量比上月同期下降 57 %",
        "volume": "规划分局降得最多（−57 %）",
        "staff": "动监所人均检查 1.7 次，是农业林业领域中位数",
        "joint": "10 月联合执法",
        "linkage": "新增推诿 1 件",
        "idle": "渔政站 10 月没有立案，职责内发现问题",
    }
    assert expected[view] in shown(app)


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.parametrize("unit", ["区渔政站", "区水务局"])
def test_a_departments_own_view(
    unit: str, which: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse
) -> None:
    address = {"unit": unit, "list": which, "period": "month", "start": "2017-10-01"}
    app = open_page("enforcement.py", monkeypatch, demo_warehouse.folder, **address)
    assert not app.exception
    assert f"{unit} 10 月检查" in shown(app)


def test_the_views_on_a_district_with_hardly_anything(
    build_district: BuildDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = build_district(
        towns=TOWN,
        departments=[department("甲局", officers=None, field=None)],
        enforcement=[returned("1", "甲局", "2017-10-23")],
    )
    for query in [*({"view": view} for view in VIEWS), {"unit": "甲局"}]:
        app = open_page("enforcement.py", monkeypatch, snapshot.path.parent.parent, start="2017-10-23", **query)
        assert not app.exception, query


def test_the_title_of_volumes() -> None:
    departments = pd.DataFrame({"department": ["区水务局", "区环保局"], "change_previous": [-0.25, 0.1]})
    totals = pd.DataFrame({"inspections": [30, 45], "end": pd.to_datetime(["2017-10-22", "2017-10-25"])})
    # 45 after 50 is down by a tenth; the week runs, so the past is the same days of the last
    title = say.volume(totals, {"inspections": 50}, departments, WEEK)
    assert title == "本周检查 45 次，比上周同期 \u221210 %；水务局降得最多（\u221225 %）"
    nothing = pd.DataFrame({"inspections": [pd.NA], "end": [pd.Timestamp("2017-10-29")]})
    assert say.volume(nothing, {"inspections": None}, departments.head(0), WEEK) == "本周检查 — 次"
    assert say.volume(totals, {"inspections": 0}, departments.tail(1), WEEK) == "本周检查 45 次；没有部门下降"
