"""Checks across the columns of a row, table by table: a further check is a further entry in `CHECKS`."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

ONE_DAY = pd.Timedelta(days=1)

Breaks = Callable[[pd.DataFrame, pd.Timestamp], pd.Series]
"""Which rows break a rule, by their values and the day of the import."""


@dataclass(frozen=True)
class Check:
    """A rule that a row may break: the column to which it is put down, and the advice.

    `breaks` is asked only of sheets that have all columns of `needs`; a missing value breaks nothing.
    """

    rule: str
    column: str
    advice: str
    breaks: Breaks
    needs: tuple[str, ...]


def _order(first: str, then: str, rule: str, advice: str) -> Check:
    """What comes first may not be later than what comes then; the day that comes then is the wrong one."""

    def breaks(rows: pd.DataFrame, _: pd.Timestamp) -> pd.Series:
        # A deadline is a text, and may be a word.
        days = (
            pd.to_datetime(rows[then], format="%Y-%m-%d", errors="coerce") if rows[then].dtype == "str" else rows[then]
        )
        return days < rows[first]

    return Check(rule, then, advice, breaks, (first, then))


def _happened(*columns: str) -> tuple[Check, ...]:
    """What has happened did so by the day of the import; one wrong year would move the whole board."""
    advice = "是将来的日期；请核对年份和月份（若日期没有错，请核对这台电脑的日期）。"

    def check(column: str) -> Check:
        return Check("日期在将来", column, advice, lambda rows, today: rows[column] >= today + ONE_DAY, (column,))

    return tuple(map(check, columns))


def _within(column: str, lowest: float, highest: float, rule: str, advice: str) -> Check:
    return Check(
        rule, column, advice, lambda rows, _: ~rows[column].between(lowest, highest) & rows[column].notna(), (column,)
    )


def _at_least_nothing(column: str) -> Check:
    return _within(column, 0, float("inf"), "不能为负", "不能小于 0；请核对后改正。")


def _place(longitude: str, latitude: str) -> tuple[Check, ...]:
    return (
        _within(
            longitude, -180, 180, "经纬度不对", "不是经度；经度在 -180 到 180 之间，请核对，也看看是否与纬度写反了。"
        ),
        _within(latitude, -90, 90, "经纬度不对", "不是纬度；纬度在 -90 到 90 之间，请核对，也看看是否与经度写反了。"),
    )


CHECKS: dict[str, tuple[Check, ...]] = {
    "towns": (
        _at_least_nothing("area_km2"),
        _order("status_from", "status_to", "结束早于开始", "早于状态开始日期；请核对两个日期。"),
    ),
    "sections": _place("longitude", "latitude"),
    "chiefs": (_order("appointed_on", "left_on", "离任早于任职", "早于任职日期；请核对两个日期。"),),
    "patrols": (
        *_happened("started_at", "ended_at"),
        _order("started_at", "ended_at", "结束早于开始", "早于开始时间；请核对两个时间。"),
    ),
    "problems": (
        *_happened("found_on", "done_on", "closed_on", "rebound_on"),
        _order("found_on", "deadline", "时限早于发现", "早于发现日期；请核对两个日期。"),
        _order("found_on", "done_on", "整改完成早于发现", "早于发现日期；请核对两个日期。"),
        _order("found_on", "closed_on", "销号早于发现", "早于发现日期；请核对两个日期。"),
        _order("found_on", "rebound_on", "反弹早于发现", "早于发现日期；请核对两个日期。"),
        *_place("longitude", "latitude"),
    ),
    "transfers": _happened("moved_at"),
    "enforcement": _happened("day"),
    "water_quality": _happened("month"),
    "tasks": (
        _at_least_nothing("planned"),
        _at_least_nothing("done"),
        _order("started_on", "due_on", "时限早于开始", "早于开始日期；请核对两个日期。"),
    ),
    "outfalls": _happened("checked_on"),
    "promises": (
        *_happened("done_on"),
        _order("met_on", "due_on", "时限早于会议", "早于会议日期；请核对两个日期。"),
        _order("met_on", "done_on", "完成早于会议", "早于会议日期；请核对两个日期。"),
    ),
    "practices": _happened("day"),
    "policy": (
        Check(
            "变成日期",
            "argument",
            "是日期，多半是 Excel 把 3-12 这样的月份改成了日期；请把单元格设为文本格式，重新填写。",
            lambda rows, _: rows["argument"].str.fullmatch(r"\d{4}-\d\d-\d\d.*"),
            ("argument",),
        ),
    ),
}
