"""The deck says what the screens say: every figure and text is read back, and LibreOffice shows all of it."""

import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from conftest import WEEK
from pptx import Presentation
from pptx.oxml.ns import qn
from sample_screens import LONG, TOWNS, all_kinds, overfull

from supervision.answers import Answers
from supervision.documents.deck import weekly_deck
from supervision.documents.slide_charts import FILLS
from supervision.documents.slide_text import shortened, width
from supervision.meeting.agenda import agenda
from supervision.meeting.screens import Bar, Cell, Column, Part, Screen, Table
from supervision.xml_text import one_line

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None and "CI" not in os.environ, reason="needs LibreOffice: apt-get install libreoffice-impress-nogui"
)
MONDAY = date(2017, 10, 30)
WIDE, HIGH = 12192000, 6858000
FONT = "Microsoft YaHei"


@pytest.fixture(scope="module")
def answers(demo_warehouse) -> Answers:
    return Answers(demo_warehouse.current(), WEEK)


@pytest.fixture(scope="module")
def meeting(answers, demo_warehouse) -> list[Screen]:
    """The real agenda of the demonstration district."""
    return agenda(answers, demo_warehouse.minutes.promises(on=MONDAY, meeting=None), MONDAY, None)


@pytest.fixture(scope="module")
def files(answers, meeting) -> dict[str, bytes]:
    return {"samples": weekly_deck(answers, all_kinds(), MONDAY), "meeting": weekly_deck(answers, meeting, MONDAY)}


@pytest.fixture(scope="module", params=["samples", "meeting"])
def pair(request, files, meeting):
    """A deck as the library reads it back, and the screens it was made of."""
    screens = all_kinds() if request.param == "samples" else meeting
    return Presentation(BytesIO(files[request.param])), screens, files[request.param], request.param


def slides_of(pair) -> Iterator[tuple]:
    deck, screens, *_ = pair
    yield from zip(list(deck.slides)[1:], screens, strict=True)


def only(slide, kind: str):
    return [shape for shape in slide.shapes if getattr(shape, f"has_{kind}")]


def texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def test_each_title_is_the_finding_its_verdict_in_red(pair) -> None:
    for slide, screen in slides_of(pair):
        assert slide.shapes.title.text_frame.text == one_line(screen.title)
        red = [
            run.text for run in slide.shapes.title.text_frame.paragraphs[0].runs if str(run.font.color.rgb) == "A01818"
        ]
        assert red == ([one_line(screen.red)] if screen.red else [])


def test_every_cell_of_every_table_is_read_back(pair) -> None:
    for slide, screen in slides_of(pair):
        if not screen.table or not screen.table.rows:
            assert only(slide, "table") == []
            continue
        (frame,) = only(slide, "table")
        table = frame.table
        wanted = screen.table
        drawn = len(table.rows) - 1
        assert [cell.text for cell in table.rows[0].cells] == [column.heading for column in wanted.columns]
        assert f"另有 {len(wanted.rows) - drawn} 行未列出" in "\n".join(texts(slide)) or drawn == len(wanted.rows)
        for row, cells in zip(list(table.rows)[1:], wanted.rows, strict=False):
            for place, (made, cell) in enumerate(zip(row.cells, cells, strict=True)):
                text = "" if isinstance(cell, Bar) else one_line(cell.text)
                if made.text.endswith("…") and not text.endswith("…"):
                    assert text.startswith(made.text[:-1])
                    assert text in notes(slide)
                    named = place <= wanted.named_by or "单位" in wanted.columns[place].heading
                    assert not named, text
                else:
                    assert made.text == text


def test_every_value_of_every_bar_is_read_back(pair) -> None:
    for slide, screen in slides_of(pair):
        table = screen.table
        bars = [
            place
            for place in range(len(table.columns) if table else 0)
            if any(isinstance(row[place], Bar) for row in table.rows)
        ]
        charts = only(slide, "chart")
        assert len(charts) == len(bars)
        for frame, place in zip(charts, bars, strict=True):
            plot = frame.chart.plots[0]
            assert list(plot.categories) == [row[table.named_by].text for row in table.rows]
            drawn = [(series.values, str(series.format.fill.fore_color.rgb)) for series in plot.series]
            for at, row in enumerate(table.rows):
                parts = row[place].parts if isinstance(row[place], Bar) else ()
                got = [(values[at], fill) for values, fill in drawn if values[at] is not None]
                assert got == [(part.value, FILLS[part.shade]) for part in parts]
            fulls = [row[place].full for row in table.rows if isinstance(row[place], Bar)]
            axis = frame.chart._chartSpace.find(".//" + qn("c:max"))
            assert float(axis.get("val")) == max(fulls)


def test_digits_stand_in_bars_and_follow_the_values(files) -> None:
    deck = Presentation(BytesIO(files["samples"]))
    (overdue,) = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("逾期 41 件")]
    labels = only(overdue, "chart")[0].chart._chartSpace.iter(qn("c:dLbls"))
    for each in labels:
        assert each.find(qn("c:showVal")).get("val") == "1"
        assert each.find(qn("c:numFmt")).get("formatCode") == "#,##0"
        assert each.findall(qn("c:dLbl")) == []


def test_rows_of_chart_and_table_stand_on_one_line(pair) -> None:
    for slide, screen in slides_of(pair):
        for chart in only(slide, "chart"):
            (frame,) = only(slide, "table")
            heights = [row.height for row in frame.table.rows]
            assert chart.top == pytest.approx(frame.top + heights[0], abs=2)
            assert chart.height == pytest.approx(sum(heights[1:]), abs=2 * len(heights))
            lefts = [
                frame.left + sum(column.width for column in list(frame.table.columns)[:place]) for place in range(9)
            ]
            place = next(place for place, cell in enumerate(screen.table.rows[0]) if isinstance(cell, Bar))
            assert lefts[place] <= chart.left < chart.left + chart.width <= lefts[place + 1]


def test_steps_questions_and_lists_are_on_the_slide(pair) -> None:
    for slide, screen in slides_of(pair):
        shown = texts(slide)
        for step in screen.ladder:
            assert f"{step.figure} {step.name}" in shown
        if screen.ask:
            assert f"请议　{screen.ask}" in shown
        for finding in screen.findings:
            assert finding.sentence in "\n".join(shown)
            assert finding.evidence in "\n".join(shown)
        if not screen.findings and not (screen.table and screen.table.rows):
            assert screen.nothing in shown
        assert [text for text in shown if "第 1 批" in text and "数据截至 10月29日" in text and "演示数据" in text]
        if screen.foot not in "\n".join(shown):
            assert screen.foot in notes(slide)


def test_bars_of_the_ladder_are_in_one_scale(files) -> None:
    deck = Presentation(BytesIO(files["samples"]))
    (overdue,) = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("逾期 41 件")]
    wide = [shape.width for shape in overdue.shapes if shape.name.startswith("阶梯") and "文字" not in shape.name]
    assert [each / wide[0] for each in wide] == pytest.approx([1, 19 / 6, 16 / 6, 31 / 6], rel=1e-3)


def test_notes_carry_definitions_period_batch_and_policy(pair, answers) -> None:
    for slide, screen in slides_of(pair):
        for definition in screen.notes:
            assert f"口径：{definition}" in notes(slide)
    for slide in pair[0].slides:
        assert "统计期：2017年10月23日 — 10月29日　第43周" in notes(slide)
        assert "数据截至 10月29日，第 1 批。" in notes(slide)
        assert "演示数据：人物、数字均为虚构。" in notes(slide)
        version = answers.rows("policy_version")["version"].iloc[0]
        assert f"考核办法：{version.year}年{version.month}月{version.day}日起生效的一版。" in notes(slide)


def test_the_cover_and_the_band_carry_the_agenda(pair) -> None:
    deck, screens, *_ = pair
    slides = list(deck.slides)
    cover = texts(slides[0])
    assert cover[:2] == ["河长制周例会", "2017年10月30日"]
    assert {"2017年10月23日 — 10月29日　第43周", "数据截至 10月29日　第 1 批", "演示数据"} <= set(cover)
    for place, screen in enumerate(screens, start=1):
        assert f"{place}　{screen.name}" in cover
        band = [shape for shape in slides[place].shapes if shape.name.startswith("议程")]
        assert [shape.text_frame.text for shape in band] == [
            f"{number} {each.name}" for number, each in enumerate(screens, start=1)
        ]
        marked = [shape.text_frame.text for shape in band if shape.text_frame.paragraphs[0].runs[0].font.bold]
        assert marked == [f"{place} {screen.name}"]
        goes = [shape.click_action.target_slide for shape in band]
        assert [slides.index(slide) if slide else None for slide in goes] == [
            None if number == place else number for number in range(1, len(screens) + 1)
        ]
        assert texts(slides[place])[-1] == f"{place + 1}／{len(slides)}"


def lie_on_the_slide(slide) -> None:
    for shape in slide.shapes:
        assert shape.left >= 0, shape.name
        assert shape.top >= 0, shape.name
        assert shape.left + shape.width <= WIDE, shape.name
        assert shape.top + shape.height <= HIGH, shape.name


def test_every_shape_lies_on_the_slide_and_over_the_foot(pair) -> None:
    for slide in pair[0].slides:
        lie_on_the_slide(slide)
        ask = [shape.top for shape in slide.shapes if shape.name == "请议"]
        foot = min(ask, default=1010 * 6350)
        for frame in only(slide, "table"):
            assert frame.top + sum(row.height for row in frame.table.rows) <= foot


@pytest.fixture(scope="module")
def full(answers) -> dict:
    """By key the slides of screens that hold more than a slide can bear; the cover under no key."""
    slides = Presentation(BytesIO(weekly_deck(answers, overfull(), MONDAY))).slides
    return dict(zip(["", *(screen.key for screen in overfull())], slides, strict=True))


def steps_of(slide) -> list[tuple]:
    """The texts of the steps with their places: top, left, right, text."""
    return sorted(
        (shape.top, shape.left, shape.left + shape.width, shape.text_frame.text)
        for shape in slide.shapes
        if shape.name.startswith("阶梯") and shape.has_text_frame and shape.text_frame.text
    )


def test_what_a_slide_cannot_bear_stays_on_it_all_the_same(full) -> None:
    for slide in full.values():
        lie_on_the_slide(slide)
        for frame in only(slide, "table"):
            assert frame.top + sum(row.height for row in frame.table.rows) <= 1010 * 6350
        for box in slide.shapes:
            if box.has_text_frame and not box.is_placeholder and box.name != "当前议程":
                text = box.text_frame
                runs = [run for paragraph in text.paragraphs for run in paragraph.runs]
                size = max((run.font.size for run in runs), default=0)
                high = sum(width(run.text, run.font.size, bold=bool(run.font.bold)) for run in runs) // box.width + 1
                assert not runs or high * size <= box.height, text.text


def test_steps_that_find_no_room_in_one_row_run_over_three(full) -> None:
    nine, sixty, wide = (steps_of(full[key]) for key in ("nine", "sixty", "wide"))
    assert [text for *_, text in nine] == [f"8.5 {step.name}" for step in overfull()[0].ladder]
    assert len({top for top, *_ in nine}) == 2
    assert len({top for top, *_ in sixty}) == 3
    for one, following in (*pairwise(nine), *pairwise(sixty)):
        assert one[0] < following[0] or one[2] <= following[1]
    shown = [text for *_, text in sixty]
    assert shown == [f"{number} 考核项（满 100）" for number in range(1, len(shown) + 1)]
    assert 15 < len(shown) < 60
    assert f"另有 {60 - len(shown)} 项未列出" in "".join(texts(full["sixty"]))
    assert f"未写全：{len(shown) + 1} 考核项（满 100）" in notes(full["sixty"])
    ((*_, text),) = wide
    assert text.startswith(f"1 {LONG}")
    assert text.endswith("…")
    assert f"未写全：1 {LONG * 3}" in notes(full["wide"])


def test_the_band_names_the_neighbours_where_not_all_find_room(full) -> None:
    slides = list(full.values())
    for at, slide in enumerate(slides[1:], start=1):
        band = [shape.text_frame.text for shape in slide.shapes if shape.name.startswith("议程")]
        places = [int(text.split()[0]) for text in band]
        assert places == list(range(places[0], places[-1] + 1))
        assert 9 < len(places) < 25
        # as many on either side as there are
        assert at - places[0] == places[-1] - at or 1 in places or 25 in places
        goes = [shape.click_action.target_slide for shape in slide.shapes if shape.name.startswith("议程")]
        assert [slides.index(each) if each else at for each in goes] == places


def test_a_text_too_long_for_its_slide_ends_in_an_ellipsis_and_stands_in_the_notes(full) -> None:
    title, ask, finding, evidence = (
        next(screen for screen in overfull() if screen.key == key) for key in ("title", "ask", "finding", "evidence")
    )
    shown = full["title"].shapes.title.text_frame.text
    assert (shown[:4], shown[-1]) == ("第1件：", "…")
    assert "第15件" not in shown
    assert f"未写全：{title.title}" in notes(full["title"])
    (shown,) = (text for text in texts(full["ask"]) if text.startswith("请议　"))
    assert (shown[:7], shown[-1]) == ("请议　第1件：", "…")
    assert f"未写全：{ask.ask}" in notes(full["ask"])
    whole = f"{finding.findings[0].sentence}　{finding.findings[0].evidence}"
    (shown,) = (shape.text_frame.text for shape in full["finding"].shapes if shape.name == "要点")
    assert shown.count("\n") == 0  # the sentence alone fills the slide
    assert shown.endswith("…")
    assert f"未写全：{whole}" in notes(full["finding"])
    (shown,) = (shape.text_frame.text for shape in full["evidence"].shapes if shape.name == "要点")
    sentence, rests_on = shown.split("\n")
    assert sentence == evidence.findings[0].sentence
    assert rests_on.endswith("…")
    assert f"未写全：{sentence}　{evidence.findings[0].evidence}" in notes(full["evidence"])


def test_all_text_is_chinese_in_a_font_of_the_office(pair) -> None:
    package = ZipFile(BytesIO(pair[2]))
    for name in package.namelist():
        if not name.startswith("ppt/slides/slide"):
            continue
        for run in ElementTree.fromstring(package.read(name)).iter(qn("a:rPr")):
            assert run.get("lang") == "zh-CN"
            assert [run.find(qn(f"a:{kind}")).get("typeface") for kind in ("latin", "ea")] == [FONT, FONT]
            assert int(run.get("sz")) >= 900
    for name in (each for each in package.namelist() if each.startswith("ppt/theme/")):
        theme = ElementTree.fromstring(package.read(name))
        fonts = [font.get("typeface") for kind in ("latin", "ea") for font in theme.iter(qn(f"a:{kind}"))]
        assert fonts == [FONT] * 4


def test_the_package_is_whole_and_holds_nothing_else(pair) -> None:
    with ZipFile(BytesIO(pair[2])) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        reached = {"[Content_Types].xml", "_rels/.rels"}
        for part in [name for name in names if name.endswith(".rels")]:
            folder = posixpath.dirname(posixpath.dirname(part))
            for relation in ElementTree.fromstring(package.read(part)):
                target = relation.get("Target")
                whole = posixpath.normpath(posixpath.join(folder, target)) if target[0] != "/" else target[1:]
                assert whole in names, (part, target)
                reached.add(whole)
        assert [name for name in names if name not in reached and not name.endswith(".rels")] == []
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        typed = {each.get("PartName", "")[1:] for each in types} | {each.get("Extension") for each in types}
        assert [name for name in names[1:] if name not in typed and name.rsplit(".", 1)[1] not in typed] == []
        everything = b"".join(package.read(name) for name in names if name.endswith(".xml"))
        assert b"Steve" not in everything
        assert b"Click to" not in everything
    layouts = [layout.name for layout in pair[0].slide_layouts]
    assert layouts == ["封面", "要点", "议题"]
    assert len(pair[2]) < 200_000


def test_no_id_or_name_stands_twice_and_tables_have_their_widths(pair) -> None:
    for slide in pair[0].slides:
        ids = [shape.shape_id for shape in slide.shapes]
        names = [shape.name for shape in slide.shapes]
        assert len(ids) == len(set(ids))
        assert len(names) == len(set(names))
        for frame in only(slide, "table"):
            widths = [int(column.get("w")) for column in frame.table._tbl.tblGrid]
            assert all(width > 0 for width in widths)
            assert sum(widths) == frame.width
            assert {len(row.cells) for row in frame.table.rows} == {len(widths)}


def test_properties_name_the_meeting_and_no_machine(pair) -> None:
    about = pair[0].core_properties
    assert about.title == "河长制周例会　2017年10月30日"
    assert (about.author, about.last_modified_by, about.language) == ("河长制督查看板", "河长制督查看板", "zh-CN")
    assert about.created == about.modified == datetime(2017, 10, 30)


def test_the_same_screens_give_the_same_file(files, answers) -> None:
    assert weekly_deck(answers, all_kinds(), MONDAY) == files["samples"]


def test_texts_that_look_like_formulas_stay_texts(files) -> None:
    with ZipFile(BytesIO(files["samples"])) as package:
        sheets = [
            openpyxl.load_workbook(BytesIO(package.read(name))).active
            for name in package.namelist()
            if name.endswith(".xlsx")
        ]
    (strange,) = [sheet for sheet in sheets if sheet["A2"].value == "=1+1"]
    cells = [cell for row in strange.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in strange["A"]] == ['=HYPERLINK("x")', "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)"]
    assert [cell.value for cell in strange[2]][1:] == [2.5, 1]


def test_no_screens_and_an_empty_district_still_make_a_deck(build_district) -> None:
    empty = Answers(build_district(), WEEK)
    assert len(Presentation(BytesIO(weekly_deck(empty, [], MONDAY))).slides) == 1
    promises = empty_promises()
    deck = Presentation(BytesIO(weekly_deck(empty, agenda(empty, promises, MONDAY, None), MONDAY)))
    assert len(deck.slides) == 10
    assert "还没有台账数据　第 1 批" in texts(deck.slides[0])
    assert "演示数据" not in "".join(texts(deck.slides[0]))
    bare = Screen("x", "", "", table=Table((Column("", 1),), ()))
    assert len(Presentation(BytesIO(weekly_deck(empty, [bare], MONDAY))).slides) == 2


def test_a_part_that_is_no_number_draws_nothing(answers) -> None:
    table = Table((Column("镇", 1), Column("量", 1)), ((Cell("甲"), Bar((Part(float("nan"), "amount"),), 0.0)),))
    deck = Presentation(BytesIO(weekly_deck(answers, [Screen("x", "项", "题", table=table)], MONDAY)))
    assert only(deck.slides[1], "chart")[0].chart.plots[0].series[0].values == (None,)


def empty_promises():
    import pandas as pd

    columns = ["code", "matter", "unit", "state", "note", "standing", "days_late", "written_by"]
    days = {name: pd.Series(dtype="datetime64[ns]") for name in ("met_on", "due_on", "done_on")}
    return pd.DataFrame(days | {name: pd.Series(dtype=object) for name in columns})


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("逾期整改", 40, "逾期整改"),
        ("逾期整改", 39, "逾期…"),  # of 39 the ellipsis and a gap take 12.5, two letters of 10 fit into 26.5
        ("共罚款1234567", 74, "共罚款…"),  # a number cut in two would be another number
        ("人均低、检查（限值 50 %）", 100, "人均低…"),  # nor is a bracket left open
    ],
)
def test_a_text_is_cut_where_it_does_not_mislead(text: str, room: float, shown: str) -> None:
    assert shortened(text, 10, room) == shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("两行\n文字", "两行 文字"),
        ("甲\x0b乙\x0c丙", "甲 乙 丙"),  # line and page breaks of Office
        ("甲\r\n\t\x0b乙", "甲 乙"),
        ("响\x07铃\x00", "响铃"),
    ],
)
def test_breaks_between_words_become_a_space_and_what_no_one_sees_nothing(text: str, line: str) -> None:
    assert one_line(text) == line


def test_widths_are_on_the_safe_side() -> None:
    assert width("喇叭沟门满族乡", 20) == 140
    assert width("47 天", 20) > 20 * (2 * 0.56 + 0.3 + 1)


@pytest.fixture(scope="module")
def printed(files, tmp_path_factory) -> dict[str, Path]:
    """The decks as LibreOffice prints them."""
    assert SOFFICE is not None, "LibreOffice is missing: apt-get install libreoffice-impress-nogui"
    folder = tmp_path_factory.mktemp("decks")
    for name, content in files.items():
        (folder / f"{name}.pptx").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, *(f"{name}.pptx" for name in files)], cwd=folder, check=True, capture_output=True)
    return {name: folder / f"{name}.pdf" for name in files}


def words_of(pdf: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """The words of every page with their boxes, in EMU of the slide."""
    out = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout
    space = "{http://www.w3.org/1999/xhtml}"
    pages = []
    for page in ElementTree.fromstring(out).iter(f"{space}page"):
        scale = WIDE / float(page.get("width"))
        pages.append(
            [
                (*(float(word.get(side)) * scale for side in ("xMin", "yMin", "xMax", "yMax")), word.text or "")
                for word in page.iter(f"{space}word")
            ]
        )
    return pages


def bare(text: str) -> str:
    return "".join(text.split())


@needs_office
def test_every_word_is_printed_on_the_slide_in_its_cell(printed, pair) -> None:
    pages = words_of(printed[pair[3]])
    assert len(pages) == len(pair[1]) + 1
    for words in pages:
        for left, top, right, bottom, word in words:
            assert left >= 0, word
            assert top >= 0, word
            assert right <= WIDE, word
            assert bottom <= HIGH, word
    for (slide, screen), words in zip(slides_of(pair), pages[1:], strict=True):
        assert bare(one_line(screen.title)) in bare("".join(word for *_, word in words))
        for frame in only(slide, "table"):
            lefts = [frame.left]
            for column in frame.table.columns:
                lefts.append(lefts[-1] + column.width)
            tops = [frame.top]
            for row in frame.table.rows:
                tops.append(tops[-1] + row.height)
            charts = [(chart.left, chart.left + chart.width) for chart in only(slide, "chart")]
            for place, row in enumerate(frame.table.rows):
                for cell, (left, right) in zip(row.cells, pairwise(lefts), strict=True):
                    if any(left <= start and end <= right for start, end in charts) and place:
                        continue
                    inside = [
                        (round(y / 60000), x, word)
                        for x, y, to, below, word in words
                        if left - 9000 <= x and to <= right + 9000 and tops[place] <= (y + below) / 2 < tops[place + 1]
                    ]
                    assert bare("".join(word for *_, word in sorted(inside))) == bare(cell.text), cell.text


@needs_office
def test_chinese_is_printed_in_a_font_that_has_it(printed, pair) -> None:
    out = subprocess.run(["pdffonts", str(printed[pair[3]])], check=True, capture_output=True, text=True).stdout
    fonts = [line.split() for line in out.splitlines()[2:]]
    assert [font[0] for font in fonts if "CJK" in font[0]]
    assert {font[-5] for font in fonts} == {"yes"}
    assert LONG[:10] in "".join(text for words in words_of(printed["samples"]) for *_, text in words)
    assert all(town in "".join(word for *_, word in words_of(printed["samples"])[3]) for town in TOWNS)
