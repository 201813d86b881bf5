"""From files to checked frames, and what is refused on the way."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.refusals import write_refused

ENFORCEMENT = "编号,日期,部门,立案,罚款(万元)"
PROBLEMS = "问题编号,发现日期,来源,类别,镇乡街道,问题描述,整改时限,整改完成日期"


@pytest.fixture
def directory() -> Directory:
    return Directory(
        {
            "towns": pd.DataFrame({"code": ["110116105"], "name": ["桥梓镇"], "aliases": [["桥梓"]]}),
            "departments": pd.DataFrame({"name": ["区水务局"], "aliases": [["水务局"]]}),
        }
    )


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def check(directory: Directory, path: Path, *lines: str) -> CheckedSheet:
    (sheet,) = examine([write(path, *lines)], directory)
    return sheet


def rules(sheet: CheckedSheet) -> list[tuple[int | None, str, str]]:
    return [(problem.row, problem.column, problem.rule) for problem in sheet.problems]


def test_a_sound_sheet(directory: Directory, tmp_path: Path) -> None:
    lines = (ENFORCEMENT + ",备注", "ZF1,2017-10-23,水务局,1,3.5,甲", "ZF2,2017/10/24,区水务局,,,")
    sheet = check(directory, tmp_path / "执法.csv", *lines)
    assert (sheet.table, sheet.header_row, sheet.encoding, sheet.skipped) == ("enforcement", 1, "utf-8", 0)
    assert sheet.problems == []
    assert sheet.frame["department"].tolist() == ["区水务局", "区水务局"]
    assert sheet.frame["fines_yuan"].tolist() == [Decimal("35000.00"), None]
    assert sheet.frame["cases_opened"].tolist() == [1, pd.NA]
    assert sheet.frame["source_row"].tolist() == [2, 3]
    assert sheet.notes == ["这些列没有导入：备注。", "「罚款(万元)」按万元换算成元。"]
    assert len(sheet.file_hash) == 64


def test_totals_notes_blanks_and_repeated_headers_are_no_data(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "执法.csv",
        "二〇一七年十月执法情况,,,,",
        ENFORCEMENT,
        "ZF1,2017-10-23,水务局,1,3.5",
        "水务局小计,,,1,3.5",
        ",,,,",
        ENFORCEMENT,
        "ZF2,2017-10-24,水务局,2,0",
        "合 计：,,,3,3.5",
        "注：罚款以决定书为准,,,,",
        "填表人：张三,,审核人：李四,,",
    )
    assert sheet.problems == []
    assert sheet.frame["code"].tolist() == ["ZF1", "ZF2"]
    assert sheet.frame["source_row"].tolist() == [3, 7]
    assert sheet.skipped == 5


def test_a_row_with_a_key_is_never_taken_for_a_total(directory: Directory, tmp_path: Path) -> None:
    sheet = check(directory, tmp_path / "执法.csv", ENFORCEMENT, "ZF1,2017-10-23,合计,1,3.5")
    assert rules(sheet) == [(2, "部门", "名称未登记")]
    assert sheet.skipped == 0


def test_prepared_but_empty_rows_are_ignored(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory, tmp_path / "执法.csv", "序号," + ENFORCEMENT, "1,ZF1,2017-10-23,水务局,1,0", "2,,,,,", "3,,,,,"
    )
    assert (len(sheet.frame), sheet.problems, sheet.skipped) == (1, [], 0)


def test_a_row_is_refused_as_a_whole_with_all_its_problems(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "台账.csv",
        PROBLEMS,
        "WT1,2017-10-20,督查检查,污水直排,桥梓,排水,立行立改,2017-10-21",
        "WT2,昨天,督查,污水直排,桥梓,,尽快,",
        "WT3,2017-10-20,督查检查,污水直排,桥梓,排水,,2017-10-19",
    )
    assert sheet.frame["code"].tolist() == ["WT1"]
    assert sheet.frame["town"].tolist() == ["110116105"]
    assert rules(sheet) == [
        (3, "发现日期", "不是日期"),
        (3, "来源", "不在选项中"),
        (3, "问题描述", "必填为空"),
        (3, "整改时限", "不是日期"),
        (4, "整改完成日期", "整改完成早于发现"),
    ]
    assert sheet.refused.index.tolist() == [3, 4]
    assert sheet.refused.at[3, 1] == "昨天"
    assert sheet.refused.at[3, "reasons"].count("\n") == 3


def test_patrols_that_end_before_they_begin(tmp_path: Path) -> None:
    known = Directory({"chiefs": pd.DataFrame({"code": ["HZ1"], "name": ["张三"]})})
    sheet = check(
        known,
        tmp_path / "巡河.csv",
        "记录编号,巡河人,巡河开始时间,巡河结束时间",
        "XH1,张三,2017-10-23 08:30,2017-10-23 08:10",
        "XH2,张三,2017-10-23 08:30,",
    )
    assert rules(sheet) == [(2, "巡河结束时间", "结束早于开始")]
    assert sheet.frame["code"].tolist() == ["XH2"]


def test_same_key_other_content_refuses_both_and_names_both_places(directory: Directory, tmp_path: Path) -> None:
    first = write(tmp_path / "一.csv", ENFORCEMENT, "ZF1,2017-10-23,水务局,1,0", "ZF2,2017-10-23,水务局,1,0")
    second = write(tmp_path / "二.csv", ENFORCEMENT, "ZF2,2017-10-23,区水务局,1,0", "ZF1,2017-10-23,水务局,2,0")
    one, two = examine([first, second], directory)
    assert one.frame["code"].tolist() == ["ZF2"]
    assert two.frame["code"].tolist() == []
    assert (one.skipped, two.skipped) == (0, 1)
    assert rules(one) == [(2, "编号", "编号重复")]
    assert rules(two) == [(3, "编号", "编号重复")]
    assert "《二.csv》工作表“二”第 3 行" in one.problems[0].message
    assert "《一.csv》工作表“一”第 2 行" in two.problems[0].message


def test_rows_that_are_the_same_and_wrong_are_each_refused(directory: Directory, tmp_path: Path) -> None:
    bad = "ZF1,不详,水务局,1,0"
    sheet = check(directory, tmp_path / "执法.csv", ENFORCEMENT + ",参与部门", bad + ",水务局", bad + ",水务局")
    assert rules(sheet) == [(2, "日期", "不是日期"), (3, "日期", "不是日期")]
    assert (sheet.skipped, sheet.refused.index.tolist()) == (0, [2, 3])


def test_rows_that_are_the_same_count_once(directory: Directory, tmp_path: Path) -> None:
    row = "ZF1,2017-10-23,水务局,1,0,水务局"
    sheet = check(directory, tmp_path / "执法.csv", ENFORCEMENT + ",参与部门", row, row, row)
    assert (len(sheet.frame), sheet.skipped, sheet.problems) == (1, 2, [])


def test_tables_that_others_refer_to_are_taken_first(tmp_path: Path) -> None:
    patrols = write(tmp_path / "a.csv", "记录编号,河长,河段,开始时间", "XH1,张三,怀九河1段,2017-10-23")
    chiefs = write(
        tmp_path / "b.csv", "编码,姓名,级别,镇乡街道,负责河段,任职日期", "HZ1,张三,段长,桥梓,HD1、怀九河1段,2017-07-01"
    )
    sections = write(tmp_path / "c.csv", "河段编码,河流,名称,镇乡街道", "HD1,怀九河,怀九河1段,桥梓镇")
    towns = write(tmp_path / "d.csv", "编码,名称,别名", "110116105,桥梓镇,桥梓")
    steps: list[float] = []
    sheets = examine([patrols, chiefs, sections, towns], Directory(), lambda _, share: steps.append(share))
    assert [sheet.table for sheet in sheets] == ["towns", "sections", "chiefs", "patrols"]
    assert all(sheet.problems == [] for sheet in sheets)
    assert sheets[2].frame["sections"].tolist() == [["HD1"]]
    assert sheets[3].frame[["chief", "section"]].to_numpy().tolist() == [["HZ1", "HD1"]]
    assert steps == sorted(steps)
    assert steps[-1] == 1


def test_progress_names_the_table_its_rows_and_the_column(directory: Directory, tmp_path: Path) -> None:
    path = write(tmp_path / "执法.csv", ENFORCEMENT, "ZF1,2017-10-23,水务局,1,0", "ZF2,2017-10-23,水务局,1,0")
    told: list[str] = []
    examine([path], directory, lambda doing, _: told.append(doing))
    assert told[:2] == ["读取 执法.csv", "检查执法记录 2 行：编号"]
    assert "检查执法记录 2 行：罚款(万元)" in told


def test_an_empty_subject_of_a_rule_is_a_key_of_its_own(tmp_path: Path) -> None:
    sheet = check(
        Directory(),
        tmp_path / "办法.csv",
        "生效日期,规则,对象,数值",
        "2017-07-01,时长下限,,5",
        "2017-07-01,时长下限,段长,10",
    )
    assert sheet.problems == []
    assert sheet.frame["subject"].tolist() == ["", "段长"]


def test_what_cannot_be_read_is_a_problem_and_no_exception(directory: Directory, tmp_path: Path) -> None:
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\xff\xd8\xff")
    sound = write(tmp_path / "执法.csv", ENFORCEMENT, "ZF1,2017-10-23,水务局,1,0")
    other = write(tmp_path / "会议.csv", "会议纪要", "一、听取汇报")
    lacking = write(tmp_path / "缺列.csv", "编号,部门,立案", "ZF1,水务局,1")
    sheets = examine([picture, other, lacking, sound], directory)
    assert [(sheet.file, [problem.rule for problem in sheet.problems]) for sheet in sheets] == [
        ("执法.csv", []),
        ("照片.xlsx", ["文件无法读取"]),
        ("会议.csv", ["表类不明"]),
        ("缺列.csv", ["缺少必填列"]),
    ]
    assert all(problem.row is None for sheet in sheets[1:] for problem in sheet.problems)


def test_refused_rows_go_back_under_the_senders_headings(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "执法.csv",
        ENFORCEMENT + ",备注",
        "ZF1,2017-10-23,水务局,1,0,好的",
        "ZF2,不详,水务局,两起,0,=1+1",
    )
    out = tmp_path / "退回.xlsx"
    write_refused([sheet], out)
    with CalamineWorkbook.from_path(str(out)) as workbook:
        (name,) = workbook.sheet_names
        header, row = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    assert header == ["编号", "日期", "部门", "立案", "罚款(万元)", "备注", "退回原因"]
    assert row[:-1] == ["ZF2", "不详", "水务局", "两起", "0", "=1+1"]
    assert row[-1] == "\n".join(problem.message for problem in sheet.problems)


def test_a_workbook_with_codes_as_numbers_and_a_guide(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "水质.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        guide = workbook.add_worksheet("填表说明")
        guide.write("A1", "断面")
        sheet = workbook.add_worksheet("断面水质")
        for row, cells in enumerate((["断面", "月份", "镇乡街道", "目标类别"], ["出境", 201709, 110116105, "Ⅲ"])):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    quality, skipped = examine([path], directory)
    assert quality.problems == []
    assert quality.frame.iloc[0].tolist() == ["出境", pd.Timestamp(2017, 9, 1), "110116105", "Ⅲ", 2]
    assert (skipped.sheet, skipped.table, skipped.problems) == ("填表说明", None, [])


def test_a_failed_formula_is_not_an_empty_cell(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write_row(0, 0, PROBLEMS.split(","))
        for row, deadline in ((1, " "), (2, "#N/A")):
            sheet.write_row(row, 0, [f"WT{row}", "2017-10-20", "督查检查", "污水直排", "桥梓镇", "排水"])
            sheet.write_formula(row, 6, "=VLOOKUP(A2,B:C,2,0)", None, deadline)
    (ledger,) = examine([path], directory)
    assert rules(ledger) == [(3, "整改时限", "公式出错")]
    assert ledger.frame["deadline"].isna().tolist() == [True]


@pytest.mark.parametrize(
    "row",
    [
        "合计：2条,,,3,3.5",
        "合计（万元）,,,3,3.5",
        "平均,,,1.5,1.75",
        "共2条,,,,",
        "水务局 小计,,,3,3.5",
        ",,总 计,3,3.5",
    ],
)
def test_forms_of_a_total(directory: Directory, tmp_path: Path, row: str) -> None:
    sheet = check(directory, tmp_path / "执法.csv", ENFORCEMENT, "ZF1,2017-10-23,水务局,1,3.5", row)
    assert (sheet.frame["code"].tolist(), sheet.skipped, sheet.problems) == (["ZF1"], 1, [])


def test_a_total_that_counts_under_the_key_is_a_total(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "执法.csv",
        "序号," + ENFORCEMENT,
        "1,ZF1,2017-10-23,水务局,1,3.5",
        "合计,1,,,1,3.5",
    )
    assert (sheet.frame["code"].tolist(), sheet.skipped, sheet.problems) == (["ZF1"], 1, [])


def test_a_comma_that_moves_the_cells_is_seen(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory,
        tmp_path / "做法.csv",
        "编号,日期,镇乡街道,标题,内容",
        "JY1,2017-09-20,桥梓镇,一河一群,每天报,当日清",
        'JY2,2017-09-20,桥梓镇,一河一群,"每天报,当日清"',
    )
    assert rules(sheet) == [(2, "", "列数过多")]
    assert sheet.problems[0].value == "当日清"
    assert sheet.frame["content"].tolist() == ["每天报,当日清"]


def test_a_column_without_a_heading_is_reported(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "执法.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("执法")
        sheet.write_row(0, 0, ENFORCEMENT.split(","))
        sheet.write_row(1, 0, ["ZF1", "2017-10-23", "水务局", 1, 0, "待补充"])
    (checked,) = examine([path], directory)
    assert checked.problems == []
    assert "第 6 列（F 列）没有表头，没有导入。" in checked.notes


def test_a_header_without_rows_and_an_empty_file_say_so(directory: Directory, tmp_path: Path) -> None:
    header = check(directory, tmp_path / "执法.csv", ENFORCEMENT)
    assert (header.table, header.problems, header.notes) == ("enforcement", [], ["表头下面没有数据行。"])
    empty = tmp_path / "空.csv"
    empty.write_bytes(b"")
    (nothing,) = examine([empty], directory)
    assert [problem.rule for problem in nothing.problems] == ["没有内容"]


def test_what_has_happened_did_not_happen_tomorrow(directory: Directory, tmp_path: Path) -> None:
    path = write(
        tmp_path / "执法.csv",
        ENFORCEMENT,
        "ZF1,2017-10-23,水务局,1,0",
        "ZF2,2017-10-24,水务局,1,0",
        "ZF3,2071-10-23,水务局,1,0",
    )
    (sheet,) = examine([path], directory, today=date(2017, 10, 23))
    assert rules(sheet) == [(3, "日期", "日期在将来"), (4, "日期", "日期在将来")]


def test_a_ledger_keeps_the_order_of_its_days_and_the_size_of_its_places(directory: Directory, tmp_path: Path) -> None:
    row = "2017-10-20,督查检查,污水直排,桥梓,排水"
    sheet = check(
        directory,
        tmp_path / "台账.csv",
        "问题编号,发现日期,来源,类别,镇乡街道,问题描述,整改时限,销号日期,反弹日期,经度,纬度",
        f"WT1,{row},2017-10-20,2017-10-20,2017-10-20,116.5,40.3",  # all on one day
        f"WT2,{row},2017-10-19,,,,",
        f"WT3,{row},长期坚持,2017-10-19,,,",
        f"WT4,{row},立行立改,,2017-10-19,,",
        f"WT5,{row},,,,40.3,116.5",  # swapped: 40.3 could be a longitude, 116.5 no latitude
    )
    assert rules(sheet) == [
        (3, "整改时限", "时限早于发现"),
        (4, "销号日期", "销号早于发现"),
        (5, "反弹日期", "反弹早于发现"),
        (6, "纬度", "经纬度不对"),
    ]


def test_seasons_that_excel_made_dates(tmp_path: Path) -> None:
    sheet = check(
        Directory(),
        tmp_path / "办法.csv",
        "生效日期,规则,对象,方法,数值,单位,参数",
        "2017-07-01,巡河频次,段长,,1,次/日,3-12",
        "2017-07-01,巡河频次,村级,,1,次/周,2017-03-12",
    )
    assert rules(sheet) == [(3, "参数", "变成日期")]


def test_an_optional_part_of_the_key_may_have_no_column(tmp_path: Path) -> None:
    sheet = check(Directory(), tmp_path / "办法.csv", "生效日期,规则,数值", "2017-07-01,反弹天数,30")
    assert sheet.problems == []
    assert sheet.frame["subject"].tolist() == [""]
    disputed = ("生效日期,规则,数值", "2017-07-01,反弹天数,30", "2017-07-01,反弹天数,31")
    sheet = check(Directory(), tmp_path / "办法.csv", *disputed)
    assert [(problem.row, problem.value) for problem in sheet.problems] == [
        (2, "2017-07-01、反弹天数"),
        (3, "2017-07-01、反弹天数"),
    ]


def test_a_code_in_wide_characters_is_the_same_code(directory: Directory, tmp_path: Path) -> None:
    sheet = check(
        directory, tmp_path / "执法.csv", ENFORCEMENT, "ＺＦ－１,2017-10-23,水务局,1,0", "ZF-1,2017-10-23,水务局,1,0"
    )
    assert (sheet.frame["code"].tolist(), sheet.skipped) == (["ZF-1"], 1)


def test_refused_rows_keep_the_title_that_names_year_and_unit(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "执法.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("执法")
        sheet.write("A1", "2017年10月执法情况（单位：万元）")
        sheet.write_row(1, 0, ["编号", "日期", "部门", "立案", "罚款"])
        sheet.write_row(2, 0, ["ZF1", "10月23日", "水务局", "两三", 3.5])
    (refused,) = examine([path], directory)
    out = tmp_path / "退回.xlsx"
    write_refused([refused], out)
    book = openpyxl.load_workbook(out)
    page = book.worksheets[0]
    assert page["D3"].value == "两三"
    page["D3"].value = 2
    book.save(out)
    (again,) = examine([out], directory)
    assert again.problems == []
    assert again.frame["day"].tolist() == [pd.Timestamp(2017, 10, 23)]
    assert again.frame["fines_yuan"].tolist() == [Decimal("35000.00")]
