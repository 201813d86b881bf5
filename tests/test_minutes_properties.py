"""What must hold of the minutes whatever is done, in whatever order, and whenever a process dies.

Sequences are drawn by a seed; an independent oracle in plain Python says what each matter came to.
`MINUTES=50 pytest tests/test_minutes_properties.py` draws 50 sequences.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import astuple, fields, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from conftest import frame_of

from supervision import importing
from supervision.errors import PromiseUnfit, StagedOutdated
from supervision.importing import check_files, import_files
from supervision.meeting.minutes import Minutes, Promise
from supervision.meeting.pinned import Meeting
from supervision.periods import Period
from supervision.settings import ROOT
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

SEEDS = range(int(os.environ.get("MINUTES", "2")))
MONDAYS = [date(2017, 10, 16) + timedelta(weeks=week) for week in range(4)]
WEEK_OF = {monday: Period.around(monday - timedelta(days=7), "week") for monday in MONDAYS}
DAYS = [MONDAYS[0] - timedelta(days=1), *MONDAYS, MONDAYS[-1] + timedelta(days=20)]
FIELDS = [field.name for field in fields(Promise)]
HEADINGS = ("编号", "会议日期", "事项", "责任单位", "时限", "状态", "完成日期", "说明")
KILLS = 8
IMPORTED = 0
WRITING_AT_ONCE = 40


class Oracle:
    """The journal as it ought to be: what was told, by which meeting, and how much was known when each was opened.

    What was told outside any meeting is told by None on a card, by IMPORTED in a workbook.
    """

    def __init__(self) -> None:
        self.entries: list[tuple[Promise, int | None]] = []
        self.known: dict[int, int] = {}

    def newest(self, meeting: int | None = None) -> dict[str, Promise]:
        """By code what was told last; of a meeting as it knew it."""
        if meeting is None:
            return {told.code: told for told, _ in self.entries}
        closed = min((known for number, known in self.known.items() if number > meeting), default=len(self.entries))
        first_told: dict[str, int | None] = {}
        for told, by in self.entries:
            first_told.setdefault(told.code, by)
        return {
            told.code: told
            for place, (told, by) in enumerate(self.entries)
            if place < self.known[meeting]
            or by == meeting
            or (by is None and first_told[told.code] == meeting and place < closed)
        }

    def of(self, code: str) -> list[Promise]:
        """All that was told of a matter."""
        return [told for told, _ in self.entries if told.code == code]

    def promises(self, on: date, meeting: int | None = None) -> dict[str, tuple[Any, ...]]:
        """By code the matter, its deadline, the day of its completion, its standing and its days."""
        return {
            code: (told.matter, told.due_on, *standing(told, on))
            for code, told in self.newest(meeting).items()
            if told.met_on <= on and told.state != "撤销"
        }


def standing(told: Promise, on: date) -> tuple[date | None, str, int]:
    """The day of the completion as known on a day, how the matter stands, and how many days it is or was late."""
    if told.done_on is not None and told.done_on <= on:
        late = (told.done_on - told.due_on).days
        return told.done_on, "逾期完成" if late > 0 else "按时完成", max(late, 0)
    late = (on - told.due_on).days
    return None, "逾期" if late > 0 else "未到期", max(late, 0)


def shown(frame: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    """The answer of the minutes in the form of the oracle's."""
    days = {name: [None if pd.isna(day) else day.date() for day in frame[name]] for name in ("due_on", "done_on")}
    rows = zip(frame["matter"], days["due_on"], days["done_on"], frame["standing"], frame["days_late"], strict=True)
    return dict(zip(frame["code"], rows, strict=True))


def journal(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    """Every entry as it stands in the file, read past the program."""
    with closing(sqlite3.connect(warehouse.folder / "minutes.sqlite")) as connection:
        return connection.execute("select * from entries order by entry").fetchall()


class Run:
    """A warehouse, its oracle, and a step of each kind that may be done to them."""

    def __init__(self, warehouse: Warehouse, seed: int, folder: Path) -> None:
        self.warehouse, self.oracle = warehouse, Oracle()
        self.draw, self.folder = Random(f"minutes {seed}"), folder
        self.meetings: list[Meeting] = []
        self.files = 0

    def open(self) -> None:
        current = self.warehouse.current()
        assert current is not None
        held_on = self.draw.choice(MONDAYS)
        meeting = self.warehouse.minutes.open_meeting(
            held_on=held_on, period=WEEK_OF[held_on], snapshot=current.id, focus=None, by="王"
        )
        assert meeting.number == len(self.meetings) + 1
        self.meetings.append(meeting)
        self.oracle.known[meeting.number] = len(self.oracle.entries)

    def open_by_mistake(self) -> None:
        """What was opened and cancelled leaves no trace, and the meeting before it can be written in again."""
        before, entries = self.warehouse.minutes.meetings(), journal(self.warehouse)
        self.open()
        self.warehouse.minutes.cancel(self.meetings.pop())
        self.oracle.known.popitem()
        assert (self.warehouse.minutes.meetings(), journal(self.warehouse)) == (before, entries)

    def decide(self) -> None:
        meeting = self.meetings[-1]
        due = meeting.held_on + timedelta(days=self.draw.randint(0, 12))
        given = {"matter": f"事项 {self.draw.randint(0, 9)}", "unit": "区水务局", "due_on": due, "by": "李"}
        taken = {told.code for told, _ in self.oracle.entries}
        code = next(f"YD-{meeting.held_on:%Y%m%d}-{n:02}" for n in range(1, 99) if self.code(meeting, n) not in taken)
        made = self.warehouse.minutes.decide(meeting, **given)  # type: ignore[arg-type]
        self.oracle.entries.append(
            (Promise(code, meeting.held_on, given["matter"], "区水务局", due, "办理中"), meeting.number)
        )
        assert made.code == code
        for earlier in self.meetings[:-1][-1:]:
            with pytest.raises(PromiseUnfit):
                self.warehouse.minutes.decide(earlier, **given)  # type: ignore[arg-type]

    @staticmethod
    def code(meeting: Meeting, number: int) -> str:
        return f"YD-{meeting.held_on:%Y%m%d}-{number:02}"

    def amend(self, code: str | None = None) -> None:
        told = self.oracle.newest()[code or self.any_code()]
        later = told.met_on + timedelta(days=self.draw.randint(0, 25))
        possible: list[dict[str, Any]] = [
            {"done_on": later, "state": "已完成"},
            {"note": f"说明 {self.draw.randint(0, 9)}"},
            {"due_on": later},
            {"state": "撤销"},
        ]
        changes = self.draw.choice([each for each in possible if replace(told, **each) != told])
        meeting = self.draw.choice([None, self.meetings[-1]])
        if meeting and told.state == "撤销":
            with pytest.raises(PromiseUnfit, match="已经撤销"):
                self.warehouse.minutes.amend(told.code, by="李", meeting=meeting, **changes)
            meeting = None
        if meeting and changes.get("done_on", meeting.held_on) > meeting.held_on:
            with pytest.raises(PromiseUnfit, match="还没有到的日期"):
                self.warehouse.minutes.amend(told.code, by="李", meeting=meeting, **changes)
            meeting = None
        self.warehouse.minutes.amend(told.code, by="李", meeting=meeting, **changes)
        self.oracle.entries.append((replace(told, **changes), meeting and meeting.number))

    def bring(self) -> None:
        """Import a workbook, then the same once more."""
        rows = self.rows()
        news = self.news(rows)
        report = import_files(self.warehouse, [self.workbook(rows)], by="赵")
        assert report.refused == 0
        assert (report.snapshot is not None) == bool(news)
        self.oracle.entries += [(told, IMPORTED) for told in news]
        before = journal(self.warehouse)
        assert import_files(self.warehouse, [self.workbook(rows)], by="赵").snapshot is None
        assert journal(self.warehouse) == before

    def check(self) -> None:
        """Check a workbook, decide something, then publish what was checked.

        What was decided of a matter that the workbook changes too makes the check outdated: what goes in is what was
        looked at.
        """
        rows = self.rows()
        news = self.news(rows)
        report = check_files(self.warehouse, [self.workbook(rows)], by="赵")
        if report.staged is None:
            assert not news
            return
        if self.draw.random() < 0.3:
            self.decide()
        else:
            self.amend(self.draw.choice([None, rows[0].code]) if rows[0].code in self.oracle.newest() else None)
        before, overtaken = journal(self.warehouse), {told.code for told in news} & {self.oracle.entries[-1][0].code}
        if overtaken:
            with pytest.raises(StagedOutdated, match=overtaken.pop()):
                self.warehouse.publish_staged(report.staged, made_at="2017-10-30T10:00:00", made_by="赵")
            assert journal(self.warehouse) == before
        else:
            self.warehouse.publish_staged(report.staged, made_at="2017-10-30T10:00:00", made_by="赵")
            self.oracle.entries += [(told, IMPORTED) for told in news]

    def back(self) -> None:
        """Go back or forth to any snapshot: the minutes say what they said."""
        before = [self.warehouse.minutes.promises(on=day) for day in DAYS]
        opened, table = self.warehouse.minutes.meetings(), self.warehouse.minutes.table()
        self.warehouse.rollback(self.draw.choice(self.warehouse.snapshots()).id)
        for day, answer in zip(DAYS, before, strict=True):
            pd.testing.assert_frame_equal(self.warehouse.minutes.promises(on=day), answer)
        pd.testing.assert_frame_equal(self.warehouse.minutes.table(), table)
        assert self.warehouse.minutes.meetings() == opened

    def restart(self) -> None:
        self.warehouse = Warehouse(self.warehouse.folder)

    def any_code(self) -> str:
        return self.draw.choice([told.code for told, _ in self.oracle.entries])

    def news(self, rows: list[Promise]) -> list[Promise]:
        """The rows that say something else than the newest entries."""
        known = self.oracle.newest()
        return [told for told in rows if told != known.get(told.code)]

    def rows(self) -> list[Promise]:
        """Rows of a workbook: a new matter, a changed one, one as it stood some time ago, one as it stands."""
        self.files += 1
        met = self.draw.choice(MONDAYS)
        found = [Promise(f"DR-{self.files}", met, f"导入 {self.files}", "宝山镇", met + timedelta(days=4), "办理中")]
        for kind in ("changed", "stale", "same"):
            told = self.oracle.newest()[self.any_code()]
            if kind == "changed":
                told = replace(told, matter=f"改写 {self.files}")
            if kind == "stale":
                told = self.draw.choice(self.oracle.of(told.code))
            found.append(told)
        chosen = self.draw.sample(found, self.draw.randint(1, len(found)))
        return list({told.code: told for told in chosen}.values())

    def workbook(self, rows: list[Promise]) -> Path:
        path = self.folder / f"{self.files}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("会议议定事项")
            for line, row in enumerate((HEADINGS, *map(astuple, rows))):
                sheet.write_row(line, 0, ["" if value is None else str(value) for value in row])
        return path

    def holds(self, before: list[tuple[Any, ...]], first_shown: dict[int, dict[str, Any]]) -> list[tuple[Any, ...]]:
        """All that must hold after every step; the journal as it now is."""
        minutes, now = self.warehouse.minutes, journal(self.warehouse)
        assert now[: len(before)] == before
        assert len(now) == len(self.oracle.entries)
        said: dict[str, list[Any]] = {}
        for row in now:
            said.setdefault(row[-len(FIELDS)], []).append(row[-len(FIELDS) :])
        for code, entries in said.items():
            assert entries == [tuple(value and str(value) for value in astuple(told)) for told in self.oracle.of(code)]
        if now:
            asked = self.any_code()
            assert minutes.history(asked)["matter"].tolist() == [told.matter for told in self.oracle.of(asked)]
        for day in DAYS:
            assert shown(minutes.promises(on=day)) == self.oracle.promises(day)
        assert minutes.meetings() == self.meetings[::-1]
        for meeting in self.meetings:
            seen = shown(minutes.promises(on=meeting.held_on, meeting=meeting))
            assert seen == self.oracle.promises(meeting.held_on, meeting.number)
            own = {told.code for told, by in self.oracle.entries if by == meeting.number}
            first = first_shown.setdefault(meeting.number, seen)
            assert _without(seen, own) == _without(first, own)
        return now


def _without(found: dict[str, Any], codes: set[str]) -> dict[str, Any]:
    return {code: row for code, row in found.items() if code not in codes}


STEPS: list[tuple[Callable[[Run], None], int]] = [
    (Run.open, 3),
    (Run.open_by_mistake, 1),
    (Run.decide, 6),
    (Run.amend, 9),
    (Run.bring, 1),
    (Run.check, 2),
    (Run.back, 2),
    (Run.restart, 2),
]
"""Each kind of step and how often a sequence takes it."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one town, to be copied."""
    warehouse = Warehouse(tmp_path_factory.mktemp("minutes") / "warehouse")
    with warehouse.writing():
        building = warehouse.begin(made_at="2017-10-16T09:00:00", made_by="测试", demo=False)
        building.merge(BY_NAME["towns"], frame_of("towns", [{"code": "T1", "name": "宝山镇"}]), "镇.xlsx")
        building.build_models(lambda name, share: None)
        warehouse.publish(building)
    return warehouse.folder


@pytest.fixture
def run(request: pytest.FixtureRequest, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run on a copy; the marts, which are no part of the minutes, stay as they were built."""
    monkeypatch.setattr(importing, "_build_models", lambda build, progress: None)
    shutil.copytree(template, tmp_path / "warehouse")
    return Run(Warehouse(tmp_path / "warehouse"), request.param, tmp_path)


@pytest.mark.parametrize("run", SEEDS, indirect=True)
def test_nothing_that_was_decided_is_ever_lost_changed_or_shown_otherwise(run: Run) -> None:
    steps = [step for step, times in STEPS for _ in range(times)]
    run.draw.shuffle(steps)
    before: list[tuple[Any, ...]] = []
    first_shown: dict[int, dict[str, Any]] = {}
    for step in [Run.open, Run.decide, *steps]:
        step(run)
        before = run.holds(before, first_shown)


@pytest.mark.parametrize("run", [0], indirect=True)
def test_a_check_that_a_meeting_overtook_is_not_published(run: Run) -> None:
    # the workbook rewrites a matter that somebody reports as done while the check is being looked at
    run.open()
    run.decide()
    told = run.oracle.entries[-1][0]
    report = check_files(run.warehouse, [run.workbook([replace(told, matter="改写")])], by="赵")
    run.warehouse.minutes.amend(told.code, by="李", done_on=told.due_on, state="已完成")
    assert report.staged is not None
    with pytest.raises(StagedOutdated, match=f"{told.code}.*再检查一次"):
        run.warehouse.publish_staged(report.staged, made_at="2017-10-30T10:00:00", made_by="赵")
    known = run.warehouse.minutes.promise(told.code)
    assert (known.matter, known.done_on) == (told.matter, told.due_on)
    # checked again it says what it would undo, and whoever publishes it knows
    again = check_files(run.warehouse, [run.workbook([replace(told, matter="改写")])], by="赵")
    assert {change.column for change in again.sheets[0].changes} == {"事项", "状态", "完成日期"}


WRITING = """
import os, signal, sys, time
from datetime import date
from pathlib import Path
from supervision.meeting.minutes import Minutes, Promise

def write(name, times):
    minutes = Minutes(Path({folder!r}))
    meeting = minutes.meetings()[0]
    for number in range(times):
        made = minutes.decide(meeting, matter=f"{{name}} {{number}}", unit="水务局", due_on=date(2017, 11, 6), by=name)
        os.write(1, f"{{made.code}} {{made.matter}}\\n".encode())
"""
KILLED = """
for place, seconds in enumerate({seconds!r}):
    child = os.fork()
    if not child:
        write(f"写者{{place}}", 10**6)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


@pytest.fixture
def minutes(tmp_path: Path) -> Minutes:
    """Minutes in which a meeting is open."""
    made = Minutes(tmp_path)
    made.open_meeting(held_on=MONDAYS[0], period=WEEK_OF[MONDAYS[0]], snapshot="0001", focus=None, by="王")
    return made


def started(minutes: Minutes, script: str) -> subprocess.Popen[str]:
    whole = (WRITING + script).format(folder=str(minutes.path.parent), seconds=INSTANTS)
    return subprocess.Popen([sys.executable, "-c", whole], stdout=subprocess.PIPE, text=True, cwd=ROOT)


INSTANTS = [round(Random(f"kill {n}").uniform(0.02, 0.3), 3) for n in range(KILLS)]
"""Seconds after which a writer dies; a decision takes about a hundredth."""


def written(minutes: Minutes) -> list[str]:
    """What stands in the file, as the writers print it."""
    with closing(sqlite3.connect(minutes.path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    table = minutes.table()
    return list(table["code"] + " " + table["matter"])


def test_a_writer_killed_at_any_time_loses_nothing_that_it_reported(minutes: Minutes) -> None:
    writer = started(minutes, KILLED)
    reported = writer.communicate(timeout=60)[0].splitlines()
    assert writer.returncode == 0
    found = written(minutes)
    assert len({line.split()[1] for line in reported}) > KILLS / 2, "hardly any writer came to write"
    assert set(reported) <= set(found)
    # each may have died between writing and reporting, once
    assert len(found) - len(reported) <= KILLS
    assert {line.split()[0] for line in found} == {f"YD-20171016-{n + 1:02}" for n in range(len(found))}


def test_two_that_write_at_once_lose_nothing(minutes: Minutes) -> None:
    writers = [started(minutes, f"write('{name}', {WRITING_AT_ONCE})") for name in "甲乙"]
    reported = "".join(writer.communicate(timeout=60)[0] for writer in writers).splitlines()
    assert [writer.returncode for writer in writers] == [0, 0]
    assert sorted(reported) == sorted(written(minutes))
    assert len({line.split()[0] for line in reported}) == 2 * WRITING_AT_ONCE
