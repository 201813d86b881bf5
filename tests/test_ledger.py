"""The ledger read back: every cell is what the question answers, of its own kind, and nothing in it can run."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict
from openpyxl.utils import get_column_letter as column_letter
from openpyxl.workbook import Workbook
from test_file_formats import convert, needs_office

from supervision import headings
from supervision.answers import Answers
from supervision.asking import Reader, ask
from supervision.documents.ledger import PAGE, ledger, pages_across
from supervision.documents.sections import SECTIONS
from supervision.errors import QueryRefused
from supervision.meeting.minutes import Minutes
from supervision.metrics import BY_CODE
from supervision.periods import Period
from supervision.warehouse import Warehouse

NAMES = [
    *("镇乡排名", "逾期整改（分镇）", "整改台账", "反弹", "部门执法", "部门联动", "巡河履职（分镇）", "视而不见"),
    *("河长考核", "市级挂账点", "重点任务", "排污口", "断面水质", "会议议定事项"),
]
OCTOBER = Period.around(date(2017, 10, 1), "month")
HOSTILE = {
    "P1": "=1+1",
    "P2": "@SUM(1)",
    "P3": "+1",
    "P4": "\t=2",
    "P5": "响\x07铃",
    "P6": "<b>&</b>",
    "P7": "https://x",
}
NO_PROMISES = pd.DataFrame({name: pd.Series(dtype="object") for name in headings.PROMISES})
TOWN = {"code": "1", "name": "甲镇"}


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def problem(code: str, **more: Any) -> dict[str, Any]:
    known = {"code": code, "town": "1", "found_on": "2017-10-02", "source": "督查检查", "category": "垃圾"}
    return known | {"description": "示例", "deadline": "2017-10-20", "done_on": None, "closed_on": None} | more


def rows_under(sheet: Any, heading: str) -> list[Any]:
    place = [cell.value for cell in sheet[1]].index(heading)
    return [row[place].value for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def promises(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Two matters that a meeting decided, one of them done."""
    minutes = Minutes(tmp_path_factory.mktemp("minutes"))
    meeting = minutes.open_meeting(held_on=date(2017, 10, 23), period=WEEK, snapshot="0001", focus=None, by="王示例")
    minutes.decide(meeting, matter="=封堵排污口", unit="甲镇", due_on=date(2017, 10, 27), by="王示例")
    kept = minutes.decide(meeting, matter="清理垃圾", unit="区水务局", due_on=date(2017, 10, 28), by="王示例")
    minutes.amend(kept.code, by="王示例", done_on=date(2017, 10, 26))
    return minutes.promises(on=date(2017, 10, 30))


@pytest.fixture(scope="module", params=[WEEK, OCTOBER], ids=["week", "month"])
def made(
    request: pytest.FixtureRequest, demo_warehouse: Warehouse, promises: pd.DataFrame
) -> tuple[Answers, bytes, Workbook]:
    """The ledger of the demonstration district, and the answers that it is made of."""
    snapshot = demo_warehouse.current()
    assert snapshot
    answers = Answers(snapshot, request.param)
    content = ledger(answers, promises)
    return answers, content, opened(content)


def asked(answers: Answers, name: str, promises: pd.DataFrame) -> pd.DataFrame:
    """What the section's question answers, asked once more."""
    if name == "会议议定事项":
        return promises
    section = next(section for section in SECTIONS if section.name == name)
    if name != "整改台账":
        return ask(answers.snapshot, section.question, answers.period)
    start = pd.Timestamp(answers.period.start)
    states = [
        ask(answers.snapshot, "problem_list", answers.period, state=state) for state in (None, "待销号", "已销号")
    ]
    states[2] = states[2][states[2]["closed_on"] >= start]
    return pd.concat(states, ignore_index=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_what_the_question_answers(
    name: str, made: tuple[Answers, bytes, Workbook], promises: pd.DataFrame
) -> None:
    answers, _, workbook = made
    sheet = workbook[name]
    found, section = asked(answers, name, promises), next(each for each in SECTIONS if each.name == name)
    assert [cell.value for cell in sheet[1]] == list(section.headings.values())
    assert len(found) == sheet.max_row - 1 > 0
    for place, column in enumerate(section.headings, start=1):
        for line, value in enumerate(found[column], start=2):
            cell = sheet.cell(line, place)
            where = (column, line, value, cell.value)
            if pd.isna(value):
                assert cell.value is None, where
            elif isinstance(value, pd.Timestamp):
                assert cell.is_date, where
                assert cell.value == value.to_pydatetime(), where
                assert cell.number_format.startswith("yyyy-mm"), where
            elif isinstance(value, bool) or column in ("city_listed", "rebounded"):
                assert cell.value == ("是" if value else "否"), where
            elif column == "moved_by":
                assert cell.value == BY_CODE[value].name, where
            elif isinstance(value, str):
                assert (cell.data_type, cell.value) == ("s", value), where
            else:
                assert cell.data_type == "n", where
                assert cell.value == pytest.approx(value, abs=1e-9), where


def test_numbers_are_written_as_what_they_are(made: tuple[Answers, bytes, Workbook]) -> None:
    _, _, workbook = made

    def form(name: str, heading: str) -> str:
        sheet = workbook[name]
        return str(sheet.cell(2, [cell.value for cell in sheet[1]].index(heading) + 1).number_format).strip("_ ")

    assert form("整改台账", "发现日期") == "yyyy-mm-dd"
    assert form("断面水质", "月份") == "yyyy-mm"
    assert form("镇乡排名", "按期整改率") == "0.0%"
    assert form("镇乡排名", "得分") == "#,##0.0#"
    assert form("逾期整改（分镇）", "逾期(件)") == "#,##0"
    assert form("部门执法", "罚款(元)") == "#,##0.00"
    assert form("部门执法", "检查比上期") == "0.0%"


def test_every_sheet_is_set_up_for_reading_and_for_paper(made: tuple[Answers, bytes, Workbook]) -> None:
    answers, _, workbook = made
    assert workbook.sheetnames == ["说明", *NAMES]
    assert max(map(len, workbook.sheetnames)) <= 31
    for sheet in workbook:
        setup = sheet.page_setup
        assert (setup.orientation, str(setup.paperSize)) == ("landscape", sheet.PAPERSIZE_A4)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.fitToHeight, setup.pageOrder) == (0, "overThenDown")
        assert sheet.title in sheet.oddHeader.left.text
        assert f"第 {answers.snapshot.info.batch} 批" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
        assert "演示数据" in sheet.oddHeader.right.text
    assert (workbook["说明"].page_setup.fitToWidth or 1) == 1
    for sheet, section in zip(workbook.worksheets[1:], SECTIONS, strict=True):
        # columns of one width stand together; to each the file adds 5 pixels, which is less than a character
        alike = sheet.column_dimensions.values()
        widths = [int(each.width) for each in alike for _ in range(each.min, each.max + 1)]
        assert len(widths) == len(section.headings)
        across = sheet.page_setup.fitToWidth or 1
        assert sum(widths) + (across - 1) * sum(widths[: section.named_by]) <= PAGE * across
        assert (across == 1) == (sum(widths) <= PAGE)
        assert sheet.print_title_cols == f"$A:${column_letter(section.named_by)}"
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert all(6 <= sheet.column_dimensions[letter].width <= 60 for letter in sheet.column_dimensions)


def test_how_many_pages_wide_a_sheet_prints_by_hand() -> None:
    # 15 are repeated, which leaves 200 a page; 120 and 100 do not go together, 100 and 100 do
    assert pages_across([15, 100, 100], 1) == 1
    assert pages_across([15, 120, 100, 100], 1) == 2
    assert pages_across([15, 120, 100, 120, 80], 1) == 3
    assert pages_across([10, 5, 100, 101], 2) == 2
    assert pages_across([300], 1) == pages_across([15, 300], 1) == 1


def test_the_first_sheet_says_what_it_is_and_counts_the_others(made: tuple[Answers, bytes, Workbook]) -> None:
    answers, _, workbook = made
    sheet = workbook["说明"]
    assert sheet["A1"].value == "河长制督查台账"
    facts = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    assert facts["开始日期"] == datetime.combine(answers.period.start, datetime.min.time())
    assert facts["结束日期"] == datetime.combine(answers.period.end, datetime.min.time())
    assert facts["数据截至"] == datetime(2017, 10, 29)
    assert facts["批次"].startswith("第 1 批，")
    assert facts["批次"].endswith("，演示导入")
    assert facts["演示数据"] == "人物、数字均为虚构。"
    assert facts["范围"] == "全区"
    assert "2017年10月" in facts["统计期"]
    counts = {row[0].value: row[2].value for row in sheet.iter_rows(min_row=3) if isinstance(row[2].value, int)}
    assert counts == {name: workbook[name].max_row - 1 for name in NAMES}
    rules = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=3)}
    assert BY_CODE["on_time_rate"].definition in rules["镇乡排名"]
    assert BY_CODE["rebound"].definition in rules["反弹"]


def test_the_same_answers_give_the_same_bytes(made: tuple[Answers, bytes, Workbook], promises: pd.DataFrame) -> None:
    answers, content, _ = made
    assert ledger(Answers(answers.snapshot, answers.period), promises) == content


def test_closed_problems_stand_in_it_only_for_the_period_that_closed_them(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=[TOWN],
        problems=[
            problem("open"),
            problem("done", done_on="2017-10-18"),
            problem("closed now", done_on="2017-10-18", closed_on="2017-10-23"),
            problem("closed before", done_on="2017-10-18", closed_on="2017-10-22"),
        ],
        patrols=[{"code": "X", "chief": "C", "started_at": "2017-10-29 08:00"}],
    )
    sheet = opened(ledger(Answers(snapshot, WEEK), NO_PROMISES))["整改台账"]
    assert dict(zip(rows_under(sheet, "问题编号"), rows_under(sheet, "状态"), strict=True)) == {
        "open": "逾期",
        "done": "待销号",
        "closed now": "已销号",
    }


def test_nothing_that_somebody_wrote_can_run(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=[TOWN | {"name": "=甲镇"}],
        problems=[problem(code, description=text, found_on="2017-10-24") for code, text in HOSTILE.items()],
    )
    content = ledger(Answers(snapshot, WEEK), NO_PROMISES)
    workbook = opened(content)
    assert all(cell.data_type != "f" for sheet in workbook for row in sheet.iter_rows() for cell in row)
    sheet = workbook["整改台账"]
    written = dict(zip(rows_under(sheet, "问题编号"), rows_under(sheet, "问题描述"), strict=True))
    assert written == HOSTILE | {"P5": "响铃"}
    place = [cell.value for cell in sheet[1]].index("问题描述") + 1
    quoted = {sheet.cell(line, 1).value for line in range(2, 9) if sheet.cell(line, place).quotePrefix}
    assert quoted == {"P1", "P2", "P3", "P4"}
    assert set(rows_under(sheet, "镇乡街道")) == {"=甲镇"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_a_row_is_as_high_as_what_is_written_in_it_and_as_excel_bears(build_district: BuildDistrict) -> None:
    # by hand: a column of 46 holds 41.4 half-width characters a line. 60 Chinese ones make 3 lines, what no one can see
    # none; 900 would make 44 lines or 726 points, of which Excel shows 409.5
    told = {"P1": "长" * 60, "P2": "\x07" * 300 + "长" * 60, "P3": "长" * 900}
    snapshot = build_district(
        towns=[TOWN],
        problems=[problem(code, description=text, found_on="2017-10-24") for code, text in told.items()],
    )
    sheet = opened(ledger(Answers(snapshot, WEEK), NO_PROMISES))["整改台账"]
    lines = {code: line for line, code in enumerate(rows_under(sheet, "问题编号"), start=2)}
    assert [sheet.row_dimensions[lines[code]].height for code in told] == [49.5, 49.5, 409.5]


def test_an_empty_period_says_so_and_keeps_every_sheet(demo_warehouse: Warehouse) -> None:
    snapshot = demo_warehouse.current()
    assert snapshot
    workbook = opened(ledger(Answers(snapshot, Period.around(date(2016, 1, 4), "week")), NO_PROMISES))
    assert workbook.sheetnames == ["说明", *NAMES]
    facts = {row[0].value: row[1].value for row in workbook["说明"].iter_rows(min_row=3)}
    assert facts["注意"] == "本期没有数据：现有数据从 2017年7月1日 到 2017年10月29日。"
    for name in NAMES:
        sheet = workbook[name]
        assert sheet.max_row == 2
        assert sheet["A1"].value
        assert sheet["A2"].value.startswith("本期没有")


def test_what_was_never_imported_is_an_empty_sheet(build_district: BuildDistrict) -> None:
    workbook = opened(
        ledger(
            Answers(build_district(towns=[TOWN], problems=[problem("P1", found_on="2017-10-24")]), WEEK), NO_PROMISES
        )
    )
    assert workbook["部门执法"]["A2"].value == "本期没有部门。"
    assert workbook["排污口"]["A2"].value == "本期没有查过的排污口。"
    assert workbook["会议议定事项"]["A2"].value == "本期没有会议议定事项。"
    assert rows_under(workbook["整改台账"], "问题编号") == ["P1"]


def test_before_any_import_of_facts_it_says_so(build_district: BuildDistrict) -> None:
    nothing = opened(ledger(Answers(build_district(), WEEK), NO_PROMISES))
    facts = {row[0].value: row[1].value for row in nothing["说明"].iter_rows(min_row=3)}
    assert facts["注意"] == "本期没有数据：还没有导入台账。"
    assert facts["数据截至"] == "还没有导入台账"


def test_it_is_the_whole_districts(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=[TOWN], problems=[problem("P1", found_on="2017-10-24")])
    with pytest.raises(QueryRefused):
        ledger(Answers(snapshot, WEEK, Reader(town="1")), NO_PROMISES)


@needs_office
@pytest.mark.parametrize("made", [WEEK], indirect=True, ids=["week"])
def test_libreoffice_opens_it_and_loses_nothing(made: tuple[Answers, bytes, Workbook], tmp_path: Path) -> None:
    _, content, workbook = made
    (tmp_path / "台账.xlsx").write_bytes(content)
    (tmp_path / "again").mkdir()
    convert(tmp_path / "again", "xlsx", "../台账.xlsx")
    again = openpyxl.load_workbook(tmp_path / "again" / "台账.xlsx")
    assert again.sheetnames == workbook.sheetnames
    for sheet in workbook:
        other, last = again[sheet.title], {"max_row": sheet.max_row, "max_col": sheet.max_column}
        assert [*other.iter_rows(values_only=True, **last)] == [
            tuple(pytest.approx(value) if isinstance(value, float) else value for value in row)
            for row in sheet.iter_rows(values_only=True)
        ]
        assert other.page_setup.orientation == "landscape"
        assert other.print_title_rows == sheet.print_title_rows
