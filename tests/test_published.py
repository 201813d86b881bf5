"""Real figures: Beijing's published environmental enforcement, imported as it is (data/published/README.md)."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from conftest import rows_of

from supervision.importing import import_files
from supervision.periods import Period
from supervision.settings import DATA
from supervision.warehouse import Snapshot, Warehouse

PUBLISHED = DATA / "published" / "enforcement_beijing.csv"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("published")
    with xlsxwriter.Workbook(folder / "部门.xlsx") as workbook:
        sheet = workbook.add_worksheet("部门")
        sheet.write_row(0, 0, ["名称", "领域"])
        sheet.write_row(1, 0, ["北京市环境保护局", "生态环境"])
    warehouse = Warehouse(folder / "warehouse")
    report = import_files(warehouse, [PUBLISHED, folder / "部门.xlsx"], by="测试")
    assert report.refused == 0
    current = warehouse.current()
    assert current is not None
    return current


@pytest.mark.parametrize(
    ("year", "cases", "fines_yuan"),
    [
        (2016, 13127, 150_991_900),  # the published totals
        (2019, 6446, 201_617_800),  # 6,446 is published; of the money only 逾2亿: the sum of its five classes
    ],
)
def test_totals_are_the_published_ones(snapshot: Snapshot, year: int, cases: int, fines_yuan: float) -> None:
    (row,) = rows_of(snapshot, "enforcement_by_department", Period.around(date(year, 1, 1), "year"))
    assert (row["department"], row["cases_opened"], row["fines_yuan"]) == ("北京市环境保护局", cases, fines_yuan)
    assert (row["inspections"], row["inspections_per_officer"]) == (None, None)  # not published: not zero


def test_the_first_half_of_2017_covers_only_the_classes_that_were_printed(snapshot: Snapshot) -> None:
    period = Period.between(date(2017, 1, 1), date(2017, 6, 30))
    (row,) = rows_of(snapshot, "enforcement_by_department", period)
    assert (row["cases_opened"], row["fines_yuan"]) == (1091 + 212 + 224, 82_716_500)
