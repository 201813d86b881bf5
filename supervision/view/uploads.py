"""Uploaded workbooks: checked, imported and given back.

Their names and contents are untrusted: each is saved in a folder of its own under its base name
only, and the folder is gone when the check or the import is over.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import streamlit as st

from supervision.errors import Problem, SupervisionError
from supervision.importing import ImportReport, SheetReport, import_files
from supervision.refusals import write_refused
from supervision.view import downloads, html, shell

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
class Outcome:
    """What a check or an import found; no frames, so that it may stay in the session."""

    of: tuple[str, ...]
    snapshot: str | None
    sheets: tuple[SheetReport, ...]
    workbook: bytes | None

    @property
    def news(self) -> int:
        """Rows that are new or changed."""
        return sum(sheet.added + sheet.changed for sheet in self.sheets)

    @property
    def refused(self) -> int:
        """Rows that go back."""
        return sum(sheet.refused for sheet in self.sheets)

    @property
    def refused_sheets(self) -> int:
        """Sheets, or whole files, that go back as they are."""
        return sum(map(_is_refused, self.sheets))

    @property
    def read_sheets(self) -> int:
        """Sheets that a table was read from."""
        return sum(sheet.table is not None and not _is_refused(sheet) for sheet in self.sheets)

    @property
    def groups(self) -> list[tuple[str, list[tuple[SheetReport, Problem]]]]:
        """Problems by rule, the most frequent first."""
        by_rule: defaultdict[str, list[tuple[SheetReport, Problem]]] = defaultdict(list)
        for sheet in self.sheets:
            for problem in sheet.problems:
                by_rule[problem.rule].append((sheet, problem))
        return sorted(by_rule.items(), key=lambda group: -len(group[1]))


def run(files: Sequence[Upload], by: str, *, dry_run: bool = False, accept_valid: bool = False) -> Outcome | None:
    """Check or import the files under a progress bar; None after saying in one sentence why it cannot be."""
    bar = st.progress(0.0, "读取")

    def progress(doing: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), doing)

    try:
        with saved(files) as paths:
            report = import_files(
                shell.warehouse(),
                paths,
                by=by,
                dry_run=dry_run,
                accept_valid=accept_valid,
                progress=progress,
            )
        return _outcome(report, signature(files))
    except SupervisionError as error:
        html.show("sentence", text=str(error), wrong=True)
        return None
    finally:
        bar.empty()


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


def _is_refused(sheet: SheetReport) -> bool:
    return any(problem.row is None for problem in sheet.problems)


def _outcome(report: ImportReport, of: tuple[str, ...]) -> Outcome:
    workbook = downloads.workbook(lambda path: write_refused(report.checked, path)) if report.refused else None
    return Outcome(of, report.snapshot, tuple(report.sheets), workbook)
