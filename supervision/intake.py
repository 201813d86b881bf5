"""Intake's judgement: from files to checked frames, and what is wrong with the rest.

    reading → layout → rows → values → names → checks

A row with anything wrong in it is refused as a whole, with all its problems; a file that cannot be
read and a sheet whose table cannot be told are problems too, never exceptions.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from supervision.checks import CHECKS
from supervision.errors import FileUnreadable, Problem
from supervision.layout import Layout, recognise
from supervision.names import Directory
from supervision.reading import Sheet, read_sheets
from supervision.rows import data_rows
from supervision.tables import Column, Table, load_order
from supervision.values import Failure, complaint, parse, shown

Progress = Callable[[str, float], None]


@dataclass
class CheckedSheet:
    """What came of one sheet.

    `frame` holds the accepted rows: the table's columns that the sheet has, by their warehouse
    names, and source_row. `refused` holds the other rows as sent, indexed by row number, with columns
    0, 1, 2 … as in the sheet and `reasons`. `headings` are the sender's, by those columns.
    `skipped` counts totals, notes, repeated headers and repeated rows. `table` is None for a sheet
    that holds none; `problems` with row None concern the whole sheet; `notes` say what was assumed.
    """

    file: str
    sheet: str
    table: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    file_hash: str = ""
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    refused: pd.DataFrame = field(default_factory=pd.DataFrame)
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The sheet as a message names it."""
        return f"《{self.file}》工作表“{self.sheet}”"


@dataclass(eq=False)
class Draft:
    """A sheet under examination: every data row, before those with problems are parted off."""

    checked: CheckedSheet
    layout: Layout
    raw: pd.DataFrame
    frame: pd.DataFrame

    def is_sound(self) -> pd.Series:
        """For each row of the frame whether nothing was found wrong with it."""
        wrong = {problem.row for problem in self.checked.problems}
        return pd.Series(~self.frame.index.isin(list(wrong)), index=self.frame.index)

    def refuse(self, column: str, failures: Sequence[Failure]) -> None:
        """Put failures of a column (by its warehouse name) to the sheet's problems."""
        heading = self.layout.heading(column)
        self.checked.problems += [Problem(f.row, heading, f.value, f.rule, f.message) for f in failures]


def examine(paths: Sequence[Path], directory: Directory, progress: Progress = lambda _, __: None) -> list[CheckedSheet]:
    """Read, recognise and check all sheets of the files, in the order in which the tables load.

    Rows accepted here are added to `directory`, so that a workbook may bring chiefs and their
    patrols together. `progress(text, share)` is told each step. Sheets without a table come last.
    """
    recognised: dict[str, list[tuple[Sheet, Layout, CheckedSheet]]] = defaultdict(list)
    others: list[CheckedSheet] = []
    for number, path in enumerate(paths):
        progress(f"读取 {path.name}", 0.5 * number / len(paths))
        sheets, rest = _read(path)
        for sheet, layout, checked in sheets:
            recognised[layout.table.name].append((sheet, layout, checked))
        others += rest
    results: list[CheckedSheet] = []
    for table in load_order():
        drafts = []
        for sheet, layout, checked in recognised.pop(table.name, []):
            progress(f"检查{table.title}", 0.5 + 0.5 * len(results) / (1 + len(results) + len(recognised)))
            drafts.append(_draft(sheet, layout, checked, directory))
        _settle_repeats(table, drafts)
        for draft in drafts:
            _part(draft)
            directory.add(table, draft.checked.frame)
            results.append(draft.checked)
    progress("检查完毕", 1.0)
    return results + others


def _read(path: Path) -> tuple[list[tuple[Sheet, Layout, CheckedSheet]], list[CheckedSheet]]:
    """The sheets of a file that hold a table, and what is to be said of the others."""
    try:
        sheets = read_sheets(path)
        with path.open("rb") as file:
            file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    except FileUnreadable as error:
        return [], [CheckedSheet(path.name, "", problems=[Problem(None, "", path.name, "文件无法读取", str(error))])]
    found, others = [], []
    for sheet in sheets:
        checked = CheckedSheet(sheet.file, sheet.name, encoding=sheet.encoding, file_hash=file_hash)
        layout = recognise(sheet)
        if isinstance(layout, Layout):
            found.append((sheet, layout, checked))
            continue
        if isinstance(layout, Problem):
            checked.problems.append(layout)
        else:
            checked.notes.append(f"工作表“{sheet.name}”不是数据表，没有导入。")
        others.append(checked)
    if not found and not any(checked.problems for checked in others):
        message = f"文件“{path.name}”里没有认得的表；请按模板的表头填写，模板可在数据导入页下载。"
        others = others or [CheckedSheet(path.name, "", file_hash=file_hash)]
        others[0].problems.append(Problem(None, "", path.name, "表类不明", message))
    return found, others


def _draft(sheet: Sheet, layout: Layout, checked: CheckedSheet, directory: Directory) -> Draft:
    checked.table, checked.header_row, checked.headings = layout.table.name, layout.header_row, layout.headings
    if layout.ignored:
        checked.notes.append(f"这些列没有导入：{'、'.join(layout.ignored)}。")
    raw, checked.skipped = data_rows(sheet.cells, layout)
    draft = Draft(checked, layout, raw, pd.DataFrame(index=raw.index))
    for column in layout.table.columns:
        if column.name in layout.columns:
            draft.frame[column.name] = _column(draft, column, directory)
    for check in CHECKS.get(layout.table.name, ()):
        if set(check.needs) <= set(draft.frame.columns):
            broken = draft.raw[layout.columns[check.column]][check.breaks(draft.frame).fillna(False).astype(bool)]
            heading = layout.heading(check.column)
            texts = [(int(str(row)), shown(cell)) for row, cell in broken.items()]
            failures = [Failure(row, text, check.rule, complaint(heading, text, check.advice)) for row, text in texts]
            draft.refuse(check.column, failures)
    draft.frame["source_row"] = draft.frame.index
    return draft


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
    elif column.kind == "text" and column.name in layout.table.key:
        values = values.fillna("")
    return values


def _settle_repeats(table: Table, drafts: Sequence[Draft]) -> None:
    """Keep one of sound rows that are the same; refuse all rows that share a key and differ.

    The rows of all sheets of the table are held against each other, as one import brings one state.
    """
    if not drafts:
        return
    key = list(table.key)
    rows = pd.concat(
        [draft.frame.assign(draft=place, sound=draft.is_sound()) for place, draft in enumerate(drafts)],
        ignore_index=True,
    )
    rows = rows[rows.duplicated(key, keep=False) & rows[key].notna().all(axis=1)]
    content = _comparable(rows.drop(columns=["source_row", "draft", "sound"]), table)
    versions = content.drop_duplicates()
    disputed = versions[versions.duplicated(key, keep=False)].set_index(key).index
    conflict = pd.Series(content.set_index(key).index.isin(disputed), index=rows.index)
    again = content[rows["sound"] & ~conflict].duplicated().reindex(rows.index, fill_value=False)
    for place, draft in enumerate(drafts):
        repeats = rows.loc[again & (rows["draft"] == place), "source_row"].tolist()
        draft.frame = draft.frame.drop(index=repeats)
        draft.checked.skipped += len(repeats)
    for _, group in rows[conflict].groupby(key, sort=False):
        places = [(drafts[place], int(row)) for place, row in zip(group["draft"], group["source_row"], strict=True)]
        for draft, row in places:
            _refuse_repeat(table, draft, row, [other for other in places if other != (draft, row)])


def _comparable(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows with lists as tuples, which alone can be compared at once."""
    many = [column.name for column in table.columns if column.kind == "many" and column.name in rows.columns]
    return rows.assign(**{name: rows[name].map(tuple, na_action="ignore") for name in many})


def _refuse_repeat(table: Table, draft: Draft, row: int, others: Sequence[tuple[Draft, int]]) -> None:
    name = table.key[0]
    value = "、".join(shown(draft.raw.at[row, draft.layout.columns[column]]) for column in table.key)
    where = "、".join(f"{other.checked.place}第 {number} 行" for other, number in others[:5])
    heading = draft.layout.heading(name)
    message = complaint(heading, value, f"与{where}重复而内容不同；请核对后只留一行，或改正编号。")
    draft.refuse(name, [Failure(row, value, "编号重复", message)])


def _part(draft: Draft) -> None:
    """Part the rows with problems from the accepted ones."""
    reasons: dict[int, list[str]] = defaultdict(list)
    draft.checked.problems.sort(key=lambda problem: problem.row or 0)
    for problem in draft.checked.problems:
        if problem.row is not None:
            reasons[problem.row].append(problem.message)
    refused = draft.raw.loc[list(reasons)]
    draft.checked.refused = refused.assign(reasons=["\n".join(texts) for texts in reasons.values()])
    draft.checked.frame = draft.frame.drop(index=list(reasons))
