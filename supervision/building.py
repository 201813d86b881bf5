"""The next snapshot while it is being made: rows merged by key, the marts built, the file closed and hashed."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from supervision.catalogue import models, statement
from supervision.errors import RulesUnusable
from supervision.handover import PROVENANCE, arrow_table, data_frame
from supervision.tables import BY_NAME, DUCKDB_TYPES, TABLES, Column, Table

FOLLOWED = "会议记录"
"""Where rows came from that the warehouse keeps outside its snapshots."""

LISTED_CHANGES = 1_000
"""How many changed cells of a sheet are listed one by one; all of them are counted."""


@dataclass(frozen=True)
class SnapshotInfo:
    """What made a snapshot; `rows` holds the count of each table.

    `known_entry` is the newest entry of the minutes when it was begun: what was written later it does not know.
    """

    id: str
    parent: str | None
    made_at: str
    made_by: str
    demo: bool
    rows: dict[str, int] = field(default_factory=dict)
    sha256: str = ""
    known_entry: int = 0

    @property
    def batch(self) -> int:
        """The number under which people know the snapshot (第 n 批)."""
        return int(self.id)


@dataclass(frozen=True)
class Change:
    """A cell of a known row that comes back with another value; `batch` is the one that the old value came with.

    `column` is the template's heading, `before` and `after` are as people write them, empty for nothing.
    """

    row: int
    key: str
    column: str
    before: str
    after: str
    batch: int


@dataclass(frozen=True)
class Replacement:
    """A stretch of days of one table and one sender (镇乡街道 by code, or 部门 by name) that a file replaces."""

    table: Table
    owner: str
    start: date
    end: date


class Build:
    """The next snapshot while it is being made; nobody else sees it before it is published."""

    def __init__(self, path: Path, info: SnapshotInfo) -> None:
        """Open the file that will become the snapshot."""
        self.path = path
        self.info = info
        self.connection = duckdb.connect(str(path), config={"python_enable_replacements": "false"})

    def create_tables(self) -> None:
        """Create every declared table that the file lacks (all of them in a new one), and the history's."""
        present = {name for (name,) in self.connection.execute("show tables").fetchall()}
        for table in TABLES:
            if table.name not in present:
                columns = {column.name: DUCKDB_TYPES[column.kind] for column in table.columns} | PROVENANCE
                text = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                self.connection.execute(statement("create_table").format(table=table.name, columns=text))
        self.connection.execute(statement("create_history"))

    def log(self, sheet: Mapping[str, object]) -> None:
        """Write an imported sheet into the history that every later snapshot carries."""
        batch = {name: getattr(self.info, name) for name in ("batch", "made_at", "made_by", "demo")}
        self.connection.execute(statement("log_import"), batch | dict(sheet))

    def log_refusals(self, sheet: Mapping[str, object], table: Table, refused: pd.DataFrame) -> None:
        """Write which rows of a sheet were refused into the history: how many, by which rule, and whose.

        `refused` holds what could be read of them under the table's columns, and `rule`, the first that each broke.
        """
        columns = refused.reindex(columns=["town", "department", "chief", "rule"])
        given = pa.table({name: pa.array(values, pa.string(), from_pandas=True) for name, values in columns.items()})
        self.connection.register("refused", given)
        try:
            self.connection.execute(
                statement("log_refusals"),
                {"batch": self.info.batch, "table": table.name, "by_department": table.owner == "department"}
                | dict(sheet),
            )
        finally:
            self.connection.unregister("refused")

    def log_deliveries(self) -> None:
        """Write into the history whose rows of which week this batch brought."""
        self.connection.execute(statement("log_deliveries"), {"batch": self.info.batch})

    def seen_before(self, sha256: str) -> int | None:
        """The first batch before this one that brought this very file, None if none did."""
        asked = {"sha256": sha256, "batch": self.info.batch}
        (batch,) = self.connection.execute(statement("seen_file"), asked).fetchall()[0]
        return None if batch is None else int(batch)

    def changes(self, table: Table, frame: pd.DataFrame) -> list[Change]:
        """What `merge` of the same frame would change in stored rows, cell by cell; at most LISTED_CHANGES rows."""
        given = self._values(table, frame)
        if not given:
            return []
        cells = [f"stored.{c.name} as before_{c.name}, incoming.{c.name} as after_{c.name}" for c in given]
        with self._incoming(table, frame, ""):
            found = self.connection.execute(
                statement("read_changes").format(
                    table=table.name,
                    key=", ".join(f"incoming.{key}" for key in table.key),
                    cells=", ".join(cells),
                    limit=LISTED_CHANGES,
                    **_comparison(table, given),
                )
            ).fetchall()
        changes = []
        for row, batch, key, *pairs in found:
            for column, before, after in zip(given, pairs[::2], pairs[1::2], strict=True):
                if before != after:
                    was, now = (self._written(value, column) for value in (before, after))
                    changes.append(Change(row, key, column.heading, was, now, batch))
        return changes

    def outside(self, replacement: Replacement, frame: pd.DataFrame) -> list[int]:
        """The source rows of a frame that are of another sender, or of a day outside the stretch."""
        table = replacement.table
        with self._incoming(table, frame, ""):
            found = self.connection.execute(
                statement("rows_outside").format(owner=_owner(table), day=table.dated), _stretch(replacement)
            ).fetchall()
        return [row for (row,) in found]

    def replace(self, replacement: Replacement, frames: Sequence[pd.DataFrame]) -> int:
        """Remove the stored rows of the stretch that none of the frames holds; how many."""
        table = replacement.table
        kept = pd.concat([frame[list(table.key)] for frame in frames]).assign(source_row=0)
        with self._incoming(table, kept, ""):
            removed = self.connection.execute(
                statement("remove_replaced").format(
                    table=table.name, owner=_owner(table), day=table.dated, same_key=_same_key(table)
                ),
                _stretch(replacement),
            ).fetchall()
        return len(removed)

    def merge(self, table: Table, frame: pd.DataFrame, came_from: str) -> tuple[int, int]:
        """Add the rows with new keys and update those whose values changed; (added, changed).

        `frame` holds a column for each of the table's that the sheet gives, and source_row.
        A column that the sheet lacks keeps its stored value.
        """
        given = self._values(table, frame)
        stored = [*(column.name for column in _given(table, frame)), *PROVENANCE]
        with self._incoming(table, frame, came_from):
            actions = self.connection.execute(
                statement("merge").format(
                    table=table.name,
                    assignments=", ".join(
                        f"{name} = incoming.{name}" for name in [*(column.name for column in given), *PROVENANCE]
                    ),
                    columns=", ".join(stored),
                    incoming_columns=", ".join(f"incoming.{name}" for name in stored),
                    **_comparison(table, given),
                )
            ).fetchall()
        added = sum(action == "INSERT" for (action,) in actions)
        return added, len(actions) - added

    def follow(self, table: Table, rows: pd.DataFrame) -> None:
        """Bring a table that is kept elsewhere (`came_from` FOLLOWED) up to date, before the files are merged."""
        if len(rows):
            self.merge(table, rows.assign(source_row=0), FOLLOWED)

    def brought(self, table: Table) -> pd.DataFrame:
        """The rows of a table that the files of this batch added or changed."""
        asked = {"batch": self.info.batch, "but": FOLLOWED}
        answer = self.connection.execute(statement("rows_brought").format(table=table.name), asked)
        return data_frame(answer.to_arrow_table())

    def drop_outranked_defaults(self, policy: Table, frame: pd.DataFrame, came_from: str) -> int:
        """Remove the default rules, told by where they came from, that stand over or among those of a frame; how many.

        A district's own rules go before the shipped ones whatever their date; a default row that the
        frame itself holds is the district's own now, and stays.
        """
        with self._incoming(policy, frame, ""):
            removed = self.connection.execute(statement("drop_outranked_defaults"), {"came_from": came_from}).fetchall()
        return len(removed)

    def build_models(self, progress: Callable[[str, float], None]) -> None:
        """Rebuild every mart from the facts; `progress(name, share)` is told which one is being built.

        RulesUnusable if a rule of the policy is written in a way that the mart cannot use.
        """
        steps = models()
        for number, model in enumerate(steps):
            progress(model.name, number / len(steps))
            try:
                self.connection.execute(statement("build_model").format(table=model.name, query=model.sql))
            except duckdb.ConversionException as error:
                raise RulesUnusable(
                    f"计算 {model.name} 时，考核办法里有一个参数或数值读不懂，没有入库；"
                    "当季月份请写成 3-12，数值只写数字。"
                ) from error

    def sign(self, info: SnapshotInfo) -> None:
        """Put down who publishes the batch and when, where it was checked before by somebody or nobody."""
        self.info = info
        self.connection.execute(
            statement("sign_import"), {name: getattr(info, name) for name in ("batch", "made_at", "made_by")}
        )

    def finish(self) -> SnapshotInfo:
        """Close and sync the file; the info with its row counts and its hash."""
        rows = {table.name: self._count(table.name) for table in TABLES}
        self.connection.execute("checkpoint")
        self.connection.close()
        _sync(self.path)
        return SnapshotInfo(**{**asdict(self.info), "rows": rows, "sha256": sha256_of(self.path)})

    def discard(self) -> None:
        """Close the file and remove it, unless it was published."""
        self.connection.close()
        self.path.unlink(missing_ok=True)

    def _count(self, table: str) -> int:
        (count,) = self.connection.execute(statement("count_rows").format(table=table)).fetchall()[0]
        return int(count)

    @staticmethod
    def _values(table: Table, frame: pd.DataFrame) -> list[Column]:
        """The columns that a frame gives beside the key."""
        return [column for column in _given(table, frame) if column.name not in table.key]

    @contextmanager
    def _incoming(self, table: Table, frame: pd.DataFrame, came_from: str) -> Iterator[None]:
        """The frame as the relation `incoming`."""
        self.connection.register("incoming", arrow_table(frame, _given(table, frame), self.info.batch, came_from))
        try:
            yield
        finally:
            self.connection.unregister("incoming")

    def _written(self, value: Any, column: Column) -> str:
        """A stored value as people write it; what refers to another table by code is shown by name too."""
        if isinstance(value, list):
            return "、".join(self._written(each, column) for each in value)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            return value.isoformat(" ", "minutes") if value.second == 0 else value.isoformat(" ")
        refers = BY_NAME.get(column.refers or "")
        if refers and refers.key == ("code",) and "name" in refers.known_by:
            named = self.connection.execute(
                statement("read_name").format(table=refers.name), {"code": value}
            ).fetchone()
            return str(named[0]) if named and named[0] else str(value)
        return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else str(value)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _given(table: Table, frame: pd.DataFrame) -> list[Column]:
    return [column for column in table.columns if column.name in frame.columns]


def _same_key(table: Table) -> str:
    return " and ".join(f"stored.{key} is not distinct from incoming.{key}" for key in table.key)


def _comparison(table: Table, values: Sequence[Column]) -> dict[str, str]:
    """The places by which merging and listing changes tell the same rows and the same values."""
    return {
        "same_key": _same_key(table),
        "stored_values": ", ".join(f"stored.{column.name}" for column in values) or "true",
        "incoming_values": ", ".join(f"incoming.{column.name}" for column in values) or "true",
    }


def _owner(table: Table) -> str:
    """Whose a stored row is: the column that says so, for patrols the town of the chief."""
    return statement("owner_of_patrol") if table.owner == "chief" else f"stored.{table.owner}"


def _stretch(replacement: Replacement) -> dict[str, object]:
    return {"owner": replacement.owner, "start": replacement.start, "end": replacement.end}


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
