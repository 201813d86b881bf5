"""Files to sheets: what stands in each cell, and nothing about what it means.

A further format is a further entry in `READERS`.
"""

import csv
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from supervision.errors import FileUnreadable
from supervision.formula_errors import error_cells

SAMPLE = 1_000_000
"""How many bytes or characters are looked at to tell a damaged file from a sound one."""

STRANGE_SHARE = 0.02
"""Above this share of unassigned or private characters a text was decoded by the wrong encoding."""

DAMAGED_SHARE = 0.1
"""Below this share of undecodable characters a text is UTF-8 with damage, not another encoding."""


BLANKS = ["", *(space * count for space in " \u3000" for count in range(1, 9))]
"""Cells that look empty."""


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, before anything is made of them.

    `cells` is indexed by the row number that Excel shows (from 1), with columns 0, 1, 2 …; an
    empty cell is missing. A workbook's columns are of dtype object (str, float, bool, datetime,
    date, time, timedelta), a text file's of dtype str. `encoding` is that of a text file.
    """

    file: str
    name: str
    encoding: str | None
    cells: pd.DataFrame


def read_sheets(path: Path) -> list[Sheet]:
    """All visible sheets of a file that hold anything, in its own order.

    Raises FileUnreadable, naming the file and what to do, if it is missing, of a format that is
    not read, damaged, locked by a password, or text in an unknown encoding.
    """
    if not path.is_file():
        raise FileUnreadable(f"找不到文件“{path.name}”，请确认文件没有被移动或改名。")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise FileUnreadable(
            f"文件“{path.name}”的格式读不了，只能读 {'、'.join(READERS)}；请在 Excel 中另存为 .xlsx 再导入。"
        )
    try:
        return reader(path)
    except OSError as error:
        raise FileUnreadable(f"文件“{path.name}”打不开，可能正被别的程序占用；请关闭后再试。") from error


def _read_workbook(path: Path) -> list[Sheet]:
    data = io.BytesIO(path.read_bytes())
    try:
        with CalamineWorkbook.from_filelike(data) as workbook:
            shown = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            grids = {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in shown}
    except PasswordError as error:
        raise FileUnreadable(f"文件“{path.name}”有打开密码，请去掉密码再导入。") from error
    except CalamineError as error:
        raise FileUnreadable(
            f"文件“{path.name}”不是完好的 Excel 工作簿，请用 Excel 打开并另存为 .xlsx 再导入。"
        ) from error
    failed = error_cells(data)
    sheets = []
    for name, grid in grids.items():
        for row, column, text in failed.get(name, ()):
            grid[row - 1][column] = text
        cells = pd.DataFrame(grid, dtype=object)
        cells = _trimmed(cells.mask(cells.isin(BLANKS), None))
        if not cells.empty:
            sheets.append(Sheet(path.name, name, None, cells))
    return sheets


def _read_text(path: Path) -> list[Sheet]:
    text, encoding = _decoded(path.read_bytes(), path.name)
    if not text.strip():
        return []
    try:
        cells = pd.read_csv(
            io.BytesIO(text),
            header=None,
            names=range(_width(text)),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_values=BLANKS,
            skip_blank_lines=False,
            encoding="utf-8",
        )
    except (pd.errors.ParserError, csv.Error) as error:
        raise FileUnreadable(
            f"文件“{path.name}”的引号不成对，分不清列；请用 Excel 打开核对，另存为 .xlsx 再导入。"
        ) from error
    cells = _trimmed(cells)
    return [] if cells.empty else [Sheet(path.name, path.stem, encoding, cells)]


READERS: dict[str, Callable[[Path], list[Sheet]]] = {".xlsx": _read_workbook, ".csv": _read_text}


def _trimmed(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells without the empty rows and columns at the end, rows numbered from 1."""
    filled = cells.notna()
    rows, columns = filled.any(axis=1).to_numpy().nonzero()[0], filled.any().to_numpy().nonzero()[0]
    cells = cells.iloc[: rows.max(initial=-1) + 1, : columns.max(initial=-1) + 1]
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return cells


def _width(text: bytes) -> int:
    """The largest number of fields in a record; a title above the table has fewer than the table."""
    if b'"' not in text:
        return 1 + max(line.count(b",") for line in io.BytesIO(text))
    return max(len(record) for record in csv.reader(io.TextIOWrapper(io.BytesIO(text), "utf-8", newline="")))


def _decoded(data: bytes, file: str) -> tuple[bytes, str]:
    """The text as UTF-8 without a byte order mark and with line feeds, and the encoding it came in."""
    if b"\0" in data:
        hint = "它其实是 Excel 文件，请把后缀改回 .xlsx" if data.startswith(b"PK") else "请用 Excel 另存为 .xlsx"
        raise FileUnreadable(f"文件“{file}”不是文本文件；{hint}再导入。")
    try:
        data.decode("utf-8")
        text, encoding = data.removeprefix(b"\xef\xbb\xbf"), "utf-8"
    except UnicodeDecodeError as error:
        text, encoding = _from_gb18030(data, file, error), "gb18030"
    return text if b"\n" in text else text.replace(b"\r", b"\n"), encoding


def _from_gb18030(data: bytes, file: str, error: UnicodeDecodeError) -> bytes:
    """The same text in UTF-8; Excel on Chinese Windows saves CSV in GB18030.

    GB18030 takes nearly any bytes for characters, so that what it makes of a damaged UTF-8 file
    or of another encoding has to be recognised by its look.
    """
    wide = [character for character in data[:SAMPLE].decode("utf-8", "replace") if character > "\x7f"]
    if wide.count("\ufffd") < DAMAGED_SHARE * len(wide):
        line = data.count(b"\n", 0, error.start) + 1
        raise FileUnreadable(f"文件“{file}”第 {line} 行有损坏的字符；请从来源系统重新导出再导入。") from error
    advice = f"文件“{file}”的文字编码既不是 UTF-8 也不是 GB18030；请用 Excel 另存为“CSV UTF-8”或 .xlsx 再导入。"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as failure:
        raise FileUnreadable(advice) from failure
    wide = [character for character in text[:SAMPLE] if character > "\x7f"]
    strange = sum(unicodedata.category(character) in ("Co", "Cn", "Cc") for character in wide)
    if strange > STRANGE_SHARE * len(wide):
        raise FileUnreadable(advice)
    return text.encode("utf-8")
