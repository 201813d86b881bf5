"""数据导入: whether everything went in, which cells are wrong, what goes back to the sender, and the way back."""

import streamlit as st

from supervision import footnotes, titles
from supervision.tables import BY_NAME
from supervision.templates import write_template
from supervision.view import correcting, history, html, replacing, shell, strip, uploads
from supervision.workbooks import bytes_of

SHOWN_PROBLEMS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

state = st.session_state
current = shell.current_batch()
html.show("head", title=titles.intake(current), question="报来的工作簿都进来了没有，哪些格子有错，怎么退回去改")
if current and shell.outdated():
    html.show("sentence", text=footnotes.OUTDATED, wrong=True)
if done := state.pop("intake_done", None):
    html.show("sentence", text=done, wrong=False)

left, right = st.columns([56, 44], gap="large")
with left:
    html.show("section", title="导入", note="可以一次选多个文件，也可以是压缩包；列的次序不限")
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
    if check or state.pop("intake_again", False):
        uploads.discard(state.get("intake_check"))
        state["intake_check"] = uploads.check(files)
with right:
    html.show("section", title="模板", note="每张表一个，内有填表说明和示例行")
    with st.container(horizontal=True, key="templates"):
        for table in BY_NAME.values():
            st.download_button(
                table.title,
                lambda table=table: bytes_of(lambda path: write_template(table, path)),
                f"{table.title}模板.xlsx",
                XLSX,
                key=f"template_{table.name}",
            )

checked = state.get("intake_check")
if checked and checked.of == uploads.signature(files):
    html.show("section", title=footnotes.checked(checked), note=footnotes.stretch(checked.stretch))
    strip.show(strip.import_counts(checked))
    with st.container(horizontal=True, vertical_alignment="center", key="intake_decide"):
        label = "全部入库" if not (checked.refused_rows or checked.refused_sheets) else "只收合格行，退回其余"
        wanted = checked.staged is not None and shell.pressed(label, "import", disabled=not by)
        if checked.workbook:
            st.download_button("下载退回的行", checked.workbook, "退回.xlsx", XLSX)
        stretch = replacing.form(checked)
        html.show("sentence", text=footnotes.decide(checked, by), wrong=False)
    if stretch and (again := uploads.check(files, stretch)):
        uploads.discard(checked)
        state["intake_check"] = again
        st.rerun()
    if wanted and (published := uploads.publish(checked, by)):
        state["intake_done"] = footnotes.imported(published, checked)
        state["intake_round"] = state.get("intake_round", 0) + 1
        st.rerun()
    if checked.effects:
        html.show("intake_effects", **html.effects(checked.effects))
    html.show("intake_check", sheets=checked.sheets, tables=BY_NAME)
    if correcting.form(checked.sheets, by):
        state["intake_again"] = True
        st.rerun()
    if checked.problems:
        html.show("intake_problems", title="要退回的", groups=checked.problems, limit=SHOWN_PROBLEMS, style="red")
    if checked.warnings:
        html.show(
            "intake_problems", title="请核对（不退回）", groups=checked.warnings, limit=SHOWN_PROBLEMS, style="amb"
        )
    if changes := [(sheet, change) for sheet in checked.sheets for change in sheet.changes]:
        html.show("intake_changes", changes=changes, limit=SHOWN_PROBLEMS)

if current and not shell.outdated():
    history.show(current)
