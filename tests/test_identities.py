"""What must add up, on the demonstration district, in every kind of period."""

from datetime import date

import pandas as pd
import pytest

from supervision.asking import ask
from supervision.metrics import METRICS
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

PERIODS = [
    Period.around(date(2017, 10, 23), "week"),
    Period.around(date(2017, 7, 3), "week"),
    Period.around(date(2017, 10, 1), "month"),
    Period.around(date(2017, 9, 1), "quarter"),
    Period("free", date(2017, 8, 16), date(2017, 9, 15)),
]

BEIFANG = "110116102"
"""The town 北房镇."""

pytestmark = pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.kind} {period.start}")


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


def test_towns_add_up_to_the_district(demo: Snapshot, period: Period) -> None:
    towns = ask(demo, "town_metrics", period)
    district = ask(demo, "district_metrics", period).set_index("metric")
    added = towns.groupby("metric")[["numerator", "denominator"]].sum(min_count=1)
    pd.testing.assert_frame_equal(added, district[["numerator", "denominator"]], check_like=True)
    assert set(towns["town_code"].dropna()) == set(demo.table(BY_NAME["towns"])["code"])
    if period.kind == "quarter":  # in a short or unfinished one some have nothing to count, and 推诿 begins in October
        assert {metric.code for metric in METRICS} - set(district.index) <= {"passed_on"}
    if period.kind == "month":
        assert "passed_on" in district.index


def test_the_rows_behind_every_metric_add_up_to_the_district(demo: Snapshot, period: Period) -> None:
    district = ask(demo, "district_metrics", period).set_index("metric")
    for metric in METRICS:
        rows = ask(demo, metric.behind, period, metric=metric.code)
        for part in ("numerator", "denominator"):
            figure = district[part].get(metric.code, 0.0)
            assert rows[part].sum() == pytest.approx(0 if pd.isna(figure) else figure), (metric.code, part)


def test_every_rate_is_between_0_and_1_or_null(demo: Snapshot, period: Period) -> None:
    rates = {metric.code for metric in METRICS if metric.is_rate} - {"patrol_rate"}
    for question in ("town_metrics", "district_metrics", "chief_metrics"):
        figures = ask(demo, question, period)
        figures = figures[figures["metric"].isin(rates)]
        nothing = figures["denominator"] == 0
        assert figures.loc[nothing, "value"].isna().all(), question
        assert figures.loc[~nothing, "value"].between(0, 1).all(), question
    shares = {
        "enforcement_by_department": ["powers_used_share"],
        "town_patrols": ["section_rate", "village_rate", "town_rate", "district_rate", "invalid_rate"],
        "patrolling_chiefs": ["completion", "valid_rate"],
        "town_ranking": ["patrol_completion", "valid_rate", "on_time_rate", "closure_rate"],
        "chief_bands_by_town": ["excellent_share", "failing_share"],
        "watch_towns": ["share"],
        "water_towns": ["share", "share_before"],
        "task_matrix": ["share_done", "share_time"],
        "patrol_questions": ["share"],
        "data_quality": ["completeness", "weakest_share"],
        "daily_duty": ["share"],
    }
    for question, columns in shares.items():
        for column, values in ask(demo, question, period)[columns].items():
            assert values.dropna().between(0, 1).all(), (question, column)


def test_ageing_bands_add_up_to_overdue(demo: Snapshot, period: Period) -> None:
    towns = ask(demo, "overdue_by_town", period)
    assert (towns[["late_1_7", "late_8_30", "late_over_30"]].sum(axis=1) == towns["overdue"]).all()
    assert (towns["overdue"] <= towns["open"]).all()
    assert len(towns) == 16


def test_the_open_list_has_as_many_rows_as_the_towns_say(demo: Snapshot, period: Period) -> None:
    towns, problems = ask(demo, "overdue_by_town", period), ask(demo, "open_problems", period)
    assert len(problems) == towns["open"].sum()
    assert (problems["state"] == "逾期").sum() == towns["overdue"].sum()
    assert (problems["state"] == "临期").sum() == towns["due_soon"].sum()


UNITS_ADD = (
    *("open", "overdue", "due_soon", "late_1_7", "late_8_30", "late_over_30", "days_sum"),
    *("late_done", "no_deadline", "to_close", "long_term"),
)


@pytest.mark.parametrize("by", ["town", "department", "category", "source"])
def test_every_grouping_of_the_ledger_adds_up_to_the_same(demo: Snapshot, period: Period, by: str) -> None:
    towns, units = ask(demo, "overdue_by_town", period), ask(demo, "overdue_by_unit", period, by=by)
    for column in UNITS_ADD:
        assert units[column].sum() == towns[column].sum(), column
    assert (units[["late_1_7", "late_8_30", "late_over_30"]].sum(axis=1) == units["overdue"]).all()
    assert units["on_time_rate"].dropna().between(0, 1).all()
    district = ask(demo, "district_metrics", period).set_index("metric")
    assert (units["on_time"].sum(), units["due"].sum()) == tuple(
        district.loc["on_time_rate", ["numerator", "denominator"]]
    )
    assert units["rebound"].sum() == district["value"]["rebound"]
    if by == "town":
        assert units.set_index("unit")["overdue"].to_dict() == towns.set_index("town")["overdue"].to_dict()


STATES = {
    None: "open",
    "逾期": "overdue",
    "临期": "due_soon",
    "无时限": "no_deadline",
    "长期坚持": "long_term",
    "待销号": "to_close",
    "逾期完成": "late_done",
}


@pytest.mark.parametrize("state", STATES)
def test_a_list_of_problems_has_as_many_rows_as_the_count_that_links_to_it(
    demo: Snapshot, period: Period, state: str | None
) -> None:
    counted = ask(demo, "overdue_by_town", period).set_index("town")[STATES[state]]
    listed = ask(demo, "problem_list", period, state=state)
    assert listed["code"].is_unique
    assert listed["town"].value_counts().to_dict() == counted[counted > 0].to_dict()


def by_town(demo: Snapshot, period: Period, metric: str) -> pd.DataFrame:
    """The figures of a metric, town by town."""
    figures = ask(demo, "town_metrics", period)
    return figures[figures["metric"] == metric].dropna(subset="town_code").set_index("town_code")


def counts(series: pd.Series) -> dict[str, int]:
    """What is more than nothing, so that a town without a row and a town with 0 are the same."""
    return series[series > 0].astype(int).to_dict()


def test_lists_of_patrols_and_sections_have_as_many_rows_as_their_counts(demo: Snapshot, period: Period) -> None:
    missed = ask(demo, "missed_finds", period)
    problems = missed.drop_duplicates("problem")["town_code"].value_counts()
    assert counts(problems) == counts(by_town(demo, period, "missed_rate")["numerator"])
    chiefs = ask(demo, "chief_metrics", period)
    own = chiefs[chiefs["metric"] == "missed"].set_index("chief")["numerator"]
    assert counts(missed["chief_code"].value_counts()) == counts(own)
    valid = by_town(demo, period, "valid_rate")
    invalid = ask(demo, "invalid_patrols", period)["town_code"].value_counts()
    assert counts(invalid) == counts(valid["denominator"] - valid["numerator"])
    unwalked = ask(demo, "unwalked_sections", period)["town_code"].value_counts()
    assert counts(unwalked) == counts(ask(demo, "unwalked_by_town", period).set_index("town_code")["unwalked"])


def test_chiefs_add_up_to_the_district(demo: Snapshot, period: Period) -> None:
    chiefs = ask(demo, "chief_metrics", period).groupby("metric")[["numerator", "denominator"]].sum()
    district = ask(demo, "district_metrics", period).set_index("metric")
    for metric in ("patrol_completion", "valid_rate", "perfunctory"):
        assert tuple(chiefs.loc[metric]) == tuple(district.loc[metric, ["numerator", "denominator"]]), metric
    assert chiefs.loc["patrols", "numerator"] == district.loc["patrols", "value"]
    duties = ask(demo, "patrolling_chiefs", period)
    assert (duties["done"].sum(), duties["required"].sum()) == tuple(chiefs.loc["patrol_completion"])
    levels, scores = ask(demo, "chief_bands_by_town", period), ask(demo, "chief_scores", period)
    whole = levels[levels["town"].isna() & levels["level"].isna()].iloc[0]
    assert (whole["chiefs"], whole["scored"]) == (len(scores), scores["score"].notna().sum())
    parts = levels[levels["town"].notna() & levels["level"].notna()]
    for column, flagged in {"idle": scores["idle"], "grave": scores["grave"] > 0}.items():
        assert parts[column].sum() == whole[column] == flagged.sum(), column


def test_lists_of_points_tasks_and_rebounds_have_as_many_rows_as_their_counts(demo: Snapshot, period: Period) -> None:
    names = ask(demo, "town_list", period).set_index("town")["town_code"]
    rebounds = ask(demo, "rebound_list", period)["town"].map(names).value_counts()
    assert counts(rebounds) == counts(by_town(demo, period, "rebound")["value"])
    points = ask(demo, "watch_points", period)
    cleared = by_town(demo, period, "watchlist_clearance")
    assert counts(points["town"].map(names).value_counts()) == counts(cleared["denominator"])
    assert counts(points[points["cleared"]]["town"].map(names).value_counts()) == counts(cleared["numerator"])
    tasks = ask(demo, "task_standing", period).dropna(subset="share_done")
    progress = by_town(demo, period, "task_progress")
    shares = tasks.groupby(tasks["town"].map(names))["share_done"].agg(numerator="sum", denominator="count")
    pd.testing.assert_frame_equal(
        shares, progress[["numerator", "denominator"]], check_like=True, check_names=False, check_dtype=False
    )
    states, outfalls = ask(demo, "outfall_states", period), ask(demo, "outfall_towns", period)
    assert len(states) == outfalls[outfalls["town"].isna()]["outfalls"].sum()
    assert len(states) == outfalls[outfalls["town"].notna()]["outfalls"].sum()


def test_hand_overs_have_as_many_rows_as_their_counts(demo: Snapshot, period: Period) -> None:
    listed, total = ask(demo, "hand_over_list", period), ask(demo, "linkage_total", period).iloc[0]
    opening = pd.Timestamp(period.start)
    new, signed, waiting = listed["moved_at"] >= opening, listed["signed_at"] >= opening, listed["state"] == "未签收"
    assert (new.sum(), signed.sum(), waiting.sum()) == (total["received"], total["signed"], total["waiting"])
    assert listed[new]["problem"].nunique() == total["problems"]
    departments = ask(demo, "linkage_by_department", period).set_index("department")
    for rows, column in ((new, "received"), (signed, "signed"), (waiting, "waiting")):
        taken = listed[rows]["taker"].value_counts()
        assert counts(taken[taken.index.isin(departments.index)]) == counts(departments[column]), column
    district = ask(demo, "district_metrics", period).set_index("metric").reindex(["signing_hours", "passed_on"])
    signing, passed_on = (row.fillna(0) for _, row in district.iterrows())
    assert signing["denominator"] == total["signed"]
    assert signing["numerator"] == pytest.approx(listed[signed]["hours"].sum())
    steps = ask(demo, "shirked_steps", period)
    assert steps[steps["is_new"]]["problem"].nunique() == total["shirked"] == passed_on["value"]


def test_lists_of_a_department_have_as_many_rows_as_its_counts(demo: Snapshot, period: Period) -> None:
    departments = ask(demo, "enforcement_by_department", period).set_index("department")
    remits = ask(demo, "remit_problems", period)["department"].value_counts()
    assert counts(remits) == counts(departments["remit_problems"])
    returns = ask(demo, "enforcement_list", period)
    own = returns[returns["is_own"]].groupby("department")
    assert counts(own.size()) == counts(departments["returns"])
    for column in ("inspections", "cases_opened", "cases_closed", "fines_yuan"):
        assert counts(own[column].sum()) == counts(departments[column]), column
    assert counts(returns.groupby("unit")["joint_actions"].sum()) == counts(departments["joint_actions"])
    powers = ask(demo, "department_powers", period)
    assert counts(powers[powers["returns"] > 0]["department"].value_counts()) == counts(departments["powers_used"])


def test_departments_add_up_to_the_district(demo: Snapshot, period: Period) -> None:
    departments = ask(demo, "enforcement_by_department", period)
    total = ask(demo, "enforcement_total", period).iloc[0]
    for column in ("inspections", "people_out", "orders", "cases_opened", "cases_closed", "fines_yuan", "referrals"):
        assert departments[column].sum() == total[column], column
    # every joint action of the demonstration has three departments: it counts for each, and once in the district
    assert departments["joint_actions"].sum() == 3 * total["joint_actions"]


def test_enforcement_is_the_same_by_town_and_by_department(demo: Snapshot, period: Period) -> None:
    by_town = ask(demo, "district_metrics", period).set_index("metric")["value"]
    assert by_town["enforcement"] == ask(demo, "enforcement_by_department", period)["inspections"].sum()


def test_points_earned_and_lost_make_up_the_rubric(demo: Snapshot, period: Period) -> None:
    items = ask(demo, "town_items", period).dropna(subset=["earned"])
    assert ((items["earned"] + items["lost"] - items["points"]).abs() < 1e-9).all()
    assert items["earned"].between(0, items["points"]).all()
    scores = items.groupby("town")["earned"].sum() / items.groupby("town")["points"].sum() * 100
    ranking = ask(demo, "town_ranking", period).set_index("town")["score"]
    assert set(scores.index) == set(ranking.dropna().index)
    assert (scores - ranking).abs().max() <= 0.005 + 1e-9


def test_scores_of_chiefs_counted_again_from_their_metrics(demo: Snapshot, period: Period) -> None:
    """By plain pandas and the rubric as it is written: 50 × completion + 20 × valid + (20 − 4 each) + (10 − 5 each)."""
    figures = ask(demo, "chief_metrics", period).pivot(index="chief", columns="metric", values="value")
    figures = figures.reindex(columns=["patrol_completion", "valid_rate", "missed", "grave"])
    earned = pd.DataFrame(
        {
            50: 50 * figures["patrol_completion"],
            20: 20 * figures["valid_rate"],
            20.5: (20 - 4 * figures["missed"]).clip(lower=0),
            10: (10 - 5 * figures["grave"]).clip(lower=0),
        }
    )
    points = earned.notna() @ pd.Series({50: 50, 20: 20, 20.5: 20, 10: 10})
    expected = (earned.sum(axis=1) / points * 100)[figures["patrol_completion"].notna()]
    scores = ask(demo, "chief_scores", period).set_index("code")["score"].dropna()
    assert set(scores.index) == set(expected.index)
    assert (scores - expected).abs().max() <= 0.005 + 1e-9


def test_patrol_completion_counted_again_from_the_raw_rows(demo: Snapshot, period: Period) -> None:
    """By plain pandas: a valid patrol in each day (段长), week (村级) and month (镇级) that ends in the period."""
    chiefs, patrols = demo.table(BY_NAME["chiefs"]), demo.table(BY_NAME["patrols"])
    minutes, km = patrols["minutes"].astype(float), patrols["km"].astype(float)
    recorded = (patrols["photos"] > 0) | patrols["notes"].notna()
    valid = patrols[(minutes >= 10) & (km >= 1) & (km / minutes * 60 <= 16) & recorded]
    first, last = pd.Timestamp(period.start), pd.Timestamp(min(period.end, date(2017, 10, 29)))
    required = done = 0
    for level, window in {"段长": "D", "村级": "W-SUN", "镇级": "M"}.items():
        mine = chiefs[(chiefs["town"] == BEIFANG) & (chiefs["level"] == level)]
        theirs = valid[valid["chief"].isin(mine["code"])]
        walked = set(zip(theirs["chief"], theirs["started_at"].dt.to_period(window), strict=True))
        for each in pd.period_range(first, last, freq=window):
            if first <= each.end_time.normalize() <= last:
                in_office = mine[
                    (mine["appointed_on"] <= each.start_time) & ~(mine["left_on"] < each.end_time.normalize())
                ]
                required += len(in_office)
                done += sum((chief, each) in walked for chief in in_office["code"])
    towns = ask(demo, "town_metrics", period).set_index(["town_code", "metric"])
    measured = towns.loc[(BEIFANG, "patrol_completion")]
    assert (measured["numerator"], measured["denominator"]) == (done, required)
