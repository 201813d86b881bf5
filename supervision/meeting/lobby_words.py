"""Sentences of the meeting's lobby: which meeting is next, which were held, how the matters decided stand."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from supervision.formats import day, number
from supervision.meeting.minutes import by_standing
from supervision.meeting.pinned import Meeting
from supervision.periods import Period


def lobby_title(period: Period, label: str, meetings: Sequence[Meeting], decided: Mapping[int, int]) -> str:
    """Which meeting the page is about, and whether it was held.

    `label` is what the period is called, `decided` counts matters by meeting.
    """
    which = f"{'本周' if period.kind == 'week' else ''}例会：{label}"
    held = next((meeting for meeting in meetings if meeting.period == period), None)
    if held is None:
        return f"{which}，还没有开"
    count = decided.get(held.number, 0)
    what = f"议定 {number(count)} 项" if count else "没有写下议定事项"
    return f"{which}，{day(held.held_on, period.end.year)}已开，{what}"


def matters_title(promises: pd.DataFrame) -> str:
    """How many matters there are and how they stand; `promises` has the column standing."""
    if promises.empty:
        return "会议议定事项：还没有"
    parts = [f"{standing} {number(count)} 项" for standing, count in by_standing(promises).items()]
    return f"会议议定事项 {number(len(promises))} 项：{'，'.join(parts)}"


def matters_note(on: date | None) -> str:
    """By which day they are judged."""
    return f"状态按 {day(on)}计" if on else ""


def kept_apart(pinned: int, newest: int | None, *, open_still: bool) -> str:
    """That the warehouse holds another batch than the meeting shows; nothing when it does not."""
    if newest is None or newest == pinned:
        return ""
    if newest < pinned:
        return f"数据已退回到第 {newest} 批，这次会议仍按第 {pinned} 批"
    if not open_still:
        return f"现在的数据是第 {newest} 批，这次会议仍按第 {pinned} 批"
    return f"会议期间又导入了第 {newest} 批，本次会议仍按第 {pinned} 批"
