"""Headings to columns: which column of a table a heading names, and in which unit."""

import re
from functools import cache, lru_cache

from supervision.intake.headers import plain
from supervision.intake.quantities import BASE_UNITS, FACTORS
from supervision.tables import BY_NAME, TABLES, Column, Table

Names = tuple[tuple[str, ...], ...]
"""For each position the plain forms by which its heading may be known, see `headers.Header`."""

_UNIT = re.compile(r"[(/:](?P<unit>[^()/:]+)\)?$")


def match(names: Names, table: Table) -> dict[str, tuple[int, str]]:
    """The position of each column that the headings name, and the form that names it.

    Exact names go first, then names less their unit.
    """
    return dict(_matched(names, table.name))


@lru_cache(maxsize=1_000)  # to recognise a sheet the same headings are tried several times, files of one sender too
def _matched(names: Names, table: str) -> dict[str, tuple[int, str]]:
    columns: dict[str, tuple[int, str]] = {}
    for matches in (_names_exactly, _names_without_unit):
        for column in BY_NAME[table].columns:
            if column.name in columns:
                continue
            taken = {place for place, _ in columns.values()}
            found = [
                (place, form)
                for place, forms in enumerate(names)
                if place not in taken
                for form in forms
                if matches(form, column)
            ]
            if found:
                columns[column.name] = min(found, key=lambda match: _preference(match[1], column))
    return columns


def tables_knowing(name: str) -> frozenset[str]:
    """The tables that have a column of this name, as it is or without its unit."""
    return _known_by().get(name, frozenset())


@cache
def _known_by() -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    for table in TABLES:
        for column in table.columns:
            for name in {*_names(column), *_names_less_unit(column)}:
                known.setdefault(name, set()).add(table.name)
    return {name: frozenset(tables) for name, tables in known.items()}


def unit_of(heading: str, column: Column) -> str | None:
    """The unit that a heading names: 罚款(万元), 里程/米, and for a measured column also 罚款万元."""
    found = _UNIT.search(heading)
    if found:
        return found["unit"]
    if column.kind not in BASE_UNITS or heading in _names(column):
        return None
    fitting = (unit for unit in FACTORS[column.kind] if heading.endswith(unit))
    return next((unit for unit in fitting if heading.removesuffix(unit) in _names_less_unit(column)), None)


def can_be_converted(heading: str, column: Column) -> bool:
    """Whether the heading names no unit, or one in which the column can be given.

    A unit that cannot be converted to the column's (公顷 under 面积(平方公里), 天 under 时长) is
    another quantity, so that such a column is left out rather than misread.
    """
    unit = unit_of(heading, column)
    measured = column.kind in BASE_UNITS or (column.kind == "decimal" and _UNIT.search(_names(column)[0]))
    return unit is None or not measured or heading in _names(column) or unit in FACTORS.get(column.kind, {})


@cache
def _names(column: Column) -> tuple[str, ...]:
    return tuple(plain(name) for name in column.headings)


@cache
def _names_less_unit(column: Column) -> frozenset[str]:
    return frozenset(_UNIT.sub("", name) for name in _names(column))


def _names_exactly(heading: str, column: Column) -> bool:
    return heading in _names(column)


def _names_without_unit(heading: str, column: Column) -> bool:
    """Whether a heading is the column's but for its unit, and the unit can be converted."""
    unit = unit_of(heading, column)
    if unit is None:
        return False
    bare = _UNIT.sub("", heading) if _UNIT.search(heading) else heading.removesuffix(unit)
    return bare in _names_less_unit(column) and can_be_converted(heading, column)


def _preference(heading: str, column: Column) -> tuple[bool, int]:
    """Codes before names where both stand for one column, then the order in which the column names them."""
    names = _names(column)
    is_code = column.refers is not None and heading.endswith(("编码", "编号"))
    return not is_code, names.index(heading) if heading in names else len(names)
