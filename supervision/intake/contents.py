"""The columns of a draft: cells to values, names to keys, what is required."""

from collections.abc import Callable

import pandas as pd

from supervision.intake.columns import matching
from supervision.intake.drafts import Draft
from supervision.intake.merges import empty_advice
from supervision.intake.names import Directory
from supervision.intake.values import Failure, parse
from supervision.intake.whereabouts import Whereabouts
from supervision.tables import Column

Tell = Callable[[str, float], None]
"""Told what is being done and which share of the sheet lies behind."""

_RESOLVED_LATE = ("sections", "chiefs", "problems")
"""A row's town tells its section, its section's town its chief."""


def fill(draft: Draft, directory: Directory, *, since_1904: bool, tell: Tell) -> None:
    """Give the draft's frame the values of each column that its sheet has, problems and assumptions noted.

    A part of the key without a column of its own is empty in every row. `tell(doing, share)` is told
    each column.
    """
    columns, layout = draft.layout.table.columns, draft.layout
    for number, column in enumerate(sorted(columns, key=_turn)):
        if column.name in layout.columns:
            tell(f" {len(draft.raw):,} 行：{layout.heading(column.name)}", number / len(columns))
            draft.frame[column.name] = _column(draft, column, directory, since_1904)
        elif column.name in layout.table.key:
            draft.frame[column.name] = pd.Series("", index=draft.raw.index, dtype="str")
    draft.frame = draft.frame[[column.name for column in columns if column.name in draft.frame.columns]].copy()


def _turn(column: Column) -> int:
    return _RESOLVED_LATE.index(column.refers) if column.refers in _RESOLVED_LATE else -1


def _column(draft: Draft, column: Column, directory: Directory, since_1904: bool) -> pd.Series:
    """The values of a column, its problems noted."""
    layout, checked = draft.layout, draft.checked
    heading = layout.heading(column.name)
    cells = draft.raw[layout.columns[column.name]]
    parsed = parse(
        cells, column, heading=heading, unit=layout.units.get(column.name), year=layout.year, since_1904=since_1904
    )
    checked.notes += parsed.assumptions
    draft.refuse(column.name, parsed.failures)
    values, empty = parsed.values, parsed.values.isna()
    if column.refers or column.kind == "unit":
        where = Whereabouts(draft, directory)
        values, failures = directory.resolve(values, column, heading, where)
        draft.refuse(column.name, failures)
        if where.sources:
            checked.notes.append(f"「{heading}」里有同名的，按{'、'.join(sorted(where.sources))}的镇乡分辨。")
    if column.required and empty.any():
        failed = {failure.row for failure in parsed.failures}
        advice = empty_advice(cells.mask(empty), column, heading, knows_merged=checked.encoding is None)
        draft.refuse(
            column.name,
            [Failure(int(str(row)), "", "必填为空", text) for row, text in advice.items() if row not in failed],
        )
    if column.kind == "text" and column.name in layout.table.key:
        values = _without_space(values if column.required else values.fillna(""))
    return values


def _without_space(keys: pd.Series) -> pd.Series:
    """Keys without any space, so that WT 1 and WT1 are one row."""
    spaced = matching(keys, r"\s")
    return keys.where(~spaced, keys.str.replace(r"\s", "", regex=True)) if spaced.any() else keys
