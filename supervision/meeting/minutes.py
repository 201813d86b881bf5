"""The minutes (会议记录): which meetings were held, and what they decided, in a journal that is only ever added to.

`minutes.sqlite` in the warehouse folder stands beside the snapshots and belongs to none of them, so that no
import and no way back loses a decision. Each change of a matter (会议议定事项) is an entry of its own with who
wrote it and when; the newest entry is how the matter stands.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from supervision.catalogue import statement
from supervision.errors import MinutesUnreadable, PromiseUnfit, StagedOutdated, WarehouseBusy
from supervision.formats import day
from supervision.meeting.pinned import Focus, Meeting
from supervision.periods import Kind, Period

FILE = "minutes.sqlite"
WAIT_SECONDS = 5
ONGOING, DONE = "办理中", "已完成"
WITHDRAWN = "撤销"
"""The state of a matter that was written by mistake: it is shown nowhere, but its history stays."""
KEPT, DONE_LATE, LATE, OPEN = "按时完成", "逾期完成", "逾期", "未到期"
"""How a matter stands on a day, as `queries/minutes/promises.sql` says."""
STANDINGS = (LATE, OPEN, DONE_LATE, KEPT)
"""Those to do something about first."""
BY_HAND = "议定事项清单"
"""Where a matter was changed outside any meeting, as `queries/minutes/known.sql` says."""
CODE = "YD-{:%Y%m%d}-{:02}"
MOST_LETTERS = 60
"""A matter of more cannot be read from the third row; its details belong in 说明."""
FARTHEST = timedelta(days=31)
"""A meeting held later after its period than this is a slip of the pen: one of its decisions would outlive years."""
DAYS = ("met_on", "due_on", "done_on")


@dataclass(frozen=True)
class Promise:
    """A matter that a meeting decided: what, who, until when, and what became of it."""

    code: str
    met_on: date
    matter: str
    unit: str
    due_on: date
    state: str | None = None
    done_on: date | None = None
    note: str | None = None


class Minutes:
    """The minutes of one warehouse; MinutesUnreadable if the file is damaged, WarehouseBusy if it stays locked."""

    def __init__(self, folder: Path) -> None:
        """Name the warehouse folder; the file is made when it is first needed."""
        self.path = folder / FILE

    @property
    def begun(self) -> bool:
        """Whether there is a journal yet for sure; while somebody writes the first entries there is none.

        What a writer leaves that is killed before its first entry is an empty file, or one with a journal to undo it.
        """
        undo = self.path.with_name(f"{FILE}-journal")
        return self.path.exists() and self.path.stat().st_size > 0 and not undo.exists()

    def open_meeting(self, *, held_on: date, period: Period, snapshot: str, focus: Focus | None, by: str) -> Meeting:
        """Put down that a meeting begins, and what it is pinned to; PromiseUnfit if its day is far from the period."""
        if not period.start <= held_on <= period.end + FARTHEST:
            raise PromiseUnfit(
                f"会议日期 {day(held_on, 0)}离统计期 {day(period.start, 0)}至 {day(period.end, 0)}太远；"
                f"请写统计期开始以后、结束后 {FARTHEST.days} 天以内的日期。"
            )
        opened_at = datetime.now().isoformat(timespec="seconds")
        record = {
            "held_on": held_on.isoformat(),
            "period_kind": period.kind,
            "period_start": period.start.isoformat(),
            "period_end": period.end.isoformat(),
            "snapshot": snapshot,
            "focus_kind": focus.kind if focus else None,
            "focus_name": focus.name if focus else None,
            "opened_at": opened_at,
            "opened_by": _signed(by),
        }
        with self._writing() as connection:
            ((number,),) = connection.execute(_sql("open_meeting"), record).fetchall()
        return Meeting(number, held_on, period, snapshot, focus, opened_at, _signed(by))

    def meetings(self) -> list[Meeting]:
        """All meetings that were opened, newest first."""
        return [_meeting(record) for record in self._records("meetings")]

    def meeting(self, number: int) -> Meeting | None:
        """The meeting with that number, None if there is none."""
        return next((meeting for meeting in self.meetings() if meeting.number == number), None)

    def decided(self) -> dict[int, int]:
        """By meeting: how many matters of its day it shows."""
        counted = {record["number"]: record["decided"] for record in self._records("decided")}
        return {meeting.number: counted.get(meeting.number, 0) for meeting in self.meetings()}

    def to_cancel(self) -> Meeting | None:
        """The meeting that can be cancelled: the newest, while nothing was written in it."""
        newest = next(iter(self._records("meetings")), None)
        return _meeting(newest) if newest and not newest["has_entries"] else None

    def cancel(self, meeting: Meeting) -> None:
        """Take back that a meeting was opened, so that the one before can be written in again.

        PromiseUnfit if something was written in it, or another was opened since.
        """
        with self._writing() as connection:
            if not connection.execute(_sql("cancel_meeting"), {"meeting": meeting.number}).fetchall():
                raise PromiseUnfit(
                    f"{day(meeting.held_on, 0)}例会不能作废：已经记了事项，或者之后又开了会；写错的事项请逐项撤销。"
                )

    def is_open(self, meeting: Meeting) -> bool:
        """Whether it may still be written in: only the newest can, so that what was shown stays as it was."""
        return self.meetings()[:1] == [meeting]

    def promises(self, *, on: date, meeting: Meeting | None = None) -> pd.DataFrame:
        """How each matter stands at the end of a day, newest meeting first.

        Columns: those of the table 会议议定事项; standing (按时完成, 逾期完成, 逾期, 未到期); days_late (天);
        written_by, who wrote last. With a meeting only what was known when it was opened, what it wrote itself, and
        how its own decisions were corrected on their cards until the next meeting.
        """
        known = {"day": on.isoformat(), "meeting": meeting and meeting.number}
        frame = pd.DataFrame(self._records("promises", known), columns=_COLUMNS)
        for name in DAYS:
            frame[name] = pd.to_datetime(frame[name])
        return frame

    def table(self) -> pd.DataFrame:
        """All matters as the newest entries have them, withdrawn ones too, with the columns of 会议议定事项."""
        frame = pd.DataFrame(self._records("newest_entries"), columns=_TABLE)
        for name in DAYS:
            frame[name] = pd.to_datetime(frame[name])
        return frame

    def newest_entry(self) -> int:
        """The number of the entry that was written last, 0 before the first."""
        return max((record["entry"] for record in self._records("newest_entries")), default=0)

    def history(self, code: str) -> pd.DataFrame:
        """Every entry of one matter, oldest first: written_at, written_by, written_in and what it said."""
        return pd.DataFrame(self._records("history", {"code": code}))

    def promise(self, code: str) -> Promise:
        """A matter as its newest entry has it; PromiseUnfit if there is none."""
        found = [record for record in self._records("newest_entries") if record["code"] == code]
        if not found:
            raise PromiseUnfit(f"没有编号为 {code} 的议定事项。")
        return _promise(found[0])

    def decide(self, meeting: Meeting, *, matter: str, unit: str, due_on: date, by: str) -> Promise:
        """Write down what a meeting decides; PromiseUnfit says what is missing or does not fit."""
        with self._writing() as connection:
            codes = {record["code"] for record in _fetch(connection, "newest_entries")}
            number = next(n for n in range(1, len(codes) + 2) if CODE.format(meeting.held_on, n) not in codes)
            code = CODE.format(meeting.held_on, number)
            promise = Promise(code, meeting.held_on, matter.strip(), unit.strip(), due_on, ONGOING)
            self._write(connection, promise, by, f"{day(meeting.held_on, 0)}例会", meeting)
        return promise

    def amend(self, code: str, *, by: str, meeting: Meeting | None = None, **changes: Any) -> Promise:
        """Change some of a matter's values, such as done_on, note, due_on or state (撤销 takes it off every list)."""
        written_in = f"{day(meeting.held_on, 0)}例会" if meeting else BY_HAND
        with self._writing() as connection:
            now = self.promise(code)
            if meeting is not None and now.state == WITHDRAWN:
                raise PromiseUnfit(f"“{now.matter}”已经撤销，这里不再改动；要恢复请从议定事项清单点进去。")
            if (promise := replace(now, **changes)) == now:
                return now
            done_on, today = changes.get("done_on"), meeting.held_on if meeting else date.today()
            if done_on is not None and done_on > today:
                raise PromiseUnfit(f"完成日期 {day(done_on, 0)}晚于 {day(today, 0)}；还没有到的日期不能算完成。")
            self._write(connection, promise, by, written_in, meeting)
        return promise

    def take_in(self, rows: pd.DataFrame, *, by: str, written_in: str, known: int) -> None:
        """Add an entry for each row of 会议议定事项 that says something new; the same rows again add none.

        StagedOutdated, and no entry, if a matter of the rows was written about after the entry `known`.
        """
        with self._writing() as connection:
            newest = {record["code"]: record for record in _fetch(connection, "newest_entries")}
            brought = [_promise(row) for row in rows.to_dict("records")]
            overtaken = [each.code for each in brought if each.code in newest and newest[each.code]["entry"] > known]
            if overtaken:
                raise StagedOutdated(
                    f"检查以后，会议又改动了 {'、'.join(sorted(overtaken))}，检查结果已经过时，没有入库；请再检查一次。"
                )
            for promise in brought:
                if promise.code not in newest or promise != _promise(newest[promise.code]):
                    connection.execute(_sql("write_entry"), _record(promise, by, written_in, None))

    def begin_with(self, rows: pd.DataFrame, *, by: str, written_in: str) -> None:
        """Begin the journal with the rows of 会议议定事项 that were imported before there was one; never twice."""
        with self._writing() as connection:
            if not _fetch(connection, "newest_entries") and not _fetch(connection, "meetings"):
                for row in rows.to_dict("records"):
                    connection.execute(_sql("write_entry"), _record(_promise(row), by, written_in, None))

    def _write(
        self, connection: sqlite3.Connection, promise: Promise, by: str, written_in: str, meeting: Meeting | None
    ) -> None:
        if meeting is not None and not self.is_open(meeting):
            raise PromiseUnfit("这次例会之后已经开过新的例会，它的记录不再改动；请在最近一次例会或议定事项清单里改。")
        _check(promise)
        connection.execute(_sql("write_entry"), _record(promise, _signed(by), written_in, meeting))

    def _records(self, name: str, params: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        with self._connected() as connection:
            return _fetch(connection, name, params) if _fetch(connection, "is_begun") else []

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes beside; the first makes the tables, together with what it writes."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            connection.executescript(f"begin immediate;{_sql('create')}")
            with connection:
                yield connection

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute(_sql("known"))
                yield connection
        except sqlite3.OperationalError as error:
            raise WarehouseBusy("别人正在写会议记录，或者数据仓库的文件夹不能写入；请稍后再试。") from error
        except sqlite3.DatabaseError as error:
            raise MinutesUnreadable(f"会议记录文件“{self.path}”读不懂，多半是被改坏了；请从备份恢复。") from error


_TABLE = ("code", "met_on", "matter", "unit", "due_on", "state", "done_on", "note")
_COLUMNS = (*_TABLE, "standing", "days_late", "written_by")


def by_standing(promises: pd.DataFrame) -> dict[str, int]:
    """How many matters stand how, in the order of STANDINGS, without those that none has."""
    found = promises["standing"].value_counts()
    return {standing: int(found[standing]) for standing in STANDINGS if standing in found}


def _sql(name: str) -> str:
    return statement(name, "minutes")


def _fetch(
    connection: sqlite3.Connection, name: str, params: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(_sql(name), params or {}).fetchall()]


def _meeting(record: Mapping[str, Any]) -> Meeting:
    kind: Kind = next(kind for kind in get_args(Kind) if kind == record["period_kind"])
    period = Period(kind, date.fromisoformat(record["period_start"]), date.fromisoformat(record["period_end"]))
    return Meeting(
        record["number"],
        date.fromisoformat(record["held_on"]),
        period,
        record["snapshot"],
        Focus(record["focus_kind"], record["focus_name"]) if record["focus_kind"] else None,
        record["opened_at"],
        record["opened_by"],
    )


def _promise(record: Mapping[Any, Any]) -> Promise:
    """A matter from a row of the journal (days as text) or of the warehouse (days as timestamps)."""
    values = {name: record.get(name) for name in _TABLE}
    known = {name: None if value is None or pd.isna(value) else value for name, value in values.items()}
    days = {name: _day(known[name]) for name in DAYS}
    return Promise(**known | days)  # type: ignore[arg-type]


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return None if value is None else pd.Timestamp(value).date()


def _record(promise: Promise, by: str, written_in: str, meeting: Meeting | None) -> dict[str, object]:
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in vars(promise).items()}
    return values | {
        "written_at": datetime.now().isoformat(timespec="seconds"),
        "written_by": by,
        "written_in": written_in,
        "meeting": meeting and meeting.number,
    }


def _signed(by: str) -> str:
    if not by.strip():
        raise PromiseUnfit("请先写记录人：会议记录要留下是谁写的。")
    return by.strip()


def _check(promise: Promise) -> None:
    if not promise.matter:
        raise PromiseUnfit("请写明事项。")
    if len(promise.matter) > MOST_LETTERS:
        raise PromiseUnfit(
            f"事项写了 {len(promise.matter)} 字，投影上看不清；请压到 {MOST_LETTERS} 字以内，细节写进说明。"
        )
    if not promise.unit:
        raise PromiseUnfit("请写明责任单位。")
    for value, name in ((promise.due_on, "时限"), (promise.done_on, "完成日期")):
        if value is not None and value < promise.met_on:
            raise PromiseUnfit(f"{name} {day(value, promise.met_on.year)}早于会议日期 {day(promise.met_on)}；请核对。")
