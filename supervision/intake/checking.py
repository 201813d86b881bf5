"""What a check across the columns of a row is, and how a sheet is judged by its checks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from supervision.errors import Problem
from supervision.intake.cells import shown
from supervision.intake.drafts import Draft
from supervision.intake.names import Directory
from supervision.intake.values import Failure, complaint, shortened

WARNED_ROWS = 1_000
"""A sheet's warnings by one check name this many rows and count the others."""

ONE_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """What a check may look at beside the values: the day of the import, who is who, the cells as sent."""

    today: pd.Timestamp
    directory: Directory
    draft: Draft

    def written(self, column: str) -> pd.Series:
        """The cells of a column as the sender wrote them; none where the sheet has no such column."""
        place = self.draft.layout.columns.get(column)
        return pd.Series(None, index=self.draft.raw.index, dtype="object") if place is None else self.draft.raw[place]


Breaks = Callable[[pd.DataFrame, Known], pd.Series]
"""Which rows break a rule."""

Advice = Callable[[pd.DataFrame, Known], Iterable[str]]
"""What is said of each row that breaks it."""


@dataclass(frozen=True)
class Check:
    """A rule that a row may break: the column to which it is put down, and the advice.

    `breaks` is asked only of sheets that have all columns of `needs`; a missing value breaks nothing.
    A check that only `warns` refuses no row.
    """

    rule: str
    column: str
    advice: str | Advice
    breaks: Breaks
    needs: tuple[str, ...]
    warns: bool = False


def judge(draft: Draft, checks: Sequence[Check], known: Known) -> None:
    """Put down what breaks the checks to the draft's problems and warnings."""
    for check in checks:
        if not set(check.needs) <= set(draft.frame.columns):
            continue
        broken = draft.frame[check.breaks(draft.frame, known).fillna(False).astype(bool)]
        if broken.empty:
            continue
        failures = _failures(broken, check, known)
        if not check.warns:
            draft.refuse(check.column, list(failures))
            continue
        draft.warn(check.column, list(islice(failures, WARNED_ROWS)))
        if len(broken) > WARNED_ROWS:
            heading, more = draft.layout.heading(check.column), len(broken) - WARNED_ROWS
            message = f"「{heading}」还有 {more:,} 行也是“{check.rule}”，不一一列出；请到来源系统核对。"
            draft.checked.warnings.append(Problem(None, heading, "", check.rule, message))


def _failures(broken: pd.DataFrame, check: Check, known: Known) -> Iterable[Failure]:
    heading = known.draft.layout.heading(check.column)
    cells = known.written(check.column)[broken.index]
    advice = [check.advice] * len(broken) if isinstance(check.advice, str) else check.advice(broken, known)
    for row, cell, says in zip(broken.index, cells, advice, strict=False):
        text = "" if pd.isna(cell) else shortened(shown(cell))
        message = complaint(heading, text, says) if text else f"「{heading}」空着，{says}"
        yield Failure(int(str(row)), text, check.rule, message)


def order(first: str, then: str, rule: str, advice: str, *, warns: bool = False, unless: str | None = None) -> Check:
    """What comes first may not be later than what comes then; the day that comes then is the wrong one.

    Rows with a value in the column `unless` are left in peace.
    """

    def breaks(rows: pd.DataFrame, _: Known) -> pd.Series:
        # A deadline is a text, and may be a word.
        days = (
            pd.to_datetime(rows[then], format="%Y-%m-%d", errors="coerce") if rows[then].dtype == "str" else rows[then]
        )
        broken: pd.Series = days < rows[first]
        return broken & rows[unless].isna() if unless in rows.columns else broken

    return Check(rule, then, advice, breaks, (first, then), warns)


def happened(*columns: str) -> tuple[Check, ...]:
    """What has happened did so by the day of the import; one wrong year would move the whole board."""
    advice = "是将来的日期；请核对年份和月份（若日期没有错，请核对这台电脑的日期）。"

    def check(column: str) -> Check:
        return Check("日期在将来", column, advice, lambda rows, known: rows[column] >= known.today + ONE_DAY, (column,))

    return tuple(map(check, columns))


def within(column: str, lowest: float, highest: float, rule: str, advice: str) -> Check:
    """A number between two bounds, both allowed."""
    return Check(
        rule, column, advice, lambda rows, _: ~rows[column].between(lowest, highest) & rows[column].notna(), (column,)
    )


def at_least_nothing(column: str) -> Check:
    """A number that is not negative."""
    return within(column, 0, float("inf"), "不能为负", "不能小于 0；请核对后改正。")


def place(longitude: str, latitude: str) -> tuple[Check, ...]:
    """A place on the earth; degrees."""
    return (
        within(
            longitude, -180, 180, "经纬度不对", "不是经度；经度在 -180 到 180 之间，请核对，也看看是否与纬度写反了。"
        ),
        within(latitude, -90, 90, "经纬度不对", "不是纬度；纬度在 -90 到 90 之间，请核对，也看看是否与经度写反了。"),
    )
