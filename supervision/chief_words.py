"""What the page 河长考核 says of chiefs: its title, the evidence beside a verdict, the subsidy in words, the footnote.

Every function takes rows as the queries give them and is total: a missing figure gives a shorter sentence.
"""

from typing import Any

import pandas as pd

from supervision.formats import day, fraction, number, rate, wan
from supervision.metrics import BY_CODE
from supervision.patrol_words import REASONS
from supervision.periods import Period
from supervision.wording import Row, is_deducted, item_name, when

DISTRICT = "区属"
"""Where chiefs of no town stand, as in chief_bands_by_town."""
NAMED = 2
"""So many towns stand beside a count in the title."""
COUNTED = (
    "scored",
    "average_score",
    "idle",
    "careless",
    "failing",
    "failing_share",
    "due_yuan",
    "withheld_yuan",
)
NOT_SCORED = {
    "本期到任": "本期到任，没有满一个应巡周期",
    "本期离任": "本期离任，没有满一个应巡周期",
    "没有考核项": "考核办法没有可以评分的河长考核项",
    "没有巡河频次": "考核办法没有规定这一级的巡河频次",
    "没有到期的应巡": "本期没有到期的应巡（不在当季，或周期未满）",
}


def title(whole: Row, towns: pd.DataFrame, period: Period, scope: str = "") -> str:
    """The page's title: who is idle, who careless, where most of them are, and what it takes off the subsidy.

    `whole` is the row of the district (or of what is chosen, which `scope` names), `towns` the rows of its towns.
    """
    if not whole["chiefs"]:
        return f"{period.name}没有在任的{scope or '河长'}"
    if not whole["scored"]:
        return f"{number(whole['chiefs'])} 名{scope or '河长'}{period.name}都没有到期的应巡，不评分"
    flagged = [
        f"{number(whole[column])} 名{word}{_where(towns, column)}"
        for column, word in (("idle", "在岗不履职"), ("careless", "在岗不用心"))
        if whole[column]
    ]
    nobody = f"没有在岗不履职、在岗不用心的河长，平均 {number(whole['average_score'], 1)} 分"
    money = whole["withheld_yuan"]
    taken = f"；补贴扣发 {wan(money)} 万元" if money is not None and wan(money) != "0.0" else ""
    return f"{scope}{period.name}" + (f" {'，'.join(flagged)}" if flagged else nobody) + taken


def verdict(chief: Row) -> list[str]:
    """The figures, each with its limit, on which a chief's flags rest; without a flag where he lost most."""
    found = []
    if chief["idle"]:
        found.append(f"应巡 {number(chief['required'])} 次，巡河 0 次")
    if chief["careless_walks"]:
        share = fraction(chief["perfunctory"], chief["patrols"])
        found.append(f"走马观花 {share} 次（限 {number(100 * chief['walks_limit'])}\u00a0%）")
    if chief["careless_misses"]:
        found.append(f"漏报 {number(chief['missed'])} 件（限 {number(chief['misses_limit'])} 件）")
    if chief["grave"]:
        found.append(f"突出问题 {number(chief['grave'])} 件")
    if not found and chief["score"] is None:
        found.append(NOT_SCORED[chief["reason"]])
    if not found and chief["worst_item"] is not None:
        found.append(f"失分最多：{item_name(chief['worst_item'])} {number(-chief['worst_lost'], 1)}")
    return found


def evidence(item: Row) -> str:
    """The figures behind an item of the rubric, such as 26／29 次 or 5 件."""
    metric = BY_CODE.get(item["metric"])
    if item["numerator"] is None or metric is None:
        return "本期没有，权重分给其余各项"
    if metric.is_rate:
        shown = f"{metric.numerator} {number(item['numerator'])}／{metric.denominator} {number(item['denominator'])}"
        return f"{rate(item['value'])}　{shown}"
    taken = f"，每件扣 {item['argument']} 分" if is_deducted(metric.code) and item["method"] == "扣分" else ""
    return f"{number(item['value'])} {metric.unit}{taken}"


def subsidy(chief: Row, period: Period) -> str:
    """The subsidy as an arithmetic in words, or why there is none."""
    if chief["monthly_yuan"] is None:
        return "河长名录没有写月补贴。"
    monthly = f"月补贴 {_yuan(chief['monthly_yuan'])} 元"
    if chief["score"] is None:
        return f"{monthly}；没有得分，不判定补贴。"
    if period.kind != "month":
        return f"{monthly}；补贴按月发放，选一个月可见应发多少。"
    if chief["share"] is None:
        return f"{monthly}；考核办法没有写{chief['band'] or '这一得分'}的发放比例。"
    days = (
        ""
        if chief["office_days"] == chief["period_days"]
        else (f" × 在任 {number(chief['office_days'])}／{number(chief['period_days'])} 天")
    )
    share = f"{chief['band']}发 {number(100 * chief['share'])} %"
    due, withheld = _yuan(chief["due_yuan"]), _yuan(chief["withheld_yuan"])
    return f"{monthly}{days} × {share} ＝ 应发 {due} 元，扣发 {withheld} 元。"


def reasons(patrol: Row) -> str:
    """Why a patrol is not valid; empty for a valid one."""
    return "、".join(word for name, word in REASONS.items() if patrol[name])


def card_title(chief: Row, period: Period) -> str:
    """The title of a chief's card: who, his score, band and flags."""
    post = "段长" if chief["level"] == "段长" else f"{chief['level']}河长"
    who = f"{chief['town'] or ''}{post}{chief['name']}"
    span = f" {when(period)}".replace(" 本", "本")
    if chief["score"] is None:
        scored = "没有评分"
    else:
        scored = f"得 {number(chief['score'], 1)} 分" + (f"，{chief['band']}" if chief["band"] else "")
    return f"{who}{span}{scored}" + (f"；{chief['flags']}" if chief["flags"] else "")


def foot(limits: pd.DataFrame, period: Period, newest: Any) -> str:
    """The footnote: that the list decides nothing, by which limits chiefs are flagged, and what is provisional."""
    value = limits.set_index("subject")["value"]
    careless = []
    if "不用心走马观花" in value:
        least = limits.set_index("subject")["argument"]["不用心走马观花"] or "1"
        careless.append(f"巡河 {least} 次以上且走马观花超过 {number(100 * value['不用心走马观花'])} %")
    if "不用心漏报" in value:
        careless.append(f"漏报 {number(value['不用心漏报'])} 件以上")
    notes = ["辅助决定，不代替决定。", "在岗不履职：整期在任、有到期的应巡没有完成，本期又一次未巡"]
    notes.append(f"；在岗不用心：{'，或'.join(careless)}。" if careless else "；考核办法没有规定在岗不用心的限值。")
    if "样本少" in value:
        notes.append(f"＊应巡不足 {number(value['样本少'])} 次，得分仅供参考。")
    if newest < period.end:
        notes.append(f"本期未满，只到 {day(newest, period.end.year)}，补贴暂按此计。")
    return "".join(notes)


def _yuan(amount: float) -> str:
    """Yuan with 分 only where there are any."""
    return number(amount, 0 if amount == round(amount) else 2)


def _where(towns: pd.DataFrame, column: str) -> str:
    """The towns that hold them: all when they are one or two, else the one with most."""
    some = towns[towns[column] > 0].sort_values(column, ascending=False, kind="stable")
    if some.empty:
        return ""
    if len(some) == 1:
        return f"（{some['town'].iloc[0]}）"
    named = "、".join(f"{town} {number(count)}" for town, count in some[["town", column]].head(NAMED).to_numpy())
    return f"（{named}{' 等' if len(some) > NAMED else ''}）"


def group(groups: pd.DataFrame, town: str | None, level: str | None) -> Row:
    """The row of chief_bands_by_town for a town and level, None for all; without such chiefs one of nothing."""
    found = groups[_is(groups["town"], town) & _is(groups["level"], level)]
    return plain(found.iloc[0].to_dict()) if len(found) else {"chiefs": 0} | dict.fromkeys(COUNTED)


def towns_of(groups: pd.DataFrame, town: str | None, level: str | None) -> pd.DataFrame:
    """The rows of the towns, or of the one chosen, for a level (None for all); most failing first."""
    rows = groups[groups["town"].notna() & _is(groups["level"], level)]
    rows = rows if town is None else rows[rows["town"] == town]
    return rows.sort_values(["failing", "average_score"], ascending=[False, True], na_position="last", kind="stable")


def plain(row: Row) -> Row:
    """A row with None for what is missing."""
    return {
        name: None if not isinstance(value, (dict, list)) and pd.isna(value) else value for name, value in row.items()
    }


def _is(column: "pd.Series[Any]", wanted: str | None) -> "pd.Series[bool]":
    return column.isna() if wanted is None else column == wanted


def chosen(scores: pd.DataFrame, town: str | None, level: str | None) -> pd.DataFrame:
    """The chiefs of a town and level, None for all."""
    kept = scores if town is None else scores[scores["town"].fillna(DISTRICT) == town]
    return kept if level is None else kept[kept["level"] == level]


def listed(count: int, shown: int) -> str:
    """What stands under the list: how many there are, and where the others are."""
    if not count:
        return "没有符合条件的在任河长。"
    return (
        f"共 {number(count)} 名。"
        + (f"列出前 {number(shown)} 名，全部见导出本表。" if count > shown else "")
        + "点姓名看依据。"
    )
