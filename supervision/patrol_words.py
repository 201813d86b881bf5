"""What the page 巡河履职 says: its title, the reasons of an invalid patrol, questions, and the notes under its tables.

Every function is total: an empty frame and a missing figure give a shorter sentence, never an exception.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import pandas as pd

from supervision.formats import MISSING, number, rate
from supervision.periods import Period
from supervision.trends import series
from supervision.wording import FEW, Row, when

REASONS = {
    "too_short": "时长不足",
    "too_near": "里程不足",
    "too_fast": "速度过快",
    "unrecorded": "没有记录",
    "too_long": "时长过长",
    "too_soon": "间隔过短",
    "outside": "不在责任河段",
    "overlapping": "时间重叠",
}
"""The reasons of an invalid patrol by their flag in patrol_checks, as a heading says them."""

LEVELS = {"section": "段长", "village": "村级", "town": "镇级", "district": "区级"}
"""The levels of chief by the names of their columns in town_patrols."""

_MEASURED = {
    "too_short": ("minutes", "min_minutes", "时长 {} 分钟（≥ {}）"),
    "too_near": ("km", "min_km", "里程 {} 公里（≥ {}）"),
    "too_fast": ("kmh", "max_kmh", "时速 {} 公里（≤ {}）"),
    "too_long": ("minutes", "max_minutes", "时长 {} 分钟（≤ {}）"),
    "too_soon": ("gap_hours", "min_gap_hours", "距上次 {} 小时（≥ {}）"),
}
_STATED = {"unrecorded": "没有文字和照片", "outside": "不在责任河段", "overlapping": "与本人另一次巡河重叠"}

FEW_DUTIES = 30
"""A town that owed fewer patrols is not named as the worst: one patrol would move it by several points."""
OWED_STEPS = (0.05, 0.1, 0.2, 0.4)
"""Edges of the shades of the calendar, each inclusive below."""


def title(figures: pd.DataFrame, names: Mapping[str, str], trend: pd.DataFrame, period: Period) -> str:
    """The page's title: the district's completion and the town with the lowest, then who only passes by most.

    `figures` holds town_metrics, `names` the towns by code, `trend` district_metrics of several periods.
    """
    towns = figures.assign(town=figures["town_code"].map(names))
    lowest, most = _lowest(towns), _most_perfunctory(towns)
    whole = (series(trend, "patrol_completion") or [float("nan")])[-1]
    clauses = [] if pd.isna(whole) else [f"{when(period)}巡河完成率 {rate(whole)}"]
    if clauses and lowest:
        clauses = [f"{clauses[0]}，{lowest['town']} {rate(lowest['value'])} 最低"]
    if most and clauses and lowest and most["town"] == lowest["town"]:
        clauses = [f"{clauses[0]}，走马观花也最多，占 {rate(most['value'])}"]
    elif most:
        clauses.append(f"{most['town']}走马观花最多，占 {rate(most['value'])}")
    return "；".join(clauses) or f"{when(period)}没有到期的应巡"


def with_reasons(invalid: pd.DataFrame, only: str | None) -> pd.DataFrame:
    """invalid_patrols with the column reasons in words: each with its figure and the limit that it missed.

    `only` keeps the patrols with that reason among theirs.
    """
    flag = next((flag for flag, word in REASONS.items() if word == only), None)
    chosen = invalid if flag is None else invalid[invalid[flag].astype(bool)]
    texts = ["、".join(_reason(each, row) for each in REASONS if row[each]) for row in chosen.to_dict("records")]
    return chosen.assign(reasons=pd.Series(texts, index=chosen.index, dtype="object"))


def with_reason_words(days: pd.DataFrame) -> pd.DataFrame:
    """chief_track with the reasons in words, None for none."""
    texts = [reason_words(None if pd.isna(flags) else flags) or None for flags in days["reasons"]]
    return days.assign(reasons=pd.Series(texts, index=days.index, dtype="object"))


def with_questions(asked: pd.DataFrame) -> pd.DataFrame:
    """patrol_questions with each as a sentence (text), and the limit that it met."""
    rows = asked.to_dict("records")
    return asked.assign(
        text=pd.Series([question(row) for row in rows], index=asked.index, dtype="object"),
        limit=pd.Series([question_limit(row) for row in rows], index=asked.index, dtype="object"),
    )


def by_town(figures: Iterable[Row]) -> dict[str | None, dict[str, Row]]:
    """Rows of town_metrics by town code and metric."""
    found: dict[str | None, dict[str, Row]] = {}
    for row in figures:
        found.setdefault(row["town_code"], {})[row["metric"]] = row
    return found


def item(days: pd.DataFrame) -> str:
    """What the shades of the calendar measure: 欠巡, or 无效 where no patrol is owed every day."""
    return "欠巡" if days.empty else str(days["item"].iloc[0])


def levels(towns: pd.DataFrame) -> list[dict[str, str]]:
    """The levels of chief that owed anything, under the names of their columns in town_patrols."""
    return [{"code": code, "name": name} for code, name in LEVELS.items() if towns[f"{code}_required"].notna().any()]


def given(towns: pd.DataFrame) -> list[tuple[str, str]]:
    """The reasons that made any patrol invalid, by flag and heading."""
    return [(flag, word) for flag, word in REASONS.items() if towns[flag].sum()]


def reason_words(flags: str | None) -> str:
    """Flags with commas between as the headings say them."""
    return "、".join(REASONS.get(flag, flag) for flag in (flags or "").split(",") if flag)


def question(row: Row) -> str:
    """One row of patrol_questions as a question with its figures."""
    month = f"{row['month_end'].month} 月"
    if row["question"] == "月末集中":
        return (
            f"{month}的 {number(row['patrols'])} 次巡河，{number(row['counted'])} 次在最后三天"
            f"（{rate(row['share'])}，均匀为 {rate(row['even'])}），平时是否在巡？"
        )
    return (
        f"{month}的 {number(row['patrols'])} 次巡河，{number(row['counted'])} 次时长都是"
        f" {number(row['minutes'])} 分钟，是照实记的吗？"
    )


def question_limit(row: Row) -> str:
    """The limit that a question met."""
    if row["question"] == "月末集中":
        return f"占比 ≥ {rate(row['share_limit'])}，当月 ≥ {number(row['count_limit'])} 次"
    return f"当月 ≥ {number(row['count_limit'])} 次同一时长"


def shade(share: float | None) -> int | None:
    """Which shade a share that was missed gets, 0 the palest; None for nothing to divide by."""
    return None if share is None or pd.isna(share) else sum(share >= edge for edge in OWED_STEPS)


def shade_names() -> list[str]:
    """What the shades stand for, the palest first."""
    edges = [number(100 * edge) for edge in OWED_STEPS]
    between = [f"{low}—{high} %" for low, high in pairwise(edges)]
    return [f"不足 {edges[0]} %", *between, f"{edges[-1]} % 以上"]


def towns_foot(item: str) -> str:
    """Under the calendar: what its shades measure, and what else the columns count."""
    measured = (
        "每格为一天（超过百天的按周），深浅为当天应巡而没有有效巡河的比例，只计按日的应巡"
        if item == "欠巡"
        else "每格为一天（超过百天的按周），考核办法没有按日的频次，深浅为无效巡河的比例"
    )
    return f"{measured}，0 为全部。不足 {FEW} 件的只写件数，不写比率。未巡河段为本期没有任何人巡过的。"


def reasons_foot(towns: pd.DataFrame) -> str:
    """Under the table of reasons: that a patrol may have several, and which reasons nobody gave."""
    absent = [word for flag, word in REASONS.items() if not towns[flag].sum()]
    return "一次巡河可以有几条原因，逐条计数，合计可多于无效次数。" + (
        f"没有因{'、'.join(absent)}无效的。" if absent else ""
    )


def listed(count: int, shown: int, unit: str, what: str = "") -> str:
    """How many rows a list has, and how many of them are shown."""
    more = f"列出前 {number(shown)} {unit}，全部见导出本表。" if count > shown else ""
    return f"共 {number(count)} {unit}{what}。{more}"


def missed_foot(pairs: pd.DataFrame, shown: int) -> str:
    """Under the pairs: how many problems, chiefs and pairs."""
    problems, chiefs = pairs["problem"].nunique(), pairs["chief_code"].nunique()
    counted = f"{number(problems)} 件问题、{number(chiefs)} 名河长，一件可有几名河长漏报。"
    return f"{counted}{listed(len(pairs), shown, '对')}同一河段漏报多的在前；巡河为发现前该河长最后一次走过该段。"


def questions_foot(asked: pd.DataFrame, shown: int) -> str:
    """Under the questions: what they are, and what they are not."""
    return (
        f"{listed(len(asked), shown, '条')}疑问由考核办法的疑点限值列出（示例），只供询问，不计分，不是结论。"
        "按已满的月份计，从本期的上一个月起。"
    )


def chief_summary(row: Row, period: Period) -> str:
    """What a chief did in the period, in one line."""
    duty = f"应巡 {number(row['required'])} 次，完成 {number(row['done'])} 次" if row["required"] else "没有到期的应巡"
    walks = f"巡河 {number(row['patrols'])} 次，有效 {number(row['valid'])} 次"
    return f"{period.name}{duty}；{walks}；视而不见 {number(row['missed'])} 件"


def chief_line(row: Row) -> str:
    """Who a chief is, in one line, for choosing him."""
    return "　".join(filter(None, (row["chief"], row["level"], row["village"] or row["town"])))


def _lowest(towns: pd.DataFrame) -> Row | None:
    """The town with the lowest completion, None when no two differ."""
    rated = _rated(towns, "patrol_completion", FEW_DUTIES)
    if rated["value"].nunique() < 2:
        return None
    return dict(rated.sort_values("value", kind="stable").iloc[0])


def _most_perfunctory(towns: pd.DataFrame) -> Row | None:
    """The town of whose patrols most are perfunctory, None when none are."""
    rated = _rated(towns, "perfunctory", FEW_DUTIES)
    if rated.empty or not rated["value"].max():
        return None
    return dict(rated.sort_values("value", ascending=False, kind="stable").iloc[0])


def _rated(towns: pd.DataFrame, metric: str, least: int) -> pd.DataFrame:
    """The towns' figures of a metric that rest on enough."""
    mine = towns[(towns["metric"] == metric) & towns["town"].notna()]
    return mine[mine["value"].notna() & (mine["denominator"] >= least)]


def _reason(flag: str, row: Row) -> str:
    if flag in _STATED:
        return _STATED[flag]
    figure, limit, text = _MEASURED[flag]
    return text.format(*_apart(row[figure], row[limit]))


def _apart(figure: float | None, limit: float | None) -> tuple[str, str]:
    """A figure and its limit as they are printed, with so many decimals that they differ."""
    if figure is None or pd.isna(figure) or limit is None or pd.isna(limit):
        return _short(figure, 2), _short(limit, 2)
    texts: Iterable[str] = (_short(figure, decimals) for decimals in range(1, 5))
    said = _short(limit, 4)
    return next((text for text in texts if text != said), _short(figure, 4)), said


def _short(value: float | None, decimals: int) -> str:
    if value is None or pd.isna(value):
        return MISSING
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text
