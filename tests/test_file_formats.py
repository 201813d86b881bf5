"""Every format gives the same cells, also as other programs write it; a file is what it is, not what it is called."""

import os
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from strange_files import rewrite, write_xlsb, write_xlsx

from supervision.errors import FileUnreadable
from supervision.files.reading import Sheet, read_sheets
from supervision.intake.examining import examine
from supervision.intake.names import Directory

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None and "CI" not in os.environ, reason="needs LibreOffice: apt-get install libreoffice-calc-nogui"
)


def write_ledger(path: Path, *, since_1904: bool = False) -> None:
    """A row of every kind of cell, failed formulas in and beyond the table, merged and hidden things."""
    with xlsxwriter.Workbook(str(path), {"date_1904": since_1904}) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write_row("A1", ["编码", "发现", "时限", "时刻", "时长", "比例", "长号", "错", "是否"])
        sheet.write("A2", "0110116105")
        sheet.write_datetime("B2", datetime(2017, 10, 23, 8, 30), workbook.add_format({"num_format": "yyyy-m-d h:mm"}))
        sheet.write_datetime("C2", date(2017, 10, 31), workbook.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
        sheet.write_datetime("D2", time(8, 30), workbook.add_format({"num_format": "h:mm"}))
        sheet.write_datetime("E2", timedelta(hours=30), workbook.add_format({"num_format": "[h]:mm"}))
        sheet.write("F2", 0.5, workbook.add_format({"num_format": "0%"}))
        sheet.write("G2", 110116105123456)
        sheet.write_formula("H2", "=NA()", None, "#N/A")
        sheet.write("I2", True)
        sheet.merge_range("A4:A6", "桥梓镇")
        sheet.merge_range("C5:D5", "两列")
        sheet.write_formula("K8", "=1/0", None, "#DIV/0!")
        for name, hide in (("旧数据", "hide"), ("更旧的", "very_hidden")):
            hidden = workbook.add_worksheet(name)
            hidden.write("A1", "旧")
            getattr(hidden, hide)()
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=台账!$F$2:$F$2"})
        workbook.add_chartsheet("图").set_chart(chart)
        workbook.add_worksheet("空表")


@pytest.fixture(scope="session")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger in both calendars as Excel and LibreOffice write it, converted once."""
    folder = tmp_path_factory.mktemp("ledgers")
    write_ledger(folder / "台账.xlsx")
    write_ledger(folder / "台账1904.xlsx", since_1904=True)
    for suffix in ("xls", "ods", "csv"):
        convert(folder, suffix, "台账.xlsx", "台账1904.xlsx")
    return folder


def convert(folder: Path, suffix: str, *files: str) -> None:
    """Let LibreOffice write the files of a folder in another format."""
    assert SOFFICE is not None, "LibreOffice is missing: apt-get install libreoffice-calc-nogui"
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", suffix, *files], cwd=folder, check=True, capture_output=True, timeout=300)


@needs_office
@pytest.mark.parametrize("calendar", ["", "1904"])
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_every_workbook_format_gives_the_same_cells(ledgers: Path, suffix: str, calendar: str) -> None:
    sheet, *hidden = read_sheets(ledgers / f"台账{calendar}.{suffix}")
    assert sheet.cells.loc[2].tolist()[:9] == [
        "0110116105",
        datetime(2017, 10, 23, 8, 30),
        date(2017, 10, 31),
        time(8, 30),
        timedelta(hours=30),
        0.5,
        110116105123456.0,
        "#N/A",
        True,
    ]
    assert type(sheet.cells.at[2, 8]) is bool
    assert sheet.cells.shape == (8, 11)
    assert sheet.cells.at[8, 10] == "#DIV/0!"
    assert sheet.cells.loc[[3, 7]].isna().all(axis=None)
    assert sorted(sheet.merged) == [(4, 0, 6, 0), (5, 2, 5, 3)]
    assert [each.left_alone for each in hidden] == [
        f"隐藏的工作表“{name}”没有导入；需要的话请取消隐藏再导入。" for name in ("旧数据", "更旧的")
    ]
    if suffix != "ods":  # there every day is written out
        assert sheet.since_1904 == bool(calendar)


@needs_office
def test_csv_of_another_program(ledgers: Path) -> None:
    (sheet,) = read_sheets(ledgers / "台账.csv")
    assert sheet.cells.loc[2].tolist()[:2] == ["0110116105", "2017-10-23 08:30:00"]
    assert sheet.cells.at[2, 7] == "#N/A"
    assert sheet.encoding == "utf-8"


@needs_office
@pytest.mark.parametrize("inside", ["xls", "xlsx"])
def test_a_file_of_wps_is_either_kind(ledgers: Path, tmp_path: Path, inside: str) -> None:
    path = tmp_path / "台账.et"
    shutil.copy(ledgers / f"台账.{inside}", path)
    sheet, *_ = read_sheets(path)
    assert sheet.cells.at[2, 0] == "0110116105"
    assert sheet.notes == ()


@needs_office
def test_an_old_workbook_with_a_password(ledgers: Path, tmp_path: Path) -> None:
    path = tmp_path / "密.xls"
    data = bytearray((ledgers / "台账.xls").read_bytes())
    after_begin = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    data[after_begin : after_begin + 2] = b"\x2f\x00"  # the record that says how the rest is encrypted
    path.write_bytes(data)
    with pytest.raises(FileUnreadable, match=r"文件“密.xls”有打开密码；请去掉密码再导入。"):
        read_sheets(path)


@needs_office
def test_dates_in_the_formats_of_chinese_excel(tmp_path: Path) -> None:
    path = tmp_path / "日期.xlsx"
    formats = [14, 22, 31, 57, 58, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "yyyy/m/d h:mm;@", 'm"月"d"日"']
    formats.append("[Magenta]yyyy-m-d")  # a colour, not minutes that run on
    numbers = ['"第"0"月"', 'General"天"', '0"d"']
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for row, pattern in enumerate(formats + numbers):
            sheet.write_number(row, 0, 43031.5, workbook.add_format({"num_format": pattern}))
    convert(tmp_path, "xls", "日期.xlsx")
    for suffix in ("xlsx", "xls"):
        cells = read_sheets(tmp_path / f"日期.{suffix}")[0].cells[0].tolist()
        assert cells == [datetime(2017, 10, 23, 12)] * len(formats) + [43031.5] * len(numbers)


@needs_office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize("cut", [100, 511, 513, 2_000, 5_000])
def test_a_file_of_another_program_cut_short(ledgers: Path, tmp_path: Path, suffix: str, cut: int) -> None:
    path = tmp_path / f"断.{suffix}"
    path.write_bytes((ledgers / f"台账.{suffix}").read_bytes()[:-cut])
    with pytest.raises(FileUnreadable, match=rf"文件“断.{suffix}”不完整或已损坏"):
        read_sheets(path)


@pytest.mark.parametrize(("since_1904", "day"), [(False, date(2014, 12, 27)), (True, date(2018, 12, 28))])
def test_binary_workbooks(tmp_path: Path, since_1904: bool, day: date) -> None:
    path = tmp_path / "台账.xlsb"
    rows: list[list[object]] = [
        ["编号", "日期", "数"],
        ["甲", (42000.0,), "#N/A"],
        ["乙", None, True],
        [None] * 3 + ["#REF!"],
    ]
    write_xlsb(path, {"台账": rows, "旧": [["x"]]}, merged=(1, 2, 0, 0), since_1904=since_1904, hidden=("旧",))
    sheet, hidden = read_sheets(path)
    assert sheet.cells.astype(object).where(sheet.cells.notna(), None).to_numpy().tolist() == [
        ["编号", "日期", "数", None],
        ["甲", day, "#N/A", None],
        ["乙", None, True, None],
        [None, None, None, "#REF!"],
    ]
    assert (sheet.merged, sheet.since_1904) == (((2, 0, 3, 0),), since_1904)
    assert hidden.left_alone


def test_macros_are_not_run(tmp_path: Path) -> None:
    plain, path = tmp_path / "a.xlsx", tmp_path / "带宏.xlsm"
    with xlsxwriter.Workbook(str(plain)) as workbook:
        workbook.add_worksheet("台账").write("A1", "编码")
        workbook.add_vba_project(_stub(tmp_path / "vbaProject.bin"), is_stream=False)
    shutil.move(plain, path)
    (sheet,) = read_sheets(path)
    assert sheet.notes == ("文件“带宏.xlsm”带有宏，宏没有运行，只读取了单元格里已有的值。",)


def _stub(path: Path) -> str:
    path.write_bytes(b"no code")
    return str(path)


def test_a_sound_workbook_under_another_suffix_is_read_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "镇乡街道.csv"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("镇乡街道")
        sheet.write_row("A1", ["编码", "名称"])
        sheet.write_row("A2", ["110116105", "桥梓镇"])
    (checked,) = examine([path], Directory())
    assert checked.frame["name"].tolist() == ["桥梓镇"]
    assert "文件“镇乡街道.csv”其实是新版 Excel 工作簿（.xlsx），已按实际内容读取。" in checked.notes


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("照片.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF", "文件“照片.xlsx”其实是图片；请向来源索要 Excel 表格再导入。"),
        ("表.xlsx", b"%PDF-1.7\n", "文件“表.xlsx”其实是一份 PDF；请向来源索要 Excel 表格再导入。"),
        ("表.xlsx", b"Rar!\x1a\x07\0", "RAR、7z 等格式的压缩包；请解压后导入其中的表格"),
        ("表.doc", b"{\\rtf1 }", "Word 文档；请把其中的表格复制到 Excel"),
        (
            "导出.xls",
            "\ufeff<html><table><tr><td>编码</td></tr></table>".encode(),
            "其实是网页（HTML）；请用 Excel 或 WPS 打开",
        ),
        ("导出.xls", "\r\n<meta charset='gbk'><table>".encode("utf-16"), "其实是网页（HTML）；请用 Excel 或 WPS 打开"),
        (
            "导出.xls",
            b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML 表格（XML Spreadsheet 2003）；请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
        ),
        ("表.csv", b"<?xml version='1.0'?><a/>", "其实是一份 XML 文件"),
        ("表.exe", b"MZ\x90\0", "其实是程序，不是表格；请不要打开它"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (checked,) = examine([path], Directory())
    (problem,) = checked.problems
    assert problem.rule == "文件无法读取"
    assert message in problem.message
    assert name in problem.message


def test_a_workbook_of_hidden_sheets_only(tmp_path: Path) -> None:
    path = tmp_path / "藏.xlsb"
    write_xlsb(path, {"旧": [["编码"]]}, hidden=("旧",))
    (checked,) = examine([path], Directory())
    assert [problem.message for problem in checked.problems] == [
        "文件“藏.xlsb”的工作表都是隐藏的，没有导入；请取消隐藏再导入。"
    ]


def test_a_hidden_sheet_beside_a_table_is_a_note_and_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "镇乡街道.xlsb"
    write_xlsb(path, {"镇乡街道": [["编码", "名称"], ["110116105", "桥梓镇"]], "旧": [["编码"]]}, hidden=("旧",))
    towns, hidden = examine([path], Directory())
    assert (len(towns.frame), towns.problems) == (1, [])
    assert (hidden.table, hidden.problems) == (None, [])
    assert hidden.notes == ["隐藏的工作表“旧”没有导入；需要的话请取消隐藏再导入。"]


def one_cell(path: Path) -> Sheet:
    (sheet,) = read_sheets(path)
    return sheet


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="inlineStr"><is><t>a_x0000_b_x0007_c</t></is></c>', "abc"),
        ('<c r="A1" t="inlineStr"><is><t>=cmd|\' /C calc\'!A0</t></is></c>', "=cmd|' /C calc'!A0"),
        ('<c r="A1" t="str"><f>[1]Sheet1!A1</f><v>旧值</v></c>', "旧值"),  # another workbook's, as it was last seen
        ('<c r="A1" t="e"><f>[1]Sheet1!A1</f><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1"><f>[1]Sheet1!A1</f></c>', "#未计算"),
    ],
)
def test_texts_and_formulas_of_a_cell(tmp_path: Path, cell: str, value: str) -> None:
    path = tmp_path / "格.xlsx"
    write_xlsx(path, f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>')
    assert one_cell(path).cells.at[1, 0] == value


def test_a_failed_formula_that_does_not_say_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "无位置.xlsx"
    text = '<c t="inlineStr"><is><t>甲</t></is></c>'
    write_xlsx(path, f'<row>{text}<c t="e"><v>#N/A</v></c></row><row><c/><c><f>A1</f></c></row>')
    assert one_cell(path).cells.fillna("").to_numpy().tolist() == [["甲", "#N/A"], ["", "#未计算"]]


@needs_office
def test_comments_repeats_and_booleans_of_opendocument(ledgers: Path, tmp_path: Path) -> None:
    path = tmp_path / "批注.ods"
    cell = '<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>编码</text:p>'
    cell += "</table:table-cell>"
    changed = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
        '<text:p>编<text:s text:c="2"/>码</text:p><text:p>第二行</text:p></table:table-cell>'
    )
    time_cell = 'office:value-type="percentage" office:value="0.5"'
    rewrite(
        ledgers / "台账.ods",
        path,
        "content.xml",
        {cell: changed, time_cell: 'office:value-type="boolean" office:boolean-value="false"'},
    )
    cells = read_sheets(path)[0].cells
    assert cells.at[1, 0] == "编  码\n第二行"
    assert cells.at[2, 5] is False
    assert pd.isna(cells.at[3, 0])
