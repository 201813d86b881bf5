"""Checks of 考核办法: what no query could use is refused at the door, row by row and set by set."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pandas as pd
from rapidfuzz import process

from supervision.intake.checking import Check, Known
from supervision.intake.drafts import Draft
from supervision.intake.values import Failure, complaint
from supervision.metrics import METRICS
from supervision.tables import LEVELS

PATROL_LIMITS = ("时长下限", "时长上限", "里程下限", "速度上限", "间隔下限", "留痕要求")
DAYS = ("漏报天数", "反弹天数", "立行立改天数", "临期天数")
INSPECTION = "迎检日期"
RULES = ("巡河频次", *PATROL_LIMITS, *DAYS, "考核项", "档", "补贴", "执法限值", "报送时限", "任务滞后", INSPECTION)
FLAGS = ("零执法", "执法量少", "进度滞后", "降幅大", "有问题无案件")
REPORTED = ("巡河记录", "整改台账", "执法记录")
METHODS = {
    "考核项": ("按比例", "扣分", "分档", "目标", "加减分"),
    "巡河频次": ("按人", "按河段", ""),
    "报送时限": ("按周", "按月", ""),
}
FREQUENCIES = ("次/日", "次/周", "次/旬", "次/月", "次/季", "次/年")
FULL_MARKS = 100

_METRIC_NAMES = {metric.code: metric.name for metric in METRICS}
_NUMBER = r"\d+(?:\.\d+)?"
_SEASON = re.compile(r"(1[0-2]|[1-9])-(1[0-2]|[1-9])")
_STEPS = re.compile(rf"{_NUMBER}:{_NUMBER}(?:;{_NUMBER}:{_NUMBER})*")


def settle_sets(drafts: Sequence[Draft]) -> None:
    """Refuse the sets of one 生效日期 that cannot be scored by: 考核项 that do not make 100, 档 with one edge twice."""
    if not drafts:
        return
    rows = pd.concat([draft.frame[draft.is_sound()].assign(draft=place) for place, draft in enumerate(drafts)])
    items = rows[(rows["rule"] == "考核项") & (_texts(rows, "method") != "加减分")]
    for day, item_set in items.groupby("effective_from"):
        if abs((total := item_set["value"].sum()) - FULL_MARKS) > 1e-9:
            says = (
                f"而 {day:%Y-%m-%d} 起的考核项合计 {total:g} 分，不是 {FULL_MARKS} 分（加减分不计）；"
                "请把同一天的考核项一并导入，合计 100 分。"
            )
            _refuse_set(drafts, item_set, "考核项合计不对", says)
    bands = rows[rows["rule"] == "档"]
    for (_, edge), same in bands[bands.duplicated(["effective_from", "value"], keep=False)].groupby(
        ["effective_from", "value"]
    ):
        says = f"而{'、'.join(same['subject'])}的下限都是 {edge:g} 分；各档的下限请写得不同。"
        _refuse_set(drafts, same, "档的下限重复", says)


def _refuse_set(drafts: Sequence[Draft], rows: pd.DataFrame, rule: str, says: str) -> None:
    for place, row, value in rows[["draft", "source_row", "value"]].itertuples(index=False, name=None):
        draft = drafts[place]
        message = complaint(draft.layout.heading("value"), f"{value:g}", says)
        draft.refuse("value", [Failure(int(row), f"{value:g}", rule, message)])


def _texts(rows: pd.DataFrame, column: str) -> pd.Series:
    """A column of texts, empty where missing or where the sheet lacks it."""
    if column not in rows.columns:
        return pd.Series("", index=rows.index, dtype="str")
    return rows[column].fillna("").astype("str")


def _of(*rules: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: rows["rule"].isin(rules)


def _one_of(column: str, allowed: Sequence[str], *rules: str, what: str) -> Check:
    """A text of rows of some rules is one of those allowed; the nearest are named."""

    def breaks(rows: pd.DataFrame, _: Known) -> pd.Series:
        return _of(*rules)(rows) & ~_texts(rows, column).isin(allowed)

    def says(rows: pd.DataFrame, _: Known) -> Iterator[str]:
        for text in _texts(rows, column):
            yield f"{what}；请写其中之一：{'、'.join(_nearest(text, [word for word in allowed if word]))}。"

    needs = ("rule",) if column != "rule" else ()
    return Check("不在选项中", column, says, breaks, needs)


def _nearest(text: str, allowed: Sequence[str]) -> list[str]:
    """All that is allowed, or of many those that are nearest, metrics with their names."""
    near = allowed if len(allowed) <= 6 else [word for word, *_ in process.extract(text, _named(allowed), limit=3)]
    return list(near)


def _named(words: Sequence[str]) -> list[str]:
    return [f"{word}（{_METRIC_NAMES[word]}）" if word in _METRIC_NAMES else word for word in words]


def _argument(rule: str, method: str | None, is_written: Callable[[str], bool], advice: str) -> Check:
    """The 参数 of rows of a rule, and for 考核项 of a method, is written as the query reads it."""

    def breaks(rows: pd.DataFrame, _: Known) -> pd.Series:
        mine = _of(rule)(rows)
        if method is not None:
            mine &= _texts(rows, "method") == method
        texts = _texts(rows, "argument")
        # What Excel made a date is said by the check of its own.
        return mine & ~texts.map(is_written).astype(bool) & ~_is_turned_into_a_date(rows)

    return Check("参数不对", "argument", advice, breaks, ("rule",))


def _dates(texts: pd.Series) -> pd.Series:
    return texts.str.fullmatch(r"\d{4}-\d\d-\d\d.*")


def _is_turned_into_a_date(rows: pd.DataFrame) -> pd.Series:
    """Whether Excel made a date of the 参数; the first day of an inspection is one."""
    return _dates(_texts(rows, "argument")) & ~_of(INSPECTION)(rows)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_season(text: str) -> bool:
    found = _SEASON.fullmatch(text)
    return not text or (found is not None and int(found[1]) <= int(found[2]))


def _is_number(text: str) -> bool:
    return re.fullmatch(_NUMBER, text) is not None


def _is_target(text: str) -> bool:
    return _is_number(text) and float(text) > 0


def _has_no_subject(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of("档", "补贴")(rows) & (_texts(rows, "subject") == "")


def _is_no_count(rows: pd.DataFrame, _: Known) -> pd.Series:
    return (
        _of("巡河频次", "报送时限", INSPECTION, *DAYS)(rows)
        & ((rows["value"] % 1 != 0) | (rows["value"] < 0))
        & rows["value"].notna()
    )


def _stays_no_day(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of(INSPECTION)(rows) & (rows["value"] == 0)


def _is_no_share(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _of("任务滞后")(rows) & ~rows["value"].between(0, 1) & rows["value"].notna()


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
    _one_of("subject", tuple(_METRIC_NAMES), "考核项", what="不是指标代码"),
    _one_of("subject", ("", *LEVELS), "巡河频次", *PATROL_LIMITS, what="不是河长级别（空着表示全部）"),
    _one_of("subject", FLAGS, "执法限值", what="没有这样的标记"),
    Check("必填为空", "subject", "请写等级的名称，如 优秀。", _has_no_subject, ("rule",)),
    _one_of("method", METHODS["考核项"], "考核项", what="不是考核项的方法"),
    _one_of("method", METHODS["巡河频次"], "巡河频次", what="不是巡河频次的方法"),
    _one_of("subject", REPORTED, "报送时限", what="不是有报送时限的表"),
    _one_of("method", METHODS["报送时限"], "报送时限", what="不是报送时限的方法"),
    _one_of("unit", FREQUENCIES, "巡河频次", what="不是巡河频次的单位"),
    Check("不是整数", "value", "次数和天数要写成 0 以上的整数，如 3。", _is_no_count, ("rule", "value")),
    _argument("巡河频次", None, _is_season, "不是月份的起止；请写成 3-12，起月不晚于止月，全年空着。"),
    _argument(INSPECTION, None, _is_day, "迎检日期要写进驻的第一天，如 2017-11-01；进驻几天写在数值里。"),
    Check("不是天数", "value", "进驻天数要写成 1 以上的整数，如 10。", _stays_no_day, ("rule", "value")),
    Check("不是比例", "value", "落后的比例要写成 0 到 1 的数，如 0.2。", _is_no_share, ("rule", "value")),
    _argument("考核项", "扣分", _is_number, "扣分要写每件扣几分，只写数字，如 2。"),
    _argument("考核项", "目标", _is_target, "目标要写大于 0 的数，如 100。"),
    _argument(
        "考核项", "分档", lambda text: _STEPS.fullmatch(text) is not None, "分档要写成 下限:得分，如 0.9:10;0.8:6。"
    ),
)
