"""Stories about single chiefs, planted last and with their own random numbers, so that no other figure moves."""

from datetime import timedelta

import numpy as np
import pandas as pd

from supervision.demo.facts import Row, random, stories
from supervision.demo.people_and_places import Places
from supervision.demo.problems import unseen_section

ORDINARY_MINUTES = (22, 55)
"""A length in this range is neither too short nor, with any distance of the demonstration, too fast."""

WALKED_MINUTES, WALKED_KM = (25, 50), (1.2, 2.6)


def plant(
    places: Places, patrols: pd.DataFrame, problems: pd.DataFrame, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Chiefs and patrols with the stories sees_nothing, unwalked, same_minutes and month_end in them."""
    patrols = _sees_nothing(places, patrols)
    chiefs, patrols = _unwalked(places, patrols, problems)
    patrols = _same_minutes(chiefs, patrols)
    return chiefs, _month_end(chiefs, patrols, random("month_end", seed))


def _sees_nothing(places: Places, patrols: pd.DataFrame) -> pd.DataFrame:
    """Nobody put anything right on the section whose chiefs see nothing."""
    there = (patrols["section"] == unseen_section(places)) & (patrols["notes"] != "")
    patrols = patrols.copy()
    patrols.loc[there, "notes"] = "河面清洁，无异常"
    patrols.loc[there, "problems_found"] = 0
    return patrols


def _unwalked(places: Places, patrols: pd.DataFrame, problems: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two chiefs answer for two sections and walk the near one only; whoever else came by did so too."""
    story = stories()["unwalked"]
    own = problems[(problems["source"] == "河长巡查") & (problems["found_on"] >= story["from"])]
    sections = places.sections.query("town == @story['town']")["code"]
    far = next(code for code in sections if code not in set(own["section"]))
    near = next(code for code in sections if code != far)
    answers = places.chiefs["sections"] == far
    chiefs = places.chiefs.assign(sections=places.chiefs["sections"].mask(answers, f"{near}、{far}"))
    turned = (patrols["section"] == far) & (patrols["started_at"].dt.date >= story["from"])
    return chiefs, patrols.assign(section=patrols["section"].mask(turned, near))


def _same_minutes(chiefs: pd.DataFrame, patrols: pd.DataFrame) -> pd.DataFrame:
    """The ordinary patrols of one section chief all last the same; those too short stay as they were."""
    story = stories()["same_minutes"]
    there = (chiefs["town"] == story["town"]) & (chiefs["level"] == "段长") & chiefs["left_on"].isna()
    chief = chiefs.loc[there, "code"].iloc[0]
    low, high = ORDINARY_MINUTES
    alike = (
        (patrols["chief"] == chief)
        & (patrols["started_at"].dt.date >= story["from"])
        & patrols["minutes"].between(low, high)
    )
    minutes = patrols["minutes"].mask(alike, story["minutes"])
    return patrols.assign(minutes=minutes, ended_at=patrols["started_at"] + pd.to_timedelta(minutes * 60, unit="s"))


def _month_end(chiefs: pd.DataFrame, patrols: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A town chief makes more patrols in the last three days of the months than in all the days before."""
    story = stories()["month_end"]
    town_chiefs = chiefs.query("town == @story['town'] and level == '镇级'")["code"]
    in_those_months = patrols["started_at"].dt.month.isin({last.month for last in story["months_end"]})
    walked = patrols["chief"][patrols["chief"].isin(town_chiefs) & in_those_months]
    chief = walked.value_counts().index[0]
    section = patrols.loc[patrols["chief"] == chief, "section"].iloc[0]
    rows: list[Row] = []
    for last in story["months_end"]:
        for number in range(story["patrols"]):
            start = pd.Timestamp(last - timedelta(days=number % 3)) + pd.Timedelta(minutes=7 * 60 + 90 * (number // 3))
            minutes = int(rng.integers(*WALKED_MINUTES))
            rows.append(
                {
                    "code": f"XH{start:%Y%m%d}9{number:04}",
                    "chief": chief,
                    "section": section,
                    "started_at": start,
                    "ended_at": start + pd.Timedelta(minutes=minutes),
                    "minutes": minutes,
                    "km": round(float(rng.uniform(*WALKED_KM)), 2),
                    "photos": 1,
                    "has_track": "有",
                    "notes": "河面清洁，无异常",
                    "problems_found": 0,
                }
            )
    return pd.concat([patrols, pd.DataFrame(rows)], ignore_index=True).sort_values(
        "started_at", kind="stable", ignore_index=True
    )
