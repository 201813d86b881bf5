"""From files to a new snapshot: check, merge, build the marts, and publish at once or after a look at the effects."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from supervision.asking import newest_fact
from supervision.building import Build, Change, Replacement
from supervision.effects import compare
from supervision.errors import NothingToImport, Problem, ReplacementUnfit
from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.memory import remembered
from supervision.intake.names import Directory
from supervision.reports import ImportReport, Reading, SheetReport
from supervision.settings import DEFAULT_POLICY
from supervision.tables import BY_NAME, TABLES, TOWN, Table
from supervision.warehouse import Snapshot, Warehouse

Progress = Callable[[str, float], None]
"""Told what is being done (in Chinese) and which share of the whole, 0 to 1, lies behind."""

READING, MERGING, MODELLING = (0.0, 0.5), (0.5, 0.7), (0.7, 0.95)
"""Which stretch of the whole each phase takes; measured on the demonstration district."""

SHIPPED = "随系统提供的考核办法"
"""Where the rules came from that a new warehouse starts with."""

LEAP_DAYS = 31
"""A sheet that reaches so far beyond all that is known is warned of; a wrong year is a year off."""

COUNTED = ("added", "changed", "unchanged", "refused", "skipped")


def import_files(
    warehouse: Warehouse,
    paths: Sequence[Path],
    *,
    by: str,
    accept_valid: bool = False,
    replacement: Replacement | None = None,
    demo: bool = False,
    progress: Progress = lambda doing, share: None,
) -> ImportReport:
    """Check the files and publish what they add to the current snapshot as the next one.

    With a refused row nothing goes in, unless `accept_valid`. The same rows again publish nothing. With a
    `replacement` the rows of its stretch that the files lack are taken away; nothing may be refused then.
    Raises NothingToImport if no file holds a known table, WarehouseBusy if another import is under way,
    ReplacementUnfit if a row lies outside the stretch, StagedOutdated if a meeting meanwhile changes the same matter.
    """
    with warehouse.writing(), _merged(warehouse, paths, by, replacement, demo, progress) as (build, report, base):
        wanted = report.refused == 0 or (accept_valid and replacement is None)
        if wanted and (report.news or (base is not None and base.outdated)):
            _build_models(build, progress)
            report.snapshot = warehouse.publish(build).id
            progress("完成", 1.0)
        return report


def check_files(
    warehouse: Warehouse,
    paths: Sequence[Path],
    *,
    by: str,
    replacement: Replacement | None = None,
    progress: Progress = lambda doing, share: None,
) -> ImportReport:
    """Do all that an import does but publish: what the valid rows would make of the ranking is in the report.

    A snapshot of an older version is built anew even if the files bring nothing. Raises as `import_files`
    does. `Warehouse.publish_staged` publishes what was checked, just as it was.
    """
    with warehouse.writing(), _merged(warehouse, paths, by, replacement, False, progress) as (build, report, base):
        outdated = base is not None and base.outdated
        if (report.news or outdated) and not (replacement and report.refused):
            _build_models(build, progress)
            report.staged = warehouse.stage(build)
            progress("比较入库前后", MODELLING[1])
            with warehouse.peek(report.staged) as after:
                report.effects = compare(base, after)
            progress("完成", 1.0)
        return report


def replacement_of(snapshot: Snapshot | None, name: str, owner: str, start: date, end: date) -> Replacement:
    """The stretch of days of a table and a sender, each by any of its names.

    ReplacementUnfit if there is no such table or sender, the table is not sent by senders and days, or the days
    are in the wrong order.
    """
    table = BY_NAME.get(name) or next((table for table in TABLES if table.title == name), None)
    if table is None or not table.owner:
        known = "、".join(table.title for table in TABLES if table.owner)
        raise ReplacementUnfit(f"“{name}”不能按期间替换；可以替换的有：{known}。")
    if end < start:
        raise ReplacementUnfit(f"结束日期 {end} 早于开始日期 {start}；请对调。")
    column = table.column(table.owner) if table.owner == "department" else TOWN
    keys, failures = _directory(snapshot).resolve(pd.Series([owner], dtype="str"), column)
    if failures:
        raise ReplacementUnfit(failures[0].message)
    return Replacement(table, str(keys.iloc[0]), start, end)


@contextmanager
def _merged(
    warehouse: Warehouse,
    paths: Sequence[Path],
    by: str,
    replacement: Replacement | None,
    demo: bool,
    progress: Progress,
) -> Iterator[tuple[Build, ImportReport, Snapshot | None]]:
    """The next snapshot with the valid rows merged, its marts not yet built; thrown away unless it is published."""
    base, now = warehouse.current(), datetime.now()
    choices = remembered(warehouse.folder)
    checked = examine(paths, _directory(base), _stretch(progress, READING), now.date(), choices)
    if not any(sheet.table for sheet in checked) and not any(sheet.problems for sheet in checked):
        raise NothingToImport("这些文件里没有能识别的表；请对照模板核对表头后再导入。")
    build = warehouse.begin(made_at=now.isoformat(timespec="seconds"), made_by=by, demo=demo)
    try:
        if base is None:
            _load_default_policy(build)
        removed = _replace(build, replacement, checked) if replacement else 0
        reports = _merge(build, checked, base, removed, _stretch(progress, MERGING))
        build.log_deliveries()
        yield build, ImportReport(None, reports, checked, removed), base
    finally:
        build.discard()


def _merge(
    build: Build, checked: list[CheckedSheet], base: Snapshot | None, removed: int, progress: Progress
) -> list[SheetReport]:
    """Merge the accepted rows and log each sheet; what a replacement removed is put down to the first that is one."""
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
            warnings=[*sheet.warnings, *_leap(sheet, base)],
            notes=sheet.notes,
            seen_in=build.seen_before(sheet.file_hash),
            reading=_reading(sheet),
            span=_span(sheet),
        )
        if sheet.table is not None:
            table = BY_NAME[sheet.table]
            if len(sheet.frame):
                report.changes = build.changes(table, sheet.frame)
                report.warnings += _moved_elsewhere(report.changes)
                report.added, report.changed = build.merge(table, sheet.frame, f"{sheet.file}›{sheet.sheet}")
                report.unchanged = len(sheet.frame) - report.added - report.changed
                report.notes = [*sheet.notes, *_defaults_gone(build, table, sheet)]
            place = {"file": sheet.file, "sheet": sheet.sheet}
            counts = {name: getattr(report, name) for name in COUNTED}
            build.log({**place, **counts, "table": sheet.table, "sha256": sheet.file_hash, "removed": removed})
            removed = 0
            build.log_refusals(place, table, sheet.refused_values)
        reports.append(report)
    return reports


def _reading(sheet: CheckedSheet) -> Reading | None:
    """How the sheet was read, None for one without anything like a header."""
    if not sheet.signature:
        return None
    columns = sheet.layout.columns if sheet.layout else {}
    return Reading(sheet.signature, sheet.headings, columns, sheet.candidates, sheet.sample, sheet.by_choice)


def _leap(sheet: CheckedSheet, base: Snapshot | None) -> list[Problem]:
    """A day far after all that is known becomes the day at which everything is judged: a wrong year moves the board."""
    newest = newest_fact(base) if base and not base.outdated else None
    dated = BY_NAME[sheet.table].dated if sheet.table else ""
    if newest is None or dated not in sheet.frame:
        return []
    far = sheet.frame[sheet.frame[dated] >= pd.Timestamp(newest) + pd.Timedelta(days=LEAP_DAYS)]
    if far.empty:
        return []
    farthest = far.sort_values(dated, ascending=False, kind="stable").iloc[0]
    last = farthest[dated].date()
    more = f"（共 {len(far)} 行）" if len(far) > 1 else ""
    return [
        Problem(
            int(farthest["source_row"]),
            BY_NAME[str(sheet.table)].column(dated).heading,
            last.isoformat(),
            "日期突前",
            f"最晚写到 {last}{more}，比库中最新的 {newest} 晚 {(last - newest).days} 天；入库后数据截至日变成这一天，"
            "逾期和排名都按它计算，请核对年份和月份。",
        )
    ]


def _span(sheet: CheckedSheet) -> tuple[date, date] | None:
    dated = BY_NAME[sheet.table].dated if sheet.table else ""
    if dated not in sheet.frame or sheet.frame.empty:
        return None
    return sheet.frame[dated].min().date(), sheet.frame[dated].max().date()


def _moved_elsewhere(changes: Sequence[Change]) -> list[Problem]:
    """A number that comes back for another town is as likely two towns' same number as a correction."""
    return [
        Problem(
            change.row,
            change.column,
            change.after,
            "换了镇乡",
            f"编号“{change.key}”在库中属于{change.before}（第 {change.batch} 批），这里写的是“{change.after}”；"
            "若是两个镇乡用了同一编号，请给这一行另编一个，否则原来那一条会被改掉。",
        )
        for change in changes
        if change.column == "镇乡街道" and change.before and change.after
    ]


def _replace(build: Build, replacement: Replacement, checked: Sequence[CheckedSheet]) -> int:
    """Take the stretch's rows away that the files lack; every row of the files must lie in the stretch."""
    table = replacement.table
    sheets = [sheet for sheet in checked if sheet.table == table.name]
    others = [sheet for sheet in checked if sheet.table not in (None, table.name)]
    if others or not sheets:
        raise ReplacementUnfit(f"替换{table.title}时，文件里只能有{table.title}；请把别的表分开导入。")
    for sheet in sheets:
        outside = build.outside(replacement, sheet.frame) if len(sheet.frame) else []
        if outside:
            raise ReplacementUnfit(
                f"{sheet.place}第 {'、'.join(map(str, outside[:5]))} 行不是所选单位 {replacement.start} 至 "
                f"{replacement.end} 的{table.title}；请核对替换的单位和期间，或从文件里去掉这些行。"
            )
    return build.replace(replacement, [sheet.frame for sheet in sheets])


def _build_models(build: Build, progress: Progress) -> None:
    step = _stretch(progress, MODELLING)
    build.build_models(lambda name, share: step(f"计算 {name}", share))


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
    build.merge(BY_NAME["policy"], sheet.frame, SHIPPED)


def _defaults_gone(build: Build, table: Table, sheet: CheckedSheet) -> list[str]:
    """What an imported 考核办法 does to the rules that are shipped."""
    gone = build.drop_outranked_defaults(table, sheet.frame, SHIPPED) if table.name == "policy" else 0
    return [f"随系统提供的办法中有 {gone} 条与本表的规则同类、生效不早于本表，已让位给本表。"] if gone else []


def _stretch(progress: Progress, part: tuple[float, float]) -> Progress:
    start, end = part
    return lambda doing, share: progress(doing, start + (end - start) * share)
