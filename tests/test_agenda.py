"""The agenda of the weekly meeting, worked out by hand on a small district, and total where data is missing."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of
from test_enforcement import department, limit, returned
from test_overdue import AT_ONCE, TOWNS, problem
from test_ranking import band, item
from test_ranking import found as found_in

from supervision.answers import Answers
from supervision.documents.deck import weekly_deck
from supervision.meeting.agenda import agenda
from supervision.meeting.findings import LEAST, MOST
from supervision.meeting.minutes import Minutes
from supervision.meeting.pinned import Focus, usual_day
from supervision.meeting.screens import Bar, Cell, Column, Screen, Table, split
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

MONDAY = date(2017, 10, 30)
KEYS = ["promises", "findings", "ranking", "overdue", "oldest", "departments", "watchlist", "focus", "decided"]
SECTIONS = [
    {"code": "S1", "river": "白河", "name": "白河一段", "town": "1"},
    {"code": "S2", "river": "白河", "name": "白河二段", "town": "2"},
    {"code": "S3", "river": "沙河", "name": "沙河一段", "town": "2"},
]
PROBLEMS = [
    problem("A", "2017-09-01", "2017-09-20", section="S1", description="排口未封", department="水务局"),
    problem("B", "2017-10-01", "2017-10-15", section="S1", description="垃圾未清", department="水务局"),
    problem("C", "2017-10-10", "2017-10-27", section="S2", town="2", description="堆料未移"),
    problem("D", "2017-10-24", "2017-11-20", section="S2", town="2", description="违建"),
    problem("E", "2017-10-25", "2017-10-29", section="S3", town="2", done_on="2017-10-29", closed_on="2017-10-29"),
    problem("F", "2017-09-01", "2017-10-28", section="S3", town="2", city_listed=True, department="渔政站"),
]
"""Overdue on Sunday 29 October: A for 39 days, B for 14, C for 2 and F for 1; D is open, E is closed."""


@pytest.fixture(scope="module")
def district(build_once: BuildDistrict) -> Snapshot:
    return build_once(
        towns=TOWNS,
        sections=SECTIONS,
        departments=[department("水务局"), department("渔政站")],
        policy=[*AT_ONCE, limit("零执法", 1)],
        problems=PROBLEMS,
        enforcement=[
            returned("1", "水务局", "2017-10-23", inspections=8, cases_opened=2),
            returned("2", "渔政站", "2017-10-29", inspections=3, cases_opened=0),
        ],
    )


def screens(snapshot: Snapshot, focus: Focus | None = None, period: Period = WEEK) -> dict[str, Screen]:
    promises = Minutes(snapshot.path.parent.parent).promises(on=usual_day(period))
    found = agenda(Answers(snapshot, period), promises, usual_day(period), focus)
    assert [screen.key for screen in found] == KEYS
    return {screen.key: screen for screen in found}


def texts(screen: Screen) -> list[list[Any]]:
    """The table's rows: texts, and of a bar the values of its parts."""
    assert screen.table is not None
    assert all(len(row) == len(screen.table.columns) for row in screen.table.rows)
    return [
        [cell.text if isinstance(cell, Cell) else [part.value for part in cell.parts] for cell in row]
        for row in screen.table.rows
    ]


def test_overdue_by_town_worked_by_hand(district: Snapshot) -> None:
    screen = screens(district)["overdue"]
    # 甲镇 A 39 and B 14 days; 乙镇 C 2 and F 1
    assert texts(screen) == [
        ["甲镇", "2", [1, 1], "39 天", "排口未封", "水务局"],
        ["乙镇", "2", [2], "2 天", "堆料未移", "—"],
    ]
    assert [(step.figure, step.name) for step in screen.ladder] == [
        ("1", "超 30 天"),
        ("1", "8—30 天"),
        ("2", "1—7 天"),
    ]
    assert screen.title.startswith("逾期 4 件，1 件超 30 天")
    assert screen.red == "4 件"
    assert screen.foot == ""  # no town is without
    assert screen.ask == "1 件逾期超 30 天，是否由区级河长挂牌督办"


def test_the_oldest_first_whoever_listed_them(district: Snapshot) -> None:
    screen = screens(district)["oldest"]
    assert [row[0] for row in texts(screen)] == ["39 天", "14 天", "2 天", "1 天"]
    assert screen.title == "拖得最久的 4 件，1 至 39 天；水务局 2 件最多"


@pytest.mark.parametrize(
    ("units", "title"),
    [
        ([None], "拖得最久的 1 件，5 天"),
        (["水务局", None], "拖得最久的 2 件，都是 5 天"),
        (["水务局", None, None], "拖得最久的 3 件，都是 5 天；2 件未写明责任单位"),
    ],
)
def test_what_is_overdue_for_as_long_is_said_once_and_an_unknown_unit_never_has_the_most(
    build_district: BuildDistrict, units: list[str | None], title: str
) -> None:
    # due on Tuesday the 24th, judged on Sunday the 29th; the newest fact is 乙镇's, which has nothing overdue
    late = [problem(f"P{n}", "2017-10-01", "2017-10-24", department=unit) for n, unit in enumerate(units)]
    seen = problem("seen", "2017-10-29", "2017-12-01", town="2")
    found = screens(build_district(towns=TOWNS, departments=[department("水务局")], problems=[*late, seen]))
    assert (found["oldest"].title, found["oldest"].red) == (title, "5 天")
    assert found["overdue"].foot == "其余 1 个镇乡街道无逾期"


def test_departments_the_flagged_first_with_figure_and_limit(district: Snapshot) -> None:
    screen = screens(district)["departments"]
    first, second = texts(screen)
    assert first[:3] == ["渔政站", "水务环境", "3"]
    assert first[-1] == "■ 零执法　立案 0（≥ 1）"
    assert (second[0], second[-1]) == ("水务局", "")
    assert screen.ask == "渔政站零执法，是否通报"


def test_points_that_the_city_listed(district: Snapshot) -> None:
    screen = screens(district)["watchlist"]
    assert [row[:4] for row in texts(screen)] == [["乙镇", "堆放垃圾", "沙河", "■ 逾期 1 天"]]
    (step,) = screen.ladder
    assert (step.figure, step.name, step.shade) == ("1", "未销账", "over_30")


def test_a_point_that_is_done_but_not_closed(build_district: BuildDistrict) -> None:
    done = problem("P", "2017-09-01", "2017-10-20", "2017-10-24", city_listed=True)
    found = screens(build_district(towns=TOWNS, problems=[done, PROBLEMS[3]]))["watchlist"]
    # due on the 20th, done on the 24th
    assert [row[3] for row in texts(found)] == ["待销号，逾期 4 天完成"]


def test_the_focus_is_the_town_that_has_waited_longest_together(district: Snapshot) -> None:
    # 甲镇 39 + 14 = 53 days, 乙镇 2 + 1 = 3
    screen = screens(district)["focus"]
    assert screen.title.startswith("甲镇")
    assert [row[:2] for row in texts(screen)] == [["■ 逾期 39 天", "排口未封"], ["■ 逾期 14 天", "垃圾未清"]]
    assert screen.ask == "甲镇逾期 2 件，何时清零"


def test_a_river_section_by_section_worked_by_hand(district: Snapshot) -> None:
    rows = rows_of(district, "river_sections", river="白河")
    assert [(row["name"], row["town"], row["found"], row["open"], row["overdue"], row["days_max"]) for row in rows] == [
        ("白河一段", "甲镇", 0, 2, 2, 39),
        ("白河二段", "乙镇", 1, 2, 1, 2),
    ]
    screen = screens(district, Focus("river", "白河"))["focus"]
    assert screen.title == "白河 2 段：逾期 3 件，在办 4 件，2 段本周没有人巡"
    assert [row[0] for row in texts(screen)] == ["白河一段", "白河二段"]


def test_the_rivers_by_hand(district: Snapshot) -> None:
    found = {row["river"]: (row["sections"], row["towns"]) for row in rows_of(district, "river_list", None)}
    assert found == {"白河": (2, 2), "沙河": (1, 1)}


def test_a_table_of_more_rows_than_there_is_room_for_goes_on_on_the_next_screen(build_district: BuildDistrict) -> None:
    names = [{"code": f"{n:02}", "name": f"{n:02}镇", "sort_order": n} for n in range(1, 36)]
    found_everywhere = [problem(f"P{n}", "2017-10-24", "2017-11-20", town=f"{n:02}") for n in range(1, 36)]
    snapshot = build_district(towns=names, problems=found_everywhere)
    found = agenda(Answers(snapshot, WEEK), Minutes(snapshot.path.parent.parent).promises(on=MONDAY), MONDAY, None)
    # 35 towns: 16 and 16 and 3
    ranked = [screen for screen in found if screen.key.startswith("ranking")]
    assert [(screen.key, screen.name, len(texts(screen))) for screen in ranked] == [
        ("ranking", "镇乡排名", 16),
        ("ranking-2", "镇乡排名2", 16),
        ("ranking-3", "镇乡排名3", 3),
    ]


def test_a_row_of_two_lines_takes_more_room() -> None:
    columns = (Column("部门", 1), Column("判定", 1, wraps=True))
    rows = tuple((Cell("局"), Cell("长" * length)) for length in (31, 31, 30, 30))
    parts = split(Screen("k", "n", "t", table=Table(columns, rows), ask="?"), 3.7)
    # 1.35 + 1.35 + 1 is all the room there is
    assert [(len(texts(part)), part.ask) for part in parts] == [(3, ""), (1, "?")]


def test_what_was_promised_comes_first_the_late_before_all(build_district: BuildDistrict) -> None:
    def matter(code: str, met: str, due: str, done: str | None = None) -> dict[str, Any]:
        return {"code": code, "met_on": met, "matter": code, "unit": "水务局", "due_on": due, "done_on": done}

    snapshot = build_district(
        towns=TOWNS,
        promises=[
            matter("上次的，按时", "2017-10-23", "2017-10-27", "2017-10-26"),
            matter("上次的，逾期", "2017-10-23", "2017-10-27"),
            matter("更早的，未完成", "2017-10-09", "2017-10-13"),
            matter("更早的，上周才完成", "2017-10-09", "2017-10-13", "2017-10-24"),
            matter("更早的，早已完成", "2017-10-09", "2017-10-13", "2017-10-13"),
            matter("今天的", "2017-10-30", "2017-11-03"),
        ],
    )
    found = screens(snapshot)
    assert [(row[0], row[-1]) for row in texts(found["promises"])] == [
        ("更早的，未完成", "■ 逾期 17 天"),
        ("上次的，逾期", "■ 逾期 3 天"),
        ("更早的，上周才完成", "逾期 11 天完成"),
        ("上次的，按时", "10月26日完成"),
    ]
    assert found["promises"].title == "上次议定和未了的 4 项：逾期 2 项，逾期完成 1 项，按时完成 1 项"
    assert texts(found["decided"]) == [["今天的", "水务局", "11月3日"]]


def test_every_earlier_matter_is_gone_through(build_district: BuildDistrict) -> None:
    matters = [
        {"code": f"{n:02}", "met_on": "2017-10-23", "matter": f"第{n}件", "unit": "水务局", "due_on": "2017-11-03"}
        for n in range(1, 13)
    ]
    snapshot = build_district(towns=TOWNS, promises=matters)
    found = agenda(Answers(snapshot, WEEK), Minutes(snapshot.path.parent.parent).promises(on=MONDAY), MONDAY, None)
    # twelve: ten and two
    assert [[row[0] for row in texts(screen)] for screen in found[:2]] == [
        [f"第{n}件" for n in range(1, 11)],
        ["第11件", "第12件"],
    ]
    assert [screen.key for screen in found[:3]] == ["promises", "promises-2", "findings"]


def test_three_to_five_findings_the_gravest_first(district: Snapshot) -> None:
    found = screens(district)["findings"].findings
    assert LEAST <= len(found) <= MOST
    assert [finding.topic for finding in found][:3] == ["逾期整改", "挂账点", "部门执法"]
    # two in each town: neither stands out, so no town is named
    assert found[0].sentence == "逾期整改增至 4 件"
    assert found[0].evidence == "超 30 天 1 件，8—30 天 1 件，1—7 天 2 件；甲镇 2 件、乙镇 2 件；▲ 比上周多 2 件"
    assert found[2].sentence == "渔政站本周零执法"


@pytest.fixture(scope="module")
def without_bands(build_once: BuildDistrict) -> Snapshot:
    """Five towns by an item of 100 points; the policy has no 档."""
    # closed of 4: 乙镇 3 to 1 falls from the 2nd place to the 4th, 丙镇 2 to 0 from the 3rd to the 5th; the others rise
    closed = {"甲镇": (4, 4), "乙镇": (3, 1), "丙镇": (2, 0), "丁镇": (1, 3), "戊镇": (0, 2)}
    codes = {name: str(place) for place, name in enumerate(closed, 1)}
    return build_once(
        towns=[{"code": code, "name": name, "sort_order": int(code)} for name, code in codes.items()],
        policy=[item("closure_rate", 100)],
        problems=[
            row
            for name, counts in closed.items()
            for day, count in zip(("2017-10-16", "2017-10-29"), counts, strict=True)
            for row in found_in(codes[name], day, 4, count)
        ],
    )


def test_of_equal_moves_the_finding_its_evidence_and_the_question_name_the_same_town(without_bands: Snapshot) -> None:
    found = screens(without_bands)
    (finding,) = [each for each in found["findings"].findings if each.topic == "镇乡排名"]
    assert finding.sentence == "甲镇保持第一；丙镇降 2 位列末位，整改销号一项少得 50.0 分"
    told = [clause.split("（")[0] for clause in finding.evidence.split("；")]
    assert told == ["丙镇 第 3 → 第 5 名", "乙镇 第 2 → 第 4 名"]
    assert found["ranking"].ask == "丙镇降 2 位，是否说明原因"


def test_a_town_in_the_lowest_band_is_red_and_called_in_whatever_the_band_is_called(
    build_district: BuildDistrict,
) -> None:
    # 1 of 1 closed: 100; none of 1: 0, which the lowest band holds; 丙镇 is suspended, so it is in no band that counts
    towns = [{"code": str(place), "name": name, "sort_order": place} for place, name in enumerate("甲乙丙", 1)]
    apart = {"status": "暂停考核", "status_from": "2017-10-01", "status_to": None}
    snapshot = build_district(
        towns=[town | (apart if town["name"] == "丙" else {"status": None}) for town in towns],
        policy=[item("closure_rate", 100), band("达标", 60), band("不达标", 0)],
        problems=[
            row for code, closed in (("1", 1), ("2", 0), ("3", 0)) for row in found_in(code, "2017-10-29", 1, closed)
        ],
    )
    screen = screens(snapshot)["ranking"]
    assert screen.table is not None
    shown = [(row[1], row[5]) for row in screen.table.rows]
    assert [(town.text, graded.text, graded.look) for town, graded in shown] == [  # type: ignore[union-attr]
        ("甲", "达标", ""),
        ("乙", "■ 不达标", "late"),
        ("丙", "暂停考核", ""),
    ]
    assert screen.ask == "乙不达标，是否约谈"


def test_a_policy_without_bands_leaves_a_dash_on_the_screen_and_in_the_deck(without_bands: Snapshot) -> None:
    screen = screens(without_bands)["ranking"]
    assert [(row[1], row[3], row[5]) for row in texts(screen)] == [
        ("甲镇", "100.0", "—"),
        ("丁镇", "75.0", "—"),
        ("戊镇", "50.0", "—"),
        ("乙镇", "25.0", "—"),
        ("丙镇", "0.0", "—"),
    ]
    assert weekly_deck(Answers(without_bands, WEEK), [screen], MONDAY).startswith(b"PK")


@pytest.mark.parametrize("tables", [{}, {"towns": TOWNS}, {"towns": TOWNS, "problems": PROBLEMS}])
def test_missing_tables_give_sentences(build_district: BuildDistrict, tables: dict[str, Any]) -> None:
    for screen in screens(build_district(**tables)).values():
        assert screen.title
        assert screen.table or screen.findings or screen.nothing, screen.key


def test_a_period_without_data_says_so_on_every_screen(district: Snapshot) -> None:
    found = screens(district, period=Period.around(date(2015, 3, 2), "week"))
    assert {found[key].title for key in KEYS[1:-1]} == {"2015年3月2日 — 3月8日没有数据"}


def test_how_far_the_data_reaches_and_by_which_day_it_is_judged(district: Snapshot) -> None:
    # the newest fact is of Sunday 29 October, the 22nd ends the week before
    assert Answers(district, WEEK).reach(2017) == "数据截至 10月29日"
    assert Answers(district, WEEK.previous).reach(2017) == "数据截至 10月29日，状态按 10月22日计"


@pytest.mark.parametrize("focus", [Focus("town", "无此镇"), Focus("river", "无此河")])
def test_an_unknown_focus_is_said(district: Snapshot, focus: Focus) -> None:
    assert focus.name in screens(district, focus)["focus"].title


def test_the_screens_show_what_the_questions_answer(demo_warehouse: Warehouse) -> None:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    found = screens(snapshot)
    answers = Answers(snapshot, WEEK)
    towns, departments = answers.rows("town_ranking"), answers.rows("enforcement_by_department")
    table = found["ranking"].table
    assert table is not None
    assert [row[table.named_by].text for row in table.rows] == towns["town"].tolist()  # type: ignore[union-attr]
    bars = [cell.parts[0].value for row in table.rows for cell in row if isinstance(cell, Bar)]
    assert bars == towns["score"].tolist()
    late = answers.rows("overdue_by_town").set_index("town")
    for row in texts(found["overdue"]):
        town = row[0].split("（")[0]
        assert int(row[1]) == late.loc[town, "overdue"] == sum(row[2])
    shown = {row[0]: row for row in texts(found["departments"])}
    for row in departments.to_dict("records"):
        assert shown[row["department"]][5] == f"{row['cases_opened']:,.0f}"
        assert bool(shown[row["department"]][-1]) == pd.notna(row["flags"])


ALWAYS = {"ranking", "overdue", "oldest", "departments", "watchlist", "focus"}
"""The screens of the demonstration district that have a table in every period: something is always overdue there."""


@pytest.mark.parametrize(
    ("period", "tables", "red"),
    [
        # met on Monday 23 October: three matters are of that day; of the five before, one was done before the last
        # meeting, 渔政站's was due on the 13th and 庙城镇's on the 22nd. 渔政站 has had no case since September
        (
            Period.around(date(2017, 10, 16), "week"),
            {*ALWAYS, "promises", "decided"},
            {"promises": "逾期 2 项", "departments": "零执法"},
        ),
        # met on 1 October, a week before the first matter was settled
        (Period.around(date(2017, 9, 1), "month"), ALWAYS, {"promises": "", "departments": "零执法"}),
    ],
    ids=["week", "month"],
)
def test_every_period_has_its_screens(
    demo_warehouse: Warehouse, period: Period, tables: set[str], red: dict[str, str]
) -> None:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    answers = Answers(snapshot, period)
    assert answers.holds_data
    found = screens(snapshot, Focus("river", "怀沙河"), period)
    assert {key for key, screen in found.items() if screen.table} == tables
    assert LEAST <= len(found["findings"].findings) <= MOST
    late = answers.rows("problem_list", state="逾期")
    whole = {"overdue": f"{len(late)} 件", "oldest": f"{late['days_late'].max()} 天"}
    assert {key: found[key].red for key in (*red, *whole)} == red | whole
    for screen in found.values():
        assert screen.red in screen.title, screen.key
