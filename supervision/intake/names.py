"""Names to keys: how a cell that refers to a town, department, section, chief or problem is resolved.

A reference is resolved by key, by name or by alias, in any width of characters, and never by
likeness: an unknown name is refused, with the nearest known ones in the message. Chiefs or sections
of one name in several towns are told apart by the town in which a row is (`supervision.intake.whereabouts`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from supervision.intake.register import FACTS, Register, flat, normal
from supervision.intake.values import Failure, complaint
from supervision.tables import BY_NAME, Column

AMBIGUOUS = "名称不唯一"
SUGGESTED_FOR = 100
"""For how many unknown names of a column the nearest known ones are looked up; thousands would take minutes."""

_JOINED = re.compile(r"以及|和|及")
_BETWEEN = re.compile(r"[、，,；;/\s]+|以及|和|及")
_WITH_TOWN = re.compile(r"(?P<name>.+)\((?P<town>[^()]+)\)")
_TOWN_OFFICE = re.compile(r"(?:人民政府|政府|办事处|街道办)$")


def government(town: str) -> str:
    """The name under which a town's government is kept as 责任单位: 桥梓镇政府, 泉河街道办事处."""
    return town + ("办事处" if town.endswith("街道") else "政府")


def towns_of(names: Sequence[str]) -> dict[str, str]:
    """By what a ledger may call a town's government (宝山镇政府, 宝山镇人民政府) the town; by its own name too."""
    return {town + ending: town for town in names for ending in ("", "政府", "人民政府", "办事处")}


class Where(Protocol):
    """Tells in which towns a sheet says that its rows are."""

    def towns(self, rows: pd.Index) -> list[dict[str, str]]:
        """For each row the town code by each source that names one."""

    def told_apart(self, sources: Iterable[str]) -> None:
        """Take notice of the sources by which names were told apart."""


class Directory(Register):
    """The register by which the references of a sheet are resolved."""

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
                lambda names: flat(self._joined(table, name) or [name] for name in names), na_action="ignore"
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
        departments = self.keys("departments", name)
        if len(departments) == 1:
            return departments[0]
        bare = _TOWN_OFFICE.sub("", normal(name))
        towns = self.keys("towns", name) or self.keys("towns", bare) or self.keys("towns", f"{bare}街道")
        if departments or len(towns) != 1:
            return None
        town = self._known["towns"][towns[0]]["name"][0]
        return government(town)

    def _one(self, name: str, column: Column, number: int) -> tuple[str | None, str, str]:
        """The key of a name; without one the rule it breaks and the advice."""
        places = ("departments", "towns") if column.kind == "unit" else (str(column.refers),)
        if column.kind == "unit" and (unit := self.unit_name(name)):
            return unit, "", ""
        keys = [key for place in places for key in self.keys(place, name)]
        if len(keys) == 1:
            return keys[0], "", ""
        titles = "和".join(BY_NAME[place].title for place in places)
        if not keys and column.refers in FACTS and (found := _WITH_TOWN.fullmatch(normal(name))):
            town = self.key("towns", found["town"])
            keys = [key for key in self.keys(places[0], found["name"]) if town and self.town_of(places[0], key) == town]
            if len(keys) == 1:
                return keys[0], "", ""
        if keys:
            return None, AMBIGUOUS, f"在{titles}中不止一个（{self.described(places[0], keys)}）；请改写编码。"
        if not any(self._known.get(place) for place in places):
            return None, "名称未登记", f"没有登记；{titles}还没有导入，请先导入或一并导入。"
        if number < SUGGESTED_FOR and (several := self._several(name, column, places)):
            says = (
                "各名称之间请用“、”隔开" if column.kind == "many" else "这一列只能写一个，请只留主要的一个，或分成几行"
            )
            return None, "一格多个", f"一格里写了 {len(several)} 个名称（{'、'.join(several)}）；{says}。"
        nearest = self.nearest(name, places) if number < SUGGESTED_FOR else []
        like = f"，相近的有：{'、'.join(nearest)}" if nearest else ""
        return None, "名称未登记", f"在{titles}中没有登记{like}；请改成登记的名称或编码，或先补录。"

    def _several(self, name: str, column: Column, places: Iterable[str]) -> list[str]:
        """The known names that one cell holds, with a sign between them or, where a line broke, without."""

        def known(part: str) -> bool:
            is_unit = column.kind == "unit" and self.unit_name(part) is not None
            return is_unit or any(self.keys(place, part) for place in places)

        cuts = ([name[:cut], name[cut:]] for cut in range(1, len(name)))
        ways = (_BETWEEN.split(name), *cuts)
        return next((parts for parts in ways if len(parts) > 1 and all(map(known, parts))), [])

    def _in_town(self, name: str, table: str, named: Mapping[str, str]) -> tuple[str | None, str]:
        """The key of an ambiguous name in the town that every source names; without one the advice.

        One without a town of his own, as a chief of the district, may be meant in any.
        """
        keys = self.keys(table, name) or self.keys(table, _WITH_TOWN.sub(r"\g<name>", normal(name)))
        title = BY_NAME[table].title
        if len(set(named.values())) > 1:
            says = "、".join(f"{source}是{self.title('towns', town)}" for source, town in named.items())
            return (
                None,
                f"在{title}中不止一个（{self.described(table, keys)}），而这一行的镇乡前后矛盾：{says}；请改写编码。",
            )
        (town,) = set(named.values())
        fitting = [key for key in keys if self.town_of(table, key) in (town, None)]
        if len(fitting) == 1:
            return fitting[0], ""
        here = self.title("towns", town)
        if fitting:
            return None, f"在{here}不止一个（{self.described(table, fitting)}）；请改写编码。"
        return None, f"在{title}中不止一个（{self.described(table, keys)}），都不在{here}；请改写编码。"

    def _joined(self, table: str, name: str) -> list[str] | None:
        """The names that 和 or 及 joins, if each is known and the whole is not: 区水务局和区环保局."""
        if self.keys(table, name):
            return [name]
        for joint in _JOINED.finditer(name):
            first, others = name[: joint.start()], name[joint.end() :]
            if self.keys(table, first) and (rest := self._joined(table, others)):
                return [first, *rest]
        return None


def _regrouped(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The keys of each row as a list again, each once; missing where there are none."""
    grouped: dict[object, dict[str, None]] = {}
    for row, key in keys.items():
        grouped.setdefault(row, {})[key] = None
    lists = [list(grouped[row]) if row in grouped else None for row in values.index]
    return pd.Series(lists, index=values.index, dtype="object")
