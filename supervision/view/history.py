"""导入记录: every batch, what it brought and by which rules rows were refused, and the way back to another one."""

import streamlit as st

from supervision import footnotes
from supervision.building import SnapshotInfo
from supervision.tables import BY_NAME
from supervision.view import html, shell, uploads

SHOWN_BATCHES = 10


def show(current: SnapshotInfo) -> None:
    """The batches, newest first, and the way back."""
    html.show("section", title="导入记录", note="每一批都留着，随时可以退回")
    _way_back(current)
    batches = html.grouped(html.records(shell.rows("import_batches")), "batch")
    refusals = footnotes.refusals(shell.rows("import_refusals"))
    html.show(
        "intake_history", batches=batches[:SHOWN_BATCHES], current=current.batch, tables=BY_NAME, refusals=refusals
    )
    with st.expander("逐个文件、工作表"):
        sheets = html.grouped(html.records(shell.rows("imports")), "batch")
        html.show("intake_sheets", batches=sheets[:SHOWN_BATCHES], tables=BY_NAME)


def _way_back(current: SnapshotInfo) -> None:
    """Choose another batch, see what going there takes away, and go."""
    others = {batch.id: batch for batch in shell.batches() if batch.id != current.id}
    if not others:
        return
    chosen = st.selectbox(
        "退回到别的批次",
        list(others),
        index=None,
        key=f"roll_back_to_{current.id}",
        placeholder="退回到别的批次…",
        format_func=lambda each: footnotes.batch(others[each]),
        filter_mode=None,
        label_visibility="collapsed",
        width=420,
    )
    if chosen is None:
        return
    undone = uploads.undoing(current.id, chosen, str(shell.warehouse().folder))
    text = footnotes.rollback(current, others[chosen], undone.lost)
    html.show("sentence", text=text, wrong=False)
    if shell.pressed("确认退回", "roll_back") and uploads.roll_back(chosen):
        st.session_state["intake_done"] = footnotes.rolled_back(others[chosen].batch)
        st.rerun()
    if undone.effects:
        html.show("intake_effects", **html.effects(undone.effects))
