"""The queries as files: what each asks, takes and gives, read from its head comment.

Four folders: `queries/` holds the questions that pages ask, `queries/functions/` the formulas that
they share, `queries/models/` the selects that turn facts into marts inside an import,
`queries/warehouse/` the few statements that tend the files. A question may call another as a table
function with its parameters in order, `from overdue_by_town($start, $end, $as_of, $version)`, so
that a rule stands in one place only.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from supervision.settings import QUERIES

PARAMETER = re.compile(r"\$([a-z_]+)")
CALL = re.compile(r"\b([a-z_]+)\(")
FIELD = re.compile(r"^-- (question|grain|params|columns|needs): ?(.*)$")
COLUMN = re.compile(r"^(?P<names>[a-z0-9_]+(?:, [a-z0-9_]+)*)(?: \((?P<unit>[^)]+)\))?(?: (?P<meaning>.+))?$")


@dataclass(frozen=True)
class Parameter:
    """A named parameter and its DuckDB type."""

    name: str
    type: str


@dataclass(frozen=True)
class Described:
    """A column, or several alike, as the head comment describes them."""

    names: tuple[str, ...]
    unit: str
    meaning: str


@dataclass(frozen=True)
class Query:
    """One .sql file: its head comment, taken apart, and its text."""

    name: str
    question: str
    grain: str
    params: tuple[Parameter, ...]
    columns: tuple[Described, ...]
    needs: tuple[str, ...]
    sql: str

    @property
    def column_names(self) -> list[str]:
        """The columns that the head comment names, in order."""
        return [name for column in self.columns for name in column.names]

    @property
    def as_function(self) -> tuple[str, str]:
        """Arguments and body of the table function under which other questions call this one."""
        arguments = ", ".join(f"p_{param.name}" for param in self.params)
        return arguments, PARAMETER.sub(r"p_\1", self.sql)

    @property
    def as_formula(self) -> tuple[str, str]:
        """Arguments and body of the scalar function that a file of `queries/functions/` is.

        The select is peeled off its one expression: DuckDB plans a bare expression three times as fast.
        """
        arguments, body = self.as_function
        return arguments, body.removeprefix("select").removesuffix(f"as {self.column_names[0]}").strip()


def read_query(path: Path) -> Query:
    """Read one .sql file; ValueError names the file and the part of the head comment that is amiss."""
    text = path.read_text(encoding="utf-8")
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := FIELD.match(line):
            current = fields.setdefault(match[1], [])
            current.append(match[2])
        elif line.startswith("--   "):
            current.append(line[5:])
    parts = {name: " ".join(lines).strip() for name, lines in fields.items()}
    for name in ("question", "grain", "columns"):
        if not parts.get(name):
            raise ValueError(f"{path.name}: head comment lacks '{name}:'")
    return Query(
        name=path.stem,
        question=parts["question"],
        grain=parts["grain"],
        params=tuple(_parameter(part, path) for part in _split(parts.get("params", ""), ",")),
        columns=tuple(_described(part, path) for part in _split(parts["columns"], ";")),
        needs=tuple(_split(parts.get("needs", ""), ",")),
        sql="\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--")).strip(),
    )


@cache
def questions() -> dict[str, Query]:
    """The questions that pages, documents and the command line ask, by name, each after those that it calls."""
    by_name = _folder(QUERIES)
    calls = {name: CALL.findall(query.sql) for name, query in by_name.items()}
    return _in_order(by_name, calls)


@cache
def called() -> frozenset[str]:
    """The questions that others call: only these have to be table functions before anybody asks."""
    by_name = questions()
    return frozenset(name for query in by_name.values() for name in CALL.findall(query.sql) if name in by_name)


@cache
def functions() -> tuple[Query, ...]:
    """The formulas that questions share, each one value of its parameters."""
    return tuple(_folder(QUERIES / "functions").values())


@cache
def models() -> tuple[Query, ...]:
    """The marts, each after those that it needs; its name is the table's."""
    by_name = _folder(QUERIES / "models")
    return tuple(_in_order(by_name, {name: model.needs for name, model in by_name.items()}).values())


@cache
def statement(name: str, folder: str = "warehouse") -> str:
    """The text of a statement of `queries/warehouse/` (or `minutes/`), with {places} for identifiers of our own."""
    return (QUERIES / folder / f"{name}.sql").read_text(encoding="utf-8")


def _folder(folder: Path) -> dict[str, Query]:
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.sql"))}


def _in_order(by_name: dict[str, Query], needs: Mapping[str, Iterable[str]]) -> dict[str, Query]:
    graph = {name: [need for need in needs[name] if need in by_name] for name in by_name}
    return {name: by_name[name] for name in TopologicalSorter(graph).static_order()}


def _split(text: str, separator: str) -> list[str]:
    return [part.strip().rstrip(".") for part in text.split(separator) if part.strip()]


def _parameter(text: str, path: Path) -> Parameter:
    name, _, kind = text.partition(" ")
    if not kind:
        raise ValueError(f"{path.name}: parameter '{name}' lacks its type")
    return Parameter(name, kind)


def _described(text: str, path: Path) -> Described:
    match = COLUMN.match(text)
    if match is None:
        raise ValueError(f"{path.name}: cannot read the column '{text}'")
    names = tuple(name.strip() for name in match["names"].split(","))
    return Described(names, match["unit"] or "", match["meaning"] or "")
