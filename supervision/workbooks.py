"""Workbooks and texts that go out: the look of header rows, and nothing from outside that Excel would calculate."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from supervision.errors import FileUnwritable

HEADER = {"bold": True, "bg_color": "#E3EFF0", "bottom": 1}

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that Excel takes for a formula; some of its versions take the wide signs too."""


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame for CSV, where text that Excel would take for a formula gets an apostrophe before it."""
    return frame.map(_harmless, na_action="ignore")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


@contextmanager
def new_workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """A workbook that is written when the block ends; FileUnwritable if it cannot be."""
    try:
        with xlsxwriter.Workbook(str(path)) as workbook:
            yield workbook
    except FileCreateError as error:
        raise FileUnwritable(
            f"写不了文件“{path}”；请确认文件夹存在、能写入，而且这个文件没有在 Excel 中打开。"
        ) from error
