"""数据来历: why a figure is what it is, and every row behind it."""

import streamlit as st

from supervision import evidence, footnotes
from supervision.metrics import METRICS
from supervision.view import html, shell
from supervision.workbooks import csv_text

LISTED = 200

shell.need("towns")
period = shell.period()
towns = shell.rows("town_list").set_index("town")["town_code"]
metrics = {metric.code: metric for metric in METRICS}
shell.need_known("metric", metrics, "指标")
shell.need_known("town", towns.index, "镇乡街道")

head = st.container()
with st.container(horizontal=True, vertical_alignment="center", key="why"):
    metric = metrics[
        shell.choose("metric", list(metrics), "指标", 220, lambda code: metrics[code].name) or METRICS[0].code
    ]
    town = shell.choose("town", towns.index.tolist(), "全区")
    export = st.container(width="content")

code = towns[town] if town else None
found = evidence.evidence(
    metric,
    town or "全区",
    code,
    shell.rows("town_metrics" if town else "district_metrics"),
    shell.rows(metric.behind, metric=metric.code, town=code),
)

with head:
    html.show("head", title=evidence.title(found), question="这个数怎么来的：口径、分子分母、由哪些行合计而成")
html.show(
    "why_sources",
    lines=evidence.sources(found, period, shell.as_of(), shell.policy_version(), footnotes.batch(shell.opened_batch())),
)
if len(found.rows):
    html.show(
        "why_rows",
        headings=found.headings,
        rows=html.records(found.rows.head(LISTED)),
        problems=metric.behind == evidence.PROBLEM,
        address=shell.address(),
    )
html.show("foot", text=evidence.footing(found, LISTED))
export.download_button(
    "导出全部行",
    lambda: csv_text(found.rows, found.headings),
    f"{found.place}{metric.name}_{period.end}.csv",
    "text/csv",
    disabled=found.rows.empty,
)
