"""Intake's judgement: from files to checked frames, and what is wrong with the rest.

    reading → layout → rows → values → names → checks → repeats

A row with anything wrong in it is refused as a whole, with all its problems; a file that cannot be
read and a sheet whose table cannot be told are problems too, never exceptions.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from supervision.errors import FileUnreadable, Problem
from supervision.files.archives import Source, opened
from supervision.files.reading import Sheet, read_sheets
from supervision.intake.checking import Known, judge
from supervision.intake.checks import CHECKS
from supervision.intake.choices import Choice
from supervision.intake.contents import Tell, fill
from supervision.intake.drafts import CheckedSheet, Draft
from supervision.intake.layout import Layout
from supervision.intake.merges import filled_down
from supervision.intake.names import Directory
from supervision.intake.policy_sets import settle_sets
from supervision.intake.recognition import Recognition, recognise
from supervision.intake.repeats import settle_repeats
from supervision.intake.rows import data_rows
from supervision.intake.totals import check_totals
from supervision.tables import load_order

Progress = Callable[[str, float], None]


def examine(
    paths: Sequence[Path],
    directory: Directory,
    progress: Progress = lambda _, __: None,
    today: date | None = None,
    choices: Mapping[str, Choice] = MappingProxyType({}),
) -> list[CheckedSheet]:
    """Read, recognise and check all sheets of the files, in the order in which the tables load.

    Rows accepted here are added to `directory`, so that a workbook may bring chiefs and their
    patrols together. `progress(text, share)` is told each step. Nothing may have happened after
    `today`, the day of the import. `choices` say what a sheet with headings of such a signature is.
    Sheets without a table come last.
    """
    import_day = pd.Timestamp(today or date.today())
    recognised: dict[str, list[tuple[Sheet, Layout, CheckedSheet]]] = defaultdict(list)
    others: list[CheckedSheet] = []
    for number, path in enumerate(paths):
        progress(f"读取 {path.name}", 0.5 * number / len(paths))
        with opened(path) as sources:
            for source in sources:
                sheets, rest = _read(source, choices)
                for sheet, layout, checked in sheets:
                    recognised[layout.table.name].append((sheet, layout, checked))
                others += rest
    sheets_found = sum(map(len, recognised.values()))
    results: list[CheckedSheet] = []
    for table in load_order():
        drafts: list[Draft] = []
        for sheet, layout, checked in recognised.pop(table.name, []):
            tell = _stretch(progress, table.title, (len(results) + len(drafts)) / sheets_found, 1 / sheets_found)
            drafts.append(_draft(sheet, layout, checked, directory, import_day, tell))
        settle_repeats(table, drafts)
        if table.name == "policy":
            settle_sets(drafts)
        for draft in drafts:
            draft.part()
            directory.add(table, draft.checked.frame)
            results.append(draft.checked)
    progress("检查完毕", 1.0)
    return results + others


def _read(
    source: Source, choices: Mapping[str, Choice]
) -> tuple[list[tuple[Sheet, Layout, CheckedSheet]], list[CheckedSheet]]:
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
        recognition = recognise(sheet, choices)
        _note_recognition(checked, sheet, recognition)
        if recognition.layout is not None:
            found.append((sheet, recognition.layout, checked))
            continue
        if recognition.problem is not None:
            checked.problems.append(recognition.problem)
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
        message = (
            f"文件“{name}”里没有认得的表头；请在表的最上面按模板写上表头（模板可在数据导入页下载），"
            "或在数据导入页指定每一列是什么。"
        )
        others[0].problems.append(Problem(None, "", name, "表类不明", message))
    return found, others


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note_recognition(checked: CheckedSheet, sheet: Sheet, recognition: Recognition) -> None:
    """What a sheet was taken for, and what somebody needs to know who is to say what it is."""
    checked.layout, checked.by_choice = recognition.layout, recognition.by_choice
    checked.signature, checked.candidates = recognition.signature, recognition.candidates
    checked.sample = recognition.sample
    if recognition.header is not None:
        last = recognition.header.last_row
        checked.header_row, checked.headings = last, recognition.header.headings
        checked.top = sheet.cells.loc[:last]
        checked.since_1904 = sheet.since_1904
        checked.merged = tuple(area for area in sheet.merged if area[2] <= last)


def _stretch(progress: Progress, title: str, start: float, length: float) -> Tell:
    """Tells of the columns of a sheet, which is this stretch of all the checking."""
    return lambda doing, share: progress(f"检查{title}{doing}", 0.5 + 0.5 * (start + length * share))


def _draft(
    sheet: Sheet, layout: Layout, checked: CheckedSheet, directory: Directory, today: pd.Timestamp, tell: Tell
) -> Draft:
    checked.table = layout.table.name
    if layout.ignored:
        checked.notes.append(f"这些列没有导入：{'、'.join(layout.ignored)}。")
    cells = filled_down(sheet, layout)
    body = data_rows(cells, layout)
    raw, checked.skipped = body.rows, body.skipped
    if raw.empty and not checked.skipped:
        checked.notes.append("表头下面没有数据行。")
    draft = Draft(checked, layout, raw, pd.DataFrame(index=raw.index))
    _note_strays(draft)
    fill(draft, directory, since_1904=sheet.since_1904, tell=tell)
    judge(draft, CHECKS.get(layout.table.name, ()), Known(today, directory, draft))
    check_totals(draft, cells.loc[list(body.totals)])
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
        named = "、".join(f"第 {int(place) + 1} 列（{xl_col_to_name(int(place))} 列）" for place in strays)
        draft.checked.notes.append(f"{named}没有表头，没有导入。")
