"""What every page stands in: who asks, which snapshot and period, the bar under the band, the empty states.

The period and the filters live in the URL, so that a link shows the same screen; the session keeps
them too, because the top navigation drops the query when it changes the page.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager

from supervision.answers import Answers, freshness
from supervision.answers import label as named
from supervision.asking import DISTRICT, Reader, ask
from supervision.building import SnapshotInfo
from supervision.errors import SnapshotMissing
from supervision.intake.moments import FIRST, LAST, read_moment
from supervision.meeting.minutes import Minutes
from supervision.periods import KIND_NAMES, Kind, Period
from supervision.settings import phones_allowed, warehouse_folder
from supervision.view import exports, html
from supervision.warehouse import Snapshot, Warehouse

CACHED_ANSWERS = 512
"""How many frames stay in memory: a dozen periods of every query, for a few snapshots."""
CACHED_TRENDS = 64
Default = TypeVar("Default", str, None)
PATROLS, PROBLEMS, RETURNS = "patrols", "problems", "enforcement"
PAGES = {
    "overview": "总览",
    "ranking": "镇乡排名",
    "overdue": "逾期整改",
    "enforcement": "部门执法",
    "patrol": "巡河履职",
    "chiefs": "河长考核",
    "tasks": "挂账与任务",
    "meeting": "周例会",
    "intake": "数据导入",
    "quality": "数据质量",
    "policy": "口径与办法",
}
OPENED_BY_LINKS = {"town": "镇乡档案", "why": "数据来历"}
"""Pages that no name in the band leads to: figures and town names do."""
TITLES = {
    PATROLS: "巡河记录",
    PROBLEMS: "整改台账",
    RETURNS: "执法记录",
    "towns": "镇乡街道",
    "departments": "部门",
    "chiefs": "河长名录",
}


def navigate() -> StreamlitPage:
    """Put the page names into the band; the page that the address names."""
    first = next(iter(PAGES))
    return st.navigation(
        [
            st.Page(
                f"pages/{name}.py",
                title=title,
                url_path=name,
                default=name == first,
                visibility="hidden" if name in OPENED_BY_LINKS else "visible",
            )
            for name, title in {**PAGES, **OPENED_BY_LINKS}.items()
        ],
        position="top",
    )


def warehouse() -> Warehouse:
    """The warehouse of this installation."""
    return Warehouse(warehouse_folder())


def minutes() -> Minutes:
    """What the meetings of this installation decided."""
    return warehouse().minutes


def open_snapshot() -> bool:
    """Pin the current snapshot for this run, so that an import in between cannot mix two; False if there is none."""
    st.session_state["snapshot"] = warehouse().current()
    return st.session_state["snapshot"] is not None


def current_batch() -> SnapshotInfo | None:
    """What made the opened snapshot, None before the first import."""
    opened = _pinned()
    return opened.info if opened else None


def opened_batch() -> SnapshotInfo:
    """What made the opened snapshot; SnapshotMissing before the first import."""
    return _opened().info


def answers(snapshot: Snapshot | None = None, over: Period | None = None) -> Answers:
    """What this reader is told about the opened snapshot (or another) for the chosen period (or for `over`)."""
    return Answers(snapshot or _opened(), over or period(), reader(), _remembered_answer)


def as_of() -> date:
    """The day at whose end the chosen period is judged."""
    return answers().as_of


def policy_version() -> date:
    """The day from which the rules that judge the chosen period are in force."""
    return answers().policy_version


def outdated() -> bool:
    """Whether an older version built the opened snapshot, so that some questions cannot be put to it."""
    return _opened().outdated


def batches() -> list[SnapshotInfo]:
    """What made each snapshot, newest first."""
    return warehouse().snapshots()


def reader() -> Reader:
    """Who asks; accounts are not asked for yet, so everybody sees the district, telephone numbers if so installed."""
    return replace(DISTRICT, sees_phones=phones_allowed())


def rows(name: str, *, over: Period | None = None, policy_on: date | None = None, **params: str | None) -> pd.DataFrame:
    """The answer to a question about the opened snapshot for the chosen period: see `Answers.rows`."""
    return answers().rows(name, over=over, policy_on=policy_on, **params)


def trend(name: str) -> pd.DataFrame:
    """The answers for the last 12 periods that hold data: see `Answers.trend`."""
    now = answers()
    return _trend(now, str(now.snapshot.path), name, now.period, now.reader)


def fresh() -> html.Row:
    """How fresh the data is: the one row of the query freshness."""
    return freshness(_remembered_answer(_opened(), "freshness", None, reader=reader(), policy_on=None))


def period() -> Period:
    """The chosen period: what the URL says, else what the session remembers, else the newest full week.

    An address that makes no sense counts as none at all.
    """
    query = st.query_params.to_dict()
    if query.keys() & {"period", "start", "end"}:
        chosen = read_period(query.get("period"), query.get("start"), query.get("end"))
    else:
        chosen = st.session_state.get("period")
    if chosen is None:
        chosen = _newest_week(fresh())
    return chosen


def read_period(kind: str | None, start: str | None, end: str | None) -> Period | None:
    """The period of an address: kind and one day in it, or two days; None if it names none."""
    first, last = _day(start), _day(end or start)
    if first is None or last is None or last < first or kind not in (None, *get_args(Kind)):
        return None
    if kind is None:
        return Period.between(first, last)
    return Period("free", first, last) if kind == "free" else Period.around(first, _kind(kind))


def go(chosen: Period) -> None:
    """Choose a period, in the session and in the address."""
    st.session_state["period"] = chosen
    wanted = _address(chosen)
    if any(st.query_params.get(name) != value for name, value in wanted.items()):
        st.query_params.update(wanted)


def address() -> str:
    """The chosen period as the query of a link."""
    return urlencode(_address(period()))


def here(**changes: str | None) -> str:
    """The query of a link to this very screen, with some of its parameters changed; None takes one away."""
    wanted = st.query_params.to_dict() | _address(period()) | changes
    return urlencode({name: value for name, value in wanted.items() if value is not None})


def in_meeting(page: str) -> bool:
    """Whether the page is a meeting in full screen, which has a period of its own."""
    return page == "meeting" and "meeting" in st.query_params


def bar(page: str) -> None:
    """The line under the band: the period and how to change it at left, the freshness of the data and 导出 at right.

    The address is completed when a page is reached. Each completion is a step in the browser's history,
    so on the same page it is left alone: else the Back button would never get past it.
    """
    chosen, data = period(), fresh()
    st.session_state["arrived"] = st.session_state.get("page") != page
    st.session_state["page"] = page
    if st.session_state["arrived"] or st.query_params:
        go(chosen)
    following, newest = chosen.following, data["newest_fact"]
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        st.button("‹ 上期", on_click=go, args=(chosen.previous,), disabled=chosen.previous.start < FIRST.date())
        with st.popover(label(chosen), key="choose_period"):
            _choose_period(chosen, newest)
        st.button("下期 ›", on_click=go, args=(following,), disabled=newest is None or following.start > newest)
        freshness_strip(data)
        if not outdated():
            exports.menu(answers(), minutes())


def freshness_strip(data: html.Row) -> None:
    """演示数据, 数据截至, 批次, 已报镇乡."""
    reporting = html.records(rows("towns_reporting"))[0]
    html.show(
        "fresh",
        data=data,
        batch=_opened().info.batch,
        reporting=reporting,
        year=period().end.year,
        period=label(period(), short=True),
    )


def label(chosen: Period, *, short: bool = False) -> str:
    """What a period is called: see `answers.label`."""
    return named(chosen, fresh()["newest_fact"], short=short)


def choose(
    name: str, options: Sequence[str], everything: str, width: int = 180, label_of: Callable[[str], str] = str
) -> str | None:
    """A filter that lives in the address under `name`, `width` px wide; None when it is not set or no option."""
    wanted = _from_address(name, options, None)
    key = f"choose_{name}"
    st.session_state[key] = wanted
    st.selectbox(
        everything,
        options,
        key=key,
        format_func=label_of,
        placeholder=everything,
        label_visibility="collapsed",
        index=None,
        filter_mode=None,
        on_change=lambda: _filter(name, st.session_state[key]),
        width=width,
    )
    return wanted


def switch(name: str, options: Sequence[str], label_of: Callable[[str], str]) -> str:
    """One of a few, always one: a filter that lives in the address under `name`, by default the first."""
    chosen = _from_address(name, options, options[0])
    key = f"switch_{name}"
    st.session_state[key] = chosen
    st.segmented_control(
        name,
        options,
        key=key,
        format_func=label_of,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: _filter(name, st.session_state[key]),
    )
    return chosen


def need_known(name: str, options: Collection[str], what: str) -> None:
    """Stop the page with one sentence when the address names something under `name` that is not there."""
    asked = st.query_params.get(name)
    if asked is not None and asked not in options:
        html.show("head", title=f"没有这个{what}：{asked}", question="请核对地址，或从页面上的名称点进来。")
        st.stop()


def pressed(label: str, name: str, *, disabled: bool = False) -> bool:
    """A button; True once after it was pressed, even if the run had to start over in between."""
    flag = f"pressed_{name}"
    st.button(label, type="primary", disabled=disabled, key=f"button_{name}", on_click=_press, args=(flag,))
    return bool(st.session_state.pop(flag, False))


def need(*tables: str) -> None:
    """Stop the page with one sentence and the way on, when a table or the whole period is empty."""
    data, chosen = fresh(), period()
    missing = [TITLES[table] for table in tables if not data[table]]
    if missing:
        html.show("head", title=f"还没有导入{'、'.join(missing)}", question="导入以后，这一页才有内容。")
        st.page_link("pages/intake.py", label="去数据导入")
        st.stop()
    oldest, newest = data["oldest_fact"], data["newest_fact"]
    if oldest is None:
        html.show(
            "head", title="还没有导入台账", question="名录已有；导入巡河记录、整改台账或执法记录以后，这一页才有内容。"
        )
        st.page_link("pages/intake.py", label="去数据导入")
        st.stop()
    if chosen.end < oldest or chosen.start > newest:
        html.show("head", title=f"{label(chosen, short=True)}没有数据", question=f"{answers().span}。")
        nearest = _newest_week(data)
        if chosen.end < oldest:
            nearest = Period.around(oldest, nearest.kind if chosen.kind == "free" else chosen.kind)
        st.button(f"看 {label(nearest)}", on_click=go, args=(nearest,), type="primary")
        st.stop()


def nothing_yet() -> None:
    """The screen of a warehouse without a snapshot."""
    html.show("head", title="还没有数据", question="请先导入镇乡街道、部门名录和各类台账；各表的模板在导入页。")
    st.page_link("pages/intake.py", label="去数据导入")


def _remembered_answer(
    snapshot: Snapshot, name: str, period: Period | None, *, reader: Reader, policy_on: date | None, **params: Any
) -> pd.DataFrame:
    return _answer(snapshot, str(snapshot.path), name, period, reader, policy_on, params)


@st.cache_data(max_entries=CACHED_TRENDS, show_spinner=False)
def _trend(_answers: Answers, path: str, name: str, over: Period, reader: Reader) -> pd.DataFrame:
    """Put together once: twelve answers read and stacked anew cost a page's rerun more than its other questions."""
    return _answers.trend(name)


@st.cache_data(max_entries=CACHED_ANSWERS, show_spinner=False)
def _answer(
    _snapshot: Snapshot,
    path: str,
    name: str,
    over: Period | None,
    reader: Reader,
    policy_on: date | None,
    params: Mapping[str, object],
) -> pd.DataFrame:
    """`path` names the immutable file, so that an import or another warehouse never meets old answers."""
    return ask(_snapshot, name, over, reader=reader, as_of=None, policy_on=policy_on, **params)


def _opened() -> Snapshot:
    opened = _pinned()
    if opened is None:
        raise SnapshotMissing("数据仓库还是空的，请先导入数据。")
    return opened


def _pinned() -> Snapshot | None:
    """What `open_snapshot` pinned; a page that runs without the entry page starts over through it.

    Until the first st.navigation Streamlit takes a folder named pages/ for its old kind of app, and so
    runs the first deep link to a fresh server (and every AppTest) without app.py.
    """
    if PagesManager.uses_pages_directory or "snapshot" not in st.session_state:
        navigate()
        st.rerun()
    pinned: Snapshot | None = st.session_state["snapshot"]
    return pinned


def _choose_period(chosen: Period, newest: date | None) -> None:
    st.session_state["period_kind"] = chosen.kind
    st.segmented_control(
        "统计期",
        list(KIND_NAMES),
        format_func=lambda kind: KIND_NAMES[kind],
        key="period_kind",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: _change_kind(chosen, newest),
    )
    if chosen.kind == "free":
        _type_days(chosen)


def _type_days(chosen: Period) -> None:
    """Two fields for free dates, because the calendar of st.date_input is English."""
    wrong = st.session_state.pop("wrong_days", "")
    if not wrong:
        st.session_state["free_start"] = chosen.start.isoformat()
        st.session_state["free_end"] = chosen.end.isoformat()
    with st.form("free_period", border=False):
        st.text_input("开始日期", key="free_start")
        st.text_input("结束日期", key="free_end")
        st.form_submit_button("显示", on_click=_change_days, args=(chosen.end.year,))
    if wrong:
        html.show("sentence", text=wrong, wrong=True)


def _change_kind(chosen: Period, newest: date | None) -> None:
    kind = st.session_state["period_kind"]
    last = min(chosen.end, newest) if newest else chosen.end
    go(Period("free", chosen.start, chosen.end) if kind == "free" else Period.around(max(last, chosen.start), kind))


def _change_days(year: int) -> None:
    texts = [st.session_state["free_start"], st.session_state["free_end"]]
    days = [moment.date() for text in texts if (moment := read_moment(text, year))]
    if len(days) < len(texts):
        text = next(text for text in texts if read_moment(text, year) is None)
        st.session_state["wrong_days"] = f"看不懂日期“{text}”，请写成 2017-10-23 或 10月23日。"
    elif days[1] < days[0]:
        st.session_state["wrong_days"] = "结束日期早于开始日期，请改过来。"
    else:
        go(Period("free", days[0], days[1]))


def _newest_week(data: html.Row) -> Period:
    """The newest full week, or the newest begun one when no week with data is over."""
    oldest, newest = data["oldest_fact"], data["newest_fact"]
    if newest is None:
        return Period.around(date.today(), "week")
    full = Period.newest_full(newest)
    return full if full.end >= oldest else full.following


def _press(flag: str) -> None:
    st.session_state[flag] = True


def _from_address(name: str, options: Sequence[str], default: Default) -> str | Default:
    """What the address names, else what is remembered, else the default.

    On arrival the address is completed by what is not the default: each completion is a step in the browser's history.
    """
    wanted = st.query_params.get(name, st.session_state.get(_remembered(name)))
    chosen = next((option for option in options if option == wanted), default)
    if (st.session_state["arrived"] and chosen != default) or name in st.query_params:
        _filter(name, chosen)
    return chosen


def _remembered(name: str) -> str:
    """Where the session keeps a filter: each page has its own, so that none narrows another unseen."""
    return f"filter_{st.session_state['page']}_{name}"


def _filter(name: str, value: str | None) -> None:
    st.session_state[_remembered(name)] = value
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _address(chosen: Period) -> dict[str, str]:
    return {"period": chosen.kind, "start": chosen.start.isoformat(), "end": chosen.end.isoformat()}


def _kind(text: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == text)


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if FIRST.date() <= found < LAST.date() else None
