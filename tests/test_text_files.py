"""Text files: separators told from the text, encodings never guessed wrongly, limits met early."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supervision.errors import FileUnreadable
from supervision.files import text_files
from supervision.files.reading import Sheet, read_sheets


def read(tmp_path: Path, data: bytes, name: str = "表.txt") -> Sheet:
    path = tmp_path / name
    path.write_bytes(data)
    (sheet,) = read_sheets(path)
    return sheet


LEDGER = [["编码", "名称", "备注"], ["1", "桥梓镇", "甲，乙；丙"], ["2", "宝山镇", "好, 2,5 公里"]]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_told_from_the_text(tmp_path: Path, separator: str, suffix: str) -> None:
    lines = ["怀柔区台账"] + [
        separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in LEDGER
    ]
    sheet = read(tmp_path, "\r\n".join(lines).encode(), f"表{suffix}")
    assert sheet.cells.loc[2:].to_numpy().tolist() == LEDGER


def test_a_full_width_comma_separates_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "编码，名称\n1，桥梓镇\n".encode()).cells.to_numpy().tolist() == [
        ["编码，名称"],
        ["1，桥梓镇"],
    ]


def test_semicolons_inside_cells_of_a_comma_file(tmp_path: Path) -> None:
    text = "编码,河段\n1,甲;乙\n2,丙;丁\n3,戊;己\n"
    assert read(tmp_path, text.encode()).cells.loc[2].tolist() == ["1", "甲;乙"]


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16"),
        ("utf-16-be", b"", "utf-16"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("gb18030", b"", "gb18030"),
    ],
)
def test_encodings(tmp_path: Path, codec: str, mark: bytes, encoding: str) -> None:
    sheet = read(tmp_path, mark + "编码\t名称\r\n1\t桥梓镇\r\n2\t𬇙水村\r\n".encode(codec))
    assert sheet.cells.to_numpy().tolist() == [["编码", "名称"], ["1", "桥梓镇"], ["2", "𬇙水村"]]
    assert sheet.encoding == encoding


UNKNOWN = "编码既不是 UTF-8 也不是 GB18030；请用 Excel 另存为“CSV UTF-8”或 .xlsx 再导入。"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("編碼,名稱\n1,橋梓鎮水務局\n".encode("big5"), UNKNOWN),
        ("コード,名称\n1,かわの見回り\n".encode("shift_jis"), UNKNOWN),
        ("Código;Größe\n1;Überprüfung\n".encode("latin-1"), UNKNOWN),
        ("code,name\n1,Müller\n".encode("latin-1"), UNKNOWN),
        ("编码,名称\n1,桥梓镇\n".encode("utf-16") + b"\0", UNKNOWN),
        ("编码,名称\n1,桥梓镇\n".encode("utf-16-le") + b"\x00\xd8", "不是文本文件"),  # half a character
        ("编码,名称\n1,".encode() + b"\xe6\xa1" + "桥梓镇河长制督查".encode() * 9, "第 2 行有损坏的字符"),
        ("编码,名称\n".encode() + "1,桥梓镇\n".encode() * 200_000 + b"\0", "第 200002 行有损坏的字符"),
        (b"PNG\0\1\2\3\0\0\5", "不是文本文件"),
    ],
)
def test_a_wrong_encoding_never_loads_as_rubbish(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(FileUnreadable, match=message) as refusal:
        read(tmp_path, data)
    assert "表.txt" in str(refusal.value)


def test_control_characters_are_dropped(tmp_path: Path) -> None:
    assert read(tmp_path, "编码,\x07\n1\x1b,\x01桥\x7f梓镇\n".encode()).cells.fillna("").to_numpy().tolist() == [
        ["编码", ""],
        ["1", "桥梓镇"],
    ]


def test_a_formula_in_text_stays_text(tmp_path: Path) -> None:
    assert read(tmp_path, b"a,=cmd|' /C calc'!A0\n").cells.at[1, 1] == "=cmd|' /C calc'!A0"


def test_records_beyond_one_piece_keep_their_rows_and_widths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "PIECE", 10)
    rows = 100
    text = "".join(f"{row},{'x' * (row % 3)}{',末' if row == rows else ''}\n" for row in range(1, rows + 1))
    cells = read(tmp_path, text.encode()).cells
    assert cells.shape == (rows, 3)
    assert cells.at[rows, 0] == str(rows)
    assert cells.at[rows, 2] == "末"
    assert cells[2].notna().sum() == 1
    assert cells[1].isna().sum() == rows // 3


TEXT = st.text(alphabet='ab,\t;\n\r" \x01字', max_size=60)


@settings(deadline=None)
@given(TEXT, st.integers(1, 20))
@example('a,b\n1,"x\n2,y"\n3,c\n', 9)  # a quoted cell goes on beyond the piece
@example(";\r\x01\n", 1)  # a control character between the two of a line end, where a piece ends
@example("a\r\x01b\n", 1)
@example('"a\r\x01b"\n', 1)
@example("a,b\r\n1,c\r\n", 4)  # the piece ends between the two characters of a line end
@example("a,b\n\n1,c\n", 100)
@example('a,b"c\n1,"d""e"\n', 5)
@example('\r "a"', 5)  # a blank line before a quotation mark
def test_pieces_are_cut_as_the_strict_reader_cuts_the_whole(text: str, piece: int) -> None:
    text = "编码,名称\n" + text
    plain = text.replace("\x01", "")
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(text_files, "PIECE", piece)
        patch.setattr(text_files, "_separator", lambda *_: ",")
        path = Path(folder, "表.csv")
        path.write_bytes(text.encode())
        try:
            records = list(csv.reader(io.StringIO(plain, newline=""), strict=True))
        except csv.Error:
            with pytest.raises(FileUnreadable, match="引号不成对"):
                text_files.read_text(path, "表.csv", 1000)
            return
        cells, _ = text_files.read_text(path, "表.csv", 1000)
    expected = [[cell if cell.strip() else None for cell in record] for record in records]
    found = cells.astype(object).where(cells.notna(), None).to_numpy().tolist()
    assert [row[: len(record)] for row, record in zip(found, expected, strict=True)] == expected
    assert all(cell is None for row, record in zip(found, expected, strict=True) for cell in row[len(record) :])


def test_more_columns_than_excel_has(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"文件“表.txt”有一行多达 16385 列，超过 16384 列，大得读不了"):
        read(tmp_path, b"a,b\n" + b"," * 16_384 + b"\n")


def test_too_many_rows_are_said_before_all_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "MOST_ROWS", 20_000)
    with pytest.raises(FileUnreadable, match=r"文件“表.txt”超过 2 万行（或 3000 万个单元格）.*分成几个文件再导入"):
        read(tmp_path, b"1,2\n" * 20_001)
    assert len(read(tmp_path, b"1,2\n" * 20_000).cells) == 20_000


def test_an_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="引号不成对"):
        read(tmp_path, b'a,b\n1,"open\n' + b"2,3\n" * 3_000_000)


def test_five_megabytes_in_one_cell(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"a,b\n1," + b"x" * 5_000_000).cells.at[2, 1]) == 5_000_000
