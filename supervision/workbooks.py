"""Workbooks that go out: opened for writing, with the look of their header rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from supervision.errors import FileUnwritable

HEADER = {"bold": True, "bg_color": "#E3EFF0", "bottom": 1}


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
