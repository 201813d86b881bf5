"""The files to practise the import with show what they are meant to show."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from supervision.demo import PRACTICE
from supervision.importing import check_files, replacement_of
from supervision.reports import ImportReport
from supervision.warehouse import Warehouse

LEDGER, RETURN, WALKS, UNKNOWN = range(4)


@pytest.fixture(scope="module")
def files(demo_workbooks: Path) -> list[Path]:
    return sorted((demo_workbooks / PRACTICE).iterdir())


@pytest.fixture(scope="module")
def warehouse(demo_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A copy, because a check writes what it found beside the snapshots."""
    return Warehouse(shutil.copytree(demo_warehouse.folder, tmp_path_factory.mktemp("practice") / "warehouse"))


def checked(warehouse: Warehouse, path: Path, **options: object) -> ImportReport:
    report = check_files(warehouse, [path], by="", **options)  # type: ignore[arg-type]
    if report.staged:
        warehouse.discard(report.staged)
    return report


def test_the_ledger_has_two_header_rows_a_merged_town_and_four_slips(warehouse: Warehouse, files: list[Path]) -> None:
    (sheet,) = checked(warehouse, files[LEDGER]).sheets
    assert (sheet.table, sheet.header_row, sheet.refused, sheet.skipped) == ("problems", 3, 4, 1)
    assert sorted(problem.rule for problem in sheet.problems) == [
        "不在选项中",
        "不是日期",
        "名称未登记",
        "整改完成早于发现",
    ]
    assert {change.column for change in sheet.changes} == {"整改完成日期"}


def test_the_return_does_not_add_up_and_may_replace_its_month(warehouse: Warehouse, files: list[Path]) -> None:
    (sheet,) = checked(warehouse, files[RETURN]).sheets
    assert [(warning.rule, warning.column) for warning in sheet.warnings] == [("合计不符", "检查次数")]
    assert "差 14" in sheet.warnings[0].message
    span = sheet.span
    assert span is not None
    month = replacement_of(warehouse.current(), "执法记录", "区水务局", span[0].replace(day=1), span[1].replace(day=31))
    assert checked(warehouse, files[RETURN], replacement=month).removed == 1


def test_the_patrols_are_written_in_many_ways_and_one_year_is_wrong(warehouse: Warehouse, files: list[Path]) -> None:
    (sheet,) = checked(warehouse, files[WALKS]).sheets
    assert (sheet.encoding, sheet.added, sheet.refused) == ("gb18030", 8, 2)
    assert Counter(problem.rule for problem in sheet.problems) == {"不是数": 1, "名称未登记": 1}
    assert "日期突前" in {warning.rule for warning in sheet.warnings}


def test_the_register_is_known_to_nobody(warehouse: Warehouse, files: list[Path]) -> None:
    (sheet,) = checked(warehouse, files[UNKNOWN]).sheets
    assert (sheet.table, [problem.rule for problem in sheet.problems]) == (None, ["表类不明"])
    assert sheet.reading is not None
    assert sheet.reading.headings[:3] == ("号码", "谁去的", "啥时候")
