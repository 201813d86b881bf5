"""The screen of a focus: a town or a river looked at closely."""

from supervision import town_words
from supervision.answers import Answers
from supervision.formats import day, number
from supervision.meeting.cells import LISTED, definitions, state_cell, text
from supervision.meeting.pinned import Focus
from supervision.meeting.screens import Bar, Cell, Column, Part, Screen, Step, Table
from supervision.metrics import BY_CODE
from supervision.reasons import reasons
from supervision.wording import Row, item_name


def usual_focus(answers: Answers) -> Focus | None:
    """The town whose overdue problems have waited longest, their days summed; else the last of the ranking."""
    if not answers.holds_data or not answers.fresh["towns"]:
        return None
    towns = answers.rows("overdue_by_town")
    late = towns[towns["overdue"] > 0].sort_values("days_sum", ascending=False, kind="stable")
    if late.empty:
        ranking = answers.rows("town_ranking")
        late = ranking[ranking["rank"].notna()].iloc[::-1]
    return Focus("town", str(late["town"].iloc[0])) if len(late) else None


def focused(answers: Answers, focus: Focus | None) -> Screen:
    """The screen of the town or river; of an unknown one a sentence that says so."""
    if focus is None:
        return Screen("focus", "关注", "没有要特别关注的镇乡街道", nothing="没有逾期的问题，也没有可以排名的镇乡街道。")
    return _river(answers, focus.name) if focus.kind == "river" else _town(answers, focus.name)


def _town(answers: Answers, name: str) -> Screen:
    """A town: what its score is made of, and what it owes, the gravest first."""
    ranking = answers.rows("town_ranking")
    if name not in set(ranking["town"]):
        return Screen("focus", "关注", f"没有这个镇乡街道：{name}", nothing="请在关注一项另选一个。")
    town = ranking[ranking["town"] == name].iloc[0].to_dict()
    items = answers.rows("town_items")
    reason = reasons(ranking, items, answers.period)[name]
    own = items[(items["town"] == name) & ~items["outside"]]
    ladder = tuple(
        Step(
            row["points"],
            number(row["earned"], 1),
            f"{item_name(row['metric'])}（满 {number(row['points'])}）",
            "amount",
        )
        for row in own.to_dict("records")
    )
    problems = answers.rows("problem_list", state=None)
    owed = problems[(problems["town"] == name) & problems["state"].isin(("逾期", "无时限", "临期"))]
    shown = owed.head(LISTED - 2)
    columns = (
        Column("状态", 13),
        Column("问题", 40),
        Column("河流", 12),
        Column("时限", 11),
        Column("责任单位", 16),
        Column("责任人", 11),
    )
    rows = tuple(
        (
            state_cell(row),
            Cell(text(row["description"]), "strong"),
            Cell(text(row["river"])),
            Cell(day(row["due_on"], answers.period.end.year)),
            Cell(text(row["department"])),
            Cell(text(row["person"])),
        )
        for row in shown.to_dict("records")
    )
    late = int((owed["state"] == "逾期").sum())
    return Screen(
        "focus",
        "关注",
        town_words.town_title(town, reason, answers.period),
        ladder=ladder,
        table=Table(columns, rows, named_by=1) if rows else None,
        nothing="" if rows else f"{name}没有逾期、临期和无时限的问题。",
        ask=f"{name}逾期 {late} 件，何时清零" if late else "",
        foot=f"得分按考核项列出；逾期、无时限、临期共 {len(owed)} 件"
        + (f"，列出前 {len(shown)} 件" if len(owed) > len(shown) else ""),
        notes=definitions(*(code for code in own["metric"] if code in BY_CODE)),
    )


def _river(answers: Answers, name: str) -> Screen:
    """A river: section by section who walks it and what is open there, the most overdue first."""
    sections = answers.rows("river_sections", river=name)
    if sections.empty:
        return Screen("focus", "关注", f"没有这条河：{name}", nothing="请在关注一项另选一条。")
    late, found = int(sections["overdue"].sum()), int(sections["found"].sum())
    unwalked = int((sections["patrols"] == 0).sum())
    clauses = [
        f"逾期 {late} 件" if late else "没有逾期",
        f"在办 {number(sections['open'].sum())} 件",
        f"{unwalked} 段{answers.period.name}没有人巡" if unwalked else f"{answers.period.name}每段都有人巡",
    ]
    order = sections.sort_values(["overdue", "open", "patrols"], ascending=[False, False, True], kind="stable")
    most = float(order["patrols"].max()) or 1.0
    columns = (
        Column("河段", 26),
        Column("镇乡街道", 16),
        Column("巡河", 8, right=True),
        Column("", 14),
        Column("上次巡河", 12),
        Column("新发现", 8, right=True),
        Column("在办", 8, right=True),
        Column("逾期", 8, right=True),
    )
    rows = tuple(_section(row, most, answers.period.end.year) for row in order.head(LISTED).to_dict("records"))
    return Screen(
        "focus",
        "关注",
        f"{name} {len(sections)} 段：{'，'.join(clauses)}",
        red=f"逾期 {late} 件" if late else "",
        table=Table(columns, rows),
        ask=f"{name}逾期 {late} 件，由哪一级河长牵头清零" if late else "",
        foot=f"{answers.period.name}新发现 {found} 件；按逾期、在办列出前 {len(rows)} 段，共 {len(sections)} 段",
        notes=("巡河为本期在该段的全部巡河次数，有效无效都计。", *definitions("overdue", "open")),
    )


def _section(row: Row, most: float, year: int) -> tuple[Cell | Bar, ...]:
    return (
        Cell(text(row["name"]), "strong"),
        Cell(text(row["town"])),
        Cell(number(row["patrols"]), "late" if not row["patrols"] else ""),
        Bar((Part(float(row["patrols"]), "amount"),), most),
        Cell(day(row["last_patrol"], year)),
        Cell(number(row["found"])),
        Cell(number(row["open"])),
        Cell(number(row["overdue"]), "late" if row["overdue"] else ""),
    )
