"""周例会 in full screen: one screen of the agenda, the keys that turn it, how long it stands by itself.

Everything a screen says comes from the batch that the meeting was opened with; the address holds which
screen it is. The forms to write in it are drawn by `meeting_forms`.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from supervision.answers import Answers
from supervision.formats import day
from supervision.meeting.lobby_words import kept_apart
from supervision.meeting.pinned import Meeting
from supervision.meeting.screens import Cell, Screen, Table
from supervision.view import html, shell

PAGE = "pages/meeting.py"
TURNS = ("0", "20", "40")
"""After how many seconds the screens may turn by themselves; 0 is never."""
NOTICE_EVERY = "15s"
"""How often a meeting looks whether somebody imported meanwhile."""
LINE, LONG_LINE = 32, 41
"""How many Chinese characters a title of the large and of the smaller size has room for in one line."""
CUT_FROM = 14
"""A text of more characters may end in … where its table is too wide."""
NEVER_CUT = ("单位", "部门", "镇乡", "责任人", "时限", "状态")
"""Words in the headings of columns that are never cut."""
Form = Callable[[], None]


@dataclass(frozen=True)
class Forms:
    """What can be written on the screens, each by the screen's key: over the table, under it, and beside its rows."""

    above: Mapping[str, Form] = field(default_factory=dict)
    below: Mapping[str, Form] = field(default_factory=dict)
    beside: Mapping[str, Form] = field(default_factory=dict)


def show(meeting: Meeting, screens: Sequence[Screen], answers: Answers, forms: Forms, *, is_open: bool) -> None:
    """Draw the screen that the address names, with its forms; a sentence and the way back if it names none."""
    keys = [screen.key for screen in screens]
    at = place(keys, st.query_params.get("step"))
    if at is None:
        lost(f"这次会议没有这一项：{st.query_params['step']}", "回到第一项", {"meeting": str(meeting.number)})
        return
    screen = screens[at]
    with st.container(key="mt"):
        html.show("meeting_head", screen=screen, size=title_size(screen.title), total=_ladder_total(screen))
        _form(forms.above.get(screen.key))
        with st.container(key="mtmain", horizontal=True):
            html.show("meeting_main", screen=screen, shares=shares(screen.table), long=cuttable(screen.table))
            if screen.key in forms.beside and screen.table:
                with st.container(key="mtbeside"):
                    forms.beside[screen.key]()
        _form(forms.below.get(screen.key))
        html.show("meeting_ask", screen=screen)
        with st.container(key="mtfoot", horizontal=True):
            _foot(meeting, screen, answers, is_open=is_open)
            _turning(at, keys, waits=screen.key in {*forms.beside, *forms.below})
        # Last in the page, so that Tab comes to the forms first; the stylesheet puts it on top.
        with st.container(key="mtband", horizontal=True):
            html.show("meeting_band", title=f"河长制周例会　{day(meeting.held_on, answers.as_of.year)}")
            for number, each in enumerate(screens):
                label = html.as_written(f"{number + 1} {each.name}")
                there = st.query_params.to_dict() | {"step": each.key}
                st.page_link(PAGE, label=f"**{label}**" if number == at else label, query_params=there)
    with st.container(key="mtkeys"):
        _listen(at, keys)


def lost(text: str, way_back: str, address: Mapping[str, str]) -> None:
    """One sentence in full screen, and the way back."""
    with st.container(key="mt"):
        html.show("meeting_lost", text=text)
        with st.container(key="mtback"):
            st.page_link(PAGE, label=way_back, query_params=dict(address))


def place(keys: Sequence[str], asked: str | None) -> int | None:
    """Which screen an address means by its key or its number, the first without one; None if there is no such."""
    if asked is None:
        return 0
    if asked in keys:
        return keys.index(asked)
    return int(asked) - 1 if asked.isdecimal() and 1 <= int(asked) <= len(keys) else None


def turn(by: int, keys: Sequence[str]) -> None:
    """Go so many screens on from where the address stands; before the first and after the last there is nothing."""
    now = place(keys, st.query_params.get("step")) or 0
    st.query_params["step"] = keys[min(max(now + by, 0), len(keys) - 1)]


def title_size(title: str) -> str:
    """The class of a title by the room it takes: of one line, of one smaller line, of two."""
    room = sum(1.0 if character > "\u2e7f" else 0.3 if character in " .," else 0.6 for character in title)
    return "" if room <= LINE else "long" if room <= LONG_LINE else "long two"


def shares(table: Table | None) -> list[float]:
    """The width of each column in percent of the table's."""
    widths = [column.width for column in table.columns] if table else []
    return [round(100 * width / sum(widths), 2) for width in widths]


def cuttable(table: Table | None) -> list[int]:
    """The columns of long texts; never that which names the rows where it names a town, nor one of units or days."""
    if table is None:
        return []
    return [
        place
        for place, column in enumerate(table.columns)
        if _longest(table, place) > CUT_FROM and not any(word in column.heading for word in NEVER_CUT)
    ]


def _longest(table: Table, place: int) -> int:
    texts = [cell.text for row in table.rows if isinstance(cell := row[place], Cell)]
    return max(map(len, texts), default=0)


def _ladder_total(screen: Screen) -> float:
    return sum(step.value for step in screen.ladder if not step.apart)


def _form(form: Form | None) -> None:
    if form is not None:
        with st.container(key="mtform"):
            form()


@st.fragment(run_every=NOTICE_EVERY)
def _foot(meeting: Meeting, screen: Screen, answers: Answers, *, is_open: bool) -> None:
    """What is left out and what the figures rest on; it looks by itself whether somebody imported meanwhile."""
    current, batch = shell.warehouse().current(), answers.snapshot.info.batch
    html.show(
        "meeting_foot",
        screen=screen,
        reach=answers.reach(meeting.held_on.year),
        batch=batch,
        demo=bool(answers.fresh["demo"]),
        closed=not is_open,
        news=kept_apart(batch, current.info.batch if current else None, open_still=is_open),
    )


def _turning(at: int, keys: Sequence[str], *, waits: bool) -> None:
    """How the screens turn, the way out, the step, and the two buttons; one that is written in waits to be turned.

    A button has another key on each screen, so that none keeps the focus: Space would press it, and means next.
    """
    every = st.query_params.get("auto", TURNS[0])
    every = every if every in TURNS else TURNS[0]
    name = f"自动翻页 {every} 秒" if every != TURNS[0] else "自动翻页 关"
    name += "，这一项等人翻" if waits and every != TURNS[0] else ""
    following = TURNS[(TURNS.index(every) + 1) % len(TURNS)]
    st.button(name, key=f"mt_auto_{at}_{every}", on_click=_turn_every, args=(following,))
    st.page_link(PAGE, label="结束")
    html.show("meeting_step", at=at + 1, of=len(keys))
    last = len(keys) - 1
    st.button("‹ 上一项", key=f"mt_back_{at}", on_click=turn, args=(-1, keys), disabled=at == 0)
    st.button("下一项 ›", key=f"mt_on_{at}", on_click=turn, args=(1, keys), disabled=at == last)
    if every != TURNS[0] and at != last and not waits:
        _wait(int(every), keys)


def _turn_every(seconds: str) -> None:
    if seconds == TURNS[0]:
        st.query_params.pop("auto", None)
    else:
        st.query_params["auto"] = seconds


def _wait(seconds: int, keys: Sequence[str]) -> None:
    """Turn after so many seconds; a key pressed meanwhile draws the page anew, and so begins to count anew."""
    since = time.monotonic()

    @st.fragment(run_every=seconds)
    def waited() -> None:
        if time.monotonic() - since > seconds / 2:
            turn(1, keys)
            st.rerun()

    waited()


def _listen(at: int, keys: Sequence[str]) -> None:
    """The keys that turn the screens, two of them for presenters' remote controls; nobody sees their buttons.

    Each is the same button on every screen: while a screen is being replaced the buttons of both are there, and one
    press would turn twice.
    """
    on, back, to_end = 1, -1, len(keys)
    for key, by in (
        ("Right", on),
        ("Space", on),
        ("PageDown", on),
        ("Left", back),
        ("PageUp", back),
        ("Home", -to_end),
        ("End", to_end),
    ):
        at_end = at == (0 if by < 0 else len(keys) - 1)
        st.button(key, key=f"mt_{key}", on_click=turn, args=(by, keys), shortcut=key, disabled=at_end)
