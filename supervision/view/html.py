"""Our own HTML: Jinja2 templates with everything escaped, put on the page through `st.html`."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st
from jinja2 import Environment, PackageLoader, StrictUndefined

from supervision import formats
from supervision.metrics import BY_CODE

Row = dict[str, Any]


def show(template: str, **context: object) -> None:
    """Render a template of `templates/` where the page stands."""
    st.html(render(template, **context))


def render(template: str, **context: object) -> str:
    """The HTML of a template; a name that the context lacks is an error."""
    return _environment().get_template(f"{template}.html").render(**context)


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame for a template, with None for what is missing."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def grouped(rows: Iterable[Row], column: str) -> list[tuple[Any, list[Row]]]:
    """Rows in groups of one value after another, in the order given."""
    return [(value, list(group)) for value, group in groupby(rows, key=lambda row: row[column])]


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
    for name in ("number", "rate", "fraction", "wan", "plus", "volume_change", "day", "places"):
        environment.filters[name] = getattr(formats, name)
    environment.globals["metrics"] = BY_CODE
    return environment
