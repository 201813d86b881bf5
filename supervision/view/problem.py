"""One problem's page: what the ledger says, every event in order, and what was found there before."""

import streamlit as st

from supervision import titles
from supervision.view import exports, html, shell


def show(code: str) -> None:
    """The whole history of the problem with that code, or one sentence when there is none."""
    cards = html.records(shell.rows("problem_card", code=code))
    back = shell.here(problem=None)
    if not cards:
        html.show(
            "head", title="没有这个问题", question="到期末为止的台账里没有这个编号；可能还没有发现，或不在您的范围内。"
        )
        html.show("problem_back", address=back)
        return
    (card,) = cards
    html.show("head", title=titles.problem(card), question=card["description"])
    year = shell.period().end.year
    late = shell.rows("problem_list", state="逾期")
    with st.container(horizontal=True, vertical_alignment="center", key="problem_bar"):
        html.show("problem_back", address=back)
        exports.overdue(shell.answers(), late[late["code"] == code])
    html.show(
        "problem",
        card=card,
        events=html.records(shell.rows("problem_history", code=code)),
        earlier=html.records(shell.rows("earlier_problems", code=code)),
        year=year,
        link=lambda other: shell.here(problem=other),
    )
