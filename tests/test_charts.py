"""Charts and sparklines from frames that a reader can add up."""

import base64
from itertools import pairwise

import pandas as pd

from supervision.view.charts import overdue_by_age, sparkline


def trend(*weeks: tuple[int, int, int]) -> pd.DataFrame:
    """District metrics of weeks that end on Sundays from 2017-10-01, each (over 30, 8–30, 1–7 days)."""
    rows = []
    for number, ages in enumerate(weeks):
        end = pd.Timestamp("2017-10-01") + pd.Timedelta(weeks=number)
        counts = dict(zip(("late_over_30", "late_8_30", "late_1_7"), ages, strict=True)) | {"overdue": sum(ages)}
        rows += [{"end": end, "metric": metric, "value": float(count)} for metric, count in counts.items()]
    return pd.DataFrame(rows)


def texts(figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_columns_are_stacked_with_the_oldest_at_the_foot() -> None:
    figure = overdue_by_age(trend((1, 2, 3), (2, 3, 5)))
    assert [tuple(bar.y) for bar in figure.data] == [(1, 2), (2, 3), (3, 5)]
    assert [bar.marker.color for bar in figure.data] == ["#A01818", "#E9968B", "#F3C1B9"]
    assert tuple(figure.layout.xaxis.ticktext) == ("10月1日", "10月8日")
    assert not figure.layout.showlegend


def test_few_columns_all_carry_their_date_and_many_every_fourth() -> None:
    assert len(overdue_by_age(trend(*[(0, 0, 1)] * 6)).layout.xaxis.ticktext) == 6
    assert len(overdue_by_age(trend(*[(0, 0, 1)] * 12)).layout.xaxis.ticktext) == 4


def test_first_last_and_the_closing_rise_are_labelled() -> None:
    figure = overdue_by_age(trend((0, 0, 9), (0, 0, 4), (0, 0, 3), (0, 0, 5), (0, 0, 8)))
    assert texts(figure)[:4] == ["9", "3", "5", "<b>8</b>"]
    assert texts(figure)[4:] == ["超 30 天　0", "8—30 天　0", "1—7 天　8"]


def test_labels_of_the_ages_do_not_touch() -> None:
    heights = [a.y for a in overdue_by_age(trend((0, 0, 2), (1, 1, 100))).layout.annotations if a.xref == "paper"]
    assert heights == sorted(heights)
    assert min(after - before for before, after in pairwise(heights)) >= 0.1 * 102


def test_one_period_and_no_overdue_at_all_still_give_a_figure() -> None:
    assert len(overdue_by_age(trend((0, 0, 0))).data) == 3


def test_a_sparkline_ends_in_a_dot_and_skips_what_is_missing() -> None:
    address = sparkline([1.0, float("nan"), 3.0, 2.0])
    svg = base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()
    assert svg.count(",") == 3
    assert "<circle" in svg
    assert 'fill="#A01818"' in base64.b64decode(sparkline([1, 2, 3], bad=True).split(",")[1]).decode()


def test_no_sparkline_where_it_says_nothing() -> None:
    assert sparkline([]) == sparkline([1.0, 2.0]) == sparkline([4.0, 4.0, 4.0]) == sparkline([float("nan")] * 5) == ""
