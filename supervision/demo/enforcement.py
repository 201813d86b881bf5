"""Invented enforcement returns (执法记录) of the departments."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from supervision.demo.facts import FIRST, LAST, Row, facts, monday, random, records, stories, weeks

SPREAD = 0.08
"""The volume of a week lies within this share of the department's usual."""

GROWTH = 0.12
"""So much the volume grew from July to October."""

ROWS_A_DAY, USUAL_ROWS_A_DAY = {"区城管执法局": 4}, 2
LINKED, RECENT = 0.5, timedelta(days=14)
"""Half of the returns with a case name the problem it began with, found in these days before."""

PEOPLE_AN_INSPECTION, VEHICLES_A_ROW = 1.35, (1, 4)


def enforcement(seed: int) -> pd.DataFrame:
    """One row per return: code, day, department, partners, town, offence, power and the counts and fines in yuan."""
    rng = random("enforcement", seed)
    rows = [
        row
        for department in records(facts("departments"))
        for number, week in enumerate(weeks())
        for row in _returns(department, week, 1 - GROWTH * (1 - number / len(weeks())), rng)
    ]
    frame = pd.DataFrame(rows).sort_values(["day", "department"], kind="stable", ignore_index=True)
    frame.insert(0, "code", [f"ZF2017-{number:05}" for number in range(1, len(frame) + 1)])
    return frame


def link_cases(returns: pd.DataFrame, problems: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The returns with the problem (关联问题) that cases began with: of the town, recent, in the remit."""
    rng = random("linked cases", seed)
    remits = {row["name"]: row["remit"].split("、") for row in records(facts("departments"))}
    found = problems.assign(found_on=pd.to_datetime(problems["found_on"])).groupby(["town", "category"])
    by_place = {place: rows[["found_on", "code"]].sort_values(["found_on", "code"]) for place, rows in found}
    linked = []
    for row in records(returns):
        drawn, day = rng.random(2), pd.Timestamp(row["day"])
        places = [by_place[row["town"], each] for each in remits[row["department"]] if (row["town"], each) in by_place]
        recent = [code for rows in places for code in rows.loc[rows["found_on"].between(day - RECENT, day), "code"]]
        is_linked = row["cases_opened"] > 0 and recent and drawn[0] < LINKED
        linked.append(recent[int(drawn[1] * len(recent))] if is_linked else "")
    return returns.assign(problem=linked)


def _returns(department: Row, week: date, growth: float, rng: np.random.Generator) -> Iterator[Row]:
    """The returns of a department for one week: its volume, spread over the working days."""
    name = department["name"]
    days = [day for day in (week + timedelta(days=number) for number in range(5)) if FIRST <= day <= LAST]
    days *= ROWS_A_DAY.get(name, USUAL_ROWS_A_DAY)
    if not days:
        return
    powers = records(facts("powers").query("department == @name"))
    others = [other for other in facts("departments")["name"] if other != name]
    evenly = np.full(len(days), 1 / len(days))
    inspections = rng.multinomial(_inspections(department, week, growth, rng), evenly)
    cases = rng.multinomial(_cases(department, week, rng), evenly)
    joint = rng.random(len(days)) < department["joint"] * evenly / 2
    for place in np.flatnonzero(inspections + cases):
        power = powers[rng.integers(len(powers))]
        yield {
            "day": days[place],
            "department": name,
            "partners": "、".join(rng.choice(others, 2, replace=False)) if joint[place] else "",
            "town": rng.choice(facts("towns")["name"]),
            "offence": power["offence"],
            "power": power["power"],
            **_counts(department, int(inspections[place]), int(cases[place]), rng),
            "joint": int(joint[place]),
        }


def _inspections(department: Row, week: date, growth: float, rng: np.random.Generator) -> int:
    fallen = stories()["fallen"]
    if department["name"] == fallen["department"] and week.isoformat() in fallen["weekly_inspections"]:
        return int(fallen["weekly_inspections"][week.isoformat()])
    return round(float(department["inspections"]) * growth * rng.uniform(1 - SPREAD, 1 + SPREAD))


def _cases(department: Row, week: date, rng: np.random.Generator) -> int:
    idle = stories()["no_case"]
    if department["name"] == idle["department"] and week >= monday(idle["from"]):
        return 0
    return max(1, round(float(department["cases"]) * rng.uniform(0.85, 1.15)))


def _counts(department: Row, inspections: int, cases: int, rng: np.random.Generator) -> Row:
    return {
        "inspections": inspections,
        "people_out": round(inspections * PEOPLE_AN_INSPECTION) + int(rng.integers(0, 3)),
        "vehicles_out": int(rng.integers(*VEHICLES_A_ROW)),
        "orders": int(rng.binomial(inspections, 0.06)),
        "cases_opened": cases,
        "cases_closed": int(rng.binomial(cases, 0.88)),
        "fines_yuan": int(cases * department["fine"] * rng.uniform(0.7, 1.3)) // 100 * 100,
        "referrals": int(rng.binomial(cases, 0.05)),
    }
