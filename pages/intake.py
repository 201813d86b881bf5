"""数据导入: whether everything went in, which cells are wrong, what goes back to the sender, and the way back."""

import streamlit as st

from supervision import footnotes, titles
from supervision.tables import BY_NAME
from supervision.templates import write_template
from supervision.view import downloads, html, shell, uploads

SHOWN_PROBLEMS = 20
SHOWN_BATCHES = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

state = st.session_state
current = shell.current_batch()
html.show("head", title=titles.intake(current), question="报来的工作簿都进来了没有，哪些格子有错，怎么退回去改")
if done := state.pop("intake_done", None):
    html.show("sentence", text=done, wrong=False)

left, right = st.columns([56, 44], gap="large")
with left:
    html.show("section", title="导入", note="可以一次选多个文件；列的次序不限")
    files = st.file_uploader(
        "工作簿",
        accept_multiple_files=True,
        key=f"files_{state.get('intake_round', 0)}",
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="intake_actions"):
        by = st.text_input(
            "导入人", key="intake_by", placeholder="导入人姓名（必填）", label_visibility="collapsed"
        ).strip()
        check = shell.pressed("检查", "check", disabled=not files)
    if check:
        state["intake_check"] = uploads.run(files, by, dry_run=True)
with right:
    html.show("section", title="模板", note="每张表一个，内有填表说明和示例行")
    with st.container(horizontal=True, key="templates"):
        for table in BY_NAME.values():
            st.download_button(
                table.title,
                lambda table=table: downloads.workbook(lambda path: write_template(table, path)),
                f"{table.title}模板.xlsx",
                XLSX,
                key=f"template_{table.name}",
            )

checked = state.get("intake_check")
if checked and checked.of == uploads.signature(files):
    html.show(
        "intake_check",
        heading=footnotes.checked(checked.read_sheets, checked.news, checked.refused, checked.refused_sheets),
        sheets=checked.sheets,
        tables=BY_NAME,
    )
    with st.container(horizontal=True, vertical_alignment="center", key="intake_decide"):
        whole = not (checked.refused or checked.refused_sheets)
        label = "全部入库" if whole else "只收合格行，退回其余"
        wanted = bool(checked.news) and shell.pressed(label, "import", disabled=not by)
        if checked.workbook:
            st.download_button("下载退回的行", checked.workbook, "退回.xlsx", XLSX)
        if checked.news and not by:
            html.show("sentence", text="先写导入人，再入库。", wrong=False)
    if wanted and (outcome := uploads.run(files, by, accept_valid=not whole)):
        state["intake_done"] = footnotes.imported(
            outcome.snapshot, outcome.news, outcome.refused, outcome.refused_sheets
        )
        state["intake_round"] = state.get("intake_round", 0) + 1
        st.rerun()
    if checked.groups:
        html.show("intake_problems", groups=checked.groups, limit=SHOWN_PROBLEMS)

if current:
    html.show("section", title="导入记录", note="每一批都留着，随时可以退回")
    others = {batch.id: batch for batch in shell.batches() if batch.id != current.id}
    if others:
        # A key of its own for each batch: the popover is closed again after the way back.
        with st.popover("退回到别的批次", key=f"rollback_{current.id}"):
            ids = list(others)
            wanted_id = st.selectbox(
                "退回到哪一批",
                ids,
                index=ids.index(current.parent) if current.parent in others else 0,
                format_func=lambda each: footnotes.batch(others[each]),
                filter_mode=None,
            )
            html.show("sentence", text=footnotes.rollback(current.batch, others[wanted_id].batch), wrong=False)
            if shell.pressed("确认退回", "roll_back") and uploads.roll_back(wanted_id):
                state["intake_done"] = footnotes.rolled_back(others[wanted_id].batch)
                st.rerun()
    batches = html.grouped(html.records(shell.rows("import_batches")), "batch")
    html.show("intake_history", batches=batches[:SHOWN_BATCHES], current=current.batch, tables=BY_NAME)
    with st.expander("逐个文件、工作表"):
        sheets = html.grouped(html.records(shell.rows("imports")), "batch")
        html.show("intake_sheets", batches=sheets[:SHOWN_BATCHES], tables=BY_NAME)
