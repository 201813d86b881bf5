"""Our own HTML: Jinja2 templates with everything escaped, put on the page through `st.html`."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st
from jinja2 import Environment, PackageLoader, StrictUndefined

from supervision import footnotes, formats, titles
from supervision.effects import Effects
from supervision.metrics import BY_CODE

Row = dict[str, Any]

EFFECTS_SHOWN = 8
"""How many towns and problems that an import moves are listed."""


def show(template: str, **context: object) -> None:
    """Render a template of `templates/` where the page stands."""
    st.html(render(template, **context))


def render(template: str, **context: object) -> str:
    """The HTML of a template; a name that the context lacks is an error."""
    return _environment().get_template(f"{template}.html").render(**context)


def list_or(frame: pd.DataFrame, nothing: str) -> bool:
    """Whether there is anything to list; else the sentence that says there is not, where the list would stand."""
    if frame.empty:
        show("sentence", text=nothing, wrong=False)
    return not frame.empty


def as_written(text: str) -> str:
    """A text for those parts of Streamlit that read Markdown (labels, progress bars), so that it shows as it is."""
    return text.translate(_MARKDOWN)


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame for a template, with None for what is missing."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def effects(found: Effects) -> Row:
    """What the template of the effects needs."""
    overdue, ranking = footnotes.effects(found)
    return {
        "ranking_title": ranking,
        "overdue_title": overdue,
        "period": footnotes.effects_period(found),
        "towns": len(found.towns),
        "moved": records(found.moved),
        "problems": records(found.problems),
        "limit": EFFECTS_SHOWN,
    }


def grouped(rows: Iterable[Row], column: str) -> list[tuple[Any, list[Row]]]:
    """Rows in groups of one value after another, in the order given."""
    return [(value, list(group)) for value, group in groupby(rows, key=lambda row: row[column])]


_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-.!<>|~$:"})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime()
    return None if not isinstance(value, list) and pd.isna(value) else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("supervision.view"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (
        "number",
        "amount",
        "rate",
        "fraction",
        "wan",
        "plus",
        "volume_change",
        "day",
        "places",
        "in_days",
        "hours",
    ):
        environment.filters[name] = getattr(formats, name)
    environment.globals["metrics"] = BY_CODE
    environment.filters["standing"] = titles.standing
    return environment
