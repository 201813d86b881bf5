"""How figures are printed: separators, signs, decimals, and a dash for what is missing."""

from datetime import date

import pandas as pd
import pytest

from supervision import formats


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(8421, 0, "8,421"), (0, 0, "0"), (-5.25, 1, "−5.2"), (-0.04, 1, "0.0"), (None, 0, "—"), (float("nan"), 1, "—")],
)
def test_numbers(value: float | None, decimals: int, shown: str) -> None:
    assert formats.number(value, decimals) == shown


def test_missing_integers_of_pandas_are_a_dash() -> None:
    ranks = pd.Series([1, None], dtype="Int64")
    assert [formats.number(rank) for rank in ranks] == ["1", "—"]


def test_a_rate_has_one_decimal_and_nothing_to_divide_by_is_no_rate() -> None:
    assert formats.rate(0.8617) == "86.2 %"
    assert formats.rate(1) == "100.0 %"
    assert formats.rate(None) == "—"
    assert formats.fraction(412, 418) == "412／418"
    assert formats.fraction(0, 0) == "—"
    assert formats.fraction(0, None) == "—"


def test_money_in_wan() -> None:
    assert formats.wan(4_541_000) == "454.1"
    assert formats.wan(0) == "0.0"
    assert formats.wan(None) == "—"


def test_signed_changes() -> None:
    assert formats.plus(1.84) == "+1.8"
    assert formats.plus(-5.2) == "−5.2"
    assert formats.plus(0.01) == "0.0"
    assert formats.volume_change(0.11) == "+11 %"
    assert formats.volume_change(-0.58) == "−58 %"
    assert formats.volume_change(0) == "0 %"
    assert formats.volume_change(None) == "—"


def test_changes_in_words_say_the_direction_and_the_unit() -> None:
    words = {"unit": "件", "words": ("多", "少")}
    assert formats.change(41, 32, "上周", **words) == "▲ 比上周多 9 件"
    assert formats.change(4, 6, "上周", **words) == "▼ 比上周少 2 件"
    assert formats.change(4, 4, "上周", **words) == "与上周持平"
    assert formats.change(4, None, "上周", **words) == "上周无可比数据"
    assert formats.rate_change(0.79, 0.821, "上周") == "▼ 比上周低 3.1 个百分点"
    assert formats.rate_change(None, 0.821, "上周") == "上周无可比数据"
    assert formats.share_change(1046, 1000, "上月") == "▲ 比上月多 4.6 %"
    assert formats.share_change(5, 0, "上月") == "上月无可比数据"


def test_a_day_shows_its_year_only_when_it_is_another() -> None:
    assert formats.day(date(2017, 10, 23), 2017) == "10月23日"
    assert formats.day(date(2016, 10, 23), 2017) == "2016年10月23日"
    assert formats.day(None) == "—"
    assert formats.day(pd.NaT) == "—"


def test_a_range_of_ranks() -> None:
    assert formats.places(2, 3) == "2–3"
    assert formats.places(1, 1) == "1"
    assert formats.places(None, None) == "—"
