"""What an import did, as the terminal prints it."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from supervision import footnotes
from supervision.errors import Problem
from supervision.reports import ImportReport, SheetReport
from supervision.tables import BY_NAME

SHOWN, SHOWN_ROWS = 20, 10
"""So many kinds of problem, warnings and changes of a sheet, and rows of each kind, are printed; --json has all."""


def print_report(out: Console, report: ImportReport, *, dry_run: bool, replacing: bool) -> None:
    """The counts of each sheet, what is wrong or changes in it, the effects, and what became of it all."""
    grid = Grid("文件", "工作表", "识别为", "表头行", "新增", "变更", "未变", "退回", "略过")
    for sheet in report.sheets:
        table = BY_NAME[sheet.table].title if sheet.table else "—"
        counts = (sheet.added, sheet.changed, sheet.unchanged, sheet.refused, sheet.skipped)
        grid.add_row(
            escape(sheet.file),
            escape(sheet.sheet),
            table,
            str(sheet.header_row or "—"),
            *(f"{count:,}" for count in counts),
        )
    out.print(grid)
    for sheet in report.sheets:
        for line in _about(sheet):
            say(out, f"{sheet.file}›{sheet.sheet} {line}" if sheet.sheet else line)
    if report.removed:
        say(out, f"替换：库中有而文件里没有的 {report.removed} 行{'将' if dry_run else ''}删除。")
    if report.effects:
        say(out, f"{footnotes.effects_period(report.effects)}：{'；'.join(footnotes.effects(report.effects))}。")
    say(out, outcome(report, dry_run=dry_run, replacing=replacing))


def say(out: Console, text: str) -> None:
    """A line as it is: names from files are no markup."""
    out.print(text, markup=False, highlight=False, soft_wrap=True)


def outcome(report: ImportReport, *, dry_run: bool = False, replacing: bool = False) -> str:
    """What became of it all, in one sentence."""
    if report.snapshot:
        return f"已入库，当前为第 {int(report.snapshot)} 批。"
    if dry_run:
        return "只检查，未入库。"
    if not any(sheet.table for sheet in report.sheets):
        return "没有可以入库的表，未入库。"
    if report.refused and replacing:
        return "有退回，未入库；替换时不能有退回的行，请改正后重新导入。"
    if report.refused:
        return "有退回，未入库；改正后重新导入，或加 --accept-valid 只收合格行。"
    rows = sum(sheet.added + sheet.changed + sheet.unchanged for sheet in report.sheets)
    return "与当前批次完全相同，没有新的内容。" if rows else "没有数据行，未入库。"


def _about(sheet: SheetReport) -> Iterator[str]:
    groups = _grouped(sheet.problems)
    for (column, message), rows in groups[:SHOWN]:
        where = f"第 {'、'.join(map(str, rows[:SHOWN_ROWS]))} 行" if rows else ""
        more = f"等 {len(rows)} 行" if len(rows) > SHOWN_ROWS else ""
        yield f"{where}{more} {column}：{message}".strip(" ：")
    yield from _rest(groups, "类问题，见 --json 或 --refused")
    for warning in sheet.warnings[:SHOWN]:
        yield f"第 {warning.row} 行 请核对：{warning.message}" if warning.row else f"请核对：{warning.message}"
    yield from _rest(sheet.warnings, "处请核对，见 --json")
    for change in sheet.changes[:SHOWN]:
        before, after = change.before or "（空）", change.after or "（空）"
        yield f"第 {change.row} 行 {change.key} {change.column}：{before} → {after}"
    yield from _rest(sheet.changes, "格改动，见 --json")
    if sheet.seen_in is not None:
        yield f"与第 {sheet.seen_in} 批导入的是同一个文件。"
    yield from (f"注意：{note}" for note in sheet.notes)


def _rest(listed: Sequence[object], what: str) -> Iterator[str]:
    if len(listed) > SHOWN:
        yield f"另有 {len(listed) - SHOWN} {what}。"


def _grouped(problems: Sequence[Problem]) -> list[tuple[tuple[str, str], list[int]]]:
    """Problems with one message together, with their rows, in the order in which they came up."""
    groups: dict[tuple[str, str], list[int]] = {}
    for problem in problems:
        groups.setdefault((problem.column, problem.message), []).extend([problem.row] if problem.row else [])
    return list(groups.items())
