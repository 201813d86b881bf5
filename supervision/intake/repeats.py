"""Rows that come twice in one import: the same once is enough, what differs is refused."""

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from supervision.intake.cells import shown
from supervision.intake.drafts import Draft
from supervision.intake.values import Failure, complaint
from supervision.tables import Table

NAMED_PLACES = 5
"""How many other places of a repeated key its message names."""


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
    if conflict.any():
        _refuse_repeats(table, drafts, rows[conflict])


def _comparable(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows with lists as tuples, which alone can be compared at once."""
    many = [column.name for column in table.columns if column.kind == "many" and column.name in rows.columns]
    return rows.assign(**{name: rows[name].map(tuple, na_action="ignore") for name in many})


def _refuse_repeats(table: Table, drafts: Sequence[Draft], rows: pd.DataFrame) -> None:
    """Refuse each of the rows and name in its message where the others with its key stand."""
    groups = rows.groupby(list(table.key), sort=False).ngroup().tolist()
    places = [(int(place), int(row)) for place, row in zip(rows["draft"], rows["source_row"], strict=True)]
    with_key: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for group, stands in zip(groups, places, strict=True):
        with_key[group].append(stands)
    failures: dict[int, list[Failure]] = defaultdict(list)
    written = [
        _written_keys(table, draft, rows["source_row"][rows["draft"] == place]) for place, draft in enumerate(drafts)
    ]
    name = table.key[0]
    for group, (place, row) in zip(groups, places, strict=True):
        # One more than is named, as the row itself is among them.
        others = [other for other in with_key[group][: NAMED_PLACES + 1] if other != (place, row)][:NAMED_PLACES]
        where = "、".join(f"{drafts[other].checked.place}第 {number} 行" for other, number in others)
        value = written[place][row]
        advice = f"与{where}重复而内容不同；请核对后只留一行，或改正编号。"
        message = complaint(drafts[place].layout.heading(name), value, advice)
        failures[place].append(Failure(row, value, "编号重复", message))
    for place, found in failures.items():
        drafts[place].refuse(name, found)


def _written_keys(table: Table, draft: Draft, rows: pd.Series) -> dict[int, str]:
    """By row the key as the sender wrote it, its parts joined."""
    places = [draft.layout.columns[column] for column in table.key if column in draft.layout.columns]
    cells = draft.raw.loc[rows, places]
    keys = cells.itertuples(index=False, name=None)
    return {
        int(row): "、".join(shown(cell) for cell in key if not pd.isna(cell))
        for row, key in zip(rows, keys, strict=True)
    }
