"""The sections of the ledger (台账), each a declaration: its question, its headings, what a row is, and its 口径."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from supervision import headings
from supervision.answers import Answers
from supervision.headings import said
from supervision.metrics import BY_CODE
from supervision.periods import Period


def _all(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return rows


def _open_or_closed_now(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Of problem_list all that is not closed (销号), and what was closed in the period."""
    return rows[(rows["state"] != "已销号") | (rows["closed_on"] >= pd.Timestamp(period.start))]


@dataclass(frozen=True)
class Section:
    """A sheet: its rows are the answers to `question`, as far as `keeps` keeps them; once for each of `states` if any.

    `holds` says what a row is, `nothing` what is said when there is none; `rule` and the definitions of `metrics`
    are its 口径. A row is known by its first columns, as many as `named_by`. Without a question the rows are the
    matters that the meetings decided (会议议定事项).
    """

    name: str
    question: str
    headings: Mapping[str, str]
    holds: str
    nothing: str
    rule: str = ""
    metrics: tuple[str, ...] = ()
    states: tuple[str | None, ...] = ()
    keeps: Callable[[pd.DataFrame, Period], pd.DataFrame] = _all
    named_by: int = 1

    @property
    def definitions(self) -> str:
        """The 口径 of its figures, a line each."""
        metrics = (f"{BY_CODE[code].name}：{BY_CODE[code].definition}" for code in self.metrics)
        return "\n".join(filter(None, (self.rule, *metrics)))

    def rows(self, answers: Answers, promises: pd.DataFrame) -> pd.DataFrame:
        """Its rows as they go out; none in a period without data, but for what the meetings decided."""
        if not self.question:
            return said(promises, self.headings)
        if not answers.holds_data:
            return pd.DataFrame(columns=list(self.headings))
        found = [answers.rows(self.question, state=state) for state in self.states]
        whole = pd.concat(found, ignore_index=True) if found else answers.rows(self.question)
        return said(self.keeps(whole, answers.period), self.headings)


SECTIONS = (
    Section(
        "镇乡排名",
        "town_ranking",
        headings.RANKING,
        "每行一个镇乡街道，排名的在前",
        "本期没有镇乡街道可以排名。",
        "名次为并列名次；试考核、暂停考核和没有可考核项目的不排名。升降为正是上升。",
        ("patrol_completion", "on_time_rate", "valid_rate", "closure_rate", "overdue"),
        named_by=2,
    ),
    Section(
        "逾期整改（分镇）",
        "overdue_by_town",
        headings.OVERDUE_TOWNS,
        "每行一个镇乡街道，期末当日的在办与逾期",
        "本期没有镇乡街道。",
        metrics=("open", "overdue", "due_soon", "no_deadline", "to_close", "late_done"),
    ),
    Section(
        "整改台账",
        "problem_list",
        headings.PROBLEMS,
        "每行一个问题：期末在办的、待销号的，和本期销号的",
        "本期没有在办、待销号和销号的问题。",
        "状态按期末当日判定；在办为逾期、临期、在期、无时限、长期坚持。逾期天数：在办的为已超过时限的天数（负数为还有几天），"
        "已完成的为完成日期减时限。本期以前已销号的不列。",
        states=(None, "待销号", "已销号"),
        keeps=_open_or_closed_now,
    ),
    Section(
        "反弹",
        "rebound_list",
        headings.REBOUNDS,
        "每行一次反弹，新的在前",
        "本期没有反弹。",
        metrics=("rebound",),
        named_by=2,
    ),
    Section(
        "部门执法",
        "enforcement_by_department",
        headings.DEPARTMENTS,
        "每行一个部门",
        "本期没有部门。",
        "检查比上期、比去年同期为增减的百分比；没有检查数的比立案。联合执法按参与部门各计一次，其余各项只计报送部门。"
        "判定的限值由考核办法规定（示例），无公开标准。",
    ),
    Section(
        "部门联动",
        "linkage_by_department",
        headings.LINKAGE,
        "每行一个部门",
        "本期没有部门。",
        "未签收为期末仍没有签收、也没有转走的；退回、转办为该部门在本期作出的。",
        ("signing_hours", "passed_on"),
    ),
    Section(
        "巡河履职（分镇）",
        "town_patrols",
        headings.TOWN_PATROLS,
        "每行一个镇乡街道",
        "本期没有镇乡街道应巡或巡过河。",
        "一次巡河可以有几条无效的原因，逐条计数，合计可多于无效次数。",
        ("patrol_completion", "valid_rate"),
    ),
    Section(
        "视而不见",
        "missed_finds",
        headings.MISSED,
        "每行一件他人发现的问题和一名此前巡过该段、没有报的河长",
        "本期没有他人发现、而河长此前巡过却没有报的问题。",
        metrics=("missed_rate",),
    ),
    Section(
        "河长考核",
        "chief_scores",
        headings.CHIEFS,
        "每行一名本期在任的河长，最该议的在前",
        "本期没有在任的河长。",
        "供议定，不是结论。在岗不履职：整期在任、有到期的应巡而一次也没有巡。补贴按月计算，统计期不是整月的不列。",
        ("patrol_completion", "perfunctory", "missed", "grave"),
        named_by=2,
    ),
    Section(
        "市级挂账点",
        "watch_points",
        headings.POINTS,
        "每行一个市级挂账点，没有销账的在前",
        "本期没有市级挂账点。",
        metrics=("watchlist_clearance",),
    ),
    Section(
        "重点任务",
        "task_standing",
        headings.TASKS,
        "每行一项期末已开始的重点任务，逾期和落后多的在前",
        "本期没有已开始的重点任务。",
        "完成率 = 完成量 ÷ 计划量，超额按 100 %；时间进度为开始日期到时限已过的部分；"
        "落后 = 时间进度 − 完成率，以百分点计。",
        ("task_progress",),
    ),
    Section(
        "排污口",
        "outfall_states",
        headings.OUTFALLS,
        "每行一个查过的排污口，反弹的在前",
        "本期没有查过的排污口。",
        "状态为截至期末最近一次检查的结果；封堵过、后来查到既不是封堵也不是规范保留的为反弹。",
    ),
    Section(
        "断面水质",
        "water_points",
        headings.WATER,
        "每行一个断面的一个月，从本年 1 月到期末",
        "本期没有断面水质。",
        "评价为达标、不达标；河干、封冻、暂停考核和未测的不参加评价。",
        ("water_ok",),
    ),
    Section(
        "会议议定事项",
        "",
        headings.PROMISES,
        "每行一件会议议定的事项",
        "本期没有会议议定事项。",
        "兑现情况按例会当日判定：按时完成、逾期完成、逾期或未到期。",
    ),
)
