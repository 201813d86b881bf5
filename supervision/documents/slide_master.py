"""What every slide of a deck stands on: an empty 16:9 presentation with one master, three layouts and our theme."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Emu

from supervision.xml_text import one_line

FONT = "Microsoft YaHei"
"""For Latin and Chinese letters alike, as on every office computer the decks are shown on."""
WIDE, HIGH = 1920, 1080
"""Slides are measured in pixels of the projector's screen, as the look is: 13.333 by 7.5 inches."""
EMU = 6350
"""Of these units to the pixel; a pixel is half a point."""
PICTURE, NOTES_WIDE = 0.45, 6858000
"""The picture of the slide on its notes page in parts of the slide; the width of that page in EMU."""
COVER, POINTS, ITEM = range(3)
"""The layouts: the cover, an item with a list, an item with its table."""
_LAYOUTS = {
    "Title Slide": ("cover", "封面", "title"),
    "Title and Content": ("points", "要点", "tx"),
    "Title Only": ("item", "议题", "titleOnly"),
}
"""The layouts of the library's template that we draw on, in its order: our drawing, name and type of each."""
_UNUSED = (RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.VIEW_PROPS)
_UNUSED_OF_PACKAGE = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def px(pixels: float) -> Emu:
    """A length on the slide."""
    return Emu(round(pixels * EMU))


def blank_deck() -> Deck:
    """A presentation without slides; its layouts are COVER, ITEM and POINTS, its notes pages are ready."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = px(WIDE), px(HIGH)
    del deck.element.find(qn("p:sldSz")).attrib["type"]
    _keep_what_is_used(deck)
    master = deck.slide_master
    _redraw(master, "master")
    for layout in deck.slide_layouts:
        kind, title, type_name = _LAYOUTS[layout.name]
        _redraw(layout, kind, title)
        layout.element.set("type", type_name)
    _dress(master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _dress(deck.notes_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    _clear(deck.notes_master)
    _list_notes_master(deck)
    for properties in deck.element.iter(qn("a:defRPr")):
        properties.set("lang", "zh-CN")
    return deck


def render(part: str, **context: object) -> str:
    """The XML of a part of `slides/`, every value escaped."""
    return _environment().get_template(f"{part}.xml").render(font=FONT, **context)


def _keep_what_is_used(deck: Deck) -> None:
    """Drop the template's layouts that we do not draw on, and what its author's machine left."""
    for layout in [each for each in deck.slide_layouts if each.name not in _LAYOUTS]:
        deck.slide_layouts.remove(layout)
    package: Any = deck.part.package
    for holder, kinds in ((deck.part, _UNUSED), (package, _UNUSED_OF_PACKAGE)):
        relations: Any = holder._rels
        for key in [key for key, relation in relations.items() if relation.reltype in kinds]:
            relations.pop(key)


def _redraw(page: Any, kind: str, title: str = "") -> None:
    """Put our drawing of a master or layout into its place; its relations stay as they are."""
    drawn = parse_xml(render("pages", kind=kind, title=title).encode())
    page.element.replace(page.element.find(qn("p:cSld")), drawn)


def _dress(theme: Any) -> None:
    """Put our colours and fonts into a theme, which the library holds as bytes or as a tree."""
    ours = render("theme", name="河长制督查看板").encode()
    if hasattr(theme, "_element"):
        theme._element = parse_xml(ours)
    else:
        theme._blob = ours


def _clear(notes: Any) -> None:
    """Leave the picture of the slide, the notes and the number on the notes page, without the template's English."""
    for holder in list(notes.placeholders):
        kind = holder.placeholder_format.type
        if kind in (PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
            holder.element.getparent().remove(holder.element)
        elif kind == PP_PLACEHOLDER.SLIDE_IMAGE:
            wide = px(WIDE * PICTURE)
            holder.left, holder.width, holder.height = (NOTES_WIDE - wide) // 2, wide, px(HIGH * PICTURE)
        elif kind == PP_PLACEHOLDER.BODY:
            holder.text_frame.text = "单击此处编辑备注"


def _list_notes_master(deck: Deck) -> None:
    """Name the notes master in the presentation: the library relates it, but leaves it out of the list."""
    key = deck.part.relate_to(deck.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    namespaces = 'xmlns:p="{}" xmlns:r="{}"'.format(*(qn(f"{each}:x")[1:-2] for each in "pr"))
    listed = f'<p:notesMasterIdLst {namespaces}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
    deck.element.find(qn("p:sldMasterIdLst")).addnext(parse_xml(listed))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("supervision.documents", "slides"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "px": lambda pixels: int(px(pixels)),
        "pt": lambda pixels: round(pixels * 50),
        "one_line": one_line,
    }
    return environment
