"""What the columns of one row, the directory and the other rows say of a value: refused or warned of."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory

LEDGER = "问题编号,发现日期,来源,类别,镇乡街道,河段,问题描述,状态,整改完成日期,销号日期,反弹日期"
PROBLEM = "2017-10-01,督查检查,污水直排,桥梓镇"
ENFORCEMENT = "编号,日期,部门,立案,结案,罚款"


@pytest.fixture
def directory() -> Directory:
    return Directory(
        {
            "towns": pd.DataFrame({"code": ["105", "106"], "name": ["桥梓镇", "渤海镇"], "aliases": None}),
            "departments": pd.DataFrame({"name": ["区水务局"], "aliases": None}),
            "sections": pd.DataFrame({"code": ["HD1", "HD2"], "name": ["一段", "二段"], "town": ["105", "106"]}),
            "chiefs": pd.DataFrame(
                {
                    "code": ["HZ1"],
                    "name": ["张三"],
                    "appointed_on": [pd.Timestamp(2017, 7, 1)],
                    "left_on": [pd.Timestamp(2017, 9, 30)],
                }
            ),
            "problems": pd.DataFrame({"code": ["WT1"]}),
        }
    )


def check(directory: Directory, path: Path, *lines: str) -> CheckedSheet:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (sheet,) = examine([path], directory, today=date(2017, 12, 31))
    return sheet


def rules(sheet: CheckedSheet) -> list[tuple[int | None, str, str]]:
    return [(problem.row, problem.column, problem.rule) for problem in sheet.problems]


def warnings(sheet: CheckedSheet) -> list[tuple[int | None, str, str]]:
    return [(warning.row, warning.column, warning.rule) for warning in sheet.warnings]


def test_a_patrol_by_a_chief_who_is_not_in_office(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "巡河.csv",
        "记录编号,河长,开始时间",
        "XH1,张三,2017-06-30 23:59",
        "XH2,张三,2017-07-01 00:00",
        "XH3,张三,2017-09-30 23:59",
        "XH4,HZ1,2017-10-01 00:00",
    )
    assert rules(sheet) == [(2, "开始时间", "不在任"), (5, "开始时间", "不在任")]
    assert sheet.problems[0].message == (
        "「开始时间」写的是“2017-06-30 23:59”，这一天河长张三（HZ1）不在任（任职 2017-07-01，离任 2017-09-30）；"
        "请核对日期和河长，或更正河长名录。"
    )


def test_the_dates_of_office_may_come_with_the_same_import(directory: Directory, tmp_path: Path) -> None:
    chiefs, patrols = tmp_path / "河长名录.csv", tmp_path / "巡河.csv"
    chiefs.write_text("编码,姓名,级别,任职日期\nHZ9,赵六,村级,2017-10-10\n", encoding="utf-8")
    patrols.write_text("记录编号,河长,开始时间\nXH1,赵六,2017-10-09\nXH2,赵六,2017-10-10\n", encoding="utf-8")
    _, sheet = examine([patrols, chiefs], directory)
    assert rules(sheet) == [(2, "开始时间", "不在任")]
    assert "（任职 2017-10-10）" in sheet.problems[0].message


def test_a_length_of_time_that_contradicts_its_ends_is_only_warned_of(directory: Directory, tmp_path: Path) -> None:
    start = "张三,2017-08-01 08:00"
    sheet = check(
        directory,
        tmp_path / "巡河.csv",
        "记录编号,河长,开始时间,结束时间,时长(分钟)",
        f"XH1,{start},2017-08-01 08:32,17",
        f"XH2,{start},2017-08-01 08:32,30",  # 2 minutes apart
        f"XH3,{start},2017-08-01 10:00,110",  # 10 of 120 minutes apart
        f"XH4,{start},2017-08-01 08:32,",
    )
    assert (rules(sheet), len(sheet.frame)) == ([], 4)
    assert warnings(sheet) == [(2, "时长(分钟)", "时长不符")]
    assert sheet.warnings[0].message == (
        "「时长(分钟)」写的是“17”，而开始到结束相隔 32 分钟；请核对（照所写的时长计）。"
    )


def test_many_warnings_are_counted(directory: Directory, tmp_path: Path) -> None:
    rows = [f"XH{number},张三,2017-08-01 08:00,2017-08-01 08:32,17" for number in range(1_003)]
    sheet = check(directory, tmp_path / "巡河.csv", "记录编号,河长,开始时间,结束时间,时长(分钟)", *rows)
    assert len(sheet.warnings) == 1_001
    assert sheet.warnings[-1].row is None
    assert "还有 3 行也是“时长不符”" in sheet.warnings[-1].message


def test_a_problem_that_is_closed_was_completed(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "台账.csv",
        LEDGER,
        f"WT1,{PROBLEM},,排水,整改中,,,",
        f"WT2,{PROBLEM},,排水,,,2017-10-20,",
        f"WT3,{PROBLEM},,排水,已整改,,,",
        f"WT4,{PROBLEM},,排水,已销号,,2017-10-20,",
        f"WT5,{PROBLEM},,排水,已销号,2017-10-19,2017-10-20,",
        f"WT6,{PROBLEM},,排水,办结,,2017-10-20,2017-10-25",  # open again
    )
    missing = "销号而无完成日期"
    assert rules(sheet) == [(row, "整改完成日期", missing) for row in (3, 4, 5)]
    assert sheet.problems[0].message == (
        "「整改完成日期」空着，而这一行已销号或状态写着已完成；请补上整改完成日期，或改正状态。"
    )


def test_a_closed_problem_in_a_sheet_without_days_of_completion_is_warned_of(
    directory: Directory, tmp_path: Path
) -> None:
    header = "问题编号,发现日期,来源,类别,镇乡街道,问题描述,状态,销号日期"
    lines = (f"WT1,{PROBLEM},排水,整改中,", f"WT2,{PROBLEM},排水,已销号,", f"WT3,{PROBLEM},排水,,2017-10-20")
    sheet = check(directory, tmp_path / "台账.csv", header, *lines)
    assert sheet.problems == []
    assert warnings(sheet) == [(row, "整改完成日期", "销号而无完成日期") for row in (3, 4)]
    assert "库中没有完成日期的仍算未完成，请补上这一列再导入。" in sheet.warnings[0].message


def test_a_matter_that_is_done_was_done_on_a_day(directory: Directory, tmp_path: Path) -> None:
    matter = "2017-10-23,封堵排口,区水务局,2017-10-29"
    header = "编号,会议日期,事项,责任单位,时限,状态"
    sheet = check(
        directory,
        tmp_path / "议定事项.csv",
        f"{header},完成日期",
        f"A,{matter},已完成,",
        f"B,{matter},已完成,2017-10-28",
        f"C,{matter},办理中,",
    )
    assert rules(sheet) == [(2, "完成日期", "完成而无完成日期")]
    assert sheet.problems[0].message == "「完成日期」空着，而这一行的状态写着已完成；请补上完成日期，或改正状态。"
    sheet = check(directory, tmp_path / "没有日期.csv", header, f"A,{matter},办结", f"B,{matter},办理中")
    assert (sheet.problems, warnings(sheet)) == ([], [(2, "完成日期", "完成而无完成日期")])


def test_a_problem_is_completed_before_it_is_closed(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "台账.csv",
        LEDGER,
        f"WT1,{PROBLEM},,排水,,2017-10-20,2017-10-20,",
        f"WT2,{PROBLEM},,排水,,2017-10-20,2017-10-19,",
        f"WT3,{PROBLEM},,排水,,2017-11-20,2017-10-19,2017-11-01",  # completed again after the rebound
        f"WT4,{PROBLEM},,排水,,2017-09-20,2017-10-19,",
    )
    assert rules(sheet) == [(3, "销号日期", "销号早于整改完成"), (5, "整改完成日期", "整改完成早于发现")]
    assert warnings(sheet) == [(4, "反弹日期", "反弹早于整改完成")]


def test_a_section_in_another_town_is_warned_of(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "台账.csv",
        LEDGER,
        f"WT1,{PROBLEM},HD1,排水,,,,",
        f"WT2,{PROBLEM},二段,排水,,,,",
        f"WT3,{PROBLEM},,排水,,,,",
    )
    assert (rules(sheet), warnings(sheet)) == ([], [(3, "河段", "河段不在该镇")])
    assert "这一河段在渤海镇，而这一行写的是桥梓镇" in sheet.warnings[0].message
    outfalls = check(
        directory, tmp_path / "排污口.csv", "排污口编号,河段,镇乡街道,检查日期,状态", "PK1,HD2,桥梓镇,2017-10-01,已封堵"
    )
    assert warnings(outfalls) == [(2, "河段", "河段不在该镇")]


def test_a_fine_needs_a_case(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "执法.csv",
        ENFORCEMENT,
        "ZF1,2017-10-23,区水务局,1,,20000",
        "ZF2,2017-10-23,区水务局,,1,20000",
        "ZF3,2017-10-23,区水务局,0,,20000",
        "ZF4,2017-10-23,区水务局,,,0.01",
        "ZF5,2017-10-23,区水务局,,,0",
    )
    assert rules(sheet) == [(4, "罚款", "有罚款而无案件"), (5, "罚款", "有罚款而无案件")]
    without = check(directory, tmp_path / "罚款.csv", "编号,日期,部门,检查次数,罚款", "ZF1,2017-10-23,区水务局,1,200")
    assert without.problems == []


def test_a_town_has_one_code(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "镇乡街道.csv",
        "编码,名称",
        "105,桥梓镇",  # as known
        "110116106,渤海镇",  # known as 106
        "107,宝山镇",
        "108,宝山镇",
        "109,喇叭沟门乡",
    )
    assert rules(sheet) == [(row, "名称", "一名两码") for row in (3, 4, 5)]
    assert sheet.problems[0].message == (
        "「名称」写的是“渤海镇”，这个名称还有编码 106；一个镇乡只能有一个编码，请沿用库中的，或改正名称。"
    )
    assert "还有编码 108；" in sheet.problems[1].message
    # Names may be put right, also where one town gets the name that another had.
    assert rules(check(directory, tmp_path / "镇乡街道.csv", "编码,名称", "105,渤海镇", "106,桥梓镇")) == []


def test_cases_and_fines_are_not_negative(directory: Directory, tmp_path: Path) -> None:
    sheet = check(directory, tmp_path / "执法.csv", ENFORCEMENT, "ZF1,2017-10-23,区水务局,-1,1,-200")
    assert rules(sheet) == [(2, "立案", "不能为负"), (2, "罚款", "不能为负")]


def test_an_unknown_problem_is_warned_of(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "执法.csv",
        "编号,日期,部门,立案,关联问题",
        "ZF1,2017-10-23,区水务局,1,ＷＴ１",
        "ZF2,2017-10-23,区水务局,1,WT2",
        "ZF3,2017-10-23,区水务局,1,",
    )
    assert (rules(sheet), warnings(sheet)) == ([], [(3, "关联问题", "关联问题不明")])
    assert sheet.frame["problem"].fillna("").tolist() == ["WT1", "WT2", ""]


def test_a_code_in_two_forms_is_one_code(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "执法.csv",
        ENFORCEMENT,
        "ZF 1,2017-10-23,区水务局,1,0,0",
        "ＺＦ１,2017-10-23,区水务局,2,0,0",
    )
    assert rules(sheet) == [(2, "编号", "编号重复"), (3, "编号", "编号重复")]
    assert "与《执法.csv》工作表“执法”第 3 行重复而内容不同" in sheet.problems[0].message


def test_a_key_that_stands_in_many_places_names_five_others(directory: Directory, tmp_path: Path) -> None:
    rows = [f"ZF1,2017-10-23,区水务局,{cases},0,0" for cases in range(1, 9)]
    sheet = check(directory, tmp_path / "执法.csv", ENFORCEMENT, *rows)
    assert [problem.row for problem in sheet.problems] == list(range(2, 10))
    first, last = sheet.problems[0].message, sheet.problems[-1].message
    assert [f"第 {row} 行" in first for row in range(2, 10)] == [False, True, True, True, True, True, False, False]
    assert [f"第 {row} 行" in last for row in range(2, 10)] == [True, True, True, True, True, False, False, False]
