"""Who sent what and when, who is late, how complete it is, and what was sent back; the examples are worked by hand."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import WEEK, rows_of

from supervision import importing, titles
from supervision.asking import ask
from supervision.importing import import_files
from supervision.periods import Period
from supervision.senders import Sender, intervals, owing, senders
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot, Warehouse

LEDGER = "问题编号,发现日期,来源,类别,镇乡街道,问题描述,河段,责任部门,责任人,整改措施,整改方式,整改时限"
WALKS = "记录编号,河长,开始时间,时长,里程,巡查内容,河段"


class Clock(datetime):
    """The import's clock, set by the test."""

    today_is = datetime(2017, 10, 9, 9)

    @classmethod
    def now(cls, tz: object = None) -> "Clock":
        return cls.today_is  # type: ignore[return-value]


def imported(
    warehouse: Warehouse, folder: Path, monkeypatch: pytest.MonkeyPatch, day: int, **tables: list[str]
) -> Snapshot:
    """Import the tables on a morning of October 2017, taking the valid rows."""
    monkeypatch.setattr(Clock, "today_is", datetime(2017, 10, day, 9))
    monkeypatch.setattr(importing, "datetime", Clock)
    paths = []
    for name, lines in tables.items():
        path = folder / f"{name}{day}.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        paths.append(path)
    import_files(warehouse, paths, by="测试", accept_valid=True)
    snapshot = warehouse.current()
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Two towns, two departments: the week of 10-02 was sent on 10-09, that of 10-09 on 10-19, one of 10-16 never."""
    folder = tmp_path_factory.mktemp("reporting")
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield three_batches(Warehouse(folder / "warehouse"), folder, monkeypatch)


def three_batches(warehouse: Warehouse, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    imported(
        warehouse,
        folder,
        monkeypatch,
        9,
        镇乡街道=["编码,名称,排序", "105,桥梓镇,1", "111,宝山镇,2"],
        部门=["名称", "区水务局", "区环保局"],
        河段=["河段编码,河流,镇乡街道", "HD1,怀九河,桥梓镇"],
        河长名录=[
            "编码,姓名,级别,镇乡街道,任职日期",
            "HZ1,张三,村级,桥梓镇,2017-07-01",
            "HZ2,李四,村级,宝山镇,2017-07-01",
        ],
        巡河=[
            WALKS,
            "XH0,HZ1,2017-09-20 08:00,30,2,好,HD1",
            "XH1,HZ1,2017-10-03 08:00,30,2,好,HD1",
            "XH2,HZ2,2017-10-04 08:00,30,2,好,",
        ],
        执法=["编号,日期,部门,检查次数,镇乡街道", "ZF1,2017-09-12,区水务局,5,桥梓镇"],
    )
    imported(warehouse, folder, monkeypatch, 19, 巡河=[WALKS, "XH3,HZ1,2017-10-10 08:00,30,2,好,HD1"])
    return imported(
        warehouse,
        folder,
        monkeypatch,
        28,
        巡河=[
            WALKS,
            "XH4,HZ1,2017-10-24 08:00,30,,好,HD1",
            "XH5,HZ1,2017-10-26 08:00,,,,",
            "XH6,HZ1,昨天,30,2,好,HD1",
            "XH7,HZ2,2017-10-25 08:00,半天,2,好,HD1",
        ],
        台账=[
            LEDGER,
            "WT1,2017-10-24,督查检查,垃圾,桥梓镇,堆放,HD1,区水务局,李四,清理,限期整改,2017-11-30",
            "WT2,2017-10-25,督查检查,垃圾,桥梓镇,堆放,,,,清理,限期整改,",
            "WT3,2017-10-25,督查检查,垃圾,宝山镇,堆放,,区水务局,王五,清理,立行立改,",
        ],
    )


def test_the_calendar_by_hand(snapshot: Snapshot) -> None:
    """A week is due three days after its Sunday, a month five days after its end (default policy, 示例)."""
    rows = rows_of(snapshot, "reporting_calendar")
    walks = {
        (row["name"], f"{row['first_day']:%m-%d}"): (row["reported"], row["state"])
        for row in rows
        if row["table_name"] == "patrols"
    }
    assert len(walks) == 16
    assert walks["桥梓镇", "09-18"] == (1, "补录")  # due 09-27, brought by the first batch on 10-09
    assert walks["桥梓镇", "10-02"] == (1, "按时")  # due 10-11, sent 10-09
    assert walks["桥梓镇", "10-09"] == (1, "迟报")  # due 10-18, sent 10-19
    assert walks["桥梓镇", "10-16"] == (0, "未报")  # due 10-25, judged on 10-26
    assert walks["桥梓镇", "10-23"] == (2, "按时")
    assert walks["宝山镇", "10-02"] == (1, "按时")
    assert walks["宝山镇", "10-23"] == (0, "未到期")  # due 11-01, judged on 10-26, the day of the newest fact
    months = {
        (row["name"], f"{row['first_day']:%Y-%m}"): (row["reported"], row["state"], f"{row['last_day']:%d}")
        for row in rows
        if row["table_name"] == "enforcement"
    }
    assert len(months) == 16
    assert months["区水务局", "2017-09"] == (1, "补录", "30")
    assert months["区水务局", "2017-10"] == (0, "未到期", "31")
    assert months["区环保局", "2017-09"] == (0, "未报", "30")
    found = {
        (row["name"], f"{row['first_day']:%m-%d}"): row["state"] for row in rows if row["table_name"] == "problems"
    }
    assert (found["桥梓镇", "10-16"], found["桥梓镇", "10-23"]) == ("没有", "按时")
    october = rows_of(snapshot, "reporting_calendar", Period.around(date(2017, 10, 1), "month"))
    last = {(row["table_name"], row["name"]): row for row in october if f"{row['first_day']:%m-%d}" == "10-30"}
    assert {row["state"] for row in last.values()} == {"未到期"}  # begins after the newest fact
    assert len(last) == 4


def test_completeness_and_what_was_sent_back_by_hand(snapshot: Snapshot) -> None:
    """桥梓镇 in the week: of the cells that XH4 and XH5 should fill, 河段 1, 时长 1, 里程 0 and 记录 1 are; of 2 × 4.

    Its problems WT1 and WT2: 河段 1, 部门 1, 责任人 1, 措施 2, 方式 2 of 2 each, 时限 1 of 2: 8 of 12.
    """
    rows = {(row["table_name"], row["name"]): row for row in rows_of(snapshot, "data_quality")}
    walks = rows["patrols", "桥梓镇"]
    assert (walks["reported"], walks["asked"], walks["filled"], walks["completeness"]) == (2, 8, 3, 3 / 8)
    assert (walks["weakest"], walks["weakest_share"]) == ("km", 0)
    assert (walks["refused"], walks["refused_rule"]) == (1, "不是日期")
    ledger = rows["problems", "桥梓镇"]
    assert (ledger["reported"], ledger["asked"], ledger["filled"]) == (2, 12, 8)
    assert (rows["patrols", "宝山镇"]["reported"], rows["patrols", "宝山镇"]["completeness"]) == (0, None)
    assert (rows["patrols", "宝山镇"]["refused"], rows["patrols", "宝山镇"]["refused_rule"]) == (1, "不是数")
    assert rows["problems", "宝山镇"]["asked"] == 5  # no deadline is asked for 立行立改


def test_refusals_by_hand(snapshot: Snapshot) -> None:
    assert [
        (row["batch"], row["table"], row["rule"], row["files"], row["refused"])
        for row in rows_of(snapshot, "import_refusals", None)
    ] == [
        (3, "patrols", "不是数", 1, 1),
        (3, "patrols", "不是日期", 1, 1),
    ]


def test_senders_by_hand(snapshot: Snapshot) -> None:
    assert [(row["table_name"], row["name"]) for row in rows_of(snapshot, "sources", None)] == [
        ("patrols", "桥梓镇"),
        ("problems", "桥梓镇"),
        ("patrols", "宝山镇"),
        ("problems", "宝山镇"),
        ("enforcement", "区水务局"),
        ("enforcement", "区环保局"),
    ]


def test_the_calendar_looks_no_further_than_the_period(snapshot: Snapshot) -> None:
    first = {row["first_day"] for row in rows_of(snapshot, "reporting_calendar", WEEK.previous)}
    assert max(first).date() == WEEK.previous.start


def test_what_was_sent_of_a_day_by_hand(snapshot: Snapshot) -> None:
    walks = [
        (f"{row['day']:%m-%d}", row["reported"], f"{row['sent_on']:%m-%d}")
        for row in rows_of(snapshot, "reports_by_day")
        if (row["table_name"], row["source"]) == ("patrols", "105")
    ]
    assert sorted(walks) == [
        ("09-20", 1, "10-09"),
        ("10-03", 1, "10-09"),
        ("10-10", 1, "10-19"),
        ("10-24", 1, "10-28"),
        ("10-26", 1, "10-28"),
    ]


def sender(name: str, states: str, completeness: float | None, weakest: str | None = None) -> Sender:
    letters = {"m": "未报", "l": "迟报", "o": "按时"}
    quality = {
        "name": name,
        "reported": 5,
        "completeness": completeness,
        "weakest": weakest,
        "weakest_share": 0.4 if weakest else None,
    }
    return Sender(name, [{"state": letters[letter]} for letter in states], quality)


def test_the_title_names_who_owes_most_and_who_fills_in_least() -> None:
    patrols, problems = BY_NAME["patrols"], BY_NAME["problems"]
    some = [sender("甲镇", "mmo", 0.9, "km"), sender("乙镇", "mol", 0.5, "notes"), sender("丙镇", "ooo", None)]
    assert (
        titles.quality(some, patrols)
        == "2 个单位有巡河记录未报，甲镇最多（2 期）；乙镇填得最不全，巡查内容只填了 40.0 %"
    )
    assert titles.quality([sender("乙镇", "ool", 1.0)], patrols) == "巡河记录都报了，乙镇报晚了"
    assert titles.quality([sender("乙镇", "ooo", 1.0)], patrols) == "巡河记录没有缺报"
    assert titles.quality([sender("乙镇", "ooo", 1.0)] * 2, problems) == "共报来整改台账 10 行"
    assert titles.quality([], patrols) == "巡河记录没有缺报"


def test_senders_stand_in_the_order_in_which_they_owe(snapshot: Snapshot) -> None:
    """In the week 宝山镇 owes the weeks of 10-09 and 10-16, 桥梓镇 that of 10-16 and was late once."""
    calendar, quality = (ask(snapshot, name, WEEK) for name in ("reporting_calendar", "data_quality"))
    found = senders(calendar, quality, "patrols")
    owed = {each.name: (each.count("未报"), each.count("迟报")) for each in found}
    assert [each.name for each in found] == ["宝山镇", "桥梓镇"]
    assert owed["宝山镇"][0] > owed["桥梓镇"][0]
    assert {each.quality["refused_rule"] for each in senders(calendar, quality, "problems")} == {None}
    urged = owing(calendar, "patrols")
    assert len(urged) == sum(sum(counts) for counts in owed.values())
    assert set(urged["state"]) == {"未报", "迟报"}
    assert intervals(found)[-1] == (date(2017, 10, 23), date(2017, 10, 29))
