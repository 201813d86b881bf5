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
}

CHIEF_COLUMNS = {
    "code": "编码",
    "name": "姓名",
    "level": "级别",
    "town": "镇乡街道",
    "village": "村",
    "post": "职务",
    "score": "得分",
    "score_change": "比上期(分)",
    "band": "等级",
    "reason": "不评分原因",
    "flags": "判定",
    "done": "完成(次)",
    "required": "应巡(次)",
    "patrols": "巡河(次)",
    "valid": "有效(次)",
    "perfunctory": "走马观花(次)",
    "missed": "漏报(件)",
    "missed_of": "他人发现(件)",
    "grave": "突出问题(件)",
    "monthly_yuan": "月补贴(元)",
    "office_days": "在任天数",
    "share": "发放比例",
    "due_yuan": "应发补贴(元)",
    "withheld_yuan": "扣发补贴(元)",
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
