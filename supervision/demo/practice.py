"""Files to try the import page with: sent as offices send them, some with planted mistakes. They are not imported."""

from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from supervision.demo.facts import LAST, Row, records

TOWN, DEPARTMENT = "宝山镇", "区水务局"
ROWS = 10

LEDGER_PARTS = {
    "基本情况": {
        "code": "问题编号",
        "town": "镇乡街道",
        "found_on": "发现日期",
        "source": "问题来源",
        "category": "问题类别",
        "description": "问题内容",
    },
    "整改情况": {"method": "整改方式", "deadline": "整改时限", "done_on": "完成日期", "department": "责任部门"},
}
RETURN = {
    "code": "编号",
    "day": "日期",
    "department": "执法部门",
    "inspections": "检查次数",
    "people_out": "出动执法人员(人次)",
    "cases_opened": "立案",
    "fines_yuan": "罚款(万元)",
}
WALKS = {
    "code": "记录编号",
    "chief": "巡河人",
    "started_at": "巡河开始时间",
    "minutes": "巡河时长",
    "km": "巡河里程",
    "notes": "巡查内容",
}
SLIPS = ((1, "found_on", "昨天"), (3, "source", "电话反映"), (5, "done_on", "2017-01-02"), (7, "department", "水利局"))
"""The planted mistakes of the ledger: row from 0, column, and what stands there."""

HALF_HOUR = "30分钟"


def write_practice(folder: Path, tables: dict[str, pd.DataFrame]) -> list[Path]:
    """Write the files into a folder that holds nothing else; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _ledger(folder / f"1 {TOWN}整改台账（有错，两级表头）.xlsx", tables["problems"]),
        _return(folder / f"2 {DEPARTMENT}10月执法情况（更正，合计不符）.xlsx", tables["enforcement"]),
        _walks(folder / "3 巡河导出（GB18030，写法不一）.csv", tables["patrols"]),
        _unknown(folder / "4 表头认不得的登记表.xlsx"),
    ]


def _ledger(path: Path, problems: pd.DataFrame) -> Path:
    """Overdue problems of a town, half of them done now; the town's name stands once for all rows."""
    names = [name for part in LEDGER_PARTS.values() for name in part]
    late = problems["deadline"].between("2017-01-01", LAST.isoformat(), inclusive="left") & problems["done_on"].isna()
    rows = records(problems[(problems["town"] == TOWN) & late].tail(ROWS)[names])
    for number, row in enumerate(rows):
        row["done_on"] = "10月29日" if number % 2 == 0 else None
    for number, name, written in SLIPS:
        rows[number][name] = written
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet("10月")
        sheet.merge_range(0, 0, 0, len(names) - 1, f"{TOWN}2017年10月整改台账（演示数据，供练习导入）")
        position = 0
        for part, columns in LEDGER_PARTS.items():
            sheet.merge_range(1, position, 1, position + len(columns) - 1, part)
            sheet.write_row(2, position, columns.values())
            position += len(columns)
        for number, row in enumerate(rows, start=3):
            _write(sheet, number, [row[name] for name in names])
        sheet.merge_range(3, names.index("town"), 2 + len(rows), names.index("town"), TOWN)
        sheet.write(3 + len(rows), 0, "填表人：李示例　　审核：王示例")
        sheet.set_column(0, len(names) - 1, 14)
    return path


def _return(path: Path, enforcement: pd.DataFrame) -> Path:
    """A department's October without its last return, fines in 万元, and totals of which one does not add up."""
    october = enforcement[
        (enforcement["department"] == DEPARTMENT) & (pd.to_datetime(enforcement["day"]).dt.month == 10)
    ]
    rows: list[Row] = records(october.iloc[:-1][list(RETURN)])
    for row in rows:
        row["fines_yuan"] = row["fines_yuan"] / 10_000
    counted = ("inspections", "people_out", "cases_opened", "fines_yuan")
    total: Row = {name: round(sum(row[name] for row in rows), 2) for name in counted}
    total["inspections"] += 14
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet("10月")
        sheet.merge_range(0, 0, 0, len(RETURN) - 1, f"{DEPARTMENT}2017年10月涉河执法情况（演示数据，供练习导入）")
        sheet.write_row(1, 0, RETURN.values())
        for number, row in enumerate(rows, start=2):
            _write(sheet, number, [row[name] for name in RETURN])
        _write(sheet, 2 + len(rows), ["合计", *(total.get(name) for name in list(RETURN)[1:])])
        sheet.set_column(0, len(RETURN) - 1, 16)
    return path


def _walks(path: Path, patrols: pd.DataFrame) -> Path:
    """Ten patrols of the last day under new numbers, one value a row written as nobody should."""
    rows = patrols.tail(ROWS)[list(WALKS)].astype(object).reset_index(drop=True)
    rows["code"] = [f"LX{number:03}" for number in range(1, ROWS + 1)]
    written: list[tuple[int, str, Any]] = [
        (0, "minutes", HALF_HOUR),
        (1, "minutes", "1小时5分"),
        (2, "km", "约3公里"),
        (3, "km", "1800米"),
        (4, "started_at", "2017年10月29日 上午9:05"),
        (5, "started_at", "43037.375"),
        (6, "minutes", "半天"),
        (7, "chief", "没有这个人"),
        (8, "started_at", "2018-10-29 08:00"),
    ]
    for number, name, value in written:
        rows.loc[number, name] = value
    rows.rename(columns=WALKS).to_csv(path, index=False, encoding="gb18030")
    return path


def _unknown(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("登记")
        sheet.write(0, 0, "村里巡查登记（演示数据，供练习导入）")
        sheet.write_row(1, 0, ["号码", "谁去的", "啥时候", "走了多远（公里）", "看到什么"])
        sheet.write_row(2, 0, ["DJ001", "HZ00001", "2017-10-29 08:00", 3.2, "河面清洁"])
        sheet.write_row(3, 0, ["DJ002", "HZ00002", "2017-10-29 09:00", 2.2, "有人钓鱼，已劝离"])
    return path


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, cells: list[Any]) -> None:
    for position, cell in enumerate(cells):
        if cell is not None and cell == cell and cell != "":
            sheet.write(row, position, cell)
