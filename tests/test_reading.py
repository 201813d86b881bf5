"""Files to sheets: encodings, ragged text, row numbers, what cannot be read."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from supervision.errors import FileUnreadable
from supervision.files.reading import Sheet, read_sheets


def read_csv(tmp_path: Path, data: bytes) -> Sheet:
    path = tmp_path / "表.csv"
    path.write_bytes(data)
    (sheet,) = read_sheets(path)
    return sheet


@pytest.mark.parametrize(("written", "encoding"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030")])
def test_csv_is_read_in_the_encodings_of_excel(tmp_path: Path, written: str, encoding: str) -> None:
    sheet = read_csv(tmp_path, "编码,名称\r\n110116105,桥梓镇\r\n".encode(written))
    assert sheet.encoding == encoding
    assert sheet.cells.to_numpy().tolist() == [["编码", "名称"], ["110116105", "桥梓镇"]]
    assert (sheet.file, sheet.name) == ("表.csv", "表")


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    text = '一个标题\n\n编码,名称,备注\n1,"两行\n的名称",甲\n2,"逗号,在内"\n,,\n'
    cells = read_csv(tmp_path, text.encode()).cells
    assert cells.index.tolist() == [1, 2, 3, 4, 5]
    assert cells.loc[2].isna().all()
    assert cells.loc[4].tolist() == ["1", "两行\n的名称", "甲"]
    assert cells.at[5, 1] == "逗号,在内"
    assert pd.isna(cells.at[5, 2])


def test_csv_keeps_text_that_looks_like_something_else(tmp_path: Path) -> None:
    cells = read_csv(tmp_path, b"001,NA,=1+1,null\n").cells
    assert cells.loc[1].tolist() == ["001", "NA", "=1+1", "null"]


def test_old_mac_line_ends(tmp_path: Path) -> None:
    assert read_csv(tmp_path, b"a,b\r1,2\r").cells.to_numpy().tolist() == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"a\0b", "不是文本文件"),
        (b"PK\x03\x04\0\0", "不完整或已损坏"),
        ("编码,名称\n1,".encode() + b"\xe6\xa1" + "桥梓镇河长制督查".encode() * 9, "第 2 行有损坏的字符"),
        ("編碼,名稱\n1,橋梓鎮水務局河長制督查\n".encode("big5") * 5, "编码既不是"),
        (b'a,b\n1,"no end\n', "引号不成对"),
        (b'a,b\n1,"open\n2,x\n3,"closed\n', "引号不成对"),  # would swallow row 2
    ],
)
def test_text_that_cannot_be_trusted_is_refused(tmp_path: Path, data: bytes, advice: str) -> None:
    with pytest.raises(FileUnreadable, match=advice) as refusal:
        read_csv(tmp_path, data)
    assert "表.csv" in str(refusal.value)


def test_workbook_cells_keep_their_types_and_places(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write("B3", "编码")
        sheet.write("B4", 110116105)
        sheet.write("C4", True)
        sheet.write("D4", "   ")
        sheet.write_datetime("B5", datetime(2017, 10, 23, 8, 30), workbook.add_format({"num_format": "yyyy-m-d h:mm"}))
        sheet.write_datetime("C5", date(2017, 10, 23), workbook.add_format({"num_format": "yyyy-m-d"}))
        workbook.add_worksheet("空表")
        hidden = workbook.add_worksheet("藏起来的")
        hidden.write("A1", "旧数据")
        hidden.hide()
    read, left = read_sheets(path)
    assert (left.name, left.cells.empty) == ("藏起来的", True)
    assert left.left_alone == "隐藏的工作表“藏起来的”没有导入；需要的话请取消隐藏再导入。"
    assert (read.file, read.name, read.encoding) == ("台账.xlsx", "台账", None)
    assert read.cells.index.tolist() == [1, 2, 3, 4, 5]
    assert read.cells.loc[1].isna().all()
    assert read.cells.at[3, 1] == "编码"
    assert read.cells.loc[4].tolist() == [None, 110116105.0, True]
    assert read.cells.loc[5].tolist() == [None, datetime(2017, 10, 23, 8, 30), date(2017, 10, 23)]


def test_white_space_of_any_kind_is_no_content(tmp_path: Path) -> None:
    cells = read_csv(tmp_path, "a,b\n1,\u00a0\t \n\u3000,\u3000\n".encode()).cells
    assert cells.fillna("").to_numpy().tolist() == [["a", "b"], ["1", ""]]


def test_a_failed_formula_at_the_edge_and_one_that_was_never_calculated(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    book = openpyxl.Workbook()  # writes formulas without their values
    book.active.append(["编号", "数", "=1+1"])
    book.save(path)
    (read,) = read_sheets(path)
    assert read.cells.loc[1].tolist() == ["编号", "数", "#未计算"]
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write("A1", "编号")
        sheet.write_formula("B1", '=" "', None, " ")
        sheet.write_formula("C2", "=A9", None, "#REF!")
    (read,) = read_sheets(path)
    assert read.cells.fillna("").to_numpy().tolist() == [["编号", "", ""], ["", "", "#REF!"]]


def test_a_stray_cell_far_off_is_said_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "远.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write("A1", "编号")
        sheet.write("XFD1048576", "x")
    with pytest.raises(FileUnreadable, match="第 1048576 行、第 16384 列"):
        read_sheets(path)


def test_formats_far_off_are_no_content(tmp_path: Path) -> None:
    path = tmp_path / "格式.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write("A1", "编号")
        sheet.write_blank("XFD1048576", None, workbook.add_format({"bold": True}))
    (read,) = read_sheets(path)
    assert read.cells.shape == (1, 1)


def test_files_that_are_no_workbooks(tmp_path: Path) -> None:
    old, locked = tmp_path / "旧.xlsx", tmp_path / "密.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    locked.write_bytes(old.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    archive = tmp_path / "压缩包.xlsx"
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    letter = tmp_path / "信.docx"
    letter.write_bytes(b"PK")
    for path, advice in (
        (picture, "其实是图片；请向来源索要"),
        (archive, "其实是一份 Word 文档"),
        (old, "不完整或已损坏"),
        (locked, "有打开密码"),
        (letter, "不完整或已损坏"),
        (tmp_path / "没有.xlsx", "找不到文件"),
    ):
        with pytest.raises(FileUnreadable, match=advice) as refusal:
            read_sheets(path)
        assert path.name in str(refusal.value)


def test_an_empty_file_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(b"\xef\xbb\xbf\r\n")
    assert read_sheets(path) == []
