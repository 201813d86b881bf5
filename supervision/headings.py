"""The headings under which the columns of answers leave the house: the same in a CSV, in a workbook, in a document.

Each mapping names columns of one question in the order in which they go out; a number of which the kind is not
plain from its dtype stands in one of the sets at the end.
"""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from supervision.metrics import BY_CODE
from supervision.patrol_words import REASONS

RANKING = {
    "rank": "名次",
    "town": "镇乡街道",
    "status": "考核状态",
    "score": "得分",
    "band": "等级",
    "previous_rank": "上期名次",
    "rank_change": "升降",
    "moved_by": "主要变动指标",
    "rank_low": "名次区间低",
    "rank_high": "名次区间高",
    "patrol_completion": "巡河完成率",
    "patrol_completion_num": "完成(次)",
    "patrol_completion_den": "应巡(次)",
    "on_time_rate": "按期整改率",
    "on_time_rate_num": "按期(件)",
    "on_time_rate_den": "到期(件)",
    "valid_rate": "有效巡河率",
    "closure_rate": "整改销号率",
    "overdue": "逾期(件)",
}
TRIAL = {
    "town": "镇乡街道",
    "rank": "现办法名次",
    "score": "现办法得分",
    "band": "现办法等级",
    "other_rank": "试算名次",
    "other_score": "试算得分",
    "other_band": "试算等级",
    "rank_move": "名次升降",
    "score_move": "得分变化",
}
PROBLEMS = {
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
REBOUNDS = {
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
DEPARTMENTS = {
    "department": "部门",
    "field": "领域",
    "flags": "判定",
    "inspections": "检查次数",
    "change_previous": "检查比上期",
    "change_last_year": "检查比去年同期",
    "people_out": "出动人次",
    "vehicles_out": "出动车次",
    "orders": "责令改正",
    "cases_opened": "立案",
    "cases_closed": "结案",
    "fines_yuan": "罚款(元)",
    "referrals": "移送",
    "joint_actions": "联合执法",
    "officers": "执法人数",
    "inspections_per_officer": "人均检查",
    "group_median": "领域人均检查中位数",
    "cases_per_officer": "人均立案",
    "powers_used": "用到职权",
    "powers": "职权数",
    "cases_this_year": "今年立案",
    "target_due": "按日进度应办",
    "yearly_cases": "年度办案目标",
    "last_case_on": "上次立案",
    "days_without_case": "距上次立案(天)",
    "remit_problems": "职责内问题",
}
PAIRS = {"department": "部门", "partner": "联合部门", "actions": "联合执法(次)"}
LINKAGE = {
    "department": "部门",
    "received": "接到",
    "signed": "签收",
    "hours_median": "签收用时中位数(小时)",
    "hours_mean": "签收用时平均(小时)",
    "hours_max": "签收用时最长(小时)",
    "waiting": "未签收",
    "waiting_hours_max": "未签收已等最长(小时)",
    "returned": "退回",
    "passed_on": "转办",
    "shirked": "推诿(件)",
}
REMIT = {
    "department": "部门",
    "problem": "问题编号",
    "town": "镇乡街道",
    "category": "类别",
    "description": "问题描述",
    "answerable": "责任部门",
    "found_on": "发现日期",
    "state": "状态",
    "cases": "关联案件",
}
RETURNS = {
    "code": "编号",
    "day": "日期",
    "department": "部门",
    "partners": "参与部门",
    "town": "镇乡街道",
    "offence": "违法类型",
    "power": "执法事项",
    "inspections": "检查次数",
    "cases_opened": "立案",
    "cases_closed": "结案",
    "fines_yuan": "罚款(元)",
    "joint_actions": "联合执法",
    "problem": "关联问题",
}
HAND_OVERS = {
    "problem": "问题编号",
    "town": "镇乡街道",
    "category": "类别",
    "description": "问题描述",
    "moved_at": "交办时间",
    "action": "动作",
    "giver": "从",
    "taker": "到",
    "signed_at": "签收时间",
    "hours": "小时",
    "state": "签收状态",
}
TOWN_PATROLS = {
    "town": "镇乡街道",
    "section_done": "段长完成",
    "section_required": "段长应巡",
    "village_done": "村级完成",
    "village_required": "村级应巡",
    "town_done": "镇级完成",
    "town_required": "镇级应巡",
    "section_rate": "段长完成率",
    "village_rate": "村级完成率",
    "town_rate": "镇级完成率",
    "patrols": "巡河",
    "invalid": "无效",
    "invalid_rate": "无效率",
    **REASONS,
}
PATROLLING = {
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
MISSED = {
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
SECTIONS = {
    "section": "河段编码",
    "name": "名称",
    "river": "河流",
    "town": "镇乡街道",
    "length_km": "长度(公里)",
    "chiefs": "责任河长",
    "last_patrol": "上次巡河",
    "days_since": "至今(天)",
}
INVALID_PATROLS = {
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
QUESTIONS = {
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
CHIEFS = {
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
POINTS = {
    "code": "问题编号",
    "state": "状态",
    "town": "镇乡街道",
    "section": "河段",
    "department": "责任部门",
    "person": "责任人",
    "description": "问题描述",
    "measures": "整改措施",
    "found_on": "发现日期",
    "due_on": "整改时限",
    "days_late": "逾期天数（负数为还有几天）",
    "days_to_inspection": "距迎检天数",
    "done_on": "整改完成日期",
    "closed_on": "销号日期",
    "moved_on": "最近流转日期",
    "action": "最近流转",
    "to_unit": "流转到",
}
TASKS = {
    "code": "任务编号",
    "state": "状态",
    "field": "领域",
    "town": "镇乡街道",
    "department": "责任部门",
    "task": "任务",
    "planned": "计划量",
    "done": "完成量",
    "unit": "单位",
    "started_on": "开始日期",
    "due_on": "时限",
    "share_done": "完成率",
    "share_time": "时间进度",
    "behind": "落后（负数为超前）",
    "plan_document": "一河一策文号",
    "tag": "三查三清三治三管",
}
PLANS = {
    "name": "一河一策",
    "towns": "镇乡街道数",
    "tasks": "任务数",
    "done": "已完成",
    "overdue": "逾期",
    "late": "滞后",
    "share_done": "完成率",
    "behind": "落后（负数为超前）",
}
OUTFALLS = {
    "code": "编号",
    "town": "镇乡街道",
    "section": "河段",
    "state": "最近状态",
    "checked_on": "最近检查",
    "sealed_on": "首次封堵",
    "rebound_on": "反弹日期",
    "rebounds": "反弹次数",
}
WATER = {
    "point": "断面",
    "town": "镇乡街道",
    "river": "河流",
    "month": "月份",
    "target_class": "目标类别",
    "actual_class": "实测类别",
    "standing": "评价",
    "step": "比上次好转几类（负数为恶化）",
}
QUALITY = {
    "name": "报送单位",
    "reported": "本期行数",
    "filled": "已填格数",
    "asked": "应填格数",
    "completeness": "完整率",
    "weakest": "最缺的列",
    "weakest_share": "该列填写率",
    "refused": "累计退回行数",
    "refused_rule": "主要退回原因",
}
CALENDAR = {
    "name": "报送单位",
    "first_day": "从",
    "last_day": "到",
    "state": "状态",
    "reported": "行数",
    "due_on": "应报日期",
    "sent_on": "首次报送日期",
}
OVERDUE_TOWNS = {
    "town": "镇乡街道",
    "status": "考核状态",
    "open": "在办(件)",
    "overdue": "逾期(件)",
    "late_1_7": "逾期 1—7 天(件)",
    "late_8_30": "逾期 8—30 天(件)",
    "late_over_30": "逾期超 30 天(件)",
    "days_sum": "逾期天数合计",
    "days_max": "最久逾期天数",
    "days_median": "逾期天数中位数",
    "due_soon": "临期(件)",
    "no_deadline": "无时限(件)",
    "long_term": "长期坚持(件)",
    "to_close": "待销号(件)",
    "late_done": "逾期完成(件，累计)",
}
PROMISES = {
    "code": "编号",
    "met_on": "会议日期",
    "matter": "事项",
    "unit": "责任单位",
    "due_on": "时限",
    "state": "状态",
    "standing": "兑现情况",
    "days_late": "逾期天数",
    "done_on": "完成日期",
    "note": "说明",
    "written_by": "记录人",
}

SHARES = frozenset(
    (
        *("patrol_completion", "valid_rate", "on_time_rate", "closure_rate"),
        *("section_rate", "village_rate", "town_rate", "invalid_rate"),
        *("change_previous", "change_last_year"),
        *("share", "share_done", "share_time", "behind", "completeness", "weakest_share"),
    )
)
"""Shares of 0–1, which go out as per cent where the file can say so."""
YUAN = frozenset(("fines_yuan", "monthly_yuan", "due_yuan", "withheld_yuan"))
MONTHS = frozenset(("month",))
"""Days that stand for the month that they begin."""
METRIC_CODES = frozenset(("moved_by",))
"""Columns that hold the code of a metric, which nobody outside knows."""
NAMES = {code: metric.name for code, metric in BY_CODE.items()}

Kind = Literal["text", "day", "moment", "month", "share", "yuan", "whole", "decimal"]


def kind_of(column: str, values: "pd.Series[Any]") -> Kind:
    """What a column of an answer holds: by its name where that says so, else by its values."""
    if pd.api.types.is_datetime64_any_dtype(values):
        if column in MONTHS:
            return "month"
        return "day" if (values.dropna() == values.dropna().dt.normalize()).all() else "moment"
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return "text"
    if column in SHARES:
        return "share"
    if column in YUAN:
        return "yuan"
    return "whole" if (values.dropna() % 1 == 0).all() else "decimal"


def said(frame: pd.DataFrame, headings: Mapping[str, str]) -> pd.DataFrame:
    """The columns that go out, in order, under their own names: flags as 是 and 否, metrics by their names."""
    chosen = frame[list(headings)].copy()
    for name in chosen.columns:
        if pd.api.types.is_bool_dtype(chosen[name]):
            chosen[name] = chosen[name].map({True: "是", False: "否"}, na_action="ignore").astype("str")
        elif name in METRIC_CODES:
            chosen[name] = chosen[name].map(lambda code: NAMES.get(code, code), na_action="ignore")
    return chosen
