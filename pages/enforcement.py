"""部门执法: which departments enforce little (执法量少、执法力度小), by which limits, and how they work together."""

import streamlit as st

from supervision import department_titles as say
from supervision import footnotes, headings, titles
from supervision.notice_words import flagged
from supervision.view import departments as show
from supervision.view import exports, html, shell, strip

shell.need("departments", "enforcement")
period, fresh = shell.period(), shell.fresh()
departments, linkage = shell.rows("enforcement_by_department"), shell.rows("linkage_by_department")
past = say.compared_foot(period, fresh["oldest_fact"], fresh["newest_fact"])
due = say.target_foot(departments, period, fresh["oldest_fact"])

shell.need_known("unit", departments["department"].tolist(), "部门")
head, figures = st.container(), st.container()
controls = st.container(horizontal=True, vertical_alignment="center", key="departments")
view, unit = show.choose(controls, departments)
urged = flagged(departments)["department"]
with controls:
    exports.enforcement(shell.answers(), [name for name in urged if unit in (None, name)])

if unit:
    chosen = html.records(departments[departments["department"] == unit])[0]
    linked = html.records(linkage[linkage["department"] == unit])[0]
    with head:
        html.show("head", title=say.one(chosen, period), question="这个部门做了什么，手上有什么")
    with figures:
        strip.show(strip.department(chosen, linked, period))
    show.one(chosen, period)
elif view == "joint":
    pairs, total = shell.rows("joint_pairs"), shell.rows("enforcement_total")
    with head:
        html.show("head", title=say.joint(pairs, departments, total, period), question="谁和谁联合执法，谁没有参加")
    show.joint(pairs, departments)
    show.export(controls, pairs, headings.PAIRS, "联合执法")
    html.show("foot", text=say.joint_foot(pairs))
elif view == "linkage":
    totals, earlier, steps = shell.trend("linkage_total"), show.earlier("linkage_total"), shell.rows("shirked_steps")
    with head:
        title = say.linkage(totals, linkage, period)
        html.show("head", title=title, question="交办的问题多久签收，在谁手里退回、转办、推诿")
    with figures:
        strip.show(strip.linkage(totals, earlier, period))
    left, right = st.columns([54, 46], gap="large")
    with left:
        show.linkage(linkage)
    with right:
        html.show("section", title=say.shirked(steps), note="本期新增，或此前而未整改完的")
        show.shirked(steps, period.end.year)
    show.export(controls, linkage, headings.LINKAGE, "部门联动")
    html.show("foot", text=say.linkage_foot(totals))
elif view == "idle":
    idle = departments[departments["cases_opened"].fillna(0) == 0]
    problems = shell.rows("remit_problems")
    problems = problems[problems["department"].isin(idle["department"])]
    with head:
        title = say.idle(departments, period)
        html.show("head", title=title, question="哪些部门没有立案，从什么时候起，职责内有没有问题")
    left, right = st.columns([46, 54], gap="large")
    with left:
        show.idle(idle, period)
    with right:
        html.show("section", title=say.remit(problems), note="按问题类别属于该部门职责，未整改完的在前")
        show.listing("department_remit", problems, period, "没有立案的部门，职责内本期也没有发现问题。")
    show.export(controls, problems, headings.REMIT, "职责内问题")
elif view == "staff":
    with head:
        title = say.staff(departments)
        html.show("head", title=title, question="按人数、职权、年度目标衡量，谁做得少；先在同一领域内比")
    show.comparison("department_staff", departments, period)
    show.export(controls, departments, headings.DEPARTMENTS, "部门执法")
    html.show("foot", text=due + footnotes.LIMITS)
else:
    totals, earlier = shell.trend("enforcement_total"), show.earlier("enforcement_total")
    with figures:
        strip.show(strip.enforcement(totals, earlier, departments, period))
    show.export(controls, departments, headings.DEPARTMENTS, "部门执法")
    if view == "volume":
        with head:
            title = say.volume(totals, earlier, departments, period)
            html.show("head", title=title, question="各部门做了多少，比上期、比去年同期是多是少")
        show.comparison("department_volumes", departments, period)
        html.show("foot", text=f"联合执法按参与部门各计一次，其余各项只计报送部门。{past}")
    else:
        with head:
            title = titles.enforcement(departments, period, fresh["newest_fact"])
            html.show("head", title=title, question="哪些部门执法量少、执法力度小，依据是什么")
        show.comparison("enforcement", departments, period)
        html.show("foot", text=past + due + footnotes.LIMITS)
