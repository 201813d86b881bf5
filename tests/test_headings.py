"""Headings of what goes out: each names columns that its question gives, and what its values are."""

import pandas as pd
import pytest

from supervision import headings
from supervision.catalogue import questions
from supervision.workbooks import csv_text

QUESTIONS = {
    "town_ranking": headings.RANKING,
    "overdue_by_town": headings.OVERDUE_TOWNS,
    "problem_list": headings.PROBLEMS,
    "rebound_list": headings.REBOUNDS,
    "enforcement_by_department": headings.DEPARTMENTS,
    "joint_pairs": headings.PAIRS,
    "linkage_by_department": headings.LINKAGE,
    "remit_problems": headings.REMIT,
    "enforcement_list": headings.RETURNS,
    "hand_over_list": headings.HAND_OVERS,
    "town_patrols": headings.TOWN_PATROLS,
    "patrolling_chiefs": headings.PATROLLING,
    "missed_finds": headings.MISSED,
    "unwalked_sections": headings.SECTIONS,
    "chief_scores": headings.CHIEFS,
    "watch_points": headings.POINTS,
    "task_standing": headings.TASKS,
    "task_groups": headings.PLANS,
    "outfall_states": headings.OUTFALLS,
    "water_points": headings.WATER,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_heading_stands_over_a_column_of_its_question(question: str) -> None:
    named = QUESTIONS[question]
    assert named.keys() <= set(questions()[question].column_names)
    assert len(set(named.values())) == len(named)


def test_columns_say_what_they_hold() -> None:
    frame = pd.DataFrame(
        {
            "found_on": pd.to_datetime(["2017-10-23", None]),
            "moved_at": pd.to_datetime(["2017-10-23 08:30", "2017-10-24 00:00"]),
            "month": pd.to_datetime(["2017-09-01", "2017-10-01"]),
            "on_time_rate": [0.5, 1.0],
            "fines_yuan": [20000.0, 0.0],
            "overdue": pd.array([3, None], "Int64"),
            "score": [86.25, 90.0],
            "city_listed": [True, False],
        }
    )
    kinds = ["day", "moment", "month", "share", "yuan", "whole", "decimal", "text"]
    assert [headings.kind_of(str(name), frame[name]) for name in frame.columns] == kinds


def test_flags_metrics_days_and_moments_in_a_csv_are_as_people_write_them() -> None:
    frame = pd.DataFrame(
        {
            "moved_by": ["on_time_rate", None],
            "city_listed": [True, False],
            "found_on": pd.to_datetime(["2017-10-23", None]),
            "moved_at": pd.to_datetime(["2017-10-23 08:30", None]),
        }
    )
    written = csv_text(frame, {"moved_by": "指标", "city_listed": "挂账", "found_on": "发现", "moved_at": "交办"})
    assert written.decode("utf-8-sig").splitlines() == [
        "指标,挂账,发现,交办",
        "按期整改率,是,2017-10-23,2017-10-23 08:30",
        ",否,,",
    ]
