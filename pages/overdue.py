"""逾期整改: what is overdue, where, for how long, whose; and what to chase today."""

import streamlit as st

from supervision import footnotes, titles
from supervision.view import downloads, html, shell, strip

LISTED = 200

shell.need("towns", "problems")
period = shell.period()
towns = shell.rows("overdue_by_town").sort_values(["overdue", "days_max"], ascending=False)
trend = shell.trend("district_metrics")
problems = shell.rows("open_problems")
chased = problems[problems["state"].isin(footnotes.CHASED)]

html.show("head", title=titles.overdue(towns), question="哪些问题逾期、在哪里、拖了多久、谁的责任，今天催哪几件")
strip.show(strip.ageing(trend, towns, period))

left, right = st.columns([52, 48], gap="large")
with left:
    html.show("overdue_towns", rows=html.records(towns), most=int(towns["overdue"].max()), address=shell.address())
    html.show("foot", text="在办、临期按期末当日计；逾期完成为累计件数。点镇名只看该镇。")
with right:
    with st.container(horizontal=True, vertical_alignment="center", key="chase"):
        html.show("section", title="今天要催的", note="")
        town = shell.choose("town", towns["town"].tolist(), "全部镇乡街道")
        department = shell.choose("department", sorted(chased["department"].dropna().unique()), "全部责任部门")
        if town:
            chased = chased[chased["town"] == town]
        if department:
            chased = chased[chased["department"] == department]
        st.download_button(
            "导出",
            lambda: downloads.csv_text(chased, downloads.PROBLEM_COLUMNS),
            f"今天要催的_{period.end}.csv",
            "text/csv",
            disabled=chased.empty,
        )
    if chased.empty:
        html.show("sentence", text="没有符合条件的逾期、临期或无时限问题。", wrong=False)
    else:
        html.show("overdue_list", rows=html.records(chased.head(LISTED)), year=period.end.year)
        html.show("foot", text=footnotes.chased(chased, LISTED))
