"""Which table a sheet holds, and where its columns are."""

import pandas as pd
import pytest

from supervision.errors import Problem
from supervision.files.reading import Sheet
from supervision.intake.layout import Layout
from supervision.intake.recognition import recognise
from supervision.tables import TABLES

BEIJING = ["编号", "日期", "部门", "违法类型", "立案(起)", "处罚金额(万元)", "备注"]


Area = tuple[int, int, int, int]


def sheet(*rows: list[object], name: str = "Sheet1", file: str = "报表.xlsx", merged: tuple[Area, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    cells = pd.DataFrame([row + [None] * (width - len(row)) for row in rows], dtype=object)
    cells.index = pd.RangeIndex(1, len(rows) + 1)
    return Sheet(file, name, None, cells, merged)


def layout(*rows: list[object], name: str = "Sheet1", file: str = "报表.xlsx", merged: tuple[Area, ...] = ()) -> Layout:
    found = recognise(sheet(*rows, name=name, file=file, merged=merged)).layout
    assert found is not None
    return found


def problem(*rows: list[object], name: str = "Sheet1") -> Problem:
    found = recognise(sheet(*rows, name=name)).problem
    assert found is not None
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_template_is_recognised(table) -> None:
    found = layout([column.heading for column in table.columns])
    assert found.table is table
    assert list(found.columns) == [column.name for column in table.columns]


def test_published_enforcement_table() -> None:
    found = layout(BEIJING, ["a", "2016-12-31", "b", "c", "1", "2", None])
    assert found.table.name == "enforcement"
    assert found.header_row == 1
    assert found.columns == {
        "code": 0,
        "day": 1,
        "department": 2,
        "offence": 3,
        "cases_opened": 4,
        "fines_yuan": 5,
    }
    assert found.units == {"cases_opened": "起", "fines_yuan": "万元"}
    assert found.ignored == ("备注",)


def test_header_below_a_title_with_the_year_and_the_unit() -> None:
    title = ["怀柔区2017年10月执法情况（单位：万元）", None, None, None]
    found = layout(title, [None] * 4, ["编 号＊", "日期\n", "部门：", "罚款"])
    assert (found.table.name, found.header_row, found.year) == ("enforcement", 3, 2017)
    assert found.units == {"fines_yuan": "万元"}
    assert found.headings == ("编号", "日期", "部门", "罚款")


def test_units_are_taken_from_headings() -> None:
    found = layout(["记录编号", "河长", "巡河时间", "巡河时长（秒）", "里程/米"])
    assert found.units == {"minutes": "秒", "km": "米"}


def test_units_without_brackets_are_units_too() -> None:
    found = layout(["记录编号", "河长", "巡河时间", "巡河时长秒", "巡河里程米"])
    assert found.units == {"minutes": "秒", "km": "米"}
    assert layout(["记录编号", "河长", "巡河时间", "巡河用时"]).units == {}  # 用时 ends in 时, but names no unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("填报单位：区水务局     金额单位：万元", "万元"),
        ("填报单位：区水务局 单位：件、万元", "万元"),
        ("（单位：元）", "元"),
        ("单位：元 单位：万元", None),
        ("填报单位：区水务局", None),
    ],
)
def test_the_unit_of_the_money_in_a_title(title: str, unit: str | None) -> None:
    found = layout([title, None, None, None], ["编号", "日期", "部门", "罚款"])
    assert found.units.get("fines_yuan") == unit


def test_one_heading_twice_is_asked_about() -> None:
    found = problem(["编码", "名称", "面积", "面积"], name="镇乡街道")
    assert (found.row, found.column, found.rule) == (None, "面积", "列名重复")
    assert layout(["编码", "名称", "面积", "备注", "备注"], name="镇乡街道").ignored == ("备注", "备注")


def test_a_list_of_meetings_is_no_enforcement_unless_it_says_so() -> None:
    meetings = ["编号", "日期", "单位", "会议名称", "地点"]
    found = problem(meetings)
    assert found.rule == "表类不明"
    assert "会议名称、地点" in found.message
    assert layout(meetings, name="执法记录").table.name == "enforcement"
    assert layout([*meetings, "立案"]).table.name == "enforcement"


def test_a_unit_that_cannot_be_converted_leaves_the_column_out() -> None:
    assert layout(["编码", "名称", "面积(亩)"], name="镇乡街道").ignored == ("面积(亩)",)
    assert layout(["编码", "名称", "面积（平方公里）"], name="镇乡街道").ignored == ()


def test_codes_go_before_names() -> None:
    found = layout(["记录编号", "河长", "河长编码", "河段名称", "河段编码", "开始时间"])
    assert (found.columns["chief"], found.columns["section"]) == (2, 4)
    assert found.ignored == ("河长", "河段名称")


def test_a_ledger_that_lacks_a_required_column_is_no_list_of_departments() -> None:
    found = problem(["编号", "部门", "违法类型", "立案", "罚款"])
    assert (found.row, found.rule, found.column) == (None, "缺少必填列", "日期")
    assert "执法记录" in found.message


def test_equal_tables_are_told_apart_by_name_or_asked_about() -> None:
    header = ["编号", "日期", "镇乡街道", "标题", "内容", "部门"]
    # 编号, 日期, 镇乡街道 and 部门 make an enforcement record; 标题 and 内容 make more of a practice.
    assert layout(header).table.name == "practices"
    both = ["编码", "名称", "领域"]
    assert problem(both).rule == "表类不明"
    assert layout(both, name="部门").table.name == "departments"
    assert layout(["各部门", None, None], both).table.name == "departments"
    found = recognise(sheet(both, file="镇乡街道名录.xlsx")).layout
    assert found is not None
    assert found.table.name == "towns"


def test_sheets_that_are_no_tables_are_left_alone() -> None:
    for found in (
        recognise(sheet(["部门", "必填"], ["名称", "是"], name="填表说明")),
        recognise(sheet(["会议纪要"], ["一、听取汇报"])),
    ):
        assert (found.layout, found.problem) == (None, None)


@pytest.mark.parametrize(
    ("title", "name", "file", "year"),
    [
        ("2017年整改台账", "2016", "2015.xlsx", 2017),
        ("整改台账", "2016年10月", "2015.xlsx", 2016),
        ("整改台账", "台账", "台账20171023.xlsx", 2017),
        ("2016-2017年度台账", "台账", "台账.xlsx", None),
        ("文号20170012345", "台账", "台账.xlsx", None),
    ],
)
def test_year_of_the_context(title: str, name: str, file: str, year: int | None) -> None:
    assert layout([title, None, None], ["编码", "名称", "面积"], name=name, file=file).year == year


@pytest.mark.parametrize(
    ("headings", "table", "columns"),
    [
        (
            "案件编号,立案时间,办理机关,违法行为,现场检查次数,出动执法人员（人次）,出动执法车辆(车次),立案查处数,处罚金额",
            "enforcement",
            "code,day,department,offence,inspections,people_out,vehicles_out,cases_opened,fines_yuan",
        ),
        (
            "流水号,巡河人,巡查河段,巡河开始时间,结束时间,巡河时长(分钟),巡河里程（公里）,发现问题数量",
            "patrols",
            "code,chief,section,started_at,ended_at,minutes,km,problems_found",
        ),
        (
            "序号,问题编号,发现时间,问题来源,问题类型,所在乡镇,问题内容,整改责任单位,整改期限,整改完成情况,督办单编号",
            "problems",
            ",code,found_on,source,category,town,description,department,deadline,state,notice",
        ),
    ],
)
def test_headings_of_real_ledgers(headings: str, table: str, columns: str) -> None:
    found = layout(headings.split(","))
    assert found.table.name == table
    assert found.columns == {name: place for place, name in enumerate(columns.split(",")) if name}
    assert found.ignored == ()


@pytest.mark.parametrize(
    ("name", "file", "leans"),
    [
        ("Sheet1", "执法.xlsx", False),
        ("Sheet1", "执法（单位：万元）.xlsx", True),
        ("单位：万元", "执法（单位：万元）.xlsx", False),
        ("Sheet1", "2017年.xlsx", True),
        ("2017年", "2017年.xlsx", False),
        ("Sheet1", "执法记录.xlsx", True),
        ("执法记录", "执法记录.xlsx", False),
    ],
)
def test_whether_only_the_name_of_the_file_says_it(name: str, file: str, leans: bool) -> None:
    assert layout(["编号", "日期", "部门", "罚款"], name=name, file=file).leans_on_file is leans
