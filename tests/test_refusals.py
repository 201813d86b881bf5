"""What was refused goes back as it was sent, and comes in as soon as it is corrected."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from supervision.intake.choices import Choice
from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.refusals import write_refused
from supervision.workbooks import CUT, LONGEST_TEXT


@pytest.fixture
def directory() -> Directory:
    return Directory(
        {
            "towns": pd.DataFrame({"code": ["110116105"], "name": ["桥梓镇"], "aliases": [["桥梓"]]}),
            "departments": pd.DataFrame({"name": ["区水务局"], "aliases": [["水务局"]]}),
        }
    )


def book(path: Path, *rows: list[Any], name: str = "执法", merged: tuple[str, ...] = ()) -> Path:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)
    page.title = name
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    workbook.save(path)
    return path


def sent_back(checked: CheckedSheet, folder: Path) -> tuple[Path, Worksheet, Callable[[], Path]]:
    """The returned workbook, its page, and how to save it when it was corrected."""
    path = folder / "退回.xlsx"
    write_refused([checked], path)
    workbook = openpyxl.load_workbook(path)

    def corrected() -> Path:
        workbook.save(folder / "改正.xlsx")
        return folder / "改正.xlsx"

    return path, workbook.worksheets[0], corrected


TITLE = ["2017年10月执法情况", None, None, None, None, "单位：万元"]
FIRST = ["编号", "日期", "部门", "执法情况", None, None]
SECOND = [None, None, None, "检查", "罚款", "备注"]
UNITS = [None, None, None, "（次）", None, None]
MERGED = ("A2:A3", "B2:B3", "C2:C3", "D2:F2")


def test_two_levels_units_and_merged_cells_come_back_as_they_were(directory: Directory, tmp_path: Path) -> None:
    path = book(
        tmp_path / "执法.xlsx",
        TITLE,
        FIRST,
        SECOND,
        UNITS,
        ["ZF1", "10月23日", "水务局", "若干", 3.5, "甲"],
        ["ZF2", "10月24日", "水务局", 2, 0, "乙"],
        merged=MERGED,
    )
    (first,) = examine([path], directory)
    assert [(problem.row, problem.column) for problem in first.problems] == [(5, "执法情况/检查(次)")]
    assert first.frame["code"].tolist() == ["ZF2"]
    _, page, corrected = sent_back(first, tmp_path)
    assert [cell.value for cell in page[2]] == [*FIRST, "退回原因"]
    assert [cell.value for cell in page[3]] == [*SECOND, None]
    assert [cell.value for cell in page[5]][:-1] == ["ZF1", "10月23日", "水务局", "若干", 3.5, "甲"]
    assert page["D5"].comment is not None
    assert page["D5"].fill.fgColor.rgb == "FFF8D7D4"
    assert page["E5"].comment is None
    page["D5"].value = 2
    (again,) = examine([corrected()], directory)
    assert (again.problems, again.headings[:-1], again.header_row) == ([], first.headings, 4)
    assert again.signature == first.signature
    assert again.frame["day"].tolist() == [pd.Timestamp(2017, 10, 23)]
    assert again.frame["inspections"].tolist() == [2]
    assert again.frame["fines_yuan"].tolist() == [Decimal("35000.00")]
    assert not any("退回原因" in note for note in again.notes)


def test_what_was_merged_downwards_is_written_in_every_row_that_comes_back(
    directory: Directory, tmp_path: Path
) -> None:
    first_row = ["镇乡街道", "编号", "日期", "部门", "执法情况", None]
    second_row = [None, None, None, None, "检查", "立案"]
    path = book(
        tmp_path / "执法.xlsx",
        first_row,
        second_row,
        ["桥梓镇", "ZF1", "2017-10-23", "水务局", 1, 1],
        [None, "ZF2", "昨天", "水务局", 1, 1],
        [None, "ZF3", "2017-10-23", "水务局", 1, 1],
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "A3:A5"),
    )
    (first,) = examine([path], directory)
    assert first.frame["town"].tolist() == ["110116105", "110116105"]
    _, page, corrected = sent_back(first, tmp_path)
    assert [cell.value for cell in page[3]][:3] == ["桥梓镇", "ZF2", "昨天"]
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2"}
    page["C3"].value = "2017-10-24"
    (again,) = examine([corrected()], directory)
    assert (again.problems, again.signature) == ([], first.signature)
    assert again.frame[["town", "code"]].to_numpy().tolist() == [["110116105", "ZF2"]]


def test_a_remembered_choice_is_followed_when_the_sheet_comes_back(directory: Directory, tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx", ["号", "哪天", "谁", "几次"], ["ZF1", "2017-10-23", "水务局", "若干"], name="表")
    (asked,) = examine([path], directory)
    choices = {asked.signature: Choice("enforcement", {"code": 0, "day": 1, "department": 2, "inspections": 3})}
    (first,) = examine([path], directory, choices=choices)
    _, page, corrected = sent_back(first, tmp_path)
    page["D2"].value = 2
    (again,) = examine([corrected()], directory, choices=choices)
    assert (again.problems, again.by_choice, again.signature) == ([], True, asked.signature)
    assert again.frame["inspections"].tolist() == [2]


def test_what_only_the_name_of_the_file_told_becomes_a_title(directory: Directory, tmp_path: Path) -> None:
    path = book(tmp_path / "2017年执法.xlsx", ["编号", "日期", "部门", "检查"], ["ZF1", "10月23日", "水务局", "若干"])
    (first,) = examine([path], directory)
    _, page, corrected = sent_back(first, tmp_path)
    assert [page["A1"].value, page["A2"].value, page["D3"].value] == ["2017年执法", "编号", "若干"]
    page["D3"].value = 2
    (again,) = examine([corrected()], directory)
    assert again.problems == []
    assert again.frame["day"].tolist() == [pd.Timestamp(2017, 10, 23)]


def test_a_sheet_that_comes_back_twice_has_one_column_of_reasons(directory: Directory, tmp_path: Path) -> None:
    path = book(tmp_path / "执法.xlsx", ["编号", "日期", "部门", "检查"], ["ZF1", "昨天", "水务局", "若干"])
    (first,) = examine([path], directory)
    _, page, corrected = sent_back(first, tmp_path)
    page["B2"].value = "2017-10-23"
    (second,) = examine([corrected()], directory)
    assert [problem.column for problem in second.problems] == ["检查"]
    _, page, _ = sent_back(second, tmp_path)
    assert [cell.value for cell in page[1]] == ["编号", "日期", "部门", "检查", "退回原因"]
    assert page["E2"].value == second.problems[0].message


def test_nothing_that_comes_back_is_alive_or_breaks_the_file(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "执法.csv"
    long = "长" * (LONGEST_TEXT + 1)
    cells = ["=1+1", "昨天", '@SUM("A1")', "-1", "铃\x07声", long, "_x0041_"]
    header = "编号,日期,部门,检查,违法类型,执法事项,备注"
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_text(f"{header}\n{quoted}\n", encoding="utf-8")
    (checked,) = examine([path], directory)
    _, page, _ = sent_back(checked, tmp_path)
    row = page[2]
    assert [cell.data_type for cell in row] == ["s"] * 8
    assert [cell.value for cell in row[:5]] == ["=1+1", "昨天", '@SUM("A1")', "-1", "铃声"]
    assert [cell.quotePrefix for cell in row[:5]] == [True, False, True, True, False]
    assert row[5].value == long[: LONGEST_TEXT - len(CUT)] + CUT
    assert row[6].value == "_x0041_"


def test_days_of_the_other_calendar_come_back_as_the_days_that_they_mean(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "执法.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as workbook:
        page = workbook.add_worksheet("执法记录")
        page.write_row(0, 0, ["编号", "日期", "部门", "检查"])
        # 43031 is 2017-10-23 in the calendar of 1900, that of 1904 begins 1,462 days later.
        page.write_row(1, 0, ["ZF1", 43_031 - 1_462, "水务局", "若干"])
        page.write_row(2, 0, ["ZF2", "41569", "水务局", 41_569.5])
        page.write_row(3, 0, ["ZF3", 7, "水务局", 1])
    (first,) = examine([path], directory)
    _, page, corrected = sent_back(first, tmp_path)
    assert [[cell.value for cell in row[1:4]] for row in page.iter_rows(min_row=2)] == [
        ["2017-10-23", "水务局", "若干"],
        ["2017-10-23", "水务局", 41_569.5],
        [7, "水务局", 1],
    ]
    page["D2"].value, page["D3"].value, page["B4"].value = 1, 2, "2017-10-24"
    (again,) = examine([corrected()], directory)
    assert again.frame["day"].tolist() == [pd.Timestamp(2017, 10, day) for day in (23, 23, 24)]


def test_a_length_of_more_than_a_day_comes_back_readable(tmp_path: Path) -> None:
    known = Directory({"chiefs": pd.DataFrame({"code": ["HZ1"], "name": ["张三"]})})
    path = tmp_path / "巡河.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("巡河记录")
        page.write_row(0, 0, ["记录编号", "河长", "开始时间", "时长"])
        page.write_row(1, 0, ["XH1", "张四", "2017-10-23 08:00"])
        page.write_datetime(1, 3, timedelta(hours=25, minutes=5), workbook.add_format({"num_format": "[h]:mm:ss"}))
    (first,) = examine([path], known)
    _, page, corrected = sent_back(first, tmp_path)
    assert page["D2"].value == "25:05:00"
    page["B2"].value = "张三"
    (again,) = examine([corrected()], known)
    assert again.frame["minutes"].tolist() == [25 * 60 + 5]
