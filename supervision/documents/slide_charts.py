"""Bars of a table as a native chart: stacked, its values in a workbook of its own, so that the office can edit it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from math import isfinite
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from supervision.documents.slide_master import px, render
from supervision.documents.slide_shapes import INK, WATER, WHITE, Box
from supervision.documents.slide_text import width
from supervision.formats import number
from supervision.meeting.screens import Bar, Part, Shade
from supervision.wording import AGES
from supervision.xml_text import one_line

FILLS: dict[Shade, str] = {
    "over_30": "A01818",
    "to_30": "E9968B",
    "to_7": "F3C1B9",
    "near": "E0A030",
    "amount": "A5CDD3",
    "rest": "E1EAEC",
}
NAMES: dict[Shade, str] = {
    "over_30": AGES["late_over_30"],
    "to_30": AGES["late_8_30"],
    "to_7": AGES["late_1_7"],
    "near": "临期",
    "rest": "其余",
}
"""What a series is called where its values are edited; an amount is called as its column."""
FORMATS: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("#,##0", number),
    ("#,##0.0", lambda value: number(value, 1)),
    ("#,##0.00", lambda value: number(value, 2)),
    ('0.0" %"', lambda value: f"{number(value, 1)} %"),
    ("0.0 %", lambda value: f"{number(100 * value, 1)} %"),
)
"""How a number format of the chart prints a value: where one prints all labels, they follow the edited values."""
THICK = 38 / 58
"""A bar's share of its row."""


@dataclass(frozen=True)
class Label:
    """What stands in one part of a bar in place of its value; nothing where `text` is empty."""

    row: int
    text: str


@dataclass(frozen=True)
class Series:
    """The parts of one shade, a value a row, None where the row has no such part."""

    name: str
    shade: Shade
    values: tuple[float | None, ...]
    format: str
    labels: tuple[Label, ...]
    labelled: bool

    @property
    def fill(self) -> str:
        """The colour of the bars."""
        return FILLS[self.shade]

    @property
    def edge(self) -> str:
        """The line round each part: pale amounts have one in water, so that a bad projector shows their length."""
        return WATER if self.shade == "amount" else WHITE

    @property
    def ink(self) -> str:
        """The colour of the digits inside."""
        return WHITE if self.shade == "over_30" else INK


class Bars:
    """A chart in the form in which the library takes its data, but drawn and written by us.

    The library would write a text that begins with = as a formula.
    """

    def __init__(
        self,
        heading: tuple[str, str],
        names: Sequence[str],
        bars: Sequence[Bar | None],
        room: float,
        size: float,
        on: date,
    ) -> None:
        """Bars of `heading` (what rows are, what bars are), one a name; `room` is the width of a full one."""
        self._heading = one_line(heading[0])
        self._names = [one_line(name) for name in names]
        self._full = max((bar.full for bar in bars if bar), default=0) or 1
        self._series = series(bars, one_line(heading[1]), room / self._full, size)
        self._size = size
        self._on = on

    @property
    def says(self) -> str:
        """What the chart shows, for those who hear the slide."""
        return f"{self._heading}：{'、'.join(one.name for one in self._series)}"

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook behind the chart."""
        written = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(written, options) as workbook:
            workbook.set_properties({"created": datetime.combine(self._on, time())})
            sheet = workbook.add_worksheet("Sheet1")
            sheet.set_column(0, 0, 24)
            sheet.write_column(0, 0, [self._heading, *self._names])
            for place, one in enumerate(self._series, start=1):
                sheet.write(0, place, one.name)
                sheet.write_column(1, place, one.values, workbook.add_format({"num_format": one.format}))
        return written.getvalue()

    def xml_bytes(self, chart_type: Any) -> bytes:
        """The chart; its type is always the same."""
        last = len(self._names) + 1
        drawn = []
        for place, one in enumerate(self._series, start=1):
            column = xl_col_to_name(place)
            drawn.append(
                {
                    "name": one.name,
                    "name_at": f"Sheet1!${column}$1",
                    "numbers": one.values,
                    "values_at": f"Sheet1!${column}$2:${column}${last}",
                    "format": one.format,
                    "labels": one.labels,
                    "labelled": one.labelled,
                    "fill": one.fill,
                    "edge": one.edge,
                    "edge_width": 6350 if one.edge == WATER else 12700,
                    "ink": one.ink,
                }
            )
        return render(
            "chart",
            series=drawn,
            categories=self._names,
            categories_at=f"Sheet1!$A$2:$A${last}",
            full=self._full,
            size=self._size,
            gap=round(100 * (1 / THICK - 1)),
        ).encode()


def chart(slide: Any, name: str, box: Box, bars: Bars) -> None:
    """Put the bars on a slide; the rows of the chart fill the box evenly from the top."""
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, px(box.left), px(box.top), px(box.width), px(box.height), bars
    )
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", bars.says)


def series(bars: Sequence[Bar | None], heading: str, scale: float, size: float) -> list[Series]:
    """The parts of all bars by shade, in the order in which they stand; a shade that a bar has twice makes two series.

    `scale` is the length of one unit, `size` that of the digits: a text longer than its part is left out.
    """
    found = [dict(_keyed(bar)) if bar else {} for bar in bars]
    made = []
    for shade, turn in _in_order(found):
        parts = [part if part and isfinite(part.value) else None for part in (row.get((shade, turn)) for row in found)]
        name = NAMES.get(shade, heading) + (f" {turn + 1}" if turn else "")
        shown = [
            part is not None
            and bool(part.text)
            and width(one_line(part.text), size, bold=True) <= part.value * scale + size / 2
            for part in parts
        ]
        labelled = [part for part, yes in zip(parts, shown, strict=True) if part and yes]
        printed = next((code for code, says in FORMATS if all(says(p.value) == p.text for p in labelled)), None)
        labels = [
            Label(row, one_line(part.text) if yes else "")
            for row, (part, yes) in enumerate(zip(parts, shown, strict=True))
            if part and not (yes and printed)
        ]
        values = tuple(None if part is None else part.value for part in parts)
        made.append(
            Series(name, shade, values, printed or "General", tuple(labels) if labelled else (), bool(labelled))
        )
    return made


def _keyed(bar: Bar) -> list[tuple[tuple[Shade, int], Part]]:
    """Each part under its shade and how often that shade stood before it."""
    shades = [part.shade for part in bar.parts]
    return [((part.shade, shades[:place].count(part.shade)), part) for place, part in enumerate(bar.parts)]


def _in_order(rows: Sequence[dict[tuple[Shade, int], Part]]) -> list[tuple[Shade, int]]:
    """All keys of the rows, each after those that stand before it in the rows that have it."""
    order: list[tuple[Shade, int]] = []
    for row in rows:
        after = 0
        for key in row:
            if key not in order:
                order.insert(after, key)
            after = order.index(key) + 1
    return order
