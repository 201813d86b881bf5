"""视而不见 and 主动发现: what chiefs found themselves, and what they had walked past, by hand."""

from typing import Any

import pytest
from conftest import BuildDistrict
from test_patrol_duty import TOWNS, chief, limit, patrol

from supervision.warehouse import Snapshot

SECTIONS = [{"code": code, "river": "示例河", "town": "1"} for code in ("S1", "S2")]
SEVEN_DAYS = [limit("漏报天数", 7)]


def problem(code: str, found_on: str, **more: Any) -> dict[str, Any]:
    row = {"code": code, "found_on": found_on, "source": "督查检查", "category": "垃圾", "town": "1", "section": "S1"}
    return row | {"description": "岸边垃圾"} | more


def walk(code: str, day: str, found: int | None = 0, section: str | None = "S1", **more: Any) -> dict[str, Any]:
    return patrol(code, day, section=section, problems_found=found, **more)


def pairs(snapshot: Snapshot) -> list[tuple[str, str, str, str]]:
    """Problem, chief, and code and day of the patrol that saw nothing."""
    found = snapshot.frame("select problem, chief, patrol, patrolled_on from missed_pairs order by problem, chief")
    return [(a, b, c, str(day.date())) for a, b, c, day in found.itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("walks", "last_seen"),
    [
        ([("2017-10-18", 0)], "2017-10-18"),  # found on the 24th: the 7 days are 18 to 24 October
        ([("2017-10-17", 0)], None),
        ([("2017-10-24", 0)], "2017-10-24"),  # on the very day
        ([("2017-10-25", 0)], None),  # afterwards
        ([("2017-10-20", 0), ("2017-10-22", 0), ("2017-10-17", 0)], "2017-10-22"),  # the last one counts
        ([("2017-10-20", 1), ("2017-10-22", 0)], None),  # he reported something in those days
        ([("2017-10-17", 1), ("2017-10-22", 0)], "2017-10-22"),  # what he reported before them does not excuse
        ([("2017-10-20", None), ("2017-10-10", 0)], "2017-10-20"),  # an empty cell is none reported
        ([("2017-10-20", None)], None),  # nobody of the town ever gives the figure: the field is lacking
    ],
)
def test_the_days_before_the_finding(
    build_district: BuildDistrict, walks: list[tuple[str, int | None]], last_seen: str | None
) -> None:
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=SEVEN_DAYS,
        chiefs=[chief("A", sections=["S1"])],
        patrols=[walk("A", day, found) for day, found in walks],
        problems=[problem("P", "2017-10-24")],
    )
    expected = [] if last_seen is None else [("P", "A", f"A@{last_seen} 08:00:00", last_seen)]
    assert pairs(snapshot) == expected


def test_of_two_patrols_on_one_day_the_later_is_named(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=SEVEN_DAYS,
        chiefs=[chief("A", sections=["S1"])],
        patrols=[walk("A", "2017-10-24 17:00:00"), walk("A", "2017-10-24 08:00:00")],
        problems=[problem("P", "2017-10-24")],
    )
    assert pairs(snapshot) == [("P", "A", "A@2017-10-24 17:00:00", "2017-10-24")]


def test_only_chiefs_of_the_section_and_only_what_others_found(build_district: BuildDistrict) -> None:
    # A and B answer for S1, C for S2, T for none: T walked S1 but did not miss it, A walked S2 which is not his
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=SEVEN_DAYS,
        chiefs=[
            chief("A", sections=["S1"]),
            chief("B", sections=["S1", "S2"]),
            chief("C", sections=["S2"]),
            chief("T", level="镇级"),
        ],
        patrols=[
            walk("A", "2017-10-23"),
            walk("A", "2017-10-23 12:00:00", section="S2"),
            walk("B", "2017-10-22", minutes=1),  # too short to be valid, but he was there
            walk("C", "2017-10-23", section=None),
            walk("T", "2017-10-23"),
        ],
        problems=[
            problem("P1", "2017-10-24"),
            problem("P2", "2017-10-24", section="S2"),
            problem("P3", "2017-10-24", section=None),
            problem("P4", "2017-10-24", source="河长巡查"),
        ],
    )
    assert [pair[:2] for pair in pairs(snapshot)] == [("P1", "A"), ("P1", "B")]


def test_a_version_without_the_rule_judges_nobody(build_district: BuildDistrict) -> None:
    # no rule before 1 October, 7 days from then, 3 days from 20 October; the walk lies 4 days before the finding
    later = limit("漏报天数", 3) | {"effective_from": "2017-10-20"}
    first = limit("漏报天数", 7) | {"effective_from": "2017-10-01"}
    snapshot = build_district(
        towns=TOWNS,
        sections=SECTIONS,
        policy=[limit("时长下限", 10), first, later],
        chiefs=[chief("A", sections=["S1"])],
        patrols=[walk("A", "2017-10-20")],
        problems=[problem("P", "2017-10-24")],
    )
    versions = snapshot.frame("select version from missed_pairs")["version"]
    assert [str(version.date()) for version in versions] == ["2017-10-01"]
