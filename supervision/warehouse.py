"""The warehouse: immutable snapshots, a pointer to the current one, one writer at a time.

    CURRENT                 the id of the current snapshot
    LOCK                    held by the one writer
    snapshots/0037.duckdb   facts and marts, never changed once it has this name
    snapshots/0037.json     what made it, its SHA-256 and its row counts

A writer builds the next file under another name, checks, closes and syncs it, and only then
moves the pointer with one atomic rename. Killed at any instant it leaves the old pointer and
the old files whole; what it left half done is swept away by the next writer.
"""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout

from supervision.catalogue import models, questions, statement
from supervision.errors import RulesUnusable, SnapshotMissing, WarehouseBusy
from supervision.tables import DUCKDB_TYPES, TABLES, Kind, Table

OPEN_SNAPSHOTS = 4
"""How many snapshots stay open for reading in one process: the current one and a few that are pinned."""

PROVENANCE = {"batch": "bigint", "came_from": "varchar", "source_row": "bigint"}
"""Columns that every fact carries beside its own: the batch, the file and sheet, and the row it came from."""

ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "money": pa.decimal128(18, 2),
    "minutes": pa.decimal128(12, 2),
    "km": pa.decimal128(12, 3),
    "date": pa.date32(),
    "month": pa.date32(),
    "moment": pa.timestamp("us"),
    "flag": pa.bool_(),
    "count": pa.int64(),
    "deadline": pa.string(),
    "choice": pa.string(),
    "many": pa.list_(pa.string()),
    "unit": pa.string(),
}


@dataclass(frozen=True)
class SnapshotInfo:
    """What made a snapshot; `rows` holds the count of each table."""

    id: str
    parent: str | None
    made_at: str
    made_by: str
    demo: bool
    rows: dict[str, int] = field(default_factory=dict)
    sha256: str = ""

    @property
    def batch(self) -> int:
        """The number under which people know the snapshot (第 n 批)."""
        return int(self.id)


@dataclass(frozen=True)
class Snapshot:
    """A snapshot open for reading."""

    path: Path
    info: SnapshotInfo = field(hash=False)

    @property
    def id(self) -> str:
        """The snapshot's id, such as 0037."""
        return self.info.id

    def frame(self, sql: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Run a select on a cursor of its own, so that threads never share one, and give its rows.

        Raises duckdb.Error; callers outside this module go through `supervision.asking.ask`.
        """
        cursor = _open(self.path)[0].cursor()
        try:
            return cursor.execute(sql, dict(params or {})).df()
        finally:
            cursor.close()

    @property
    def outdated(self) -> bool:
        """Whether an older version built it, so that some questions cannot be put to it."""
        return _open(self.path)[1]

    def table(self, table: Table) -> pd.DataFrame:
        """All rows of an imported table, as stored."""
        return self.frame(statement("read_table").format(table=table.name))


class Build:
    """The next snapshot while it is being made; nobody else sees it before it is published."""

    def __init__(self, path: Path, info: SnapshotInfo) -> None:
        """Open the file that will become the snapshot."""
        self.path = path
        self.info = info
        self.connection = duckdb.connect(str(path), config={"python_enable_replacements": "false"})

    def create_tables(self) -> None:
        """Create every declared table that the file lacks (all of them in a new one)."""
        present = {name for (name,) in self.connection.execute("show tables").fetchall()}
        for table in TABLES:
            if table.name not in present:
                columns = {column.name: DUCKDB_TYPES[column.kind] for column in table.columns} | PROVENANCE
                text = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                self.connection.execute(statement("create_table").format(table=table.name, columns=text))
        self.connection.execute(statement("create_import_log"))

    def log(self, sheet: Mapping[str, object]) -> None:
        """Write an imported sheet into the history that every later snapshot carries."""
        batch = {name: getattr(self.info, name) for name in ("batch", "made_at", "made_by", "demo")}
        self.connection.execute(statement("log_import"), batch | dict(sheet))

    def merge(self, table: Table, frame: pd.DataFrame, came_from: str) -> tuple[int, int]:
        """Add the rows with new keys and update those whose values changed; (added, changed).

        `frame` holds a column for each of the table's that the sheet gives, and source_row.
        A column that the sheet lacks keeps its stored value.
        """
        given = [column for column in table.columns if column.name in frame.columns]
        names = [column.name for column in given]
        stored = [*names, *PROVENANCE]
        self.connection.register("incoming", _arrow(frame, given, self.info.batch, came_from))
        try:
            values = [name for name in names if name not in table.key]
            actions = self.connection.execute(
                statement("merge").format(
                    table=table.name,
                    same_key=" and ".join(f"stored.{key} is not distinct from incoming.{key}" for key in table.key),
                    stored_values=", ".join(f"stored.{name}" for name in values) or "true",
                    incoming_values=", ".join(f"incoming.{name}" for name in values) or "true",
                    assignments=", ".join(f"{name} = incoming.{name}" for name in [*values, *PROVENANCE]),
                    columns=", ".join(stored),
                    incoming_columns=", ".join(f"incoming.{name}" for name in stored),
                )
            ).fetchall()
        finally:
            self.connection.unregister("incoming")
        added = sum(action == "INSERT" for (action,) in actions)
        return added, len(actions) - added

    def build_models(self, progress: Any) -> None:
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

    def finish(self) -> SnapshotInfo:
        """Close and sync the file; the info with its row counts and its hash."""
        rows = {table.name: self._count(table.name) for table in TABLES}
        self.connection.execute("checkpoint")
        self.connection.close()
        _sync(self.path)
        return SnapshotInfo(**{**asdict(self.info), "rows": rows, "sha256": _sha256(self.path)})

    def discard(self) -> None:
        """Close the file and remove it, unless it was published."""
        self.connection.close()
        self.path.unlink(missing_ok=True)

    def _count(self, table: str) -> int:
        (count,) = self.connection.execute(statement("count_rows").format(table=table)).fetchall()[0]
        return int(count)


class Warehouse:
    """The folder of snapshots."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it need not exist before the first import."""
        self.folder = folder
        self.files = folder / "snapshots"
        self.pointer = folder / "CURRENT"

    def current(self) -> Snapshot | None:
        """The snapshot that readers see, or None before the first import."""
        try:
            return self.snapshot(self.pointer.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return None

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """The snapshot with that id (37 and 0037 are the same); SnapshotMissing if there is none."""
        name = snapshot_id.zfill(4)
        manifest, path = self.files / f"{name}.json", self.files / f"{name}.duckdb"
        if not (name.isdigit() and manifest.exists() and path.exists()):
            raise SnapshotMissing(f"数据仓库里没有第 {snapshot_id} 批；请用 snapshots 命令查看现有批次。")
        return Snapshot(path, SnapshotInfo(**json.loads(manifest.read_text(encoding="utf-8"))))

    def snapshots(self) -> list[SnapshotInfo]:
        """What made each snapshot, newest first."""
        return [self.snapshot(path.stem).info for path in sorted(self.files.glob("*.json"), reverse=True)]

    def rollback(self, snapshot_id: str) -> Snapshot:
        """Make an earlier (or later) snapshot the current one; its file is verified before."""
        with self.writing():
            snapshot = self.snapshot(snapshot_id)
            if not self.is_whole(snapshot_id):
                raise SnapshotMissing(f"第 {snapshot.info.batch} 批的文件已损坏，不能退回到这一批；请另选一批。")
            self._point_to(snapshot.id)
            return snapshot

    def is_whole(self, snapshot_id: str) -> bool:
        """Whether the snapshot's file is the one that was published, byte for byte."""
        snapshot = self.snapshot(snapshot_id)
        return _sha256(snapshot.path) == snapshot.info.sha256

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock; WarehouseBusy at once if another holds it."""
        self.files.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "LOCK", timeout=0):
                for leftover in self.files.glob("building-*"):
                    leftover.unlink()
                yield
        except Timeout as error:
            raise WarehouseBusy("另一个导入正在进行，请等它结束后再试。") from error

    def begin(self, *, made_at: str, made_by: str, demo: bool) -> Build:
        """Start the next snapshot from the current one; the caller holds `writing()`."""
        parent = self.current()
        taken = [int(path.stem) for path in self.files.glob("*.json")]
        info = SnapshotInfo(f"{max(taken, default=0) + 1:04d}", parent.id if parent else None, made_at, made_by, demo)
        path = self.files / f"building-{info.id}.duckdb"
        if parent is not None:
            shutil.copyfile(parent.path, path)
        build = Build(path, info)
        build.create_tables()
        return build

    def publish(self, build: Build) -> Snapshot:
        """Give the finished file its name and move the pointer to it."""
        info = build.finish()
        path = self.files / f"{info.id}.duckdb"
        _write_synced(self.files / f"building-{info.id}.json", json.dumps(asdict(info), ensure_ascii=False, indent=1))
        os.replace(build.path, path)
        os.replace(self.files / f"building-{info.id}.json", self.files / f"{info.id}.json")
        _sync_folder(self.files)
        self._point_to(info.id)
        return Snapshot(path, info)

    def _point_to(self, snapshot_id: str) -> None:
        _write_synced(self.folder / "CURRENT.new", snapshot_id + "\n")
        os.replace(self.folder / "CURRENT.new", self.pointer)
        _sync_folder(self.folder)


_opening = threading.Lock()


def _open(path: Path) -> tuple[duckdb.DuckDBPyConnection, bool]:
    with _opening:
        return _connection(path)


@lru_cache(maxsize=OPEN_SNAPSHOTS)
def _connection(path: Path) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """A connection in memory to which the file is attached, with every question as a table function.

    The flag says that an older version built the snapshot and some question lacks what it reads:
    it is left out, so that the tables can still be read and the next import builds the marts anew.
    """
    outdated = False
    connection = duckdb.connect(
        ":memory:",
        config={
            "python_enable_replacements": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    connection.execute(statement("attach").format(path=str(path).replace("'", "''")))
    for (name,) in connection.execute("show tables from snapshot").fetchall():
        connection.execute(statement("expose_table").format(table=name))
    for query in questions().values():
        arguments, body = query.as_function
        try:
            connection.execute(statement("expose_query").format(name=query.name, arguments=arguments, query=body))
        except (duckdb.BinderException, duckdb.CatalogException):
            outdated = True
    connection.execute(statement("harden"))
    return connection, outdated


def _arrow(frame: pd.DataFrame, columns: list[Any], batch: int, came_from: str) -> pa.Table:
    arrays = {column.name: _array(frame[column.name], column.kind) for column in columns}
    arrays["batch"] = pa.repeat(pa.scalar(batch, pa.int64()), len(frame))
    arrays["came_from"] = pa.repeat(pa.scalar(came_from), len(frame))
    arrays["source_row"] = pa.array(frame["source_row"], pa.int64(), from_pandas=True)
    return pa.table(arrays)


def _array(values: pd.Series, kind: Kind) -> pa.Array:
    kept = ARROW_TYPES[kind]
    if pa.types.is_decimal(kept) and pd.api.types.is_float_dtype(values.dtype):
        return pa.array(values.round(kept.scale), from_pandas=True).cast(kept, safe=False)
    if kind in ("date", "month"):
        return pa.array(values, pa.timestamp("us"), from_pandas=True).cast(kept)
    return pa.array(values, kept, from_pandas=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
