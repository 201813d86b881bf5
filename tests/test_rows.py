"""Rows that are no data: totals, which are checked against their parts, and cells merged over many rows."""

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from test_layout import Area, layout, sheet

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.merges import filled_down
from supervision.intake.names import Directory
from supervision.intake.rows import data_rows

HEADER = "编号,日期,部门,检查次数,罚款(万元)"


@pytest.fixture
def directory() -> Directory:
    return Directory(
        {
            "towns": pd.DataFrame({"code": ["110116105"], "name": ["桥梓镇"], "aliases": [["桥梓"]]}),
            "departments": pd.DataFrame({"name": ["区水务局"], "aliases": [["水务局"]]}),
        }
    )


def check(directory: Directory, folder: Path, *lines: str) -> CheckedSheet:
    path = folder / "执法.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = examine([path], directory)
    return found


def row(number: int, inspections: object, fine: object = "") -> str:
    return f"ZF{number},2017-10-2{number},水务局,{inspections},{fine}"


def warnings(found: CheckedSheet) -> list[tuple[int | None, str, str]]:
    assert all(warning.rule == "合计不符" for warning in found.warnings)
    return [(warning.row, warning.column, warning.value) for warning in found.warnings]


def test_a_published_total_that_is_not_the_sum_of_its_parts(directory: Directory, tmp_path: Path) -> None:
    found = check(directory, tmp_path, HEADER, row(1, 150), row(2, 1136), row(3, 16100), '合计,,,"17,400",')
    assert warnings(found) == [(5, "检查次数", "17,400")]
    assert found.warnings[0].message == (
        "「检查次数」合计写的是“17,400”，各行相加是 17386，差 14；请核对是哪一行漏了或多了。"
    )
    assert (found.problems, len(found.frame), found.skipped) == ([], 3, 1)
    right = check(directory, tmp_path, HEADER, row(1, 150), row(2, 1136), row(3, 16100), "合计,,,17386,")
    assert (right.warnings, right.skipped) == ([], 1)


def test_notes_of_several_lines_and_what_is_signed_are_no_data(directory: Directory, tmp_path: Path) -> None:
    foot = ("注：1.本表按月报送,,,,", "2.联系人见通讯录,,,,", "（三）罚款以决定书为准,,,,", "逾期不候。,,,,")
    signed = "负责人：张三,,科室主任：李四,,2017年10月30日"
    found = check(directory, tmp_path, HEADER, row(1, 1), *foot, signed)
    assert (found.problems, len(found.frame), found.skipped) == ([], 1, 5)


@pytest.mark.parametrize(
    "line", ["2.联系人见通讯录,,,,", "ZF2,,,,", "3.5,,,,", "逾期不候。,,水务局,,", "案卷:2,,水务局,2,"]
)
def test_what_may_be_data_under_a_note_is_kept(directory: Directory, tmp_path: Path, line: str) -> None:
    above = ("注：以下为新增,,,,", row(1, 1)) if line.startswith("2.") else (row(1, 1), "注：以下为新增,,,,")
    found = check(directory, tmp_path, HEADER, *above, line)
    assert ({problem.row for problem in found.problems}, found.skipped) == ({4}, 1)


@pytest.mark.parametrize(
    ("total", "is_right"),
    [("3.50", True), ("3.5", True), ("3.51", False), ("3.4", False), ("4", True), ("5", False), ("3.5万", True)],
)
def test_a_total_may_be_rounded_as_far_as_its_decimals_go(
    directory: Directory, tmp_path: Path, total: str, is_right: bool
) -> None:
    found = check(directory, tmp_path, HEADER, row(1, 1, 1.25), row(2, 1, "2.25"), f"合计,,,2,{total}")
    assert warnings(found) == ([] if is_right else [(4, "罚款(万元)", total)])


def test_a_difference_is_told_in_the_unit_of_the_total(directory: Directory, tmp_path: Path) -> None:
    parts = (row(1, 1, 1.25), row(2, 1, 2.25))
    in_wan = check(directory, tmp_path, HEADER, *parts, "合计,,,2,3.6")
    assert "“3.6”，各行相加是 3.5，差 0.1；" in in_wan.warnings[0].message
    in_yuan = check(directory, tmp_path, HEADER, *parts, "合计,,,2,36000元")
    assert "“36000元”，各行相加是 35000元，差 1000元；" in in_yuan.warnings[0].message


def test_subtotals_sum_their_group_and_the_total_all(directory: Directory, tmp_path: Path) -> None:
    lines = (HEADER, row(1, 1), row(2, 2), "水务局小计,,,{},", row(3, 3), row(4, 4), "小计,,,{},", "总计,,,{},")

    def wrong(*totals: int) -> list[int | None]:
        numbers = iter(totals)
        filled = [line.format(next(numbers)) if "{}" in line else line for line in lines]
        return [row for row, _, _ in warnings(check(directory, tmp_path, *filled))]

    assert wrong(3, 7, 10) == []
    assert wrong(4, 7, 10) == [4]
    assert wrong(3, 10, 10) == [7]
    assert wrong(3, 7, 7) == [8]


def test_a_total_that_stands_first_sums_what_lies_beneath(directory: Directory, tmp_path: Path) -> None:
    parts = (row(1, 1), row(2, 2), row(3, 3))
    assert warnings(check(directory, tmp_path, HEADER, "合计,,,6,", *parts)) == []
    assert warnings(check(directory, tmp_path, HEADER, "合计,,,5,", *parts)) == [(2, "检查次数", "5")]
    groups = ("合计,,,7,", "小计,,,3,", row(1, 1), row(2, 2), "小计,,,{},", row(3, 4))
    right = check(directory, tmp_path, HEADER, *[line.format(4) for line in groups])
    wrong = check(directory, tmp_path, HEADER, *[line.format(3) for line in groups])
    assert (warnings(right), warnings(wrong)) == ([], [(6, "检查次数", "3")])
    further = (*groups, "合计,,,{},", row(4, 5))
    assert warnings(check(directory, tmp_path, HEADER, *[line.format(4) for line in further])) == [(8, "检查次数", "4")]
    assert (
        warnings(
            check(directory, tmp_path, HEADER, *[line.replace("合计,,,{}", "合计,,,5").format(4) for line in further])
        )
        == []
    )


def test_of_several_totals_each_may_sum_its_group_or_everything(directory: Directory, tmp_path: Path) -> None:
    def wrong(first: int, second: int) -> list[int | None]:
        lines = (HEADER, row(1, 1), row(2, 2), f"合计,,,{first},", row(3, 3), f"合计,,,{second},")
        return [row for row, _, _ in warnings(check(directory, tmp_path, *lines))]

    assert wrong(3, 3) == wrong(3, 6) == wrong(6, 6) == []
    assert wrong(2, 3) == [4]
    assert wrong(3, 5) == [6]


@pytest.mark.parametrize("label", ["平均", "累计", "本年累计", "本年合计", "上年同期合计", "共2条"])
def test_what_sums_other_rows_is_not_checked(directory: Directory, tmp_path: Path, label: str) -> None:
    found = check(directory, tmp_path, HEADER, row(1, 1), row(2, 2), f"{label},,,99,")
    assert (found.warnings, found.skipped) == ([], 1)


def test_a_refused_row_and_a_row_that_comes_twice_are_parts(directory: Directory, tmp_path: Path) -> None:
    refused = "ZF3,昨天,水务局,4,"
    found = check(directory, tmp_path, HEADER, row(1, 1), row(1, 1), refused, "合计,,,6,")
    assert (found.warnings, len(found.frame), len(found.refused)) == ([], 1, 1)


def test_a_part_that_cannot_be_read_leaves_the_total_unchecked(directory: Directory, tmp_path: Path) -> None:
    found = check(directory, tmp_path, HEADER, row(1, "若干"), row(2, "—"), row(3, 2), "合计,,,9,")
    assert found.warnings == []
    assert "「检查次数」第 5 行的合计无法核对：第 2 行写的“若干”读不出数。" in found.notes
    sound = check(directory, tmp_path, HEADER, row(1, ""), row(2, "—"), row(3, 2), "合计,,,9,")
    assert warnings(sound) == [(5, "检查次数", "9")]


def test_yes_and_no_are_summed_and_places_are_not(directory: Directory, tmp_path: Path) -> None:
    found = check(
        directory, tmp_path, "编号,日期,部门,联合执法", "1,2017-10-1,水务局,是", "2,2017-10-1,水务局,2", "合计,,,4"
    )
    assert "各行相加是 3，差 1；" in found.warnings[0].message
    towns = check(directory, tmp_path, "编码,名称,面积,排序", "1,甲,1.5,1", "2,乙,2,2", "合计,,3.5,9")
    assert (towns.table, towns.warnings) == ("towns", [])


def test_seconds_add_up_exactly(directory: Directory, tmp_path: Path) -> None:
    # A third of a minute kept as 0.33 would make 59.4 seconds of three.
    lines = ("记录编号,河长,开始时间,时长(秒)", *(f"X{number},张三,2017-10-23,20" for number in range(60)))
    assert check(directory, tmp_path, *lines, "合计,,,1200").warnings == []
    assert len(check(directory, tmp_path, *lines, "合计,,,1201").warnings) == 1


def test_a_title_that_comes_again_in_a_column_that_is_not_imported(directory: Directory, tmp_path: Path) -> None:
    found = check(
        directory, tmp_path, "十月执法,,,,,", "序号," + HEADER, "1," + row(1, 1), "十月执法,,,,,", "2," + row(2, 2)
    )
    assert (found.skipped, found.frame["code"].tolist(), found.problems) == (1, ["ZF1", "ZF2"], [])


LEDGER = ["镇乡街道", "问题编号", "发现日期", "来源", "类别", "问题描述", "责任人"]


def town_rows(*firsts: object) -> list[list[object]]:
    return [[first, f"WT{n}", "2017-10-20", "督查检查", "排水", "排水", None] for n, first in enumerate(firsts, 1)]


def test_a_value_merged_downwards_is_every_rows() -> None:
    found = sheet(LEDGER, *town_rows("桥梓镇", None, None, "渤海镇", None), merged=((2, 0, 4, 0),))
    cells = filled_down(found, layout(LEDGER))
    assert cells[0].iloc[1:].tolist() == ["桥梓镇", "桥梓镇", "桥梓镇", "渤海镇", None]
    assert found.cells[0].iloc[2] is None  # the sheet as it was read stays as it is


@pytest.mark.parametrize(
    ("area", "filled"),
    [
        ((2, 0, 3, 1), False),  # a block of text
        ((1, 0, 3, 0), False),  # hangs out of the header
        ((2, 0, 9, 0), True),  # further than the sheet goes
    ],
)
def test_which_merged_ranges_count(area: Area, filled: bool) -> None:
    cells = filled_down(sheet(LEDGER, *town_rows("桥梓镇", None), merged=(area,)), layout(LEDGER))
    assert cells.at[3, 0] == ("桥梓镇" if filled else None)


def test_a_column_that_is_merged_across_as_its_heading_is_filled_too() -> None:
    wide = [LEDGER[0], None, *LEDGER[1:]]
    rows = [[first, None, *rest] for first, *rest in town_rows("桥梓镇", None)]
    found = sheet(wide, *rows, merged=((1, 0, 1, 1), (2, 0, 3, 1)))
    assert filled_down(found, layout(wide)).at[3, 0] == "桥梓镇"


def test_a_row_with_nothing_but_what_is_merged_into_it_is_empty() -> None:
    found = sheet(LEDGER, *town_rows("桥梓镇", None), [None] * 7, merged=((2, 0, 4, 0),))
    read = layout(LEDGER)
    assert data_rows(filled_down(found, read), read).rows.index.tolist() == [2, 3]


def test_a_subtotal_inside_a_merged_range_is_a_subtotal() -> None:
    total = [None, "小计", None, None, None, None, 2.0]
    found = sheet(LEDGER, *town_rows("桥梓镇", None), total, merged=((2, 0, 4, 0),))
    read = layout(LEDGER)
    body = data_rows(filled_down(found, read), read)
    assert (body.rows.index.tolist(), body.skipped, body.totals) == ([2, 3], 1, (4,))


def test_where_text_lost_the_merged_cells_the_value_above_is_named(directory: Directory, tmp_path: Path) -> None:
    rest = "2017-10-20,督查检查,排水,"
    found = check(
        directory,
        tmp_path,
        "镇乡街道,问题编号,发现日期,来源,类别,问题描述",
        f",WT1,{rest}排水",
        f"桥梓镇,WT2,{rest}排水",
        f",WT3,{rest}",
    )
    assert [(problem.row, problem.column, problem.rule) for problem in found.problems] == [
        (2, "镇乡街道", "必填为空"),
        (4, "镇乡街道", "必填为空"),
        (4, "问题描述", "必填为空"),
    ]
    first, merged, text = (problem.message for problem in found.problems)
    assert first == "「镇乡街道」必须填写，这里空着；请补上。"
    assert merged.startswith("「镇乡街道」这里空着，上面一格是“桥梓镇”；若原表是合并单元格，请取消合并并逐行填写")
    assert text == "「问题描述」必须填写，这里空着；请补上。"


def test_where_merged_cells_are_known_an_empty_cell_is_just_empty(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("台账")
        for number, cells in enumerate([LEDGER, *town_rows("桥梓镇", None)]):
            page.write_row(number, 0, cells)
    (found,) = examine([path], directory)
    assert [problem.message for problem in found.problems] == ["「镇乡街道」必须填写，这里空着；请补上。"]
