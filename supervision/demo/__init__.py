"""The demonstration district: invented people and figures in real places, written as workbooks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from supervision.demo import other_ledgers
from supervision.demo.enforcement import enforcement, link_cases
from supervision.demo.facts import SEED, facts, records
from supervision.demo.patrols import patrols, report_finds, without_idle
from supervision.demo.people_and_places import places
from supervision.demo.practice import write_practice
from supervision.demo.problems import problems
from supervision.demo.questions import plant
from supervision.demo.transfers import transfers
from supervision.demo.workbooks import (
    app_export,
    department_return,
    master_workbook,
    plain_workbook,
    town_ledger,
)
from supervision.tables import BY_NAME

Progress = Callable[[str, float], None]

PRACTICE = "练习"
"""Folder of the files that wait to be tried on the import page."""

FILES = 16 + 14 + 4 + 7
"""Ledgers of the towns, returns of the departments, months of the patrol app, and the office's own."""


def district(seed: int = SEED) -> dict[str, pd.DataFrame]:
    """All tables of the district by their name in the warehouse, with the warehouse's column names.

    The same seed gives the same district to the cell. What was planted in it is listed in
    data/demo/stories.toml.
    """
    masters = places(seed)
    walked, found = report_finds(patrols(masters, seed), problems(masters, seed))
    chiefs, walked = plant(masters, walked, found, seed)
    return {
        **vars(masters),
        "chiefs": chiefs,
        "patrols": without_idle(walked, masters, seed),
        "problems": found,
        "transfers": transfers(found, seed),
        "enforcement": link_cases(enforcement(seed), found, seed),
        "water_quality": other_ledgers.water_quality(masters, seed),
        "tasks": other_ledgers.tasks(masters, seed),
        "outfalls": other_ledgers.outfalls(masters, seed),
        "promises": other_ledgers.promises(),
        "practices": other_ledgers.practices(),
    }


def write_workbooks(folder: Path, *, seed: int = SEED, progress: Progress | None = None) -> list[Path]:
    """Write the district's workbooks into a folder and give their paths, master tables first.

    The folder 练习 in it gets files to try the import page with; they are not among the paths.
    `progress` is told what is being written, and the share that is done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if progress:
        progress("构想演示区", 0.0)
    tables = district(seed)
    write_practice(folder / PRACTICE, tables)
    paths = []
    for path in _written(folder, tables, seed):
        paths.append(path)
        if progress:
            progress(path.stem, len(paths) / FILES)
    return paths


def _written(folder: Path, tables: dict[str, pd.DataFrame], seed: int) -> Iterator[Path]:
    masters = {name: tables[name] for name in ("towns", "departments", "sections", "chiefs")}
    yield master_workbook(folder / "基础台账.xlsx", masters)
    for town, rows in tables["problems"].groupby("town"):
        yield town_ledger(folder / f"{town}问题台账.xlsx", str(town), rows, seed)
    for department in records(facts("departments")):
        rows = tables["enforcement"].query("department == @department['name']")
        yield department_return(folder / f"{department['name']}执法情况.xlsx", department, rows)
    for month, rows in tables["patrols"].groupby(tables["patrols"]["started_at"].dt.month):
        yield app_export(folder / f"巡河记录2017{month:02}.csv", rows)
    for name in ("transfers", "water_quality", "tasks", "outfalls", "promises", "practices"):
        yield plain_workbook(folder / f"{BY_NAME[name].title}.xlsx", name, tables[name])
