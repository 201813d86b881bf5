"""What somebody said a sheet is, is followed for the next sheet with the same headings."""

import json
from pathlib import Path

from test_layout import sheet

from supervision.intake.choices import Choice, signature
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.recognition import recognise

ODD = ["流水", "谁巡的", "何时", "耗时(秒)"]
CHOICE = Choice("patrols", {"code": 0, "chief": 1, "started_at": 2, "minutes": 3})


def test_a_choice_survives_json() -> None:
    assert Choice.from_dict(json.loads(json.dumps(CHOICE.as_dict()))) == CHOICE


def test_a_signature_depends_on_the_headings_and_their_order_only() -> None:
    first = signature(["编号", "罚款（万元）", "备注"])
    assert signature(["编 号＊", "罚款(万元)", "备注", "", ""]) == first
    assert signature(["编号", "罚款(万元)", "备注", "退回原因"]) == first
    assert signature(["罚款(万元)", "编号", "备注"]) != first
    assert signature(["编号", "", "罚款(万元)", "备注"]) != first
    assert signature(["编号罚款(万元)备注"]) != first


def test_a_sheet_that_nobody_knows_shows_what_is_needed_to_say_what_it_is() -> None:
    rows = [["巡河情况", None, None, None], ODD, ["1", "张三", "2017-10-23", 600.0], [None] * 4, ["2"], ["3"], ["4"]]
    found = recognise(sheet(*rows))
    assert (found.layout, found.problem, found.candidates, found.by_choice) == (None, None, (), False)
    assert found.header is not None
    assert (found.header.last_row, found.header.headings) == (2, tuple(ODD))
    assert found.signature == signature(ODD)
    assert found.sample == (("1", "张三", "2017-10-23", "600"), ("2", "", "", ""), ("3", "", "", ""))


def test_the_table_that_explains_most_is_the_first_candidate_though_it_lacks_a_column() -> None:
    found = recognise(sheet(["编号", "部门", "违法类型", "立案", "罚款"]))
    assert found.problem is not None
    assert found.candidates[0] == "enforcement"
    assert "departments" in found.candidates  # complete, but 部门 is all it explains


def test_a_choice_is_followed_with_unit_and_year_from_the_sheet() -> None:
    rows = [["2017年10月"], ODD, ["1", "张三", "10月23日", 600.0]]
    found = recognise(sheet(*rows), {signature(ODD): CHOICE})
    assert found.by_choice
    assert found.layout is not None
    assert found.layout.table.name == "patrols"
    assert found.layout.columns == CHOICE.columns
    assert (found.layout.units, found.layout.year, found.layout.header_row) == ({"minutes": "秒"}, 2017, 2)


def test_a_choice_settles_which_of_two_columns_is_meant_and_which_table() -> None:
    twice = ["编码", "名称", "面积", "面积"]
    asked = recognise(sheet(twice, name="镇乡街道"))
    assert asked.problem is not None
    assert (asked.candidates[0], asked.signature, asked.header is not None) == ("towns", signature(twice), True)
    chosen = Choice("towns", {"code": 0, "name": 1, "area_km2": 3})
    found = recognise(sheet(twice, name="镇乡街道"), {signature(twice): chosen}).layout
    assert found is not None
    assert (found.columns["area_km2"], found.ignored) == (3, ("面积",))
    both = ["编码", "名称", "领域"]
    asked = recognise(sheet(both))
    assert asked.problem is not None
    assert set(asked.candidates[:2]) == {"towns", "departments"}
    found = recognise(sheet(both), {signature(both): Choice("departments", {"name": 1, "field": 2})}).layout
    assert found is not None
    assert found.table.name == "departments"


def test_a_choice_that_lacks_a_required_column_is_a_problem() -> None:
    found = recognise(sheet(ODD), {signature(ODD): Choice("patrols", {"code": 0, "chief": 1})})
    assert (found.layout, found.by_choice) == (None, True)
    assert found.problem is not None
    assert (found.problem.rule, found.problem.column) == ("缺少必填列", "开始时间")


def test_a_choice_that_cannot_be_followed_is_ignored() -> None:
    for choice in (
        Choice("无此表", {"code": 0}),
        Choice("patrols", {"code": 4}),
        Choice("patrols", {"code": -1}),
        Choice("patrols", {"没有": 0}),
        Choice("patrols", {}),
    ):
        found = recognise(sheet(ODD), {signature(ODD): choice})
        assert (found.layout, found.problem, found.by_choice) == (None, None, False)


def test_no_choice_makes_another_quantity_of_a_column() -> None:
    headings = ["编码", "名称", "占地(亩)"]
    chosen = Choice("towns", {"code": 0, "name": 1, "area_km2": 2})
    found = recognise(sheet(headings), {signature(headings): chosen}).layout
    assert found is not None
    assert (found.columns, found.ignored) == ({"code": 0, "name": 1}, ("占地(亩)",))


def test_a_sheet_in_doubt_tells_the_page_all_and_a_choice_imports_it(tmp_path: Path) -> None:
    path = tmp_path / "十月.csv"
    path.write_text("名头,谁,哪天,编码,内容\n区水务局,张三,2017-10-23,X1,好\n", encoding="utf-8")
    (asked,) = examine([path], Directory())
    assert (asked.table, asked.header_row, asked.layout) == (None, 1, None)
    assert asked.headings == ("名头", "谁", "哪天", "编码", "内容")
    assert asked.sample == (("区水务局", "张三", "2017-10-23", "X1", "好"),)
    choice = Choice("promises", {"code": 3, "met_on": 2, "matter": 4, "unit": 1, "due_on": 2})
    (sheet_,) = examine([path], Directory(), choices={asked.signature: choice})
    assert (sheet_.table, sheet_.by_choice) == ("promises", True)
    assert sheet_.layout is not None
