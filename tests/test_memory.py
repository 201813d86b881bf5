"""What a clerk settled once about a kind of sheet is followed from then on, whatever happens to the data."""

import json
from pathlib import Path

import pytest

from supervision.errors import MemoryUnreadable
from supervision.importing import check_files, import_files
from supervision.intake.choices import Choice
from supervision.intake.memory import forget, remember, remembered
from supervision.warehouse import Warehouse

UNITS = "编码,名称,备注一\n105,桥梓镇,x\n"


def units(tmp_path: Path, text: str = UNITS) -> Path:
    path = tmp_path / "单位表.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_choice_is_followed_in_the_next_import_and_can_be_forgotten(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    odd = units(tmp_path, "代号,叫法\n105,桥梓镇\n")
    (sheet,) = check_files(warehouse, [odd], by="").sheets
    assert (sheet.table, sheet.reading is not None) == (None, True)
    assert sheet.reading is not None
    remember(warehouse.folder, sheet.reading.signature, Choice("towns", {"code": 0, "name": 1}), by="李示例")
    report = import_files(warehouse, [odd], by="李示例")
    (again,) = report.sheets
    assert (report.snapshot, again.table, again.added) == ("0001", "towns", 1)
    assert again.reading is not None
    assert again.reading.by_choice
    forget(warehouse.folder, sheet.reading.signature)
    assert remembered(warehouse.folder) == {}
    (unknown,) = check_files(warehouse, [odd], by="").sheets
    assert unknown.table is None


def test_choices_outlive_going_back(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    for code in ("105", "106"):
        import_files(warehouse, [units(tmp_path, f"编码,名称,类型\n{code},桥梓镇,镇\n")], by="测试")
    remember(warehouse.folder, "abc", Choice("towns", {"code": 0}), by="李示例")
    warehouse.rollback("1")
    assert remembered(warehouse.folder) == {"abc": Choice("towns", {"code": 0})}
    (record,) = json.loads((warehouse.folder / "choices.json").read_text(encoding="utf-8")).values()
    assert record["by"] == "李示例"


@pytest.mark.parametrize("damaged", ["{", "[]", '{"abc": {"table": "towns"}}'])
def test_a_damaged_memory_says_what_to_do(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "choices.json").write_text(damaged, encoding="utf-8")
    with pytest.raises(MemoryUnreadable, match="请从备份恢复，或删除它"):
        remembered(tmp_path)
