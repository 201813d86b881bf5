"""今天要定的事: what is to be decided today, by stated rules, the gravest first."""

from dataclasses import dataclass

import pandas as pd

from supervision import titles
from supervision.formats import number
from supervision.periods import Period
from supervision.wording import DIGITS, by_town, listed, when


@dataclass(frozen=True)
class Decision:
    """Something to be decided today: the question, and the fact below it."""

    question: str
    fact: str


def decisions(
    towns: pd.DataFrame, departments: pd.DataFrame, problems: pd.DataFrame, ranked: pd.DataFrame, period: Period
) -> list[Decision]:
    """At most three things to decide, the gravest rule first: over 30 days, no enforcement, city-listed
    points, no deadline, a failing band, the deepest fall, due within days."""
    candidates = (
        decide_old(towns),
        decide_idle(departments, period),
        decide_listed(problems),
        decide_undated(towns),
        decide_failing(ranked),
        decide_fallen(ranked),
        decide_due(towns),
    )
    return [decision for decision in candidates if decision][:3]


def things_to_decide(count: int) -> str:
    """The heading over the decisions."""
    return f"今天要定的{'两' if count == 2 else DIGITS[count]}件事" if count else "今天没有要定的事"


def decide_old(towns: pd.DataFrame) -> Decision | None:
    """Whether those overdue for over 30 days are taken up by a district chief (挂牌督办)."""
    old = int(towns["late_over_30"].sum())
    if not old:
        return None
    fact = f"{by_town(towns, 'late_over_30')}，最长 {number(towns['days_max'].max())} 天"
    return Decision(f"{number(old)} 件逾期超 30 天，是否由区级河长挂牌督办", fact)


def decide_idle(departments: pd.DataFrame, period: Period) -> Decision | None:
    """Whether the departments without a case are named in the bulletin."""
    if not departments["returns"].sum():
        return None
    flags = departments["flags"].fillna("")
    idle = departments[flags.str.contains("零执法")]
    if idle.empty:
        return None
    problems = int(idle["remit_problems"].sum())
    fact = f"{when(period)}立案 0 件" + (f"；职责内问题 {number(problems)} 件" if problems else "")
    return Decision(f"{listed(idle['department'].tolist(), '个部门')}零执法，是否通报", fact)


def decide_listed(problems: pd.DataFrame) -> Decision | None:
    """When the points that the city listed will be cleared."""
    listed = problems[problems["city_listed"].fillna(False).astype(bool)]
    if listed.empty:
        return None
    late = int((listed["state"] == "逾期").sum())
    fact = by_town(listed.groupby("town").size().rename("points").reset_index(), "points", "处")
    text = f"{len(listed)} 处市级挂账点没有整改完，何时销账"
    return Decision(text, fact + (f"；{late} 处已逾期" if late else ""))


def decide_undated(towns: pd.DataFrame) -> Decision | None:
    """Whether the ledger must be completed where problems have no deadline."""
    undated = int(towns["no_deadline"].sum())
    text = f"{number(undated)} 件没有整改时限，是否限期补齐台账"
    return Decision(text, by_town(towns, "no_deadline")) if undated else None


def decide_failing(ranked: pd.DataFrame) -> Decision | None:
    """Whether the ranked towns in the lowest band are called in (约谈)."""
    failing = ranked[ranked["rank"].notna() & ranked["failing"].astype(bool)]
    if failing.empty:
        return None
    scores = "、".join(f"{town} {number(score, 1)} 分" for town, score in failing[["town", "score"]].head(3).to_numpy())
    return Decision(f"{listed(failing['town'].tolist())}{failing['band'].iloc[0]}，是否约谈", scores)


def decide_fallen(ranked: pd.DataFrame) -> Decision | None:
    """Whether the town that fell most, by a notable number of places, gives its reason."""
    moved = titles.movers(ranked)
    fallen = moved[moved["rank_change"] <= -titles.NOTABLE_PLACES]
    if fallen.empty:
        return None
    town = fallen.iloc[0]
    change = f"第 {number(town['previous_rank'])} 名降至第 {number(town['rank'])} 名"
    return Decision(f"{town['town']}降 {number(-town['rank_change'])} 位，是否说明原因", change)


def decide_due(towns: pd.DataFrame) -> Decision | None:
    """Who watches what is due within days."""
    soon = int(towns["due_soon"].sum())
    return Decision(f"{number(soon)} 件临期，谁来盯", by_town(towns, "due_soon")) if soon else None
