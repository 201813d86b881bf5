"""The agenda of the weekly meeting, in its order, each item a screen made of the answers by stated rules."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from supervision.answers import Answers, label
from supervision.meeting.department_screens import departments, watchlist
from supervision.meeting.findings import RULE, findings
from supervision.meeting.focus_screen import focused, usual_focus
from supervision.meeting.pinned import Focus
from supervision.meeting.promise_screens import DECIDED, PROMISED, decided, promised
from supervision.meeting.screens import Screen, split
from supervision.meeting.town_screens import oldest, overdue, ranking

ROOM, ROOM_BESIDE_A_FORM = 16.0, {PROMISED: 10.0, DECIDED: 12.0}
"""So many rows fit a screen; a table of more goes on on the next."""
MISSING = {"problems": "整改台账", "enforcement": "执法记录", "departments": "部门名录", "towns": "镇乡街道"}


def agenda(answers: Answers, promises: pd.DataFrame, held_on: date, focus: Focus | None) -> list[Screen]:
    """The screens in order: what was promised, the findings, ranking, overdue, the ten oldest, departments, points
    of the city, a town or river looked at closely, and what this meeting decides.

    `promises` are rows of `Minutes.promises` as of the day of the meeting; without a focus the town whose overdue
    problems have waited longest together. A part of the data that is not there gives a screen that says so.
    """
    before = promises[promises["met_on"] < pd.Timestamp(held_on)]
    today = promises[promises["met_on"] == pd.Timestamp(held_on)]
    focus = focus or usual_focus(answers)
    screens = (
        promised(before, held_on),
        _known("findings", "要点", answers, ("towns",), _key_points),
        _known("ranking", "镇乡排名", answers, ("towns",), ranking),
        _known("overdue", "逾期整改", answers, ("towns", "problems"), overdue),
        _known("oldest", "最久十件", answers, ("problems",), oldest),
        _known("departments", "部门执法", answers, ("departments", "enforcement"), departments),
        _known("watchlist", "挂账点", answers, ("problems",), watchlist),
        _known("focus", "关注", answers, ("towns", "problems"), lambda asked: focused(asked, focus)),
        decided(today, held_on),
    )
    return [part for screen in screens for part in split(screen, ROOM_BESIDE_A_FORM.get(screen.key, ROOM))]


def _known(key: str, name: str, answers: Answers, needs: Sequence[str], make: Callable[[Answers], Screen]) -> Screen:
    """The screen, or one that says which table or period is empty."""
    missing = [MISSING[table] for table in needs if not answers.fresh[table]]
    if missing:
        return Screen(key, name, f"还没有导入{'、'.join(missing)}", nothing="导入以后，这一项才有内容。")
    if not answers.holds_data:
        called = label(answers.period, answers.fresh["newest_fact"], short=True)
        return Screen(key, name, f"{called}没有数据", nothing=f"{answers.span}。")
    return make(answers)


def _key_points(answers: Answers) -> Screen:
    found = findings(answers)
    topics = "、".join(finding.topic for finding in found)
    return Screen(
        "findings",
        "要点",
        f"{answers.period.name}要点 {len(found)} 条：{topics}" if found else f"{answers.period.name}没有要点",
        findings=tuple(found),
        nothing="" if found else "各方面都没有可说的数据。",
        foot="要点由数据按固定规则成句。",
        notes=(RULE,),
    )
