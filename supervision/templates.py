"""Template workbooks: a header row, an example row, and a sheet 填表说明, from the table's declaration."""

from pathlib import Path
from typing import Any

from supervision.tables import BY_NAME, Column, Kind, Table
from supervision.workbooks import HEADER, new_workbook

ENTRY_ROWS = 5_000
"""How many rows under the header are formatted as text and offer the choices."""

KIND_WORDS: dict[Kind, str] = {
    "text": "文字",
    "integer": "整数",
    "decimal": "数字",
    "money": "金额，单位元；写万元的请在表头或单元格注明",
    "minutes": "时长，单位分钟；写秒、小时的请在表头或单元格注明",
    "km": "距离，单位公里；写米的请在表头或单元格注明",
    "date": "日期，如 2017-10-23",
    "month": "月份，如 2017-09",
    "moment": "日期和时间，如 2017-10-23 08:30",
    "flag": "是 或 否",
    "count": "次数，或 是、否",
    "deadline": "日期，或 立行立改、长期坚持",
    "choice": "从可选值中选一个",
    "many": "可写多个，用顿号隔开",
    "unit": "部门名称，或镇乡街道名称",
    "water_class": "水质类别；写成 3、Ⅲ类、三类的会统一成 Ⅲ",
}

GUIDE = "填表说明"
GUIDE_HEADINGS = ("列名", "必填", "怎么填", "可选值", "也可以叫", "说明")


def template_headings(table: Table) -> list[str]:
    """The header row of a table's template; * marks what must be filled in."""
    return [column.heading + "*" * column.required for column in table.columns]


def example_row(table: Table) -> list[str]:
    """The example row of a table's template.

    It may stay where it is: intake skips the row under an unchanged template header as long as it is
    this one, and imports it as soon as a cell of it was changed.
    """
    return [column.example for column in table.columns]


def write_template(table: Table, path: Path) -> None:
    """Write the workbook to fill in for a table: the sheet of its title, and 填表说明."""
    with new_workbook(path) as workbook:
        sheet = workbook.add_worksheet(table.title)
        header = workbook.add_format(HEADER)
        text = workbook.add_format({"num_format": "@"})
        example = workbook.add_format({"num_format": "@", "italic": True, "font_color": "#6B6B6B"})
        for position, (heading, column) in enumerate(zip(template_headings(table), table.columns, strict=True)):
            sheet.set_column(position, position, max(12, 2 * len(heading) + 4, 2 * len(column.example)), text)
            sheet.write_string(0, position, heading, header)
            sheet.write_string(1, position, column.example, example)
            _offer_choices(sheet, position, column)
        sheet.freeze_panes(1, 0)
        _write_guide(workbook.add_worksheet(GUIDE), table, header)


def _offer_choices(sheet: Any, position: int, column: Column) -> None:
    choices = ("是", "否") if column.kind == "flag" else column.choices
    if choices:
        sheet.data_validation(1, position, ENTRY_ROWS, position, {"validate": "list", "source": list(choices)})


def _write_guide(sheet: Any, table: Table, header: Any) -> None:
    for position, (heading, width) in enumerate(zip(GUIDE_HEADINGS, (18, 6, 44, 44, 44, 60), strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, heading, header)
    for row, column in enumerate(table.columns, start=1):
        cells = (
            column.heading,
            "是" if column.required else "",
            KIND_WORDS[column.kind],
            "、".join(column.choices),
            "、".join(column.aliases),
            "；".join(filter(None, (column.help, _reference(column)))),
        )
        for position, cell in enumerate(cells):
            sheet.write_string(row, position, cell)
    last = len(table.columns) + 2
    sheet.write_string(last, 0, "带 * 的列必须有；列的次序不限，多出的列不导入。第 2 行是示例，没有改动就不会导入。")
    sheet.freeze_panes(1, 0)


def _reference(column: Column) -> str:
    return f"须在{BY_NAME[column.refers].title}中登记" if column.refers else ""
