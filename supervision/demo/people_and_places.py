"""The master tables of the demonstration district: towns, departments, river sections (河段) and chiefs (河长)."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from supervision.demo.facts import FIRST, Row, facts, people, random, records, stories

LENGTHS_KM = {"平原": (0.8, 1.0), "山区": (2.7, 3.3), "重点山区": (1.8, 2.2)}
"""Length of a section by terrain: 平原 800—1000 m, 山区 3000 m, 重要山区河流 2000 m (怀柔 2017-08)."""

CHIEFS_A_SECTION, CHIEFS_A_TOWN = 2, 2
MAIN_RIVER_WEIGHT = 3
SUBSIDY_YUAN = {"段长": 300, "村级": 500, "镇级": 0}
REPLACED = 12
"""So many section chiefs hand over to a successor in the middle of the span."""


@dataclass(frozen=True)
class Places:
    """The master tables, with the columns of the warehouse; codes are referred to, not names."""

    towns: pd.DataFrame
    departments: pd.DataFrame
    sections: pd.DataFrame
    chiefs: pd.DataFrame


def places(seed: int) -> Places:
    """All master tables of the district."""
    sections = _sections(random("sections", seed))
    return Places(_towns(), _departments(), sections, _chiefs(sections, random("chiefs", seed)))


def _towns() -> pd.DataFrame:
    towns = facts("towns")[["code", "name", "aliases", "kind", "area_km2"]].copy()
    towns["code"] = towns["code"].astype(str)
    towns["sort_order"] = range(1, len(towns) + 1)
    suspended = stories()["suspended"]
    here = towns["name"] == suspended["town"]
    towns["status"] = np.where(here, "暂停考核", "正常")
    towns["status_from"] = [suspended["from"] if yes else None for yes in here]
    towns["status_to"] = [suspended["to"] if yes else None for yes in here]
    towns["status_reason"] = np.where(here, suspended["reason"], "")
    return towns


def _departments() -> pd.DataFrame:
    return facts("departments")[["name", "aliases", "field", "officers", "powers", "yearly_cases", "remit"]]


def _sections(rng: np.random.Generator) -> pd.DataFrame:
    """Each town's sections, shared among its rivers; a main river of several towns has more of them."""
    rivers = facts("rivers").assign(town=lambda frame: frame["towns"].str.split("、")).explode("town")
    villages = dict(facts("villages").to_numpy())
    rows: list[Row] = []
    for town in records(facts("towns")):
        own = rivers[rivers["town"] == town["name"]]
        weights = np.where(own["towns"].str.contains("、"), MAIN_RIVER_WEIGHT, 1)
        counts = _shared_out(town["sections"], weights)
        names = villages[town["name"]].split("、")
        for river, kind, count in zip(own["name"], own["kind"], counts, strict=True):
            for number in range(1, count + 1):
                angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(0.005, 0.03)
                rows.append(
                    {
                        "river": river,
                        "name": f"{river}{town['name']}{number}段",
                        "kind": kind,
                        "terrain": town["terrain"],
                        "town": town["name"],
                        "village": names[len(rows) % len(names)],
                        "length_km": round(rng.uniform(*LENGTHS_KM[town["terrain"]]), 2),
                        "longitude": round(town["longitude"] + distance * np.cos(angle), 5),
                        "latitude": round(town["latitude"] + distance * np.sin(angle), 5),
                    }
                )
    sections = pd.DataFrame(rows)
    sections.insert(0, "code", [f"HD{number:04}" for number in range(1, len(rows) + 1)])
    return sections


def _shared_out(total: int, weights: np.ndarray) -> list[int]:
    """A total in whole shares by weight, each at least one."""
    shares = np.maximum(1, np.floor(total * weights / weights.sum())).astype(int)
    shares[np.argsort(-weights)[: total - shares.sum()]] += 1
    return [int(share) for share in shares]


def _chiefs(sections: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows: list[Row] = []
    for town, name_list in facts("villages").to_numpy():
        rows += [_chief("镇级", town, "", post, []) for post in ("镇乡街道党委书记", "镇乡街道主任（镇乡长）")]
        rows += [_chief("村级", town, village, "村（社区）党组织书记", []) for village in name_list.split("、")]
    for section in records(sections):
        posts = ("村两委委员", "镇乡机关包段干部")
        rows += [_chief("段长", section["town"], section["village"], post, [section["code"]]) for post in posts]
    section_chiefs = [number for number, row in enumerate(rows) if row["level"] == "段长"]
    for number in rng.choice(section_chiefs, REPLACED, replace=False):
        handover = FIRST + timedelta(days=int(rng.integers(30, 90)))
        rows.append({**rows[number], "appointed_on": handover})
        rows[number]["left_on"] = handover - timedelta(days=1)
    chiefs = pd.DataFrame(rows)
    chiefs.insert(0, "name", people(len(chiefs), rng))
    chiefs.insert(0, "code", [f"HZ{number:05}" for number in range(1, len(chiefs) + 1)])
    return chiefs


def _chief(level: str, town: str, village: str, post: str, sections: list[str]) -> Row:
    return {
        "level": level,
        "town": town,
        "village": village,
        "post": post,
        "sections": "、".join(sections),
        "appointed_on": FIRST,
        "left_on": None,
        "monthly_subsidy_yuan": SUBSIDY_YUAN[level],
    }
