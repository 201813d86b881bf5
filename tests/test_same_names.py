"""Two chiefs, or two sections, of one name: told apart by the town of the row, or refused."""

from pathlib import Path

import pandas as pd
import pytest

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory

PATROL = "记录编号,河长,河段,开始时间"


@pytest.fixture
def directory() -> Directory:
    """张三 in each of two towns, 李四 twice in one, 王五 of the district and one in 桥梓镇."""
    return Directory(
        {
            "towns": pd.DataFrame(
                {
                    "code": ["105", "106", "100"],
                    "name": ["桥梓镇", "渤海镇", "怀柔地区"],
                    "aliases": [["桥梓"], ["渤海"], ["怀柔"]],
                }
            ),
            "sections": pd.DataFrame(
                {
                    "code": ["HD1", "HD2", "HD3"],
                    "name": ["怀九河1段", "怀沙河1段", "怀九河1段"],
                    "town": ["105", "106", "106"],
                }
            ),
            "chiefs": pd.DataFrame(
                {
                    "code": ["HZ1", "HZ2", "HZ3", "HZ4", "HZ5", "HZ6"],
                    "name": ["张三", "张三", "李四", "李四", "王五", "王五"],
                    "level": ["村级", "段长", "村级", "段长", "区级", "村级"],
                    "town": ["105", "106", "105", "105", None, "105"],
                    "village": ["秦家东庄村", None, "平义分村", None, None, None],
                    "sections": [["HD1"], ["HD2"], None, ["HD1"], None, None],
                }
            ),
        }
    )


def check(directory: Directory, path: Path, *lines: str) -> CheckedSheet:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (sheet,) = examine([path], directory)
    return sheet


def test_by_the_town_of_the_rows_section(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "巡河.csv",
        PATROL,
        "XH1,张三,HD1,2017-10-23",
        "XH2,张　三,怀沙河1段,2017-10-23",
        "XH3,张三,,2017-10-23",
    )
    assert sheet.frame["chief"].tolist() == ["HZ1", "HZ2"]
    assert sheet.notes == ["「河长」里有同名的，按「河段」的镇乡分辨。"]
    (problem,) = sheet.problems
    assert (problem.row, problem.rule) == (4, "名称不唯一")
    assert problem.message == (
        "「河长」写的是“张三”，在河长名录中不止一个（HZ1（桥梓镇、村级、秦家东庄村、HD1）、HZ2（渤海镇、段长、HD2））；请改写编码。"
    )


def test_by_a_column_of_towns_that_the_table_does_not_have(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "巡河.csv",
        "记录编号,所属镇乡,河长,河段,开始时间",
        "XH1,渤海,张三,怀九河1段,2017-10-23",
        "XH2,桥梓镇,张三,怀九河1段,2017-10-23",
    )
    assert sheet.problems == []
    assert sheet.frame[["chief", "section"]].to_numpy().tolist() == [["HZ2", "HD3"], ["HZ1", "HD1"]]
    assert "「河段」里有同名的，按「所属镇乡」的镇乡分辨。" in sheet.notes


@pytest.mark.parametrize("name", ["渤海镇10月巡河.csv", "渤海巡河（怀柔区）.csv"])
def test_by_the_one_town_that_the_file_names(directory: Directory, tmp_path: Path, name: str) -> None:
    sheet = check(directory, tmp_path / name, "记录编号,河长,开始时间", "XH1,张三,2017-10-23")
    assert sheet.frame["chief"].tolist() == ["HZ2"]
    assert sheet.notes == ["「河长」里有同名的，按标题、表名或文件名的镇乡分辨。"]


def test_by_the_title(directory: Directory, tmp_path: Path) -> None:
    lines = ("桥梓镇巡河记录,,", "记录编号,河长,开始时间", "XH1,张三,2017-10-23")
    assert check(directory, tmp_path / "a.csv", *lines).frame["chief"].tolist() == ["HZ1"]


def test_a_file_that_names_two_towns_tells_nothing(directory: Directory, tmp_path: Path) -> None:
    sheet = check(directory, tmp_path / "桥梓渤海.csv", "记录编号,河长,开始时间", "XH1,张三,2017-10-23")
    assert [problem.rule for problem in sheet.problems] == ["名称不唯一"]


def test_a_row_that_contradicts_itself_is_refused(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory, tmp_path / "巡河.csv", "记录编号,镇乡,河长,河段,开始时间", "XH1,渤海镇,张三,HD1,2017-10-23"
    )
    (problem,) = sheet.problems
    assert problem.rule == "名称不唯一"
    assert "这一行的镇乡前后矛盾：「河段」是桥梓镇、「镇乡」是渤海镇；请改写编码。" in problem.message


def test_two_of_one_name_in_one_town_ask_for_the_code(directory: Directory, tmp_path: Path) -> None:
    sheet = check(directory, tmp_path / "巡河.csv", PATROL, "XH1,李四,HD1,2017-10-23")
    (problem,) = sheet.problems
    assert problem.message == (
        "「河长」写的是“李四”，在桥梓镇不止一个（HZ3（桥梓镇、村级、平义分村）、HZ4（桥梓镇、段长、HD1））；请改写编码。"
    )


def test_a_chief_of_the_district_may_patrol_in_any_town(directory: Directory, tmp_path: Path) -> None:
    sheet = check(directory, tmp_path / "巡河.csv", PATROL, "XH1,王五,HD1,2017-10-23", "XH2,王五,HD2,2017-10-23")
    assert [(problem.row, problem.rule) for problem in sheet.problems] == [(2, "名称不唯一")]
    assert sheet.frame["chief"].tolist() == ["HZ5"]


def test_neither_is_in_the_rows_town(directory: Directory, tmp_path: Path) -> None:
    sheet = check(directory, tmp_path / "巡河.csv", "记录编号,镇乡,河长,开始时间", "XH1,怀柔地区,张三,2017-10-23")
    assert "都不在怀柔地区；请改写编码。" in sheet.problems[0].message


def test_a_name_with_its_town_in_brackets(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "巡河.csv",
        PATROL,
        "XH1,张三（桥梓镇）,,2017-10-23",
        "XH2,张三(渤海),,2017-10-23",
        "XH3,张三（九渡河镇）,,2017-10-23",
        "XH4,李四（桥梓镇）,,2017-10-23",
    )
    assert sheet.frame["chief"].tolist() == ["HZ1", "HZ2"]
    assert [(problem.row, problem.rule) for problem in sheet.problems] == [(4, "名称未登记"), (5, "名称不唯一")]


def test_chiefs_of_the_same_import_are_told_apart_too(tmp_path: Path) -> None:
    towns, chiefs, patrols = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "3.csv"
    towns.write_text("编码,名称,别名\n105,桥梓镇,桥梓\n106,渤海镇,渤海\n", encoding="utf-8")
    chiefs.write_text(
        "编码,姓名,级别,镇乡街道,任职日期\nHZ1,张三,村级,桥梓,2017-07-01\nHZ2,张三,村级,渤海,2017-07-01\n",
        encoding="utf-8",
    )
    patrols.write_text("记录编号,镇乡,巡河人,开始时间\nXH1,渤海,张三,2017-10-23\n", encoding="utf-8")
    sheet = examine([patrols, chiefs, towns], Directory())[-1]
    assert (sheet.problems, sheet.frame["chief"].tolist()) == ([], ["HZ2"])


def test_names_joined_by_a_word_are_parted_where_each_is_known(tmp_path: Path) -> None:
    known = Directory(
        {"departments": pd.DataFrame({"name": ["区水务局", "区环保局", "区规划和自然资源局"], "aliases": None})}
    )
    sheet = check(
        known,
        tmp_path / "执法.csv",
        "编号,日期,部门,参与部门,立案",
        "ZF1,2017-10-23,区水务局,区水务局和区环保局,1",
        "ZF2,2017-10-23,区水务局,区规划和自然资源局及区环保局,1",
        "ZF3,2017-10-23,区水务局,区水务局和区体育局,1",
    )
    assert sheet.frame["partners"].tolist() == [["区水务局", "区环保局"], ["区规划和自然资源局", "区环保局"]]
    assert [(problem.row, problem.value) for problem in sheet.problems] == [(4, "区水务局和区体育局")]
