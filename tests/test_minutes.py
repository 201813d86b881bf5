"""The minutes: what the meetings decided outlives every import, every way back and every restart."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from conftest import WEEK, BuildDistrict

from supervision.building import Build, SnapshotInfo
from supervision.errors import MinutesUnreadable, PromiseUnfit, StagedOutdated
from supervision.importing import check_files, import_files
from supervision.meeting.minutes import Minutes
from supervision.meeting.pinned import Focus, Meeting, usual_day
from supervision.periods import Period
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

MONDAY = date(2017, 10, 30)
HEADINGS = ("编号", "会议日期", "事项", "责任单位", "时限", "状态", "完成日期")


def promise(code: str, matter: str, due: str, done: str | None = None, met: str = "2017-10-23") -> dict[str, Any]:
    return {
        "code": code,
        "met_on": met,
        "matter": matter,
        "unit": "区水务局",
        "due_on": due,
        "state": "已完成" if done else "办理中",
        "done_on": done,
    }


def workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("会议议定事项")
        for number, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture(scope="module")
def template(build_once: BuildDistrict) -> Path:
    """A warehouse with four matters, to be copied."""
    snapshot = build_once(
        towns=[{"code": "T1", "name": "宝山镇"}],
        departments=[{"name": "区水务局"}],
        promises=[
            promise("YD-1", "封堵两处直排口", "2017-10-27", "2017-10-27"),
            promise("YD-2", "清运怀河垃圾", "2017-10-27", "2017-10-29"),
            promise("YD-3", "拆除违建", "2017-10-27"),
            promise("YD-4", "补齐台账", "2017-11-03"),
        ],
    )
    return snapshot.path.parent.parent


@pytest.fixture
def warehouse(template: Path, tmp_path: Path) -> Warehouse:
    return Warehouse(shutil.copytree(template, tmp_path / "warehouse"))


def opened(warehouse: Warehouse, held_on: date = MONDAY, focus: Focus | None = None) -> Meeting:
    current = warehouse.current()
    assert current is not None
    return warehouse.minutes.open_meeting(held_on=held_on, period=WEEK, snapshot=current.id, focus=focus, by="王")


def standing(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["code"], frame["standing"], strict=True))


def test_how_a_matter_stands_on_a_day_worked_by_hand(warehouse: Warehouse) -> None:
    now = warehouse.minutes.promises(on=MONDAY)
    assert standing(now) == {"YD-1": "按时完成", "YD-2": "逾期完成", "YD-3": "逾期", "YD-4": "未到期"}
    # 27 to 29 October is two days; 27 to 30 October three.
    assert dict(zip(now["code"], now["days_late"], strict=True)) == {"YD-1": 0, "YD-2": 2, "YD-3": 3, "YD-4": 0}


def test_what_is_done_or_decided_later_was_open_or_unknown_then(warehouse: Warehouse) -> None:
    assert standing(warehouse.minutes.promises(on=date(2017, 10, 27))) == {
        "YD-1": "按时完成",
        "YD-2": "未到期",
        "YD-3": "未到期",
        "YD-4": "未到期",
    }
    assert warehouse.minutes.promises(on=date(2017, 10, 22)).empty


def test_a_decision_is_there_after_a_restart_with_who_wrote_it(warehouse: Warehouse) -> None:
    meeting = opened(warehouse)
    made = warehouse.minutes.decide(
        meeting, matter=" 白河排口封堵 ", unit="区水务局", due_on=date(2017, 11, 6), by="李记录"
    )
    again = Minutes(warehouse.folder)
    known = again.promises(on=MONDAY, meeting=meeting)
    (row,) = known[known["met_on"] == pd.Timestamp(MONDAY)].to_dict("records")
    assert (row["code"], row["matter"], row["written_by"]) == ("YD-20171030-01", "白河排口封堵", "李记录")
    assert made.code == row["code"]
    (entry,) = again.history(made.code).to_dict("records")
    assert entry["written_in"] == "2017年10月30日例会"


def test_neither_an_import_nor_a_way_back_loses_a_decision(warehouse: Warehouse, tmp_path: Path) -> None:
    meeting = opened(warehouse)
    warehouse.minutes.decide(meeting, matter="约谈", unit="宝山镇", due_on=date(2017, 11, 6), by="李")
    rows = [("YD-4", "2017-10-23", "补齐台账", "区水务局", "2017-11-03", "已完成", "2017-10-30")]
    import_files(warehouse, [workbook(tmp_path / "a.xlsx", *rows)], by="赵")
    warehouse.rollback("0001")
    known = warehouse.minutes.promises(on=MONDAY)
    assert "约谈" in set(known["matter"])
    assert standing(known)["YD-4"] == "按时完成"
    assert [entry["written_by"] for entry in warehouse.minutes.history("YD-4").to_dict("records")] == ["测试", "赵"]


def test_the_same_workbook_again_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("YD-9", "2017-10-23", "新事项", "区水务局", "2017-11-03", "办理中", ""))
    assert import_files(warehouse, [path], by="赵").snapshot == "0002"
    assert import_files(warehouse, [path], by="赵").snapshot is None
    assert len(warehouse.minutes.history("YD-9")) == 1


def test_a_check_compares_with_what_the_meetings_wrote_and_writes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.minutes.amend("YD-3", by="李", done_on=date(2017, 10, 30), state="已完成")
    stale = ("YD-3", "2017-10-23", "拆除违建", "区水务局", "2017-10-27", "办理中", "")
    report = check_files(warehouse, [workbook(tmp_path / "a.xlsx", stale)], by="赵")
    changes = {(change.column, change.before, change.after) for change in report.sheets[0].changes}
    assert changes == {("状态", "已完成", "办理中"), ("完成日期", "2017-10-30", "")}
    assert standing(warehouse.minutes.promises(on=MONDAY))["YD-3"] == "逾期完成"


def test_what_is_decided_while_an_import_waits_is_not_undone_by_it(warehouse: Warehouse, tmp_path: Path) -> None:
    row = ("YD-4", "2017-10-23", "补齐全部台账", "区水务局", "2017-11-03", "办理中", "")
    report = check_files(warehouse, [workbook(tmp_path / "a.xlsx", row)], by="赵")
    warehouse.minutes.amend("YD-3", by="李", done_on=date(2017, 10, 30))
    assert report.staged is not None
    warehouse.publish_staged(report.staged, made_at="2017-10-30T10:00:00", made_by="赵")
    known = warehouse.minutes.promises(on=MONDAY).set_index("code")
    assert known.loc["YD-3", "standing"] == "逾期完成"
    assert known.loc["YD-4", "matter"] == "补齐全部台账"


def test_an_import_that_a_meeting_overtakes_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    # the file has no column 说明 and would write the matter with the one that it found when it began
    row = ("YD-3", "2017-10-23", "拆除两处违建", "区水务局", "2017-10-27", "办理中", "")

    def decides(doing: str, share: float) -> None:
        if doing.startswith("计算") and warehouse.minutes.promise("YD-3").note is None:
            warehouse.minutes.amend("YD-3", by="李", note="已约谈")

    with pytest.raises(StagedOutdated, match="会议又改动了 YD-3"):
        import_files(warehouse, [workbook(tmp_path / "a.xlsx", row)], by="赵", progress=decides)
    assert [info.id for info in warehouse.snapshots()] == ["0001"]
    assert (known := warehouse.minutes.promise("YD-3")).note == "已约谈"
    assert known.matter == "拆除违建"
    assert import_files(warehouse, [workbook(tmp_path / "a.xlsx", row)], by="赵").snapshot == "0002"
    assert warehouse.minutes.promise("YD-3").note == "已约谈"


def test_a_meeting_that_writes_while_the_file_is_closed_is_not_overwritten(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Build.finish

    def decides(build: Build) -> SnapshotInfo:
        warehouse.minutes.amend("YD-3", by="李", done_on=date(2017, 10, 27))
        return finish(build)

    monkeypatch.setattr(Build, "finish", decides)
    row = ("YD-3", "2017-10-23", "拆除两处违建", "区水务局", "2017-10-27", "办理中", "")
    with pytest.raises(StagedOutdated, match="会议又改动了 YD-3"):
        import_files(warehouse, [workbook(tmp_path / "a.xlsx", row)], by="赵")
    assert [info.id for info in warehouse.snapshots()] == ["0001"]
    assert warehouse.minutes.promise("YD-3").done_on == date(2017, 10, 27)


def test_a_meeting_shows_what_was_known_when_it_was_opened_and_what_it_wrote(warehouse: Warehouse) -> None:
    first = opened(warehouse)
    warehouse.minutes.amend("YD-3", by="李", done_on=MONDAY, meeting=first)
    second = opened(warehouse, date(2017, 11, 6))
    warehouse.minutes.amend("YD-4", by="李", done_on=date(2017, 10, 30), meeting=second)
    assert standing(warehouse.minutes.promises(on=MONDAY, meeting=first)) == {
        "YD-1": "按时完成",
        "YD-2": "逾期完成",
        "YD-3": "逾期完成",
        "YD-4": "未到期",
    }
    assert standing(warehouse.minutes.promises(on=MONDAY, meeting=second))["YD-4"] == "按时完成"


def test_a_decision_corrected_on_its_card_is_corrected_in_its_meeting_until_the_next(warehouse: Warehouse) -> None:
    minutes, first = warehouse.minutes, opened(warehouse)
    made = minutes.decide(first, matter="约谈", unit="宝山镇", due_on=date(2017, 11, 6), by="李")
    minutes.amend(made.code, by="李", matter="约谈镇长")
    minutes.amend("YD-3", by="李", note="已备料")  # of an earlier meeting: as it was known when this one was opened
    shown = minutes.promises(on=MONDAY, meeting=first).set_index("code")
    assert shown.loc[made.code, "matter"] == "约谈镇长"
    assert shown.loc["YD-3", "note"] is None
    opened(warehouse, date(2017, 11, 6))
    minutes.amend(made.code, by="李", matter="约谈书记")
    minutes.amend(made.code, by="李", state="撤销")
    assert minutes.promises(on=MONDAY, meeting=first).set_index("code").loc[made.code, "matter"] == "约谈镇长"
    assert minutes.decided()[first.number] == 1


def test_a_card_saved_without_a_change_writes_nothing(warehouse: Warehouse) -> None:
    before = warehouse.minutes.promise("YD-3")
    assert warehouse.minutes.amend("YD-3", by="李", matter=before.matter) == before
    assert len(warehouse.minutes.history("YD-3")) == 1


def test_only_the_newest_meeting_can_be_written_in(warehouse: Warehouse) -> None:
    first = opened(warehouse)
    opened(warehouse, date(2017, 11, 6))
    with pytest.raises(PromiseUnfit, match="已经开过新的例会"):
        warehouse.minutes.decide(first, matter="约谈", unit="宝山镇", due_on=date(2017, 11, 6), by="李")


def test_a_meeting_opened_by_mistake_is_cancelled_while_nothing_is_written_in_it(warehouse: Warehouse) -> None:
    minutes, first = warehouse.minutes, opened(warehouse)
    mistaken = opened(warehouse)
    assert minutes.to_cancel() == mistaken
    with pytest.raises(PromiseUnfit, match="不能作废"):
        minutes.cancel(first)
    minutes.cancel(mistaken)
    assert (minutes.meetings(), minutes.to_cancel(), minutes.is_open(first)) == ([first], first, True)
    minutes.amend("YD-4", by="李", note="已备料", meeting=first)
    assert minutes.to_cancel() is None
    with pytest.raises(PromiseUnfit, match="不能作废"):
        minutes.cancel(first)
    assert minutes.meetings() == [first]


def test_who_still_looks_at_a_cancelled_meeting_does_not_write_in_the_next(warehouse: Warehouse) -> None:
    cancelled = opened(warehouse)
    warehouse.minutes.cancel(cancelled)
    following = opened(warehouse, date(2017, 11, 6))
    with pytest.raises(PromiseUnfit, match="不再改动"):
        warehouse.minutes.decide(cancelled, matter="约谈", unit="宝山镇", due_on=date(2017, 11, 6), by="李")
    assert warehouse.minutes.decided() == {following.number: 0}


def test_a_matter_that_was_withdrawn_meanwhile_is_not_brought_back_by_a_meeting(warehouse: Warehouse) -> None:
    meeting = opened(warehouse)
    warehouse.minutes.amend("YD-3", by="李", state="撤销")
    with pytest.raises(PromiseUnfit, match="“拆除违建”已经撤销"):
        warehouse.minutes.amend("YD-3", by="王", meeting=meeting, state="已完成", done_on=MONDAY)
    assert warehouse.minutes.promise("YD-3").state == "撤销"


def test_a_meeting_counts_the_matters_of_its_day_that_it_shows(warehouse: Warehouse, tmp_path: Path) -> None:
    first = opened(warehouse)
    warehouse.minutes.decide(first, matter="约谈", unit="宝山镇", due_on=date(2017, 11, 6), by="李")
    later = ("YD-9", "2017-10-30", "补种", "宝山镇", "2017-11-06", "办理中", "")
    import_files(warehouse, [workbook(tmp_path / "会后补报.xlsx", later)], by="赵")
    second = opened(warehouse)  # on the same day, after the import
    assert warehouse.minutes.decided() == {second.number: 2, first.number: 1}
    for meeting, matters in ((first, 1), (second, 2)):
        seen = warehouse.minutes.promises(on=MONDAY, meeting=meeting)
        assert (seen["met_on"] == pd.Timestamp(MONDAY)).sum() == matters


def test_a_meeting_remembers_what_it_is_pinned_to(warehouse: Warehouse) -> None:
    meeting = opened(warehouse, focus=Focus("river", "怀河"))
    assert Minutes(warehouse.folder).meetings() == [meeting]
    assert (meeting.snapshot, meeting.period, meeting.held_on) == ("0001", WEEK, usual_day(WEEK))
    assert warehouse.minutes.decided() == {meeting.number: 0}


def test_a_withdrawn_matter_is_on_no_list_but_its_history_stays(warehouse: Warehouse) -> None:
    meeting = opened(warehouse)
    made = warehouse.minutes.decide(meeting, matter="写错了", unit="宝山镇", due_on=date(2017, 11, 6), by="李")
    warehouse.minutes.amend(made.code, by="李", state="撤销", meeting=meeting)
    assert made.code not in set(warehouse.minutes.promises(on=MONDAY)["code"])
    assert len(warehouse.minutes.history(made.code)) == 2
    following = warehouse.minutes.decide(meeting, matter="约谈", unit="宝山镇", due_on=date(2017, 11, 6), by="李")
    assert following.code == "YD-20171030-02"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"matter": " "}, "请写明事项"),
        ({"unit": ""}, "请写明责任单位"),
        ({"due_on": date(2017, 10, 29)}, "时限 10月29日早于会议日期 10月30日"),
        ({"due_on": date(2016, 1, 1)}, "时限 2016年1月1日早于会议日期 10月30日"),
        ({"matter": "长" * 61}, "事项写了 61 字"),
        ({"by": " "}, "请先写记录人"),
    ],
)
def test_what_is_missing_or_does_not_fit_is_said(warehouse: Warehouse, changed: dict[str, Any], message: str) -> None:
    given = {"matter": "约谈", "unit": "宝山镇", "due_on": date(2017, 11, 6), "by": "李"} | changed
    with pytest.raises(PromiseUnfit, match=message):
        warehouse.minutes.decide(opened(warehouse), **given)


@pytest.mark.parametrize("held_on", [date(2017, 10, 22), date(2017, 11, 30), date(2018, 10, 30)])
def test_a_meeting_far_from_its_period_is_a_slip_of_the_pen(warehouse: Warehouse, held_on: date) -> None:
    # the period is 23 to 29 October: from its first day to 31 days after its last, 29 November
    with pytest.raises(PromiseUnfit, match="太远"):
        opened(warehouse, held_on)
    assert opened(warehouse, date(2017, 11, 29)).held_on == date(2017, 11, 29)


def test_what_is_not_yet_over_cannot_be_done(warehouse: Warehouse) -> None:
    meeting = opened(warehouse)
    with pytest.raises(PromiseUnfit, match="晚于 2017年10月30日"):
        warehouse.minutes.amend("YD-3", by="李", meeting=meeting, done_on=date(2017, 10, 31))
    with pytest.raises(PromiseUnfit, match="晚于"):
        warehouse.minutes.amend("YD-3", by="李", done_on=date(2999, 1, 1))


def test_a_damaged_file_is_said(warehouse: Warehouse) -> None:
    warehouse.minutes.path.write_bytes(b"not a database, but long enough to be taken for one" * 50)
    with pytest.raises(MinutesUnreadable, match="从备份恢复"):
        warehouse.minutes.meetings()


def test_an_older_warehouse_begins_its_minutes_with_what_it_imported(warehouse: Warehouse) -> None:
    warehouse.minutes.path.unlink()
    assert len(warehouse.minutes.promises(on=MONDAY)) == 4


def test_minutes_that_somebody_was_killed_beginning_are_begun_again(warehouse: Warehouse) -> None:
    warehouse.minutes.path.write_bytes(b"")  # before it writes the first page, SQLite leaves an empty file
    assert Minutes(warehouse.folder).promises(on=MONDAY).empty
    assert len(warehouse.minutes.promises(on=MONDAY)) == 4


def test_minutes_are_never_begun_twice(warehouse: Warehouse) -> None:
    # two find no minutes; the other has begun them and written in them before this one comes to it
    warehouse.minutes.amend("YD-3", by="李", done_on=MONDAY)
    current = warehouse.current()
    assert current is not None
    warehouse.minutes.begin_with(current.table(BY_NAME["promises"]), by="测试", written_in="第 1 批")
    assert standing(warehouse.minutes.promises(on=MONDAY))["YD-3"] == "逾期完成"
    assert len(warehouse.minutes.history("YD-3")) == 2


def test_a_month_is_pinned_too(warehouse: Warehouse) -> None:
    october = Period.around(MONDAY, "month")
    opened_ = warehouse.minutes.open_meeting(
        held_on=date(2017, 11, 1), period=october, snapshot="0001", focus=None, by="王"
    )
    assert warehouse.minutes.meeting(opened_.number) == opened_
    assert warehouse.minutes.meeting(99) is None
