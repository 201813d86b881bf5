"""Fixtures: small districts written out in the test itself, so that a reader can add them up in the head."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filelock import FileLock

from supervision.asking import ask
from supervision.demo import write_workbooks
from supervision.importing import import_files
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

LONGEST = (
    "test_meeting_page.py",
    "test_snapshots.py",  # needs no demonstration district while another worker builds it
    "test_browser.py",
    "test_one_figure.py",
    "test_report.py",
    "test_pages.py",
    "test_demo_practice.py",
)
Rows = list[dict[str, Any]]
BuildDistrict = Callable[..., Snapshot]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker is left with one when the others have nothing more to do."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


def frame_of(table: str, rows: Rows) -> pd.DataFrame:
    """Rows as the frame that intake would hand over: days and moments as timestamps, nulls as None."""
    kinds = {column.name: column.kind for column in BY_NAME[table].columns}
    frame = pd.DataFrame(rows).astype(object)
    for name in frame.columns:
        if kinds[name] in ("date", "month", "moment"):
            frame[name] = pd.to_datetime(frame[name])
        if kinds[name] in ("minutes", "km", "money", "decimal"):
            frame[name] = frame[name].astype(float)
        if name in BY_NAME[table].key and kinds[name] == "text":
            frame[name] = frame[name].fillna("")
    return frame.assign(source_row=range(2, len(rows) + 2))


def building_in(folder: Path) -> BuildDistrict:
    """Build a snapshot from rows given table by table; a second call adds a batch to the same warehouse."""
    warehouse = Warehouse(folder)

    def build(**tables: Rows) -> Snapshot:
        with warehouse.writing():
            building = warehouse.begin(made_at="2017-10-30T09:00:00", made_by="测试", demo=False)
            building.connection.execute("set threads = 1")  # a few rows: more threads only wait for one another
            for name, rows in tables.items():
                building.merge(BY_NAME[name], frame_of(name, rows), f"{name}.xlsx")
            building.build_models(lambda name, share: None)
            return warehouse.publish(building)

    return build


@pytest.fixture
def build_district(tmp_path: Path) -> BuildDistrict:
    """A warehouse of the test's own, to read and to write."""
    return building_in(tmp_path / "warehouse")


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> BuildDistrict:
    """For fixtures of a module: each call builds a district of its own, which the tests only read."""
    return lambda **tables: building_in(tmp_path_factory.mktemp("district") / "warehouse")(**tables)


WEEK = Period.around(date(2017, 10, 23), "week")
"""Monday 2017-10-23 to Sunday 2017-10-29, the week of most examples."""


def rows_of(snapshot: Snapshot, query: str, period: Period | None = WEEK, **params: Any) -> list[dict[str, Any]]:
    """The answer to a query as plain dicts with None for null, easy to compare."""
    frame = ask(snapshot, query, period, **params)
    return [
        {name: None if _is_null(value) else value for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _is_null(value: Any) -> bool:
    return not isinstance(value, (list, tuple)) and bool(pd.isna(value))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration district as `supervision demo` makes it: by the first worker of a run, the others wait."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.with_suffix(".made").exists():
            files = write_workbooks(folder / "workbooks")
            report = import_files(Warehouse(folder / "warehouse"), files, by="演示", demo=True)
            assert report.refused == 0, [problem for sheet in report.sheets for problem in sheet.problems][:5]
            folder.with_suffix(".made").touch()
    return folder


@pytest.fixture(scope="session")
def demo_workbooks(demo_folder: Path) -> Path:
    """The folder of the demonstration district's workbooks, with those to practise with in a folder of it."""
    return demo_folder / "workbooks"


@pytest.fixture(scope="session")
def demo_warehouse(demo_folder: Path) -> Iterator[Warehouse]:
    """The demonstration district, imported, for reading only: a test that writes takes a copy."""
    folder = demo_folder / "warehouse"
    before = _written_at(folder)
    yield Warehouse(folder)
    assert _written_at(folder) == before, "a test has written into the warehouse that all of them share"


def _written_at(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
