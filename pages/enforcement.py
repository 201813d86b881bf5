"""部门执法: which departments enforce little (执法量少、执法力度小), and by which stated limit; how they work together."""

import streamlit as st

from supervision import department_titles, footnotes, titles
from supervision.view import departments as show
from supervision.view import html, shell, strip

shell.need("departments", "enforcement")
period, fresh = shell.period(), shell.fresh()
departments = shell.rows("enforcement_by_department")
linkage = shell.rows("linkage_by_department")
past = department_titles.compared_foot(period, fresh["oldest_fact"], fresh["newest_fact"])
due = department_titles.target_foot(departments, period, fresh["oldest_fact"])

head, figures = st.container(), st.container()
view, unit = show.choose(departments)

if unit:
    chosen = html.records(departments[departments["department"] == unit])[0]
    with head:
        html.show("head", title=department_titles.one(chosen, period), question="这个部门做了什么，手上有什么")
    with figures:
        linked = html.records(linkage[linkage["department"] == unit])[0]
        strip.show(strip.department(chosen, linked, period))
    show.one(chosen, period)
elif view == "volume":
    totals = shell.trend("enforcement_total")
    with head:
        title = department_titles.volume(departments, totals, period)
        html.show("head", title=title, question="各部门做了多少，比上期、比去年同期是多是少")
    with figures:
        strip.show(strip.enforcement(totals, departments, period))
    show.comparison("department_volumes", departments, period)
    html.show("foot", text=f"联合执法按参与部门各计一次，其余各项只计报送部门。{past}")
elif view == "staff":
    with head:
        title = department_titles.staff(departments)
        html.show("head", title=title, question="按人数、职权、年度目标衡量，谁做得少；先在同一领域内比")
    show.comparison("department_staff", departments, period)
    html.show("foot", text=due + footnotes.LIMITS)
elif view == "joint":
    pairs = shell.rows("joint_pairs")
    total = int(shell.rows("enforcement_total")["joint_actions"].iloc[0])
    with head:
        title = department_titles.joint(pairs, departments, total, period)
        html.show("head", title=title, question="谁和谁联合执法，谁没有参加")
    show.joint(pairs, departments)
    html.show("foot", text=department_titles.joint_foot(pairs))
elif view == "linkage":
    totals = shell.trend("linkage_total")
    now = html.records(totals)[-1]
    steps = shell.rows("shirked_steps")
    with head:
        title = department_titles.linkage(now, linkage, period)
        html.show("head", title=title, question="交办的问题多久签收，在谁手里退回、转办、推诿")
    with figures:
        strip.show(strip.linkage(totals, period))
    left, right = st.columns([54, 46], gap="large")
    with left:
        show.linkage(linkage)
    with right:
        html.show("section", title=department_titles.shirked(steps), note="本期新增，或此前而未整改完的")
        show.shirked(steps, period.end.year)
    html.show("foot", text=department_titles.linkage_foot(now))
elif view == "idle":
    idle = departments[departments["cases_opened"].fillna(0) == 0]
    problems = shell.rows("remit_problems")
    problems = problems[problems["department"].isin(idle["department"])]
    with head:
        title = department_titles.idle(departments, period)
        html.show("head", title=title, question="哪些部门没有立案，从什么时候起，职责内有没有问题")
    left, right = st.columns([46, 54], gap="large")
    with left:
        show.idle(idle, period)
    with right:
        html.show("section", title=f"职责内本期发现的问题 {len(problems)} 件", note="按问题类别属于该部门职责")
        show.listing("department_remit", problems, period, "没有立案的部门，职责内本期也没有发现问题。")
else:
    totals = shell.trend("enforcement_total")
    with head:
        title = titles.enforcement(departments, period)
        html.show("head", title=title, question="哪些部门执法量少、执法力度小，依据是什么")
    with figures:
        strip.show(strip.enforcement(totals, departments, period))
    show.comparison("enforcement", departments, period)
    html.show("foot", text=footnotes.LIMITS + past + due)
