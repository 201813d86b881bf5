"""The warehouse: immutable snapshots, a pointer to the current one, one writer at a time.

    CURRENT                 the id of the current snapshot
    LOCK                    held by the one writer
    snapshots/0037.duckdb   facts and marts, never changed once it has this name
    snapshots/0037.json     what made it, its SHA-256 and its row counts
    staged/…                checked imports that nobody has published yet
    minutes.sqlite          what the meetings decided, which is part of no snapshot

A writer builds the next file under another name, checks, closes and syncs it, and only then
moves the pointer with one atomic rename. Killed at any instant it leaves the old pointer and
the old files whole; what it left half done is swept away by the next writer.
"""

import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

from supervision.building import Build, SnapshotInfo, sha256_of
from supervision.catalogue import called, functions, questions, statement
from supervision.errors import SnapshotMissing, StagedOutdated, WarehouseBusy
from supervision.handover import data_frame
from supervision.meeting.minutes import Minutes
from supervision.tables import BY_NAME, Table

OPEN_SNAPSHOTS = 4
"""How many snapshots stay open for reading in one process: the current one and a few that are pinned."""

STAGED_SECONDS = 24 * 3600
"""How long a checked import waits to be published before the next writer sweeps it away."""

NO_PARENT = "0000"
"""Stands in the name of a staged file that the first snapshot will be made of."""

PROMISES = BY_NAME["promises"]
"""The table whose rows are kept in the minutes, whatever becomes of the snapshots."""


class Opened:
    """A connection to a snapshot, with the questions that others call as table functions."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Install them; a question that lacks what it reads is left out, so that the tables can still be read."""
        self.connection = connection
        self._lacking = [name for name in questions() if name in called() and not _exposed(connection, name)]

    @cached_property
    def outdated(self) -> bool:
        """Whether an older version built the snapshot, so that some question cannot be put to it.

        The questions that nobody calls are tried here only: all of them cost a test or a first page 100 ms.
        """
        with _trying:
            return bool(self._lacking) or not all(
                _exposed(self.connection.cursor(), name) for name in questions() if name not in called()
            )


@dataclass(frozen=True)
class Snapshot:
    """A snapshot open for reading; one that is not published yet brings its own connection."""

    path: Path
    info: SnapshotInfo = field(hash=False)
    opened: Opened | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The snapshot's id, such as 0037."""
        return self.info.id

    def frame(self, sql: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Run a select on a cursor of its own, so that threads never share one, and give its rows.

        Raises duckdb.Error; callers outside this module go through `supervision.asking.ask`.
        """
        cursor = self._open().connection.cursor()
        try:
            return data_frame(cursor.execute(sql, dict(params or {})).to_arrow_table())
        finally:
            cursor.close()

    @property
    def outdated(self) -> bool:
        """Whether an older version built it, so that some questions cannot be put to it."""
        return self._open().outdated

    def table(self, table: Table) -> pd.DataFrame:
        """All rows of an imported table, as stored."""
        return self.frame(statement("read_table").format(table=table.name))

    def _open(self) -> Opened:
        return self.opened or _open(self.path)


class Warehouse:
    """The folder of snapshots."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it need not exist before the first import."""
        self.folder = folder
        self.files = folder / "snapshots"
        self.staged = folder / "staged"
        self.pointer = folder / "CURRENT"

    @property
    def minutes(self) -> Minutes:
        """The minutes of the meetings; those of a warehouse older than they are begin with what it has imported."""
        minutes = Minutes(self.folder)
        if not minutes.begun and (current := self.current()):
            info = current.info
            minutes.begin_with(current.table(PROMISES), by=info.made_by, written_in=f"第 {info.batch} 批")
        return minutes

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

    def lineage(self, snapshot_id: str) -> list[str]:
        """The snapshot and those that it was built upon, newest first, as far as they are still there."""
        line: list[str] = []
        following: str | None = self.snapshot(snapshot_id).id
        while following is not None and (self.files / f"{following}.json").exists():
            line.append(following)
            following = self.snapshot(following).info.parent
        return line

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
        return sha256_of(snapshot.path) == snapshot.info.sha256

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock; WarehouseBusy at once if another holds it."""
        self.files.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "LOCK", timeout=0):
                self._sweep()
                yield
        except Timeout as error:
            raise WarehouseBusy("另一个导入正在进行，请等它结束后再试。") from error

    def begin(self, *, made_at: str, made_by: str, demo: bool) -> Build:
        """Start the next snapshot from the current one; the caller holds `writing()`."""
        parent = self.current()
        taken = [int(path.stem) for path in self.files.glob("*.json")]
        minutes = self.minutes
        info = SnapshotInfo(
            id=f"{max(taken, default=0) + 1:04d}",
            parent=parent.id if parent else None,
            made_at=made_at,
            made_by=made_by,
            demo=demo,
            known_entry=minutes.newest_entry(),
        )
        path = self.files / f"building-{info.id}.duckdb"
        if parent is not None:
            shutil.copyfile(parent.path, path)
        build = Build(path, info)
        build.create_tables()
        build.follow(PROMISES, minutes.table())
        return build

    def publish(self, build: Build) -> Snapshot:
        """Give the finished file its name and move the pointer to it; what it brings for the minutes goes in before.

        StagedOutdated if a meeting has meanwhile written about a matter that the build would change: its rows were
        compared, and filled up where the file lacks a column, with what was known when it was begun.
        """
        promises = build.brought(PROMISES)
        info = build.finish()
        written_in = f"第 {info.batch} 批"
        self.minutes.take_in(promises, by=info.made_by, written_in=written_in, known=info.known_entry)
        path = self.files / f"{info.id}.duckdb"
        _write_synced(self.files / f"building-{info.id}.json", json.dumps(asdict(info), ensure_ascii=False, indent=1))
        os.replace(build.path, path)
        os.replace(self.files / f"building-{info.id}.json", self.files / f"{info.id}.json")
        _sync_folder(self.files)
        self._point_to(info.id)
        return Snapshot(path, info)

    def stage(self, build: Build) -> Snapshot:
        """Finish the file without publishing it, to be looked at and published or discarded later."""
        info = build.finish()
        self.staged.mkdir(exist_ok=True)
        path = self.staged / f"{info.parent or NO_PARENT}-{uuid.uuid4().hex}.duckdb"
        os.replace(build.path, path)
        return Snapshot(path, info)

    @contextmanager
    def peek(self, staged: Snapshot) -> Iterator[Snapshot]:
        """The staged snapshot open for questions; closed afterwards, so that it can be published."""
        opened = _connect(staged.path)
        try:
            yield replace(staged, opened=opened)
        finally:
            opened.connection.close()

    def publish_staged(self, staged: Snapshot, *, made_at: str, made_by: str) -> Snapshot:
        """Publish what was staged, under the name of who decides it.

        StagedOutdated if the current snapshot is no longer the one that it was built upon, or as `publish` says.
        """
        with self.writing():
            parent = self.current()
            now = parent.id if parent else None
            taken = (self.files / f"{staged.id}.json").exists()
            if now != staged.info.parent or taken or not staged.path.exists():
                raise StagedOutdated("检查以后数据又有变动，检查结果已经过时，没有入库；请再检查一次。")
            build = Build(staged.path, staged.info)
            try:
                build.sign(replace(staged.info, made_at=made_at, made_by=made_by))
                return self.publish(build)
            finally:
                build.connection.close()

    def discard(self, staged: Snapshot) -> None:
        """Throw a staged import away."""
        staged.path.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove what a killed writer left half done, and checked imports that can no longer be published."""
        for leftover in self.files.glob("building-*"):
            leftover.unlink()
        parent = self.current()
        for path in self.staged.glob("*.duckdb*"):
            outdated = not path.name.startswith(f"{parent.id if parent else NO_PARENT}-")
            if outdated or time.time() - path.stat().st_mtime > STAGED_SECONDS:
                path.unlink(missing_ok=True)

    def _point_to(self, snapshot_id: str) -> None:
        _write_synced(self.folder / "CURRENT.new", snapshot_id + "\n")
        os.replace(self.folder / "CURRENT.new", self.pointer)
        _sync_folder(self.folder)


_opening = threading.Lock()
_trying = threading.Lock()


def _open(path: Path) -> Opened:
    with _opening:
        return _kept_open(path)


@lru_cache(maxsize=OPEN_SNAPSHOTS)
def _kept_open(path: Path) -> Opened:
    return _connect(path)


def _connect(path: Path) -> Opened:
    """A connection in memory to which the file is attached."""
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
    for function in functions():
        arguments, body = function.as_formula
        connection.execute(statement("expose_function").format(name=function.name, arguments=arguments, formula=body))
    opened = Opened(connection)
    connection.execute(statement("harden"))
    return opened


def _exposed(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Make a question a table function; false if the snapshot lacks what it reads."""
    arguments, body = questions()[name].as_function
    try:
        connection.execute(statement("expose_query").format(name=name, arguments=arguments, query=body))
    except (duckdb.BinderException, duckdb.CatalogException):
        return False
    return True


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
