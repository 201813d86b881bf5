"""市级挂账点 and 排污口: what is left before the inspection, whose it is, and what came back, by hand."""

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of
from test_pages import open_page, shown

from supervision import watch_titles
from supervision.periods import Period
from supervision.warehouse import Warehouse

TOWNS = [{"code": "1", "name": "甲镇", "sort_order": 1}, {"code": "2", "name": "乙镇", "sort_order": 2}]
AT_ONCE = [
    {"effective_from": "2017-07-01", "rule": "立行立改天数", "subject": "", "value": 3.0},
    {"effective_from": "2017-07-01", "rule": "临期天数", "subject": "", "value": 3.0},
]


def inspection(first: str, days: float = 10, name: str = "市级督察", **more: Any) -> dict[str, Any]:
    rule = {"effective_from": "2017-07-01", "rule": "迎检日期", "subject": name, "value": days, "argument": first}
    return rule | {"origin": "示例"} | more


def point(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "town": "1",
        "found_on": "2017-08-01",
        "deadline": "2017-10-31",
        "done_on": None,
        "closed_on": None,
        "rebound_on": None,
        "source": "市级挂账",
        "city_listed": True,
        "category": "污水直排",
        "description": "污水直排",
        "department": "区水务局",
        "person": "李示例",
        "measures": "封堵",
        "method": None,
        "section": None,
    } | more


def coming(snapshot: Any, on: str) -> dict[str, Any] | None:
    day = date.fromisoformat(on)
    found = rows_of(snapshot, "next_inspection", Period.around(day, "week"), as_of=day)
    return found[0] if found else None


def test_days_to_an_inspection(build_district: BuildDistrict) -> None:
    # ten days from 1 November: the last is 10 November
    snapshot = build_district(towns=TOWNS, policy=[inspection("2017-11-01")])
    stages = {
        day: (row["days_to"], row["stage"])
        for day in ("2017-10-29", "2017-10-31", "2017-11-01", "2017-11-10", "2017-11-11")
        if (row := coming(snapshot, day))
    }
    assert stages == {
        "2017-10-29": (3, "未到"),
        "2017-10-31": (1, "未到"),
        "2017-11-01": (0, "进驻中"),
        "2017-11-10": (-9, "进驻中"),
        "2017-11-11": (-10, "已结束"),
    }
    row = coming(snapshot, "2017-10-29")
    assert row is not None
    assert (row["starts_on"].date(), row["ends_on"].date()) == (date(2017, 11, 1), date(2017, 11, 10))


def test_of_several_inspections_the_next_one_counts(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=[
            inspection("2017-08-01", 5, "环保督察"),
            inspection("2017-09-01", 5, "省级督察"),
            inspection("2017-11-01"),
            inspection("2018-03-01", 3, "国家督察"),
        ],
    )
    named = {
        day: row["inspection"] for day in ("2017-10-29", "2017-11-11", "2018-04-01") if (row := coming(snapshot, day))
    }
    assert named == {"2017-10-29": "市级督察", "2017-11-11": "国家督察", "2018-04-01": "国家督察"}


def test_a_newer_date_of_the_same_inspection_replaces_the_old(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=[inspection("2017-11-01"), inspection("2017-11-20", effective_from="2017-10-25")],
    )
    row = coming(snapshot, "2017-10-29")
    assert row is not None
    assert row["days_to"] == 22


def test_without_the_rule_there_is_no_inspection(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=TOWNS, policy=AT_ONCE, problems=[point("A")])
    assert coming(snapshot, "2017-10-29") is None
    (row,) = rows_of(snapshot, "watch_points", as_of=date(2017, 10, 29))
    assert (row["days_to_inspection"], row["due_after"], row["state"]) == (None, False, "临期")


@pytest.fixture(scope="module")
def listed(build_once: BuildDistrict) -> Any:
    return build_once(
        towns=TOWNS,
        policy=[*AT_ONCE, inspection("2017-11-01")],
        departments=[{"name": "区水务局"}, {"name": "区环保局"}],
        problems=[
            point("closed", done_on="2017-09-01", closed_on="2017-09-05"),
            point("done", done_on="2017-10-20"),
            point("open"),
            point("overdue", town="2", deadline="2017-10-20", department="区环保局"),
            point("after", town="2", deadline="2017-11-01"),
            # closed in September, back on 20 October, due three days after: six days late on the 29th
            point(
                "again", deadline="2017-09-30", done_on="2017-09-01", closed_on="2017-09-02", rebound_on="2017-10-20"
            ),
            point("by source", city_listed=None, town="2"),
            point("not listed", source="督查检查", city_listed=False),
            point("later", found_on="2017-10-30"),
        ],
        transfers=[
            {
                "problem": "open",
                "moved_at": "2017-08-01 10:00",
                "action": "交办",
                "from_unit": "河长办",
                "to_unit": "区水务局",
            },
            {
                "problem": "open",
                "moved_at": "2017-10-20 09:00",
                "action": "转办",
                "from_unit": "区水务局",
                "to_unit": "甲镇",
            },
            {
                "problem": "open",
                "moved_at": "2017-10-30 09:00",
                "action": "退回",
                "from_unit": "甲镇",
                "to_unit": "区水务局",
            },
        ],
    )


def points(snapshot: Any, **params: Any) -> dict[str, dict[str, Any]]:
    params = {"as_of": date(2017, 10, 29)} | params
    return {row["code"]: row for row in rows_of(snapshot, "watch_points", **params)}


def test_points_and_whose_they_are(listed: Any) -> None:
    found = points(listed)
    assert {code: (row["state"], row["days_late"], row["cleared"]) for code, row in found.items()} == {
        "overdue": ("逾期", 9, False),
        "again": ("逾期", 6, False),
        "done": ("待销号", -11, False),
        "open": ("临期", -2, False),
        "by source": ("临期", -2, False),
        "after": ("临期", -3, False),
        "closed": ("已销号", -60, True),
    }
    assert list(found)[:2] == ["overdue", "again"]
    assert list(found)[-1] == "closed"
    assert {code for code, row in found.items() if row["rebounded"]} == {"again"}
    # due on the first day of the inspection is too late for it
    assert {code for code, row in found.items() if row["due_after"]} == {"after"}
    assert {row["days_to_inspection"] for row in found.values()} == {3}
    last = found["open"]
    assert (last["action"], last["moved_on"].date(), last["to_unit"]) == ("转办", date(2017, 10, 20), "甲镇")
    assert found["done"]["action"] is None


def test_points_as_they_stood_earlier(listed: Any) -> None:
    found = points(listed, as_of=date(2017, 10, 19))
    assert (found["again"]["cleared"], found["done"]["state"]) == (True, "在期")
    assert found["open"]["action"] == "交办"


def test_points_of_a_town_or_a_department(listed: Any) -> None:
    assert set(points(listed, town="2")) == {"overdue", "after", "by source"}
    assert set(points(listed, department="区环保局")) == {"overdue"}


def test_cleared_share_of_each_town(listed: Any) -> None:
    # 甲镇: closed of closed, done, open, again: 1 of 4; 乙镇: none of three
    towns = rows_of(listed, "watch_towns", as_of=date(2017, 10, 29))
    assert [(row["town"], row["listed"], row["cleared"], row["left_open"], row["share"]) for row in towns] == [
        ("乙镇", 3, 0, 3, 0.0),
        ("甲镇", 4, 1, 3, 0.25),
    ]
    found = points(listed).values()
    assert sum(row["cleared"] for row in found) == sum(row["cleared"] for row in towns)
    assert len(found) == sum(row["listed"] for row in towns)


def frame(*left: str, cleared: int = 0, state: str = "临期") -> pd.DataFrame:
    rows = [{"town": town, "cleared": False, "state": state} for town in left]
    return pd.DataFrame(rows + [{"town": "甲镇", "cleared": True, "state": "已销号"}] * cleared)


COMING = {
    "inspection": "市级督察",
    "days_to": 3,
    "stage": "未到",
    "starts_on": date(2017, 11, 1),
    "ends_on": date(2017, 11, 10),
    "origin": "讲话",
}


@pytest.mark.parametrize(
    ("points", "inspection", "title"),
    [
        (
            frame("甲镇", "甲镇", "乙镇", cleared=2),
            COMING,
            "距市级督察 3 天，5 处市级挂账点还有 3 处没有销账，甲镇 2 处最多",
        ),
        (frame("甲镇", "乙镇"), COMING, "距市级督察 3 天，2 处市级挂账点还有 2 处没有销账，在甲镇、乙镇"),
        (
            frame("甲镇", state="逾期"),
            COMING | {"stage": "进驻中", "days_to": -2},
            "市级督察进驻中，11月10日结束，1 处市级挂账点还有 1 处没有销账，其中 1 处逾期，都在甲镇",
        ),
        (frame(cleared=3), COMING | {"stage": "已结束"}, "市级督察已于11月10日结束，3 处市级挂账点全部销账"),
        (frame("甲镇"), None, "1 处市级挂账点还有 1 处没有销账，都在甲镇"),
        (pd.DataFrame({"cleared": [], "town": [], "state": []}), None, "没有市级挂账点"),
        (frame("甲镇"), COMING | {"inspection": ""}, "距督察 3 天，1 处市级挂账点还有 1 处没有销账，都在甲镇"),
    ],
)
def test_titles(points: pd.DataFrame, inspection: Any, title: str) -> None:
    assert watch_titles.points(points, inspection) == title


def test_footnotes() -> None:
    assert "考核办法没有写迎检日期，不倒计时。" in watch_titles.points_foot(None)
    assert watch_titles.points_foot(COMING).startswith("市级督察 2017年11月1日至11月10日（出处：讲话）。")


def test_an_inspection_without_a_source_says_none() -> None:
    coming = watch_titles.coming(pd.DataFrame([COMING | {"origin": float("nan")}]))
    assert coming == COMING | {"origin": None}
    assert watch_titles.points_foot(coming).startswith("市级督察 2017年11月1日至11月10日。")
    assert watch_titles.coming(pd.DataFrame(columns=list(COMING))) is None


def check(code: str, day: str, state: str, town: str = "1") -> dict[str, Any]:
    return {"code": code, "section": "HD1", "town": town, "checked_on": day, "state": state}


@pytest.fixture(scope="module")
def outfalls(build_once: BuildDistrict) -> Any:
    return build_once(
        towns=TOWNS,
        sections=[{"code": "HD1", "river": "示例河", "name": "一段", "town": "1"}],
        departments=[{"name": "区水务局"}],
        enforcement=[{"code": "ZF", "day": "2017-10-29", "department": "区水务局"}],
        outfalls=[
            check("sealed", "2017-08-01", "整治中"),
            check("sealed", "2017-09-01", "已封堵"),
            check("back", "2017-08-01", "已封堵"),
            check("back", "2017-10-10", "反弹"),
            check("back", "2017-10-20", "反弹"),
            check("again sealed", "2017-08-01", "已封堵"),
            check("again sealed", "2017-09-01", "整治中"),
            check("again sealed", "2017-10-01", "已封堵"),
            check("approved", "2017-08-01", "已封堵"),
            check("approved", "2017-10-01", "规范保留"),
            check("said so", "2017-09-15", "反弹", town="2"),
            check("kept", "2017-09-15", "规范保留", town="2"),
            check("under way", "2017-09-15", "整治中", town="2"),
            check("later", "2017-11-01", "整治中", town="2"),
        ],
    )


def states(snapshot: Any, **params: Any) -> dict[str, dict[str, Any]]:
    params = {"as_of": date(2017, 10, 29)} | params
    return {row["code"]: row for row in rows_of(snapshot, "outfall_states", **params)}


def test_states_of_outfalls_and_what_came_back(outfalls: Any) -> None:
    found = states(outfalls)
    seen = {code: (row["state"], row["rebounds"], row["is_back"], row["put_right"]) for code, row in found.items()}
    assert seen == {
        "sealed": ("已封堵", 0, False, False),
        "back": ("反弹", 1, True, False),
        "again sealed": ("已封堵", 1, False, True),
        "approved": ("规范保留", 0, False, False),
        "said so": ("反弹", 0, True, False),
        "kept": ("规范保留", 0, False, False),
        "under way": ("整治中", 0, False, False),
    }
    assert (found["back"]["sealed_on"].date(), found["back"]["rebound_on"].date()) == (
        date(2017, 8, 1),
        date(2017, 10, 10),
    )
    assert found["again sealed"]["rebound_on"].date() == date(2017, 9, 1)
    assert (found["said so"]["sealed_on"], found["said so"]["rebound_on"]) == (None, None)
    assert {code: row["checks"] for code, row in found.items()}["back"] == 3
    assert set(list(found)[:2]) == {"back", "said so"}


def test_states_of_outfalls_on_an_earlier_day(outfalls: Any) -> None:
    found = states(outfalls, as_of=date(2017, 9, 10))
    assert {code: row["state"] for code, row in found.items()} == {
        "sealed": "已封堵",
        "back": "已封堵",
        "again sealed": "整治中",
        "approved": "已封堵",
    }
    assert {code for code, row in found.items() if row["is_back"]} == {"again sealed"}
    assert set(states(outfalls, town="2")) == {"said so", "kept", "under way"}


def test_outfalls_of_each_town(outfalls: Any) -> None:
    rows = rows_of(outfalls, "outfall_towns", as_of=date(2017, 10, 29))
    counted = {
        row["town"]: tuple(
            row[name] for name in ("outfalls", "sealed", "retained", "under_way", "rebounded", "back", "came_back")
        )
        for row in rows
    }
    assert counted == {"乙镇": (3, 0, 1, 1, 1, 1, 1), "甲镇": (4, 2, 1, 0, 1, 1, 2), None: (7, 2, 2, 1, 2, 2, 3)}
    assert rows[-1]["town"] is None


def test_titles_of_outfalls(outfalls: Any) -> None:
    found = pd.DataFrame(list(states(outfalls).values()))
    assert watch_titles.outfalls(found) == (
        "7 个排污口中 2 个反弹：甲镇 back（10月10日）等，在乙镇、甲镇；另有 1 个反弹后已经改正"
    )
    early = pd.DataFrame(list(states(outfalls, as_of=date(2017, 8, 31)).values()))
    assert watch_titles.outfalls(early) == "4 个排污口没有未清的反弹，3 个已封堵"
    assert watch_titles.outfalls(pd.DataFrame()) == "还没有排污口检查"


def test_the_week_of_the_examples_is_judged_at_its_end(listed: Any) -> None:
    (row,) = [row for row in rows_of(listed, "watch_points", WEEK) if row["code"] == "open"]
    assert row["days_late"] == -2


TASKS_PAGE, VIEWS = "tasks.py", ("points", "tasks", "outfalls", "water", "plans")


@pytest.mark.parametrize("view", VIEWS)
def test_a_part_without_its_table_says_what_to_import(view: str, listed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page(TASKS_PAGE, monkeypatch, listed.path.parent.parent, view=view)
    assert not app.exception
    missing = {"tasks": "重点任务", "outfalls": "排污口", "water": "断面水质", "plans": "重点任务"}
    says = f"还没有导入的，请导入“{missing[view]}”表" if view in missing else "7 处市级挂账点还有 6 处没有销账"
    assert says in shown(app)


@pytest.mark.parametrize("view", VIEWS)
def test_a_listed_point_may_be_missing(view: str, outfalls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page(TASKS_PAGE, monkeypatch, outfalls.path.parent.parent, view=view)
    assert not app.exception
    if view == "points":
        assert "没有市级挂账点" in shown(app)
    if view == "outfalls":
        assert "7 个排污口中 2 个反弹" in shown(app)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"view": "points"}, "距市级督察 3 天，14 处市级挂账点还有 4 处没有销账，庙城镇 2 处最多"),
        ({"view": "points", "start": "2017-10-02", "period": "week"}, "距市级督察 24 天"),
        ({"view": "tasks"}, "汤河口镇水污染治理落后最多，只完成 8.8 %"),
        ({"view": "tasks", "start": "2017-09-04", "period": "week"}, "所以过去各期偏快"),
        ({"view": "tasks", "town": "汤河口镇", "field": "水污染治理"}, "汤河口镇、水污染治理：1 项重点任务，1 项滞后"),
        ({"view": "tasks", "tag": "三治"}, "三治：48 项重点任务"),
        ({"view": "tasks", "plan": "白河一河一策"}, "白河一河一策：24 项重点任务"),
        ({"view": "outfalls"}, "60 个排污口中 1 个反弹：琉璃庙镇 PK-027（10月12日）"),
        ({"view": "water"}, "沙河北房镇出境恶化 3 类最多，降为Ⅴ类"),
        ({"view": "water", "start": "2017-07-03", "period": "week"}, "还没有断面水质"),
        ({"view": "plans"}, "7 份一河一策共 128 项任务"),
    ],
)
def test_each_part_of_the_demonstration(
    query: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse
) -> None:
    app = open_page(TASKS_PAGE, monkeypatch, demo_warehouse.folder, **query)
    assert not app.exception
    assert says in shown(app)
    assert not re.search(r"\b(nan|NaT|None|NA)\b", shown(app))
