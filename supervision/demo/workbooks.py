"""The demonstration district as the files that offices really send: no two towns alike."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from supervision.demo.facts import Row, random
from supervision.tables import BY_NAME

DATE_FORMS: tuple[Callable[[date], Any], ...] = (
    lambda day: day,
    lambda day: day.strftime("%Y-%m-%d"),
    lambda day: day.strftime("%Y/%m/%d"),
    lambda day: day.strftime("%Y.%m.%d"),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
)
"""How one office or another writes a day; the first as a real date of the spreadsheet."""

APP_HEADINGS = {
    "code": "记录编号",
    "chief": "河长编码",
    "section": "河段编码",
    "started_at": "巡河开始时间",
    "ended_at": "巡河结束时间",
    "minutes": "巡河时长(分钟)",
    "km": "巡河里程(公里)",
    "photos": "照片数",
    "has_track": "有无轨迹",
    "notes": "巡查内容",
    "problems_found": "发现问题数",
}
COUNTED = ("inspections", "people_out", "vehicles_out", "orders", "cases_opened", "cases_closed", "referrals", "joint")
YUAN_IN_WAN = 10_000


def master_workbook(path: Path, tables: dict[str, pd.DataFrame]) -> Path:
    """基础台账: a sheet a master table, with the headings of the templates."""
    with _workbook(path) as workbook:
        for name, frame in tables.items():
            table = BY_NAME[name]
            _sheet(workbook, table.title, [table.column(column).heading for column in frame.columns], frame)
    return path


def plain_workbook(path: Path, table: str, frame: pd.DataFrame) -> Path:
    """One table in one sheet below a title row."""
    declared = BY_NAME[table]
    headings = [declared.column(column).heading for column in frame.columns]
    with _workbook(path) as workbook:
        _sheet(workbook, declared.title, headings, frame, title=f"怀柔区{declared.title}（演示数据）")
    return path


def town_ledger(path: Path, town: str, frame: pd.DataFrame, seed: int) -> Path:
    """A town's 整改台账 with its own headings, order of columns and way to write a day."""
    rng = random(f"ledger {town}", seed)
    declared = BY_NAME["problems"]
    columns = [frame.columns[0], *rng.permutation(frame.columns[1:])]
    headings = [str(rng.choice(declared.column(column).headings[:3])) for column in columns]
    form = DATE_FORMS[rng.integers(len(DATE_FORMS))]
    days = [column for column in columns if declared.column(column).kind == "date"]
    written = frame[columns].copy()
    for name in days:
        written[name] = [form(day) if isinstance(day, date) else None for day in frame[name]]
    written.insert(0, "序号", range(1, len(written) + 1))
    with _workbook(path) as workbook:
        _sheet(workbook, "问题台账", ["序号", *headings], written, title=f"{town}河长制问题整改台账（演示数据）")
    return path


def department_return(path: Path, department: Row, frame: pd.DataFrame) -> Path:
    """A department's 执法情况表: a sheet a month, with a total row, fines in yuan or in 万元."""
    in_wan = department["money"] == "万元"
    frame = frame.assign(fines_yuan=frame["fines_yuan"] / YUAN_IN_WAN if in_wan else frame["fines_yuan"])
    declared = BY_NAME["enforcement"]
    headings = [
        f"罚款({department['money']})" if column == "fines_yuan" else declared.column(column).heading
        for column in frame.columns
    ]
    months = pd.to_datetime(frame["day"]).dt.month
    with _workbook(path) as workbook:
        for month, rows in frame.groupby(months):
            title = f"{department['name']}2017年{month}月涉河执法情况表（演示数据）"
            total = [_total(rows, column) for column in rows.columns]
            _sheet(workbook, f"{month}月", headings, rows, title=title, total=["合计", *total[1:]])
    return path


def app_export(path: Path, frame: pd.DataFrame) -> Path:
    """The patrol app's export of one month: GB18030, its own headings."""
    frame.rename(columns=APP_HEADINGS)[list(APP_HEADINGS.values())].to_csv(path, index=False, encoding="gb18030")
    return path


def _total(rows: pd.DataFrame, column: str) -> Any:
    if column in COUNTED:
        return int(rows[column].sum())
    return round(float(rows[column].sum()), 4) if column == "fines_yuan" else None


def _workbook(path: Path) -> xlsxwriter.Workbook:
    return xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": True})


def _sheet(
    workbook: xlsxwriter.Workbook,
    name: str,
    headings: Sequence[str],
    frame: pd.DataFrame,
    *,
    title: str = "",
    total: Sequence[Any] = (),
) -> None:
    """Title row if any, header row, rows, total row if any; nothing is written for a missing value."""
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    top = 0
    if title:
        sheet.merge_range(0, 0, 0, len(headings) - 1, title, bold)
        top = 1
    sheet.write_row(top, 0, headings, bold)
    for number, row in enumerate(
        [*frame.itertuples(index=False, name=None), *([total] if total else [])], start=top + 1
    ):
        for position, value in enumerate(row):
            if value is None or value is pd.NaT or value == "" or (isinstance(value, float) and np.isnan(value)):
                continue
            sheet.write(number, position, value, *([moment] if isinstance(value, datetime) else []))
    sheet.set_column(0, len(headings) - 1, 14)
    sheet.freeze_panes(top + 1, 0)
