"""The notices: 督办单 for overdue problems, a unit each, and 督促整改通知 for departments that enforce little."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from supervision import notice_words as say
from supervision.answers import Answers
from supervision.documents.official import OFFICE, Column, Paper
from supervision.documents.source import running_head
from supervision.intake.names import government
from supervision.wording import Row

By = Literal["town", "department"]

PROBLEMS = (
    Column("序号", 10),
    Column("问题编号", 26, "left"),
    Column("发现日期", 21),
    Column("河段", 17, "left"),
    Column("问题和整改措施", 33, "left"),
    Column("整改时限", 21),
    Column("逾期\n天数", 10),
    Column("责任单位\n责任人", 25, "left"),
)
REMIT = (
    Column("序号", 10),
    Column("问题编号", 26, "left"),
    Column("发现日期", 21),
    Column("镇乡街道", 29, "left"),
    Column("问题", 36, "left"),
    Column("责任单位", 25, "left"),
    Column("状态", 15),
)


@dataclass(frozen=True)
class Notice:
    """A notice to a unit: its number, to whom, under which name to file it, and the .docx."""

    number: str
    unit: str
    file_name: str
    content: bytes


def overdue_notices(answers: Answers, problems: pd.DataFrame | None = None, *, by: By = "town") -> list[Notice]:
    """督办单: one to each town, or to each unit that answers, with overdue problems; none where nothing is overdue.

    `problems` are the chosen rows of problem_list, by default all that are overdue. `by` department sends them to the
    责任部门, or to the town's government where the ledger names none. Numbers do not depend on what is chosen. Notices
    are the district's: QueryRefused for anybody else.
    """
    chosen = answers.rows("problem_list", state="逾期") if problems is None else problems
    if chosen.empty:
        return []
    units = chosen["town"] if by == "town" else chosen["department"].fillna(chosen["town"].map(government))
    places = _places(answers)
    return [
        _overdue_notice(answers, unit, places[unit], chosen[units == unit])
        for unit in sorted(set(units), key=lambda unit: places[unit])
    ]


def enforcement_notices(answers: Answers, departments: Sequence[str] | None = None) -> list[Notice]:
    """督促整改通知: one to each flagged department, or to those of `departments` that are flagged."""
    every = answers.rows("enforcement_by_department")
    flagged = say.flagged(every)
    if departments is not None:
        flagged = flagged[flagged["department"].isin(departments)]
    if flagged.empty:
        return []
    places = {name: place for place, name in enumerate(every["department"], 1)}
    remits = answers.rows("remit_problems")
    return [
        _enforcement_notice(answers, row, places[row["department"]], remits[remits["department"] == row["department"]])
        for row in flagged.to_dict("records")
    ]


def _places(answers: Answers) -> dict[str, int]:
    departments = answers.rows("enforcement_by_department")["department"].tolist()
    named = answers.rows("overdue_by_unit", by="department")["unit"].dropna().tolist()
    return dict(say.order_of(answers.rows("town_list"), departments, named))


def _overdue_notice(answers: Answers, unit: str, place: int, problems: pd.DataFrame) -> Notice:
    number, as_of = say.numbered(say.PRESSED, answers.period, place), answers.as_of
    terms = say.terms_of(answers.rows("pressed_deadline"))
    paper = Paper(say.OVERDUE_TITLE, on=as_of, running=running_head(answers))
    paper.number(number)
    paper.addressee(say.authority(unit))
    paper.text(say.opening(problems, as_of, say.calls(unit)))
    paper.head("督办的问题")
    paper.table(PROBLEMS, say.problem_rows(problems, as_of))
    paper.head("督办依据")
    for text in say.overdue_rule(answers.rows("rules_in_force"), terms):
        paper.text(text)
    paper.head("办理要求")
    for paragraph in say.demands(terms, as_of, OFFICE, what="完成上列问题的整改并申请销号"):
        paper.text(paragraph.text, lead=paragraph.lead, together=paragraph.is_last)
    paper.signed(receipt=say.receipt(say.authority(unit)))
    return Notice(number, unit, say.file_name("督办单", place, unit), paper.to_bytes())


def _enforcement_notice(answers: Answers, department: Row, place: int, problems: pd.DataFrame) -> Notice:
    unit, as_of = department["department"], answers.as_of
    number = say.numbered(say.URGED, answers.period, place)
    paper = Paper(say.ENFORCEMENT_TITLE, on=as_of, running=running_head(answers))
    paper.number(number)
    paper.addressee(unit)
    paper.text(say.enforcement_opening(answers.period, as_of))
    paper.head("触及的限值")
    for paragraph in say.flags(department):
        paper.text(paragraph.text, lead=paragraph.lead)
    paper.text(say.limits())
    paper.head("职责范围内的问题")
    paper.text(say.remit(problems, answers.period))
    if rows := say.remit_rows(problems, as_of):
        paper.table(REMIT, rows)
    paper.head("整改要求")
    terms = say.terms_of(answers.rows("pressed_deadline"))
    for paragraph in say.demands(terms, as_of, OFFICE, what="查明原因，拿出整改措施，对职责范围内的问题依法查处"):
        paper.text(paragraph.text, lead=paragraph.lead, together=paragraph.is_last)
    paper.signed(receipt=say.receipt(unit))
    return Notice(number, unit, say.file_name("督促整改通知", place, unit), paper.to_bytes())
