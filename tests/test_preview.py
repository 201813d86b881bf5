"""Before anything goes in: what changes cell by cell, what it does to the ranking, and a month that is replaced."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from supervision import footnotes
from supervision.asking import ask
from supervision.effects import compare
from supervision.errors import ReplacementUnfit, StagedOutdated
from supervision.importing import check_files, import_files, replacement_of
from supervision.reports import ImportReport
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

TOWNS = ["编码,名称,别名", "105,桥梓镇,桥梓", "111,宝山镇,宝山"]
DEPARTMENTS = ["名称,别名", "区水务局,水务局", "区环保局,环保局"]
LEDGER = "问题编号,发现日期,来源,类别,镇乡街道,问题描述,整改方式,整改时限,整改完成日期"
PROBLEMS = [
    LEDGER,
    "WT1,2017-10-16,督查检查,污水直排,桥梓镇,排水,限期整改,2017-10-25,2017-10-24",
    "WT2,2017-10-16,督查检查,污水直排,宝山镇,排水,限期整改,2017-10-25,2017-10-26",
    "WT3,2017-10-29,督查检查,垃圾,宝山镇,堆放,限期整改,2017-11-30,",
]
RETURNS = "编号,日期,部门,检查次数,立案,罚款(元)"
OCTOBER = [
    RETURNS,
    "ZF1,2017-10-09,区水务局,5,1,0",
    "ZF2,2017-10-10,区水务局,3,0,0",
    "ZF3,2017-10-10,区环保局,4,1,0",
    "ZF4,2017-09-29,区水务局,2,0,0",
]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def write(tmp_path: Path, name: str, lines: list[str]) -> Path:
    path = tmp_path / f"{name}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def filled(warehouse: Warehouse, tmp_path: Path) -> Warehouse:
    given = {"镇乡街道": TOWNS, "部门": DEPARTMENTS, "整改台账": PROBLEMS, "执法记录": OCTOBER}
    import_files(warehouse, [write(tmp_path, name, lines) for name, lines in given.items()], by="测试")
    return warehouse


def check(warehouse: Warehouse, tmp_path: Path, *lines: str) -> ImportReport:
    return check_files(warehouse, [write(tmp_path, "新", [LEDGER, *lines])], by="")


def batch(warehouse: Warehouse) -> int | None:
    snapshot = warehouse.current()
    return snapshot.info.batch if snapshot else None


def test_a_changed_cell_is_shown_with_its_old_value_and_the_batch_that_brought_it(
    filled: Warehouse, tmp_path: Path
) -> None:
    report = check(filled, tmp_path, "WT2,2017-10-16,督查检查,污水直排,宝山镇,排水,限期整改,2017-10-31,")
    (sheet,) = report.sheets
    assert (sheet.added, sheet.changed, sheet.unchanged) == (0, 1, 0)
    assert [(c.row, c.key, c.column, c.before, c.after, c.batch) for c in sheet.changes] == [
        (2, "WT2", "整改时限", "2017-10-25", "2017-10-31", 1),
        (2, "WT2", "整改完成日期", "2017-10-26", "", 1),
    ]


def test_a_number_that_comes_back_for_another_town_is_warned_of(filled: Warehouse, tmp_path: Path) -> None:
    report = check(filled, tmp_path, "WT2,2017-10-16,督查检查,污水直排,桥梓,排水,限期整改,2017-10-25,2017-10-26")
    (warning,) = report.sheets[0].warnings
    assert (warning.row, warning.column, warning.value, warning.rule) == (2, "镇乡街道", "桥梓镇", "换了镇乡")
    assert "编号“WT2”在库中属于宝山镇（第 1 批）" in warning.message
    assert report.refused == 0


def test_a_day_far_after_everything_known_is_warned_of(filled: Warehouse, tmp_path: Path) -> None:
    row = "督查检查,垃圾,桥梓镇,堆放,限期整改,2019-12-30,"
    report = check(filled, tmp_path, f"WT7,2017-11-28,{row}", f"WT8,2018-10-29,{row}", f"WT9,2017-11-29,{row}")
    (warning,) = report.sheets[0].warnings
    assert (warning.row, warning.value, warning.rule) == (3, "2018-10-29", "日期突前")
    assert "最晚写到 2018-10-29（共 2 行），比库中最新的 2017-10-29 晚 365 天" in warning.message
    assert report.refused == 0


def test_the_effects_are_those_of_the_real_queries(filled: Warehouse, tmp_path: Path) -> None:
    """By hand, week of 10-23: on time 1/1 in 桥梓镇 and 0/1 in 宝山镇, nothing open is overdue.

    The new file makes WT1 of 桥梓镇 undone, so that it is due since 10-25 and 4 days overdue on 10-29, and none of its
    problems is on time; WT2 of 宝山镇 was done on its last day after all. The ranks change places.
    """
    report = check(
        filled,
        tmp_path,
        "WT1,2017-10-16,督查检查,污水直排,桥梓镇,排水,限期整改,2017-10-25,",
        "WT2,2017-10-16,督查检查,污水直排,宝山镇,排水,限期整改,2017-10-26,2017-10-26",
    )
    effects = report.effects
    assert effects is not None
    assert (effects.period.start, effects.period.end) == (date(2017, 10, 23), date(2017, 10, 29))
    assert effects.overdue == (0, 1)
    moved = effects.moved[["town", "rank_before", "rank_after", "overdue_before", "overdue_after"]]
    assert moved.to_numpy().tolist() == [["宝山镇", 2, 1, 0, 0], ["桥梓镇", 1, 2, 0, 1]]
    (problem,) = effects.problems.to_dict("records")
    assert footnotes.effects(effects) == [
        "逾期未整改由 0 件变为 1 件",
        "镇乡名次变动：宝山镇 第2→第1、桥梓镇 第1→第2",
    ]
    assert (problem["code"], problem["town"], problem["days_late"], problem["becomes"]) == ("WT1", "桥梓镇", 4, True)


def test_a_check_changes_nothing_and_what_it_staged_is_what_goes_in(filled: Warehouse, tmp_path: Path) -> None:
    report = check(filled, tmp_path, "WT4,2017-10-28,督查检查,垃圾,桥梓镇,堆放,限期整改,2017-11-30,")
    assert batch(filled) == 1
    assert report.staged is not None
    published = filled.publish_staged(report.staged, made_at="2017-10-30T09:00:00", made_by="李示例")
    assert batch(filled) == 2
    assert (published.info.made_by, published.info.rows["problems"]) == ("李示例", 4)
    log = ask(published, "imports")
    assert log.loc[log["batch"] == 2, ["made_by", "added"]].to_numpy().tolist() == [["李示例", 1]]
    assert filled.is_whole("2")


def test_a_check_that_was_overtaken_is_not_published(filled: Warehouse, tmp_path: Path) -> None:
    staged = check(filled, tmp_path, "WT4,2017-10-28,督查检查,垃圾,桥梓镇,堆放,限期整改,2017-11-30,").staged
    assert staged is not None
    other = "WT5,2017-10-28,督查检查,垃圾,桥梓镇,堆放,限期整改,2017-11-30,"
    import_files(filled, [write(tmp_path, "他", [LEDGER, other])], by="别人")
    with pytest.raises(StagedOutdated, match="再检查一次"):
        filled.publish_staged(staged, made_at="2017-10-30T09:00:00", made_by="李示例")
    assert batch(filled) == 2
    filled.rollback("1")  # back on the parent, but the number of the batch is taken
    with pytest.raises(StagedOutdated):
        filled.publish_staged(staged, made_at="2017-10-30T09:00:00", made_by="李示例")


def test_the_same_file_again_is_recognised_and_changes_nothing(filled: Warehouse, tmp_path: Path) -> None:
    report = import_files(filled, [write(tmp_path, "换个名字", PROBLEMS)], by="测试")
    (sheet,) = report.sheets
    assert (report.snapshot, sheet.seen_in, sheet.unchanged) == (None, 1, 3)
    assert batch(filled) == 1


def test_the_sheets_of_one_file_are_not_a_file_seen_before(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "基础台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, lines in (("镇乡街道", TOWNS), ("部门", DEPARTMENTS)):
            sheet = workbook.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line.split(","))
    first = import_files(warehouse, [path], by="测试")
    assert [(sheet.added, sheet.seen_in) for sheet in first.sheets] == [(2, None), (2, None)]
    again = import_files(warehouse, [path], by="测试")
    assert [(sheet.added, sheet.seen_in) for sheet in again.sheets] == [(0, 1), (0, 1)]


def october(warehouse: Warehouse, name: str = "区水务局"):
    return replacement_of(warehouse.current(), "执法记录", name, date(2017, 10, 1), date(2017, 10, 31))


def test_a_corrected_return_replaces_the_month_of_its_department_only(filled: Warehouse, tmp_path: Path) -> None:
    corrected = write(tmp_path, "更正", [RETURNS, "ZF1,2017-10-09,水务局,6,1,0", "ZF9,2017-10-11,水务局,1,0,0"])
    report = import_files(filled, [corrected], by="测试", replacement=october(filled, "水务局"))
    (sheet,) = report.sheets
    assert (report.removed, sheet.added, sheet.changed) == (1, 1, 1)
    snapshot = filled.current()
    assert snapshot is not None
    rows = snapshot.table(BY_NAME["enforcement"]).sort_values("code")
    assert rows[["code", "inspections"]].to_numpy().tolist() == [["ZF1", 6], ["ZF3", 4], ["ZF4", 2], ["ZF9", 1]]
    logged = ask(snapshot, "import_batches").iloc[0]
    assert (logged["batch"], logged["added"], logged["changed"], logged["removed"]) == (2, 1, 1, 1)


def test_patrols_are_replaced_by_the_town_of_their_chief(filled: Warehouse, tmp_path: Path) -> None:
    chiefs = ["编码,姓名,级别,镇乡街道,任职日期", "HZ1,张三,村级,桥梓镇,2017-07-01", "HZ2,李四,村级,宝山镇,2017-07-01"]
    walks = ["记录编号,河长,开始时间", *(f"XH{n},HZ{n},2017-10-2{n} 08:00" for n in (1, 2))]
    import_files(filled, [write(tmp_path, "河长名录", chiefs), write(tmp_path, "巡河", walks)], by="测试")
    stretch = replacement_of(filled.current(), "patrols", "桥梓", date(2017, 10, 16), date(2017, 10, 29))
    file = write(tmp_path, "重报", ["记录编号,河长,开始时间", "XH9,张三,2017-10-24 08:00"])
    assert import_files(filled, [file], by="测试", replacement=stretch).removed == 1
    snapshot = filled.current()
    assert snapshot is not None
    assert sorted(snapshot.table(BY_NAME["patrols"])["code"]) == ["XH2", "XH9"]


@pytest.mark.parametrize(
    "line",
    ["ZF1,2017-11-01,水务局,6,1,0", "ZF1,2017-10-09,环保局,6,1,0"],
)
def test_a_row_outside_the_stretch_stops_the_replacement(filled: Warehouse, tmp_path: Path, line: str) -> None:
    with pytest.raises(ReplacementUnfit, match="第 2 行不是所选单位 2017-10-01 至 2017-10-31 的执法记录"):
        import_files(filled, [write(tmp_path, "更正", [RETURNS, line])], by="测试", replacement=october(filled))
    assert batch(filled) == 1


def test_a_replacement_with_a_refused_row_takes_nothing_away(filled: Warehouse, tmp_path: Path) -> None:
    file = write(tmp_path, "更正", [RETURNS, "ZF1,2017-10-09,水务局,六次半,1,0"])
    report = import_files(filled, [file], by="测试", replacement=october(filled), accept_valid=True)
    assert (report.snapshot, report.refused) == (None, 1)
    assert check_files(filled, [file], by="", replacement=october(filled)).staged is None
    assert batch(filled) == 1


def test_what_cannot_be_replaced_is_said(filled: Warehouse) -> None:
    for name, owner, message in (
        ("重点任务", "桥梓镇", "可以替换的有：巡河记录、整改台账、执法记录"),
        ("执法记录", "水利局", "没有登记"),
    ):
        with pytest.raises(ReplacementUnfit, match=message):
            replacement_of(filled.current(), name, owner, date(2017, 10, 1), date(2017, 10, 31))
    with pytest.raises(ReplacementUnfit, match="早于开始日期"):
        replacement_of(filled.current(), "执法记录", "水务局", date(2017, 10, 2), date(2017, 10, 1))


def test_going_back_is_compared_by_the_same_questions(filled: Warehouse, tmp_path: Path) -> None:
    late = "WT6,2017-10-16,督查检查,垃圾,桥梓镇,堆放,限期整改,2017-10-20,"
    import_files(filled, [write(tmp_path, "新", [LEDGER, late])], by="测试")
    effects = compare(filled.current(), filled.snapshot("1"))
    assert effects is not None
    assert effects.overdue == (1, 0)
    assert effects.problems[["code", "becomes"]].to_numpy().tolist() == [["WT6", False]]
