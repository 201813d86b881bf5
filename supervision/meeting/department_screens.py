"""The screens about departments and about the points that the city listed (市级挂账点)."""

import pandas as pd

from supervision import decisions, titles, watch_titles
from supervision.answers import Answers
from supervision.footnotes import LIMITS
from supervision.formats import day, number
from supervision.meeting.cells import LISTED, definitions, state_cell, text
from supervision.meeting.screens import Bar, Cell, Column, Part, Screen, Step, Table
from supervision.reasons import verdict
from supervision.wording import Row


def departments(answers: Answers) -> Screen:
    """Every department with its volume and its verdict, the flagged ones first, then those with the fewest cases."""
    frame = answers.rows("enforcement_by_department")
    order = frame.assign(quiet=frame["flags"].isna(), share=frame["inspections_per_officer"] / frame["group_median"])
    order = order.sort_values(["quiet", "cases_opened", "share"], kind="stable", na_position="first")
    most = float(frame["inspections"].fillna(0).max()) or 1.0
    columns = (
        Column("部门", 14),
        Column("领域", 9),
        Column("检查", 6, right=True),
        Column("", 10),
        Column("人均", 6, right=True),
        Column("立案", 5, right=True),
        Column("判定（实绩和限值）", 50, wraps=True),
    )
    rows = tuple(_department(row, most) for row in order.to_dict("records"))
    title = titles.enforcement(frame, answers.period, answers.fresh["newest_fact"])
    asked = decisions.decide_idle(frame, answers.period)
    flagged = int(frame["flags"].notna().sum())
    return Screen(
        "departments",
        "部门执法",
        title,
        red="零执法" if "零执法" in title else "",
        table=Table(columns, rows),
        ask=asked.question if asked else f"被判定的 {flagged} 个部门，是否督促" if flagged else "",
        foot=LIMITS,
        notes=("检查、立案为本期各部门报送的合计，联合执法按参与部门各计一次；人均为检查次数除以执法人数。", LIMITS),
    )


def _department(row: Row, most: float) -> tuple[Cell | Bar, ...]:
    judged = verdict(row)
    count: float = 0.0 if pd.isna(row["inspections"]) else float(row["inspections"])
    words = f"■ {'、'.join(judged.flags)}　{'、'.join(judged.figures)}" if judged.flags else ""
    return (
        Cell(row["department"], "strong"),
        Cell(text(row["field"])),
        Cell(number(row["inspections"])),
        Bar((Part(count, "amount"),), most),
        Cell(number(row["inspections_per_officer"], 1)),
        Cell(number(row["cases_opened"]), "late" if "cases_opened" in judged.failed else ""),
        Cell(words, "late" if words else ""),
    )


def watchlist(answers: Answers) -> Screen:
    """The points that are not cleared, the longest overdue first, and how many days are left to the inspection."""
    frame, inspection = answers.rows("watch_points"), watch_titles.coming(answers.rows("next_inspection"))
    title, left = watch_titles.points(frame, inspection), watch_titles.uncleared(frame)
    notes = (watch_titles.points_foot(inspection), *definitions("watchlist_clearance"))
    cleared, late = len(frame) - len(left), int((left["state"] == "逾期").sum())
    if left.empty:
        return Screen("watchlist", "挂账点", title, nothing="没有未销账的市级挂账点。", notes=notes)
    columns = (
        Column("镇乡街道", 14),
        Column("挂账问题", 30),
        Column("河流", 11),
        Column("状态", 13),
        Column("时限", 10),
        Column("责任单位", 13),
        Column("现在在谁手里", 18),
    )
    rows = tuple(_point(row, answers.period.end.year) for row in left.head(LISTED).to_dict("records"))
    steps = [
        Step(len(left), number(len(left)), "未销账", "over_30" if late else "near"),
        *([Step(cleared, number(cleared), "已销账", "amount")] if cleared else []),
    ]
    asked = decisions.decide_listed(answers.rows("open_problems"))
    more = f"另有 {len(left) - LISTED} 处未销账" if len(left) > LISTED else f"已销账 {cleared} 处"
    more += f"；天数和状态按 {day(answers.as_of, answers.period.end.year)}计"
    return Screen(
        "watchlist",
        "挂账点",
        title,
        red=f"{late} 处逾期" if late else "",
        ladder=tuple(steps),
        table=Table(columns, rows),
        ask=asked.question if asked else "",
        foot=more,
        notes=notes,
    )


def _point(row: Row, year: int) -> tuple[Cell | Bar, ...]:
    moved: str = "" if pd.isna(row["action"]) else f"{text(row['to_unit'])}（{row['action']}）"
    return (
        Cell(text(row["town"]), "strong"),
        Cell(text(row["description"])),
        Cell(text(row["river"])),
        state_cell(row),
        Cell(day(row["due_on"], year)),
        Cell(text(row["department"])),
        Cell(moved or "—"),
    )
