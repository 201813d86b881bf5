"""Files to sheets: what stands in each cell, and nothing about what it means.

    file_kinds → sheet_calamine (.xlsx, .xlsm, .xlsb), sheet_ods, sheet_xls, text_files

Whatever a file is called, it is read as what it is; whatever is wrong with it ends in one sentence.
"""

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

import pandas as pd

from supervision.errors import FileUnreadable
from supervision.files.file_kinds import SUFFIXES, Kind, damaged, kind_of, note_on_kind
from supervision.files.packages import Package
from supervision.files.sheet_calamine import read_with_calamine
from supervision.files.sheet_facts import CONTROL, Merged, RawBook, RawSheet
from supervision.files.sheet_ods import read_ods
from supervision.files.sheet_xls import read_xls
from supervision.files.text_files import read_text

LARGEST_SHEET = 30_000_000
"""More cells than this are not read: a million rows of the widest table have 22 million."""

INSIDE = "›"
"""Stands between an archive and a file in it: 包.zip›内.xlsx."""


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, before anything is made of them.

    `cells` is indexed by the row number that Excel shows (from 1), with columns 0, 1, 2 …; an
    empty cell is missing. A workbook's columns are of dtype object (str, float, bool, datetime,
    date, time, timedelta), a text file's of dtype str. `encoding` is that of a text file. `merged`
    holds the merged ranges as first row, first column, last row, last column, rows and columns as in
    `cells`. `since_1904` tells in which of Excel's two calendars bare serial numbers count. A sheet
    that is not to be read (hidden, say) has no cells and `left_alone` says why, in Chinese. `notes`
    say what is to be known of the whole file.
    """

    file: str
    name: str
    encoding: str | None
    cells: pd.DataFrame
    merged: tuple[Merged, ...] = ()
    since_1904: bool = False
    left_alone: str = ""
    notes: tuple[str, ...] = ()


def read_sheets(path: Path, shown: str = "") -> list[Sheet]:
    """All sheets of a file that hold anything, in its own order; hidden ones without their cells.

    `shown` is what messages call the file. Raises FileUnreadable, naming the file and what to do, if
    it is missing, of a format that is not read, damaged, too large, locked by a password, or text in
    an unknown encoding.
    """
    shown = shown or path.name
    if path.is_dir():
        raise FileUnreadable(f"“{shown}”是文件夹；请选其中的文件，或压缩成 .zip 再导入。")
    if not path.is_file():
        raise FileUnreadable(f"找不到文件“{shown}”，请确认文件没有被移动或改名。")
    try:
        return _read(path, shown)
    except (FileUnreadable, KeyboardInterrupt, SystemExit):
        raise
    except OSError as error:
        if error.filename is None:  # not the system refused to open it, its bytes led astray
            raise damaged(shown) from error
        raise FileUnreadable(f"文件“{shown}”打不开，可能正被别的程序占用；请关闭后再试。") from error
    except BaseException as error:
        # What readers of half a dozen formats raise on damaged bytes is not to be counted up; when
        # calamine's own code gives up, it comes as an exception that is not even an Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged(shown) from error
        raise


def _read(path: Path, shown: str) -> list[Sheet]:
    kind = kind_of(path, shown)
    notes = note_on_kind(kind, shown)
    if kind == "text":
        cells, encoding = read_text(path, shown, LARGEST_SHEET)
        cells = _trimmed(cells)
        name = PurePath(shown.rsplit(INSIDE, 1)[-1]).stem
        return [] if cells.empty else [Sheet(shown, name, encoding, cells, notes=notes)]
    if kind == "zip":
        raise FileUnreadable(f"压缩包“{shown}”里没有能读的表格，只能读 {'、'.join(SUFFIXES)}；请解压后选出表格再导入。")
    if kind == "xls":
        return _sheets(read_xls(path, shown), shown, notes)
    with Package(path, shown) as package:
        return _sheets(_read_package(path, package, kind), shown, notes)


def _read_package(path: Path, package: Package, kind: Kind) -> RawBook:
    if kind == "ods":
        package.verify(done={"content.xml"})
        return read_ods(package, LARGEST_SHEET)
    return read_with_calamine(path, package, LARGEST_SHEET)


def _sheets(book: RawBook, shown: str, notes: tuple[str, ...]) -> list[Sheet]:
    sheets = []
    for raw in book.sheets:
        if raw.hidden:
            reason = f"隐藏的工作表“{raw.name}”没有导入；需要的话请取消隐藏再导入。"
            sheets.append(Sheet(shown, raw.name, None, pd.DataFrame(), left_alone=reason, notes=notes))
            continue
        cells = _trimmed(_frame(raw))
        if not cells.empty:
            merged = _inside(raw.merged, *cells.shape)
            sheets.append(Sheet(shown, raw.name, None, cells, merged, book.since_1904, notes=notes))
    return sheets


def _frame(raw: RawSheet) -> pd.DataFrame:
    width = max(map(len, raw.rows), default=0)
    for row in raw.rows:
        row += [None] * (width - len(row))
        for place, cell in enumerate(row):
            if type(cell) is str and (not cell.isprintable() or cell.isspace() or not cell):
                row[place] = _text(cell)
    return pd.DataFrame(raw.rows, dtype=object)


def _text(cell: str) -> str | None:
    """A text without control characters, which no one can see or type; None for white space only."""
    text = re.sub(CONTROL, "", cell)
    return text if text.strip() else None


def _trimmed(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells without the empty rows and columns at the end, rows numbered from 1."""
    filled = cells.notna()
    rows, columns = filled.any(axis=1).to_numpy().nonzero()[0], filled.any().to_numpy().nonzero()[0]
    cells = cells.iloc[: rows.max(initial=-1) + 1, : columns.max(initial=-1) + 1]
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return cells


def _inside(merged: list[Merged], rows: int, columns: int) -> tuple[Merged, ...]:
    """The merged ranges that lie within the cells."""
    return tuple(
        (top, left, min(bottom, rows), min(right, columns - 1))
        for top, left, bottom, right in merged
        if top <= rows and left < columns and (top, left) != (min(bottom, rows), min(right, columns - 1))
    )
