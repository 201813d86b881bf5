"""Uploaded workbooks: checked, imported and given back.

Their names and contents are untrusted: each is saved in a folder of its own under its base name
only, and the folder is gone when the check is over.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import streamlit as st

from supervision.effects import Effects, compare
from supervision.errors import SupervisionError
from supervision.importing import check_files, replacement_of
from supervision.intake.refusals import write_refused
from supervision.outcome import Outcome, Stretch
from supervision.reports import ImportReport
from supervision.view import html, shell
from supervision.workbooks import bytes_of

LONGEST_NAME = 80
"""Longer names are cut from the front, so that every file system takes them."""


class Upload(Protocol):
    """What Streamlit gives for an uploaded file."""

    name: str
    file_id: str

    def getvalue(self) -> bytes:
        """The whole file."""
        ...


@dataclass(frozen=True)
class Undoing:
    """What going back to a batch takes away: the batches since, newest first, and the effects."""

    lost: tuple[int, ...]
    effects: Effects | None


def check(files: Sequence[Upload], stretch: Stretch | None = None) -> Outcome | None:
    """Check the files under a progress bar; None after saying in one sentence why it cannot be."""
    bar = st.progress(0.0, "读取")

    def progress(doing: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), html.as_written(doing))

    try:
        house = shell.warehouse()
        replacement = (
            replacement_of(house.current(), stretch.table, stretch.owner, stretch.start, stretch.end)
            if stretch
            else None
        )
        with saved(files) as paths:
            report = check_files(house, paths, by="", replacement=replacement, progress=progress)
        return _outcome(report, signature(files), stretch)
    except SupervisionError as error:
        html.show("sentence", text=str(error), wrong=True)
        return None
    finally:
        bar.empty()


def publish(checked: Outcome, by: str) -> str | None:
    """Publish what was checked; the new snapshot's id, None after saying why it cannot be."""
    try:
        if checked.staged is None:
            return None
        made_at = datetime.now().isoformat(timespec="seconds")
        return shell.warehouse().publish_staged(checked.staged, made_at=made_at, made_by=by).id
    except SupervisionError as error:
        html.show("sentence", text=str(error), wrong=True)
        return None


def discard(checked: Outcome | None) -> None:
    """Throw an earlier check away, which nobody will publish."""
    if checked and checked.staged:
        shell.warehouse().discard(checked.staged)


@st.cache_data(max_entries=8, show_spinner=False)
def undoing(now: str, then: str, path: str) -> Undoing:
    """What going back from one batch to another takes away; `path` tells warehouses apart."""
    house = shell.warehouse()
    kept = house.lineage(then)
    lost = tuple(int(each) for each in house.lineage(now) if each not in kept)
    return Undoing(lost, compare(house.snapshot(now), house.snapshot(then)))


def roll_back(snapshot_id: str) -> bool:
    """Make another snapshot the current one; False after saying why it cannot be."""
    try:
        shell.warehouse().rollback(snapshot_id)
    except SupervisionError as error:
        html.show("sentence", text=str(error), wrong=True)
        return False
    return True


def signature(files: Sequence[Upload]) -> tuple[str, ...]:
    """By what a check is known to be of these very files."""
    return tuple(file.file_id for file in files)


@contextmanager
def saved(files: Sequence[Upload]) -> Iterator[list[Path]]:
    """The uploads as files on disk for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="supervision-") as folder:
        paths = []
        for position, file in enumerate(files):
            path = Path(folder, str(position), base_name(file.name))
            path.parent.mkdir()
            path.write_bytes(file.getvalue())
            paths.append(path)
        yield paths


def base_name(name: str) -> str:
    """The last part of an uploaded name, whatever separators and control characters it holds."""
    last = "".join(character for character in name if character.isprintable()).replace("\\", "/").rsplit("/", 1)[-1]
    return last.strip(" .")[-LONGEST_NAME:] or "未命名"


def _outcome(report: ImportReport, of: tuple[str, ...], stretch: Stretch | None) -> Outcome:
    workbook = bytes_of(lambda path: write_refused(report.checked, path)) if report.refused else None
    return Outcome(of, tuple(report.sheets), workbook, report.staged, report.effects, report.removed, stretch)
