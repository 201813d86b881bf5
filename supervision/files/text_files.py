"""Text files (.csv, .tsv, .txt) to cells: record by record, so that a limit is met before all is in memory."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.errors import FileUnreadable
from supervision.files.encodings import encoding_of
from supervision.files.sheet_facts import CONTROL

MOST_ROWS = 2_000_000
"""Records that are read of a text file; a district's patrols of three years are a million."""

LONGEST_CELL = 10_000_000
"""Characters in one cell; beyond it a quotation mark was left open, and a reader would swallow the rest."""

SEPARATORS = ",\t;"

SAMPLE_RECORDS = 200
"""From so many records the separator is told."""

BATCH = 2_000
"""Records that become columns together; few enough to stay in the processor's cache."""


def read_text(path: Path, shown: str, largest: int) -> tuple[pd.DataFrame, str]:
    """The cells, columns of dtype str and empty ones missing, and the encoding.

    Raises FileUnreadable for more than `largest` cells or MOST_ROWS rows, for quotation marks that
    do not pair, and as `encoding_of` does.
    """
    encoding = encoding_of(path, shown)
    csv.field_size_limit(LONGEST_CELL)
    try:
        separator = _separator(path, encoding)
        with path.open(encoding=encoding, newline="") as file:
            records = csv.reader(file, delimiter=separator, strict=True)
            batches = list(_batches(records, shown, largest))
    except csv.Error as error:
        raise FileUnreadable(
            f"文件“{shown}”的引号不成对，分不清行和列；请用 Excel 打开核对，另存为 .xlsx 再导入。"
        ) from error
    return _frame(batches), encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")


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


def _batches(records: Iterator[list[str]], shown: str, largest: int) -> Iterator[list[pa.Array]]:
    """The columns of so many records at a time, as long as they are not too many."""
    rows = width = 0
    while batch := list(islice(records, BATCH)):
        columns = [_without_blanks(pa.array(column, pa.large_string())) for column in zip_longest(*batch)]
        rows, width = rows + len(batch), max(width, len(columns))
        if rows > MOST_ROWS or rows * width > largest:
            raise FileUnreadable(
                f"文件“{shown}”超过 {MOST_ROWS // 10**4} 万行（或 {largest // 10**4} 万个单元格），大得读不了；"
                "请按时间分成几个文件再导入。"
            )
        yield columns or [pa.nulls(len(batch), pa.large_string())]


def _without_blanks(column: pa.Array) -> pa.Array:
    if pc.any(pc.match_substring_regex(column, CONTROL)).as_py():
        column = pc.replace_substring_regex(column, CONTROL, "")
    blank = pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
    return pc.if_else(blank, None, column) if pc.any(blank).as_py() else column


def _frame(batches: list[list[pa.Array]]) -> pd.DataFrame:
    width = max(map(len, batches), default=0)
    columns = [
        pa.chunked_array(
            [batch[place] if place < len(batch) else pa.nulls(len(batch[0]), pa.large_string()) for batch in batches]
        ).combine_chunks()
        for place in range(width)
    ]
    frame: pd.DataFrame = pa.table(columns, names=[str(place) for place in range(width)]).to_pandas()
    return frame.set_axis(range(width), axis=1)
