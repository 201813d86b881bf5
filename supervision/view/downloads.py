"""What the reader takes away: frames as CSV, workbooks as bytes."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from supervision.patrol_words import REASONS
from supervision.workbooks import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
MISSED_COLUMNS = {
    "town": "镇乡街道",
    "section": "河段",
    "river": "河流",
    "chief": "河长",
    "level": "级别",
    "patrol": "巡河记录编号",
    "patrolled_on": "巡河日期",
    "minutes": "时长(分钟)",
    "km": "里程(公里)",
    "problem": "问题编号",
    "source": "来源",
    "found_on": "发现日期",
    "days_later": "相隔(天)",
    "walks": "此前巡过(次)",
    "category": "类别",
    "description": "问题描述",
}
SECTION_COLUMNS = {
    "section": "河段编码",
    "name": "名称",
    "river": "河流",
    "town": "镇乡街道",
    "length_km": "长度(公里)",
    "chiefs": "责任河长",
    "last_patrol": "上次巡河",
    "days_since": "至今(天)",
}
INVALID_COLUMNS = {
    "code": "记录编号",
    "day": "日期",
    "town": "镇乡街道",
    "chief": "河长",
    "level": "级别",
    "section": "河段",
    "minutes": "时长(分钟)",
    "km": "里程(公里)",
    "kmh": "时速(公里)",
    "gap_hours": "距上次(小时)",
    "reasons": "无效的原因",
}
QUESTION_COLUMNS = {
    "question": "疑问",
    "town": "镇乡街道",
    "chief": "河长",
    "level": "级别",
    "month_end": "月末日",
    "patrols": "当月巡河",
    "counted": "其中",
    "text": "要问的",
    "limit": "列出的界限",
}
TOWN_PATROL_COLUMNS = {
    "town": "镇乡街道",
    "section_done": "段长完成",
    "section_required": "段长应巡",
    "village_done": "村级完成",
    "village_required": "村级应巡",
    "town_done": "镇级完成",
    "town_required": "镇级应巡",
    "patrols": "巡河",
    "invalid": "无效",
    **REASONS,
}
PATROLLING_COLUMNS = {
    "chief_code": "编码",
    "chief": "姓名",
    "level": "级别",
    "town": "镇乡街道",
    "village": "村",
    "done": "完成",
    "required": "应巡",
    "owed": "欠巡",
    "valid": "有效",
    "patrols": "巡河",
    "missed": "视而不见(件)",
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
