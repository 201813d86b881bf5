"""Names to keys: how a cell that refers to a town, department, section, chief or problem is resolved.

A reference is resolved by key, by name or by alias, in any width of characters, and never by
likeness: an unknown name is refused, with the nearest known ones in the message. Chiefs or sections
of one name in several towns are told apart by the town in which a row is (`supervision.whereabouts`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np
import pandas as pd
from rapidfuzz import process

from supervision.tables import BY_NAME, Column, Table
from supervision.values import Failure, complaint

NEAREST = 3
AMBIGUOUS = "名称不唯一"
SUGGESTED_FOR = 100
"""For how many unknown names of a column the nearest known ones are looked up; thousands would take minutes."""

FACTS = {
    "chiefs": ("town", "level", "village", "sections", "appointed_on", "left_on"),
    "sections": ("town", "river", "village"),
}
"""What else of a table is known: what tells rows of one name apart, and when a chief was in office."""

_DETAILS = ("level", "river", "village", "sections")
_JOINED = re.compile(r"以及|和|及")
_WITH_TOWN = re.compile(r"(?P<name>.+)\((?P<town>[^()]+)\)")
_TOWN_OFFICE = re.compile(r"(?:人民政府|政府|办事处|街道办)$")


class Where(Protocol):
    """Tells in which towns a sheet says that its rows are."""

    def towns(self, rows: pd.Index) -> list[dict[str, str]]:
        """For each row the town code by each source that names one."""

    def told_apart(self, sources: Iterable[str]) -> None:
        """Take notice of the sources by which names were told apart."""


class Directory:
    """Who and what is known by which names, table by table."""

    def __init__(self, frames: Mapping[str, pd.DataFrame] | None = None) -> None:
        """Take what the warehouse holds: per table name a frame with its `known_by` columns."""
        self._known: dict[str, dict[str, dict[str, list[str]]]] = {}
        self._indexes: dict[str, dict[str, list[str]]] = {}
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
        keys = self._keys(table, name)
        return keys[0] if len(keys) == 1 else None

    def town_named_in(self, text: str) -> str | None:
        """The code of the one town whose name or alias stands in a text; 怀柔 in 怀柔区 is the district."""
        written = _normal(text)
        found = {
            key
            for key, names in self._known.get("towns", {}).items()
            for form in {form for name in _flat(names.values()) for form in _forms(name)} - {_normal(key)}
            if len(form) > 1 and re.search(rf"{re.escape(form)}(?![区县市])", written)
        }
        return found.pop() if len(found) == 1 else None

    def resolve(
        self, values: pd.Series, column: Column, heading: str | None = None, where: Where | None = None
    ) -> tuple[pd.Series, list[Failure]]:
        """The keys that a column's values mean, and a failure for each value that means none or two.

        `values` are texts, or lists of texts for kind many, indexed by row. Kind unit is resolved
        among departments and then towns, see `unit_name`; every other column in the table that
        it refers to. Chiefs and sections of one name are told apart by `where`. What failed is
        missing in the result.
        """
        many = column.kind == "many"
        if many:
            table = str(column.refers)
            values = values.map(
                lambda names: _flat(self._joined(table, name) or [name] for name in names), na_action="ignore"
            )
        single = values.dropna().explode() if many else values
        codes, names = pd.factorize(single)
        distinct = [str(name) for name in names]
        outcomes = [self._one(name, column, number) for number, name in enumerate(distinct)]
        heading = heading or column.heading
        keys = np.array([*(key for key, *_ in outcomes), None], dtype=object)[codes]
        failures = []
        unresolved = [code for code, (key, *_) in enumerate(outcomes) if key is None]
        places = np.isin(codes, unresolved).nonzero()[0] if unresolved else np.array([], dtype=int)
        rows = single.index[places]
        ambiguous = column.refers in FACTS and any(outcomes[code][1] == AMBIGUOUS for code in unresolved)
        towns = where.towns(rows) if where is not None and ambiguous else [{}] * len(places)
        for place, row, named in zip(places, rows, towns, strict=True):
            name, (_, rule, advice) = distinct[codes[place]], outcomes[codes[place]]
            if named and rule == AMBIGUOUS:
                keys[place], advice = self._in_town(name, str(column.refers), named)
            if keys[place] is None:
                failures.append(Failure(int(row), name, rule, complaint(heading, name, advice)))
            elif where is not None:
                where.told_apart(named)
        resolved = pd.Series(keys, index=single.index, dtype="object" if many else "str")
        if many:
            resolved = _regrouped(resolved.dropna(), values)
        return resolved, failures

    def unit_name(self, name: str) -> str | None:
        """The name under which a 责任单位 is kept: a department's own, or that of a town's government.

        A department is known by name or alias. A town is meant by its name or alias with or without
        政府, 人民政府 or 办事处, and is kept as its full name with 政府 (桥梓镇政府), a sub-district
        (街道) with 办事处 (泉河街道办事处), so that one unit has one name. None if neither, or two.
        """
        departments = self._keys("departments", name)
        if len(departments) == 1:
            return departments[0]
        bare = _TOWN_OFFICE.sub("", _normal(name))
        towns = self._keys("towns", name) or self._keys("towns", bare) or self._keys("towns", f"{bare}街道")
        if departments or len(towns) != 1:
            return None
        town = self._known["towns"][towns[0]]["name"][0]
        return town + ("办事处" if town.endswith("街道") else "政府")

    def _one(self, name: str, column: Column, number: int) -> tuple[str | None, str, str]:
        """The key of a name; without one the rule it breaks and the advice."""
        places = ("departments", "towns") if column.kind == "unit" else (str(column.refers),)
        if column.kind == "unit" and (unit := self.unit_name(name)):
            return unit, "", ""
        keys = [key for place in places for key in self._keys(place, name)]
        if len(keys) == 1:
            return keys[0], "", ""
        titles = "和".join(BY_NAME[place].title for place in places)
        if not keys and column.refers in FACTS and (found := _WITH_TOWN.fullmatch(_normal(name))):
            town = self.key("towns", found["town"])
            keys = [key for key in self._keys(places[0], found["name"]) if town and self._town(places[0], key) == town]
            if len(keys) == 1:
                return keys[0], "", ""
        if keys:
            return None, AMBIGUOUS, f"在{titles}中不止一个（{self._described(places[0], keys)}）；请改写编码。"
        if not any(self._known.get(place) for place in places):
            return None, "名称未登记", f"没有登记；{titles}还没有导入，请先导入或一并导入。"
        nearest = self._nearest(name, places) if number < SUGGESTED_FOR else []
        like = f"，相近的有：{'、'.join(nearest)}" if nearest else ""
        return None, "名称未登记", f"在{titles}中没有登记{like}；请改成登记的名称或编码，或先补录。"

    def _in_town(self, name: str, table: str, named: Mapping[str, str]) -> tuple[str | None, str]:
        """The key of an ambiguous name in the town that every source names; without one the advice.

        One without a town of his own, as a chief of the district, may be meant in any.
        """
        keys = self._keys(table, name) or self._keys(table, _WITH_TOWN.sub(r"\g<name>", _normal(name)))
        title = BY_NAME[table].title
        if len(set(named.values())) > 1:
            says = "、".join(f"{source}是{self.title('towns', town)}" for source, town in named.items())
            return (
                None,
                f"在{title}中不止一个（{self._described(table, keys)}），而这一行的镇乡前后矛盾：{says}；请改写编码。",
            )
        (town,) = set(named.values())
        fitting = [key for key in keys if self._town(table, key) in (town, None)]
        if len(fitting) == 1:
            return fitting[0], ""
        here = self.title("towns", town)
        if fitting:
            return None, f"在{here}不止一个（{self._described(table, fitting)}）；请改写编码。"
        return None, f"在{title}中不止一个（{self._described(table, keys)}），都不在{here}；请改写编码。"

    def _town(self, table: str, key: str) -> str | None:
        town = self.fact(table, key, "town")
        return None if town is None else str(town)

    def _described(self, table: str, keys: list[str]) -> str:
        """Keys with what is known of each: HZ1（桥梓镇、村级、石湖峪村）."""
        described = []
        for key in keys[:5]:
            town = self._town(table, key)
            facts = [self.fact(table, key, name) for name in _DETAILS]
            details = [
                str(fact) if isinstance(fact, str) else "、".join(fact[:3]) for fact in facts if fact is not None
            ]
            if town is not None:
                details.insert(0, self.title("towns", town))
            described.append(f"{key}（{'、'.join(filter(None, details))}）" if any(details) else key)
        return "、".join(described)

    def _joined(self, table: str, name: str) -> list[str] | None:
        """The names that 和 or 及 joins, if each is known and the whole is not: 区水务局和区环保局."""
        if self._keys(table, name):
            return [name]
        for joint in _JOINED.finditer(name):
            first, others = name[: joint.start()], name[joint.end() :]
            if self._keys(table, first) and (rest := self._joined(table, others)):
                return [first, *rest]
        return None

    def _keys(self, table: str, name: str) -> list[str]:
        """The key that is written so, else the keys of all rows with such a name or alias."""
        if name in self._known.get(table, {}):
            return [name]
        return self._index(table).get(_normal(name), [])

    def _index(self, table: str) -> dict[str, list[str]]:
        if table not in self._indexes:
            index: dict[str, list[str]] = {}
            for key, names in self._known.get(table, {}).items():
                for form in {form for name in [key, *_flat(names.values())] for form in _forms(name)}:
                    index.setdefault(form, []).append(key)
            self._indexes[table] = index
        return self._indexes[table]

    def _nearest(self, name: str, tables: Iterable[str]) -> list[str]:
        """What is registered nearest in writing, each thing once, under the name that is nearest."""
        owners = {
            known: key
            for table in tables
            for key, names in self._known.get(table, {}).items()
            for known in (key, *_flat(names.values()))
        }
        written = {known: _normal(known) for known in owners}
        found = process.extract(_normal(name), written, limit=3 * NEAREST, score_cutoff=30)
        nearest: dict[str, str] = {}
        for _, _, known in found:
            nearest.setdefault(owners[known], known)
        return list(nearest.values())[:NEAREST]


def _normal(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()


def _forms(name: str) -> set[str]:
    """How a name may be written: as it is, and for 怀柔地区(怀柔镇) also either half alone."""
    normal = _normal(name)
    return {normal, *(part for part in re.split(r"[()]", normal) if part)} if normal.endswith(")") else {normal}


def _as_names(value: object) -> list[str]:
    """The names in a cell of a `known_by` column: none, one, or a list (an array from DuckDB)."""
    if isinstance(value, str):
        return [value]
    return [str(name) for name in value] if isinstance(value, list | tuple | np.ndarray) else []


def _flat(lists: Iterable[list[str]]) -> list[str]:
    return [name for names in lists for name in names]


def _regrouped(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The keys of each row as a list again, each once; missing where there are none."""
    grouped: dict[object, dict[str, None]] = {}
    for row, key in keys.items():
        grouped.setdefault(row, {})[key] = None
    lists = [list(grouped[row]) if row in grouped else None for row in values.index]
    return pd.Series(lists, index=values.index, dtype="object")
