"""The screens about towns: the ranking, what is overdue by town, and what has waited longest."""

import pandas as pd

from supervision import decisions, titles
from supervision.answers import Answers
from supervision.footnotes import left_out
from supervision.formats import day, number
from supervision.meeting.cells import LISTED, definitions, text
from supervision.meeting.screens import Bar, Cell, Column, Part, Screen, Shade, Step, Table
from supervision.metrics import BY_CODE
from supervision.reasons import reasons
from supervision.wording import AGES, Row, item_name

SHADES: dict[str, Shade] = {"late_over_30": "over_30", "late_8_30": "to_30", "late_1_7": "to_7"}
FULL_SCORE = 100
NARROW = 0.04
"""A part of a bar shorter than this share of the cell has no room for its digits."""


def ranking(answers: Answers) -> Screen:
    """All towns by rank, with their movement and its cause; those that are not ranked at the foot."""
    frame, items = answers.rows("town_ranking"), answers.rows("town_items")
    why = reasons(frame, items, answers.period)
    columns = (
        Column("名次", 5, right=True),
        Column("镇乡街道", 14),
        Column("升降", 6),
        Column("得分", 7, right=True),
        Column("", 22),
        Column("等级", 8),
        Column("得分变动的主因", 38),
    )
    rows = tuple(_ranked(row, why[row["town"]]) for row in frame.to_dict("records"))
    asked = decisions.decide_failing(frame) or decisions.decide_fallen(frame)
    return Screen(
        "ranking",
        "镇乡排名",
        titles.ranking(frame, answers.period),
        table=Table(columns, rows, named_by=1),
        ask=asked.question if asked else "",
        foot=left_out(frame, answers.period),
        notes=tuple(
            f"{item_name(code)}：{BY_CODE[code].definition}" for code in items["metric"].unique() if code in BY_CODE
        ),
    )


def _ranked(row: Row, reason: str) -> tuple[Cell | Bar, ...]:
    unranked = pd.isna(row["rank"])
    score: float | None = None if pd.isna(row["score"]) else float(row["score"])
    parts: tuple[Part, ...] = ()
    if score is not None:
        parts = (Part(score, "amount"), Part(max(0.0, FULL_SCORE - score), "rest"))
    failing = bool(row["failing"]) and not unranked
    status = row["status"] if row["status"] != "正常" else "不排名"
    return (
        Cell("—" if unranked else number(row["rank"]), "strong"),
        Cell(row["town"], "strong"),
        Cell("—" if unranked else _moved(row["rank_change"])),
        Cell(number(score, 1)),
        Bar(parts, FULL_SCORE),
        Cell(status if unranked else f"■ {row['band']}" if failing else text(row["band"]), "late" if failing else ""),
        Cell(reason),
    )


def _moved(change: float) -> str:
    if pd.isna(change):
        return "—"
    return "持平" if not change else f"{'▲' if change > 0 else '▼'}{number(abs(change))}"


def overdue(answers: Answers) -> Screen:
    """The ten towns with most overdue, by age, each with its oldest problem."""
    towns, problems = answers.rows("overdue_by_town"), _late(answers)
    total, soon = int(towns["overdue"].sum()), int(towns["due_soon"].sum())
    late = towns[towns["overdue"] > 0].sort_values(["overdue", "days_sum"], ascending=False, kind="stable")
    title = titles.overdue(towns)
    if late.empty:
        return Screen("overdue", "逾期整改", title, nothing="全部在时限之内。", notes=definitions("overdue"))
    oldest = problems.drop_duplicates("town").set_index("town").to_dict("index")
    most = float(late["overdue"].max())
    columns = (
        Column("镇乡街道", 20),
        Column("逾期", 6, right=True),
        Column("按逾期天数", 30),
        Column("最长", 8, right=True),
        Column("拖得最久的一件", 24),
        Column("责任单位", 16),
    )
    rows = tuple(_late_town(row, oldest.get(row["town"], {}), most) for row in late.head(LISTED).to_dict("records"))
    steps = [
        Step(int(towns[column].sum()), number(towns[column].sum()), AGES[column], shade)
        for column, shade in SHADES.items()
        if towns[column].sum()
    ]
    if soon:
        steps.append(Step(soon, number(soon), "临期", "near", apart=True))
    asked = decisions.decide_old(towns) or decisions.decide_undated(towns) or decisions.decide_due(towns)
    rest = late.iloc[LISTED:]
    more = f"另有 {len(rest)} 个镇乡街道逾期 {number(rest['overdue'].sum())} 件" if len(rest) else ""
    without = f"其余 {len(towns) - len(late)} 个镇乡街道无逾期" if len(towns) > len(late) else ""
    return Screen(
        "overdue",
        "逾期整改",
        title,
        red=f"{number(total)} 件",
        ladder=tuple(steps),
        table=Table(columns, rows),
        ask=asked.question if asked else "",
        foot="；".join(filter(None, (more, without))),
        notes=definitions("overdue", "due_soon", "late_done"),
    )


def _late(answers: Answers) -> pd.DataFrame:
    """All that is overdue, the longest first."""
    return answers.rows("problem_list", state="逾期").sort_values(
        ["days_late", "position"], ascending=[False, True], kind="stable"
    )


def _late_town(row: Row, oldest: Row, most: float) -> tuple[Cell | Bar, ...]:
    parts = tuple(
        Part(float(row[column]), shade, number(row[column]) if row[column] >= NARROW * most else "")
        for column, shade in SHADES.items()
        if row[column]
    )
    status = "" if row["status"] == "正常" else f"（{row['status']}）"
    return (
        Cell(f"{row['town']}{status}", "strong"),
        Cell(number(row["overdue"]), "strong"),
        Bar(parts, most),
        Cell(f"{number(row['days_max'])} 天", "late" if row["late_over_30"] else ""),
        Cell(text(oldest.get("description"))),
        Cell(text(oldest.get("department"))),
    )


def oldest(answers: Answers) -> Screen:
    """The ten problems that have waited longest, whose they are."""
    problems = _late(answers)
    if problems.empty:
        return Screen(
            "oldest", "最久十件", "没有逾期未整改的问题", nothing="全部在时限之内。", notes=definitions("overdue")
        )
    shown = problems.head(LISTED)
    shortest, longest = shown["days_late"].min(), shown["days_late"].max()
    span = f"{number(longest)} 天"
    if shortest < longest:
        span = f"{number(shortest)} 至 {span}"
    elif len(shown) > 1:
        span = f"都是 {span}"
    title = f"拖得最久的 {len(shown)} 件，{span}"
    units = shown["department"].fillna("").value_counts()
    first, *others = units.tolist()
    if first > max([1, *others]):
        unit = units.index[0]
        title += f"；{unit} {first} 件最多" if unit else f"；{first} 件未写明责任单位"
    columns = (
        Column("逾期", 9, right=True),
        Column("镇乡街道", 15),
        Column("问题", 36),
        Column("时限", 10),
        Column("责任单位", 16),
        Column("责任人", 10),
    )
    rows = tuple(
        (
            Cell(f"{number(row['days_late'])} 天", "late"),
            Cell(text(row["town"]), "strong"),
            Cell(text(row["description"])),
            Cell(day(row["due_on"], answers.period.end.year)),
            Cell(text(row["department"])),
            Cell(text(row["person"])),
        )
        for row in shown.to_dict("records")
    )
    return Screen(
        "oldest",
        "最久十件",
        title,
        red=f"{number(longest)} 天",
        table=Table(columns, rows, named_by=1),
        ask=f"这 {len(shown)} 件，是否逐件限期办结、下周销号",
        foot=f"全区逾期 {number(len(problems))} 件，按逾期天数列出前 {len(shown)} 件",
        notes=definitions("overdue"),
    )
