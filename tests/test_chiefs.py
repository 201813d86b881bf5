"""河长考核: scores, bands, 在岗不履职, 在岗不用心, 突出问题 and the subsidy, by hand."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from conftest import BuildDistrict, Rows, rows_of
from test_pages import open_page, shown

from supervision import chief_words, headings
from supervision.asking import DISTRICT, Reader, ask, masked_phone
from supervision.catalogue import questions
from supervision.cli import main
from supervision.demo.facts import LAST, SEED, stories
from supervision.demo.people_and_places import places
from supervision.demo.problems import unseen_section
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

SEPTEMBER, OCTOBER = Period.around(date(2017, 9, 1), "month"), Period.around(date(2017, 10, 1), "month")
TOWNS = [{"code": "1", "name": "甲镇", "sort_order": 1}, {"code": "2", "name": "乙镇", "sort_order": 2}]
SECTIONS = [{"code": code, "river": "示例河", "name": code, "town": "1"} for code in ("S1", "S2")]


def rule(name: str, subject: str, value: float, method: str = "", argument: str | None = None, **more: Any) -> Any:
    written = {"effective_from": "2017-07-01", "rule": name, "subject": subject, "value": value, "method": method}
    return written | {"argument": argument, "unit": None, "origin": "示例"} | more


WEEKLY = [rule("巡河频次", level, 1, "按人", unit="次/周") for level in ("段长", "村级")]
ITEMS = [
    rule("河长考核项", "patrol_completion", 50, "按比例"),
    rule("河长考核项", "valid_rate", 20, "按比例"),
    rule("河长考核项", "missed", 20, "扣分", "4"),
    rule("河长考核项", "grave", 10, "扣分", "5"),
]
BANDS = [rule("档", band, edge) for band, edge in (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0))]
SHARES = [rule("补贴", band, share) for band, share in (("优秀", 1), ("良好", 1), ("合格", 0.8), ("不合格", 0))]
LIMITS = [
    rule("履职限值", "不用心走马观花", 0.5, argument="5"),
    rule("履职限值", "不用心漏报", 2),
    rule("履职限值", "突出问题", 30),
    rule("履职限值", "样本少", 5),
    rule("漏报天数", "", 7),
    rule("里程下限", "", 1),
    rule("立行立改天数", "", 3),
]
POLICY = [*WEEKLY, *ITEMS, *BANDS, *SHARES, *LIMITS]


def chief(code: str, sections: list[str] | None = None, **more: Any) -> dict[str, Any]:
    person = {"code": code, "name": code, "level": "段长", "town": "1", "appointed_on": "2017-01-01", "left_on": None}
    return person | {"sections": sections, "monthly_subsidy_yuan": 300.0, "phone": None} | more


def patrol(who: str, day: str, km: float = 2, section: str | None = None, found: int | None = 0) -> dict[str, Any]:
    made = {
        "code": f"{who}@{day}",
        "chief": who,
        "started_at": f"{day[:10]} {day[11:] or '08:00'}:00",
        "section": section,
    }
    return made | {"minutes": 30, "km": km, "photos": 1, "notes": "无异常", "problems_found": found, "ended_at": None}


def problem(code: str, found_on: str, section: str = "S1", source: str = "督查检查", **more: Any) -> dict[str, Any]:
    row = {"code": code, "town": "1", "section": section, "found_on": found_on, "source": source, "category": "垃圾"}
    dates = {"deadline": None, "done_on": None, "closed_on": None, "rebound_on": None, "method": None}
    return row | {"description": "示例", "person": None, "city_listed": False} | dates | more


LATER = patrol("Z", "2017-10-31")
"""A patrol after September, so that September is over; Z is of another level and owes nothing."""
Z = chief("Z", level="区级", town="2")


def district(build: BuildDistrict, chiefs: Rows, patrols: Rows, policy: Rows = POLICY, **more: Rows) -> Snapshot:
    made = [*patrols, LATER]
    return build(towns=TOWNS, sections=SECTIONS, chiefs=[*chiefs, Z], patrols=made, policy=policy, **more)


def score_of(snapshot: Snapshot, code: str, period: Period = SEPTEMBER, **params: Any) -> dict[str, Any]:
    (row,) = [row for row in rows_of(snapshot, "chief_scores", period, **params) if row["code"] == code]
    return row


# Weeks that end in September 2017: on the Sundays 3, 10, 17 and 24. A walks on the 5th, 12th, 19th (too near: 0.5 km)
# and 26th, whose week ends in October: 2 of 4 done, 3 of 4 valid, 1 of 4 perfunctory.
WALKS = [patrol("A", day, section="S1") for day in ("2017-09-05", "2017-09-12", "2017-09-26")]
WALKS.append(patrol("A", "2017-09-19", km=0.5, section="S1"))


def test_a_score_by_hand(build_district: BuildDistrict) -> None:
    # others find one problem on the 13th, a day after A walked past: missed 1. Due on the 20th, open on the 30th, ten
    # days late: not yet over 30. Points 50 × 2/4 + 20 × 3/4 + (20 − 4) + 10 = 66: 合格, 80 % of 300 yuan
    found = [problem("P1", "2017-09-13", deadline="2017-09-20")]
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS, problems=found)
    row = score_of(snapshot, "A")
    assert (row["score"], row["band"], row["flags"]) == (66, "合格", None)
    assert (row["done"], row["required"], row["valid"], row["patrols"], row["perfunctory"]) == (2, 4, 3, 4, 1)
    assert (row["missed"], row["missed_of"], row["grave"]) == (1, 1, 0)
    assert (row["due_yuan"], row["withheld_yuan"], row["share"]) == (240, 60, 0.8)
    assert (row["worst_item"], row["worst_lost"]) == ("patrol_completion", 25)
    assert row["few"]  # four duties, five are asked
    points = {item["metric"]: item["earned"] for item in rows_of(snapshot, "chief_items", SEPTEMBER, chief="A")}
    assert points == {
        "patrol_completion": 25,
        "valid_rate": 15,
        "missed": 16,
        "grave": 10,
        "found_rate": None,
        "missed_rate": None,
        "patrols": None,
        "perfunctory": None,
    }
    (total,) = [row for row in rows_of(snapshot, "chief_totals", SEPTEMBER) if row["chief"] == "A"]
    assert total["score"] == 66
    earned = [row["earned"] for row in rows_of(snapshot, "chief_points", SEPTEMBER) if row["chief"] == "A"]
    assert sum(each or 0 for each in earned) == 66


def test_the_rows_behind_a_score_add_up_to_it(build_district: BuildDistrict) -> None:
    found = [problem("P1", "2017-09-13", deadline="2017-09-20"), problem("P2", "2017-09-28", source="河长巡查")]
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS, problems=found)
    duties = rows_of(snapshot, "chief_duties", SEPTEMBER, chief="A")
    assert [(row["window_end"].day, row["done"], row["required"]) for row in duties] == [
        (3, 0, 1),
        (10, 1, 1),
        (17, 1, 1),
        (24, 0, 1),
    ]
    patrols = rows_of(snapshot, "chief_patrols", SEPTEMBER, chief="A")
    assert [(row["day"].day, chief_words.reasons(row)) for row in patrols] == [
        (26, ""),
        (19, "里程不足"),
        (12, ""),
        (5, ""),
    ]
    missed, own = rows_of(snapshot, "chief_problems", SEPTEMBER, chief="A")
    assert (missed["code"], missed["missed"], missed["patrolled_on"].day, missed["state"]) == ("P1", True, 12, "逾期")
    assert (own["code"], own["own"], own["missed"]) == ("P2", True, False)


def test_metrics_of_a_chief_by_hand(build_district: BuildDistrict) -> None:
    # on S1 four problems in September: two by 河长巡查, P3 missed (A passed on the 12th), P4 on the 4th not (he had not
    # been there in the 7 days up to it). P1 names A as 责任人, due on the 20th and done that day, in time. P3 names
    # 同名, of whom the town has two: it counts for nobody
    found = [
        problem("P1", "2017-09-06", source="河长巡查", person="A", deadline="2017-09-20", done_on="2017-09-20"),
        problem("P2", "2017-09-07", source="河长巡查"),
        problem("P3", "2017-09-18", person="同名", deadline="2017-09-20"),
        problem("P4", "2017-09-04"),
    ]
    namesakes = [chief("B", name="同名", level="村级"), chief("C", name="同名", level="村级")]
    snapshot = district(build_district, [chief("A", ["S1"]), *namesakes], WALKS, problems=found)
    figures = {
        row["metric"]: (row["numerator"], row["denominator"], row["value"])
        for row in rows_of(snapshot, "chief_metrics", SEPTEMBER)
        if row["chief"] == "A"
    }
    assert figures == {
        "patrol_completion": (2, 4, 0.5),
        "valid_rate": (3, 4, 0.75),
        "perfunctory": (1, 4, 0.25),
        "patrols": (4, None, 4),
        "found_rate": (2, 4, 0.5),
        "missed_rate": (1, 2, 0.5),
        "missed": (1, None, 1),
        "grave": (0, None, 0),
        "on_time_rate": (1, 1, 1),
    }
    assert not [
        row
        for row in rows_of(snapshot, "chief_metrics", SEPTEMBER)
        if row["chief"] in ("B", "C") and row["metric"] == "on_time_rate"
    ]


def test_an_item_that_is_not_available_is_spread_over_the_rest(build_district: BuildDistrict) -> None:
    # a village chief without sections: missed and grave are n/a. 3 of 4 weeks, all valid: (37.5 + 20) ÷ 70 × 100
    walks = [patrol("V", day) for day in ("2017-09-02", "2017-09-05", "2017-09-12")]
    snapshot = district(build_district, [chief("V", level="村级")], walks)
    row = score_of(snapshot, "V")
    assert row["score"] == 82.14
    assert (row["missed"], row["grave"], row["band"]) == (None, None, "良好")
    assert chief_words.evidence({"metric": "missed", "numerator": None}) == "本期没有，权重分给其余各项"


def test_items_outside_the_hundred_and_a_starting_score(build_district: BuildDistrict) -> None:
    # 60 to begin with; completion 2/4 by steps gives −2, one missed problem −3: 55
    items = [
        rule("河长起评分", "", 60),
        rule("河长考核项", "patrol_completion", 12, "加减分", "0:-10;0.5:-2;1:12"),
        rule("河长考核项", "missed", 10, "加减分", "每次 -3"),
    ]
    found = [problem("P1", "2017-09-13")]
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS, [*WEEKLY, *items, *BANDS, *LIMITS], problems=found)
    assert score_of(snapshot, "A")["score"] == 55


@pytest.mark.parametrize(("walked", "band"), [(9, "优秀"), (8, "良好"), (7, "合格"), (6, "合格"), (5, "不合格")])
def test_lower_edges_of_bands_are_inclusive(build_district: BuildDistrict, walked: int, band: str) -> None:
    # ten days, a patrol a day owed, nothing else scored: 9 of 10 is 90, 8 is 80, 6 is 60
    policy = [rule("巡河频次", "段长", 1, "按人", unit="次/日"), rule("河长考核项", "patrol_completion", 100, "按比例")]
    walks = [patrol("A", f"2017-09-{day:02}") for day in range(1, walked + 1)]
    snapshot = district(build_district, [chief("A")], walks, [*policy, *BANDS])
    row = score_of(snapshot, "A", Period.between(date(2017, 9, 1), date(2017, 9, 10)))
    assert (row["score"], row["band"], row["few"]) == (10 * walked, band, False)
    assert (row["excellent"], row["failing"]) == (band == "优秀", band == "不合格")


def test_bands_of_their_own_go_before_those_of_the_towns(build_district: BuildDistrict) -> None:
    own = [rule("河长档", "好", 60), rule("河长档", "差", 0), rule("补贴", "差", 0.5)]
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS, [*POLICY, *own])
    assert [
        (row["band"], row["lower_edge"], row["upper_edge"], row["excellent"], row["failing"], row["share"])
        for row in rows_of(snapshot, "chief_bands", SEPTEMBER)
    ] == [
        ("好", 60, None, True, False, None),
        ("差", 0, 60, False, True, 0.5),
    ]
    row = score_of(snapshot, "A")  # 25 + 15 + 20 + 10
    assert (row["score"], row["band"], row["due_yuan"]) == (70, "好", None)
    assert "没有写好的发放比例" in chief_words.subsidy(row, SEPTEMBER)


def test_the_subsidy_of_part_of_a_month_goes_by_days(build_district: BuildDistrict) -> None:
    # in office from the 16th: 15 days of 30; the week to the 24th is owed and walked: all points, 300 × 15/30 = 150
    # left on the 10th: the weeks to the 3rd and the 10th owed, none walked: (0 + 20) ÷ 70 × 100, of 300 × 10/30 nothing
    chiefs = [
        chief("N", appointed_on="2017-09-16"),
        chief("L", ["S1"], left_on="2017-09-10"),
        chief("U", monthly_subsidy_yuan=None),
    ]
    snapshot = district(build_district, chiefs, [patrol("N", "2017-09-19")])
    new, left, unpaid = (score_of(snapshot, code) for code in "NLU")
    assert (new["score"], new["office_days"], new["due_yuan"], new["withheld_yuan"]) == (100, 15, 150, 0)
    assert (
        chief_words.subsidy(new, SEPTEMBER)
        == "月补贴 300 元 × 在任 15／30 天 × 优秀发 100 % ＝ 应发 150 元，扣发 0 元。"
    )
    assert (left["score"], left["office_days"], left["due_yuan"], left["withheld_yuan"]) == (28.57, 10, 0, 100)
    assert (unpaid["due_yuan"], unpaid["withheld_yuan"]) == (None, None)
    assert chief_words.subsidy(unpaid, SEPTEMBER) == "河长名录没有写月补贴。"


def test_the_subsidy_is_shown_for_months_only(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS)
    week = Period.around(date(2017, 9, 4), "week")
    row = score_of(snapshot, "A", week)
    assert (row["score"], row["due_yuan"]) == (100, None)
    assert "选一个月" in chief_words.subsidy(row, week)


@pytest.mark.parametrize(
    ("person", "walks", "idle"),
    [
        ({}, [], True),
        ({}, [patrol("A", "2017-09-29")], False),  # its week ends in October, but he went out
        ({}, [patrol("A", "2017-09-05", km=0.1)], False),  # one patrol, not valid: careless perhaps, not idle
        ({}, [patrol("A", "2017-08-31"), patrol("A", "2017-10-01")], True),  # the week to the 3rd is even done
        ({"appointed_on": "2017-09-01"}, [], True),
        ({"appointed_on": "2017-09-02"}, [], False),  # not all through the month
        ({"left_on": "2017-09-30"}, [], True),
        ({"left_on": "2017-09-29"}, [], False),
        ({"level": "镇级"}, [], False),  # no norm, nothing owed
    ],
)
def test_idle_is_no_patrol_in_a_whole_period(
    build_district: BuildDistrict, person: dict[str, Any], walks: Rows, idle: bool
) -> None:
    row = score_of(district(build_district, [chief("A", **person)], walks), "A")
    assert row["idle"] == idle
    assert (row["flags"] == "在岗不履职") == idle


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        ({"appointed_on": "2017-09-20"}, "本期到任"),  # the week to the 24th began on the 18th
        ({"left_on": "2017-09-02"}, "本期离任"),
        ({"level": "镇级"}, "没有巡河频次"),
    ],
)
def test_who_owes_nothing_is_listed_without_a_score(
    build_district: BuildDistrict, person: dict[str, Any], reason: str
) -> None:
    row = score_of(district(build_district, [chief("A", **person)], []), "A")
    assert (row["score"], row["band"], row["reason"], row["due_yuan"]) == (None, None, reason, None)
    assert chief_words.verdict(row) == [chief_words.NOT_SCORED[reason]]


def test_out_of_season_nothing_is_owed(build_district: BuildDistrict) -> None:
    policy = [rule("巡河频次", "段长", 1, "按人", "3-8", unit="次/周"), *ITEMS, *BANDS]
    row = score_of(district(build_district, [chief("A")], [], policy), "A")
    assert (row["score"], row["reason"], row["idle"]) == (None, "没有到期的应巡", False)


@pytest.mark.parametrize(
    ("near", "patrols", "careless"),
    [(3, 5, True), (2, 4, False), (3, 6, False), (4, 4, False), (4, 6, True)],  # above a half, from five patrols on
)
def test_careless_walks_at_the_limit(build_district: BuildDistrict, near: int, patrols: int, careless: bool) -> None:
    walks = [patrol("A", f"2017-09-{day:02}", km=0.5 if day <= near else 2) for day in range(1, patrols + 1)]
    row = score_of(district(build_district, [chief("A")], walks), "A")
    assert row["careless_walks"] == careless
    if careless:
        assert f"走马观花 {near}／{patrols} 次（限 50\u00a0%）" in chief_words.verdict(row)


@pytest.mark.parametrize(("missed", "careless"), [(1, False), (2, True)])
def test_careless_misses_at_the_limit(build_district: BuildDistrict, missed: int, careless: bool) -> None:
    found = [problem(f"P{number}", "2017-09-13") for number in range(missed)]
    row = score_of(district(build_district, [chief("A", ["S1"])], WALKS, problems=found), "A")
    assert (row["missed"], row["careless_misses"]) == (missed, careless)
    assert row["flags"] == ("在岗不用心" if careless else None)


@pytest.mark.parametrize(
    ("found", "grave"),
    [
        ({"deadline": "2017-08-31"}, 0),  # 30 days late on 30 September
        ({"deadline": "2017-08-30"}, 1),  # 31
        ({"deadline": "2017-08-30", "done_on": "2017-09-30"}, 0),
        ({"deadline": "2017-08-30", "done_on": "2017-10-01"}, 1),  # still open at the month's end
        ({"deadline": "2017-12-31", "city_listed": True}, 1),
        ({"source": "媒体曝光"}, 1),
        ({"source": "市级督察", "done_on": "2017-09-29"}, 0),
        ({"source": "群众举报"}, 0),
        ({"section": "S2", "source": "媒体曝光"}, 0),  # not his section
    ],
)
def test_grave_problems(build_district: BuildDistrict, found: dict[str, Any], grave: int) -> None:
    row = problem("P1", "2017-08-20") | found
    walks = [patrol("A", "2017-09-05", section="S1")]
    scored = score_of(district(build_district, [chief("A", ["S1"])], walks, problems=[row]), "A")
    assert scored["grave"] == grave
    assert (scored["flags"] == "突出问题") == bool(grave)


def test_a_section_s_problems_are_those_of_who_is_in_office(build_district: BuildDistrict) -> None:
    # A hands S1 over to B on 16 September: what was found on the 13th is A's, the listed point still open is B's
    found = [problem("P1", "2017-09-13"), problem("P2", "2017-09-01", source="媒体曝光")]
    chiefs = [chief("A", ["S1"], left_on="2017-09-15"), chief("B", ["S1"], appointed_on="2017-09-16")]
    snapshot = district(build_district, chiefs, WALKS[:2], problems=found)
    before, after = score_of(snapshot, "A"), score_of(snapshot, "B")
    assert (before["missed_of"], before["missed"], before["grave"]) == (2, 1, None)
    assert (after["missed_of"], after["missed"], after["grave"]) == (None, 0, 1)


def test_everything_is_judged_as_at_as_of(build_district: BuildDistrict) -> None:
    # as at the 12th: the weeks to the 3rd and the 10th are over, one done; P1 of the 13th is not known
    found = [problem("P1", "2017-09-13")]
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS, problems=found)
    row = score_of(snapshot, "A", as_of=date(2017, 9, 12))
    assert (row["done"], row["required"], row["patrols"], row["missed"]) == (1, 2, 2, 0)


def test_the_change_on_the_previous_period(build_district: BuildDistrict) -> None:
    # August: no patrol in four weeks (6, 13, 20, 27): (0 + 20 + 10) ÷ 80 × 100 = 37.5; September 25 + 15 + 20 + 10 = 70
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS)
    assert score_of(snapshot, "A")["score_change"] == 70 - 37.5


def test_a_policy_without_rules_for_chiefs_judges_nobody(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, [chief("A", ["S1"])], WALKS, WEEKLY)
    row = score_of(snapshot, "A")
    assert (row["score"], row["band"], row["reason"]) == (None, None, "没有考核项")
    assert (row["careless_walks"], row["careless_misses"], row["few"], row["missed"]) == (False, False, False, None)
    assert chief_words.foot(pd.DataFrame(columns=["subject", "value", "argument"]), SEPTEMBER, date(2017, 9, 30))


def test_bands_by_town_and_level(build_district: BuildDistrict) -> None:
    # 甲镇: A 70 and N, idle, (0 + 20 + 10) ÷ 80 × 100 = 37.5: on average 53.75, one of two failing; V 100
    chiefs = [chief("A", ["S1"]), chief("N", ["S2"]), chief("V", level="村级")]
    walks = [patrol("V", day) for day in ("2017-09-01", "2017-09-05", "2017-09-12", "2017-09-19")]
    snapshot = district(build_district, chiefs, [*WALKS, *walks])
    rows = {(row["town"], row["level"]): row for row in rows_of(snapshot, "chief_bands_by_town", SEPTEMBER)}
    sections = rows["甲镇", "段长"]
    assert (sections["chiefs"], sections["scored"], sections["average_score"]) == (2, 2, 53.75)
    assert (sections["excellent_share"], sections["failing_share"], sections["idle"]) == (0, 0.5, 1)
    assert (sections["due_yuan"], sections["withheld_yuan"]) == (240, 360)
    assert rows["甲镇", None]["bands"] == {"合格": 1, "不合格": 1, "优秀": 1}
    assert rows["甲镇", "村级"]["excellent_share"] == 1
    apart = rows["乙镇", "区级"]
    assert (apart["chiefs"], apart["scored"], apart["average_score"], apart["failing_share"]) == (1, 0, None, None)
    assert rows[None, None]["chiefs"] == 4


# -- personal data


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("13812341234", "138****1234"),
        ("138-1234-1234", "138****1234"),
        ("13812341234、13900001111", "138****1234、139****1111"),
        ("8613812341234", "***********34"),
        ("010-69641234", "*********34"),
        ("69641234", "******34"),
        ("无", "无"),
        ("", ""),
    ],
)
def test_numbers_are_masked(written: str, masked: str) -> None:
    assert masked_phone(written) == masked


def test_phones_are_masked_unless_allowed(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, [chief("A", ["S1"], phone="13812341234"), chief("B")], WALKS)
    (card,) = rows_of(snapshot, "chief_card", SEPTEMBER, chief="A")
    assert (card["phone"], card["section_names"], card["score"]) == ("138****1234", ["S1"], 70)
    assert rows_of(snapshot, "chief_card", SEPTEMBER, chief="B")[0]["phone"] is None
    allowed = ask(snapshot, "chief_card", SEPTEMBER, reader=Reader(sees_phones=True), chief="A")
    assert allowed["phone"].tolist() == ["13812341234"]
    assert not DISTRICT.sees_phones


def test_the_command_line_masks_them_too(build_district: BuildDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    snapshot = district(build_district, [chief("A", ["S1"], phone="13812341234")], WALKS)
    warehouse = str(snapshot.path.parent.parent)
    for how in ("json", "csv", "table"):
        asked = ["query", "chief_card", "--warehouse", warehouse, "--start", "2017-09-01", "--end", "2017-09-30"]
        assert main([*asked, "--param", "chief=A", "--format", how]) == 0
        printed = capsys.readouterr().out
        assert "138****1234" in printed
        assert "13812341234" not in printed


def test_no_question_gives_a_phone_under_another_name() -> None:
    giving = [query.name for query in questions().values() if "phone" in query.sql]
    assert giving == ["chief_card"]
    assert "phone" in questions()["chief_card"].column_names
    assert "phone" not in headings.CHIEFS


def test_a_town_s_reader_sees_its_own_chiefs(build_district: BuildDistrict) -> None:
    snapshot = district(build_district, [chief("A"), chief("B", town="2")], [])
    seen = ask(snapshot, "chief_scores", SEPTEMBER, reader=Reader(town="2"))
    assert seen["code"].tolist() == ["B", "Z"]
    assert ask(snapshot, "chief_card", SEPTEMBER, reader=Reader(town="2"), chief="A").empty


# -- what the page says


def whole(**figures: Any) -> dict[str, Any]:
    nothing = {"chiefs": 3, "scored": 3, "idle": 0, "careless": 0, "average_score": 90.84, "withheld_yuan": None}
    return nothing | figures


TWO = pd.DataFrame({"town": ["甲镇", "乙镇", "丙镇"], "idle": [1, 0, 0], "careless": [1, 8, 2]})


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"chiefs": 0}, "本月没有在任的河长"),
        ({"scored": 0}, "3 名河长本月都没有到期的应巡，不评分"),
        ({}, "本月没有在岗不履职、在岗不用心的河长，平均 90.8 分"),
        ({"withheld_yuan": 400.0}, "本月没有在岗不履职、在岗不用心的河长，平均 90.8 分"),  # 0.0 万元 is not news
        ({"idle": 1, "withheld_yuan": 13_640.0}, "本月 1 名在岗不履职（甲镇）；补贴扣发 1.4 万元"),
        ({"idle": 1, "careless": 11}, "本月 1 名在岗不履职（甲镇），11 名在岗不用心（乙镇 8、丙镇 2 等）"),
    ],
)
def test_title(figures: dict[str, Any], says: str) -> None:
    assert chief_words.title(whole(**figures), TWO, SEPTEMBER) == says


# -- the demonstration district


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_the_idle_chief_of_october_is_found(demo: Snapshot) -> None:
    story = stories()["idle"]
    (idle,) = [row for row in rows_of(demo, "chief_scores", OCTOBER) if row["idle"]]
    assert (idle["town"], idle["level"], idle["patrols"]) == (story["town"], story["level"], 0)
    assert (idle["band"], idle["due_yuan"], idle["withheld_yuan"]) == ("不合格", 0, 500)


def test_the_careless_are_those_who_drive_and_those_who_see_nothing(demo: Snapshot) -> None:
    careless = [
        row for row in rows_of(demo, "chief_scores", OCTOBER) if row["careless_walks"] or row["careless_misses"]
    ]
    drivers = [row for row in careless if row["careless_walks"]]
    blind = [row["code"] for row in careless if row["careless_misses"]]
    assert {row["town"] for row in drivers} == {stories()["by_car"]["town"]}
    assert len(drivers) == 8
    masters = places(SEED)
    theirs = masters.chiefs[masters.chiefs["sections"] == unseen_section(masters)]
    assert sorted(blind) == sorted(theirs["code"])
    assert len(drivers) + len(blind) == len(careless)


def test_the_page_opens_a_chief_s_card(
    monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse, demo: Snapshot
) -> None:
    (idle,) = [row for row in rows_of(demo, "chief_scores", OCTOBER) if row["idle"]]
    month = {"period": "month", "start": LAST.replace(day=1).isoformat()}
    app = open_page("chiefs.py", monkeypatch, demo_warehouse.folder, **month, chief=idle["code"])
    assert not app.exception
    text = shown(app)
    assert idle["name"] in text
    assert "本期一次没有巡" in text
    assert "月补贴 500 元 × 不合格发 0 % ＝ 应发 0 元，扣发 500 元。" in text
    unknown = open_page("chiefs.py", monkeypatch, demo_warehouse.folder, **month, chief="没有这个人")
    assert "没有这个河长：没有这个人" in shown(unknown)
    for query in ({"level": "镇级"}, {"level": "区级"}, {"town": "桥梓镇", "level": "段长"}):
        listed = open_page("chiefs.py", monkeypatch, demo_warehouse.folder, **month, **query)
        assert not listed.exception
        assert "辅助决定，不代替决定" in shown(listed)


def test_who_has_done_what_fell_due_is_not_idle(build_district: BuildDistrict) -> None:
    # once a month, done on 09-05: in the week of 09-25, in which the month ends, he need not go again
    monthly = {"effective_from": "2017-07-01", "rule": "巡河频次", "subject": "段长", "value": 1, "unit": "次/月"}
    week = Period.around(date(2017, 9, 25), "week")
    done = district(build_district, [chief("A")], [patrol("A", "2017-09-05")], policy=[monthly | {"method": "按人"}])
    row = score_of(done, "A", week)
    assert (row["required"], row["done"], row["patrols"], row["idle"]) == (1, 1, 0, False)
