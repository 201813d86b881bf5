"""What the screens share: limits of a table, texts of a cell, the definitions for the notes."""

import pandas as pd

from supervision import titles
from supervision.meeting.screens import Cell
from supervision.metrics import BY_CODE
from supervision.wording import Row

LISTED = 10
"""So many problems and points fit a screen; the rest is counted at its foot."""


def state_cell(row: Row) -> Cell:
    """How a problem stands: red with its sign when overdue or without a deadline, amber when due or done soon."""
    state = titles.standing(row)
    if row["state"] in ("逾期", "无时限"):
        return Cell(f"■ {state}", "late")
    return Cell(state, "near" if row["state"] in ("临期", "待销号") else "")


def definitions(*codes: str) -> tuple[str, ...]:
    """The 口径 of some metrics."""
    return tuple(f"{BY_CODE[code].name}：{BY_CODE[code].definition}" for code in codes)


def text(value: object) -> str:
    """A text of the ledgers, a dash for none."""
    return "—" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
