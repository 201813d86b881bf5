"""Which problems the list of 逾期整改 shows: a state and filters in words, and what the query is asked for."""

from collections.abc import Mapping

import pandas as pd

from supervision.footnotes import CHASED

TODAY = "今天要催的"
REBOUNDS = "反弹"
OPEN = "在办"
FINISHED = ("待销号", "逾期完成")
STATES = (TODAY, OPEN, "逾期", "临期", "无时限", "长期坚持", *FINISHED, REBOUNDS)
"""What can be chosen; 逾期完成 is a state for ever, whatever became of the problem."""

UNITS = {"town": "镇乡街道", "department": "责任部门", "category": "类别", "source": "来源"}
"""By what the problems are told apart: the filters of the list and the rows of the table."""


def asked(state: str) -> str | None:
    """The $state that problem_list is asked for: all that is open, unless the state is beyond it."""
    return state if state in FINISHED else None


def chosen(problems: pd.DataFrame, state: str, wanted: Mapping[str, str | None]) -> pd.DataFrame:
    """Of the rows of problem_list (or rebound_list) those in the state and of the wanted town, department …"""
    kept = problems
    if state == TODAY:
        kept = kept[kept["state"].isin(CHASED)]
    elif state not in (OPEN, REBOUNDS, *FINISHED):
        kept = kept[kept["state"] == state]
    for column, value in wanted.items():
        if value:
            kept = kept[kept[column] == value]
    return kept
