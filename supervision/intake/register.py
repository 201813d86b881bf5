"""Who and what is known, table by table: by which keys, names and aliases, and in which town."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import process

from supervision.tables import BY_NAME, Table

NEAREST = 3

FACTS = {
    "chiefs": ("town", "level", "village", "sections", "appointed_on", "left_on"),
    "sections": ("town", "river", "village"),
}
"""What else of a table is known: what tells rows of one name apart, and when a chief was in office."""

_DETAILS = ("level", "river", "village", "sections")


class Register:
    """What is known of towns, departments, sections, chiefs and problems; it grows row by row."""

    def __init__(self, frames: Mapping[str, pd.DataFrame] | None = None) -> None:
        """Take what the warehouse holds: per table name a frame with its `known_by` columns."""
        self._known: dict[str, dict[str, dict[str, list[str]]]] = {}
        self._indexes: dict[str, dict[str, list[str]]] = {}
        self._normal_forms: dict[str, str] = {}
        self._facts: dict[str, dict[str, dict[str, Any]]] = {}
        for name, frame in (frames or {}).items():
            self.add(BY_NAME[name], frame)

    def add(self, table: Table, frame: pd.DataFrame) -> None:
        """Take rows of a table, new or changed; a column that the frame lacks stays as known."""
        if not table.known_by:
            return
        known = self._known.setdefault(table.name, {})
        given = [name for name in table.known_by if name in frame.columns]
        for key, *values in frame[[table.key[0], *given]].itertuples(index=False, name=None):
            known.setdefault(key, {}).update(zip(given, map(_as_names, values), strict=True))
        facts = self._facts.setdefault(table.name, {})
        given = [name for name in FACTS.get(table.name, ()) if name in frame.columns]
        for key, *values in frame[[table.key[0], *given]].itertuples(index=False, name=None):
            facts.setdefault(key, {}).update(zip(given, values, strict=True))
        self._indexes.pop(table.name, None)

    def knows(self, table: str, key: object) -> bool:
        """Whether a row with that key is known."""
        return key in self._known.get(table, {})

    def fact(self, table: str, key: object, name: str) -> Any:
        """What is known of a row in a column of `FACTS`, or None."""
        value = self._facts.get(table, {}).get(str(key), {}).get(name)
        return value if isinstance(value, list | tuple | np.ndarray) or not pd.isna(value) else None

    def title(self, table: str, key: str) -> str:
        """The name of a row, else its key."""
        return next(iter(self._known.get(table, {}).get(key, {}).get("name", [])), key)

    def key(self, table: str, name: str) -> str | None:
        """The key of the one row that is known by a name."""
        keys = self.keys(table, name)
        return keys[0] if len(keys) == 1 else None

    def town_named_in(self, text: str) -> str | None:
        """The code of the one town whose name or alias stands in a text; 怀柔 in 怀柔区 is the district."""
        written = normal(text)
        found = {
            key
            for key, names in self._known.get("towns", {}).items()
            for form in {form for name in flat(names.values()) for form in _forms(name)} - {normal(key)}
            if len(form) > 1 and re.search(rf"{re.escape(form)}(?![区县市])", written)
        }
        return found.pop() if len(found) == 1 else None

    def town_of(self, table: str, key: str) -> str | None:
        """The code of the town in which a section or a chief is."""
        town = self.fact(table, key, "town")
        return None if town is None else str(town)

    def described(self, table: str, keys: list[str]) -> str:
        """Keys with what is known of each: HZ1（桥梓镇、村级、石湖峪村）."""
        described = []
        for key in keys[:5]:
            town = self.town_of(table, key)
            facts = [self.fact(table, key, name) for name in _DETAILS]
            details = [
                str(fact) if isinstance(fact, str) else "、".join(fact[:3]) for fact in facts if fact is not None
            ]
            if town is not None:
                details.insert(0, self.title("towns", town))
            described.append(f"{key}（{'、'.join(filter(None, details))}）" if any(details) else key)
        return "、".join(described)

    def keys(self, table: str, name: str) -> list[str]:
        """The key that is written so, else the keys of all rows with such a name or alias."""
        if name in self._known.get(table, {}):
            return [name]
        return self._index(table).get(normal(name), [])

    def _index(self, table: str) -> dict[str, list[str]]:
        if table not in self._indexes:
            index: dict[str, list[str]] = {}
            for key, names in self._known.get(table, {}).items():
                for form in {form for name in [key, *flat(names.values())] for form in _forms(name)}:
                    index.setdefault(form, []).append(key)
            self._indexes[table] = index
        return self._indexes[table]

    def nearest(self, name: str, tables: Iterable[str]) -> list[str]:
        """What is registered nearest in writing, each thing once, under the name that is nearest."""
        owners = {
            known: key
            for table in tables
            for key, names in self._known.get(table, {}).items()
            for known in (key, *flat(names.values()))
        }
        for known in owners.keys() - self._normal_forms.keys():
            self._normal_forms[known] = normal(known)
        written = {known: self._normal_forms[known] for known in owners}
        found = process.extract(normal(name), written, limit=3 * NEAREST, score_cutoff=30)
        near: dict[str, str] = {}
        for _, _, known in found:
            near.setdefault(owners[known], known)
        return list(near.values())[:NEAREST]


def normal(name: str) -> str:
    """A name without what does not matter: width and case of letters, space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()


def _forms(name: str) -> set[str]:
    """How a name may be written: as it is, and for 怀柔地区(怀柔镇) also either half alone."""
    form = normal(name)
    return {form, *(part for part in re.split(r"[()]", form) if part)} if form.endswith(")") else {form}


def _as_names(value: object) -> list[str]:
    """The names in a cell of a `known_by` column: none, one, or a list (an array from DuckDB)."""
    if isinstance(value, str):
        return [value]
    return [str(name) for name in value] if isinstance(value, list | tuple | np.ndarray) else []


def flat(lists: Iterable[list[str]]) -> list[str]:
    """The names of all lists."""
    return [name for names in lists for name in names]
