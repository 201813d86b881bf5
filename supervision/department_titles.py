"""Sentences of the page 部门执法 beside its verdicts: volumes, staff, joint action, hand-overs, one department.

As in titles: every function takes frames as the queries give them and is total.
"""

from datetime import date

import pandas as pd

from supervision.formats import day, number, rate, volume_change
from supervision.periods import Period
from supervision.reasons import verdict
from supervision.wording import Row, department_name, listed, when

DAYS_A_WEEK = 7
OFTEN, SLOW = 5, 1.5
"""A department is named as slow when it signed so often and took so many times the district's median."""
CLOSED = ("待销号", "已销号")
"""The states of a problem that is done."""


def volume(totals: pd.DataFrame, earlier: Row, departments: pd.DataFrame, period: Period) -> str:
    """All inspections, and the department that fell most, if any did; `earlier` is what the period is compared with."""
    inspections = totals["inspections"].iloc[-1]
    change = ""
    if pd.notna(inspections) and earlier["inspections"]:
        name = period.name_of_comparable(totals["end"].iloc[-1].date())
        change = f"，比{name} {volume_change(inspections / earlier['inspections'] - 1)}"
    fallen = departments[departments["change_previous"] < 0].sort_values("change_previous", kind="stable")
    worst = "；没有部门下降" if departments["change_previous"].notna().any() else ""
    if len(fallen):
        first = fallen.iloc[0]
        worst = f"；{department_name(first['department'])}降得最多（{volume_change(first['change_previous'])}）"
    return f"{when(period)}检查 {number(inspections)} 次{change}{worst}"


def staff(departments: pd.DataFrame) -> str:
    """Of the groups that can be compared, the department that lies farthest below its own group's median."""
    compared = departments[departments["group_median"].fillna(0) > 0].dropna(subset=["inspections_per_officer"])
    unknown = int(departments["officers"].isna().sum())
    silent = f"{unknown} 个部门没有执法人数" if unknown else ""
    if compared.empty:
        idle = departments["group_median"].notna().any()
        why = "各领域人均检查的中位数是 0 次" if idle else "各领域报执法人数的都不足 3 个部门"
        return "；".join(filter(None, (f"{why}，不比人均", silent)))
    compared = compared.assign(share=compared["inspections_per_officer"] / compared["group_median"])
    lowest = compared.sort_values(["share", "department"]).iloc[0]
    figure = number(lowest["inspections_per_officer"], 1)
    clause = (
        f"{department_name(lowest['department'])}人均检查 {figure} 次，"
        f"是{lowest['field']}领域中位数 {number(lowest['group_median'], 1)} 次的 {rate(lowest['share'])}，偏离最远"
    )
    return "；".join(filter(None, (clause, silent)))


def joint(pairs: pd.DataFrame, departments: pd.DataFrame, totals: pd.DataFrame, period: Period) -> str:
    """How many joint actions, each counted once, which pair most often, and who took part in none."""
    total = totals["joint_actions"].fillna(0).sum()
    if not total:
        return f"{when(period)}没有联合执法"
    named = pairs[pairs["partner"].notna()]
    most = ""
    if len(named):
        first = named.sort_values("actions", ascending=False, kind="stable").iloc[0]
        ties = int((named["actions"] == first["actions"]).sum())
        two = f"{department_name(first['department'])}与{department_name(first['partner'])}"
        most = f"，{two}{'等 ' + str(ties) + ' 对' if ties > 1 else ''}最多（{number(first['actions'])} 次）"
    alone = [department_name(name) for name in departments.loc[departments["joint_actions"] == 0, "department"]]
    none = f"；{listed(alone, '个部门')}没有参加" if alone else "；各部门都参加了"
    return f"{when(period)}联合执法 {number(total)} 次{most}{none}"


def linkage(totals: pd.DataFrame, departments: pd.DataFrame, period: Period) -> str:
    """How long signing takes, who lets wait longest, and how many problems were passed around lately."""
    total = totals.iloc[-1]
    if not total["received"] and not total["signed"] and not total["waiting"]:
        return f"{when(period)}没有交办、转办，也没有等签收的"
    clauses = []
    if total["signed"]:
        usual = total["hours_median"]
        clauses.append(f"签收一般用 {number(usual, 1)} 小时{_slowest(departments, usual)}")
    waiting = departments[departments["waiting"] > 0].sort_values("waiting_hours_max", ascending=False, kind="stable")
    if len(waiting):
        first = waiting.iloc[0]
        name, hours = department_name(first["department"]), number(first["waiting_hours_max"])
        clauses.append(f"{number(total['waiting'])} 次未签收，最久 {hours} 小时（{name}）")
    else:
        clauses.append(f"{number(total['waiting'])} 次未签收" if total["waiting"] else "都已签收")
    clauses.append(f"新增推诿 {number(total['shirked'])} 件" if total["shirked"] else "没有新增推诿")
    return "；".join(clauses)


def _slowest(departments: pd.DataFrame, usual: float) -> str:
    """The department with the longest median, if it signed often enough and clearly more slowly than is usual."""
    often = departments[departments["signed"] >= OFTEN].sort_values("hours_median", ascending=False, kind="stable")
    if often.empty or often["hours_median"].iloc[0] < SLOW * usual:
        return ""
    return f"，{department_name(often['department'].iloc[0])}最慢（{number(often['hours_median'].iloc[0], 1)} 小时）"


def idle(departments: pd.DataFrame, period: Period) -> str:
    """Which departments have no case in the period, since when the longest, and whether there was cause."""
    none = departments[departments["cases_opened"].fillna(0) == 0]
    if none.empty:
        return f"{len(departments)} 个部门{when(period)}都有立案"
    names = listed([department_name(name) for name in none["department"]], "个部门")
    problems = int(none["remit_problems"].sum())
    cause = f"，职责内发现问题 {number(problems)} 件" if problems else "，职责内也没有发现问题"
    dated = none.sort_values("days_without_case", ascending=False, na_position="first", kind="stable").iloc[0]
    who = "" if len(none) == 1 else f"{department_name(dated['department'])}"
    since = f"；{who}{without_case(dated.to_dict(), period)}"
    return f"{names}{_during(period)}没有立案{cause}{since}"


def without_case(department: Row, period: Period) -> str:
    """Since when a department has had no case: 上次立案 8月31日，已 59 天（8 周）."""
    days = department["days_without_case"]
    if pd.isna(days):
        return "有记录以来没有立过案"
    weeks = f"（{number(days // DAYS_A_WEEK)} 周）" if days >= DAYS_A_WEEK else ""
    return f"上次立案 {day(department['last_case_on'], period.end.year)}，已 {number(days)} 天{weeks}"


def one(department: Row, period: Period) -> str:
    """One department's title: its volume, its cases, and what it is flagged for."""
    judged = verdict(department)
    did = f"{department['department']}{_during(period)}检查 {number(department['inspections'])} 次"
    opened = f"立案 {number(department['cases_opened'])} 件"
    if judged.flags:
        return f"{did}、{opened}：{'、'.join(judged.flags)}"
    return f"{did}、{opened}，未触及限值"


def powers(used: pd.DataFrame, department: Row) -> str:
    """How many of a department's powers were used in the period, and how many ever."""
    now = int((used["returns"] > 0).sum())
    total = department["powers"]
    if pd.isna(total):
        return f"本期用到职权 {now} 项，曾用 {len(used)} 项；名录没有职权数"
    return f"{number(total)} 项职权，本期用到 {now} 项，曾用 {len(used)} 项"


def weeks(rows: pd.DataFrame) -> str:
    """Over the chart of a department's weeks: the last against the mean of those before."""
    known = rows.dropna(subset=["inspections"])
    if known.empty:
        return "各周没有报检查次数"
    last, before = known["inspections"].iloc[-1], known["inspections"].iloc[:-1]
    if before.empty:
        return f"这一周检查 {number(last)} 次"
    return f"最近一周检查 {number(last)} 次，此前 {len(before)} 周平均 {number(before.mean(), 1)} 次"


def compared_foot(period: Period, oldest: date, newest: date) -> str:
    """What the changes are measured against, and where there is no past."""
    notes = []
    if newest < period.end:
        notes.append(f"本期只到 {day(newest, period.end.year)}，与此前各期的同样天数相比。")
    if oldest > period.last_year.end:
        notes.append(f"记录始于 {day(oldest, 0)}，没有去年同期可比。")
    elif oldest > period.last_year.start:
        notes.append(f"记录始于 {day(oldest, 0)}，去年同期不全。")
    if oldest > period.previous.start:
        notes.append(f"{period.name_of_previous}{'没有' if oldest > period.previous.end else '只有部分'}记录。")
    return "".join(notes)


def target_foot(departments: pd.DataFrame, period: Period, oldest: date) -> str:
    """How the target due by now is counted, which understates a year whose records begin late."""
    if departments["yearly_cases"].isna().all():
        return "名录没有年度办案目标，不比进度。"
    late = oldest > date(period.end.year, 1, 1)
    note = f"，{day(oldest)}前立的案不在记录内" if late else ""
    return f"应办按年度目标从 1 月 1 日起逐日摊算{note}。"


def shirked(steps: pd.DataFrame) -> str:
    """Over the list of problems passed around: how many, and through how many hands at most."""
    problems = steps.drop_duplicates("problem")
    if problems.empty:
        return "没有推诿的问题"
    return f"推诿 {len(problems)} 件，最多的一件退回、转办 {number(problems['passes'].max())} 次"


def remit(problems: pd.DataFrame) -> str:
    """Over the problems in the remit of departments without a case; one may be in the remit of several."""
    if problems.empty:
        return "职责内没有发现问题"
    left = int((~problems.drop_duplicates("problem")["state"].isin(CLOSED)).sum())
    return f"职责内本期发现问题 {problems['problem'].nunique()} 件" + (f"，{left} 件未整改完" if left else "，都已整改")


def joint_foot(pairs: pd.DataFrame) -> str:
    """How to read the matrix, and how many joint actions name no partner."""
    lone = int(pairs.loc[pairs["partner"].isna(), "actions"].sum())
    unnamed = f"另有 {number(lone)} 次没有写明参与部门，只计入合计。" if lone else ""
    return (
        "格内为两个部门一起参加的次数；三个部门的一次行动，三对各计一次，所以一行之和可以大于合计。"
        f"合计按参与部门各计一次。点数字看明细。{unnamed}"
    )


def linkage_foot(totals: pd.DataFrame) -> str:
    """How signing is matched to handing over, and which units are in no register."""
    total = totals.iloc[-1]
    unknown = (
        f"有 {number(total['unknown'])} 次交给了名录里没有的单位（{total['unknown_units']}），不计入任何部门。"
        if total["unknown"]
        else ""
    )
    return (
        "时数从交办或转办起，到该单位在再次流转前的第一次签收止，按签收日计入本期；未签收的另计，等到期末。"
        "推诿：同一问题退回、转办合计两次及以上，按第二次那天计。" + unknown
    )


def target(department: Row) -> str:
    """Cases this year, due by now and the target: 21／49.6／60; what is missing is said."""
    if pd.isna(department["yearly_cases"]):
        return "没有目标"
    due, whole = number(department["target_due"]), number(department["yearly_cases"])
    return f"{number(department['cases_this_year'])}／{due}／{whole}"


def powers_used(department: Row) -> str:
    """Powers used of all: 12／180; what is missing is said."""
    if pd.isna(department["powers"]):
        return "没有职权数"
    return f"{number(department['powers_used'])}／{number(department['powers'])}"


def place(department: Row) -> str:
    """The place inside its own group: 2／4, or why there is none."""
    if pd.isna(department["officers"]) or not department["officers"]:
        return "没有人数"
    if pd.isna(department["group_rank"]):
        return "不足 3 个"
    return f"{number(department['group_rank'])}／{number(department['group_size'])}"


def _during(period: Period) -> str:
    """The period after a name: 10 月 with a blank before it, 本周 without."""
    return f" {when(period)}".replace(" 本", "本")
