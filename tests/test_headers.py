"""Headers as they are sent: under letterheads, in two or three levels, with units beneath."""

from pathlib import Path

import pandas as pd
import pytest
from test_layout import layout, problem, sheet

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.recognition import recognise

DEPARTMENTS = Directory({"departments": pd.DataFrame({"name": ["区水务局"], "aliases": [["水务局"]]})})


def checked(path: Path, *lines: str) -> CheckedSheet:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = examine([path], DEPARTMENTS)
    return found


TWO_LEVELS = (
    ["编号", "日期", "部门", "执法情况", None, None, "联合执法", None],
    [None, None, None, "检查", "立案", "罚款(万元)", "次数", "单位数"],
)
MERGED = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 1, 7))
COLUMNS = {
    "code": 0,
    "day": 1,
    "department": 2,
    "inspections": 3,
    "cases_opened": 4,
    "fines_yuan": 5,
    "joint": 6,
}
HEADINGS = (
    "编号",
    "日期",
    "部门",
    "执法情况/检查",
    "执法情况/立案",
    "执法情况/罚款(万元)",
    "联合执法/次数",
    "联合执法/单位数",
)


@pytest.mark.parametrize("merged", [MERGED, ()], ids=["merged", "unmerged"])
def test_a_header_in_two_levels(merged) -> None:
    found = layout(*TWO_LEVELS, ["ZF1", "2017-10-23", "水务局", 1.0, 2.0, 3.5, 1.0, 2.0], merged=merged)
    assert (found.table.name, found.first_row, found.header_row) == ("enforcement", 1, 2)
    assert found.columns == COLUMNS
    assert found.headings == HEADINGS
    assert found.units["fines_yuan"] == "万元"
    assert found.ignored == ("联合执法/单位数",)


def test_a_header_in_three_levels_under_a_title() -> None:
    title = ["2017年10月执法情况统计表", *[None] * 7]
    label = ["填报单位：区水务局", *[None] * 6, "单位：万元"]
    first = ["编号", "日期", "部门", "工作量", None, None, None, None]
    second = [None, None, None, "执法情况", None, None, "联合执法", None]
    third = [None, None, None, "检查", "立案", "罚款", "次数", "单位数"]
    merged = (
        (1, 0, 1, 7),
        (2, 0, 2, 5),
        *((3, place, 5, place) for place in range(3)),
        (3, 3, 3, 7),
        (4, 3, 4, 5),
        (4, 6, 4, 7),
    )
    for areas in (merged, ()):
        found = layout(title, label, first, second, third, merged=areas)
        assert (found.first_row, found.header_row, found.year) == (3, 5, 2017)
        assert found.columns == COLUMNS
        assert found.units["fines_yuan"] == "万元"
        assert found.headings[3:7] == (
            "工作量/执法情况/检查",
            "工作量/执法情况/立案",
            "工作量/执法情况/罚款",
            "工作量/联合执法/次数",
        )


def test_a_second_level_that_means_nothing_here_is_header_all_the_same() -> None:
    first = ["编号", "日期", "部门", "按类别分", None]
    second = [None, None, None, "甲类", "乙类"]
    row = ["ZF1", "2017-10-23", "水务局", 1.0, 2.0]
    for merged in (((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)), ()):
        found = recognise(sheet(first, second, row, name="执法记录", merged=merged)).layout
        assert found is not None
        assert (found.header_row, found.ignored) == (2, ("按类别分/甲类", "按类别分/乙类"))


def test_one_lower_heading_under_two_upper_ones_is_asked_about() -> None:
    first = ["编号", "日期", "部门", "上月", None, "本月", None]
    second = [None, None, None, "检查", "立案", "检查", "立案"]
    found = problem(first, second)
    assert (found.rule, found.column) == ("列名重复", "检查、立案")


def test_groups_merged_over_headings_that_all_stand_in_one_row() -> None:
    first = [None, None, None, "执法情况", None, None, None]
    second = ["编号", "日期", "部门", "检查", "立案", None, "备注"]
    found = layout(first, second, merged=((1, 3, 1, 5),))
    assert (found.first_row, found.header_row) == (1, 2)
    assert found.headings == ("编号", "日期", "部门", "执法情况/检查", "执法情况/立案", "", "备注")


def test_only_a_group_stands_over_the_blanks_to_its_right() -> None:
    found = layout(["编号", "部门", None, "联合执法"], [None, None, "日期", "次数"])
    assert found.headings == ("编号", "部门", "日期", "联合执法/次数")


def test_a_number_column_alone_makes_the_row_above_a_part_of_the_header() -> None:
    found = layout(["序号", "基本情况", None, None, None], [None, "编号", "日期", "部门", "立案"])
    assert (found.first_row, found.headings[:2], found.ignored) == (1, ("序号", "基本情况/编号"), ())


def test_a_title_and_a_line_of_labels_are_no_level_of_the_header() -> None:
    found = layout(
        ["区水务局", None, None, None, "二〇一七年十月"],
        ["填报人：张三", None, None, None, "单位：万元"],
        ["编号", "日期", "部门", "罚款"],
        merged=((1, 0, 1, 3), (2, 0, 2, 2)),
    )
    assert (found.first_row, found.headings) == (3, ("编号", "日期", "部门", "罚款", ""))
    found = layout(["区水务局", None, None, None, "十月"], ["编号", "日期", "部门", "罚款"])
    assert (found.first_row, found.header_row, found.headings) == (2, 2, ("编号", "日期", "部门", "罚款", ""))


@pytest.mark.parametrize(
    "beneath",
    [
        [None, None, None, "（分钟）", "（米）"],
        ["", "", "", "分钟", "米"],
        ["—", "—", "—", "分钟", "米"],
        ["（必填）", None, None, "（分钟）", "（米）"],
    ],
)
def test_units_beneath_the_header_belong_to_it(beneath: list[object]) -> None:
    found = layout(
        ["记录编号", "河长", "开始时间", "巡河用时", "里程"], beneath, ["X1", "张三", "2017-10-23", 35.0, 900.0]
    )
    assert found.header_row == 2
    assert found.units == {"minutes": "分钟", "km": "米"}
    assert found.headings == ("记录编号", "河长", "开始时间", "巡河用时(分钟)", "里程(米)")


def test_a_unit_beneath_that_cannot_be_converted_leaves_the_column_out() -> None:
    found = layout(["编码", "名称", "面积"], [None, None, "（亩）"], name="镇乡街道")
    assert (found.header_row, found.ignored) == (2, ("面积(亩)",))


def test_a_row_of_data_is_no_row_of_units() -> None:
    found = layout(["任务编号", "领域", "镇乡街道", "任务", "计划量", "单位", "时限"], [None] * 5 + ["公里", None])
    assert found.header_row == 1


def test_a_header_under_a_long_letterhead_that_begins_in_the_third_column() -> None:
    letter = [[None, f"第{number}条 请认真填写"] for number in range(20)]
    found = layout(*letter, [None], [None, None, "编号", "日期", "部门", "立案"])
    assert (found.header_row, found.columns["code"], found.columns["cases_opened"]) == (22, 2, 5)


def test_what_nobody_misses_is_left_out_without_a_word() -> None:
    assert layout(["序号", "编号", "日期", "部门", "立案", "退回原因"]).ignored == ()


@pytest.mark.parametrize("name", ["填表说明", "填报须知", "封面", "目录", "模板说明", "使用说明 2", "指标说明"])
def test_guide_sheets_are_left_alone(name: str) -> None:
    found = recognise(sheet(["编号", "日期", "部门", "立案"], name=name))
    assert (found.layout, found.problem, found.header) == (None, None, None)


def test_a_sheet_whose_name_only_begins_like_a_guides_is_read() -> None:
    assert layout(["编号", "日期", "部门", "立案"], name="目录外执法").table.name == "enforcement"


def test_values_tell_apart_what_headings_do_not() -> None:
    # Five of these headings are an enforcement record's and five a practice's.
    headings = ["编号", "日期", "镇乡街道", "部门", "立案", "标题", "内容"]
    row: list[object] = ["1", "2017-10-23", "桥梓镇", "水务局", "已立两起", "标题", "内容"]
    assert layout(headings, row).table.name == "practices"
    counted = [*row[:4], 2.0, *row[5:]]
    asked = recognise(sheet(headings, counted))
    assert asked.problem is not None
    assert asked.problem.rule == "表类不明"
    assert asked.candidates[:2] == ("enforcement", "practices")
    late = recognise(sheet(headings, *[counted] * 50, row)).problem
    assert late is not None  # only the first fifty rows are tried


def test_a_header_that_comes_again_on_every_page_is_skipped(tmp_path: Path) -> None:
    head = ("编号,日期,部门,执法情况,", ",,,检查,立案", ",,,（次）,（起）")
    found = checked(
        tmp_path / "执法.csv",
        "区水务局十月执法情况,,,,",
        *head,
        "ZF1,2017-10-23,水务局,1,2",
        "区水务局十月执法情况,,,,",
        *head,
        "ZF2,2017-10-24,水务局,3,4",
    )
    assert (found.header_row, found.problems, found.skipped) == (4, [], 4)
    assert found.frame["code"].tolist() == ["ZF1", "ZF2"]
    assert found.frame["source_row"].tolist() == [5, 10]
    assert found.frame["cases_opened"].tolist() == [2, 4]


def test_days_without_a_year_take_it_from_the_title_over_the_sheets_name() -> None:
    found = layout(["2017年整改", None], ["编码", "名称", "面积"], name="10月")
    assert found.year == 2017
    assert layout(["编码", "名称", "面积"], name="10月", file="2018年.xlsx").year == 2018


def test_a_table_far_below_the_top_is_no_table_and_no_error() -> None:
    found = recognise(sheet(*[[None]] * 600, ["编号", "日期", "部门", "立案"]))
    assert (found.layout, found.problem, found.header) == (None, None, None)
