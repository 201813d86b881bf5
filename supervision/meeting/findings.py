"""本周要点: three to five findings in sentences, composed from the figures by stated rules.

There are six candidates, in this order: what is overdue, the points that the city listed, which departments are
flagged, who leads and who moved in the ranking, what chiefs passed by, the rate that changed most. Those with news
(a verdict, a change worth naming) come first; a quiet one is said only where fewer than three have news.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from supervision import titles, watch_titles
from supervision.answers import Answers
from supervision.formats import change, day, fraction, number, rate, rate_change
from supervision.meeting.screens import Finding
from supervision.metrics import BY_CODE
from supervision.reasons import reasons, verdict
from supervision.trends import counts, series
from supervision.wording import AGES, FEW, Row, by_town, department_name

LEAST, MOST = 3, 5
RATES = ("patrol_completion", "valid_rate", "found_rate", "on_time_rate", "closure_rate")
"""The rates of which the one that changed most is a finding; what was passed by has a finding of its own."""
RULE = (
    "六个方面各成一句：逾期、市级挂账点、部门执法、排名、视而不见、变动最大的比率；"
    "有判定或有明显变动的先列，至多五条，不足三条的以平稳的补齐。"
)


@dataclass(frozen=True)
class Candidate:
    """A finding, what it is about in a word, and whether it is news."""

    topic: str
    sentence: str
    evidence: str
    is_news: bool


def findings(answers: Answers) -> list[Finding]:
    """The findings of the period, in the order of the candidates; fewer than three where tables are not there."""
    return [Finding(each.topic, each.sentence, each.evidence) for each in _chosen(answers)]


def _chosen(answers: Answers) -> list[Candidate]:
    makers: tuple[tuple[str, Callable[[Answers], Candidate | None]], ...] = (
        ("problems", _overdue),
        ("problems", _listed),
        ("enforcement", _departments),
        ("towns", _ranking),
        ("problems", _missed),
        ("towns", _rate),
    )
    candidates = [made for table, make in makers if answers.fresh[table] and (made := make(answers))]
    quiet = [candidate for candidate in candidates if not candidate.is_news]
    news = [candidate for candidate in candidates if candidate.is_news][:MOST]
    chosen = {*news, *quiet[: max(0, LEAST - len(news))]}
    return [candidate for candidate in candidates if candidate in chosen]


def _overdue(answers: Answers) -> Candidate:
    trend, towns = answers.trend("district_metrics"), answers.rows("overdue_by_town")
    now = counts(trend, "overdue")
    ages = [f"{name} {number(towns[column].sum())} 件" for column, name in AGES.items() if towns[column].sum()]
    before = now[-2] if len(now) > 1 else None
    step = change(now[-1], before, answers.period.name_of_previous, unit="件", words=("多", "少"))
    evidence = "；".join(filter(None, ("，".join(ages), by_town(towns, "overdue"), step)))
    return Candidate("逾期整改", titles.overdue_now(trend, towns), evidence, now[-1] > 0)


def _ranking(answers: Answers) -> Candidate:
    ranking, period = answers.rows("town_ranking"), answers.period
    said = titles.ranking(ranking, period)
    why = reasons(ranking, answers.rows("town_items"), period)
    moved = titles.movers(ranking)
    told = [
        f"{row['town']} 第 {number(row['previous_rank'])} → 第 {number(row['rank'])} 名{_because(row, why)}"
        for row in moved[moved["far"] >= titles.NOTABLE_PLACES].to_dict("records")
    ]
    still = "没有镇乡街道变动两位以上"
    return Candidate("镇乡排名", said, "；".join(told[:2]) or still, bool(told))


def _because(town: Row, why: Mapping[str, str]) -> str:
    """Why a town moved, where what moved its score points the same way: a rank also changes by what others do."""
    agrees: bool = pd.notna(town["moved_points"]) and (town["moved_points"] > 0) == (town["rank_change"] > 0)
    return f"（{why[town['town']]}）" if agrees else "（其他镇乡变动所致）"


def _departments(answers: Answers) -> Candidate:
    frame = answers.rows("enforcement_by_department")
    flagged = [(row, verdict(row)) for row in frame[frame["flags"].notna()].to_dict("records")]
    told = [f"{department_name(row['department'])}{'、'.join(judged.figures)}" for row, judged in flagged]
    said = titles.enforcement(frame, answers.period, answers.fresh["newest_fact"])
    return Candidate("部门执法", said, "；".join(told[:3]) or f"共 {len(frame)} 个部门，限值见考核办法", bool(told))


def _rate(answers: Answers) -> Candidate | None:
    """The rate that changed most against the period before, of those over enough."""
    trend, before = answers.trend("district_metrics"), answers.period.name_of_previous
    steps = {}
    for code in RATES:
        values, of = series(trend, code), series(trend, code, "denominator")
        if len(values) > 1 and pd.notna(values[-1] - values[-2]) and min(of[-2:]) >= FEW:
            steps[code] = values[-1] - values[-2]
    if not steps:
        return None
    code = max(steps, key=lambda each: abs(steps[each]))
    metric, values = BY_CODE[code], series(trend, code)
    n = fraction(series(trend, code, "numerator")[-1], series(trend, code, "denominator")[-1])
    sentence = f"{metric.name} {rate(values[-1])}，{rate_change(values[-1], values[-2], before).lstrip('▲▼ ')}"
    worst = _farthest(answers, code)
    news = abs(steps[code]) >= titles.NOTABLE_POINTS
    return Candidate(metric.name, sentence, f"{metric.numerator}／{metric.denominator} {n}{worst}", news)


def _missed(answers: Answers) -> Candidate | None:
    """What chiefs passed by, and the town where they passed by most."""
    trend = answers.trend("district_metrics")
    missed, of = series(trend, "missed_rate", "numerator"), series(trend, "missed_rate", "denominator")
    if not of or pd.isna(of[-1]) or not of[-1]:
        return None
    share = series(trend, "missed_rate")
    sentence = f"他人发现的问题 {number(of[-1])} 件，河长巡过没报的 {number(missed[-1])} 件（{rate(share[-1])}）"
    towns = answers.rows("town_metrics")
    here = towns[(towns["metric"] == "missed_rate") & (towns["numerator"].fillna(0) > 0)]
    named = answers.rows("town_list")[["town_code", "town"]].merge(here, on="town_code")
    step = rate_change(share[-1], share[-2] if len(share) > 1 else None, answers.period.name_of_previous)
    return Candidate("视而不见", sentence, "；".join(filter(None, (by_town(named, "numerator"), step))), missed[-1] > 0)


def _listed(answers: Answers) -> Candidate:
    frame, inspection = answers.rows("watch_points"), watch_titles.coming(answers.rows("next_inspection"))
    left = watch_titles.uncleared(frame)
    counted = left.groupby("town", sort=False).size().rename("points").reset_index()
    due = left["due_on"].dropna()
    last = f"最晚 {day(due.max(), answers.period.end.year)}到期" if len(due) else ""
    evidence = "；".join(filter(None, (by_town(counted, "points", "处"), last))) or "没有未销账的"
    return Candidate("挂账点", watch_titles.points(frame, inspection), evidence, bool(len(left)))


def _farthest(answers: Answers, code: str) -> str:
    """The town with the lowest rate, of those over enough."""
    towns = answers.rows("town_metrics")
    here = towns[(towns["metric"] == code) & (towns["denominator"].fillna(0) >= FEW)].dropna(subset=["value"])
    if here.empty:
        return ""
    named = answers.rows("town_list")[["town_code", "town"]].merge(here, on="town_code")
    low = named.sort_values("value", kind="stable").iloc[0]
    n = fraction(low["numerator"], low["denominator"])
    return f"；最低 {low['town']} {rate(low['value'])}（{n}）"
