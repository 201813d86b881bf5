"""Invented hand-overs of problems between units (流转记录)."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from supervision.demo.facts import LAST, Row, facts, random, records, stories

OFFICE = "区河长办"
MOST_HOURS = 71.0
"""A department signs within three days at the latest, before it can report back."""


def transfers(problems: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One row per hand-over of the problems that a department answers for."""
    rng = random("transfers", seed)
    departments = set(facts("departments")["name"])
    handed_over = stories()["handed_over"]
    rows: list[Row] = []
    for problem in records(problems[problems["department"].isin(departments)]):
        is_story = problem["town"] == handed_over["town"] and problem["found_on"] == handed_over["found_on"]
        if is_story and problem["department"] == handed_over["units"][-1] and "几个部门" in problem["description"]:
            rows += _passed_on(problem, handed_over["units"])
        else:
            rows += _handled(problem, rng)
    frame = pd.DataFrame(rows)
    return frame[frame["moved_at"] < pd.Timestamp(LAST) + pd.Timedelta(days=1)].reset_index(drop=True)


def _handled(problem: Row, rng: np.random.Generator) -> list[Row]:
    """The ordinary way: given, signed for, reported back, checked."""
    given = datetime.combine(problem["found_on"], time(9)) + timedelta(minutes=int(rng.integers(0, 480)))
    unit = problem["department"]
    rows = [
        _move(problem, given, "交办", OFFICE, unit),
        _move(problem, given + timedelta(hours=_signing_hours(problem, round(rng.gamma(2, 6), 1))), "签收", unit, unit),
    ]
    if problem["done_on"]:
        reported = datetime.combine(problem["done_on"], time(17)) + timedelta(days=1)
        rows.append(_move(problem, max(reported, given + timedelta(days=3)), "反馈", unit, OFFICE))
    return rows


def _signing_hours(problem: Row, usual: float) -> float:
    """How long signing takes: as usual, or with the planted department that much longer, before it reports back."""
    slow = stories()["slow_signing"]
    is_slow = problem["department"] == slow["department"] and problem["found_on"] >= slow["from"]
    return min(usual + slow["hours_longer"], MOST_HOURS) if is_slow else usual


def _passed_on(problem: Row, units: list[str]) -> list[Row]:
    """The planted one: each unit passes it on to the next."""
    moment = datetime.combine(problem["found_on"], time(10))
    rows = [_move(problem, moment, "交办", OFFICE, units[0])]
    for number, (giver, taker) in enumerate(pairwise(units), start=1):
        when = moment + timedelta(days=5 * number)
        rows.append(_move(problem, when, "转办", giver, taker, "不属于本单位职责"))
    return rows


def _move(problem: Row, moment: datetime, action: str, giver: str, taker: str, note: str = "") -> Row:
    return {
        "problem": problem["code"],
        "moved_at": moment.replace(second=0),
        "action": action,
        "from_unit": giver,
        "to_unit": taker,
        "note": note,
    }
