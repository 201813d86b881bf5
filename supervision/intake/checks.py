"""Checks across the columns of a row, table by table: a further check is a further entry in `CHECKS`."""

from collections.abc import Iterator

import pandas as pd

from supervision.intake.checking import Check, Known, at_least_nothing, happened, order, place
from supervision.intake.policy_checks import POLICY_CHECKS

CLOSED_STATES = ("已销号", "销号", "已完成", "已整改", "整改完成", "已整改完成", "办结", "已办结")
"""What 状态 says of a problem, or of a matter that a meeting decided, that is done."""

SPARE_MINUTES, SPARE_SHARE = 2, 0.1
"""By so many minutes, and by this share of the time between, a length of time may differ from start and end."""


def _minutes_between(rows: pd.DataFrame) -> pd.Series:
    between: pd.Series = (rows["ended_at"] - rows["started_at"]).dt.total_seconds() / 60
    return between


def _contradicts_its_ends(rows: pd.DataFrame, _: Known) -> pd.Series:
    between = _minutes_between(rows)
    apart = (rows["minutes"] - between).abs()
    contradicts: pd.Series = (between >= 0) & (apart > SPARE_MINUTES) & (apart > SPARE_SHARE * between)
    return contradicts


def _says_minutes_between(rows: pd.DataFrame, _: Known) -> Iterator[str]:
    for minutes in _minutes_between(rows):
        yield f"而开始到结束相隔 {minutes:.0f} 分钟；请核对（照所写的时长计）。"


def _office(rows: pd.DataFrame, known: Known, name: str) -> pd.Series:
    """The day of 任职 or 离任 of each row's chief."""
    codes, chiefs = pd.factorize(rows["chief"])
    days = [known.directory.fact("chiefs", chief, name) for chief in chiefs]
    of_chief = pd.to_datetime(pd.Series([*days, None], dtype="object"), errors="coerce").to_numpy()
    return pd.Series(of_chief[codes], index=rows.index)


def _not_in_office(rows: pd.DataFrame, known: Known) -> pd.Series:
    day = rows["started_at"].dt.normalize()
    out: pd.Series = (day < _office(rows, known, "appointed_on")) | (day > _office(rows, known, "left_on"))
    return out


def _says_office(rows: pd.DataFrame, known: Known) -> Iterator[str]:
    days = zip(_office(rows, known, "appointed_on"), _office(rows, known, "left_on"), strict=True)
    for chief, (appointed, left) in zip(rows["chief"], days, strict=True):
        dates = [f"{word} {day:%Y-%m-%d}" for word, day in (("任职", appointed), ("离任", left)) if not pd.isna(day)]
        name = known.directory.title("chiefs", chief)
        yield f"这一天河长{name}（{chief}）不在任（{'，'.join(dates)}）；请核对日期和河长，或更正河长名录。"


def _is_closed(rows: pd.DataFrame) -> pd.Series:
    closed = pd.Series(False, index=rows.index)
    if "closed_on" in rows.columns:
        closed |= rows["closed_on"].notna()
    if "state" in rows.columns:
        closed |= rows["state"].isin(CLOSED_STATES)
    if "rebound_on" in rows.columns:
        closed &= rows["rebound_on"].isna()
    return closed


def _closed_without_completion(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _is_closed(rows) & rows["done_on"].isna()


def _closed_without_such_a_column(rows: pd.DataFrame, _: Known) -> pd.Series:
    return _is_closed(rows) & ("done_on" not in rows.columns)


def _fine_without_case(rows: pd.DataFrame, _: Known) -> pd.Series:
    cases: pd.Series = rows.reindex(columns=["cases_opened", "cases_closed"]).fillna(0).sum(axis=1) > 0
    return (rows["fines_yuan"].astype("float64") > 0) & ~cases


def _rates_nobody(rows: pd.DataFrame, _: Known) -> pd.Series:
    nobody: pd.Series = rows.reindex(columns=["town", "chief"]).isna().all(axis=1)
    return nobody


def _percent_and_number(rows: pd.DataFrame, known: Known) -> pd.Series:
    planned, done = (_is_percent(known, column) for column in ("planned", "done"))
    return (planned != done) & rows["planned"].notna() & (rows["done"].fillna(0) != 0)


def _is_percent(known: Known, column: str) -> pd.Series:
    cells = known.written(column)
    written = cells.astype("str").str.contains("[%％]", na=False)
    return written | (known.draft.layout.units.get(column) == "%")


def _town_of_section(rows: pd.DataFrame, known: Known) -> pd.Series:
    distinct = rows["section"].dropna().unique()
    towns = {section: known.directory.fact("sections", section, "town") for section in distinct}
    return rows["section"].astype("object").map(towns)


def _in_another_town(rows: pd.DataFrame, known: Known) -> pd.Series:
    town = _town_of_section(rows, known)
    return town.notna() & rows["town"].notna() & (town != rows["town"].astype("object"))


def _says_town_of_section(rows: pd.DataFrame, known: Known) -> Iterator[str]:
    for section, town in zip(_town_of_section(rows, known), rows["town"], strict=True):
        names = (known.directory.title("towns", code) for code in (section, town))
        yield "这一河段在{}，而这一行写的是{}；请核对河段和镇乡街道。".format(*names)


def _codes_of_the_name(rows: pd.DataFrame, known: Known) -> Iterator[list[str]]:
    """For each town the other codes under which its name is registered, or stands in the sheet."""
    codes = set(rows["code"].dropna())
    here = rows.dropna(subset=["code", "name"]).groupby("name")["code"].unique()
    for code, name in zip(rows["code"], rows["name"], strict=True):
        others = {*known.directory.keys("towns", name)} - codes if isinstance(name, str) else set()
        yield sorted((others | {*here.get(name, ())}) - {code})


def _named_like_another(rows: pd.DataFrame, known: Known) -> pd.Series:
    return pd.Series([bool(codes) for codes in _codes_of_the_name(rows, known)], index=rows.index)


def _says_codes_of_the_name(rows: pd.DataFrame, known: Known) -> Iterator[str]:
    for codes in _codes_of_the_name(known.draft.frame, known):
        if codes:
            yield f"这个名称还有编码 {'、'.join(codes)}；一个镇乡只能有一个编码，请沿用库中的，或改正名称。"


def _unknown_problem(rows: pd.DataFrame, known: Known) -> pd.Series:
    unknown = [
        problem for problem in rows["problem"].dropna().unique() if not known.directory.knows("problems", problem)
    ]
    return rows["problem"].isin(unknown)


SECTION_IN_TOWN = Check(
    "河段不在该镇", "section", _says_town_of_section, _in_another_town, ("section", "town"), warns=True
)

CHECKS: dict[str, tuple[Check, ...]] = {
    "towns": (
        at_least_nothing("area_km2"),
        Check("一名两码", "name", _says_codes_of_the_name, _named_like_another, ("code", "name")),
        order("status_from", "status_to", "结束早于开始", "早于状态开始日期；请核对两个日期。"),
    ),
    "sections": place("longitude", "latitude"),
    "chiefs": (order("appointed_on", "left_on", "离任早于任职", "早于任职日期；请核对两个日期。"),),
    "patrols": (
        *happened("started_at", "ended_at"),
        order("started_at", "ended_at", "结束早于开始", "早于开始时间；请核对两个时间。"),
        Check("不在任", "started_at", _says_office, _not_in_office, ("chief", "started_at")),
        Check(
            "时长不符",
            "minutes",
            _says_minutes_between,
            _contradicts_its_ends,
            ("started_at", "ended_at", "minutes"),
            warns=True,
        ),
    ),
    "problems": (
        *happened("found_on", "done_on", "closed_on", "rebound_on"),
        order("found_on", "deadline", "时限早于发现", "早于发现日期；请核对两个日期。"),
        order("found_on", "done_on", "整改完成早于发现", "早于发现日期；请核对两个日期。"),
        order("found_on", "closed_on", "销号早于发现", "早于发现日期；请核对两个日期。"),
        order("found_on", "rebound_on", "反弹早于发现", "早于发现日期；请核对两个日期。"),
        # After a rebound 整改完成日期 is that of the second time, 销号日期 still that of the first.
        order("done_on", "closed_on", "销号早于整改完成", "早于整改完成日期；请核对两个日期。", unless="rebound_on"),
        order(
            "done_on",
            "rebound_on",
            "反弹早于整改完成",
            "早于整改完成日期；请核对（反弹后又整改完成的不必改）。",
            warns=True,
        ),
        Check(
            "销号而无完成日期",
            "done_on",
            "而这一行已销号或状态写着已完成；请补上整改完成日期，或改正状态。",
            _closed_without_completion,
            ("done_on",),
        ),
        # A list of what was closed may leave the day to an earlier import, which is not looked at here.
        Check(
            "销号而无完成日期",
            "done_on",
            "而这一行已销号或状态写着已完成，表里又没有这一列；库中没有完成日期的仍算未完成，请补上这一列再导入。",
            _closed_without_such_a_column,
            (),
            warns=True,
        ),
        SECTION_IN_TOWN,
        *place("longitude", "latitude"),
    ),
    "transfers": happened("moved_at"),
    "enforcement": (
        *happened("day"),
        Check(
            "有罚款而无案件",
            "fines_yuan",
            "而立案和结案都是空的或 0；请补上案件数，或核对罚款。",
            _fine_without_case,
            ("cases_opened", "fines_yuan"),
        ),
        SECTION_IN_TOWN,
        Check(
            "关联问题不明",
            "problem",
            "在整改台账中没有这个编号；请核对编号，或补报这一问题。",
            _unknown_problem,
            ("problem",),
            warns=True,
        ),
    ),
    "water_quality": happened("month"),
    "tasks": (
        at_least_nothing("planned"),
        at_least_nothing("done"),
        order("started_on", "due_on", "时限早于开始", "早于开始日期；请核对两个日期。"),
        Check(
            "单位不一",
            "done",
            "与计划量一个是百分数、一个不是；请把计划量和完成量写成同一单位。",
            _percent_and_number,
            ("planned", "done"),
        ),
    ),
    "outfalls": (*happened("checked_on"), SECTION_IN_TOWN),
    "promises": (
        *happened("met_on", "done_on"),
        order("met_on", "due_on", "时限早于会议", "早于会议日期；请核对两个日期。"),
        order("met_on", "done_on", "完成早于会议", "早于会议日期；请核对两个日期。"),
        Check(
            "完成而无完成日期",
            "done_on",
            "而这一行的状态写着已完成；请补上完成日期，或改正状态。",
            _closed_without_completion,
            ("done_on",),
        ),
        Check(
            "完成而无完成日期",
            "done_on",
            "而这一行的状态写着已完成，表里又没有这一列；没有完成日期的仍算未完成，请补上这一列再导入。",
            _closed_without_such_a_column,
            (),
            warns=True,
        ),
    ),
    "practices": happened("day"),
    "ratings": (
        *happened("day"),
        Check(
            "考评对象不明",
            "town",
            "河长也空着；请写明考评的是哪个镇乡街道，或哪位河长。",
            _rates_nobody,
            ("town",),
        ),
        Check(
            "考评对象不明",
            "code",
            "而表中既没有镇乡街道，也没有河长；请补上其中一列。",
            lambda rows, _: pd.Series(not {"town", "chief"} & set(rows.columns), index=rows.index),
            ("code",),
        ),
    ),
    "policy": POLICY_CHECKS,
}
