"""数据截至、报送情况、导入记录: what the warehouse holds and how it came in, by hand."""

from datetime import date
from pathlib import Path

import pytest
from conftest import WEEK, BuildDistrict, rows_of

from supervision.importing import import_files
from supervision.warehouse import Snapshot, Warehouse

TOWNS = [
    {"code": "1", "name": "甲镇", "sort_order": 1},
    {"code": "2", "name": "乙镇", "sort_order": 2},
    {"code": "3", "name": "丙镇", "sort_order": 3},
]
CHIEF = {"code": "HZ1", "name": "张示例", "level": "段长", "town": "1", "sections": None, "appointed_on": "2017-07-01"}


def found(town: str, day: str, done_on: str | None = None) -> dict[str, str | None]:
    return {
        "code": f"{town}/{day}",
        "town": town,
        "found_on": day,
        "done_on": done_on,
        "source": "督查检查",
        "category": "垃圾",
        "description": "示例",
    }


def test_how_fresh_and_how_much(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        chiefs=[CHIEF | {"left_on": None}],
        patrols=[{"code": "X1", "chief": "HZ1", "started_at": "2017-10-23 08:00"}],
        problems=[found("1", "2017-09-05"), found("2", "2017-10-01", done_on="2017-10-27")],
    )
    (row,) = rows_of(snapshot, "freshness")
    # the oldest fact is the finding of 09-05, the newest the completion of 10-27
    assert (row["oldest_fact"].date(), row["newest_fact"].date()) == (date(2017, 9, 5), date(2017, 10, 27))
    assert (row["towns"], row["chiefs"], row["patrols"], row["problems"], row["enforcement"]) == (3, 1, 1, 2, 0)
    assert not row["demo"]


def test_towns_that_sent_patrols_or_new_problems_have_reported(build_district: BuildDistrict) -> None:
    # in the week of 10-23: 甲镇 patrolled, 乙镇 found a problem, 丙镇 only closed an old one
    snapshot = build_district(
        towns=TOWNS,
        chiefs=[CHIEF | {"left_on": None}],
        patrols=[{"code": "X1", "chief": "HZ1", "started_at": "2017-10-23 08:00"}],
        problems=[found("2", "2017-10-29"), found("3", "2017-09-05", done_on="2017-10-27")],
        policy=[{"effective_from": "2017-07-01", "rule": "时长下限", "subject": "", "value": 10.0}],
    )
    assert rows_of(snapshot, "towns_reporting") == [{"towns": 3, "reporting": 2}]
    assert rows_of(snapshot, "towns_reporting", WEEK.previous) == [{"towns": 3, "reporting": 0}]


def test_the_standing_of_a_town_holds_between_its_days(build_district: BuildDistrict) -> None:
    blank = {"status": None, "status_from": None, "status_to": None}
    away = {"status": "暂停考核", "status_from": "2017-10-29", "status_to": None}
    over = {"status": "试考核", "status_from": None, "status_to": "2017-10-28"}
    snapshot = build_district(towns=[TOWNS[0] | blank, TOWNS[1] | away, TOWNS[2] | over])
    assert [(row["town"], row["status"]) for row in rows_of(snapshot, "town_list")] == [
        ("甲镇", "正常"),
        ("乙镇", "暂停考核"),
        ("丙镇", "正常"),
    ]
    # judged at as_of: on Saturday 10-28 the one is not yet suspended and the other still on trial
    on_saturday = rows_of(snapshot, "town_list", as_of=date(2017, 10, 28))
    assert [row["status"] for row in on_saturday] == ["正常", "正常", "试考核"]
    before = rows_of(snapshot, "town_list", WEEK.previous)
    assert [row["status"] for row in before] == ["正常", "正常", "试考核"]


@pytest.fixture
def imported(tmp_path: Path) -> Snapshot:
    """Two batches: two towns in one file and a repeated row; then three towns, one of them changed."""
    warehouse = Warehouse(tmp_path / "warehouse")
    for name, lines in (("一.csv", "1,甲镇\n2,乙镇\n2,乙镇\n"), ("二.csv", "1,甲镇\n2,乙街道\n3,丙镇\n")):
        (tmp_path / name).write_text("编码,名称\n" + lines, encoding="utf-8")
        import_files(warehouse, [tmp_path / name], by="李四")
    current = warehouse.current()
    assert current is not None
    return current


def test_every_sheet_is_logged(imported: Snapshot) -> None:
    logged = rows_of(imported, "imports")
    counts = ("batch", "file", "table", "added", "changed", "unchanged", "refused", "skipped")
    assert [tuple(row[name] for name in counts) for row in logged] == [
        (2, "二.csv", "towns", 1, 1, 1, 0, 0),
        (1, "一.csv", "towns", 2, 0, 0, 0, 1),
    ]
    assert {row["made_by"] for row in logged} == {"李四"}


def test_a_batch_is_summed_up_table_by_table(imported: Snapshot) -> None:
    batches = rows_of(imported, "import_batches")
    counts = ("batch", "table", "files", "sheets", "added", "changed", "unchanged", "refused", "skipped")
    assert [tuple(row[name] for name in counts) for row in batches] == [
        (2, "towns", 1, 1, 1, 1, 1, 0, 0),
        (1, "towns", 1, 1, 2, 0, 0, 0, 1),
    ]
