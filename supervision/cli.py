"""The command line: import, query, report, snapshots, rollback, template, demo, doctor.

Exit code 0: all well; 1: rows were refused (without --accept-valid nothing went in then);
2: nothing could be done.
"""

import argparse
import getpass
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar
from rich.table import Table as Grid

from supervision import doctor
from supervision.answers import Answers
from supervision.asking import ask, newest_fact
from supervision.demo import write_workbooks
from supervision.documents.making import DOCUMENTS, REPORTS, write
from supervision.errors import FileUnwritable, NothingToImport, QueryRefused, SnapshotMissing, SupervisionError
from supervision.importing import Progress, check_files, import_files, replacement_of
from supervision.intake.moments import read_moment
from supervision.intake.refusals import write_refused
from supervision.periods import Period
from supervision.printing import outcome, print_report, say
from supervision.reports import ImportReport
from supervision.settings import DEMO_WORKBOOKS, WAREHOUSE_VARIABLE, warehouse_folder
from supervision.tables import BY_NAME
from supervision.templates import write_template
from supervision.warehouse import Snapshot, Warehouse
from supervision.workbooks import harmless

WELL, REFUSED, FAILED = 0, 1, 2

console = Console(stderr=True)
out = Console()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(arguments)
    options.warehouse = Warehouse(options.warehouse or warehouse_folder())
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SupervisionError as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        return FAILED


def run_import(options: argparse.Namespace) -> int:
    """import FILE…: check the files and publish the next snapshot."""
    if options.refused and not options.refused.parent.is_dir():
        raise FileUnwritable(f"没有文件夹“{options.refused.parent}”，退回表写不进去；请先建好，或另指一个位置。")
    replacement = None
    if options.replace:
        table, owner, *days = options.replace
        start, end = (_day_of(text) for text in days)
        replacement = replacement_of(options.warehouse.current(), table, owner, start, end)
    with _progress() as progress:
        if options.dry_run:
            report = check_files(
                options.warehouse, options.files, by=options.by, replacement=replacement, progress=progress
            )
            if report.staged:
                options.warehouse.discard(report.staged)
        else:
            report = import_files(
                options.warehouse,
                options.files,
                by=options.by,
                accept_valid=options.accept_valid,
                replacement=replacement,
                progress=progress,
            )
    if options.json:
        # Without indent json works in C, which halves the time that very many problems take.
        print(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
    else:
        print_report(out, report, dry_run=options.dry_run, replacing=replacement is not None)
    if options.refused and report.refused:
        write_refused(report.checked, options.refused)
    return _exit_code(report)


def run_demo(options: argparse.Namespace) -> int:
    """demo: write the demonstration district's workbooks and import them as a user would."""
    current = options.warehouse.current()
    if current is not None and options.if_empty:
        return WELL
    if current is not None and not ask(current, "freshness")["demo"].iloc[0]:
        raise NothingToImport("这个数据仓库里是真实数据，不能混入演示数据；请用 --warehouse 另指一个文件夹。")
    with Bar(console=console) as bar:
        task = bar.add_task("生成演示工作簿", total=1.0)
        files = write_workbooks(
            DEMO_WORKBOOKS, progress=lambda doing, share: bar.update(task, description=doing, completed=share)
        )
    with _progress() as progress:
        report = import_files(options.warehouse, files, by=options.by, demo=True, progress=progress)
    rows: Counter[str] = Counter()
    for sheet in report.sheets:
        rows[sheet.table or ""] += sheet.added + sheet.changed + sheet.unchanged
    listed = "，".join(f"{BY_NAME[table].title} {count:,}" for table, count in rows.items())
    _say(f"演示数据（人物、数字均为虚构）共 {len(files)} 个文件：{listed}。")
    _say(outcome(report))
    return _exit_code(report)


def run_query(options: argparse.Namespace) -> int:
    """query NAME: put a question to a snapshot and print its answer."""
    snapshot = _snapshot(options.warehouse, options.snapshot)
    params: dict[str, Any] = dict(_pair(part) for part in options.param)
    if reserved := params.keys() & {"period", "as_of", "policy_on", "reader", "snapshot"}:
        raise QueryRefused(f"--param 不能给 {'、'.join(sorted(reserved))}；时间请用 --start、--end、--as-of。")
    frame = ask(snapshot, options.name, _period(snapshot, options), as_of=options.as_of, **params)
    if options.format == "json":
        print(frame.to_json(orient="records", force_ascii=False, date_format="iso", indent=1))
    elif options.format == "csv":
        print(harmless(frame).to_csv(index=False), end="")
    else:
        print(frame.to_string(index=False, na_rep="—"))
    return WELL


def run_report(options: argparse.Namespace) -> int:
    """report KIND: write the documents of a period into a folder."""
    if bool(options.start) != bool(options.end):
        missing = "--end" if options.start else "--start"
        raise QueryRefused(f"还缺 {missing}；统计期请用 --start、--end 写明首尾两天，两个都不写为最近一个完整周。")
    snapshot = _snapshot(options.warehouse, options.snapshot)
    period = _period(snapshot, options)
    if period is None:
        raise QueryRefused("数据仓库里还没有台账，没有最近一周可写；请用 --start、--end 写明统计期。")
    answers, minutes = Answers(snapshot, period), options.warehouse.minutes
    for kind in REPORTS[options.kind]:
        document = DOCUMENTS[kind]
        written = write(document.files(answers, minutes), options.out)
        for path in written:
            _say(f"已写出 {path}")
        if not written:
            _say(f"{document.title}：{document.why_none(answers)}")
    return WELL


def run_snapshots(options: argparse.Namespace) -> int:
    """snapshots: list what made each snapshot, newest first."""
    current = options.warehouse.current()
    infos = options.warehouse.snapshots()
    if options.json:
        listed = [{**vars(info), "current": current is not None and info.id == current.id} for info in infos]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return WELL
    grid = Grid("批次", "当前", "时间", "导入人", "行数")
    for info in infos:
        mark = "●" if current is not None and info.id == current.id else ""
        grid.add_row(info.id, mark, info.made_at, escape(info.made_by), f"{sum(info.rows.values()):,}")
    out.print(grid)
    return WELL


def run_rollback(options: argparse.Namespace) -> int:
    """rollback ID: make another snapshot the current one."""
    snapshot = options.warehouse.rollback(options.id)
    _say(f"当前批次现在是第 {snapshot.info.batch} 批（{snapshot.info.made_at}，{snapshot.info.made_by}）。")
    return WELL


def run_template(options: argparse.Namespace) -> int:
    """template TABLE OUT.xlsx: write the table's template workbook."""
    by_title = {table.title: table for table in BY_NAME.values()}
    table = BY_NAME.get(options.table) or by_title.get(options.table)
    if table is None:
        known = "、".join(f"{each.name}（{each.title}）" for each in BY_NAME.values())
        raise NothingToImport(f"没有名为“{options.table}”的表；可用：{known}。")
    write_template(table, options.out)
    _say(f"已写出 {table.title} 模板：{options.out}")
    return WELL


def run_doctor(options: argparse.Namespace) -> int:
    """doctor: check the installation and the warehouse, and say what to do."""
    findings = doctor.examine(options.warehouse)
    for finding in findings:
        _say(f"{'✓' if finding.well else '✗'} {finding.text}")
    return WELL if all(finding.well for finding in findings) else FAILED


def _exit_code(report: ImportReport) -> int:
    if not any(sheet.table for sheet in report.sheets):
        return FAILED
    return REFUSED if report.refused else WELL


@contextmanager
def _progress() -> Iterator[Progress]:
    with Bar(console=console) as bar:
        task = bar.add_task("读取", total=1.0)
        yield lambda doing, share: bar.update(task, description=escape(doing), completed=share)


def _day_of(text: str) -> date:
    found = read_moment(text)
    if found is None:
        raise QueryRefused(f"看不懂日期“{text}”，请写成 2017-10-23。")
    return found.date()


def _typed_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"看不懂日期“{text}”，请写成 2017-10-23。") from error


def _say(text: str) -> None:
    say(out, text)


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise QueryRefused(f"--param 要写成 名称=值，而不是“{text}”。")
    return name, value


def _snapshot(warehouse: Warehouse, snapshot_id: str | None) -> Snapshot:
    snapshot = warehouse.snapshot(snapshot_id) if snapshot_id else warehouse.current()
    if snapshot is None:
        raise SnapshotMissing("数据仓库还是空的；请先用 import 导入工作簿，或用 demo 建立演示数据。")
    return snapshot


def _period(snapshot: Snapshot, options: argparse.Namespace) -> Period | None:
    """The period that is asked for; without --start and --end the newest full week."""
    if options.start or options.end:
        start = options.start or options.end
        if options.end and options.end < start:
            raise QueryRefused(f"结束日期 {options.end} 早于开始日期 {start}；请对调。")
        return Period.between(start, options.end or start)
    newest = newest_fact(snapshot)
    return Period.newest_full(newest) if newest else None


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--warehouse",
        type=Path,
        metavar="DIR",
        help=f"warehouse folder (else ${WAREHOUSE_VARIABLE}, else data/warehouse)",
    )
    parser = argparse.ArgumentParser(prog="python -m supervision", description="河长制督查看板 command line")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=(run.__doc__ or "").split(": ", 1)[1])
        added.set_defaults(command=run)
        return added

    importing = command("import", run_import)
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument("--by", default=getpass.getuser(), metavar="NAME", help="who imports")
    importing.add_argument("--dry-run", action="store_true", help="only check and count")
    importing.add_argument(
        "--accept-valid", action="store_true", help="take the valid rows although others are refused"
    )
    importing.add_argument(
        "--replace",
        nargs=4,
        metavar=("TABLE", "OWNER", "START", "END"),
        help="the files replace what a town or department sent of a table for these days",
    )
    importing.add_argument("--refused", type=Path, metavar="OUT.xlsx", help="write the refused rows with their reasons")
    importing.add_argument("--json", action="store_true")

    querying = command("query", run_query)
    querying.add_argument("name", metavar="NAME")
    for option in ("--start", "--end", "--as-of"):
        querying.add_argument(option, type=_typed_day, metavar="YYYY-MM-DD")
    querying.add_argument("--param", action="extend", nargs="+", default=[], metavar="k=v")
    querying.add_argument("--snapshot", metavar="ID")
    querying.add_argument("--format", choices=("table", "csv", "json"), default="table")

    reporting = command("report", run_report)
    reporting.add_argument("kind", choices=tuple(REPORTS), metavar="{" + ",".join(REPORTS) + "}")
    for option in ("--start", "--end"):
        reporting.add_argument(option, type=_typed_day, metavar="YYYY-MM-DD")
    reporting.add_argument("--snapshot", metavar="ID")
    reporting.add_argument("--out", type=Path, required=True, metavar="DIR")

    command("snapshots", run_snapshots).add_argument("--json", action="store_true")
    command("rollback", run_rollback).add_argument("id", metavar="ID")
    template = command("template", run_template)
    template.add_argument("table", metavar="TABLE")
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    demo = command("demo", run_demo)
    demo.add_argument("--by", default="演示", metavar="NAME")
    demo.add_argument("--if-empty", action="store_true", help="do nothing if the warehouse holds data already")
    command("doctor", run_doctor)
    return parser
