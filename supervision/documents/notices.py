"""The notices: 督办单 for overdue problems, a unit each, and 督促整改通知 for departments that enforce little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from supervision import notice_words as say
from supervision.answers import Answers
from supervision.documents.official import OFFICE, Column, Paper
from supervision.documents.source import running_head
from supervision.intake.names import towns_of
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

    `problems` are those overdue ones of problem_list that were chosen, by default all. `by` department sends them to
    the 责任部门, or to the town's government where the ledger names none. A period without data has none. A unit has
    one number, a town's government that of the town; a notice of only some of the unit's overdue problems says behind
    the number which. Notices are the district's: QueryRefused for anybody else.
    """
    every = answers.rows("problem_list", state="逾期")
    chosen = every if problems is None else problems
    if not (notified := notified_units(answers, chosen, by=by)):
        return []
    towns = _towns(answers)
    units, places = _units(chosen, by, towns), _places(answers)
    # The whole of a town is what is overdue there, whoever answers for it: else both forms of a notice to a town,
    # of different problems, would have the same number.
    of_towns, of_units = _units(every, "town", towns), _units(every, by, towns)
    return [
        _overdue_notice(
            answers,
            unit,
            places[unit],
            chosen[units == unit],
            every[(of_towns if unit in towns else of_units) == unit],
            towns,
        )
        for unit in sorted(notified, key=lambda unit: places[unit])
    ]


def notified_units(answers: Answers, problems: pd.DataFrame, *, by: By = "town") -> list[str]:
    """The units to which `overdue_notices` of these problems go; none for a period without data."""
    if problems.empty or not answers.holds_data:
        return []
    return list(dict.fromkeys(_units(problems, by, _towns(answers))))


def enforcement_notices(answers: Answers, departments: Sequence[str] | None = None) -> list[Notice]:
    """督促整改通知: one to each flagged department, or to those of `departments` that are flagged.

    None for a period without data, or in which no department has sent a return.
    """
    if not answers.holds_data:
        return []
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


def _units(problems: pd.DataFrame, by: By, towns: Mapping[str, str]) -> "pd.Series[str]":
    """By problem the unit that a notice of it goes to; a town's government goes by the town's name."""
    if by == "town":
        return problems["town"]
    return problems["department"].fillna(problems["town"]).map(lambda name: towns.get(name, name))


def _towns(answers: Answers) -> dict[str, str]:
    return towns_of(answers.rows("town_list")["town"].tolist())


def _places(answers: Answers) -> dict[str, int]:
    departments = answers.rows("enforcement_by_department")["department"].tolist()
    named = answers.rows("overdue_by_unit", by="department")["unit"].dropna().tolist()
    return dict(say.order_of(answers.rows("town_list"), departments, named))


def _overdue_notice(
    answers: Answers, unit: str, place: int, problems: pd.DataFrame, whole: pd.DataFrame, towns: Mapping[str, str]
) -> Notice:
    part, as_of = say.part_of(problems, whole), answers.as_of
    number = say.numbered(say.PRESSED, answers.period, place, part)
    terms = say.terms_of(answers.rows("pressed_deadline"))
    paper = Paper(say.OVERDUE_TITLE, on=as_of, running=running_head(answers))
    paper.number(number)
    paper.addressee(say.authority(unit))
    paper.text(say.opening(problems, whole, as_of, say.calls(unit)))
    paper.head("督办的问题")
    paper.table(PROBLEMS, say.problem_rows(problems, as_of))
    paper.head("督办依据")
    for text in say.overdue_rule(answers.rows("rules_in_force"), terms):
        paper.text(text)
    paper.head("办理要求")
    for paragraph in say.demands(terms, as_of, OFFICE, what="完成上列问题的整改并申请销号"):
        paper.text(paragraph.text, lead=paragraph.lead, together=paragraph.is_last)
    paper.signed(receipt=say.receipt(say.authority(unit)), copied=say.copied(problems, unit, towns))
    return Notice(number, unit, say.file_name("督办单", place, unit, part), paper.to_bytes())


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
