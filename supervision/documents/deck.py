"""The weekly meeting's deck (周例会): the screens of the projector as slides that the office can edit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from pptx.presentation import Presentation as Deck

from supervision.answers import Answers
from supervision.documents.packing import dated
from supervision.documents.slide_charts import THICK, Bars, chart
from supervision.documents.slide_columns import HEAD_HEIGHT, SIDES, Fitted, bar_columns, fitted
from supervision.documents.slide_ladder import ladder
from supervision.documents.slide_master import COVER, ITEM, POINTS, WIDE, blank_deck
from supervision.documents.slide_shapes import (
    BAND_INK,
    BODY,
    COVER_TITLE,
    DEEP,
    FOOT,
    INK,
    INK2,
    LEADING,
    NUMBER,
    PADDING,
    RED,
    SUBTITLE,
    TITLE,
    WASH,
    WATER,
    WHITE,
    Box,
    Paragraph,
    Run,
    paragraph,
    shape,
    table,
    write_notes,
)
from supervision.documents.slide_text import lines, shortened, width
from supervision.formats import day
from supervision.meeting.screens import Bar, Cell, Finding, Screen, Table
from supervision.xml_text import one_line

NAME = "河长制周例会"
AUTHOR = "河长制督查看板"
MARGIN = 56
ROOM = WIDE - 2 * MARGIN
BAND = 64
BAND_SIZES, BAND_GAPS = (26, 18), (36, 8)
"""The largest and the smallest letters of the agenda in the band, and the gaps between its names."""
TITLE_TOP = 88
TITLES = ((56, 1), (50, 1), (46, 1), (42, 1), (46, 2), (40, 2), (36, 3), (28, 4))
"""The letters of a title by how many lines it runs over: the first that it fits into."""
ASKS = ((34, 1, 66), (30, 2, 92), (26, 3, 112))
"""The letters, lines and height of the question to decide: the first that it fits into."""
FOOT_TOP = 1010
FOOT_ROOM = 1600
COVER_TOP, COVER_LINE = 516, 54
BAR_DIGITS = 26
POINT_SIZES = ((42, 32), (39, 30), (36, 28), (33, 26), (30, 24), (27, 22), (24, 20), (21, 18))
"""The letters of findings and of what they rest on: the first into which all of them fit."""
BETWEEN = 0.55
"""Between findings, in letters."""
INDENT, ASK_INSET = 60, 28


@dataclass(frozen=True)
class Facts:
    """What every slide says of its figures."""

    held_on: date
    period: str
    reaches: str
    batch: str
    demo: str
    policy: str

    @property
    def foot(self) -> str:
        """What stands at the foot of a slide."""
        return "　".join(filter(None, (self.reaches, self.batch, self.demo)))

    @property
    def notes(self) -> list[str]:
        """What stands in the notes under the definitions."""
        made_up = f"{self.demo}：人物、数字均为虚构。" if self.demo else ""
        lines = (f"统计期：{self.period}", f"{self.reaches}，{self.batch}。", self.policy, made_up)
        return [line for line in lines if line]


def weekly_deck(answers: Answers, screens: Sequence[Screen], held_on: date) -> bytes:
    """The deck of the meeting held on a day: a cover, then a slide a screen, as a .pptx file.

    `answers` says what the figures of the screens rest on; the same screens give the same file.
    """
    deck = blank_deck()
    facts = _facts(answers, held_on)
    slides = [_slide(deck, COVER)]
    slides += [_slide(deck, ITEM if _has_rows(screen) else POINTS) for screen in screens]
    _cover(slides, screens, facts)
    for place, screen in enumerate(screens, start=1):
        cut = _item(slides[place], screen, facts)
        _band(slides, screens, place, facts)
        _number(slides[place], place + 1, len(slides))
        _notes(slides[place], screen.notes, facts, screen.foot, cut)
    _say_whose(deck, facts)
    written = BytesIO()
    deck.save(written)
    return dated(written.getvalue(), held_on)


def _facts(answers: Answers, held_on: date) -> Facts:
    fresh, period = answers.fresh, answers.period
    version = answers.rows("policy_version")["version"].dropna()
    return Facts(
        held_on=held_on,
        period=period.called(year=True),
        reaches=answers.reach(held_on.year),
        batch=f"第 {answers.snapshot.info.batch} 批",
        demo="演示数据" if fresh["demo"] else "",
        policy="" if version.empty else f"考核办法：{day(version.iloc[0].date(), 0)}起生效的一版。",
    )


def _slide(deck: Deck, layout: int) -> Any:
    """A new slide, without the empty placeholders that the library puts on it: we draw them filled."""
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    for holder in list(slide.placeholders):
        holder.element.getparent().remove(holder.element)
    return slide


def _has_rows(screen: Screen) -> bool:
    return screen.table is not None and bool(screen.table.rows)


def _cover(slides: Sequence[Any], screens: Sequence[Screen], facts: Facts) -> None:
    """The meeting, its day, what the figures rest on, and the agenda, whose names lead to their slides."""
    cover = slides[0]
    shape(cover, "标题", None, paragraph(Run(NAME, 96, WHITE, True)), holder=COVER_TITLE)
    shape(cover, "副标题", None, paragraph(Run(day(facts.held_on, 0), 44, WHITE)), holder=SUBTITLE)
    says = (facts.period, f"{facts.reaches}　{facts.batch}", facts.demo)
    for place, line in enumerate(filter(None, says)):
        box = Box(112, COVER_TOP + COVER_LINE * place, 880, COVER_LINE)
        shape(cover, f"依据 {place + 1}", box, paragraph(Run(line, 34, INK, line == facts.demo)))
    step = min(COVER_LINE, (FOOT_TOP - COVER_TOP) / max(len(screens), 1))
    for place, screen in enumerate(screens, start=1):
        box = Box(1120, COVER_TOP + step * (place - 1), 688, step)
        size = min(34, step / LEADING)
        name = shortened(one_line(screen.name), size, box.width - 2 * size)
        runs = Run(f"{place}　", size, WATER, True), Run(name, size)
        shape(cover, f"议程 {place}", box, paragraph(*runs), leads_to=slides[place])
    _notes(cover, (), facts)


def _item(slide: Any, screen: Screen, facts: Facts) -> list[str]:
    """Draw a screen; the texts in full that had to be cut."""
    top, cut = _title(slide, screen)
    steps_out = ""
    if screen.ladder:
        height, steps_out, short = ladder(slide, screen.ladder, (MARGIN, top), ROOM)
        top, cut = top + height, cut + short
    bottom: float = FOOT_TOP - 10
    if screen.ask:
        bottom, short = _ask(slide, one_line(screen.ask))
        cut += short
    if screen.table and screen.table.rows:
        drawn = fitted(screen.table, ROOM, bottom - top)
        _table(slide, screen, screen.table, drawn, top, facts.held_on)
        left_out = f"另有 {drawn.left_out} 行未列出" if drawn.left_out else ""
        cut += drawn.cut
    else:
        left_out, short = _points(slide, screen, Box(MARGIN, top + 12, ROOM, bottom - top - 12))
        cut += short
    says = "；".join(filter(None, (steps_out, left_out, screen.foot)))
    _foot(slide, says, facts)
    return cut


def _title(slide: Any, screen: Screen) -> tuple[float, list[str]]:
    """Write the finding, what is a verdict in red; where what follows may begin, and the whole if it was cut."""
    whole = one_line(screen.title)
    size, rows = next((fit for fit in TITLES if lines(whole, fit[0], ROOM, bold=True) <= fit[1]), TITLES[-1])
    shown = shortened(whole, size, ROOM, rows=rows, bold=True)
    before, red, _ = whole.partition(one_line(screen.red)) if screen.red else (whole, "", "")
    turn, back = len(before), len(before + red)
    parts = (shown[:turn], INK), (shown[turn:back], RED), (shown[back:], INK)
    height = max(78, rows * size * LEADING + 8)
    runs = (Run(part, size, colour, True) for part, colour in parts)
    shape(slide, "标题", Box(MARGIN, TITLE_TOP, ROOM, height), paragraph(*runs), holder=TITLE)
    return TITLE_TOP + height + 6, [whole] if shown != whole else []


def _table(slide: Any, screen: Screen, of: Table, drawn: Fitted, top: float, on: date) -> None:
    """The table, and over each of its columns of bars a chart, row on row."""
    heights = [HEAD_HEIGHT, *(drawn.row for _ in drawn.rows)]
    table(slide, "表", screen.title, (MARGIN, top), drawn.widths, heights, [drawn.head, *drawn.rows])
    named = of.columns[of.named_by].heading
    shown = of.rows[: len(drawn.rows)]
    names = [cell.text if isinstance(cell := cells[of.named_by], Cell) else "" for cells in shown]
    for place in bar_columns(of):
        headings = [column.heading for column in of.columns[: place + 1] if column.heading]
        bars = [cell if isinstance(cell := cells[place], Bar) else None for cells in shown]
        left = MARGIN + sum(drawn.widths[:place]) + (PADDING if place else 0)
        box = Box(left, top + HEAD_HEIGHT, drawn.widths[place] - SIDES, drawn.row * len(shown))
        size = min(BAR_DIGITS, int(drawn.row * THICK / LEADING))
        chart(slide, f"图 {place + 1}", box, Bars((named, headings[-1]), names, bars, box.width, size, on))


def _points(slide: Any, screen: Screen, box: Box) -> tuple[str, list[str]]:
    """The findings as a numbered list, or the sentence that says there are none; how many are left out, and which."""
    if not screen.findings:
        shape(slide, "要点", box, paragraph(Run(one_line(screen.nothing), 36, INK2)), holder=BODY)
        return "", []
    room = box.width - INDENT
    sizes = next((each for each in POINT_SIZES if _height(screen.findings, each, room) <= box.height), POINT_SIZES[-1])
    shown = list(screen.findings)
    while len(shown) > 1 and _height(shown, sizes, room) > box.height:
        shown.pop()
    cut = list(screen.findings[len(shown) :])
    left_out = f"另有 {len(cut)} 条未列出" if cut else ""
    if len(shown) == 1 and (short := _within(shown[0], sizes, room, box.height)) != shown[0]:
        cut.insert(0, shown[0])
        shown = [short]
    paragraphs = []
    for number, finding in enumerate(shown, start=1):
        sentence = Run(finding.sentence, sizes[0], INK, True)
        before = sizes[0] * BETWEEN if number > 1 else 0
        paragraphs.append(Paragraph((sentence,), before=before, indent=INDENT, number=number))
        if finding.evidence:
            paragraphs.append(Paragraph((Run(finding.evidence, sizes[1], INK2),), indent=INDENT))
    shape(slide, "要点", box, *paragraphs, holder=BODY)
    return left_out, [f"{each.sentence}　{each.evidence}" for each in cut]


def _within(finding: Finding, sizes: tuple[int, int], room: float, height: float) -> Finding:
    """A finding that stands alone, as much of it as goes into the height: of the evidence what the sentence leaves."""
    whole = Finding(finding.topic, one_line(finding.sentence), one_line(finding.evidence))
    if _height([whole], sizes, room) <= height:
        return finding
    large, small = (size * LEADING for size in sizes)
    height -= sizes[0] * BETWEEN
    rows = min(lines(whole.sentence, sizes[0], room, bold=True), int(height // large))
    left = int((height - rows * large) // small)
    return Finding(
        finding.topic,
        shortened(whole.sentence, sizes[0], room, rows=rows, bold=True),
        shortened(whole.evidence, sizes[1], room, rows=left) if left else "",
    )


def _height(findings: Sequence[Finding], sizes: tuple[int, int], room: float) -> float:
    """How high a list of findings is."""
    large, small = sizes
    return sum(
        lines(one_line(each.sentence), large, room, bold=True) * large * LEADING
        + (lines(one_line(each.evidence), small, room) * small * LEADING if each.evidence else 0)
        + large * BETWEEN
        for each in findings
    )


def _ask(slide: Any, ask: str) -> tuple[float, list[str]]:
    """The question to decide, at the foot; where what stands over it must end, and the whole of it if it was cut."""
    label = "请议　"
    room = ROOM - ASK_INSET - 12
    size, rows, height = next((fit for fit in ASKS if lines(label + ask, fit[0], room, bold=True) <= fit[1]), ASKS[-1])
    shown = shortened(label + ask, size, room, rows=rows, bold=True).removeprefix(label)
    box = Box(MARGIN, FOOT_TOP - 10 - height, ROOM, height)
    runs = Run(label, size, DEEP, True), Run(shown, size, INK, True)
    shape(slide, "请议", box, paragraph(*runs), fill=WASH, inset=ASK_INSET)
    shape(slide, "请议 边", Box(MARGIN, box.top, 8, height), fill=WATER)
    return box.top - 16, [ask] if shown != ask else []


def _foot(slide: Any, says: str, facts: Facts) -> None:
    """What is left out, as much of it as finds room, and what the figures rest on."""
    shown = shortened(one_line(says), 24, FOOT_ROOM - width("　" + facts.foot, 24))
    line = "　".join(filter(None, (shown, facts.foot)))
    shape(slide, "页脚", None, paragraph(Run(line, 24, INK2)), holder=FOOT)


def _number(slide: Any, at: int, of: int) -> None:
    """The number of the slide, as a field, and how many there are."""
    runs = Run(str(at), 40, INK, True, counts=True), Run(f"／{of}", 28, INK2)
    shape(slide, "页码", None, paragraph(*runs, align="r"), holder=NUMBER)


def _band(slides: Sequence[Any], screens: Sequence[Screen], at: int, facts: Facts) -> None:
    """The meeting and the names of the agenda over a slide, the current one marked; each leads to its slide.

    Where not all names find room, those of the nearest screens.
    """
    slide = slides[at]
    whose = f"周例会　{day(facts.held_on)}"
    names = {place: f"{place} {one_line(screen.name)}" for place, screen in enumerate(screens, start=1)}
    (size, smallest), (gap, closest) = BAND_SIZES, BAND_GAPS
    room = ROOM - width(whose, size, bold=True)
    shape(slide, "会议", Box(MARGIN, 0, ROOM - room, BAND), paragraph(Run(whose, size, WHITE, True)))
    while _run_of(names.values(), size, gap) > room - 2 * gap and size > smallest:
        size, gap = size - 1, max(gap - 4, closest)
    reach = len(names)
    while _run_of(names.values(), size, gap) > room - 2 * gap and reach:
        reach -= 1
        names = {place: name for place, name in names.items() if abs(place - at) <= reach}
    left = WIDE - MARGIN - _run_of(names.values(), size, gap)
    for place, name in names.items():
        here, wide = place == at, width(name, size, bold=True)
        run = Run(name, size, WHITE if here else BAND_INK, here)
        leads_to = None if here else slides[place]
        shape(slide, f"议程 {place}", Box(left, 0, wide, BAND), paragraph(run, align="ctr"), leads_to=leads_to)
        if here:
            shape(slide, "当前议程", Box(left, BAND - 8, wide, 4), fill=WHITE)
        left += wide + gap


def _run_of(names: Collection[str], size: float, gap: float) -> float:
    """How wide the names of the agenda are together."""
    return sum(width(name, size, bold=True) for name in names) + gap * (len(names) - 1)


def _notes(slide: Any, definitions: Sequence[str], facts: Facts, foot: str = "", cut: Sequence[str] = ()) -> None:
    """What the speaker may be asked: the definitions (口径), the period and the batch, and texts cut on the slide."""
    says = [f"口径：{each}" for each in definitions] + ([f"说明：{foot}"] if foot else []) + facts.notes
    says += [f"幻灯片上未写全：{each}" for each in cut]
    write_notes(slide, [one_line(line) for line in says])


def _say_whose(deck: Deck, facts: Facts) -> None:
    """The properties of the file: of no machine, and of no other time than the meeting's day."""
    about = deck.core_properties
    about.title = f"{NAME}　{day(facts.held_on, 0)}"
    about.subject = facts.period
    about.author = about.last_modified_by = AUTHOR
    about.comments = facts.foot
    about.keywords, about.category, about.language = "", "周例会", "zh-CN"
    about.created = about.modified = datetime.combine(facts.held_on, time())
    about.revision = 1
