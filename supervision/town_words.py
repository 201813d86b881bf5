"""What the ranking's other views and a town's own page say: points lost by item, two towns, one town's history."""

from typing import Any

import pandas as pd

from supervision.formats import number
from supervision.metrics import METRICS
from supervision.periods import Period
from supervision.wording import Row, item_name

LOST_FOOT = "条长为失分，按本镇各项失分相加；斜纹项本期没有，不失分，权重分给其余各项。加减分在 100 分之外，不算失分。"
COMPARE_FOOT = "差为左减右的得分；比率后为分子／分母，点开看由哪些行合计。没有分母的写 —，不当作 0。"
LINKS = (
    ("overdue", "逾期整改"),
    ("patrol", "巡河履职"),
    ("chiefs", "河长考核"),
    ("tasks", "挂账与任务"),
)
"""The pages that show a town's rows, with what they are called."""
CLOSE = 0.05
"""Two scores nearer than this, in points, are level."""


def lost_title(items: pd.DataFrame) -> str:
    """Over the lost points: which item costs the towns most together, and whom most."""
    lost = items[items["lost"] > 0]
    if len(items) and items["outside"].all():
        return "考核项都在 100 分之外（加减分），没有失分可分"
    if lost.empty:
        return "各镇乡街道都没有失分" if items["earned"].notna().any() else "没有可考核的项目"
    by_item = lost.groupby("metric")["lost"].sum()
    dearest, whole = str(by_item.idxmax()), by_item.sum()
    worst = lost[lost["metric"] == dearest].sort_values("lost", ascending=False, kind="stable").iloc[0]
    return (
        f"失分最多的是{item_name(dearest)}，占全部失分的 {number(100 * by_item.max() / whole)} %；"
        f"{worst['town']}失 {number(worst['lost'], 1)} 分"
    )


def added(items: pd.DataFrame) -> dict[str, float]:
    """By town: the points that its items outside the 100 add or take, without 起评分."""
    outside = items[items["outside"]]
    return {str(town): float(points) for town, points in outside.groupby("town")["earned"].sum().items()}


def most_lost(items: pd.DataFrame) -> float:
    """The points that the town that lost most lost in all, by which the bars are scaled."""
    sums = items.groupby("town")["lost"].sum()
    return float(sums.max()) if len(sums) else 0.0


def pair(ranking: pd.DataFrame) -> tuple[str, str]:
    """The two towns that are compared unless others are chosen: the first and the last of the ranking."""
    names = ranking.loc[ranking["rank"].notna(), "town"].tolist() or ranking["town"].tolist()
    return names[0], names[-1]


def compared(items: pd.DataFrame, one: str, other: str) -> list[Row]:
    """Item by item of the rubric: the rows of town_items of both towns, and by how many points the first leads."""
    sides = {
        side: {row["metric"]: row for row in items[items["town"] == town].to_dict("records")}
        for side, town in (("one", one), ("other", other))
    }
    rows = []
    for metric in dict.fromkeys([*sides["one"], *sides["other"]]):
        left, right = (_plain(sides[side].get(metric)) for side in ("one", "other"))
        points = (left or right or {}).get("points")
        gap = None
        if left and right and left["earned"] is not None and right["earned"] is not None:
            gap = left["earned"] - right["earned"]
        rows.append({"metric": metric, "points": points, "one": left, "other": right, "gap": gap})
    return rows


def compared_title(ranking: pd.DataFrame, rows: list[Row], one: str, other: str) -> str:
    """Which of the two is ahead by how much, and the item that makes most of it."""
    if one == other:
        return "请选两个不同的镇乡街道"
    scores = ranking.set_index("town")["score"]
    left, right = scores.get(one), scores.get(other)
    if pd.isna(left) or pd.isna(right):
        return f"{one}与{other}：{one if pd.isna(left) else other}没有得分可比"
    difference = float(left) - float(right)
    if abs(difference) < CLOSE:
        return f"{one}与{other}得分相当，都是 {number(left, 1)} 分"
    ahead, behind = (one, other) if difference > 0 else (other, one)
    clause = f"{ahead}比{behind}高 {number(abs(difference), 1)} 分"
    telling = [row for row in rows if row["gap"] is not None and row["gap"] * difference > 0]
    if not telling:
        return clause
    most = max(telling, key=lambda row: abs(row["gap"]))
    return f"{clause}，主要差在{item_name(most['metric'])}（{number(abs(most['gap']), 1)} 分）"


def figures_of_two(figures: pd.DataFrame, ranking: pd.DataFrame, one: str, other: str) -> list[Row]:
    """Every metric of the registry with its rows of town_metrics in both towns, those that neither has left out."""
    codes = ranking.set_index("town")["town_code"]
    found = {(row["town_code"], row["metric"]): _plain(row) for row in figures.to_dict("records")}
    rows = [
        {
            "metric": metric,
            "one": found.get((codes[one], metric.code)),
            "other": found.get((codes[other], metric.code)),
        }
        for metric in METRICS
    ]
    return [row for row in rows if row["one"] or row["other"]]


def figures_of_one(now: pd.DataFrame, before: pd.DataFrame, district: pd.DataFrame, code: str) -> list[Row]:
    """Every metric of a town: now, a period before and of the whole district, as rows of town_metrics."""
    sides = {
        "now": now[now["town_code"] == code],
        "before": before[before["town_code"] == code],
        "district": district,
    }
    found = {side: {row["metric"]: _plain(row) for row in rows.to_dict("records")} for side, rows in sides.items()}
    return [
        {"metric": metric, **{side: found[side].get(metric.code) for side in sides}}
        for metric in METRICS
        if metric.code in found["now"]
    ]


def town_title(town: Row, reason: str, period: Period) -> str:
    """The title of a town's own page: its rank, band and score, and what moved it."""
    if pd.isna(town["rank"]):
        why = town["status"] if town["status"] != "正常" else f"{period.name}没有可考核的项目"
        return f"{town['town']}：{why}"
    band = "" if pd.isna(town["band"]) else f"（{town['band']}）"
    return f"{town['town']}第 {number(town['rank'])} 名{band}，得 {number(town['score'], 1)} 分；{reason}"


def _plain(row: dict[Any, Any] | None) -> Row | None:
    """A row with None for what is missing."""
    return row and {name: None if pd.isna(value) else value for name, value in row.items()}
