"""The ledger (台账): one workbook with a sheet for each section, which says on its first sheet what it holds."""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from supervision.answers import Answers
from supervision.documents.sections import SECTIONS, Section
from supervision.footnotes import made_at
from supervision.headings import Kind, kind_of
from supervision.periods import Period
from supervision.workbooks import FORMULA_STARTS, HEADER, storable

TITLE, FIRST_SHEET = "河长制督查台账", "说明"
CONTENTS = ("工作表", "内容", "行数", "口径")
A4 = 9
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
ROW_HEIGHT = 16.5
"""Of a line, in points; heights are written out, because LibreOffice cuts what is wrapped otherwise."""
HIGHEST = 409.5
"""The points that a row may have in Excel; of a longer text one reads the rest in the cell."""
WRAPS_AT = 0.9
"""Of a column's width a line of wrapped text fills about so much, because no character is cut in two."""
WIDTHS_KEPT = 4096
NARROWEST, WIDEST, WIDEST_HEADING = 6, 44, 14
"""Widths of columns in characters; a longer text is wrapped."""
PAGE = 215
"""So many characters across a sheet of paper print at about 60 % of their size, which can still be read."""

NUMBERS: dict[Kind, str] = {
    "day": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "moment": "yyyy-mm-dd hh:mm",
    "share": "0.0%_ ",
    "yuan": "#,##0.00_ ",
    "whole": "#,##0_ ",
    "decimal": "#,##0.0#_ ",
}
"""How Excel writes them; the blank after a number keeps it apart from the text beside it."""
DAYS: tuple[Kind, ...] = ("day", "month", "moment")


def ledger(answers: Answers, promises: pd.DataFrame) -> bytes:
    """The workbook (.xlsx): 说明 first, then a sheet for each section.

    `promises` are the matters as `Minutes.promises` gives them. Days are real dates, numbers real numbers; every text
    is a text, never a formula. The same answers give the same bytes. A section without rows says so under its header.
    It is the whole district's: QueryRefused for anybody else.
    """
    filled = [(section, section.rows(answers, promises)) for section in SECTIONS]
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        made = datetime.fromisoformat(answers.snapshot.info.made_at).replace(tzinfo=None)
        workbook.set_properties({"title": TITLE, "subject": _period(answers.period), "created": made})
        looks = Looks(workbook)
        _write_first(workbook, looks, answers, filled)
        for section, rows in filled:
            _write_section(workbook, looks, answers, section, rows)
    return content.getvalue()


class Looks:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        """Nothing is made before it is needed."""
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **look: Any) -> Format:
        """The format with these properties of XlsxWriter."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(FONT | {"valign": "top"} | look)
        return self._made[key]

    def cell(self, kind: Kind, *, quoted: bool = False) -> Format:
        """How a value of that kind looks; `quoted` is a text that stays one also when somebody edits the cell."""
        edge = {"bottom": 1, "bottom_color": "#D5DEE0"}
        if kind == "text":
            return self(**edge, text_wrap=True, quote_prefix=quoted)
        return self(**edge, num_format=NUMBERS[kind], align="left" if kind in DAYS else "right")

    def heading(self, kind: Kind = "text") -> Format:
        """How the heading over values of that kind looks."""
        return self(**HEADER, text_wrap=True, align="left" if kind in ("text", *DAYS) else "right")


def _write_first(
    workbook: Workbook, looks: Looks, answers: Answers, filled: Sequence[tuple[Section, pd.DataFrame]]
) -> None:
    sheet = workbook.add_worksheet(FIRST_SHEET)
    for place, width in enumerate((18, 46, 8, 96)):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, TITLE, looks(bold=True, font_size=16))
    facts = list(_facts(answers))
    for line, (name, value) in enumerate(facts, start=2):
        sheet.write_string(line, 0, name, looks(bold=True))
        if isinstance(value, str):
            sheet.write_string(line, 1, storable(value), looks(text_wrap=True))
        else:
            sheet.write_datetime(line, 1, value, looks(num_format=NUMBERS["day"], align="left"))
    head = len(facts) + 3
    for place, heading in enumerate(CONTENTS):
        sheet.write_string(head, place, heading, looks.heading())
    for line, (section, rows) in enumerate(filled, start=head + 1):
        sheet.write_url(line, 0, f"internal:'{section.name}'!A1", looks.cell("text"), section.name)
        sheet.write_string(line, 1, section.holds, looks.cell("text"))
        sheet.write_number(line, 2, len(rows), looks.cell("whole"))
        sheet.write_string(line, 3, section.definitions, looks.cell("text"))
        sheet.set_row(line, _height(max(_lines(section.holds, 46), _lines(section.definitions, 96))))
    _set_up_print(sheet, FIRST_SHEET, answers)


def _facts(answers: Answers) -> Iterable[tuple[str, str | datetime]]:
    """What stands over the contents: a name, and a text or a day."""
    info, fresh, period = answers.snapshot.info, answers.fresh, answers.period
    yield "统计期", _period(period)
    yield "开始日期", _midnight(period.start)
    yield "结束日期", _midnight(period.end)
    yield "数据截至", _midnight(fresh["newest_fact"]) if fresh["newest_fact"] else "还没有导入台账"
    yield "批次", f"第 {info.batch} 批，{made_at(info)}，{info.made_by}导入"
    if fresh["demo"]:
        yield "演示数据", "人物、数字均为虚构。"
    yield "范围", "全区"
    yield "筛选", "没有筛选；各表表头可以再筛选。"
    if answers.holds_data:
        yield "适用考核办法", _midnight(answers.policy_version)
    else:
        yield "注意", f"本期没有数据：{answers.span}。"


def _write_section(workbook: Workbook, looks: Looks, answers: Answers, section: Section, rows: pd.DataFrame) -> None:
    sheet = workbook.add_worksheet(section.name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(section.headings) - 1)
    lines: dict[int, int] = {}
    widths: list[int] = []
    for place, (name, heading) in enumerate(section.headings.items()):
        kind = kind_of(name, rows[name])
        needed = max(_write_column(sheet, looks, place, kind, rows[name]), default=0)
        width = min(WIDEST, max(NARROWEST, needed, min(_width(heading), WIDEST_HEADING))) + 2
        sheet.set_column(place, place, width)
        widths.append(width)
        sheet.write_string(0, place, heading, looks.heading(kind))
        lines[0] = max(lines.get(0, 1), _lines(f"{heading}▼", width))
        if needed > WIDEST:
            for line, text in enumerate(rows[name].fillna(""), start=1):
                lines[line] = max(lines.get(line, 1), _lines(storable(text), width))
    for line, count in lines.items():
        sheet.set_row(line, _height(count))
    if rows.empty:
        sheet.write_string(1, 0, section.nothing, looks())
    _set_up_print(sheet, section.name, answers, pages_across(widths, section.named_by))
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, section.named_by - 1)


def _write_column(sheet: Worksheet, looks: Looks, place: int, kind: Kind, values: "pd.Series[Any]") -> Iterator[int]:
    """Write the cells under a heading; the width in characters of each."""
    look, quoted = looks.cell(kind), looks.cell("text", quoted=True)
    for line, value in enumerate(values, start=1):
        if pd.isna(value):
            sheet.write_blank(line, place, None, look)
        elif kind == "text":
            text = storable(str(value))
            sheet.write_string(line, place, text, quoted if text.startswith(FORMULA_STARTS) else look)
            yield _width(text)
        elif kind in DAYS:
            sheet.write_datetime(line, place, value.to_pydatetime(), look)
            yield len(NUMBERS[kind])
        else:
            sheet.write_number(line, place, float(value), look)
            yield len(f"{value:,.2f}") - 3 * (kind == "whole") + (kind == "share")


def pages_across(widths: Sequence[int], repeated: int) -> int:
    """How many pages wide a sheet prints, so that each holds about 215 characters.

    The first `repeated` columns stand on every page. No column is broken, so that a page may end before it is full.
    """
    names, pages, filled = sum(widths[:repeated]), 1, 0
    for width in widths[repeated:]:
        if filled and names + filled + width > PAGE:
            pages, filled = pages + 1, 0
        filled += width
    return pages


def _set_up_print(sheet: Worksheet, name: str, answers: Answers, across: int = 1) -> None:
    """A4 landscape, `across` pages wide; over each page what it is, under it the batch and the number of the page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(across, 0)
    sheet.print_across()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.75)
    demo = "　演示数据" if answers.fresh["demo"] else ""
    sheet.set_header(f"&L{TITLE}　{name}&R{_period(answers.period)}{demo}")
    sheet.set_footer(f"&L{answers.reach(0)}　第 {answers.snapshot.info.batch} 批&R第 &P 页，共 &N 页")


def _period(period: Period) -> str:
    return period.called(year=True).replace("　", "，")


def _midnight(value: Any) -> datetime:
    """A day as the midnight that XlsxWriter writes as a date."""
    return datetime(value.year, value.month, value.day)


def _height(lines: int) -> float:
    """How high a row of so many lines is, in points."""
    return min(ROW_HEIGHT * lines, HIGHEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that width."""
    return sum(max(1, math.ceil(_width(line) / (WRAPS_AT * width))) for line in text.split("\n"))


@lru_cache(maxsize=WIDTHS_KEPT)
def _width(text: str) -> int:
    """How many half-width characters a text takes: those of Chinese count two."""
    return len(text) + sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
