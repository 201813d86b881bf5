"""Checks of 考核办法: what no query could use is refused at the door, row by row; `policy_sets` looks at whole sets."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pandas as pd
from rapidfuzz import process

from supervision.intake import policy_grammar as grammar
from supervision.intake.checking import Check, Known
from supervision.intake.policy_sets import texts
from supervision.metrics import BY_CODE, CHIEF_METRICS, METRICS
from supervision.tables import LEVELS

PATROL_LIMITS = ("时长下限", "时长上限", "里程下限", "速度上限", "间隔下限", "留痕要求")
DAYS = ("漏报天数", "反弹天数", "立行立改天数", "临期天数")
ITEMS = ("考核项", "河长考核项")
INSPECTION = "迎检日期"
BULLETIN = "通报线"
RULES = (
    "巡河频次",
    *PATROL_LIMITS,
    *DAYS,
    "考核项",
    "起评分",
    "档",
    "河长考核项",
    "河长起评分",
    "河长档",
    "补贴",
    "执法限值",
    "履职限值",
    "疑点限值",
    "报送时限",
    "任务滞后",
    INSPECTION,
    BULLETIN,
)
CHIEF_LIMITS = ("不用心走马观花", "不用心漏报", "突出问题", "样本少")
FLAGS = ("零执法", "执法量少", "进度滞后", "降幅大", "有问题无案件")
DOUBTS = ("月末集中", "时长雷同")
LEADING = "前列"
LOW_SCORE = "低分"
RATE_LINES = ("不合格率", "上报率", "处理率")
LINES = (LEADING, LOW_SCORE, *RATE_LINES)
"""The lines of the bulletin (通报): how many units lead, and beyond which line a unit is named."""
REPORTED = ("巡河记录", "整改台账", "执法记录")
METHODS = {
    "考核项": ("按比例", "扣分", "分档", "目标", "加减分"),
    "河长考核项": ("按比例", "扣分", "分档", "目标", "加减分"),
    "巡河频次": ("按人", "按河段", ""),
    "报送时限": ("按周", "按月", ""),
}
FREQUENCIES = ("次/日", "次/周", "次/旬", "次/月", "次/季", "次/年")
HIGHEST_SHARE = 2
"""A 补贴 above this share of the monthly subsidy is a percentage written without its sign."""

SHOWN_ONLY = ("patrol_rate",)
"""Metrics that are shown and never scored."""


def _of(*rules: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: rows["rule"].isin(rules)


def _one_of(column: str, allowed: Sequence[str], *rules: str, what: str) -> Check:
    """A text of rows of some rules is one of those allowed; the nearest are named."""

    def breaks(rows: pd.DataFrame, _: Known) -> pd.Series:
        return _of(*rules)(rows) & ~texts(rows, column).isin(allowed)

    def says(rows: pd.DataFrame, _: Known) -> Iterator[str]:
        for text in texts(rows, column):
            yield f"{what}；请写其中之一：{'、'.join(_nearest(text, [word for word in allowed if word]))}。"

    needs = ("rule",) if column != "rule" else ()
    return Check("不在选项中", column, says, breaks, needs)


def _nearest(text: str, allowed: Sequence[str]) -> list[str]:
    """All that is allowed, or of many those that are nearest, metrics with their names."""
    near = allowed if len(allowed) <= 6 else [word for word, *_ in process.extract(text, _named(allowed), limit=3)]
    return list(near)


def _named(words: Sequence[str]) -> list[str]:
    return [f"{word}（{BY_CODE[word].name}）" if word in BY_CODE else word for word in words]


def _argument(rules: Sequence[str], method: str | None, is_written: Callable[[str], bool], advice: str) -> Check:
    """The 参数 of rows of some rules, and for items of a rubric of a method, is written as the query reads it."""

    def breaks(rows: pd.DataFrame, _: Known) -> pd.Series:
        mine = _of(*rules)(rows)
        if method is not None:
            mine &= texts(rows, "method") == method
        arguments = texts(rows, "argument")
        # What Excel made a date is said by the check of its own.
        return mine & ~arguments.map(is_written).astype(bool) & ~_is_turned_into_a_date(rows)

    return Check("参数不对", "argument", advice, breaks, ("rule",))


def _is_turned_into_a_date(rows: pd.DataFrame) -> pd.Series:
    """Whether Excel made a date of the 参数; the first day of an inspection is one."""
    return texts(rows, "argument").str.fullmatch(r"\d{4}-\d\d-\d\d.*") & ~_of(INSPECTION)(rows)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _has_no_subject(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of("档", "河长档", "补贴")(rows) & (texts(rows, "subject") == "")


def _has_subject(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of("起评分", "河长起评分")(rows) & (texts(rows, "subject") != "")


def _item(rule: str, codes: Sequence[str], what: str) -> Check:
    """An item of a rubric is a metric, or what a department grades."""

    def breaks(rows: pd.DataFrame, _: Known) -> pd.Series:
        subjects = texts(rows, "subject")
        graded = subjects.str.startswith(grammar.GRADED) & (subjects.str.len() > len(grammar.GRADED))
        return _of(rule)(rows) & ~graded & ~subjects.isin(codes)

    def says(rows: pd.DataFrame, _: Known) -> Iterator[str]:
        for subject in texts(rows, "subject"):
            if subject.startswith("考评"):
                yield f"部门考评的项目请写成 {grammar.GRADED}名称（半角冒号），如 {grammar.GRADED}河长公示牌。"
            else:
                near = "、".join(_nearest(subject, codes))
                yield f"不是{what}；请写其中之一：{near}；部门考评的项目写成 {grammar.GRADED}名称。"

    return Check("不在选项中", "subject", says, breaks, ("rule",))


def _is_no_share(rows: pd.DataFrame, _: Known) -> pd.Series:
    """按比例 asks for a rate; a count has no whole."""
    counts = [metric.code for metric in BY_CODE.values() if not metric.is_rate]
    return _of(*ITEMS)(rows) & (texts(rows, "method") == "按比例") & texts(rows, "subject").isin(counts)


def _doubles_another(rows: pd.DataFrame, _: Known) -> pd.Series:
    doubled = texts(rows, "argument").str.endswith(grammar.DOUBLED)
    return _of(*ITEMS)(rows) & doubled & (texts(rows, "subject") != "overdue")


def _earns_more(rows: pd.DataFrame, _: Known) -> pd.Series:
    """A step that gives more than the item is worth; outside the 100 it may take away no more either."""
    methods = texts(rows, "method")

    def most(method: str, argument: str) -> float:
        points = [step[2] for step in grammar.steps(argument) or []]
        return max((abs(each) if method == "加减分" else each for each in points), default=0)

    highest = [most(*each) for each in zip(methods, texts(rows, "argument"), strict=True)]
    stepped = _of(*ITEMS)(rows) & methods.isin(["分档", "加减分"])
    return stepped & (pd.Series(highest, index=rows.index) > rows["value"])


def _is_negative(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of(*ITEMS, "补贴", "执法限值")(rows) & (rows["value"] < 0)


def _is_percentage(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of("补贴")(rows) & (rows["value"] > HIGHEST_SHARE)


def _is_no_count(rows: pd.DataFrame, _: Known) -> pd.Series:
    return (
        _of("巡河频次", "报送时限", INSPECTION, *DAYS)(rows)
        & ((rows["value"] % 1 != 0) | (rows["value"] < 0))
        & rows["value"].notna()
    )


def _stays_no_day(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of(INSPECTION)(rows) & (rows["value"] == 0)


def _is_beyond_one(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of("任务滞后")(rows) & ~rows["value"].between(0, 1) & rows["value"].notna()


def _leads_nobody(rows: pd.DataFrame, _: Known) -> pd.Series:
    places = rows["value"]
    return _is_line(rows, LEADING) & ((places % 1 != 0) | (places < 1)) & places.notna()


def _is_no_rate(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _is_line(rows, *RATE_LINES) & ~rows["value"].between(0, 1) & rows["value"].notna()


def _is_line(rows: pd.DataFrame, *subjects: str) -> pd.Series:
    return _of(BULLETIN)(rows) & texts(rows, "subject").isin(subjects)


POLICY_CHECKS = (
    Check(
        "变成日期",
        "argument",
        "是日期，多半是 Excel 把 3-12 这样的月份改成了日期；请把单元格设为文本格式，重新填写。",
        lambda rows, _: _is_turned_into_a_date(rows),
        ("argument", "rule"),
    ),
    Check(
        "不在选项中",
        "rule",
        lambda rows, _: (f"没有这样的规则；请写其中之一：{'、'.join(RULES)}。" for _ in rows.index),
        lambda rows, _: rows["rule"].notna() & ~rows["rule"].isin(("", *RULES)),
        ("rule",),
    ),
    _item("考核项", [metric.code for metric in METRICS], "指标代码"),
    _item("河长考核项", CHIEF_METRICS, "河长的指标代码"),
    Check(
        "只展示不计分",
        "subject",
        "这一指标只展示，不计分；请改用 patrol_completion（巡河完成率）。",
        lambda rows, _: _of(*ITEMS)(rows) & texts(rows, "subject").isin(SHOWN_ONLY),
        ("rule",),
    ),
    _one_of("subject", ("", *LEVELS), "巡河频次", *PATROL_LIMITS, what="不是河长级别（空着表示全部）"),
    _one_of("subject", FLAGS, "执法限值", what="没有这样的标记"),
    _one_of("subject", CHIEF_LIMITS, "履职限值", what="没有这样的限值"),
    _one_of("subject", DOUBTS, "疑点限值", what="没有这样的疑点"),
    Check("必填为空", "subject", "请写等级的名称，如 优秀。", _has_no_subject, ("rule",)),
    Check("多写了对象", "subject", "起评分对全部适用；请把对象空着。", _has_subject, ("rule",)),
    _one_of("method", METHODS["考核项"], *ITEMS, what="不是考核项的方法"),
    Check(
        "方法不合指标",
        "method",
        "而这一指标是件数或次数，没有比例；请改用扣分、目标、分档或加减分。",
        _is_no_share,
        ("rule",),
    ),
    _one_of("method", METHODS["巡河频次"], "巡河频次", what="不是巡河频次的方法"),
    _one_of("subject", LINES, BULLETIN, what="没有这样的通报线"),
    _one_of("subject", REPORTED, "报送时限", what="不是有报送时限的表"),
    _one_of("method", METHODS["报送时限"], "报送时限", what="不是报送时限的方法"),
    _one_of("unit", FREQUENCIES, "巡河频次", what="不是巡河频次的单位"),
    Check("不是整数", "value", "次数和天数要写成 0 以上的整数，如 3。", _is_no_count, ("rule", "value")),
    Check("分值为负", "value", "要写成 0 以上的数；扣分请用方法和参数来写。", _is_negative, ("rule", "value")),
    Check("比例过大", "value", "补贴是月补贴的比例；请写成 0.8 或 80%。", _is_percentage, ("rule", "value")),
    _argument(("巡河频次",), None, grammar.is_season, "不是月份的起止；请写成 3-12，起月不晚于止月，全年空着。"),
    _argument((INSPECTION,), None, _is_day, "迎检日期要写进驻的第一天，如 2017-11-01；进驻几天写在数值里。"),
    Check("不是天数", "value", "进驻天数要写成 1 以上的整数，如 10。", _stays_no_day, ("rule", "value")),
    Check("不是比例", "value", "落后的比例要写成 0 到 1 的数，如 0.2。", _is_beyond_one, ("rule", "value")),
    Check("不是位数", "value", "前列几位要写成 1 以上的整数，如 3。", _leads_nobody, ("rule", "subject", "value")),
    Check(
        "不是比例",
        "value",
        "率的线要写成 0 到 1 的数或百分数，如 5%。",
        _is_no_rate,
        ("rule", "subject", "value"),
    ),
    _argument(("疑点限值",), None, grammar.is_full_value, "最少次数只写数字，如 6；不限次数的空着。"),
    _argument(ITEMS, "按比例", grammar.is_full_value, "按比例空着参数；得分按满分折算的，写满分的数，如 5。"),
    _argument(ITEMS, "扣分", grammar.is_deduction, "扣分要写每件扣几分，如 2；跨月加倍的写成 2;跨月翻倍。"),
    _argument(ITEMS, "目标", grammar.is_positive, "目标要写大于 0 的数，如 100。"),
    _argument(
        ITEMS,
        "分档",
        grammar.is_steps,
        "分档要写成 下限:得分，如 0.9:10;0.8:6，下限依次变大或变小、不重复；"
        "大于而不含的写 >0.3:5，低于各下限的写 以下:-6。",
    ),
    _argument(
        ITEMS,
        "加减分",
        grammar.is_bonus,
        "加减分要写每次几分，如 每次 2、每次 -5、每次 10;不封顶，或写成分档，如 0:0;1:5。",
    ),
    Check(
        "翻倍不合指标",
        "argument",
        "而跨月翻倍只用于 overdue（逾期未整改）；请去掉“;跨月翻倍”。",
        _doubles_another,
        ("rule", "argument"),
    ),
    Check(
        "得分高于分值",
        "argument",
        "其中有的得分高于这一项的数值（最多几分）；请改数值或参数。",
        _earns_more,
        ("rule", "value", "argument"),
    ),
)
