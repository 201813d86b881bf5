"""巡河履职: the lists behind the page, worked out by hand, and what the page says of them."""

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of
from test_missed import SECTIONS, SEVEN_DAYS, problem, walk
from test_pages import open_page, shown
from test_patrol_duty import FIRST_WEEK, TOWNS, chief, limit, norm, patrol

from supervision import patrol_words as words
from supervision.demo.facts import LAST, SEED, stories
from supervision.demo.people_and_places import places
from supervision.demo.problems import unseen_section
from supervision.periods import Period
from supervision.view import heat
from supervision.warehouse import Snapshot, Warehouse

OCTOBER = Period.around(LAST, "month")
LAST_WEEK = Period.around(LAST, "week")


def pick(row: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


def test_levels_and_reasons_of_a_town(build_district: BuildDistrict) -> None:
    # A (段长, daily) owes 7 and has 2 valid days; V (村级, weekly) owes 1 and his one patrol is invalid for two
    # reasons; 4 patrols, 2 invalid: A's third is too short. 乙镇 has nobody; chief D of no town owes nothing
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/日"), norm("次/周", level="村级"), limit("时长下限", 10), limit("里程下限", 1)],
        chiefs=[chief("A"), chief("V", level="村级"), chief("D", town=None, level="区级")],
        patrols=[
            patrol("A", "2017-10-02"),
            patrol("A", "2017-10-03"),
            patrol("A", "2017-10-04", minutes=5),
            patrol("V", "2017-10-04", minutes=5, km=0.5),
            patrol("D", "2017-10-08", km=0.5),
        ],
    )
    first, second, nobody = rows_of(snapshot, "town_patrols", FIRST_WEEK)
    assert pick(first, "town", "section_done", "section_required", "village_done", "village_required") == (
        "甲镇", 2, 7, 0, 1,
    )  # fmt: skip
    assert pick(first, "invalid", "patrols", "invalid_rate", "too_short", "too_near") == (2, 4, 0.5, 2, 1)
    assert pick(first, "section_rate", "town_rate", "town_required") == (pytest.approx(2 / 7), None, None)
    assert pick(second, "town", "patrols", "section_required", "too_short") == ("乙镇", None, None, None)
    assert pick(nobody, "town", "patrols", "invalid", "too_near") == (None, 1, 1, 1)


def test_the_calendar_counts_daily_duty_only(build_district: BuildDistrict) -> None:
    # two section chiefs owe one a day: on the 2nd one walked (1 of 2 owed), on the 3rd nobody; V's weekly duty, due on
    # Sunday the 8th and not done, is left out: 2 of 2
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/日"), norm("次/周", level="村级")],
        chiefs=[chief("A"), chief("B"), chief("V", level="村级")],
        patrols=[patrol("A", "2017-10-02"), patrol("A", "2017-10-09")],
    )
    days = {
        row["first_day"].day: pick(row, "item", "missing", "of", "share")
        for row in rows_of(snapshot, "daily_duty", FIRST_WEEK)
    }
    assert (days[2], days[3], days[8]) == (("欠巡", 1, 2, 0.5), ("欠巡", 2, 2, 1.0), ("欠巡", 2, 2, 1.0))
    # a half-year is summed by week: 7 days of 2, one done
    weeks = rows_of(snapshot, "daily_duty", Period("free", date(2017, 7, 1), date(2017, 12, 31)))
    week = next(row for row in weeks if row["first_day"].date() == date(2017, 10, 2))
    assert pick(week, "missing", "of") == (13, 14)
    assert week["last_day"].date() == date(2017, 10, 8)


def test_without_a_daily_norm_the_calendar_shows_the_invalid(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        policy=[norm("次/周"), limit("时长下限", 10)],
        chiefs=[chief("A")],
        patrols=[patrol("A", "2017-10-02"), patrol("A", "2017-10-02 15:00:00", minutes=5)],
    )
    (day,) = rows_of(snapshot, "daily_duty", FIRST_WEEK)
    assert pick(day, "item", "missing", "of", "share") == ("无效", 1, 2, 0.5)


def test_unwalked_sections(build_district: BuildDistrict) -> None:
    # S1 walked in the week, S2 last on the 10th, 19 days before the 29th, S3 never; in 乙镇 no patrol names a section
    sections = [
        {"code": code, "river": "示例河", "town": town, "length_km": 2.5}
        for code, town in (("S1", "1"), ("S2", "1"), ("S3", "1"), ("S4", "2"))
    ]
    snapshot = build_district(
        towns=TOWNS,
        sections=sections,
        chiefs=[
            chief("A", sections=["S1", "S2"]),
            chief("B", sections=["S2"], left_on="2017-10-28"),
            chief("C", town="2"),
        ],
        patrols=[
            walk("A", "2017-10-29"),
            walk("A", "2017-10-10", section="S2"),
            walk("C", "2017-10-29", section=None),
        ],
    )
    rows = rows_of(snapshot, "unwalked_sections", WEEK)
    assert [pick(row, "section", "chiefs", "days_since", "length_km") for row in rows] == [
        ("S3", None, None, 2.5),
        ("S2", "A", 19, 2.5),
    ]
    assert [row["section"] for row in rows_of(snapshot, "unwalked_sections", OCTOBER)] == ["S3"]
    assert not rows_of(snapshot, "unwalked_sections", WEEK, town="2")
    by_town = [pick(row, "town_code", "sections", "unwalked") for row in rows_of(snapshot, "unwalked_by_town", WEEK)]
    assert by_town == [("1", 3, 2), ("2", 1, 0)]


def test_finds_and_misses(build_district: BuildDistrict) -> None:
    # 甲镇: 5 found in the week, 2 by chiefs: 2/5. Of the 3 by others one names no section; of the other two P3 was
    # missed by A and B, who count once: 1/2. P6 lies outside the week
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=SEVEN_DAYS,
        chiefs=[chief("A", sections=["S1"]), chief("B", sections=["S1"])],
        patrols=[walk("A", "2017-10-23"), walk("A", "2017-10-22"), walk("B", "2017-10-24", minutes=3.0)],
        problems=[
            problem("P1", "2017-10-23", source="河长巡查"),
            problem("P2", "2017-10-29", source="河长巡查"),
            problem("P3", "2017-10-25", source="群众举报"),
            problem("P4", "2017-10-25", section="S2"),
            problem("P5", "2017-10-26", section=None),
            problem("P6", "2017-10-30"),
        ],
    )
    figures = {row["metric"]: row for row in rows_of(snapshot, "town_metrics", WEEK) if row["town_code"] == "1"}
    assert pick(figures["found_rate"], "numerator", "denominator") == (2, 5)
    assert pick(figures["missed_rate"], "numerator", "denominator") == (1, 2)
    pairs = rows_of(snapshot, "missed_finds", WEEK)
    assert [pick(pair, "problem", "chief", "walks", "days_later", "section_problems") for pair in pairs] == [
        ("P3", "A", 2, 2, 1),
        ("P3", "B", 1, 1, 1),
    ]
    people = {row["chief"]: row for row in rows_of(snapshot, "patrolling_chiefs", WEEK)}
    assert pick(people["A"], "patrols", "missed", "required") == (1, 1, None)


def test_no_missed_rate_without_its_rule(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, sections=SECTIONS, policy=[limit("时长下限", 10)], problems=[problem("P", "2017-10-25")]
    )
    figures = {row["metric"]: row for row in rows_of(snapshot, "town_metrics", WEEK) if row["town_code"] == "1"}
    assert figures["missed_rate"]["value"] is None
    assert pick(figures["found_rate"], "numerator", "denominator", "value") == (0, 1, 0)


def test_invalid_patrols_with_figure_and_limit(build_district: BuildDistrict) -> None:
    # 8.1 km in 30 minutes are 16.2 km/h; the second starts 2 hours after the first ended
    snapshot = build_district(
        towns=TOWNS,
        policy=[limit("时长下限", 10), limit("速度上限", 16), limit("间隔下限", 4)],
        chiefs=[chief("A")],
        patrols=[
            patrol("A", "2017-10-24 08:00:00", km=8.1, ended_at="2017-10-24 08:30:00"),
            patrol("A", "2017-10-24 10:30:00", minutes=9.99),
            patrol("A", "2017-10-25"),
        ],
    )
    found = words.with_reasons(pd.DataFrame(rows_of(snapshot, "invalid_patrols", WEEK)), None)
    assert sorted(found["reasons"]) == ["时速 16.2 公里（≤ 16）", "时长 9.99 分钟（≥ 10）、距上次 2 小时（≥ 4）"]
    assert len(words.with_reasons(found, "间隔过短")) == 1
    assert words.with_reasons(found, "没有记录").empty


def test_questions_at_their_limits(build_district: BuildDistrict) -> None:
    # September: A 3 of 6 in the last three days (28–30): just half of just six; B 3 of 7, C 3 of 5: not asked.
    # D ten times 30 minutes (30.0 to 30.9 are 30), E nine times. October is not over on the 29th
    rules = [
        limit("疑点限值", 0.5, "月末集中") | {"argument": "6"},
        limit("疑点限值", 10, "时长雷同"),
    ]
    early, late = range(1, 10), (28, 29, 30)
    made = {"A": [*early[:3], *late], "B": [*early[:4], *late], "C": [*early[:2], *late]}
    patrols = [
        patrol(who, f"2017-09-{day:02}", minutes=20.0 + place)
        for who, days in made.items()
        for place, day in enumerate(days)
    ]
    patrols += [patrol("D", f"2017-09-{day:02}", minutes=30.0 + day % 10 / 10) for day in range(1, 11)]
    patrols += [patrol("E", f"2017-09-{day:02}", minutes=30.0) for day in range(1, 10)]
    patrols += [patrol("E", f"2017-10-{day:02}", minutes=30.0) for day in range(10, 30)]
    people = [chief(code) for code in "ABCDE"]
    snapshot = build_district(towns=TOWNS, policy=rules, chiefs=people, patrols=patrols)
    asked = rows_of(snapshot, "patrol_questions", WEEK)
    assert [pick(row, "question", "chief", "counted", "patrols") for row in asked] == [
        ("月末集中", "A", 3, 6),
        ("时长雷同", "D", 10, 10),
    ]
    assert words.question(asked[0]) == ("9 月的 6 次巡河，3 次在最后三天（50.0 %，均匀为 10.0 %），平时是否在巡？")
    assert not rows_of(
        snapshot, "patrol_questions", Period.around(date(2017, 12, 1), "month"), as_of=date(2017, 10, 29)
    )
    without = build_district(policy=[limit("疑点限值", 99, "时长雷同")])
    assert [row["question"] for row in rows_of(without, "patrol_questions", WEEK)] == ["月末集中"]


def test_a_chief_day_by_day(build_district: BuildDistrict) -> None:
    # daily duty: the 24th done by one of two patrols, the 25th only walked too briefly, the 26th nothing but a problem
    # found by others that he missed (he walked on the 24th and 25th and reported none)
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=[norm("次/日"), limit("时长下限", 10), *SEVEN_DAYS],
        chiefs=[chief("A", sections=["S1"], appointed_on="2017-10-24")],
        patrols=[
            walk("A", "2017-10-24"),
            walk("A", "2017-10-24 15:00:00", minutes=5.0),
            walk("A", "2017-10-25", minutes=5.0),
        ],
        problems=[problem("P", "2017-10-26")],
    )
    days = rows_of(snapshot, "chief_track", WEEK, chief="A")
    assert [pick(day, "patrols", "valid", "required", "done", "reasons", "missed") for day in days] == [
        (2, 1, 1, 1, "too_short", 0),
        (1, 0, 1, 0, "too_short", 0),
        (0, 0, 1, 0, None, 1),
    ]
    assert pick(days[0], "minutes", "reported") == (35, 0)
    assert rows_of(snapshot, "chief_track", WEEK, chief="A", town="2") == []
    lanes = dict(heat.lanes(pd.DataFrame(days), heat.slots(WEEK, WEEK)))
    assert [cell["style"] for cell in lanes["应巡"]] == ["blank", "done", "owed", "owed", "blank", "blank", "blank"]
    assert [cell["style"] for cell in lanes["巡河"]][:4] == ["blank", "done", "hn", "blank"]
    assert [cell["text"] for cell in lanes["视而不见"]][3] == "1"


@pytest.mark.parametrize(
    ("share", "shade"),
    [(None, None), (float("nan"), None), (0.0, 0), (0.0499, 0), (0.05, 1), (0.1, 2), (0.2, 3), (0.4, 4), (1.0, 4)],
)
def test_shades(share: float | None, shade: int | None) -> None:
    assert words.shade(share) == shade
    assert len(words.shade_names()) == 5


def test_a_week_is_shown_at_the_end_of_five() -> None:
    # 35 days to Sunday 29 October begin on Monday 25 September
    shown_days = heat.span(WEEK)
    columns = heat.slots(shown_days, WEEK)
    assert (shown_days.start, len(columns)) == (date(2017, 9, 25), 35)
    assert [slot.head for slot in columns if slot.head] == ["9月25", "10月2", "9", "16", "23"]
    assert [slot.first.day for slot in columns if slot.chosen] == [23, 24, 25, 26, 27, 28, 29]
    assert sum(slot.ends_week for slot in columns) == 5
    year = Period.around(LAST, "year")
    assert len(heat.slots(heat.span(year), year)) == 53  # 1 January 2017 is a Sunday: one day, then 52 Mondays


def town_figures(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["town_code", "metric", "numerator", "denominator"])
    return frame.assign(value=frame["numerator"] / frame["denominator"])


def trend_of(value: float | None) -> pd.DataFrame:
    metric = [] if value is None else [("patrol_completion", value)]
    return pd.DataFrame([("2017-10-29", *each) for each in metric], columns=["end", "metric", "value"])


@pytest.mark.parametrize(
    ("figures", "whole", "title"),
    [
        ([], None, "本周没有到期的应巡"),
        ([], 0.9, "本周巡河完成率 90.0 %"),
        ([("1", "patrol_completion", 90, 100)], 0.9, "本周巡河完成率 90.0 %"),
        (
            [("1", "patrol_completion", 90, 100), ("2", "patrol_completion", 80, 100), ("1", "perfunctory", 5, 50)],
            0.85,
            "本周巡河完成率 85.0 %，乙镇 80.0 % 最低；甲镇走马观花最多，占 10.0 %",
        ),
        (
            [("1", "patrol_completion", 90, 100), ("2", "patrol_completion", 80, 100), ("2", "perfunctory", 5, 50)],
            0.85,
            "本周巡河完成率 85.0 %，乙镇 80.0 % 最低，走马观花也最多，占 10.0 %",
        ),
        # 29 owed are too few to be named
        ([("1", "patrol_completion", 90, 100), ("2", "patrol_completion", 1, 29)], 0.7, "本周巡河完成率 70.0 %"),
        ([("1", "perfunctory", 0, 50)], None, "本周没有到期的应巡"),
    ],
)
def test_title(figures: list[tuple[str, str, float, float]], whole: float | None, title: str) -> None:
    assert words.title(town_figures(*figures), {"1": "甲镇", "2": "乙镇"}, trend_of(whole), WEEK) == title


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_lists_add_up_to_the_figures(demo: Snapshot) -> None:
    for period in (LAST_WEEK, OCTOBER):
        figures = pd.DataFrame(rows_of(demo, "town_metrics", period)).set_index(["metric", "town_code"]).sort_index()
        towns = pd.DataFrame(rows_of(demo, "town_patrols", period)).set_index("town_code").sort_index()
        pairs = pd.DataFrame(rows_of(demo, "missed_finds", period))
        missed = figures.loc["missed_rate", "numerator"]
        assert pairs.groupby("town_code")["problem"].nunique().to_dict() == missed[missed > 0].to_dict()
        done = towns[["section_done", "village_done", "town_done"]].astype(float).sum(axis=1)
        assert (done == figures.loc["patrol_completion", "numerator"]).all()
        assert (towns["patrols"] - towns["invalid"] == figures.loc["valid_rate", "numerator"]).all()
        assert len(rows_of(demo, "invalid_patrols", period)) == towns["invalid"].sum()
        people = pd.DataFrame(rows_of(demo, "patrolling_chiefs", period))
        assert people["required"].sum() == figures.loc["patrol_completion", "denominator"].sum()
        assert people["patrols"].sum() == towns["patrols"].sum()


def test_the_planted_stories(demo: Snapshot) -> None:
    asked = rows_of(demo, "patrol_questions", LAST_WEEK)
    assert [pick(row, "question", "town") for row in asked] == [
        ("月末集中", stories()["month_end"]["town"]),
        ("时长雷同", stories()["same_minutes"]["town"]),
    ]
    assert asked[1]["minutes"] == stories()["same_minutes"]["minutes"]
    (unwalked,) = rows_of(demo, "unwalked_sections", LAST_WEEK)
    assert unwalked["town"] == stories()["unwalked"]["town"]
    assert unwalked["last_patrol"].date() < stories()["unwalked"]["from"]
    towns = {row["town"]: row for row in rows_of(demo, "town_patrols", OCTOBER)}
    assert {name for name, row in towns.items() if row["too_fast"]} == {stories()["by_car"]["town"]}
    section = unseen_section(places(SEED))
    (name,) = demo.frame(f"select name from sections where code = '{section}'")["name"]
    pairs = rows_of(demo, "missed_finds", OCTOBER)
    assert pairs[0]["section"] == name
    assert {pair["found_on"].date() for pair in pairs if pair["section"] == name} == set(
        stories()["sees_nothing"]["found_on"]
    )


@pytest.mark.parametrize("period", ["week", "month", "quarter", "year"])
def test_the_calendar_page(period: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse) -> None:
    app = open_page("patrol.py", monkeypatch, demo_warehouse.folder, period=period, start="2017-10-23")
    assert not app.exception
    text = shown(app)
    assert "庙城镇" in text
    assert "走马观花" in text
    assert not re.search(r"\b(nan|NaT|None|undefined)\b", text)


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"list": "levels"}, "速度<br>过快"),
        ({"list": "missed", "town": "桥梓镇"}, "怀九河桥梓镇1段"),
        ({"list": "sections", "period": "week", "start": "2017-10-23"}, "长哨营满族乡"),
        ({"list": "sections", "town": "泉河街道"}, "每一段都有人巡过"),
        ({"list": "invalid", "town": "庙城镇", "reason": "速度过快"}, "公里（≤ 16）"),
        ({"list": "invalid", "town": "庙城镇", "reason": "时间重叠"}, "没有符合条件的无效巡河"),
        ({"list": "questions"}, "平时是否在巡"),
        ({"list": "questions", "town": "泉河街道"}, "没有触及疑点限值"),
        ({"list": "chief"}, "名河长"),
        ({"list": "chief", "town": "桥梓镇", "chief": "没有"}, "名河长"),
    ],
)
def test_each_list(
    chosen: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse
) -> None:
    query = {"period": "month", "start": "2017-10-01"} | chosen
    app = open_page("patrol.py", monkeypatch, demo_warehouse.folder, **query)
    assert not app.exception
    text = shown(app)
    assert says in text
    assert not re.search(r"\b(nan|NaT|None)\b", text)


def test_a_chief_of_the_story(monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse, demo: Snapshot) -> None:
    pair = rows_of(demo, "missed_finds", OCTOBER)[0]
    for period in ("week", "month", "year"):
        app = open_page(
            "patrol.py", monkeypatch, demo_warehouse.folder,
            list="chief", chief=pair["chief_code"], period=period, start="2017-10-23",
        )  # fmt: skip
        assert not app.exception
        text = shown(app)
        assert pair["chief"] in text
        assert ("应巡" in text and 'class="t lane"' in text) == (period != "year")
        assert not re.search(r"\b(nan|NaT|None)\b", text)
