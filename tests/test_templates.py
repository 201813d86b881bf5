"""Templates: what is written is what intake takes."""

from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from supervision.errors import FileUnwritable
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.tables import BY_NAME, TABLES
from supervision.templates import example_row, template_headings, write_template


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_untouched_template_imports_nothing(table, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(table, path)
    data, guide = examine([path], Directory())
    assert (data.table, data.header_row, len(data.frame), data.skipped) == (table.name, 1, 0, 1)
    assert data.problems == []
    assert (guide.sheet, guide.table) == ("填表说明", None)


def test_an_example_row_that_was_changed_is_data(tmp_path: Path) -> None:
    table, path = BY_NAME["departments"], tmp_path / "部门.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("部门")
        sheet.write_row(0, 0, template_headings(table))
        sheet.write_row(1, 0, ["区园林局", *example_row(table)[1:]])
    (data,) = examine([path], Directory())
    assert data.frame["name"].tolist() == ["区园林局"]


def test_the_example_row_is_no_data_where_columns_were_moved_or_added(tmp_path: Path) -> None:
    table, path = BY_NAME["departments"], tmp_path / "部门.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("部门")
        sheet.write_row(0, 0, [*reversed(template_headings(table)), "备注"])
        sheet.write_row(1, 0, [*reversed(example_row(table)), "示例"])
    (data,) = examine([path], Directory())
    assert (len(data.frame), data.skipped) == (0, 1)


def test_a_template_cannot_be_written_where_no_folder_is(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="请确认文件夹存在"):
        write_template(BY_NAME["towns"], tmp_path / "没有" / "模板.xlsx")


def test_a_template_marks_what_is_required_and_explains_each_column(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(BY_NAME["problems"], path)
    with CalamineWorkbook.from_path(str(path)) as workbook:
        assert workbook.sheet_names == ["整改台账", "填表说明"]
        header, example = workbook.get_sheet_by_name("整改台账").to_python(skip_empty_area=False)
        guide = workbook.get_sheet_by_name("填表说明").to_python(skip_empty_area=False)
    assert header[:3] == ["问题编号*", "发现日期*", "来源*"]
    assert example[0] == "WT2017-0001"
    (deadline,) = [row for row in guide if row[0] == "整改时限"]
    assert deadline[2] == "日期，或 立行立改、长期坚持"
    assert "整改期限" in deadline[4]
