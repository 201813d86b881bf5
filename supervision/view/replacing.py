"""The form by which a file replaces what a town or department sent of a table for some days."""

from collections.abc import Sequence

import streamlit as st

from supervision.intake.moments import read_moment
from supervision.outcome import Outcome, Stretch
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.view import html, shell


def form(checked: Outcome) -> Stretch | None:
    """A popover with the form; the stretch when it was sent, else None."""
    if not checked.replaceable or shell.current_batch() is None:
        return None
    with st.popover("改为替换一段时间", key=f"replace_{'_'.join(checked.of)}_{checked.stretch}"):
        text = "更正过的月报、周报：文件里没有而库里有的行会删除，别的单位、别的日期不动。"
        html.show("sentence", text=text, wrong=False)
        table = st.selectbox(
            "替换哪张表", checked.replaceable, format_func=lambda name: BY_NAME[name].title, filter_mode=None
        )
        owner = st.selectbox("哪个单位的", _owners(table), index=None, placeholder="选一个单位", filter_mode=None)
        first, last = _days(checked, table)
        start = st.text_input("从哪天起", first)
        end = st.text_input("到哪天止", last)
        if shell.pressed("按替换重新检查", "replace", disabled=owner is None) and owner:
            days = [read_moment(text) for text in (start, end)]
            if days[0] and days[1]:
                return Stretch(table, owner, days[0].date(), days[1].date())
            html.show("sentence", text="看不懂日期，请写成 2017-10-01。", wrong=True)
    return None


def _owners(table: str) -> Sequence[str]:
    sources = shell.rows("sources")
    kind = "enforcement" if BY_NAME[table].owner == "department" else "patrols"
    return sources.loc[sources["table_name"] == kind, "name"].tolist()


def _days(checked: Outcome, table: str) -> tuple[str, str]:
    """The whole months that the rows of the table lie in."""
    spans = [sheet.span for sheet in checked.sheets if sheet.table == table and sheet.span]
    if not spans:
        return "", ""
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return Period.around(first, "month").start.isoformat(), Period.around(last, "month").end.isoformat()
