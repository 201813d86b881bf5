"""From files to a new snapshot: check, merge, rebuild the marts, publish."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd

from supervision.drafts import CheckedSheet
from supervision.errors import NothingToImport, Problem
from supervision.intake import examine
from supervision.names import Directory
from supervision.settings import DEFAULT_POLICY
from supervision.tables import BY_NAME, TABLES
from supervision.warehouse import Build, Snapshot, Warehouse

Progress = Callable[[str, float], None]
"""Told what is being done (in Chinese) and which share of the whole, 0 to 1, lies behind."""

READING, MERGING, MODELLING = (0.0, 0.5), (0.5, 0.7), (0.7, 1.0)
"""Which stretch of the whole each phase takes; measured on the demonstration district."""


@dataclass
class SheetReport:
    """What became of one sheet; the counts are rows."""

    file: str
    sheet: str
    table: str | None
    header_row: int | None
    encoding: str | None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """The sheet as `import --json` prints it."""
        record = vars(self) | {
            name: [problem.as_dict() for problem in getattr(self, name)] for name in ("problems", "warnings")
        }
        del record["notes"]
        return record


@dataclass
class ImportReport:
    """What an import did: `snapshot` is its id, or None when nothing went in."""

    snapshot: str | None
    sheets: list[SheetReport]
    checked: list[CheckedSheet]

    @property
    def refused(self) -> int:
        """Rows refused in all sheets, and one for each sheet or file that could not be read at all."""
        unreadable = sum(any(problem.row is None for problem in sheet.problems) for sheet in self.sheets)
        return sum(sheet.refused for sheet in self.sheets) + unreadable

    def as_dict(self) -> dict[str, object]:
        """The report as `import --json` prints it."""
        return {"snapshot": self.snapshot, "sheets": [sheet.as_dict() for sheet in self.sheets]}


def import_files(
    warehouse: Warehouse,
    paths: Sequence[Path],
    *,
    by: str,
    dry_run: bool = False,
    accept_valid: bool = False,
    demo: bool = False,
    progress: Progress = lambda doing, share: None,
) -> ImportReport:
    """Check the files and publish what they add to the current snapshot as the next one.

    With a refused row nothing goes in, unless `accept_valid`; `dry_run` only counts. The same
    rows again publish nothing. Raises NothingToImport if no file holds a known table,
    WarehouseBusy if another import is under way.
    """
    with warehouse.writing():
        base, now = warehouse.current(), datetime.now()
        checked = examine(paths, _directory(base), _stretch(progress, READING), now.date())
        if not any(sheet.table for sheet in checked) and not any(sheet.problems for sheet in checked):
            raise NothingToImport("这些文件里没有能识别的表；请对照模板核对表头后再导入。")
        build = warehouse.begin(made_at=now.isoformat(timespec="seconds"), made_by=by, demo=demo)
        try:
            if base is None:
                _load_default_policy(build)
            report = _merge(build, checked, _stretch(progress, MERGING))
            wanted = accept_valid or report.refused == 0
            news = any(sheet.added or sheet.changed for sheet in report.sheets)
            if dry_run or not wanted or not (news or (base is not None and base.outdated)):
                return report
            build.build_models(
                lambda name, share: _stretch(progress, MODELLING)(f"计算 {name}", share),
            )
            report.snapshot = warehouse.publish(build).id
            progress("完成", 1.0)
            return report
        finally:
            build.discard()


def _merge(build: Build, checked: list[CheckedSheet], progress: Progress) -> ImportReport:
    reports = []
    for number, sheet in enumerate(checked):
        progress(f"入库 {sheet.file}", number / len(checked))
        report = SheetReport(
            sheet.file,
            sheet.sheet,
            sheet.table,
            sheet.header_row,
            sheet.encoding,
            refused=len(sheet.refused),
            skipped=sheet.skipped,
            problems=sheet.problems,
            warnings=sheet.warnings,
            notes=sheet.notes,
        )
        if sheet.table is not None and len(sheet.frame):
            report.added, report.changed = build.merge(BY_NAME[sheet.table], sheet.frame, f"{sheet.file}›{sheet.sheet}")
            report.unchanged = len(sheet.frame) - report.added - report.changed
        if sheet.table is not None:
            build.log(_log_entry(report, sheet.file_hash))
        reports.append(report)
    return ImportReport(None, reports, checked)


def _log_entry(report: SheetReport, sha256: str) -> dict[str, object]:
    counted = ("file", "sheet", "table", "added", "changed", "unchanged", "refused", "skipped")
    return {name: getattr(report, name) for name in counted} | {"sha256": sha256}


def _directory(base: Snapshot | None) -> Directory:
    """The names that the current snapshot knows, by which references are resolved."""
    directory = Directory()
    for table in TABLES:
        if table.known_by:
            directory.add(table, base.table(table) if base else pd.DataFrame(columns=list(table.known_by)))
    return directory


def _load_default_policy(build: Build) -> None:
    """A new warehouse starts with the policy that is shipped, by the very path of an imported one."""
    (sheet,) = examine([DEFAULT_POLICY], Directory(), lambda doing, share: None)
    build.merge(BY_NAME["policy"], sheet.frame, "随系统提供的考核办法")


def _stretch(progress: Progress, part: tuple[float, float]) -> Progress:
    start, end = part
    return lambda doing, share: progress(doing, start + (end - start) * share)
