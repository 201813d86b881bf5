"""周例会: the meeting that an address names, and what can be written in it there and then."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import accumulate

import pandas as pd
import streamlit as st

from supervision.answers import Answers
from supervision.errors import PromiseUnfit, SupervisionError
from supervision.formats import day
from supervision.meeting.agenda import agenda
from supervision.meeting.minutes import DONE, WITHDRAWN, Minutes
from supervision.meeting.pinned import Focus, Meeting
from supervision.meeting.promise_screens import DECIDED, PROMISED
from supervision.meeting.screens import Screen
from supervision.meeting.writing import WEEK_LATER, day_meant, units
from supervision.periods import Period
from supervision.view import html, meeting_screen, shell
from supervision.view.meeting_screen import Forms

KEPT_AGENDAS = 64
"""How many agendas stay in memory: a meeting's own, and one for each focus that it looks at."""


def hold(number: str) -> None:
    """Draw the meeting with that number, or one sentence and the way back if there is none or it cannot be shown."""
    minutes = shell.warehouse().minutes
    try:
        meeting = minutes.meeting(int(number)) if number.isdecimal() else None
        if meeting is None:
            meeting_screen.lost(f"没有第 {number} 次会议", "去周例会", {})
            return
        answers = shell.answers(shell.warehouse().snapshot(meeting.snapshot), meeting.period)
        promises = minutes.promises(on=meeting.held_on, meeting=meeting)
        focus = read_focus(st.query_params.get("focus")) or meeting.focus
        screens = _agenda(answers, str(answers.snapshot.path), meeting.period, promises, meeting.held_on, focus)
        is_open = minutes.is_open(meeting)
        forms = _forms(meeting, minutes, answers, promises, focus, screens, is_open=is_open)
    except SupervisionError as error:
        meeting_screen.lost(f"这次会议现在看不了：{error}", "去周例会", {})
        return
    meeting_screen.show(meeting, screens, answers, forms, is_open=is_open)


def read_focus(text: str | None) -> Focus | None:
    """A focus from an address, such as town:宝山镇 or river:沙河; None if it names none."""
    kind, _, name = (text or "").partition(":")
    if not name:
        return None
    return Focus("town", name) if kind == "town" else Focus("river", name) if kind == "river" else None


def written_focus(focus: Focus) -> str:
    """A focus for an address."""
    return f"{focus.kind}:{focus.name}"


def focuses(answers: Answers) -> dict[str, str]:
    """What a meeting can look at closely, as it stands in addresses and as a reader calls it: towns, then rivers."""
    towns = {f"town:{town}": town for town in answers.rows("town_list")["town"]}
    return towns | {f"river:{river}": f"{river}（河流）" for river in answers.rows("river_list")["river"]}


def answerable(answers: Answers, minutes: Minutes) -> list[str]:
    """Who can be made answerable for a matter."""
    named = minutes.table()["unit"].tolist()
    return units(answers.rows("department_comparison"), answers.rows("town_list"), named)


@st.cache_data(max_entries=KEPT_AGENDAS, show_spinner=False)
def _agenda(
    _answers: Answers, path: str, period: Period, promises: pd.DataFrame, held_on: date, focus: Focus | None
) -> list[Screen]:
    """`path` names the immutable file, so that another warehouse never meets old screens."""
    return agenda(_answers, promises, held_on, focus)


def _forms(
    meeting: Meeting,
    minutes: Minutes,
    answers: Answers,
    promises: pd.DataFrame,
    focus: Focus | None,
    screens: Sequence[Screen],
    *,
    is_open: bool,
) -> Forms:
    """The focus can be changed in every meeting, what was written in the newest only."""
    looking = {"focus": lambda: _choose_focus(answers, focus)}
    if not is_open:
        return Forms(above=looking, below=dict.fromkeys((*_keys(screens, PROMISED), *_keys(screens, DECIDED)), _say))
    newest = minutes.table()
    over = newest.loc[newest["done_on"].notna() | (newest["state"] == WITHDRAWN), "code"]
    earlier = promises[(promises["met_on"] < pd.Timestamp(meeting.held_on)) & ~promises["code"].isin(over)]
    codes = promises.loc[promises["met_on"] == pd.Timestamp(meeting.held_on), "code"].tolist()
    decided = [screen for screen in screens if screen.key in _keys(screens, DECIDED)]
    rows = [len(screen.table.rows) if screen.table else 0 for screen in decided]
    firsts = [0, *accumulate(rows)]
    return Forms(
        above=looking | {screen.key: lambda: _write_down(meeting, minutes, answers, len(codes)) for screen in decided},
        below={}
        if earlier.empty
        else dict.fromkeys(_keys(screens, PROMISED), partial(_mark_done, meeting, minutes, earlier)),
        beside={
            screen.key: partial(_take_back, meeting, minutes, codes[first : first + count])
            for screen, first, count in zip(decided, firsts, rows, strict=False)
        },
    )


def _keys(screens: Sequence[Screen], item: str) -> list[str]:
    """The keys of an item's screens: the first, and those on which its table goes on."""
    return [screen.key for screen in screens if screen.key.split("-")[0] == item]


def _choose_focus(answers: Answers, focus: Focus | None) -> None:
    """Towns and rivers; another key for each choice, so that the keys turn the screens again once one is made."""
    names = focuses(answers)
    chosen = written_focus(focus) if focus else None
    key = f"mt_focus_{chosen}"
    with st.container(horizontal=True):
        st.selectbox(
            "关注",
            list(names),
            index=list(names).index(chosen) if chosen in names else None,
            format_func=lambda name: names.get(name, name),
            placeholder="选一个镇乡街道或一条河",
            key=key,
            filter_mode="contains",
            on_change=lambda: st.query_params.update({"focus": st.session_state[key]}),
        )


def _write_down(meeting: Meeting, minutes: Minutes, answers: Answers, written: int) -> None:
    """The form of a matter; another key for each, so that it comes back empty and the keys turn the screens again."""
    known = answerable(answers, minutes)
    matter, unit, due = (f"mt_{name}_{written}" for name in ("matter", "unit", "due"))

    def write() -> None:
        said, whose = st.session_state[matter], st.session_state[unit] or ""
        due_on = day_meant(st.session_state[due], meeting.held_on, "时限")
        try:
            minutes.decide(meeting, matter=said, unit=whose, due_on=due_on, by=meeting.opened_by)
        except PromiseUnfit as error:
            if minutes.is_open(meeting):
                raise
            raise PromiseUnfit(f"{error}没有写下的是：{said}（{whose}，{day(due_on)}）。") from error

    with st.form(f"mt_decide_{written}", border=False), st.container(horizontal=True):
        st.text_input("事项", key=matter, placeholder="办什么、办到什么程度")
        if known:
            st.selectbox("责任单位", known, index=None, placeholder="选一个单位", key=unit, filter_mode="contains")
        else:
            st.text_input("责任单位", key=unit)
        usual = day(meeting.held_on + timedelta(days=WEEK_LATER))
        st.text_input("时限", value=usual, key=due)
        st.form_submit_button("写下", on_click=_or_say, args=(write,))
    _say()


def _mark_done(meeting: Meeting, minutes: Minutes, earlier: pd.DataFrame) -> None:
    """The form that marks a matter as done, for those that are not."""
    names = dict(zip(earlier["code"], earlier["unit"] + "：" + earlier["matter"], strict=True))
    code, done, note = (f"mt_{name}_{len(names)}" for name in ("code", "done", "note"))

    def mark() -> None:
        if not st.session_state[code]:
            return
        day_done = day_meant(st.session_state[done], minutes.promise(st.session_state[code]).met_on, "完成日期")
        said = st.session_state[note].strip()
        changes = {"state": DONE, "done_on": day_done} | ({"note": said} if said else {})
        minutes.amend(st.session_state[code], by=meeting.opened_by, meeting=meeting, **changes)

    with st.form(f"mt_done_{len(names)}", border=False), st.container(horizontal=True):
        st.selectbox(
            "办结",
            list(names),
            index=None,
            placeholder="选一项当场报告办结的",
            key=code,
            format_func=lambda name: names.get(name, name),
            filter_mode="contains",
        )
        st.text_input("完成日期", value=day(meeting.held_on), key=done)
        st.text_input("说明", key=note)
        st.form_submit_button("记下", on_click=_or_say, args=(mark,))
    _say()


def _take_back(meeting: Meeting, minutes: Minutes, codes: Sequence[str]) -> None:
    """One 撤销 beside each row of what the meeting decided."""
    for code in codes:
        withdraw = partial(minutes.amend, code, by=meeting.opened_by, meeting=meeting, state=WITHDRAWN)
        st.button("撤销", key=f"mt_undo_{code}", on_click=_or_say, args=(withdraw,))


def _or_say(write: Callable[[], object]) -> None:
    """Write, or keep the sentence that says why not for the next drawing."""
    try:
        write()
    except SupervisionError as error:
        st.session_state["mt_said"] = str(error)


def _say() -> None:
    if said := st.session_state.pop("mt_said", ""):
        html.show("meeting_said", text=said)
