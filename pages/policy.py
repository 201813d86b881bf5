"""口径与办法: by which rules and definitions all is judged, since when, on what grounds; what others would do."""

from datetime import date

import streamlit as st

from supervision import footnotes, headings, titles, trial
from supervision.intake.policy_checks import ITEMS
from supervision.metrics import METRICS, OF_CHIEFS
from supervision.policy_workbook import write_policy
from supervision.rulebook import differences, in_force, rulebook
from supervision.view import html, shell
from supervision.workbooks import bytes_of, csv_text

VIEWS = {"rules": "办法", "metrics": "口径", "trial": "换办法试算"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

period = shell.period()
history = shell.rows("policy_history")
rules = in_force(history)
versions = [f"{day:%Y-%m-%d}" for day in sorted(history["effective_from"].unique(), reverse=True)]

head = st.empty()
with st.container(horizontal=True, vertical_alignment="center", key="policy_bar"):
    view = shell.switch("view", list(VIEWS), VIEWS.__getitem__)
    other = shell.choose("policy_on", versions, "选一个生效日期试算") if view == "trial" and versions[1:] else None
    st.download_button(
        "导出考核办法",
        lambda: bytes_of(lambda path: write_policy(history, path)),
        "考核办法.xlsx",
        XLSX,
        disabled=history.empty,
    )
    st.page_link("pages/intake.py", label="改好以后去数据导入")
with head:
    html.show("head", title=titles.policy(history, period), question=footnotes.policy_question(shell.label(period)))

if view == "rules":
    if history.empty:
        html.show("sentence", text="还没有考核办法；请到数据导入下载模板，填好后导入。", wrong=False)
    html.show("policy_rules", columns=rulebook(history))
    html.show("foot", text=footnotes.POLICY_FOOT)
elif view == "metrics":
    points = {rule: rules[rules["rule"] == rule].set_index("subject")["value"].to_dict() for rule in ITEMS}
    html.show("policy_metrics", metrics=[*METRICS, *OF_CHIEFS], points=points)
    html.show("foot", text="计分的指标写明分值；比率没有分母时写 —，不当作 0 或 100 %。")
elif other is None:
    html.show("sentence", text=footnotes.how_to_try(versions), wrong=False)
else:
    day = date.fromisoformat(other)
    both = trial.compared(shell.rows("town_ranking"), shell.rows("town_ranking", policy_on=day))
    html.show("section", title=titles.trial(both, day), note=f"{period.name}，数据不变，只换办法")
    left, right = st.columns([58, 42], gap="large")
    with left:
        html.show("policy_trial", rows=html.records(both), other=other)
        st.download_button("导出对比", csv_text(both, headings.TRIAL), f"换办法试算_{other}.csv", "text/csv")
    with right:
        changes = differences(history, shell.rows("policy_history", policy_on=day))
        html.show("policy_differences", rows=changes, other=other)
        html.show("foot", text=footnotes.TRY_BEFORE)
