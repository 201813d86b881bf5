"""What must hold of any district: of small ones drawn by a seed.

What lies after the day asked about changes nothing, nor does the order of the rows or in how many batches they
came; to do better never makes a figure worse. `PROPERTIES=20 pytest tests/test_properties.py` draws 20 districts.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Literal

import duckdb
import pandas as pd
import pytest
from bench_questions import Asked
from conftest import Rows, frame_of
from random_districts import CUT, District, cut, default_policy, halves, random_district, shuffled

from supervision.asking import ask
from supervision.catalogue import Query, questions
from supervision.metrics import METRICS
from supervision.periods import Period
from supervision.settings import ROOT
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

SEEDS = range(int(os.environ.get("PROPERTIES", "2")))
FOLDER = TemporaryDirectory()
"""Holds the warehouses of this run: a district that several tests ask is built once."""

WEEK, MONTH = Period.around(CUT, "week"), Period.around(CUT, "month")
PERIODS = [WEEK, MONTH]
"""The week that ends with the day of the cut, and the month that the cut parts in two."""

OF_SENDING = ("reporting_calendar", "reports_by_day", "imports", "import_batches", "import_refusals", "policy_version")
"""What asks when and how rows were sent, and the question behind all others which version of the policy judges."""


def built(name: str, *batches: District) -> Snapshot:
    """A snapshot of the batches, one after the other."""
    warehouse = Warehouse(Path(FOLDER.name, name))
    for batch in batches:
        with warehouse.writing():
            building = warehouse.begin(made_at="2017-10-30T09:00:00", made_by="测试", demo=False)
            for table, rows in batch.items():
                if rows:
                    building.merge(BY_NAME[table], frame_of(table, rows), f"{table}.xlsx")
            building.build_models(lambda model, share: None)
            warehouse.publish(building)
    snapshot = warehouse.current()
    assert snapshot is not None
    return snapshot


@cache
def whole(seed: int) -> Snapshot:
    return built(f"whole {seed}", random_district(seed))


def choices(query: Query) -> Iterator[dict[str, Any]]:
    """What a question may be asked about: all, one town, one department, each state, each metric …"""
    names = {param.name for param in query.params}
    fixed: dict[str, Any] = {
        "chief": "H10",
        "code": "WT01",
        "state": None,
        "by": "town",
        "metric": "overdue",
        "river": "河0",
    }
    fixed = {name: value for name, value in fixed.items() if name in names}
    others: dict[str, list[Any]] = {
        "town": ["1"],
        "department": ["区水务局"],
        "chief": ["H13"],
        "code": ["WT02", "WT03"],
        "state": ["逾期完成", "已销号"],
        "by": ["department", "source"],
    }
    if "metric" in names:
        fixed["metric"] = next((each.code for each in METRICS if each.behind == query.name), "closure_rate")
    yield fixed
    for name, values in others.items():
        if name in names:
            for value in values:
                yield fixed | {name: value}


JUDGED = [query for query in questions().values() if "as_of" in {param.name for param in query.params}]
"""Every question that is asked as at a day."""

Answer = list[tuple[str, ...]]


@cache
def answer(snapshot: Snapshot, question: str, period: Period, params: tuple[tuple[str, Any], ...]) -> Answer:
    """The rows of an answer as they come, floats to nine digits: equal when the answers are the same."""
    frame = ask(snapshot, question, period, as_of=CUT, **dict(params))
    rows = frame.itertuples(index=False, name=None)
    return [tuple(str(round(value, 9)) if isinstance(value, float) else str(value) for value in row) for row in rows]


def differing(one: Snapshot, other: Snapshot, asked: list[Query], periods: list[Period]) -> list[str]:
    """Which questions the two answer differently as at the day of the cut, each with the first row of either only."""
    found = []
    for query in asked:
        for params in choices(query):
            for period in periods:
                given = [sorted(answer(each, query.name, period, tuple(params.items()))) for each in (one, other)]
                if given[0] != given[1]:
                    only = [[row for row in given[n] if row not in given[1 - n]][:1] for n in (0, 1)]
                    found.append(f"{query.name} {params} {period.kind}: {only[0]} but {only[1]}")
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_lies_after_the_day_asked_about_changes_no_answer(seed: int) -> None:
    # 完成量 has no day of its own and so is the same in both; the newest fact of both is not before the cut
    assert (
        differing(whole(seed), built(f"cut {seed}", cut(random_district(seed), CUT)), JUDGED, [PERIODS[seed % 2]]) == []
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_the_order_of_rows_nor_the_number_of_batches_changes_an_answer(seed: int) -> None:
    other = built(f"batches {seed}", *halves(shuffled(random_district(seed), seed), seed))
    asked = [query for query in questions().values() if query.name not in OF_SENDING]
    assert differing(whole(seed), other, asked, [MONTH]) == []


def test_where_rows_lie_in_the_warehouse_changes_neither_an_answer_nor_its_order(
    demo_warehouse: Warehouse, tmp_path: Path
) -> None:
    """The order matters of what the product asks; a question that only other questions call needs none."""
    shutil.copytree(demo_warehouse.folder, tmp_path / "warehouse")
    other = Warehouse(tmp_path / "warehouse").current()
    current = demo_warehouse.current()
    assert current
    assert other
    with duckdb.connect(str(other.path)) as connection:
        for (table,) in connection.execute("show tables").fetchall():
            connection.execute(f"create table moved as from {table} order by hash(rowid)")
            connection.execute(f"drop table {table}")
            connection.execute(f"alter table moved rename to {table}")
    source = "".join(path.read_text() for folder in ("pages", "supervision") for path in (ROOT / folder).rglob("*.py"))
    asked = [query for query in questions().values() if f'"{query.name}"' in source]
    example = Asked(current)
    assert [
        query.name
        for query in asked
        if answer(current, query.name, MONTH, tuple(example.params(query).items()))
        != answer(other, query.name, MONTH, tuple(example.params(query).items()))
    ] == []


PAIRS = 12 * len(SEEDS)
"""How many pairs of towns are drawn for each kind of change; all of them live in one district, so in one build."""

OCTOBER, LAST_WEEK = Period.around(date(2017, 10, 1), "month"), Period.around(date(2017, 10, 23), "week")
ASKED = [(OCTOBER, date(2017, 10, 29)), (OCTOBER, date(2017, 10, 18)), (LAST_WEEK, date(2017, 10, 29))]

STEPS = 5
"""How many times the deductions of the rubric are raised."""

Change = Literal["close", "walk", "report"]


def small_town(code: str, draw: Random) -> District:
    """One town of two sections and two chiefs, with two dozen patrols in the mornings and eight problems."""
    levels = ("段长", "村级")
    return {
        "towns": [{"code": code, "name": f"{code}镇", "sort_order": 1}],
        "sections": [{"code": f"{code}S{n}", "river": "河", "town": code} for n in range(2)],
        "chiefs": [
            {
                "code": f"{code}H{n}",
                "name": f"{level}某",
                "level": level,
                "town": code,
                "sections": [f"{code}S0", f"{code}S1"],
                "appointed_on": "2017-07-01",
            }
            for n, level in enumerate(levels)
        ],
        "patrols": [
            {
                "code": f"{code}X{n}",
                "chief": f"{code}H{draw.randint(0, 1)}",
                "section": f"{code}S{draw.randint(0, 1)}",
                "started_at": started,
                "ended_at": started + timedelta(minutes=draw.choice([5, 30, 90])),
                "minutes": None,
                "km": draw.choice([0.5, 2.0, 2.0]),
                "photos": draw.choice([0, 1, 1]),
                "problems_found": 0,
            }
            for n in range(24)
            for started in [datetime(2017, 10, draw.randint(1, 29), draw.randint(6, 10))]
        ],
        "problems": [_small_problem(code, n, draw) for n in range(8)],
    }


def _small_problem(town: str, number: int, draw: Random) -> dict[str, Any]:
    found = date(2017, 10, draw.randint(1, 20))
    done = draw.choice([None, found + timedelta(days=draw.randint(0, 20))])
    return {
        "code": f"{town}W{number}",
        "found_on": found,
        "source": draw.choice(["河长巡查", "督查检查", "群众举报"]),
        "category": draw.choice(["垃圾", "违建"]),
        "town": town,
        "section": f"{town}S{draw.randint(0, 1)}",
        "person": draw.choice(["段长某", "村级某"]),
        "description": "一处",
        "method": draw.choice(["限期整改", "立行立改"]),
        "deadline": draw.choice([None, *(str(found + timedelta(days=days)) for days in (0, 3, 8, 15))]),
        "done_on": done,
        "closed_on": done,
        # a first completion that a rebound overwrites is not in the ledger: what came back here has none
        "rebound_on": found + timedelta(days=draw.randint(2, 9)) if done is None and draw.random() < 0.3 else None,
    }


def close(town: District, draw: Random) -> None:
    """Give a problem that is not done, or done late, a day of completion by its deadline."""
    for problem in draw.sample(town["problems"], len(town["problems"])):
        begun = problem["found_on"]
        due = date.fromisoformat(problem["deadline"]) if problem["deadline"] else begun + timedelta(days=3)
        if problem["rebound_on"]:  # due again by its deadline, or within the three days of 立行立改
            begun = problem["rebound_on"] + timedelta(days=1)
            due = due if due > problem["rebound_on"] else problem["rebound_on"] + timedelta(days=3)
        if (problem["deadline"] or problem["method"] == "立行立改") and not (problem["done_on"] or date.max) <= due:
            problem["done_on"] = begun + timedelta(days=draw.randint(0, (due - begun).days))
            return


def walk(town: District, draw: Random) -> None:
    """Add a patrol that keeps every limit, in an afternoon, when no other is under way.

    It counts for its own day; but with a 间隔下限 it would make the patrol that follows too soon, and at an hour at
    which the chief already walks it would make both overlap, so that this holds of a policy without the first and
    of hours that are free.
    """
    started = datetime(2017, 10, draw.randint(1, 29), 15)
    one = {"code": town["towns"][0]["code"] + "X+", "started_at": started, "km": 2.0, "photos": 1, "problems_found": 0}
    ended = {"ended_at": started + timedelta(minutes=30), "minutes": None}
    town["patrols"].append(draw.choice(town["patrols"]) | one | ended)


def report(town: District, draw: Random) -> None:
    """Add a problem that somebody else than a chief found."""
    code = town["towns"][0]["code"]
    town["problems"].append(_small_problem(code, 8, draw) | {"source": draw.choice(["督查检查", "媒体曝光"])})


CHANGES: dict[Change, Callable[[District, Random], None]] = {"close": close, "walk": walk, "report": report}


def deductions(step: int, effective_from: str) -> Rows:
    """The rubrics of towns and chiefs with deductions that are the harder the higher the step."""
    items = [
        ("考核项", "patrol_completion", "按比例", 40, None),
        ("考核项", "overdue", "扣分", 30, f"{1 + step}"),
        ("考核项", "late_done", "扣分", 20, f"{1 + step // 2};跨月翻倍"),
        ("考核项", "rebound", "扣分", 10, f"{2 + 0.5 * step}"),
        ("考核项", "no_deadline", "加减分", 5, f"每次 {-0.5 * step}"),
        ("河长考核项", "patrol_completion", "按比例", 60, None),
        ("河长考核项", "missed", "扣分", 40, f"{1 + step}"),
    ]
    names = ("rule", "subject", "method", "value", "argument")
    return [{"effective_from": effective_from} | dict(zip(names, item, strict=True)) for item in items]


@cache
def towns_in_pairs() -> Snapshot:
    """For each kind of change pairs of towns that are the same but for one change, made to the second of them."""
    district: District = {
        "policy": [rule for rule in default_policy() if "考核项" not in rule["rule"]]
        + [rule for step in range(STEPS) for rule in deductions(step, f"2017-{7 + step:02}-01")]
    }
    assert "间隔下限" not in {rule["rule"] for rule in district["policy"]}
    for kind, change in CHANGES.items():
        for number in range(PAIRS):
            for side in "ab":
                town = small_town(f"{kind}{number}{side}", Random(f"{kind} {number}"))
                if side == "b":
                    change(town, Random(f"change {kind} {number}"))
                for table, rows in town.items():
                    district.setdefault(table, []).extend(rows)
    # the newest fact is of the same day whatever was drawn
    district["departments"] = [{"name": "区水务局"}]
    district["enforcement"] = [{"code": "F1", "day": "2017-10-29", "department": "区水务局"}]
    return built("pairs", district)


def pairs(kind: Change, metric: str, question: str = "town_metrics", whose: str = "town_code") -> list[Any]:
    """The values of a metric before and after the change: of each pair of towns or chiefs, in each period."""
    found = []
    for period, as_of in ASKED:
        figures = ask(towns_in_pairs(), question, period, as_of=as_of)
        values = figures[figures["metric"] == metric].set_index(whose)["value"].astype(float)
        before = values[values.index.str.match(rf"{kind}\d+a")]
        after = values.reindex(before.index.str.replace(r"(\d)a", r"\1b", regex=True))
        assert len(before) >= PAIRS
        found += list(zip(before.index, before, after, strict=True))
    return found


def test_closing_a_problem_by_its_deadline_never_lowers_on_time_nor_raises_overdue() -> None:
    for on_time in (pairs("close", "on_time_rate"), pairs("close", "on_time_rate", "chief_metrics", "chief")):
        assert [each for each in on_time if each[2] < each[1] or pd.isna(each[1]) != pd.isna(each[2])] == []
        assert any(after > before for _, before, after in on_time)
    for metric in ("overdue", "overdue_crossed", "open", "late_done", "late_1_7", "late_8_30"):
        counted = pairs("close", metric)
        assert [each for each in counted if not each[2] <= each[1]] == []
    assert any(after < before for _, before, after in pairs("close", "overdue"))


def test_adding_a_valid_patrol_never_lowers_completion() -> None:
    for metric in ("patrol_completion", "patrol_rate", "valid_rate"):
        rates = pairs("walk", metric)
        assert [each for each in rates if not each[2] >= each[1]] == [], metric
        assert any(after > before for _, before, after in rates), metric
    rates = pairs("walk", "patrol_completion", "chief_metrics", "chief")
    assert [each for each in rates if not each[2] >= each[1]] == []


def test_adding_a_problem_found_by_others_never_raises_found_rate() -> None:
    rates = pairs("report", "found_rate")
    assert [each for each in rates if each[2] > each[1]] == []
    assert any(after < before for _, before, after in rates)


@pytest.mark.parametrize(
    ("question", "whose"), [("town_ranking", "town_code"), ("chief_scores", "code")], ids=["towns", "chiefs"]
)
def test_raising_a_deduction_never_raises_a_score(question: str, whose: str) -> None:
    milder = None
    lower = 0
    for step in range(STEPS):
        in_force = date(2017, 7 + step, 1)
        scores = ask(towns_in_pairs(), question, OCTOBER, policy_on=in_force).set_index(whose)["score"].astype(float)
        assert scores.notna().all()
        if milder is not None:
            assert (scores <= milder.reindex(scores.index) + 1e-9).all()
            lower += int((scores < milder.reindex(scores.index)).sum())
        milder = scores
    assert lower > 0


def ranks_hold(ranking: pd.DataFrame) -> None:
    """Competition ranks (1, 2, 2, 4) of the scores, within the range over the draws; nobody apart has one."""
    ranked = ranking[(ranking["status"] == "正常") & ranking["score"].notna()]
    assert ranked["rank"].astype(int).tolist() == [
        int((ranked["score"] > score).sum()) + 1 for score in ranked["score"]
    ]
    assert ranking.drop(ranked.index)["rank"].isna().all()
    out = ranked[(ranked["rank"] < ranked["rank_low"]) | (ranked["rank"] > ranked["rank_high"])]
    assert out[["town", "score", "rank", "rank_low", "rank_high"]].to_dict("records") == []
    assert ranked[["rank_low", "rank_high"]].notna().all(axis=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_are_competition_ranks_within_their_range(seed: int) -> None:
    for period in (*PERIODS, OCTOBER.previous, LAST_WEEK):
        ranks_hold(ask(whole(seed), "town_ranking", period))


def test_ranks_of_many_towns_of_which_many_are_equal() -> None:
    for period, as_of in ASKED:
        ranks_hold(ask(towns_in_pairs(), "town_ranking", period, as_of=as_of))


def test_equal_to_two_decimals_is_an_equal_rank_within_its_range() -> None:
    # by hand: 10 points × 0.8571 = 8.571 and × 0.8570 = 8.570 are both 8.57, so both are first; yet the second is
    # behind by a hair whatever factor the one weight is drawn with, so that its draws alone would say 2 to 2
    snapshot = built(
        "near",
        {
            "towns": [{"code": code, "name": f"{code}镇", "sort_order": 1} for code in "12"],
            "policy": [
                {"effective_from": "2017-07-01", "rule": "考核项", "subject": "task_progress", "value": 10}
                | {"method": "按比例"}
            ],
            "tasks": [
                {"code": town, "field": "治污", "town": town, "task": "清", "planned": 10_000, "done": done}
                | {"due_on": "2017-12-31"}
                for town, done in (("1", 8571), ("2", 8570))
            ],
            "problems": [_small_problem("1", 0, Random(0)) | {"section": None, "done_on": "2017-10-29"}],
        },
    )
    ranking = ask(snapshot, "town_ranking", LAST_WEEK).set_index("town")
    assert ranking["score"].tolist() == [8.57, 8.57]
    assert ranking[["rank", "rank_low", "rank_high"]].to_numpy().tolist() == [[1, 1, 1], [1, 1, 2]]


def test_who_signed_is_not_known_before_he_signs() -> None:
    # by hand: handed out on the 5th to nobody in writing, signed by 区水务局 on the 10th; at the end of the 8th nobody
    # has it, 1 hand-over goes to a unit that no register knows, and 区水务局 has received 0; a month later 1
    snapshot = built(
        "signed",
        {
            "towns": [{"code": "1", "name": "1镇"}],
            "departments": [{"name": "区水务局"}],
            "problems": [_small_problem("1", 0, Random(0)) | {"section": None, "found_on": "2017-10-02"}],
            "transfers": [
                {"problem": "1W0", "moved_at": "2017-10-05 09:00", "action": "交办", "from_unit": "区河长办"},
                {"problem": "1W0", "moved_at": "2017-10-10 09:00", "action": "签收", "from_unit": "区水务局"},
            ],
        },
    )
    for as_of, taker, unknown, received in ((CUT, None, 1, 0), (date(2017, 10, 29), "区水务局", 0, 1)):
        (row,) = ask(snapshot, "hand_over_list", OCTOBER, as_of=as_of).to_dict("records")
        assert (None if pd.isna(row["taker"]) else row["taker"]) == taker
        assert ask(snapshot, "linkage_total", OCTOBER, as_of=as_of)["unknown"].tolist() == [unknown]
        assert ask(snapshot, "linkage_by_department", OCTOBER, as_of=as_of)["received"].tolist() == [received]
        listed = ask(snapshot, "hand_over_list", OCTOBER, as_of=as_of, department="区水务局")
        assert len(listed) == received
