"""The demonstration workbooks: as offices send them, and the same for the same seed."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from supervision.demo import FILES, district
from supervision.demo.facts import FIRST, LAST, people, random


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return district()


@pytest.fixture(scope="module")
def folder(demo_workbooks: Path) -> Path:
    assert len([path for path in demo_workbooks.iterdir() if path.is_file()]) == FILES
    return demo_workbooks


def test_the_frame_is_the_published_one(tables: dict[str, pd.DataFrame]) -> None:
    sections, chiefs = tables["sections"], tables["chiefs"]
    assert (len(tables["towns"]), len(tables["departments"])) == (16, 14)
    assert (sections["river"].nunique(), len(sections)) == (64, 566)
    in_office = chiefs[(chiefs["level"] == "段长") & chiefs["left_on"].isna()]
    assert len(in_office) == 1132
    assert in_office["sections"].value_counts().eq(2).all()
    assert set(chiefs["level"]) == {"段长", "村级", "镇级"}


def test_facts_lie_in_the_span(tables: dict[str, pd.DataFrame]) -> None:
    assert tables["patrols"]["started_at"].dt.date.agg(["min", "max"]).tolist() == [FIRST, LAST]
    assert tables["problems"]["found_on"].agg(["min", "max"]).tolist() == [FIRST, LAST]
    assert tables["enforcement"]["day"].between(FIRST, LAST).all()


def test_the_same_seed_gives_the_same_district(tables: dict[str, pd.DataFrame]) -> None:
    again = district()
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, again[name])
    assert not district(seed=7)["problems"].equals(tables["problems"])


def test_no_two_people_share_a_name() -> None:
    assert len(set(people(1500, random("x", 1)))) == 1500


def test_no_two_town_ledgers_are_alike(folder: Path) -> None:
    headings = set()
    for path in folder.glob("*问题台账.xlsx"):
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        title, header = list(sheet.iter_rows(min_row=1, max_row=2, values_only=True))
        assert "河长制问题整改台账（演示数据）" in title[0]
        headings.add(header)
    assert len(headings) == 16


@pytest.mark.parametrize("department", ["区水务局", "区环保局", "区渔政站"])
def test_the_total_row_is_the_sum_of_the_parts(folder: Path, department: str) -> None:
    book = openpyxl.load_workbook(folder / f"{department}执法情况.xlsx")
    assert book.sheetnames == ["7月", "8月", "9月", "10月"]
    for sheet in book.worksheets:
        header, *rows, total = list(sheet.iter_rows(min_row=2, values_only=True))
        assert total[0] == "合计"
        for heading in ("检查次数", "出动人次", "立案", "结案"):
            position = header.index(heading)
            assert total[position] == sum(row[position] for row in rows)
        fine = next(position for position, heading in enumerate(header) if heading.startswith("罚款"))
        assert total[fine] == pytest.approx(sum(row[fine] for row in rows))


def test_one_department_writes_fines_in_wan(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    sheets = openpyxl.load_workbook(folder / "区环保局执法情况.xlsx").worksheets
    header = [cell.value for cell in sheets[0][2]]
    assert "罚款(万元)" in header
    written = sum(sheet.cell(sheet.max_row, header.index("罚款(万元)") + 1).value for sheet in sheets)
    returns = tables["enforcement"]
    assert written * 10_000 == pytest.approx(returns.loc[returns["department"] == "区环保局", "fines_yuan"].sum())


def test_the_patrol_app_exports_gb18030(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    exports = sorted(folder.glob("巡河记录*.csv"))
    assert [path.stem[-6:] for path in exports] == ["201707", "201708", "201709", "201710"]
    assert exports[0].read_bytes().decode("gb18030").startswith("记录编号,河长编码,河段编码,巡河开始时间")
    with pytest.raises(UnicodeDecodeError):
        exports[0].read_bytes().decode("utf-8")
    rows = sum(len(pd.read_csv(path, encoding="gb18030")) for path in exports)
    assert rows == len(tables["patrols"])
