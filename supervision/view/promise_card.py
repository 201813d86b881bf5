"""One matter of 会议议定事项: how it stands, who wrote what and when, and the form that changes it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from supervision.errors import SupervisionError
from supervision.meeting.minutes import DONE, ONGOING, WITHDRAWN, Minutes, Promise
from supervision.meeting.writing import day_meant
from supervision.view import html, shell
from supervision.view.meeting_forms import answerable
from supervision.view.meeting_lobby import SIGNED


def show(code: str) -> None:
    """The matter with that code, or one sentence when there is none."""
    minutes = shell.warehouse().minutes
    try:
        promise = minutes.promise(code)
    except SupervisionError as error:
        html.show("head", title=str(error), question="请核对地址，或从议定事项清单点进来。")
        html.show("promise_back", address=shell.here(promise=None))
        return
    gone = promise.state == WITHDRAWN
    html.show("head", title=promise.matter, question=f"{code}　{'已经撤销，不在任何清单里' if gone else promise.unit}")
    html.show("promise_back", address=shell.here(promise=None))
    _form(minutes, promise)
    html.show("section", title="谁在什么时候写了什么", note="一条也不删")
    html.show("promise_history", entries=html.records(_days(minutes.history(code))))


def _form(minutes: Minutes, promise: Promise) -> None:
    """Mark it as done, correct it, withdraw it or bring it back; each needs a name."""
    known = list(dict.fromkeys([promise.unit, *_known_units(minutes)]))

    def save(changes: Callable[[Promise], dict[str, Any]]) -> None:
        state = st.session_state
        state[SIGNED] = state["card_by"].strip()
        try:
            minutes.amend(promise.code, by=state["card_by"], **changes(promise))
        except SupervisionError as error:
            state["card_wrong"] = str(error)

    with st.form("card", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", key="card_form"):
            st.text_input("完成日期（空着是没有办结）", value=_iso(promise.done_on), key="card_done", width=210)
            st.text_input("说明", value=promise.note or "", key="card_note", width=300)
            st.text_input("时限", value=_iso(promise.due_on), key="card_due", width=130)
            st.selectbox("责任单位", known, key="card_unit", filter_mode="contains", width=200)
            st.text_input("记录人", value=st.session_state.get(SIGNED, ""), key="card_by", width=120)
        st.text_input("事项", value=promise.matter, key="card_matter")
        with st.container(horizontal=True):
            st.form_submit_button(
                "恢复并保存" if promise.state == WITHDRAWN else "保存", type="primary", on_click=save, args=(_changes,)
            )
            if promise.state != WITHDRAWN:
                st.form_submit_button("撤销这一项", on_click=save, args=(_withdrawal,))
    if wrong := st.session_state.pop("card_wrong", ""):
        html.show("sentence", text=wrong, wrong=True)


def _changes(promise: Promise) -> dict[str, Any]:
    """What the form says otherwise than the card that was drawn: what somebody else wrote meanwhile is left alone."""
    state = st.session_state
    done = state["card_done"].strip()
    written: dict[str, Any] = {
        "matter": state["card_matter"].strip(),
        "unit": state["card_unit"],
        "due_on": day_meant(state["card_due"], promise.met_on, "时限"),
        "done_on": day_meant(done, promise.met_on, "完成日期") if done else None,
        "note": state["card_note"].strip() or None,
    }
    changed = {name: value for name, value in written.items() if value != getattr(promise, name)}
    if "done_on" in changed or promise.state == WITHDRAWN:
        changed["state"] = DONE if written["done_on"] else ONGOING
    return changed


def _withdrawal(_: Promise) -> dict[str, Any]:
    return {"state": WITHDRAWN}


def _known_units(minutes: Minutes) -> list[str]:
    try:
        return answerable(shell.answers(), minutes)
    except SupervisionError:  # a batch of an older version cannot be asked for them
        return []


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _days(history: pd.DataFrame) -> pd.DataFrame:
    """The journal's days as timestamps, for the filters of the template."""
    return history.assign(**{name: pd.to_datetime(history[name]) for name in ("due_on", "done_on", "written_at")})
