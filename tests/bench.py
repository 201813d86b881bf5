"""How long things take on the demonstration district, each beside a yardstick of the same run (`make bench`).

Prints medians in milliseconds; a figure over its aim is marked. It never fails: machines differ,
and a yardstick that is slow too says so.
"""

import json
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table as Grid
from streamlit.testing.v1 import AppTest

from supervision.answers import Answers
from supervision.asking import ask
from supervision.catalogue import questions
from supervision.demo import write_workbooks
from supervision.documents.making import DOCUMENTS
from supervision.documents.notices import Notice, overdue_notices
from supervision.importing import import_files
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.meeting.pinned import usual_day
from supervision.periods import Period
from supervision.settings import ROOT, WAREHOUSE_VARIABLE
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse
from tests.bench_questions import Asked
from tests.bench_scale import Timed, scaled

EXPORT_AIMS = {".xlsx": 60_000, ".csv": 150_000}
"""Rows that are checked in a second, at least, reading apart."""

PEAK_AIM_MB = 1_500
QUERY_AIM_MS, PAGE_AIM_MS, DEMO_AIM_S = 30, 150, 60
MILLION_QUERY_AIM_MS, MODELS_AIM_S = 100, 10
DECK_AIM_S, NOTICES_AIM_S = 3, 3
DOCUMENT_REPEATS, MILLION_REPEATS, REPEATS = 3, 5, 7

BARE_PAGE = "import streamlit as st\nst.title('题')\nst.dataframe({'a': [1, 2, 3]})\n"


def median_ms(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median time of an action in milliseconds, after one run to warm up."""
    action()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes once."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def grid(title: str, *columns: str) -> Grid:
    """A table whose figures stand at the right."""
    table = Grid(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def row(table: Grid, name: str, measured: float, aim: float | None, note: str = "") -> None:
    """One figure, marked when it is over its aim."""
    mark = "" if aim is None else f"{'OVER' if measured > aim else 'ok'} (≤ {aim:g})"
    table.add_row(name, f"{measured:,.1f}" if measured >= 1 else f"{measured:.2f}", mark, note)


def bench_import(folder: Path, warehouse: Warehouse) -> Grid:
    """Generate, import, and read the largest patrol file with plain pandas for comparison."""
    table = grid("Demonstration district, seconds", "step", "s", "aim", "note")
    files: list[Path] = []
    writing = seconds(lambda: files.extend(write_workbooks(folder)))
    importing = seconds(lambda: import_files(warehouse, files, by="bench", demo=True))
    row(table, "write the workbooks", writing, None, f"{len(files)} files")
    row(table, "import them", importing, None)
    row(table, "together", writing + importing, DEMO_AIM_S)
    patrols = max((file for file in files if file.suffix == ".csv"), key=lambda file: file.stat().st_size)
    rows = len(pd.read_csv(patrols, encoding="gb18030", dtype=str))
    checking = seconds(lambda: examine([patrols], known_names(warehouse)))
    plain = seconds(lambda: plain_pandas(patrols))
    row(table, "read and check one patrol file", checking, None, f"{rows:,} rows, {rows / checking:,.0f} a second")
    row(table, "yardstick: pandas, no checks", plain, None, f"{rows / plain:,.0f} rows a second")
    return table


def bench_exports(folder: Path) -> Grid:
    """Large patrol exports: how long to read and to check, and how much memory, each in a process of its own."""
    table = grid("Patrol exports, a process each", "step", "measured", "aim", "note")
    paths = {suffix: folder / f"巡河记录{suffix}" for suffix in EXPORT_AIMS}
    with ThreadPoolExecutor() as waiting:  # nothing is measured yet: both are written at once
        list(waiting.map(partial(measured_apart, "write"), paths.values()))
    for suffix, aim in EXPORT_AIMS.items():
        path = paths[suffix]
        ours, plain = (measured_apart(what, path) for what in ("import", "pandas"))
        rate = ours["rows"] / ours["checking"]
        row(table, f"{suffix}: read, s", ours["reading"], None, f"{ours['rows']:,} rows")
        row(table, f"{suffix}: check, s", ours["checking"], ours["rows"] / aim, f"{rate:,.0f} rows/s (≥ {aim:,})")
        row(table, f"{suffix}: import, marts and all, s", ours["importing"], None)
        row(table, f"{suffix}: peak of the import, MB", ours["peak_mb"], PEAK_AIM_MB)
        row(table, f"{suffix}: pandas, no checks, s", plain["pandas"], None, f"{plain['peak_mb']:,.0f} MB")
    return table


def measured_apart(what: str, path: Path) -> dict[str, float]:
    """What `tests.bench_exports` measures of a file."""
    command = [sys.executable, "-m", "tests.bench_exports", what, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def known_names(warehouse: Warehouse) -> Directory:
    """The names that the imported district knows."""
    snapshot = current(warehouse)
    return Directory({name: snapshot.table(BY_NAME[name]) for name in ("towns", "departments", "sections", "chiefs")})


def plain_pandas(path: Path) -> pd.DataFrame:
    """What anybody would write first: read the file and convert two columns."""
    frame = pd.read_csv(path, encoding="gb18030")
    for heading in frame.columns[3:5]:
        frame[heading] = pd.to_datetime(frame[heading])
    return frame


def bench_models(scaled_up: Timed, longest: int = 5) -> Grid:
    """The models of a million patrols: all of them together, and those that take longest."""
    table = grid(f"Models of {scaled_up.patrols:,} patrols, seconds", "model", "s", "aim", "note")
    row(table, "all of them", sum(scaled_up.seconds.values()), MODELS_AIM_S, f"{len(scaled_up.seconds)} models")
    for name, took in scaled_up.slowest[:longest]:
        row(table, name, took, None)
    patrols = scaled_up.snapshot.table(BY_NAME["patrols"])
    yardstick = seconds(lambda: patrols.sort_values(["chief", "started_at"]).groupby("chief")["ended_at"].shift())
    row(table, "yardstick: pandas, the patrol before", yardstick, None, f"{len(patrols):,} rows")
    return table


def bench_queries(snapshot: Snapshot, aim: float, repeats: int = REPEATS) -> Grid:
    """Every question of the newest full week, warm, with the parameters that cost most."""
    patrols = snapshot.table(BY_NAME["patrols"])
    table = grid(f"Queries, {len(patrols):,} patrols, warm median, milliseconds", "query", "ms", "aim", "note")
    asked = Asked(snapshot)
    for name, query in questions().items():
        put = partial(ask, snapshot, name, asked.week, **asked.params(query))
        row(table, name, median_ms(put, repeats), aim, f"{len(put()):,} rows")
    yardstick = median_ms(lambda: patrols.groupby([patrols["chief"], patrols["started_at"].dt.date]).size(), 3)
    row(table, "yardstick: pandas, patrols by chief and day", yardstick, None, f"{len(patrols):,} rows")
    return table


def bench_pages(folder: Path) -> Grid:
    """A rerun of every page's script, warm, beside the barest page that Streamlit can run."""
    table = grid("Pages, warm rerun, milliseconds", "page", "ms", "aim", "note")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for page in sorted((ROOT / "pages").glob("*.py")):
        app.switch_page(f"pages/{page.name}").run()
        row(table, page.stem, median_ms(app.run), PAGE_AIM_MS)
    row(table, "yardstick: a title and a table", median_ms(bare_page(folder).run), None)
    return table


def bench_documents(folder: Path, warehouse: Warehouse) -> Grid:
    """Every document of the newest full week with its questions put anew, and a turn of the meeting, warm."""
    snapshot = current(warehouse)
    week = Asked(snapshot).week
    table = grid("Documents, warm median, and a turn of the meeting", "document", "measured", "aim", "note")
    for kind, document in DOCUMENTS.items():
        files = document.files(Answers(snapshot, week), warehouse.minutes)
        made = partial(lambda document: document.files(Answers(snapshot, week), warehouse.minutes), document)
        size = sum(len(file.content) for file in files) / 1024
        took = median_ms(made, DOCUMENT_REPEATS) / 1000
        aim = DECK_AIM_S if kind == "weekly" else None
        row(table, f"{document.title}, s", took, aim, f"{len(files)} files, {size:,.0f} KB")
    notices = all_notices(snapshot, week)
    took = median_ms(lambda: all_notices(snapshot, week), DOCUMENT_REPEATS) / 1000
    row(table, "督办单 of a week and of its month, s", took, NOTICES_AIM_S, f"{len(notices)} files")
    plain = seconds(lambda: plain_workbook(snapshot, folder / "plain.xlsx"))
    row(table, "yardstick: pandas writes the problems, s", plain, None, "no looks, no other sheet")
    row(
        table, "a turn of the meeting, ms", median_ms(turn_of_meeting(warehouse, week)), PAGE_AIM_MS, "ranking, overdue"
    )
    row(table, "yardstick: a title and a table, ms", median_ms(bare_page(folder).run), None)
    return table


def all_notices(snapshot: Snapshot, week: Period) -> list[Notice]:
    """A notice to every town with an overdue problem, for the week and for its month."""
    periods = week, Period.around(week.end, "month")
    return [notice for period in periods for notice in overdue_notices(Answers(snapshot, period))]


def turn_of_meeting(warehouse: Warehouse, week: Period) -> Callable[[], object]:
    """Open a meeting; what turns from its ranking to what is overdue and back, once each time."""
    held_on = usual_day(week)
    pinned = current(warehouse).id
    meeting = warehouse.minutes.open_meeting(held_on=held_on, period=week, snapshot=pinned, focus=None, by="bench")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run().switch_page("pages/meeting.py")
    app.query_params["meeting"] = str(meeting.number)
    steps = cycle(("ranking", "overdue"))

    def turn() -> None:
        app.query_params["step"] = next(steps)
        app.run()
        assert not app.exception

    turn()
    assert any("名次" in part.proto.body for part in app.get("html"))
    return turn


def plain_workbook(snapshot: Snapshot, path: Path) -> None:
    """What anybody would write first: all problems into a workbook."""
    snapshot.table(BY_NAME["problems"]).to_excel(path, engine="xlsxwriter")


def bare_page(folder: Path) -> AppTest:
    """The barest page that Streamlit can run."""
    bare = folder / "bare.py"
    bare.write_text(BARE_PAGE, encoding="utf-8")
    return AppTest.from_file(str(bare))


def current(warehouse: Warehouse) -> Snapshot:
    """The current snapshot of a warehouse that has one."""
    snapshot = warehouse.current()
    assert snapshot is not None
    return snapshot


def main() -> None:
    """Measure all of it in a folder that is thrown away."""
    logging.disable(logging.WARNING)
    console = Console(width=110)
    folder = Path(tempfile.mkdtemp())
    try:
        warehouse = Warehouse(folder / "warehouse")
        console.print(bench_import(folder / "workbooks", warehouse))
        console.print(bench_queries(current(warehouse), QUERY_AIM_MS))
        million = scaled(current(warehouse), Warehouse(folder / "million"))
        console.print(bench_models(million))
        console.print(bench_queries(million.snapshot, MILLION_QUERY_AIM_MS, MILLION_REPEATS))
        console.print(bench_exports(folder))
        os.environ[WAREHOUSE_VARIABLE] = str(warehouse.folder)
        console.print(bench_pages(folder))
        console.print(bench_documents(folder, warehouse))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
