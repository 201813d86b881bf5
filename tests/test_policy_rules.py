"""考核办法 as it is imported: what no query could use is refused with its row and what to write."""

from pathlib import Path

import pytest

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.settings import DEFAULT_POLICY

HEADER = "生效日期,规则,对象,方法,数值,单位,参数"


def check(path: Path, *rows: str) -> CheckedSheet:
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    (sheet,) = examine([path], Directory())
    return sheet


def test_the_policy_that_is_shipped_has_nothing_wrong() -> None:
    (sheet,) = examine([DEFAULT_POLICY], Directory())
    assert (sheet.problems, sheet.warnings, len(sheet.frame)) == ([], [], 50)


@pytest.mark.parametrize(
    "row",
    [
        "巡河频次,段长,按人,1,次/日,",
        "巡河频次,村级,按河段,2,次/旬,3-12",
        "巡河频次,,,1,次/年,12-12",
        "时长下限,段长,,10,分钟,",
        "留痕要求,,,1,,",
        "执法限值,零执法,,1,件,",
        "补贴,优秀,,100%,,",
        "迎检日期,市级督察,,10,天,2017-11-01",
        "迎检日期,,,1,天,2018-03-01",
        "任务滞后,,,0.2,,",
        "通报线,前列,,3,位,",
        "通报线,低分,,80,分,",
        "通报线,不合格率,,5%,,",
        "通报线,上报率,,0,,",
        "通报线,处理率,,1,,",
        "考核项,overdue,扣分,100,分,2",
        "考核项,on_time_rate,目标,100,分,0.95",
        "考核项,closure_rate,分档,100,分,0.9:10;0.8:6",
        "考核项,late_done,分档,100,分,0:5",
    ],
)
def test_rules_that_can_be_used(tmp_path: Path, row: str) -> None:
    assert check(tmp_path / "办法.csv", f"2018-01-01,{row}").problems == []


@pytest.mark.parametrize(
    ("row", "column", "rule", "says"),
    [
        ("巡河频率,段长,,1,次/日,", "规则", "不在选项中", "没有这样的规则；请写其中之一：巡河频次、"),
        ("巡河频次,组级,,1,次/日,", "对象", "不在选项中", "区级、镇级、村级、段长"),
        ("巡河频次,段长,按天,1,次/日,", "方法", "不在选项中", "请写其中之一：按人、按河段。"),
        ("巡河频次,段长,,1,每日1次,", "单位", "不在选项中", "次/日、次/周、次/旬、次/月、次/季、次/年"),
        ("巡河频次,段长,,1.5,次/日,", "数值", "不是整数", "写成 0 以上的整数"),
        ("临期天数,,,2.5,天,", "数值", "不是整数", "写成 0 以上的整数"),
        ("巡河频次,段长,,1,次/日,三月到十二月", "参数", "参数不对", "请写成 3-12"),
        ("巡河频次,段长,,1,次/日,11-3", "参数", "参数不对", "起月不晚于止月"),
        ("巡河频次,段长,,1,次/日,3-13", "参数", "参数不对", "请写成 3-12"),
        ("报送时限,排污口,按周,3,天,", "对象", "不在选项中", "巡河记录、整改台账、执法记录"),
        ("报送时限,巡河记录,按日,3,天,", "方法", "不在选项中", "按周、按月"),
        ("执法限值,不执法,,1,件,", "对象", "不在选项中", "零执法、执法量少"),
        ("档,,,90,分,", "对象", "必填为空", "「对象」空着，请写等级的名称"),
        ("迎检日期,市级督察,,10,天,", "参数", "参数不对", "迎检日期要写进驻的第一天，如 2017-11-01"),
        ("迎检日期,市级督察,,10,天,11月1日", "参数", "参数不对", "进驻几天写在数值里"),
        ("迎检日期,市级督察,,10,天,2017-11-31", "参数", "参数不对", "迎检日期要写进驻的第一天"),
        ("迎检日期,市级督察,,0,天,2017-11-01", "数值", "不是天数", "进驻天数要写成 1 以上的整数"),
        ("迎检日期,市级督察,,1.5,天,2017-11-01", "数值", "不是整数", "写成 0 以上的整数"),
        ("任务滞后,,,20,,", "数值", "不是比例", "0 到 1 的数，如 0.2"),
        ("通报线,高分,,90,分,", "对象", "不在选项中", "前列、低分、不合格率、上报率、处理率"),
        ("通报线,前列,,0,位,", "数值", "不是位数", "写成 1 以上的整数"),
        ("通报线,前列,,2.5,位,", "数值", "不是位数", "写成 1 以上的整数"),
        ("通报线,处理率,,65,,", "数值", "不是比例", "0 到 1 的数或百分数，如 5%"),
        ("巡河频次,段长,,1,次/日,2017-03-12", "参数", "变成日期", "多半是 Excel 把 3-12"),
        ("考核项,overdu,扣分,100,分,2", "对象", "不在选项中", "overdue（逾期未整改）"),
        ("考核项,overdue,打分,100,分,2", "方法", "不在选项中", "按比例、扣分、分档、目标、加减分"),
        ("考核项,overdue,,100,分,2", "方法", "不在选项中", "「方法」空着，不是考核项的方法"),
        ("考核项,overdue,扣分,100,分,2分", "参数", "参数不对", "「参数」写的是“2分”，扣分要写每件扣几分"),
        ("考核项,overdue,扣分,100,分,", "参数", "参数不对", "「参数」空着，扣分要写每件扣几分"),
        ("考核项,on_time_rate,目标,100,分,0", "参数", "参数不对", "目标要写大于 0 的数"),
        ("考核项,closure_rate,分档,100,分,0.9：10", "参数", "参数不对", "如 0.9:10;0.8:6"),
    ],
)
def test_rules_that_no_query_could_use(tmp_path: Path, row: str, column: str, rule: str, says: str) -> None:
    (problem,) = check(tmp_path / "办法.csv", f"2018-01-01,{row}").problems
    assert (problem.row, problem.column, problem.rule) == (2, column, rule)
    assert says in problem.message


def test_items_of_one_day_make_a_hundred(tmp_path: Path) -> None:
    sheet = check(
        tmp_path / "办法.csv",
        "2018-01-01,考核项,valid_rate,按比例,60,分,",
        "2018-01-01,考核项,overdue,扣分,30,分,2",
        "2018-01-01,考核项,late_done,加减分,10,分,每次 -1",
        "2019-01-01,考核项,valid_rate,按比例,60,分,",
        "2019-01-01,考核项,overdue,扣分,40,分,2",
        "2019-01-01,考核项,late_done,加减分,10,分,每次 -1",
    )
    assert [(problem.row, problem.column, problem.rule) for problem in sheet.problems] == [
        (2, "数值", "考核项合计不对"),
        (3, "数值", "考核项合计不对"),
    ]
    assert "而 2018-01-01 起的考核项合计 90 分，不是 100 分（加减分不计）" in sheet.problems[0].message


def test_a_set_with_a_refused_item_is_no_set(tmp_path: Path) -> None:
    sheet = check(
        tmp_path / "办法.csv",
        "2018-01-01,考核项,valid_rate,按比例,60,分,",
        "2018-01-01,考核项,overdue,扣分,40,分,2分",
    )
    assert [(problem.row, problem.rule) for problem in sheet.problems] == [(2, "考核项合计不对"), (3, "参数不对")]


def test_a_set_may_come_in_two_files(tmp_path: Path) -> None:
    one, two = tmp_path / "一.csv", tmp_path / "二.csv"
    one.write_text(f"{HEADER}\n2018-01-01,考核项,valid_rate,按比例,60,分,\n", encoding="utf-8")
    two.write_text(f"{HEADER}\n2018-01-01,考核项,overdue,扣分,40,分,2\n", encoding="utf-8")
    assert [sheet.problems for sheet in examine([one, two], Directory())] == [[], []]


def test_bands_have_edges_of_their_own(tmp_path: Path) -> None:
    sheet = check(
        tmp_path / "办法.csv", "2018-01-01,档,优秀,,90,分,", "2018-01-01,档,良好,,90,分,", "2018-01-01,档,合格,,0,分,"
    )
    assert [(problem.row, problem.rule) for problem in sheet.problems] == [(2, "档的下限重复"), (3, "档的下限重复")]
    assert "优秀、良好的下限都是 90 分" in sheet.problems[0].message
