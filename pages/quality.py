"""数据质量: who sent what for which week, who is late and must be urged (催报), and how complete the rows are."""

import streamlit as st

from supervision import footnotes, titles
from supervision.senders import intervals, owing, senders
from supervision.tables import BY_NAME
from supervision.view import downloads, html, shell

SENT = ["patrols", "problems", "enforcement"]
QUALITY_COLUMNS = {
    "name": "报送单位",
    "reported": "本期行数",
    "filled": "已填格数",
    "asked": "应填格数",
    "completeness": "完整率",
    "weakest": "最缺的列",
    "weakest_share": "该列填写率",
    "refused": "累计退回行数",
    "refused_rule": "主要退回原因",
}

CALENDAR_COLUMNS = {
    "name": "报送单位",
    "first_day": "从",
    "last_day": "到",
    "state": "状态",
    "reported": "行数",
    "due_on": "应报日期",
    "sent_on": "首次报送日期",
}

shell.need("towns")
table = shell.switch("table", SENT, lambda name: BY_NAME[name].title)
calendar, quality = shell.rows("reporting_calendar"), shell.rows("data_quality")
found = senders(calendar, quality, table)
html.show(
    "head",
    title=titles.quality(found, BY_NAME[table]),
    question="谁报了、谁没报、谁报晚了；报来的行填得全不全，退回多少",
)
if found:
    html.show(
        "quality",
        problems=table == "problems",
        senders=found,
        intervals=intervals(found),
        columns={column.name: column.heading for column in BY_NAME[table].columns},
        foot=footnotes.quality(found, shell.period()),
    )
    title = BY_NAME[table].title
    rows, owed = quality[quality["table_name"] == table], owing(calendar, table)
    with st.container(horizontal=True, key="quality_export"):
        st.download_button(
            "导出数据质量", downloads.csv_text(rows, QUALITY_COLUMNS), f"{title}数据质量.csv", "text/csv"
        )
        if len(owed):
            st.download_button(
                "导出催报名单", downloads.csv_text(owed, CALENDAR_COLUMNS), f"{title}催报名单.csv", "text/csv"
            )
