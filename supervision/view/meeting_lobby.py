"""周例会 before it begins: open one, go back to an earlier one, follow up what was decided."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from supervision.documents.making import MIME, deck_of
from supervision.errors import SupervisionError
from supervision.formats import day
from supervision.meeting import lobby_words
from supervision.meeting.focus_screen import usual_focus
from supervision.meeting.minutes import STANDINGS, Minutes
from supervision.meeting.pinned import Meeting, usual_day
from supervision.meeting.writing import day_meant, judged_on
from supervision.table_workbook import write_rows
from supervision.tables import BY_NAME
from supervision.view import html, meeting_forms, shell
from supervision.workbooks import bytes_of

SIGNED = "meeting_signed_by"
"""Where the session keeps who writes."""


def show() -> None:
    """The lobby: the next meeting, those that were held, and all matters decided with their standing."""
    minutes, period, batch = shell.warehouse().minutes, shell.period(), shell.opened_batch().batch
    meetings, decided = minutes.meetings(), minutes.decided()
    html.show(
        "head",
        title=lobby_words.lobby_title(period, shell.label(period, short=True), meetings, decided),
        question=f"开会时数据定在第 {batch} 批，会议期间不变；方向键或空格翻页，F11 全屏",
    )
    _open(minutes)
    left, right = st.columns([30, 70], gap="large")
    with left:
        html.show("section", title="开过的例会", note="点开重看，数据和当时一样")
        if html.list_or(pd.DataFrame({"number": [meeting.number for meeting in meetings]}), "还没有开过。"):
            batches = {info.id: info.batch for info in shell.batches()}
            html.show("meeting_list", meetings=meetings, decided=decided, batches=batches, year=period.end.year)
            _deck(minutes, [meeting for meeting in meetings if meeting.snapshot in batches])
            if (blank := minutes.to_cancel()) is not None:
                _cancel(minutes, blank)
    with right:
        _matters(minutes)


def _deck(minutes: Minutes, meetings: Sequence[Meeting]) -> None:
    """The deck of a meeting that was held, of what it was pinned to."""
    with st.container(horizontal=True, vertical_alignment="center", key="deck"):
        chosen = st.selectbox(
            "会议",
            meetings,
            format_func=lambda meeting: f"{day(meeting.held_on, 0)}例会（{meeting.opened_by}）",
            label_visibility="collapsed",
            filter_mode=None,
            width=240,
        )
        if chosen:
            answers = shell.answers(shell.warehouse().snapshot(chosen.snapshot), chosen.period)
            st.download_button(
                "导出 PPT",
                partial(deck_of, chosen, answers, minutes),
                f"周例会_{chosen.held_on}.pptx",
                MIME[".pptx"],
                on_click="ignore",
            )


def _cancel(minutes: Minutes, blank: Meeting) -> None:
    """The way back from a meeting that was opened by mistake."""

    def cancel() -> None:
        try:
            minutes.cancel(blank)
        except SupervisionError as error:
            st.session_state["lobby_wrong"] = str(error)

    st.button(
        f"作废 {day(blank.held_on, shell.period().end.year)}例会",
        help="误开的会可以作废：它什么也没有记下，作废后前一次例会又能接着记。",
        on_click=cancel,
        key="cancel_meeting",
    )


def _open(minutes: Minutes) -> None:
    """The form that opens a meeting about the chosen period."""
    period, answers = shell.period(), shell.answers()
    try:
        names, usual = meeting_forms.focuses(answers), usual_focus(answers)
    except SupervisionError:  # a batch of an older version opens all the same; its screens say what they lack
        names, usual = {}, None
    chosen = meeting_forms.written_focus(usual) if usual else None

    def begin() -> None:
        state = st.session_state
        st.session_state[SIGNED] = state["lobby_by"].strip()
        try:
            meeting = minutes.open_meeting(
                held_on=day_meant(state["lobby_day"], period.start, "会议日期"),
                period=period,
                snapshot=answers.snapshot.id,
                focus=meeting_forms.read_focus(state["lobby_focus"]),
                by=state["lobby_by"],
            )
        except SupervisionError as error:
            state["lobby_wrong"] = str(error)
        else:
            st.query_params.from_dict({"meeting": str(meeting.number), "step": "1"})

    held = next((meeting for meeting in minutes.meetings() if meeting.period == period), None)
    if held and minutes.is_open(held):
        _go_on(held)
    usual_date = usual_day(period)
    with (
        st.form("lobby", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="lobby_form"),
    ):
        st.text_input("会议日期", value=day(usual_date, shell.as_of().year), key="lobby_day", width=150)
        st.selectbox(
            "关注",
            list(names),
            index=list(names).index(chosen) if chosen in names else None,
            format_func=lambda name: names.get(name, name),
            placeholder="不指定",
            key="lobby_focus",
            filter_mode="contains",
            width=220,
        )
        st.text_input("主持或记录人", value=st.session_state.get(SIGNED, ""), key="lobby_by", width=180)
        st.form_submit_button(
            "另开一次" if held else "开始周例会", type="secondary" if held else "primary", on_click=begin
        )
    if wrong := st.session_state.pop("lobby_wrong", ""):
        html.show("sentence", text=wrong, wrong=True)


def _go_on(held: Meeting) -> None:
    """The way back into the meeting about the period that is still open."""
    called = f"{day(held.held_on, shell.period().end.year)}例会"
    with st.container(horizontal=True, vertical_alignment="center", key="lobby_held"):
        html.show("sentence", text=f"{called}还能接着记；另开一次以后，它的记录就不再改动。", wrong=False)
        st.page_link("pages/meeting.py", label=f"接着开 {called}", query_params={"meeting": str(held.number)})


def _matters(minutes: Minutes) -> None:
    """会议议定事项 with their standing, one standing alone if wanted, as a workbook that can be imported again."""
    on = judged_on(shell.fresh()["newest_fact"], minutes.table(), minutes.meetings())
    every = minutes.promises(on=on or date.today())
    html.show("section", title=lobby_words.matters_title(every), note=lobby_words.matters_note(on))
    with st.container(horizontal=True, vertical_alignment="center", key="matters"):
        standings = [name for name in STANDINGS if name in set(every["standing"])]
        standing = shell.choose("standing", standings, "全部状态", width=140)
        every = every.assign(grave=every["standing"].map(STANDINGS.index))
        every = every.sort_values(["grave", "due_on", "code"], kind="stable")
        shown = every if standing is None else every[every["standing"] == standing]
        st.download_button(
            "导出本表",
            lambda: bytes_of(lambda path: write_rows(BY_NAME["promises"], shown, path)),
            "会议议定事项.xlsx",
            MIME[".xlsx"],
            disabled=shown.empty,
        )
        st.page_link("pages/intake.py", label="改好以后去数据导入")
    if html.list_or(shown, "还没有议定事项；开会时在最后一项写下，或者用模板导入。"):
        html.show(
            "meeting_matters",
            rows=html.records(shown),
            link=lambda code: shell.here(promise=code),
            year=shell.period().end.year,
        )
