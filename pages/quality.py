"""数据质量: who sent what for which week, who is late and must be urged (催报), and how complete the rows are."""

import streamlit as st

from supervision import footnotes, headings, titles
from supervision.senders import intervals, owing, senders
from supervision.tables import BY_NAME
from supervision.view import html, shell
from supervision.workbooks import csv_text

SENT = ["patrols", "problems", "enforcement"]


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
        st.download_button("导出数据质量", csv_text(rows, headings.QUALITY), f"{title}数据质量.csv", "text/csv")
        if len(owed):
            st.download_button("导出催报名单", csv_text(owed, headings.CALENDAR), f"{title}催报名单.csv", "text/csv")
