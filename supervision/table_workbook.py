"""Rows of a table as the workbook that they are imported from, so that they come back unchanged."""

from pathlib import Path

import pandas as pd

from supervision.tables import Table
from supervision.templates import template_headings
from supervision.workbooks import HEADER, new_workbook, storable

WIDTHS = {"date": 13, "decimal": 10}
LONG, USUAL = 44, 18


def write_rows(table: Table, rows: pd.DataFrame, path: Path) -> None:
    """Write rows under the headings of the table's template; FileUnwritable if it cannot be.

    `rows` has the table's columns. Texts are cells of text, so that Excel makes no date of 3-12 and no formula of
    a source.
    """
    with new_workbook(path) as workbook:
        sheet = workbook.add_worksheet(table.title)
        text, day = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "yyyy-mm-dd"})
        for position, column in enumerate(table.columns):
            width = WIDTHS.get(column.kind, LONG if column.prose else USUAL)
            sheet.set_column(position, position, width, None if column.kind in WIDTHS else text)
        sheet.write_row(0, 0, template_headings(table), workbook.add_format(HEADER))
        for number, row in enumerate(rows.to_dict("records"), start=1):
            for position, column in enumerate(table.columns):
                value = row[column.name]
                if pd.isna(value) or value == "":
                    continue
                if column.kind == "date":
                    sheet.write_datetime(number, position, value.to_pydatetime(), day)
                elif column.kind == "decimal":
                    sheet.write_number(number, position, value)
                else:
                    sheet.write_string(number, position, storable(str(value)), text)
        sheet.freeze_panes(1, 0)
