"""Files to sheets: what stands in each cell, and nothing about what it means.

A further format is a further entry in `READERS`.
"""

import csv
import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from supervision.errors import FileUnreadable
from supervision.sheet_xml import SheetXml, look_into

SAMPLE = 1_000_000
"""How many bytes or characters are looked at to tell a damaged file from a sound one."""

STRANGE_SHARE = 0.02
"""Above this share of unassigned or private characters a text was decoded by the wrong encoding."""

DAMAGED_SHARE = 0.1
"""Below this share of undecodable characters a text is UTF-8 with damage, not another encoding."""


LARGEST_SHEET = 30_000_000
"""More cells than this are not read: a million rows of the widest table have 22 million."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Excel 97–2003 begins, and an .xlsx that is locked by a password."""

NOT_A_WORKBOOK = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    LookupError,
    ValueError,
    RuntimeError,
    EOFError,
)
"""What the readers of zip and XML were seen to raise, or may raise, on damaged bytes."""


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, before anything is made of them.

    `cells` is indexed by the row number that Excel shows (from 1), with columns 0, 1, 2 …; an
    empty cell is missing. A workbook's columns are of dtype object (str, float, bool, datetime,
    date, time, timedelta), a text file's of dtype str. `encoding` is that of a text file. `merged`
    holds the merged ranges as first row, first column, last row, last column, rows and columns as in
    `cells`. `since_1904` tells in which of Excel's two calendars bare serial numbers count. A sheet
    that is not to be read (hidden, say) has no cells and `left_alone` says why, in Chinese.
    """

    file: str
    name: str
    encoding: str | None
    cells: pd.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    since_1904: bool = False
    left_alone: str = ""


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
    data = path.read_bytes()
    if data.startswith(OLD_EXCEL):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        advice = "有打开密码，请去掉密码再导入" if locked else "其实是旧格式 .xls，请用 Excel 另存为 .xlsx 再导入"
        raise FileUnreadable(f"文件“{path.name}”{advice}。")
    try:
        known = look_into(io.BytesIO(data))
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return [
                sheet
                for about in workbook.sheets_metadata
                if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
                for sheet in _read_sheet(path.name, workbook, about.name, known[about.name])
            ]
    except NOT_A_WORKBOOK as error:
        raise FileUnreadable(
            f"文件“{path.name}”不是完好的 Excel 工作簿，请用 Excel 打开并另存为 .xlsx 再导入。"
        ) from error


def _read_sheet(file: str, workbook: CalamineWorkbook, name: str, known: SheetXml) -> list[Sheet]:
    """The sheet, or none if it is empty."""
    if known.rows * known.columns > LARGEST_SHEET:
        raise FileUnreadable(
            f"文件“{file}”的工作表“{name}”用到了第 {known.rows} 行、第 {known.columns} 列，大得读不了；"
            "请删除表格以外零散的内容，或分成几个文件再导入。"
        )
    grid = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    cells = pd.DataFrame(grid, dtype=object)
    if known.failed:
        rows, columns, texts = zip(*known.failed, strict=True)
        # Calamine gives no room to a failed cell beyond the last sound one.
        last_row, last_column = max(len(cells), *rows), max(cells.shape[1] - 1, *columns)
        cells = cells.reindex(index=range(last_row), columns=range(last_column + 1)).astype("object")
        for row, column, text in zip(rows, columns, texts, strict=True):
            cells.iat[row - 1, column] = text
    cells = _trimmed(cells)
    return [] if cells.empty else [Sheet(file, name, None, cells)]


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
            na_values=[""],
            skip_blank_lines=False,
            encoding="utf-8",
        )
    except (pd.errors.ParserError, csv.Error) as error:
        raise FileUnreadable(
            f"文件“{path.name}”的引号不成对，分不清行和列；请用 Excel 打开核对，另存为 .xlsx 再导入。"
        ) from error
    cells = _trimmed(cells)
    return [] if cells.empty else [Sheet(path.name, path.stem, encoding, cells)]


READERS: dict[str, Callable[[Path], list[Sheet]]] = {".xlsx": _read_workbook, ".csv": _read_text}


def _trimmed(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells without the empty rows and columns at the end, rows numbered from 1; white space is no content."""
    cells = cells.apply(_without_blanks)
    filled = cells.notna()
    rows, columns = filled.any(axis=1).to_numpy().nonzero()[0], filled.any().to_numpy().nonzero()[0]
    cells = cells.iloc[: rows.max(initial=-1) + 1, : columns.max(initial=-1) + 1]
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return cells


def _without_blanks(column: pd.Series) -> pd.Series:
    if column.dtype == "str":
        return column.mask(column.str.isspace().fillna(False))
    blank = pd.Series([isinstance(cell, str) and not cell.strip() for cell in column], index=column.index)
    return column.mask(blank, None)


def _width(text: bytes) -> int:
    """The largest number of fields in a record; a title above the table has fewer than the table.

    Raises csv.Error where quotes do not pair, by which a reader would swallow whole rows.
    """
    if b'"' not in text:
        return 1 + max(line.count(b",") for line in io.BytesIO(text))
    return max(
        len(record) for record in csv.reader(io.TextIOWrapper(io.BytesIO(text), "utf-8", newline=""), strict=True)
    )


def _decoded(data: bytes, file: str) -> tuple[bytes, str]:
    """The text as UTF-8 without a byte order mark and with line feeds, and the encoding it came in."""
    if b"\0" in data:
        hint = "它其实是 Excel 文件，请把后缀改回 .xlsx" if data.startswith(b"PK") else "请用 Excel 另存为 .xlsx"
        raise FileUnreadable(f"文件“{file}”不是文本文件；{hint} 再导入。")
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
