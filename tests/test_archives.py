"""Archives: every file in them is read by itself, under its base name, and none does harm."""

import io
import zipfile
from pathlib import Path

import pytest
from strange_files import write_zip_as_windows_does

from supervision.files.archives import opened
from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory

TOWNS = "编码,名称\n110116105,桥梓镇\n".encode()


def checked(path: Path) -> list[CheckedSheet]:
    return examine([path], Directory())


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_each_file_is_named_with_its_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "九月.zip", {"桥梓镇/镇乡街道.csv": TOWNS, "照片/": b""})
    (towns,) = checked(path)
    assert (towns.file, towns.sheet, towns.frame["name"].tolist()) == ("九月.zip›镇乡街道.csv", "镇乡街道", ["桥梓镇"])
    assert len(towns.file_hash) == 64


def test_names_that_windows_writes_without_saying_so(tmp_path: Path) -> None:
    path = tmp_path / "九月.zip"
    write_zip_as_windows_does(path, {"镇乡街道.csv": TOWNS})
    (towns,) = checked(path)
    assert towns.file == "九月.zip›镇乡街道.csv"


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/x.csv", "C:\\Users\\x.csv", "a/../../../x.csv", "..\\..\\x.csv"])
def test_no_member_leaves_its_folder(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "包.zip", {name: TOWNS})
    with opened(path) as (source,):
        assert source.shown == "包.zip›x.csv"
        assert source.path.name == "x.csv"
        assert source.path.parent.parent.name.startswith("supervision-")
        folder = source.path.parent.parent
    assert not folder.exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["包.zip"]


def test_litter_is_left_alone(tmp_path: Path) -> None:
    litter = dict.fromkeys(
        ["__MACOSX/._镇乡街道.csv", ".DS_Store", "a/.DS_Store", "~$镇乡街道.xlsx", "Thumbs.db"], b"\0"
    )
    (towns,) = checked(packed(tmp_path / "包.zip", {**litter, "镇乡街道.csv": TOWNS}))
    assert towns.table == "towns"


def test_one_bad_file_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", TOWNS)
    path = packed(
        tmp_path / "包.zip",
        {
            "坏.xlsx": b"PK\x03\x04 broken",
            "镇乡街道.csv": TOWNS,
            "里.zip": inner.getvalue(),
            "照片.jpg": b"\xff\xd8\xff\xe0",
            "空.csv": b"",
        },
    )
    towns, *others = checked(path)
    assert towns.table == "towns"
    messages = {sheet.file: [problem.message for problem in sheet.problems] for sheet in others}
    assert messages == {
        "包.zip›坏.xlsx": [
            "文件“包.zip›坏.xlsx”不完整或已损坏，不是完好的 Excel 工作簿；"
            "请重新发送，或用 Excel 打开并另存为 .xlsx 再导入。"
        ],
        "包.zip›里.zip": ["压缩包“包.zip›里.zip”在另一个压缩包里，没有打开；请解压后直接导入其中的表格。"],
        "包.zip›照片.jpg": [],
        "包.zip›空.csv": ["文件“包.zip›空.csv”是空的；请确认选对了文件，并已保存。"],
    }
    (note,) = next(sheet.notes for sheet in others if sheet.file.endswith("照片.jpg"))
    assert note == "文件“包.zip›照片.jpg”其实是图片；请向来源索要 Excel 表格再导入；这个文件没有导入。"


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "包.zip", {"a.csv": TOWNS * 50, "镇乡街道.csv": TOWNS})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    towns, damaged = checked(path)
    assert towns.table == "towns"
    assert "文件“包.zip›a.csv”不完整或已损坏" in damaged.problems[0].message


def one_message(path: Path) -> str:
    (sheet,) = checked(path)
    (problem,) = sheet.problems
    assert path.name in problem.message
    return problem.message


def test_archives_that_are_refused_as_a_whole(tmp_path: Path) -> None:
    many = packed(tmp_path / "多.zip", {f"{number}.csv": TOWNS for number in range(501)})
    assert "里有 501 个文件，一次最多读 500 个；请分成几个压缩包" in one_message(many)
    empty = packed(tmp_path / "空.zip", {})
    assert "里没有文件；请确认压缩时选对了文件" in one_message(empty)
    locked = packed(tmp_path / "密.zip", {"a.csv": TOWNS})
    data = bytearray(locked.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(data)
    assert "有打开密码；请去掉密码再导入" in one_message(locked)
    cut = packed(tmp_path / "断.zip", {"a.csv": TOWNS * 50})
    for length in (4, 30, 60, len(cut.read_bytes()) - 1):
        short = tmp_path / "断了.zip"
        short.write_bytes(cut.read_bytes()[:length])
        assert "压缩包“断了.zip”不完整或已损坏；请重新压缩" in one_message(short)
