"""Rows that come twice in one import: the same once is enough, what differs is refused."""

from collections.abc import Sequence

import pandas as pd

from supervision.cells import shown
from supervision.drafts import Draft
from supervision.tables import Table
from supervision.values import Failure, complaint


def settle_repeats(table: Table, drafts: Sequence[Draft]) -> None:
    """Keep one of sound rows that are the same; refuse all rows that share a key and differ.

    The rows of all sheets of the table are held against each other, as one import brings one state.
    """
    if not drafts:
        return
    key = list(table.key)
    keys = pd.concat([draft.frame[key].assign(draft=place) for place, draft in enumerate(drafts)])
    again = keys.duplicated(key, keep=False) & keys[key].notna().all(axis=1)
    if not again.any():
        return
    parts = []
    for place, draft in enumerate(drafts):
        mine = again.to_numpy()[(keys["draft"] == place).to_numpy()]
        parts.append(draft.frame[mine].assign(draft=place, sound=draft.is_sound()[mine]))
    rows = pd.concat(parts, ignore_index=True)
    content = _comparable(rows.drop(columns=["source_row", "draft", "sound"]), table)
    versions = content.drop_duplicates()
    disputed = versions[versions.duplicated(key, keep=False)].set_index(key).index
    conflict = pd.Series(content.set_index(key).index.isin(disputed), index=rows.index)
    again = content[rows["sound"] & ~conflict].duplicated().reindex(rows.index, fill_value=False)
    for place, draft in enumerate(drafts):
        repeats = rows.loc[again & (rows["draft"] == place), "source_row"].tolist()
        draft.frame = draft.frame.drop(index=repeats)
        draft.checked.skipped += len(repeats)
    for _, group in rows[conflict].groupby(key, sort=False):
        places = [(drafts[place], int(row)) for place, row in zip(group["draft"], group["source_row"], strict=True)]
        for draft, row in places:
            _refuse_repeat(table, draft, row, [other for other in places if other != (draft, row)])


def _comparable(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows with lists as tuples, which alone can be compared at once."""
    many = [column.name for column in table.columns if column.kind == "many" and column.name in rows.columns]
    return rows.assign(**{name: rows[name].map(tuple, na_action="ignore") for name in many})


def _refuse_repeat(table: Table, draft: Draft, row: int, others: Sequence[tuple[Draft, int]]) -> None:
    name = table.key[0]
    places = [draft.layout.columns[column] for column in table.key if column in draft.layout.columns]
    value = "、".join(map(shown, draft.raw.loc[row, places].dropna()))
    where = "、".join(f"{other.checked.place}第 {number} 行" for other, number in others[:5])
    heading = draft.layout.heading(name)
    message = complaint(heading, value, f"与{where}重复而内容不同；请核对后只留一行，或改正编号。")
    draft.refuse(name, [Failure(row, value, "编号重复", message)])
