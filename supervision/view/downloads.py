"""What the reader takes away: frames as CSV, workbooks as bytes."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from supervision.workbooks import harmless

PROBLEM_COLUMNS = {
    "code": "问题编号",
    "state": "状态",
    "days_late": "逾期天数",
    "town": "镇乡街道",
    "section": "河段",
    "river": "河流",
    "category": "类别",
    "description": "问题描述",
    "department": "责任部门",
    "person": "责任人",
    "source": "来源",
    "found_on": "发现日期",
    "due_on": "整改时限",
    "method": "整改方式",
    "notice": "督办文号",
    "severity": "严重程度",
    "city_listed": "市级挂账",
    "rebounded": "反弹",
    "handed_on": "转办退回次数",
    "done_on": "整改完成日期",
    "closed_on": "销号日期",
}
REBOUND_COLUMNS = {
    "kind": "反弹依据",
    "code": "编号",
    "day": "反弹日期",
    "town": "镇乡街道",
    "section": "河段",
    "river": "河流",
    "category": "类别",
    "description": "问题描述",
    "department": "责任部门",
    "source": "来源",
    "first_code": "原编号",
    "first_closed_on": "原销号日期",
    "days": "相隔天数",
}


def csv_text(frame: pd.DataFrame, columns: Mapping[str, str]) -> bytes:
    """Some columns of a frame under Chinese headings, as a CSV that Excel opens rightly (UTF-8 with mark).

    Text that Excel would take for a formula gets an apostrophe before it: it came from outside.
    """
    chosen = frame[list(columns)].rename(columns=dict(columns))
    for name in chosen.columns:
        if pd.api.types.is_datetime64_any_dtype(chosen[name]):
            chosen[name] = chosen[name].dt.strftime("%Y-%m-%d")
    return harmless(chosen).to_csv(index=False).encode("utf-8-sig")


def workbook(write: Callable[[Path], None]) -> bytes:
    """The bytes of a workbook that `write` writes to a path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write(path)
        return path.read_bytes()
