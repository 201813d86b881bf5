"""Large patrol exports for `tests.bench`: written once, then read, checked and measured in a process of its own.

Run as `python -m tests.bench_exports FILE`; prints what it measured as one line of JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from supervision.intake import examining
from supervision.intake.names import Directory

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


def district() -> Directory:
    """Chiefs and sections with names and codes of their own."""
    chiefs, sections = np.arange(CHIEFS), np.arange(SECTIONS)
    return Directory(
        {
            "chiefs": pd.DataFrame({"code": [f"HZ{n:05}" for n in chiefs], "name": [f"河长{n}号" for n in chiefs]}),
            "sections": pd.DataFrame(
                {"code": [f"HD{n:04}" for n in sections], "name": [f"怀九河{n}段" for n in sections]}
            ),
        }
    )


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


def write_export(path: Path) -> Path:
    """Write the export in the format that its name says."""
    if path.suffix == ".csv":
        for number, chunk in enumerate(chunks(ROWS[".csv"])):
            chunk.to_csv(path, mode="a" if number else "w", header=not number, index=False, encoding="utf-8-sig")
        return path
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
    return path


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


def measure(path: Path, plain: bool) -> dict[str, float]:
    """Seconds of reading and of checking, rows, and the peak of the process's memory in MB."""
    start = time.perf_counter()
    reading = 0.0
    if plain:
        rows = len(plain_pandas(path))
    else:
        read_sheets = examining.read_sheets

        def timed(file: Path) -> list[object]:
            nonlocal reading
            began = time.perf_counter()
            sheets = read_sheets(file)
            reading += time.perf_counter() - began
            return sheets

        examining.read_sheets = timed
        (checked,) = examining.examine([path], district())
        assert not checked.problems, checked.problems[:3]
        rows = len(checked.frame)
    together = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "reading": reading, "checking": together - reading, "peak_mb": peak}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), "--plain" in sys.argv)))
