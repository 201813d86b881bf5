"""Charts: a frame in, a figure out; and the sparkline of the strip."""

import base64
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from supervision.periods import day_name
from supervision.trends import counts
from supervision.wording import AGES

FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif'
CONFIG = {"displayModeBar": False, "scrollZoom": False}
INK, INK2, WATER, RED, RED2, RED1 = "#14212A", "#43525B", "#0B5A68", "#A01818", "#E9968B", "#F3C1B9"
FILL = "#A5CDD3"
AXIS: dict[str, Any] = {
    "showgrid": False,
    "zeroline": False,
    "showline": False,
    "ticks": "",
    "automargin": True,
    "fixedrange": True,
    "tickfont": {"size": 13, "color": INK2, "family": FONT},
}
AGE_COLOURS = {"late_over_30": RED, "late_8_30": RED2, "late_1_7": RED1}
LEAST_GAP = 0.11
"""How far two labels at the right must stand apart, as a share of the tallest column."""
FEW_COLUMNS = 6
"""Up to so many columns there is room for every date."""
BAR_GAP = 0.35
WIDEST = 0.16
"""How much of the chart a bar may take; else a single one would be a block."""
SPARK_WIDTH, SPARK_HEIGHT = 92, 30


def figure(
    bars: Sequence[go.Bar], *, height: int, xaxis: dict[str, Any], yaxis: dict[str, Any], right: int = 8, **layout: Any
) -> go.Figure:
    """A figure in the look of the house, made in one go: a later update takes Plotly several times as long."""
    return go.Figure(
        bars,
        {
            "template": "none",
            "height": height,
            "margin": {"l": 0, "r": right, "t": 6, "b": 22},
            "paper_bgcolor": "#fff",
            "plot_bgcolor": "#fff",
            "showlegend": False,
            "bargap": BAR_GAP,
            "font": {"family": FONT, "size": 14, "color": INK},
            "hoverlabel": {"font": {"family": FONT, "size": 14}},
            "xaxis": AXIS | xaxis,
            "yaxis": AXIS | yaxis,
            **layout,
        },
    )


def overdue_by_age(trend: pd.DataFrame, height: int = 200) -> go.Figure:
    """Overdue problems at each period's end, stacked by age, the oldest at the foot.

    `trend` holds district_metrics of several periods (columns end, metric, value). Labelled are the
    total of the first, the last and every column in a closing rise, and the ages of the last.
    """
    days = [day_name(end.date()) for end in sorted(trend["end"].unique())]
    ages = {metric: counts(trend, metric) for metric in AGE_COLOURS}
    totals = counts(trend, "overdue")
    shown = _dated(len(days))
    return figure(
        [
            go.Bar(
                x=list(range(len(days))),
                y=ages[metric],
                width=min(1 - BAR_GAP, WIDEST * len(days)),
                marker={"color": colour, "line": {"width": 1, "color": "#fff"}},
                customdata=days,
                hovertemplate=f"%{{customdata}}　{AGES[metric]} %{{y:,}} 件<extra></extra>",
            )
            for metric, colour in AGE_COLOURS.items()
        ],
        height=height,
        right=104,
        barmode="stack",
        annotations=[
            *_total_notes(totals),
            *_age_notes({metric: past[-1] for metric, past in ages.items()}, max(totals) or 1),
        ],
        xaxis={
            "tickvals": shown,
            "ticktext": [days[position] for position in shown],
            "ticklabeloverflow": "allow",
            "range": [-0.7, len(days) - 0.4],
        },
        yaxis={"visible": False, "range": [0, max(totals) * 1.14 + 0.1]},
    )


def weekly_volume(weeks: pd.DataFrame, height: int = 170) -> go.Figure:
    """A department's inspections week by week; `weeks` holds department_weeks of one. Labelled: each column."""
    days = [day_name(start.date()) for start in weeks["week_start"]]
    inspections = weeks["inspections"].tolist()
    last = len(inspections) - 1
    shown = _dated(len(inspections))
    tallest = max([count for count in inspections if not pd.isna(count)], default=0)
    bar = go.Bar(
        x=list(range(len(inspections))),
        y=inspections,
        width=min(1 - BAR_GAP, WIDEST * len(inspections)),
        marker={"color": [WATER if place == last else FILL for place in range(len(inspections))]},
        text=["" if pd.isna(count) else f"{count:,.0f}" for count in inspections],
        textposition="outside",
        textfont={"size": 13, "color": INK},
        customdata=days,
        hovertemplate="%{customdata}起一周　检查 %{y:,} 次<extra></extra>",
        cliponaxis=False,
    )
    return figure(
        [bar],
        height=height,
        xaxis={"tickvals": shown, "ticktext": [days[place] for place in shown], "range": [-0.7, last + 0.7]},
        yaxis={"visible": False, "range": [0, tallest * 1.2 + 0.1]},
    )


def sparkline(values: Sequence[float], *, bad: bool = False) -> str:
    """A line with a dot on its last point, as the address of an SVG image; empty when nothing moves."""
    points = [(position, value) for position, value in enumerate(values) if not isnan(value)]
    heights = [value for _, value in points]
    if len(points) < 3 or min(heights) == max(heights):
        return ""
    low, spread = min(heights), max(heights) - min(heights)
    across = (SPARK_WIDTH - 10) / max(len(values) - 1, 1)
    path = [
        (4 + position * across, SPARK_HEIGHT - 5 - (SPARK_HEIGHT - 10) * (value - low) / spread)
        for position, value in points
    ]
    line, dot = (RED2, RED) if bad else ("#5E9FA9", WATER)
    x, y = path[-1]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SPARK_WIDTH}" height="{SPARK_HEIGHT}" '
        f'viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}"><polyline fill="none" stroke="{line}" stroke-width="1.5" '
        f'points="{" ".join(f"{px:.1f},{py:.1f}" for px, py in path)}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{dot}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _dated(columns: int) -> list[int]:
    """Which columns carry their date: the first, the last, and every fourth between; all when they are few."""
    if columns <= FEW_COLUMNS:
        return list(range(columns))
    back = [position for position in range(columns - 1, 0, -4) if position >= 2 or position == columns - 1]
    return [0, *reversed(back)]


def _labelled(totals: Sequence[float]) -> set[int]:
    """The first column, the last, and those of a closing rise."""
    last = len(totals) - 1
    chosen = {0, last}
    while last > 0 and totals[last - 1] < totals[last]:
        last -= 1
        chosen.add(last)
    return chosen


def _total_notes(totals: Sequence[float]) -> list[dict[str, Any]]:
    """The labels above the columns, the last one large and red."""
    last = len(totals) - 1
    return [
        {
            "x": position,
            "y": totals[position],
            "text": f"<b>{totals[position]:,.0f}</b>" if position == last else f"{totals[position]:,.0f}",
            "font": {
                "size": 17 if position == last else 13,
                "color": RED if position == last and totals[position] else INK2,
            },
            "showarrow": False,
            "yanchor": "bottom",
            "yshift": -1,
        }
        for position in sorted(_labelled(totals))
    ]


def _age_notes(last: Mapping[str, float], tallest: float) -> list[dict[str, Any]]:
    """The labels of the ages at the right of the last column."""
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": height,
            "text": f"{name}　{count:,.0f}",
            "font": {"size": 13, "color": INK},
            "showarrow": False,
        }
        for name, count, height in _age_labels(last, tallest)
    ]


def _age_labels(last: Mapping[str, float], tallest: float) -> list[tuple[str, float, float]]:
    """Name, count and height of each age beside the last column, moved apart where they would touch."""
    labels: list[tuple[str, float, float]] = []
    foot, free = 0.0, 0.0
    for metric, name in AGES.items():
        count = last[metric]
        height = max(foot + count / 2, free)
        labels.append((name, count, height))
        foot += count
        free = height + LEAST_GAP * tallest
    return labels
