"""导出: the documents of the chosen period, each made when its button is pressed; and notices of what a page chose."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from supervision.answers import Answers
from supervision.documents.making import DOCUMENTS, DOCX, ENFORCEMENT, MIME, OVERDUE, Document, named, packed
from supervision.documents.notices import By, Notice, enforcement_notices, notified_units, overdue_notices
from supervision.meeting.minutes import Minutes
from supervision.view import html


def menu(answers: Answers, minutes: Minutes) -> None:
    """The button 导出 with a button for each document, and under them how fresh it will be."""
    with st.popover("导出", key="documents"):
        for kind, document in DOCUMENTS.items():
            st.download_button(
                document.title,
                partial(document.whole, answers, minutes),
                document.name(answers.period),
                document.mime,
                key=f"document_{kind}",
                on_click="ignore",
                width="stretch",
            )
        html.show("foot", text=f"{answers.reach(0)}，第 {answers.snapshot.info.batch} 批。点后现做，约需几秒。")


def overdue(answers: Answers, problems: pd.DataFrame, by: By = "town") -> None:
    """The button 督办单 for what is overdue of chosen problems: one to each town, or to each department."""
    late = problems[problems["state"] == "逾期"] if "state" in problems else problems.head(0)
    units = notified_units(answers, late, by=by)
    only = str(late["code"].iloc[0]) if len(late) == 1 else f"{len(late)}件"
    _button(OVERDUE, answers, units, lambda: overdue_notices(answers, late, by=by), only)


def enforcement(answers: Answers, departments: Sequence[str]) -> None:
    """The button 督促整改通知 for flagged departments."""
    _button(ENFORCEMENT, answers, departments, lambda: enforcement_notices(answers, departments))


def _button(
    document: Document, answers: Answers, units: Sequence[str], make: Callable[[], Sequence[Notice]], only: str = ""
) -> None:
    """The notice to one unit as the .docx that it is, those to several as an archive; without units it is switched off.

    `only` says what a notice to one unit is about, one problem or how many: it stands in the name of the file.
    """
    alone = len(units) == 1

    def content() -> bytes:
        files = [named(notice, document.stem, answers.period) for notice in make()]
        return files[0].content if alone else packed(files, document.nothing)

    suffix = DOCX if alone else document.suffix
    name = "_".join(filter(None, (document.stem, str(answers.period.end), *((units[0], only) if alone else ()))))
    st.download_button(
        document.title,
        content,
        f"{name}{suffix}",
        MIME[suffix],
        disabled=not units,
        key=f"notices_{document.stem}",
        on_click="ignore",
    )
