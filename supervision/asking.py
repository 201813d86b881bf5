"""The one way to a figure: which question, on which snapshot, for which period, and who asks.

Pages, documents and the command line all come through `ask`, so that they cannot disagree and
nobody sees more than he may.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import duckdb
import pandas as pd

from supervision.catalogue import Query, questions
from supervision.errors import QueryRefused
from supervision.periods import Period
from supervision.warehouse import Snapshot


@dataclass(frozen=True)
class Reader:
    """Who asks: the whole district, or only one town (its code) or one department (its name).

    Personal telephone numbers are masked for all but those who are allowed to see them (`sees_phones`).
    """

    name: str = ""
    town: str | None = None
    department: str | None = None
    sees_phones: bool = False

    @property
    def scope(self) -> dict[str, str]:
        """The parameters that this reader cannot choose himself."""
        return {key: value for key, value in (("town", self.town), ("department", self.department)) if value}


REMEMBERED = 256
"""How many answers that every question needs are kept: a snapshot never changes."""

PHONE = re.compile(r"\+?\d[\d\s()（）－—-]*\d")
MOBILE_DIGITS = 11

DISTRICT = Reader()
"""A reader who sees the whole district."""


def ask(
    snapshot: Snapshot,
    name: str,
    period: Period | None = None,
    *,
    as_of: date | None = None,
    policy_on: date | None = None,
    reader: Reader = DISTRICT,
    **params: object,
) -> pd.DataFrame:
    """Put a question to a snapshot; a frame with the columns that the query's head comment names.

    `as_of` is by default the period's end, or the newest fact's day if that is earlier;
    `policy_on` is the day whose policy judges, by default the period's end (queries see its $version). Filters that are
    not given ($town, $department, $chief) are null, which means all. QueryRefused names an unknown
    question, a parameter that is missing or not the query's, and a reader's scope that the
    query cannot keep to.
    """
    query = _query(name)
    wanted = {param.name for param in query.params}
    if unknown := params.keys() - wanted:
        raise QueryRefused(
            f"查询 {name} 没有参数 {'、'.join(sorted(unknown))}；它的参数是 {'、'.join(sorted(wanted))}。"
        )
    if reader.scope.keys() - wanted:
        raise QueryRefused(f"查询 {name} 面向全区，您的权限只限本单位。")
    given: dict[str, object] = {"town": None, "department": None, "chief": None} | params | reader.scope
    try:
        if period is not None:
            given = _dates(snapshot, period, as_of, policy_on) | given
        if missing := wanted - given.keys():
            raise QueryRefused(f"查询 {name} 还缺参数 {'、'.join(sorted(missing))}。")
        return _masked(snapshot.frame(query.sql, {key: given[key] for key in wanted}), reader)
    except duckdb.Error as error:
        raise QueryRefused(
            f"查询 {name} 在第 {snapshot.info.batch} 批上不能执行："
            + ("它是旧版本建立的批次，请重新导入一次。" if snapshot.outdated else "请核对考核办法里参数和数值的写法。")
        ) from error


@lru_cache(maxsize=REMEMBERED)
def newest_fact(snapshot: Snapshot) -> date | None:
    """The day of the newest fact in the snapshot, None if it holds no fact."""
    newest = ask(snapshot, "freshness")["newest_fact"].iloc[0]
    return None if pd.isna(newest) else newest.date()


def masked_phone(text: str) -> str:
    """The telephone numbers in a text without their middle: 138****1234; of other numbers only the last two digits."""
    return PHONE.sub(lambda found: _masked_number(found[0]), text)


def _masked_number(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    if len(digits) == MOBILE_DIGITS and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * (len(digits) - 2) + digits[-2:]


def _masked(frame: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """The answer as this reader may see it: the only place where personal data are masked."""
    if "phone" not in frame or reader.sees_phones:
        return frame
    return frame.assign(phone=frame["phone"].map(masked_phone, na_action="ignore"))


def _query(name: str) -> Query:
    try:
        return questions()[name]
    except KeyError:
        raise QueryRefused(f"没有名为 {name} 的查询；现有：{'、'.join(questions())}。") from None


def _dates(snapshot: Snapshot, period: Period, as_of: date | None, policy_on: date | None) -> dict[str, object]:
    """The dates of the period, of the one before it and of the year before, as queries name them."""
    last_day = as_of or newest_fact(snapshot) or period.end
    dates: dict[str, object] = {}
    for prefix, each in (("", period), ("previous_", period.previous), ("last_year_", period.last_year)):
        dates |= {
            f"{prefix}start": each.start,
            f"{prefix}end": each.end,
            f"{prefix}as_of": min(each.end, last_day),
            f"{prefix}version": _policy_version(snapshot, policy_on or each.end),
        }
    return dates


@lru_cache(maxsize=REMEMBERED)
def _policy_version(snapshot: Snapshot, day: date) -> date:
    """The version of the policy in force on a day, by which the marts are told apart."""
    version: date = snapshot.frame(_query("policy_version").sql, {"end": day})["version"].iloc[0].date()
    return version
