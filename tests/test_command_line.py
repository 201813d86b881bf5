"""The command line, from a user's files to figures, with the exit codes and the JSON that scripts rely on."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from supervision.cli import main
from supervision.settings import WAREHOUSE_VARIABLE
from supervision.tables import TABLES

TOWNS = [["编码", "名称", "别名"], ["110116105", "桥梓镇", "桥梓"], ["110116111", "宝山镇", ""]]
LEDGER = [
    ["桥梓镇整改台账（2017年10月）"],
    ["序号", "问题编号", "发现时间", "问题来源", "问题类型", "所属镇乡", "存在问题", "整改期限", "完成日期"],
    [1, "WT-1", "2017-10-02", "群众举报", "垃圾", "桥梓", "岸边堆放垃圾", "2017-10-10", "2017-10-09"],
    [2, "WT-2", "2017年10月3日", "督查检查", "排污", "桥梓镇", "生活污水直排", "2017-10-20", ""],
    [3, "WT-3", "2017/10/29", "督查检查", "排污", "宝山镇", "养殖废水外流", "立行立改", ""],
]

Command = Callable[..., tuple[int, str]]


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def workbook_of_texts(path: Path, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command on a warehouse of its own; its exit code and what it printed."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(tmp_path / "warehouse"))

    def command(*arguments: object) -> tuple[int, str]:
        code = main([str(argument) for argument in arguments])
        return code, capsys.readouterr().out

    return command


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [workbook(tmp_path / "镇乡街道.xlsx", TOWNS), workbook(tmp_path / "整改台账.xlsx", LEDGER)]


def test_workbooks_in_overdue_by_town_out(run: Command, files: list[Path]) -> None:
    code, printed = run("import", *files, "--by", "张示例", "--json")
    assert code == 0
    report = json.loads(printed)
    assert report["snapshot"] == "0001"
    assert [(sheet["table"], sheet["header_row"], sheet["added"]) for sheet in report["sheets"]] == [
        ("towns", 1, 2),
        ("problems", 2, 3),
    ]
    code, printed = run("query", "overdue_by_town", "--start", "2017-10-23", "--end", "2017-10-29", "--format", "json")
    assert code == 0
    # WT-2 was due on 10-20, nine days before; WT-3 of the 29th is due three days later, so it is 临期
    rows = {row["town"]: row for row in json.loads(printed)}
    assert (rows["桥梓镇"]["open"], rows["桥梓镇"]["overdue"], rows["桥梓镇"]["days_max"]) == (1, 1, 9)
    assert (rows["宝山镇"]["open"], rows["宝山镇"]["overdue"], rows["宝山镇"]["due_soon"]) == (1, 0, 1)


def test_a_refused_row_keeps_everything_out_and_goes_back_to_the_sender(
    run: Command, files: list[Path], tmp_path: Path
) -> None:
    bad = workbook(
        tmp_path / "宝山.xlsx", [*LEDGER[1:], [4, "WT-4", "10月", "督查检查", "排污", "宝珊镇", "示例", "尽快", ""]]
    )
    returned = tmp_path / "退回.xlsx"
    code, printed = run("import", files[0], bad, "--json", "--refused", returned)
    report = json.loads(printed)
    assert (code, report["snapshot"]) == (1, None)
    sheet = report["sheets"][1]
    assert (sheet["added"], sheet["refused"]) == (3, 1)
    assert {(problem["row"], problem["column"], problem["value"]) for problem in sheet["problems"]} == {
        (5, "发现时间", "10月"),
        (5, "所属镇乡", "宝珊镇"),
        (5, "整改期限", "尽快"),
    }
    assert "宝山镇" in next(problem["message"] for problem in sheet["problems"] if problem["value"] == "宝珊镇")
    page = openpyxl.load_workbook(returned).worksheets[0]
    assert [cell.value for cell in page[1]][:9] == LEDGER[1]
    assert page.max_row == 2
    assert run("snapshots", "--json") == (0, "[]\n")

    code, printed = run("import", files[0], bad, "--json", "--accept-valid")
    assert (code, json.loads(printed)["snapshot"]) == (1, "0001")


def test_the_same_file_again_changes_nothing_and_a_corrected_one_changes_its_rows(
    run: Command, files: list[Path], tmp_path: Path
) -> None:
    run("import", *files)
    code, printed = run("import", *files, "--json")
    assert (code, json.loads(printed)["snapshot"]) == (0, None)
    corrected = [[*row[:-1], "2017-10-19"] if "WT-2" in row else row for row in LEDGER]
    code, printed = run("import", workbook(tmp_path / "更正.xlsx", corrected), "--json")
    report = json.loads(printed)
    assert (code, report["snapshot"]) == (0, "0002")
    (sheet,) = report["sheets"]
    assert (sheet["added"], sheet["changed"], sheet["unchanged"]) == (0, 1, 2)


def test_dry_run_counts_and_publishes_nothing(run: Command, files: list[Path]) -> None:
    code, printed = run("import", *files, "--dry-run", "--json")
    report = json.loads(printed)
    assert (code, report["snapshot"], report["sheets"][1]["added"]) == (0, None, 3)
    assert run("snapshots", "--json") == (0, "[]\n")


def test_rollback_and_a_query_of_an_older_snapshot(run: Command, files: list[Path], tmp_path: Path) -> None:
    run("import", *files)
    run("import", workbook(tmp_path / "新.xlsx", [TOWNS[0], ["110116001", "泉河街道", ""]]))
    asked = ("query", "freshness", "--format", "json")
    assert json.loads(run(*asked)[1])[0]["towns"] == 3
    assert json.loads(run(*asked, "--snapshot", "1")[1])[0]["towns"] == 2
    assert run("rollback", "0001")[0] == 0
    assert json.loads(run(*asked)[1])[0]["towns"] == 2
    listed = json.loads(run("snapshots", "--json")[1])
    assert [(each["id"], each["current"]) for each in listed] == [("0002", False), ("0001", True)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "town_ranking"),  # an empty warehouse
        ("query", "no_such_query"),
        ("rollback", "9"),
        ("template", "没有这张表", "x.xlsx"),
        ("import", "没有这个文件.xlsx"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(
    run: Command, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = run(*arguments)
    assert code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_every_table_has_a_template_that_imports_nothing_by_accident(run: Command, tmp_path: Path) -> None:
    for table in TABLES:
        path = tmp_path / f"{table.name}.xlsx"
        assert run("template", table.title, path)[0] == 0
        code, printed = run("import", path, "--json")
        (sheet, *rest) = json.loads(printed)["sheets"]
        assert (code, sheet["table"], sheet["added"], sheet["refused"]) == (0, table.name, 0, 0), printed
        assert all(each["table"] is None and each["problems"] == [] for each in rest)


def test_csv_for_excel(run: Command, files: list[Path]) -> None:
    run("import", *files)
    _, printed = run("query", "overdue_by_town", "--format", "csv", "--end", "2017-10-29")
    header = next(io.StringIO(printed)).strip().split(",")
    assert header[:3] == ["town", "open", "overdue"]


def test_what_was_left_out_and_assumed_is_in_the_json(run: Command, tmp_path: Path) -> None:
    towns = workbook(tmp_path / "镇乡街道.xlsx", [[*TOWNS[0], "邮编"], [*TOWNS[1], "101400"]])
    _, printed = run("import", towns, "--json")
    assert json.loads(printed)["sheets"][0]["notes"] == ["这些列没有导入：邮编。"]


def test_a_csv_of_a_query_holds_no_formula(run: Command, files: list[Path], tmp_path: Path) -> None:
    ledger = [LEDGER[1], [1, "WT-9", "2017-10-02", "群众举报", "垃圾", "桥梓", "=cmd|'/C calc'!A0", "2017-10-10", ""]]
    assert run("import", *files, workbook_of_texts(tmp_path / "台账.xlsx", ledger))[0] == 0
    _, printed = run("query", "open_problems", "--format", "csv", "--end", "2017-10-29")
    (row,) = (row for row in csv.DictReader(io.StringIO(printed)) if row["code"] == "WT-9")
    assert row["description"] == "'=cmd|'/C calc'!A0"


def test_doctor(run: Command, files: list[Path]) -> None:
    assert run("doctor")[0] == 0
    run("import", *files)
    code, printed = run("doctor")
    assert code == 0
    assert "数据截至 2017-10-29" in printed


def test_demonstration_data_never_mixes_with_real_data(run: Command, files: list[Path]) -> None:
    run("import", *files)
    assert run("demo")[0] == 2
    assert run("demo", "--if-empty")[0] == 0
    code, printed = run("snapshots", "--json")
    assert code == 0
    assert [snapshot["id"] for snapshot in json.loads(printed)] == ["0001"]


def test_a_parameter_with_an_option_of_its_own_is_refused(run: Command, files: list[Path]) -> None:
    run("import", *files)
    assert run("query", "overdue_by_town", "--param", "as_of=2017-10-29")[0] == 2
    assert run("query", "overdue_by_town", "--param", "reader=x")[0] == 2


def test_what_was_assumed_and_left_out_is_said(run: Command, tmp_path: Path) -> None:
    towns = workbook(tmp_path / "镇乡街道.xlsx", [["编码", "名称", "民宿数"], ["1", "甲镇", 5]])
    code, printed = run("import", towns)
    assert code == 0
    assert "注意：这些列没有导入：民宿数。" in printed


def test_nothing_goes_in_when_the_refused_rows_cannot_be_written(run: Command, files: list[Path]) -> None:
    assert run("import", *files, "--refused", "没有/这个文件夹/退回.xlsx")[0] == 2
    assert json.loads(run("snapshots", "--json")[1]) == []


def test_a_sheet_of_headings_alone_is_said_to_hold_nothing(run: Command, tmp_path: Path) -> None:
    code, printed = run("import", workbook(tmp_path / "镇乡街道.xlsx", [["编码", "名称", "别名"]]))
    assert code == 0
    assert "没有数据行，未入库。" in printed


def test_a_rule_that_nobody_can_read_is_refused_with_what_to_write(
    run: Command, files: list[Path], tmp_path: Path
) -> None:
    headings = ["生效日期", "规则", "对象", "方法", "数值", "单位", "参数"]
    chiefs = workbook(
        tmp_path / "河长.xlsx",
        [["编码", "姓名", "级别", "镇乡街道", "任职日期"], ["HZ1", "张示例", "村级", "桥梓镇", "2017-07-01"]],
    )
    rules = workbook(
        tmp_path / "考核办法.xlsx", [headings, ["2017-09-01", "巡河频次", "村级", "按人", 1, "次/周", "三月起"]]
    )
    code, printed = run("import", *files, chiefs, rules, "--json")
    problems = [problem for sheet in json.loads(printed)["sheets"] for problem in sheet["problems"]]
    assert (code, [(problem["row"], problem["column"]) for problem in problems]) == (1, [(2, "参数")])
    assert "请写成 3-12" in problems[0]["message"]
    assert json.loads(run("snapshots", "--json")[1]) == []


def test_a_period_that_ends_before_it_starts_is_refused(run: Command, files: list[Path]) -> None:
    run("import", *files)
    assert run("query", "overdue_by_town", "--start", "2017-10-15", "--end", "2017-10-09")[0] == 2


def test_brackets_in_names_are_printed_as_they_are(run: Command, tmp_path: Path) -> None:
    towns = tmp_path / "[v2].csv"
    towns.write_text("编码,名称\n1,甲镇\n", encoding="utf-8")
    code, printed = run("import", towns, "--by", "[/]")
    assert code == 0
    assert "[v2].csv" in printed
    assert "[/]" in run("snapshots")[1]
