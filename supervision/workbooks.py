"""Workbooks and texts that go out: the look of header rows, and nothing from outside that Excel would calculate."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from supervision.errors import FileUnwritable
from supervision.headings import Kind, kind_of, said
from supervision.xml_text import legible

HEADER = {"bold": True, "bg_color": "#E3EFF0", "bottom": 1}

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that Excel takes for a formula; some of its versions take the wide signs too."""

LONGEST_TEXT = 32_767
"""Characters that Excel can hold in a cell."""

CUT = "……（原文过长，以下略）"

_IN_TEXT: dict[Kind, str] = {"day": "%Y-%m-%d", "month": "%Y-%m", "moment": "%Y-%m-%d %H:%M"}


def csv_text(frame: pd.DataFrame, headings: Mapping[str, str]) -> bytes:
    """Some columns of a frame under Chinese headings, as a CSV that Excel opens rightly (UTF-8 with mark).

    Text that Excel would take for a formula gets an apostrophe before it: it came from outside.
    """
    chosen = said(frame, headings)
    for name in chosen.columns:
        if written := _IN_TEXT.get(kind_of(name, chosen[name])):
            chosen[name] = chosen[name].dt.strftime(written)
    return harmless(chosen.rename(columns=dict(headings))).to_csv(index=False).encode("utf-8-sig")


def bytes_of(write: Callable[[Path], None]) -> bytes:
    """The bytes of a workbook that `write` writes to a path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write(path)
        return path.read_bytes()


def storable(text: str) -> str:
    """A text that a cell can hold: without what no one can see, cut with a mark where it is too long."""
    text = legible(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT)] + CUT


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
