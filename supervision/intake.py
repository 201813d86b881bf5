"""Intake's judgement: from files to checked frames, and what is wrong with the rest.

    reading → layout → rows → values → names → checks → repeats

A row with anything wrong in it is refused as a whole, with all its problems; a file that cannot be
read and a sheet whose table cannot be told are problems too, never exceptions.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from supervision.archives import Source, opened
from supervision.cells import shown
from supervision.checks import CHECKS
from supervision.drafts import CheckedSheet, Draft
from supervision.errors import FileUnreadable, Problem
from supervision.layout import Layout, recognise
from supervision.names import Directory
from supervision.reading import Sheet, read_sheets
from supervision.repeats import settle_repeats
from supervision.rows import data_rows
from supervision.tables import Column, load_order
from supervision.values import Failure, complaint, parse

Progress = Callable[[str, float], None]

HALF_WIDTH = {code: code - 0xFEE0 for code in map(ord, "－０１２３４５６７８９")} | {
    code: code - 0xFEE0 for first in "Ａａ" for code in range(ord(first), ord(first) + 26)
}
"""Full-width digits, letters and hyphen to their usual forms."""


def examine(
    paths: Sequence[Path],
    directory: Directory,
    progress: Progress = lambda _, __: None,
    today: date | None = None,
) -> list[CheckedSheet]:
    """Read, recognise and check all sheets of the files, in the order in which the tables load.

    Rows accepted here are added to `directory`, so that a workbook may bring chiefs and their
    patrols together. `progress(text, share)` is told each step. Nothing may have happened after
    `today`, the day of the import. Sheets without a table come last.
    """
    import_day = pd.Timestamp(today or date.today())
    recognised: dict[str, list[tuple[Sheet, Layout, CheckedSheet]]] = defaultdict(list)
    others: list[CheckedSheet] = []
    for number, path in enumerate(paths):
        progress(f"读取 {path.name}", 0.5 * number / len(paths))
        with opened(path) as sources:
            for source in sources:
                sheets, rest = _read(source)
                for sheet, layout, checked in sheets:
                    recognised[layout.table.name].append((sheet, layout, checked))
                others += rest
    results: list[CheckedSheet] = []
    for table in load_order():
        drafts = []
        for sheet, layout, checked in recognised.pop(table.name, []):
            progress(f"检查{table.title}", 0.5 + 0.5 * len(results) / (1 + len(results) + len(recognised)))
            drafts.append(_draft(sheet, layout, checked, directory, import_day))
        settle_repeats(table, drafts)
        for draft in drafts:
            draft.part()
            directory.add(table, draft.checked.frame)
            results.append(draft.checked)
    progress("检查完毕", 1.0)
    return results + others


def _read(source: Source) -> tuple[list[tuple[Sheet, Layout, CheckedSheet]], list[CheckedSheet]]:
    """The sheets of a file that hold a table, and what is to be said of the others."""
    name = source.shown
    try:
        if source.refusal:
            raise FileUnreadable(source.refusal)
        sheets = read_sheets(source.path, name)
        file_hash = _hash(source.path)
    except FileUnreadable as error:
        if source.is_beside:
            return [], [CheckedSheet(name, "", notes=[f"{str(error).rstrip('。')}；这个文件没有导入。"])]
        return [], [CheckedSheet(name, "", problems=[Problem(None, "", name, "文件无法读取", str(error))])]
    found, others = [], []
    for sheet in sheets:
        checked = CheckedSheet(sheet.file, sheet.name, encoding=sheet.encoding, file_hash=file_hash)
        checked.notes += sheet.notes
        if sheet.left_alone:
            checked.notes.append(sheet.left_alone)
            others.append(checked)
            continue
        layout = recognise(sheet)
        if isinstance(layout, Layout):
            found.append((sheet, layout, checked))
            continue
        if isinstance(layout, Problem):
            checked.problems.append(layout)
        else:
            checked.notes.append(f"工作表“{sheet.name}”不是数据表，没有导入。")
        others.append(checked)
    if not sheets and source.is_beside:
        others = []
    elif not sheets:
        message = f"文件“{name}”是空的；请确认选对了文件，并已保存。"
        problem = Problem(None, "", name, "没有内容", message)
        others = [CheckedSheet(name, "", file_hash=file_hash, problems=[problem])]
    elif all(sheet.left_alone for sheet in sheets):
        message = f"文件“{name}”的工作表都是隐藏的，没有导入；请取消隐藏再导入。"
        others[0].problems.append(Problem(None, "", name, "没有内容", message))
    elif not found and not source.is_beside and not any(checked.problems for checked in others):
        message = f"文件“{name}”里没有认得的表头；请在表的最上面按模板写上表头，模板可在数据导入页下载。"
        others[0].problems.append(Problem(None, "", name, "表类不明", message))
    return found, others


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _draft(sheet: Sheet, layout: Layout, checked: CheckedSheet, directory: Directory, today: pd.Timestamp) -> Draft:
    checked.table, checked.header_row, checked.headings = layout.table.name, layout.header_row, layout.headings
    checked.above = sheet.cells.loc[: layout.header_row - 1]
    if layout.ignored:
        checked.notes.append(f"这些列没有导入：{'、'.join(layout.ignored)}。")
    raw, checked.skipped = data_rows(sheet.cells, layout)
    if raw.empty and not checked.skipped:
        checked.notes.append("表头下面没有数据行。")
    draft = Draft(checked, layout, raw, pd.DataFrame(index=raw.index))
    _note_strays(draft)
    for column in layout.table.columns:
        if column.name in layout.columns:
            draft.frame[column.name] = _column(draft, column, directory)
        elif column.name in layout.table.key:
            draft.frame[column.name] = pd.Series("", index=raw.index, dtype="str")
    for check in CHECKS.get(layout.table.name, ()):
        if set(check.needs) <= set(draft.frame.columns):
            broken = draft.raw[layout.columns[check.column]][
                check.breaks(draft.frame, today).fillna(False).astype(bool)
            ]
            heading = layout.heading(check.column)
            texts = [(int(str(row)), shown(cell)) for row, cell in broken.items()]
            failures = [Failure(row, text, check.rule, complaint(heading, text, check.advice)) for row, text in texts]
            draft.refuse(check.column, failures)
    draft.frame["source_row"] = draft.frame.index
    return draft


def _note_strays(draft: Draft) -> None:
    """Cells without a heading: reported, and refused where a text file's row has more fields than its header.

    Such a row holds a comma that stands in no quotes, so that its cells have moved to the right.
    """
    headed = [place for place, heading in enumerate(draft.checked.headings) if heading]
    beyond = draft.raw.loc[:, headed[-1] + 1 :].dropna(how="all")
    if draft.checked.encoding is not None and len(beyond):
        for row, cells in beyond.iterrows():
            text = "、".join(cells.dropna())
            message = (
                f"这一行比表头多出“{text}”，多半是内容里有逗号而没有加引号，各列错了位；"
                "请给含逗号的内容加上引号，或另存为 .xlsx。"
            )
            draft.checked.problems.append(Problem(int(str(row)), "", text, "列数过多", message))
        return
    strays = draft.raw.drop(columns=headed).dropna(how="all", axis=1).columns
    if len(strays):
        draft.checked.notes.append(f"第 {'、'.join(str(int(place) + 1) for place in strays)} 列没有表头，没有导入。")


def _column(draft: Draft, column: Column, directory: Directory) -> pd.Series:
    """The values of a column, its problems noted."""
    layout, checked = draft.layout, draft.checked
    heading = layout.heading(column.name)
    cells = draft.raw[layout.columns[column.name]]
    parsed = parse(cells, column, heading=heading, unit=layout.units.get(column.name), year=layout.year)
    checked.notes += parsed.assumptions
    draft.refuse(column.name, parsed.failures)
    values, empty = parsed.values, parsed.values.isna()
    if column.refers or column.kind == "unit":
        values, failures = directory.resolve(values, column, heading)
        draft.refuse(column.name, failures)
    if column.required:
        failed = {failure.row for failure in parsed.failures}
        advice = f"「{heading}」必须填写，这里空着；请补上。"
        draft.refuse(
            column.name, [Failure(row, "", "必填为空", advice) for row in empty.index[empty] if row not in failed]
        )
    if column.kind == "text" and column.name in layout.table.key:
        values = _one_form(values if column.required else values.fillna(""))
    return values


def _one_form(codes: pd.Series) -> pd.Series:
    """Codes with half-width letters and digits, so that ＷＴ１ and WT1 are one row."""
    wide = codes.str.contains(r"[０-９Ａ-Ｚａ-ｚ－]", na=False)
    return codes.where(~wide, codes.str.translate(HALF_WIDTH)) if wide.any() else codes
