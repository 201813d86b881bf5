"""Checks of 考核办法 across rows: the 考核项, 档 and 补贴 of one 生效日期 are sets, and stand or fall together."""

from collections.abc import Callable, Sequence

import pandas as pd

from supervision.intake.drafts import Draft
from supervision.intake.values import Failure, complaint

FULL_MARKS = 100
STARTING = {"考核项": "起评分", "河长考核项": "河长起评分"}
"""The rule that gives a rubric its starting score, so that its items need not make 100."""

BANDS = ("档", "河长档")
Put = Callable[[Draft, list[Failure]], None]


def settle_sets(drafts: Sequence[Draft]) -> None:
    """Refuse the sets that cannot be scored by, and warn of those by which some score would get no answer."""
    if not drafts:
        return
    rows = pd.concat([draft.frame[draft.is_sound()].assign(draft=place) for place, draft in enumerate(drafts)])
    rows["method"] = texts(rows, "method")
    for day, of_day in rows.groupby("effective_from"):
        for rubric, starting in STARTING.items():
            _settle_rubric(drafts, of_day, f"{day:%Y-%m-%d}", rubric, starting)
        for rule in BANDS:
            _settle_bands(drafts, of_day, rule)
        _settle_subsidies(drafts, of_day)


def texts(rows: pd.DataFrame, column: str) -> pd.Series:
    """A column of texts, empty where missing or where the sheet lacks it."""
    if column not in rows.columns:
        return pd.Series("", index=rows.index, dtype="str")
    return rows[column].fillna("").astype("str")


def _settle_rubric(drafts: Sequence[Draft], rows: pd.DataFrame, day: str, rubric: str, starting: str) -> None:
    items, starts = rows[rows["rule"] == rubric], rows[rows["rule"] == starting]
    if len(starts) and items.empty:
        says = f"而同一天没有{rubric}；{starting}要和它的{rubric}写在同一个生效日期。"
        _put(drafts, starts, "起评分没有考核项", says, _refuse)
    within = items[items["method"] != "加减分"]
    total = within["value"].sum()
    if len(items) and starts.empty and abs(total - FULL_MARKS) > 1e-9:
        says = (
            f"而 {day} 起的{rubric}合计 {total:g} 分，不是 {FULL_MARKS} 分（加减分不计）；"
            f"请把同一天的{rubric}一并导入，合计 {FULL_MARKS} 分。"
        )
        _put(drafts, within if len(within) else items, "考核项合计不对", says, _refuse)


def _settle_bands(drafts: Sequence[Draft], rows: pd.DataFrame, rule: str) -> None:
    bands = rows[rows["rule"] == rule]
    if bands.empty:
        return
    for edge, same in bands[bands.duplicated("value", keep=False)].groupby("value"):
        says = f"而{'、'.join(same['subject'])}的下限都是 {edge:g} 分；各档的下限请写得不同。"
        _put(drafts, same, "档的下限重复", says, _refuse)
    lowest = bands.nsmallest(1, "value")
    edge = lowest["value"].iloc[0]
    if edge > 0:
        says = f"是最低一档，而低于 {edge:g} 分的没有等级；请再写一档，下限 0。"
        _put(drafts, lowest, "档有空缺", says, _refuse)
    elif edge == 0 and _may_be_negative(rows):
        says = "是最低一档，而扣分可能使总分低于 0，那时没有等级；下限可以写成负数，如 -100。"
        _put(drafts, lowest, "档有空缺", says, _warn)


def _may_be_negative(rows: pd.DataFrame) -> bool:
    return bool((rows["rule"].isin(STARTING.values()) | (rows["method"] == "加减分")).any())


def _settle_subsidies(drafts: Sequence[Draft], rows: pd.DataFrame) -> None:
    """Warn of names that stand on one side only; a day without 补贴, or without any band, says nothing of the other."""
    subsidies = rows[rows["rule"] == "补贴"]
    own = rows[rows["rule"] == "河长档"]
    bands = own if len(own) else rows[rows["rule"] == "档"]
    if subsidies.empty or bands.empty:
        return
    unpaid = bands[~bands["subject"].isin(subsidies["subject"])]
    _put(drafts, unpaid, "没有补贴比例", "这一等级没有补贴的行；得到它的河长算不出补贴，请补上。", _warn)
    idle = subsidies[~subsidies["subject"].isin(bands["subject"])]
    _put(drafts, idle, "没有这个等级", "而同一天的档里没有这个等级；请核对等级的名称。", _warn)


def _refuse(draft: Draft, failures: list[Failure]) -> None:
    draft.refuse("value", failures)


def _warn(draft: Draft, failures: list[Failure]) -> None:
    draft.warn("value", failures)


def _put(drafts: Sequence[Draft], rows: pd.DataFrame, rule: str, says: str, put: Put) -> None:
    for place, row, value in rows[["draft", "source_row", "value"]].itertuples(index=False, name=None):
        draft = drafts[place]
        message = complaint(draft.layout.heading("value"), f"{value:g}", says)
        put(draft, [Failure(int(row), f"{value:g}", rule, message)])
