"""Large patrol exports for `tests.bench`: written once, then read, checked and measured in a process of its own.

Run as `python -m tests.bench_exports {write,import,pandas} FILE`; prints what it measured, and the peak of the
process's memory in MB, as one line of JSON.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from supervision import importing
from supervision.intake import examining
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

ROWS = {".xlsx": 200_000, ".csv": 1_000_000}
CHIEFS, SECTIONS, SEED = 2_000, 1_500, 20171023
HEADINGS = (
    "记录编号",
    "河长",
    "河段",
    "开始时间",
    "结束时间",
    "时长",
    "里程",
    "照片数",
    "有无轨迹",
    "巡查内容",
    "发现问题数",
)
MOMENTS, NUMBERS = HEADINGS[3:5], (*HEADINGS[5:8], HEADINGS[10])
CHUNK = 50_000
EXCEL_DAY_ZERO = pd.Timestamp(1899, 12, 30)


def masters() -> dict[str, pd.DataFrame]:
    """A town, and sections and chiefs of it, each with a name and a code of its own."""
    chiefs, sections = np.arange(CHIEFS), np.arange(SECTIONS)
    return {
        "towns": pd.DataFrame({"code": ["105"], "name": ["桥梓镇"]}),
        "sections": pd.DataFrame(
            {
                "code": [f"HD{n:04}" for n in sections],
                "river": "怀九河",
                "name": [f"怀九河{n}段" for n in sections],
                "town": "105",
            }
        ),
        "chiefs": pd.DataFrame(
            {
                "code": [f"HZ{n:05}" for n in chiefs],
                "name": [f"河长{n}号" for n in chiefs],
                "level": "段长",
                "town": "105",
                "appointed_on": pd.Timestamp(2017, 1, 1),
            }
        ),
    }


def chunks(rows: int) -> Iterator[pd.DataFrame]:
    """The export in parts: every second chief by name, moments real, a record's notes partly its own."""
    random = np.random.default_rng(SEED)
    for first in range(0, rows, CHUNK):
        numbers = np.arange(first, min(first + CHUNK, rows))
        many = len(numbers)
        chief, section = random.integers(CHIEFS, size=many), random.integers(SECTIONS, size=many)
        started = pd.Timestamp(2017, 1, 1) + pd.to_timedelta(random.integers(300 * 86_400, size=many), unit="s")
        minutes = random.integers(5, 120, size=many)
        yield pd.DataFrame(
            {
                "记录编号": [f"XH2017{n:09}" for n in numbers],
                "河长": [f"河长{n}号" if n % 2 else f"HZ{n:05}" for n in chief],
                "河段": [f"HD{n:04}" for n in section],
                "开始时间": started,
                "结束时间": started + pd.to_timedelta(minutes, unit="m"),
                "时长": minutes,
                "里程": random.integers(100, 9_000, size=many) / 1_000,
                "照片数": random.integers(6, size=many),
                "有无轨迹": random.choice(["有", "无"], size=many),
                "巡查内容": [
                    f"河面清洁，第{n % 40_000}号桩以下无异常" if n % 3 else "河面清洁，无异常" for n in numbers
                ],
                "发现问题数": random.integers(3, size=many),
            }
        )


def write_export(path: Path) -> dict[str, float]:
    """Write the export in the format that its name says; how many rows."""
    if path.suffix == ".csv":
        for number, chunk in enumerate(chunks(ROWS[".csv"])):
            chunk.to_csv(path, mode="a" if number else "w", header=not number, index=False, encoding="utf-8-sig")
        return {"rows": ROWS[".csv"]}
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet, moment = workbook.add_worksheet("巡河记录"), workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, HEADINGS)
        line = 0
        for chunk in chunks(ROWS[".xlsx"]):
            for heading in MOMENTS:
                chunk[heading] = (chunk[heading] - EXCEL_DAY_ZERO) / pd.Timedelta(days=1)
            writers = [
                (place, sheet.write_string if chunk[heading].dtype == "str" else sheet.write_number)
                for place, heading in enumerate(HEADINGS)
            ]
            formats = [moment if heading in MOMENTS else None for heading in HEADINGS]
            for cells in chunk.itertuples(index=False):
                line += 1
                for (place, write), cell, form in zip(writers, cells, formats, strict=True):
                    write(line, place, cell, form)
    return {"rows": line}


def plain_pandas(path: Path) -> pd.DataFrame:
    """What anybody would write first: read the file, convert the columns, check nothing."""
    if path.suffix == ".csv":
        frame = pd.read_csv(path, encoding="utf-8-sig", dtype=str)
    else:
        frame = pd.read_excel(path, engine="calamine")
    for heading in MOMENTS:
        frame[heading] = pd.to_datetime(frame[heading])
    for heading in NUMBERS:
        frame[heading] = pd.to_numeric(frame[heading])
    return frame


@contextmanager
def timed(module: ModuleType, name: str) -> Iterator[list[float]]:
    """How many seconds each call of a module's function takes."""
    function, seconds = getattr(module, name), []

    def call(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            seconds.append(time.perf_counter() - start)

    setattr(module, name, call)
    yield seconds
    setattr(module, name, function)


def imported(path: Path) -> dict[str, float]:
    """Rows, and seconds of reading, of checking, and of the whole import: these, merging, the marts, publishing."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(Path(folder))
        with warehouse.writing():
            build = warehouse.begin(made_at="2017-12-31T09:00:00", made_by="bench", demo=False)
            for name, frame in masters().items():
                build.merge(BY_NAME[name], frame.assign(source_row=range(len(frame))), "bench")
            build.build_models(lambda name, share: None)
            warehouse.publish(build)
        with timed(examining, "read_sheets") as reading, timed(importing, "examine") as examined:
            start = time.perf_counter()
            report = importing.import_files(warehouse, [path], by="bench")
            whole = time.perf_counter() - start
        assert not report.refused, report.sheets[0].problems[:3]
        read = sum(reading)
        return {
            "rows": report.sheets[0].added,
            "reading": read,
            "checking": sum(examined) - read,
            "importing": whole,
        }


def converted(path: Path) -> dict[str, float]:
    """Rows and seconds of plain pandas."""
    start = time.perf_counter()
    rows = len(plain_pandas(path))
    return {"rows": rows, "pandas": time.perf_counter() - start}


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "write": write_export,
    "import": imported,
    "pandas": converted,
}


if __name__ == "__main__":
    measured = MEASURES[sys.argv[1]](Path(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(measured | {"peak_mb": peak}))
