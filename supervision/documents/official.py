"""A document in official form (公文格式), after GB/T 9704-2012: paper, type, headings, signature, tables.

A4 with margins 37, 35, 28 and 26 mm; the title in 二号 小标宋, headings in 黑体 and 楷体, the text in 三号 仿宋 on
lines of 28 points, the number of the page in the middle of its foot. Fonts are named, never embedded: a machine without
them is told in the font table which to take instead.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from supervision.documents.packing import dated
from supervision.formats import day
from supervision.xml_text import legible

Align = Literal["left", "center", "right"]

OFFICE = "区河长制办公室"
"""Who signs."""

WIDTH = 156
"""Between the margins, in mm."""

TITLE_FONT, TEXT_FONT, HEAD_FONT, LEAD_FONT, PAGE_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FONTS = {
    TITLE_FONT: ("华文中宋,STZhongsong,方正小标宋_GBK,宋体,SimSun,Noto Serif CJK SC", "roman"),
    TEXT_FONT: ("仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC", "roman"),
    HEAD_FONT: ("SimHei,华文黑体,STHeiti,Noto Sans CJK SC", "swiss"),
    LEAD_FONT: ("楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC", "roman"),
    PAGE_FONT: ("SimSun,Noto Serif CJK SC", "roman"),
}
"""By font what to take in its place, in that order, and its family."""
TWO = 2
"""A paragraph begins two characters in (首行缩进)."""
SIZE, LINE = 16, 28
"""三号 and its line, in points."""


@dataclass(frozen=True)
class Form:
    """How a kind of paragraph looks: sizes, lines and gaps in points, `indent` in characters."""

    name: str
    font: str
    size: float = SIZE
    line: float = LINE
    align: Align = "left"
    indent: int = 0
    before: float = 0
    after: float = 0
    outline: int | None = None
    keep: bool = False


TITLE = Form("公文标题", TITLE_FONT, size=22, line=34, align="center", after=8, outline=0, keep=True)
NUMBER = Form("公文字号", TEXT_FONT, align="center", keep=True)
ADDRESSEE = Form("公文主送", TEXT_FONT, align="left", before=14, keep=True)
TEXT = Form("公文正文", TEXT_FONT, indent=TWO)
HEAD = Form("公文一级标题", HEAD_FONT, indent=TWO, outline=0, keep=True)
SIGNED = Form("公文署名", TEXT_FONT, align="right", keep=True)
COPIED = Form("公文抄送", TEXT_FONT, size=14, line=22, before=8)
ENCLOSURE = Form("公文附件", HEAD_FONT, align="left", keep=True)
ENCLOSURE_TITLE = Form("公文附件标题", TITLE_FONT, size=18, line=30, align="center", after=8, outline=0, keep=True)
CELL = Form("公文表格", TEXT_FONT, size=10.5, line=15, align="left")
CELL_HEAD = Form("公文表头", HEAD_FONT, size=10.5, line=15, align="center", keep=True)
NOTE = Form("公文说明", TEXT_FONT, size=10.5, line=16, indent=TWO)
GAP = Form("公文空行", TEXT_FONT, size=4, line=6)
RUNNING = Form("公文页眉", LEAD_FONT, size=10.5, line=14, align="right")
PAGE = Form("公文页码", PAGE_FONT, size=14, line=20, align="center")
FORMS = (
    *(TITLE, NUMBER, ADDRESSEE, TEXT, HEAD, SIGNED, COPIED, ENCLOSURE),
    *(ENCLOSURE_TITLE, CELL, CELL_HEAD, NOTE, GAP, RUNNING, PAGE),
)
ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Column:
    """A column of a table, `width` in mm."""

    heading: str
    width: float
    align: Align = "center"


FORM = (Column("", 22), Column("", 60, "left"), Column("", 22), Column("", 52, "left"))
"""The columns of a form: a name and a place to fill in, twice."""


class Paper:
    """A document that is being written, from its title to its enclosures.

    `title` names it in its properties and, in as many lines as it has, at its head; `on` is its date, `running` stands
    at the head of every page.
    """

    def __init__(self, title: str, *, on: date, running: str) -> None:
        """Begin with the title."""
        self._document = Document(BytesIO(_skeleton()))
        self._on = on
        properties = self._document.core_properties
        properties.title, properties.author = legible(title).replace("\n", ""), OFFICE
        properties.created = properties.modified = datetime.combine(on, time())
        self._document.sections[0].header.paragraphs[0].add_run(legible(running))
        self._heads = 0
        self._add(TITLE, title)

    def number(self, text: str) -> None:
        """The number of the document (发文字号), below its title."""
        self._add(NUMBER, text)

    def addressee(self, text: str) -> None:
        """To whom it goes (主送), at the margin, with a colon."""
        self._add(ADDRESSEE, f"{text}：")

    def head(self, text: str) -> None:
        """A heading of the first level, numbered 一、二、三."""
        self._add(HEAD, f"{NUMERALS[self._heads]}、{text}")
        self._heads += 1

    def text(self, text: str, *, lead: str = "", together: bool = False) -> None:
        """A paragraph; `lead` is a heading of the second level that it begins with, `together` keeps it by the next."""
        paragraph = self._add(TEXT, "")
        if lead:
            run = paragraph.add_run(legible(lead))
            _set_font(run._element.get_or_add_rPr(), LEAD_FONT)
        paragraph.add_run(legible(text))
        if together:
            paragraph.paragraph_format.keep_with_next = True

    def note(self, text: str) -> None:
        """A remark in smaller type."""
        self._add(NOTE, text)

    def signed(self, *, receipt: Sequence[Sequence[str]] = (), copied: str = "") -> None:
        """Who signs (落款) and the date, which after GB/T 9704 begins two characters further right than the name.

        `copied` is a line that says who gets a copy (抄送), `receipt` a form to be filled in; both stay on the page of
        the signature.
        """
        dated = day(self._on, 0)
        self._add(SIGNED, "", size=LINE)
        behind = max(TWO, TWO + _characters(dated) - len(OFFICE) + TWO)
        self._add(SIGNED, OFFICE).paragraph_format.right_indent = Pt(SIZE * behind)
        last = self._add(SIGNED, dated)
        last.paragraph_format.right_indent = Pt(SIZE * max(TWO, behind + len(OFFICE) - TWO - _characters(dated)))
        last.paragraph_format.keep_with_next = bool(receipt or copied)
        if copied:
            self._add(COPIED, copied).paragraph_format.keep_with_next = bool(receipt)
        if receipt:
            self.table(FORM, receipt, headed=False)

    def enclosures(self, titles: Sequence[str]) -> None:
        """What is enclosed (附件说明), before the signature: two or more, numbered."""
        self._add(TEXT, "")
        for place, title in enumerate(titles, 1):
            lead = "附件：" if place == 1 else "　　　"
            self.text(f"{lead}{place}．{title}", together=True)

    def enclosure(self, label: str, title: str) -> None:
        """Begin an enclosure on a page of its own."""
        self._add(ENCLOSURE, label).paragraph_format.page_break_before = True
        self._add(ENCLOSURE_TITLE, title)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, headed: bool = True) -> None:
        """A table across the page; its head is repeated on every page, no row is broken.

        A line break within a text begins a new paragraph of the cell. Without a head it is a form to be filled in.
        """
        self._add(GAP, "").paragraph_format.keep_with_next = True
        texts = [[column.heading for column in columns], *rows] if headed else list(rows)
        table = CT_Tbl.new_tbl(len(texts), len(columns), Mm(WIDTH))
        table.replace(table.tblPr, parse_xml(_TABLE))
        whole = sum(column.width for column in columns)
        widths = [Mm(WIDTH * column.width / whole) for column in columns]
        for grid, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
            grid.w = width
        for place, (row, cells) in enumerate(zip(table.tr_lst, texts, strict=True)):
            is_head = headed and place == 0
            row.insert(0, parse_xml(_HEAD_ROW if is_head else _ROW))
            for cell, column, width, text in zip(row.tc_lst, columns, widths, cells, strict=True):
                cell.width = width
                cell.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
                self._fill(cell.p_lst[0], text, CELL_HEAD if is_head else CELL, column.align)
        body = self._document.element.body
        body.insert(len(body) - 1, table)
        self._add(GAP, "")

    def to_bytes(self) -> bytes:
        """The document as a .docx; written again it is the same to the byte."""
        written = BytesIO()
        self._document.save(written)
        return dated(written.getvalue(), self._on)

    def _fill(self, first: object, text: str, form: Form, align: Align) -> None:
        paragraph = Paragraph(first, self._document._body)  # type: ignore[arg-type]
        for place, line in enumerate(text.split("\n")):
            if place:
                paragraph = _following(paragraph)
            paragraph._p.style = form.name
            if align != form.align:
                paragraph.alignment = ALIGNS[align]
            paragraph.add_run(legible(line))

    def _add(self, form: Form, text: str, size: float | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = form.name
        if text:
            paragraph.add_run(legible(text))
        if size is not None:
            paragraph.paragraph_format.line_spacing = Pt(size)
        return paragraph


_TABLE = f"""<w:tblPr {nsdecls("w")}><w:tblW w:w="{Mm(WIDTH).twips}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>
{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}
</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="45" w:type="dxa"/>
<w:bottom w:w="28" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
_ROW = f"<w:trPr {nsdecls('w')}><w:cantSplit/></w:trPr>"
_HEAD_ROW = f"<w:trPr {nsdecls('w')}><w:cantSplit/><w:tblHeader/></w:trPr>"


@lru_cache(maxsize=1)
def _skeleton() -> bytes:
    """Paper, styles, fonts and page numbers, made once: what every document starts from."""
    document = Document()
    _strip(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(22), Mm(25)
    for form in FORMS:
        _style(document, form)
    section.header.paragraphs[0]._p.style = RUNNING.name
    foot = section.footer.paragraphs[0]
    foot._p.style = PAGE.name
    foot.add_run("— ")
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    foot.add_run(" —")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _strip(document: DocumentObject) -> None:
    """Leave the library's template nothing but paper: its styles, picture and theme fonts are no part of the form."""
    kept = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.styleId not in kept:
            styles.remove(style)
    default = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(default):
        default.remove(child)
    _set_font(default, TEXT_FONT)
    default.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))
    spacing = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}/{qn('w:spacing')}")
    spacing.getparent().remove(spacing)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for holder in (document.part, document.part.package):
        for name, rel in list(holder.rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects", "/numbering")):
                del holder.rels[name]
    properties = document.core_properties
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.revision = 1
    for rel in document.part.rels.values():
        if rel.reltype.endswith("/fontTable"):
            _name_fonts(rel.target_part)


def _name_fonts(part: Part) -> None:
    """Say in the font table which fonts stand in for one that a machine lacks."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (others, family) in FONTS.items()
    )
    part._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'
    ).encode()


def _style(document: DocumentObject, form: Form) -> None:
    style = document.styles.add_style(form.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.quick_style = True
    style.font.size = Pt(form.size)
    _set_font(style.element.get_or_add_rPr(), form.font)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(form.line)
    layout.space_before, layout.space_after = Pt(form.before), Pt(form.after)
    layout.alignment = ALIGNS[form.align]
    layout.keep_with_next = form.keep
    layout.widow_control = True
    paragraph = style.element.get_or_add_pPr()
    if form.indent:
        layout.first_line_indent = Pt(form.indent * form.size)
        paragraph.find(qn("w:ind")).set(qn("w:firstLineChars"), str(100 * form.indent))
    # Punctuation that hangs over the margin would be cut off by a binding or a stamp.
    _switch_off(paragraph, "overflowPunct")
    if form not in (TEXT, NOTE):
        # Where 仿宋 is missing, figures then have the width of the Chinese font in its place. Not in running text:
        # there LibreOffice would break a line behind a decimal point.
        style.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="zh-CN"/>'))
    if form in (CELL, CELL_HEAD):
        _switch_off(paragraph, "autoSpaceDE")
        _switch_off(paragraph, "autoSpaceDN")
    if form.outline is not None:
        paragraph.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{form.outline}"/>'))


def _switch_off(properties: Any, switch: str) -> None:
    """Switch off what is on by default in a paragraph's properties, in the place that the schema gives it."""
    element = parse_xml(f'<w:{switch} {nsdecls("w")} w:val="0"/>')
    properties.insert_element_before(element, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_font(properties: Any, name: str) -> None:
    fonts = parse_xml(
        f'<w:rFonts {nsdecls("w")} w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" '
        f'w:hint="eastAsia"/>'
    )
    properties.insert(0, fonts)


def _following(paragraph: Paragraph) -> Paragraph:
    new = parse_xml(f"<w:p {nsdecls('w')}/>")
    paragraph._p.addnext(new)
    return Paragraph(new, paragraph._parent)


def _characters(text: str) -> int:
    """How many characters wide a text is, rounded up; a digit is half a one."""
    return math.ceil(sum(1 if ord(character) > 255 else 0.5 for character in text))
