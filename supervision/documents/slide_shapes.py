"""Texts, bars and tables on a slide, in the look of the meeting; places and sizes in pixels of 1920×1080."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from supervision.documents.slide_master import render

INK, INK2, WATER, DEEP, RED, AMBER = "0E1A21", "33424A", "0B5A68", "0B3B47", "A01818", "7A4A00"
WHITE, BAND_INK, WASH = "FFFFFF", "CFE3E7", "E6F0F1"
LEADING = 1.25
"""Lines are so many sizes apart, set exactly: left to the font, rows would be as high as the font of the machine is."""
PADDING = 12
"""Between the edge of a cell and its text; none before the first column."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look; `size` in pixels. One that `counts` is the number of the slide."""

    text: str
    size: float
    colour: str = INK
    bold: bool = False
    counts: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Runs one after another: set to the left or right, `before` pixels under the last, with a number hanging in front.

    The number is a real one: it is no part of the text.
    """

    runs: tuple[Run, ...]
    align: Literal["l", "ctr", "r"] = "l"
    before: float = 0
    indent: float = 0
    number: int | None = None

    @property
    def size(self) -> float:
        """The size of the largest letters."""
        return max((run.size for run in self.runs), default=24)

    @property
    def text(self) -> str:
        """All that stands in it."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Box:
    """A place on the slide."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Holder:
    """A placeholder of the layouts; those at the foot are `small`."""

    type: str
    idx: int = 0
    small: bool = False


COVER_TITLE, SUBTITLE, TITLE, BODY = Holder("ctrTitle"), Holder("subTitle", 1), Holder("title"), Holder("body", 1)
FOOT, NUMBER = Holder("ftr", 11, small=True), Holder("sldNum", 12, small=True)


def paragraph(*runs: Run, align: Literal["l", "ctr", "r"] = "l") -> Paragraph:
    """A paragraph of these runs."""
    return Paragraph(runs, align)


def shape(
    slide: Any,
    name: str,
    box: Box | None,
    *paragraphs: Paragraph,
    holder: Holder | None = None,
    fill: str = "",
    inset: float = 0,
    leads_to: Any = None,
) -> None:
    """A text in the middle of the height of its place, or of a placeholder's, or a filled bar, with or without a text.

    A click on it leads to the slide `leads_to`. Without a box a placeholder stands where the layout has it.
    """
    link = slide.part.relate_to(leads_to.part, RELATIONSHIP_TYPE.SLIDE) if leads_to is not None else ""
    drawn = render(
        "shape",
        id=_next_id(slide),
        name=name,
        box=box,
        paragraphs=paragraphs,
        holder=holder,
        fill=fill,
        inset=inset,
        link=link,
        leading=LEADING,
    )
    slide.shapes._spTree.append(parse_xml(drawn))


def table(
    slide: Any,
    name: str,
    says: str,
    at: tuple[float, float],
    widths: Sequence[float],
    heights: Sequence[float],
    rows: Sequence[Sequence[Paragraph]],
) -> None:
    """A native table: the first row are heads over an ink line, hairlines between the others, nothing else.

    `says` is for those who hear the slide; `at` the left upper corner.
    """
    left, top = at
    drawn = render(
        "table",
        id=_next_id(slide),
        name=name,
        says=says,
        left=left,
        top=top,
        widths=widths,
        heights=heights,
        rows=rows,
        padding=PADDING,
        leading=LEADING,
    )
    slide.shapes._spTree.append(parse_xml(drawn))


def write_notes(slide: Any, says: Sequence[str]) -> None:
    """The speaker's notes of a slide, a line a paragraph."""
    body = slide.notes_slide.notes_text_frame._txBody
    for written in body.p_lst:
        body.remove(written)
    for line in says or [""]:
        body.append(parse_xml(render("note", text=line)))


def _next_id(slide: Any) -> int:
    """An id for a shape: they stand in the tree one after another, after its own two parts."""
    return len(slide.shapes._spTree)
