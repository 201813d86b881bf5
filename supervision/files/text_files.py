"""Text files (.csv, .tsv, .txt) to cells: piece by piece, so that a limit is met before all is in memory.

A piece whose quotation marks pair within it is cut into cells by pyarrow, several times as fast as by
Python's own strict reader, which takes the others and those whose rows differ in width.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import TextIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from supervision.errors import FileUnreadable
from supervision.files.encodings import encoding_of
from supervision.files.sheet_facts import CONTROL

MOST_ROWS = 2_000_000
"""Records that are read of a text file; a district's patrols of three years are a million."""

MOST_COLUMNS = 16_384
"""As many as Excel has."""

LONGEST_CELL = 10_000_000
"""Characters in one cell; beyond it a quotation mark was left open, and a reader would swallow the rest."""

SEPARATORS = ",\t;"

SAMPLE_RECORDS = 200
"""From so many records the separator is told."""

PIECE = 2_000_000
"""Characters that become columns together, up to the end of their last line."""

_CONTROL = bytes(code for code in range(128) if re.match(CONTROL, chr(code)))
_WITHOUT_CONTROL = dict.fromkeys(_CONTROL)

_WELL_QUOTED = {
    separator: re.compile(
        rb'(?:(?:"[^"]*+(?:""[^"]*+)*+"|[^"%b\r\n][^%b\r\n]*+|)(?:%b|\r\n?|\n|\Z))*+' % ((separator.encode(),) * 3)
    )
    for separator in SEPARATORS
}
"""Text in which a quotation mark that opens a field is closed at the end of the same field."""

Columns = list[pa.Array]
"""Of type large_string and of one length, a missing cell null or empty."""


def read_text(path: Path, shown: str, largest: int) -> tuple[pd.DataFrame, str]:
    """The cells, columns of dtype str and empty ones missing, and the encoding.

    Control characters are dropped before anything is made of the text. Raises FileUnreadable for more
    than `largest` cells, MOST_ROWS rows or MOST_COLUMNS columns, for quotation marks that do not pair,
    and as `encoding_of` does.
    """
    encoding = encoding_of(path, shown)
    csv.field_size_limit(LONGEST_CELL)
    try:
        separator = _separator(path, encoding)
        with path.open(encoding=encoding, newline="") as file:
            pieces = list(_pieces(file, separator, shown, largest))
    except csv.Error as error:
        raise FileUnreadable(
            f"文件“{shown}”的引号不成对，分不清行和列；请用 Excel 打开核对，另存为 .xlsx 再导入。"
        ) from error
    return _frame(pieces), encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")


def _separator(path: Path, encoding: str) -> str:
    """The separator by which the most records have the same number of fields, more than one; the comma in doubt."""
    best, chosen = (0, 0), ","
    for separator in SEPARATORS:
        with path.open(encoding=encoding, newline="") as file:
            records = csv.reader(file, delimiter=separator)
            widths = Counter(len(record) for record in islice(records, SAMPLE_RECORDS) if len(record) > 1)
        if widths:
            width, records_alike = widths.most_common(1)[0]
            if (records_alike, width) > best:
                best, chosen = (records_alike, width), separator
    return chosen


def _pieces(file: TextIO, separator: str, shown: str, largest: int) -> Iterator[Columns]:
    """The columns of one piece after the other, as long as they are not too many."""
    rows = width = 0
    while text := file.read(PIECE) + file.readline():
        text += _line_feed_to_come(text, file)
        plain = text.encode().translate(None, _CONTROL)
        columns = _cut(plain, separator) or _cut_strictly(plain.decode(), file, separator, shown)
        rows, width = rows + len(columns[0]), max(width, len(columns))
        if rows > MOST_ROWS or rows * width > largest:
            raise FileUnreadable(
                f"文件“{shown}”超过 {MOST_ROWS // 10**4} 万行（或 {largest // 10**4} 万个单元格），大得读不了；"
                "请按时间分成几个文件再导入。"
            )
        yield columns


def _line_feed_to_come(text: str, file: TextIO) -> str:
    """The line feed that belongs to a carriage return at the end, where control characters stand between the two."""
    if not text.endswith("\r"):
        return ""
    place = file.tell()
    following = file.read(1)
    while following and not following.translate(_WITHOUT_CONTROL):
        following = file.read(1)
    if following == "\n":
        return following
    file.seek(place)
    return ""


def _cut(text: bytes, separator: str) -> Columns | None:
    """The columns of whole lines of UTF-8; None where they have to be looked at strictly."""
    quoted = b'"' in text
    if len(text) > LONGEST_CELL or (quoted and not _WELL_QUOTED[separator].fullmatch(text)):
        return None
    width = _width(text, separator)
    if width > MOST_COLUMNS:
        return None
    names = [str(place) for place in range(width)]
    try:
        table = pyarrow.csv.read_csv(
            pa.py_buffer(text),
            pyarrow.csv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=names),
            pyarrow.csv.ParseOptions(
                delimiter=separator, quote_char=quoted and '"', newlines_in_values=quoted, ignore_empty_lines=False
            ),
            pyarrow.csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.large_string())),
        )
    except pa.ArrowInvalid:  # rows of different widths
        return None
    return [column.combine_chunks() for column in table.columns]


def _width(text: bytes, separator: str) -> int:
    """How many fields the first record has; one if it is blank."""
    line = text.partition(b"\n")[0]
    if b'"' not in line:
        return line.count(separator.encode()) + 1
    return max(1, len(next(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator))))


def _cut_strictly(text: str, file: TextIO, separator: str, shown: str) -> Columns:
    """The columns of whole lines and of as many more as their last record goes on for; raises csv.Error."""
    lines = io.StringIO(text, newline="")
    following = (line.translate(_WITHOUT_CONTROL) for line in iter(file.readline, ""))
    reader = csv.reader(chain(lines, following), delimiter=separator, strict=True)
    records = []
    while lines.tell() < len(text):
        records.append(next(reader))
    widest = max(map(len, records), default=0)
    if widest > MOST_COLUMNS:
        raise FileUnreadable(
            f"文件“{shown}”有一行多达 {widest} 列，超过 {MOST_COLUMNS} 列，大得读不了；请核对来源后重新导出。"
        )
    columns = [pa.array(column, pa.large_string()) for column in zip_longest(*records)]
    return columns or [pa.nulls(len(records), pa.large_string())]


def _without_blanks(column: pa.Array) -> pa.Array:
    blank = pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
    return pc.if_else(blank, None, column) if pc.any(blank).as_py() else column


def _frame(pieces: list[Columns]) -> pd.DataFrame:
    width, rows = max(map(len, pieces), default=0), [len(piece[0]) for piece in pieces]
    columns = [_without_blanks(_joined(pieces, rows, place)) for place in range(width)]
    frame: pd.DataFrame = pa.table(columns, names=[str(place) for place in range(width)]).to_pandas()
    return frame.set_axis(range(width), axis=1)


def _joined(pieces: list[Columns], rows: list[int], place: int) -> pa.Array:
    """One column of all pieces, of which some may be narrower; they let go of it, so that it is in memory once."""
    parts = []
    for piece, height in zip(pieces, rows, strict=True):
        if place < len(piece):
            parts.append(piece[place])
            piece[place] = None
        else:
            parts.append(pa.nulls(height, pa.large_string()))
    return pa.chunked_array(parts).combine_chunks()
