"""Invented patrols (巡河记录), as the patrol app would have recorded them."""

import numpy as np
import pandas as pd

from supervision.demo.facts import FIRST, LAST, facts, random, stories
from supervision.demo.people_and_places import Places

DAYS_BETWEEN = {"段长": 1, "村级": 7, "镇级": 12}
"""A section chief owes a patrol a day, a village chief one a week on his fixed weekday, a town chief one a month."""

NOTES = (
    "河面清洁，无异常",
    "岸坡完好，水流正常",
    "清理零星垃圾后离开",
    "公示牌完好，无异常",
    "水质感观良好",
    "沿河村民劝导一次",
    "保洁员在岗，无异常",
    "排口封堵完好",
)
PUT_RIGHT_AT_ONCE = ("清理零星垃圾后离开", "沿河村民劝导一次")
"""Notes of a patrol that found something too small for the ledger."""
REPORTED = "发现问题，已拍照上报"

DIFFERENCE_BETWEEN_CHIEFS = 0.03
FIRST_WEEKS_SLACK = 0.05
"""So much less was walked in July than in October: the system had just begun."""


def patrols(places: Places, seed: int) -> pd.DataFrame:
    """One row per patrol: code, chief, section, started_at, ended_at, minutes, km, photos, has_track, notes."""
    rng = random("patrols", seed)
    chiefs = places.chiefs.merge(facts("towns")[["name", "walked", "valid"]], left_on="town", right_on="name")
    days = pd.date_range(FIRST, LAST)
    walked = _walked(chiefs, days, rng)
    place, number = np.nonzero(walked)
    made = chiefs.iloc[place].reset_index(drop=True)
    frame = pd.DataFrame({"chief": made["code"], "section": _sections(made, places.sections, rng)})
    frame["started_at"] = days[number] + pd.to_timedelta(_start_seconds(len(frame), rng), unit="s")
    minutes, km, recorded = _walks(made["valid"].to_numpy(), rng)
    driving = _by_car(chiefs, rng)[place] & (days[number] >= pd.Timestamp(stories()["by_car"]["from"]))
    minutes = np.where(driving, rng.integers(12, 20, len(frame)), minutes)
    km = np.where(driving, (minutes / 60 * rng.uniform(24, 40, len(frame))).round(2), km)
    frame["ended_at"] = frame["started_at"] + pd.to_timedelta(minutes * 60, unit="s")
    frame["minutes"], frame["km"] = minutes, km
    frame["photos"] = np.where(recorded | driving, rng.integers(1, 4, len(frame)), 0)
    frame["has_track"] = np.where(rng.random(len(frame)) < 0.98, "有", "无")
    frame["notes"] = np.where(recorded, rng.choice(NOTES, len(frame)), "")
    frame = frame.sort_values("started_at", kind="stable", ignore_index=True)
    order = frame.groupby(frame["started_at"].dt.date).cumcount() + 1
    frame.insert(0, "code", "XH" + frame["started_at"].dt.strftime("%Y%m%d") + order.astype(str).str.zfill(5))
    return frame


def without_idle(patrols: pd.DataFrame, places: Places, seed: int) -> pd.DataFrame:
    """The patrols without those of a chief who stays at home (在岗不履职): one of those who found nothing then."""
    story, chiefs = stories()["idle"], places.chiefs
    there = chiefs[(chiefs["town"] == story["town"]) & (chiefs["level"] == story["level"])]
    late = patrols["started_at"] >= pd.Timestamp(story["from"])
    finders = patrols.loc[late & (patrols["notes"] == REPORTED), "chief"]
    idle = random("idle", seed).choice(there.loc[~there["code"].isin(finders), "code"].to_numpy())
    kept: pd.DataFrame = patrols[~(late & (patrols["chief"] == idle))].reset_index(drop=True)
    return kept


def _walked(chiefs: pd.DataFrame, days: pd.DatetimeIndex, rng: np.random.Generator) -> np.ndarray:
    """Chief by day: whether he went."""
    growth = np.linspace(1 - FIRST_WEEKS_SLACK, 1, len(days))
    own = chiefs["walked"].to_numpy() + rng.normal(0, DIFFERENCE_BETWEEN_CHIEFS, len(chiefs))
    rate = np.clip(own, 0, 1)[:, None] * growth
    appointed, left = pd.to_datetime(chiefs["appointed_on"]), pd.to_datetime(chiefs["left_on"])
    in_office = (appointed.to_numpy()[:, None] <= days.to_numpy()) & ~(left.to_numpy()[:, None] < days.to_numpy())
    fixed_weekday = rng.integers(0, 7, len(chiefs))[:, None] == days.day_of_week.to_numpy()
    any_day = rng.random(rate.shape) < 1 / chiefs["level"].map(DAYS_BETWEEN).to_numpy()[:, None]
    turn = np.where((chiefs["level"] == "村级").to_numpy()[:, None], fixed_weekday, any_day)
    return turn & in_office & (rng.random(rate.shape) < rate)


def _sections(made: pd.DataFrame, sections: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """The chief's own section; for village and town chiefs any of the town."""
    own = made["sections"].to_numpy().copy()
    for town, codes in sections.groupby("town")["code"]:
        free = ((made["town"] == town) & (made["sections"] == "")).to_numpy()
        own[free] = rng.choice(codes.to_numpy(), free.sum())
    return own


def _start_seconds(count: int, rng: np.random.Generator) -> np.ndarray:
    """Seconds into the day: two patrols of three in the early morning, the others late in the afternoon."""
    morning = rng.random(count) < 2 / 3
    return np.where(morning, rng.normal(7.5, 0.8, count), rng.normal(16.8, 0.7, count)).clip(5, 20) * 3600 // 1


def _walks(valid: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Minutes, kilometres and whether anything was recorded; about the share `valid` of the patrols is valid."""
    count = len(valid)
    minutes = rng.integers(22, 55, count)
    km = np.maximum(1.05, minutes / 60 * rng.uniform(2.6, 4.6, count)).round(2)
    fault = np.where(rng.random(count) < valid, "", rng.choice(["short", "near", "silent"], count, p=[0.45, 0.3, 0.25]))
    minutes = np.where(fault == "short", rng.integers(3, 10, count), minutes)
    km = np.where(fault == "short", (minutes / 60 * 4).round(2), km)
    km = np.where(fault == "near", rng.uniform(0.2, 0.95, count).round(2), km)
    return minutes, km, fault != "silent"


def _by_car(chiefs: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    story = stories()["by_car"]
    candidates = np.flatnonzero((chiefs["town"] == story["town"]) & (chiefs["level"] == "段长"))
    drivers = rng.choice(candidates, round(story["share_of_section_chiefs"] * len(candidates)), replace=False)
    return np.isin(np.arange(len(chiefs)), drivers)


def report_finds(patrols: pd.DataFrame, problems: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tie patrols to the problems that chiefs found: the patrol counts them, its notes say so.

    So do those who put something right at once. A problem of a day on which nobody patrolled its section was
    reported by the public (群众举报) instead.
    """
    found = problems[problems["source"] == "河长巡查"]
    by_day = patrols.assign(day=patrols["started_at"].dt.date).drop_duplicates(["section", "day"])
    matched = found.reset_index().merge(
        by_day.reset_index(names="patrol"), left_on=["section", "found_on"], right_on=["section", "day"], how="left"
    )
    counts = matched["patrol"].dropna().astype(int).value_counts()
    put_right = patrols["notes"].isin(PUT_RIGHT_AT_ONCE).astype(int)
    patrols = patrols.assign(problems_found=put_right + counts.reindex(patrols.index, fill_value=0))
    patrols.loc[counts.index, "notes"] = REPORTED
    orphans = matched.loc[matched["patrol"].isna(), "index"]
    problems = problems.copy()
    problems.loc[orphans, "source"] = "群众举报"
    return patrols, problems
