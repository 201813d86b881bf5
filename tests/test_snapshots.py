"""Snapshots: what was published stays whole and readable, whatever happens to a writer."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import WEEK, BuildDistrict, rows_of

from supervision.asking import Reader, ask
from supervision.errors import QueryRefused, SnapshotMissing, WarehouseBusy
from supervision.importing import import_files
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

KILLED_AFTER = [0.01 * step for step in range(16)]
"""Seconds after the writer has begun; building a snapshot of this size takes about a tenth of a second."""

KILLED_AT_CALL = range(1, 9)
"""Publishing makes eight calls of fsync and replace; the writer dies just before the one with this number."""

WRITER = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
from conftest import frame_of
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

calls = 0

def dying(function):
    def call(*arguments):
        global calls
        calls += 1
        if calls == {dies_at}:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)
    return call

os.fsync, os.replace = dying(os.fsync), dying(os.replace)
warehouse = Warehouse(Path({folder!r}))
print("begun", flush=True)
with warehouse.writing():
    build = warehouse.begin(made_at="2017-11-01T09:00:00", made_by="中断", demo=False)
    rows = [{{"code": f"N{{n}}", "name": f"新镇{{n}}"}} for n in range(20000)]
    build.merge(BY_NAME["towns"], frame_of("towns", rows), "新.xlsx")
    build.build_models(lambda name, share: None)
    warehouse.publish(build)
print("published", calls, flush=True)
"""


def towns(count: int) -> list[dict[str, str]]:
    return [{"code": str(number), "name": f"{number}镇"} for number in range(count)]


def warehouse_of(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


@pytest.fixture(scope="module")
def template(build_once: BuildDistrict) -> Path:
    """A warehouse of three towns, to be copied."""
    return build_once(towns=towns(3)).path.parent.parent


@pytest.fixture
def three_towns(template: Path, tmp_path: Path) -> Warehouse:
    return Warehouse(shutil.copytree(template, warehouse_of(tmp_path).folder))


def town_count(warehouse: Warehouse) -> int:
    snapshot = warehouse.current()
    assert snapshot is not None
    return int(ask(snapshot, "freshness")["towns"].iloc[0])


def test_each_import_adds_a_snapshot_and_leaves_the_old_one_readable(
    tmp_path: Path, build_district: BuildDistrict
) -> None:
    first = build_district(towns=towns(2))
    second = build_district(towns=[{"code": "0", "name": "改名镇"}, {"code": "9", "name": "9镇"}])
    assert (first.id, second.id, second.info.parent) == ("0001", "0002", "0001")
    assert (first.info.rows["towns"], second.info.rows["towns"]) == (2, 3)
    assert sorted(row["town"] for row in rows_of(first, "town_list")) == ["0镇", "1镇"]
    assert sorted(row["town"] for row in rows_of(second, "town_list")) == ["1镇", "9镇", "改名镇"]
    assert [info.id for info in warehouse_of(tmp_path).snapshots()] == ["0002", "0001"]


def test_rollback_moves_the_pointer_and_the_next_import_goes_on_from_there(
    tmp_path: Path, build_district: BuildDistrict
) -> None:
    build_district(towns=towns(2))
    build_district(towns=towns(5))
    warehouse = warehouse_of(tmp_path)
    warehouse.rollback("1")
    assert town_count(warehouse) == 2
    third = build_district(towns=[{"code": "x", "name": "新镇"}])
    assert (third.id, third.info.parent, third.info.rows["towns"]) == ("0003", "0001", 3)


def test_a_damaged_snapshot_is_not_gone_back_to(tmp_path: Path, build_district: BuildDistrict) -> None:
    first = build_district(towns=towns(2))
    build_district(towns=towns(5))
    with first.path.open("r+b") as file:
        file.seek(first.path.stat().st_size // 2)
        file.write(b"\xff" * 64)
    with pytest.raises(SnapshotMissing, match="已损坏"):
        warehouse_of(tmp_path).rollback("0001")
    assert town_count(warehouse_of(tmp_path)) == 5


def test_a_snapshot_of_an_older_version_says_so_and_the_next_import_mends_it(
    tmp_path: Path, build_district: BuildDistrict
) -> None:
    snapshot = build_district(towns=towns(2))
    with duckdb.connect(str(snapshot.path)) as connection:
        connection.execute("drop table measures")
    assert snapshot.outdated
    assert len(snapshot.table(BY_NAME["towns"])) == 2
    with pytest.raises(QueryRefused, match="旧版本建立的批次"):
        ask(snapshot, "town_metrics", WEEK)
    (tmp_path / "镇乡街道.csv").write_text("编码,名称\n0,0镇\n", encoding="utf-8")
    report = import_files(warehouse_of(tmp_path), [tmp_path / "镇乡街道.csv"], by="测试")
    mended = warehouse_of(tmp_path).current()
    assert (report.snapshot, report.sheets[0].unchanged) == ("0002", 1)
    assert mended is not None
    assert not mended.outdated
    assert "metric" in ask(mended, "town_metrics", WEEK).columns


@pytest.mark.parametrize("unknown", ["7", "abc", "../0001"])
def test_an_unknown_snapshot_is_named(tmp_path: Path, build_district: BuildDistrict, unknown: str) -> None:
    build_district(towns=towns(1))
    with pytest.raises(SnapshotMissing, match="没有第"):
        warehouse_of(tmp_path).rollback(unknown)


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with (
        warehouse_of(tmp_path).writing(),
        pytest.raises(WarehouseBusy, match="另一个导入"),
        warehouse_of(tmp_path).writing(),
    ):
        pass


def test_a_column_that_a_sheet_lacks_keeps_its_value(build_district: BuildDistrict) -> None:
    build_district(towns=[{"code": "1", "name": "甲镇", "kind": "镇"}])
    second = build_district(towns=[{"code": "1", "name": "甲新镇"}])
    (row,) = second.frame("select name, kind, batch, source_row from towns").to_dict("records")
    assert row == {"name": "甲新镇", "kind": "镇", "batch": 2, "source_row": 2}


def start_writer(warehouse: Warehouse, dies_at: int = 0) -> subprocess.Popen[str]:
    here = Path(__file__).resolve().parent
    script = WRITER.format(tests=str(here), root=str(here.parent), folder=str(warehouse.folder), dies_at=dies_at)
    writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    return writer


def assert_whole(warehouse: Warehouse, build_district: BuildDistrict, counts: tuple[int, ...]) -> None:
    """The current snapshot is whole and holds one of the counts; the next import works and sweeps up."""
    count = town_count(warehouse)
    assert count in counts
    current = warehouse.current()
    assert current is not None
    assert warehouse.is_whole(current.id)
    after = build_district(towns=[{"code": "after", "name": "其后镇"}])
    assert after.info.rows["towns"] == count + 1
    assert not list(warehouse.files.glob("building-*"))


@pytest.mark.parametrize("delay", KILLED_AFTER)
def test_an_import_killed_at_any_time_leaves_a_whole_snapshot(
    three_towns: Warehouse, build_district: BuildDistrict, delay: float
) -> None:
    writer = start_writer(three_towns)
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    said, _ = writer.communicate()
    assert_whole(three_towns, build_district, (20003,) if "published" in said else (3, 20003))


@pytest.mark.parametrize("call", KILLED_AT_CALL)
def test_an_import_killed_while_publishing_shows_the_old_snapshot_until_the_pointer_has_moved(
    three_towns: Warehouse, build_district: BuildDistrict, call: int
) -> None:
    writer = start_writer(three_towns, dies_at=call)
    said, _ = writer.communicate()
    assert (said, writer.returncode) == ("", -signal.SIGKILL)
    assert_whole(three_towns, build_district, (20003,) if call == max(KILLED_AT_CALL) else (3,))


def test_publishing_makes_as_many_calls_as_are_tried_above(three_towns: Warehouse) -> None:
    said, _ = start_writer(three_towns).communicate()
    assert said == f"published {len(KILLED_AT_CALL)}\n"


def test_eight_threads_each_get_their_own_answer(build_district: BuildDistrict) -> None:
    # week n holds n + 1 problems, so that an answer given to the wrong thread would show
    first = Period.around(date(2017, 1, 2), "week")
    weeks = [first]
    while len(weeks) < 20:
        weeks.append(weeks[-1].following)
    snapshot = build_district(
        towns=towns(1),
        problems=[
            {
                "code": f"{number}/{each}",
                "town": "0",
                "found_on": week.start.isoformat(),
                "source": "督查检查",
                "category": "垃圾",
                "description": "示例",
            }
            for number, week in enumerate(weeks)
            for each in range(number + 1)
        ],
    )
    barrier = threading.Barrier(8)

    def ask_all(offset: int) -> list[tuple[int, int]]:
        barrier.wait()
        order = weeks[offset:] + weeks[:offset]
        return [
            (weeks.index(week), int(row["numerator"]))
            for week in order
            for row in rows_of(snapshot, "district_metrics", week)
            if row["metric"] == "problems_found"
        ]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for answered in pool.map(ask_all, range(8)) for answer in answered]
    assert len(answers) == 8 * 20
    assert all(got == number + 1 for number, got in answers)


def test_readers_in_other_processes_are_not_blocked(tmp_path: Path, build_district: BuildDistrict) -> None:
    build_district(towns=towns(2))
    warehouse = warehouse_of(tmp_path)
    root = Path(__file__).resolve().parent.parent
    with warehouse.writing():
        build = warehouse.begin(made_at="2017-11-01T09:00:00", made_by="测试", demo=False)
        reader = subprocess.run(
            [sys.executable, "-m", "supervision", "query", "freshness", "--format", "csv"],
            env=os.environ | {"SUPERVISION_WAREHOUSE": str(warehouse.folder)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        build.discard()
    header, values = reader.stdout.strip().splitlines()
    assert dict(zip(header.split(","), values.split(","), strict=True))["towns"] == "2"


def test_queries_cannot_reach_outside_the_snapshot(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=towns(1))
    for attempt in (
        "select * from read_csv('/etc/passwd')",
        "attach 'other.duckdb'",
        "install spatial",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error, match=r"(disabled|locked|cannot|Cannot)"):
            snapshot.frame(attempt)


def test_a_reader_of_one_town_gets_his_own_rows_only(build_district: BuildDistrict) -> None:
    problems = [
        {
            "code": code,
            "town": code,
            "found_on": "2017-10-29",
            "source": "督查检查",
            "category": "垃圾",
            "description": "示例",
        }
        for code in ("0", "1")
    ]
    snapshot = build_district(towns=towns(2), problems=problems)
    own = Reader("示例", town="1")
    assert [row["code"] for row in rows_of(snapshot, "open_problems", reader=own)] == ["1"]
    assert [row["code"] for row in rows_of(snapshot, "open_problems", reader=own, town="0")] == ["1"]
    with pytest.raises(QueryRefused, match="面向全区"):
        ask(snapshot, "town_ranking", WEEK, reader=own)


def test_what_a_query_lacks_is_named(build_district: BuildDistrict) -> None:
    snapshot = build_district(towns=towns(1))
    with pytest.raises(QueryRefused, match="没有名为 nothing"):
        ask(snapshot, "nothing")
    with pytest.raises(QueryRefused, match="还缺参数"):
        ask(snapshot, "town_ranking")
    with pytest.raises(QueryRefused, match="没有参数 colour"):
        ask(snapshot, "open_problems", WEEK, colour="red")
