"""周例会 in full screen: one screen of the agenda, the keys that turn it, what is written down there and then."""

import time
from collections.abc import Callable, Sequence

import streamlit as st

from supervision.answers import Answers
from supervision.formats import day
from supervision.meeting.pinned import Meeting
from supervision.meeting.screens import Screen, Table
from supervision.view import html, shell

PAGE = "pages/meeting.py"
TURNS = ("0", "20", "40")
"""After how many seconds the screens turn by themselves; 0 is never."""
NOTICE_EVERY = "15s"
"""How often a meeting looks whether somebody imported meanwhile."""
LONG = 14
"""A text of more characters, outside the first column, may be cut when the table is too wide."""
NEVER_CUT = ("单位", "部门", "镇乡", "时限", "状态")
"""Headings of columns that are never cut."""

Form = Callable[[], None]


def show(
    meeting: Meeting,
    screens: Sequence[Screen],
    answers: Answers,
    *,
    above: dict[str, Form],
    below: dict[str, Form],
    beside: dict[str, Form],
    words: Sequence[str],
) -> None:
    """Draw the screen that the address names; `above`, `below` and `beside` its table stand forms, by the screen's key."""
    at = position(screens, st.query_params.get("step"))
    if at is None:
        _no_such_step(meeting)
        return
    screen, keys = screens[at], [each.key for each in screens]
    with st.container(key="mt"):
        html.show("meeting_head", screen=screen, total=sum(step.value for step in screen.ladder if not step.apart))
        _form(above.get(screen.key))
        with st.container(key="mtmain", horizontal=True):
            html.show("meeting_main", screen=screen, shares=shares(screen.table), long=cuttable(screen.table))
            if screen.key in beside:
                with st.container(key="mtbeside"):
                    beside[screen.key]()
        _form(below.get(screen.key))
        html.show("meeting_ask", screen=screen)
        with st.container(key="mtfoot", horizontal=True):
            _foot(meeting, screen, answers, words)
            _turning(at, keys)
        with st.container(key="mtband", horizontal=True):
            html.show("meeting_band", title=f"河长制周例会　{day(meeting.held_on, answers.as_of.year)}")
            for number, each in enumerate(screens):
                label = html.as_written(f"{number + 1} {each.name}")
                st.page_link(PAGE, label=f"**{label}**" if number == at else label, query_params=_here(step=each.key))
    with st.container(key="mtkeys"):
        _hidden_keys(at, keys)


def position(screens: Sequence[Screen], asked: str | None) -> int | None:
    """Which screen an address means by its key or its number, the first without one; None if there is no such."""
    return _place([screen.key for screen in screens], asked)


def shares(table: Table | None) -> list[float]:
    """The width of each column in percent of the table's."""
    widths = [column.width for column in table.columns] if table else []
    return [round(100 * width / sum(widths), 2) for width in widths]


def cuttable(table: Table | None) -> list[int]:
    """The columns whose texts may end in …: long ones, never the first column nor one of units."""
    if table is None:
        return []
    longest = [
        max((len(cell.text) for row in table.rows if hasattr(cell := row[place], "text")), default=0)
        for place in range(len(table.columns))
    ]
    return [
        place
        for place, column in enumerate(table.columns)
        if place > table.named_by and longest[place] > LONG and not any(word in column.heading for word in NEVER_CUT)
    ]


def turn(by: int, keys: Sequence[str]) -> None:
    """Go so many screens on from where the address stands; before the first and after the last is nothing."""
    now = _place(keys, st.query_params.get("step")) or 0
    st.query_params["step"] = keys[min(max(now + by, 0), len(keys) - 1)]


def _place(keys: Sequence[str], asked: str | None) -> int | None:
    if asked is None:
        return 0
    if asked in keys:
        return keys.index(asked)
    return int(asked) - 1 if asked.isdecimal() and 1 <= int(asked) <= len(keys) else None


def _form(form: Form | None) -> None:
    if form is not None:
        with st.container(key="mtform", horizontal=True, vertical_alignment="center"):
            form()


def _here(**changes: str) -> dict[str, str]:
    return {name: st.query_params[name] for name in st.query_params} | changes


@st.fragment(run_every=NOTICE_EVERY)
def _foot(meeting: Meeting, screen: Screen, answers: Answers, words: Sequence[str]) -> None:
    """What is left out and what the figures rest on; it looks for itself whether somebody imported meanwhile."""
    newest = shell.warehouse().current()
    another = newest is not None and newest.id != answers.snapshot.id
    html.show(
        "meeting_foot",
        screen=screen,
        as_of=day(answers.as_of, meeting.held_on.year),
        batch=answers.snapshot.info.batch,
        demo=bool(answers.fresh["demo"]),
        words=words,
        newest=newest.info.batch if newest is not None and another else None,
    )


def _turning(at: int, keys: Sequence[str]) -> None:
    """The step counter and the buttons; a button has another key on each screen, so that none keeps the focus.

    A button in focus is pressed by Space, which also means the next screen.
    """
    every = st.query_params.get("auto", "0")
    every = every if every in TURNS else TURNS[0]
    following = TURNS[(TURNS.index(every) + 1) % len(TURNS)]
    label = f"自动翻页 {every} 秒" if every != TURNS[0] else "自动翻页 关"
    st.button(label, key=f"mt_auto_{every}", on_click=_set_auto, args=(following,))
    st.page_link(PAGE, label="结束", query_params={})
    html.show("meeting_step", at=at + 1, of=len(keys))
    first, last = at == 0, at == len(keys) - 1
    st.button("‹ 上一项", key=f"mt_back_{at}", on_click=turn, args=(-1, keys), shortcut="Left", disabled=first)
    st.button("下一项 ›", key=f"mt_on_{at}", on_click=turn, args=(1, keys), shortcut="Right", disabled=last)
    if every != TURNS[0] and not last:
        _turn_by_itself(int(every), time.monotonic(), keys)


def _set_auto(every: str) -> None:
    if every == TURNS[0]:
        st.query_params.pop("auto", None)
    else:
        st.query_params["auto"] = every


def _turn_by_itself(every: int, since: float, keys: Sequence[str]) -> None:
    """Turn after so many seconds; a key pressed meanwhile draws the page anew and so starts the time again."""

    @st.fragment(run_every=every)
    def wait() -> None:
        if time.monotonic() - since > every / 2:
            turn(1, keys)
            st.rerun()

    wait()


def _hidden_keys(at: int, keys: Sequence[str]) -> None:
    """The other keys, for those who know them and for presenters' remote controls; their buttons are not seen."""
    for shortcut, by in (("Space", 1), ("PageDown", 1), ("PageUp", -1), ("Home", -len(keys)), ("End", len(keys))):
        at_end = at == (0 if by < 0 else len(keys) - 1)
        st.button(shortcut, key=f"mt_{shortcut}", on_click=turn, args=(by, keys), shortcut=shortcut, disabled=at_end)
