"""What a file really is, told by its first bytes and its parts: its suffix may say something else."""

import re
import zipfile
from pathlib import Path
from typing import Literal

from supervision.errors import FileUnreadable
from supervision.files.packages import Package

Kind = Literal["xlsx", "xlsm", "xlsb", "ods", "xls", "zip", "text"]

SUFFIXES: dict[str, frozenset[Kind]] = {
    ".xlsx": frozenset({"xlsx"}),
    ".xlsm": frozenset({"xlsx", "xlsm"}),
    ".xlsb": frozenset({"xlsb"}),
    ".xls": frozenset({"xls"}),
    ".et": frozenset({"xls", "xlsx", "xlsm"}),
    ".ods": frozenset({"ods"}),
    ".csv": frozenset({"text"}),
    ".tsv": frozenset({"text"}),
    ".txt": frozenset({"text"}),
    ".zip": frozenset({"zip"}),
}
"""The suffixes of the files that are read, and what may be inside."""

TITLES: dict[Kind, str] = {
    "xlsx": "新版 Excel 工作簿（.xlsx）",
    "xlsm": "带宏的 Excel 工作簿（.xlsm）",
    "xlsb": "二进制的 Excel 工作簿（.xlsb）",
    "xls": "旧版 Excel 工作簿（.xls）",
    "ods": "一份 OpenDocument 表格（.ods）",
    "zip": "压缩包（.zip）",
    "text": "文本（.csv）",
}

WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
"""The part of an .xlsx that lists its sheets; some writers number it."""

HEAD = 4_096
"""How many bytes are looked at."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Office 97–2003 begins, and an .xlsx that is locked by a password."""

SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入"

_OTHERS = (
    (rb"%PDF", "一份 PDF", "请向来源索要 Excel 表格再导入"),
    (rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|RIFF....WEBP", "图片", "请向来源索要 Excel 表格再导入"),
    (
        rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh\d1AY|\xfd7zXZ",
        "一个 RAR、7z 等格式的压缩包",
        "请解压后导入其中的表格，或改用 .zip",
    ),
    (rb"\{\\rtf", "一份 Word 文档", "请把其中的表格复制到 Excel，保存为 .xlsx 再导入"),
    (rb"MZ.\0|\x7fELF", "程序，不是表格", "请不要打开它，并向来源核实"),
)
"""How other files begin, what they are, what to do."""

_PAGES = (
    (rb"urn:schemas-microsoft-com:office:spreadsheet", "一份 XML 表格（XML Spreadsheet 2003）", SAVE_AS),
    (rb"<html|<!doctype\s+html|<table|<meta|<body|<head|^MIME-Version:", "网页（HTML）", SAVE_AS),
    (rb"^\s*<\?xml", "一份 XML 文件", SAVE_AS),
)
"""What exports of web systems hold although they are called .xls."""

_OLD_OFFICE_STREAMS = (
    ("EncryptedPackage", "有打开密码", "请去掉密码再导入"),
    ("WordDocument", "其实是一份 Word 文档", "请把其中的表格复制到 Excel，保存为 .xlsx 再导入"),
    ("PowerPoint Document", "其实是一份 PowerPoint 演示文稿", "请把其中的表格复制到 Excel，保存为 .xlsx 再导入"),
)


def kind_of(path: Path, shown: str) -> Kind:
    """What the file is; raises FileUnreadable, saying what it is and what to do, for all that is not read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK"):
        return _kind_of_package(path, shown)
    if head.startswith(OLD_OFFICE):
        return _kind_of_old_office(path, shown)
    for start, is_really, advice in _OTHERS:
        if re.match(start, head, re.DOTALL):
            raise FileUnreadable(f"文件“{shown}”其实是{is_really}；{advice}。")
    text = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").lstrip()
    if text.startswith((b"<", b"MIME-Version:")):
        for sign, is_really, advice in _PAGES:
            if re.search(sign, text, re.IGNORECASE):
                raise FileUnreadable(f"文件“{shown}”其实是{is_really}；{advice}。")
    return "text"


def note_on_kind(kind: Kind, shown: str) -> tuple[str, ...]:
    """What is to be said of a file that is read although its suffix is another's, or that has macros."""
    suffix = Path(shown).suffix.lower()
    notes = []
    if kind not in SUFFIXES.get(suffix, frozenset()) and not (kind == "xlsm" and suffix == ".xlsx"):
        notes.append(f"文件“{shown}”其实是{TITLES[kind]}，已按实际内容读取。")
    if kind == "xlsm":
        notes.append(f"文件“{shown}”带有宏，宏没有运行，只读取了单元格里已有的值。")
    return tuple(notes)


def _kind_of_package(path: Path, shown: str) -> Kind:
    try:
        with Package(path, shown) as package:
            names = package.names
            if any(WORKBOOK.fullmatch(name) for name in names):
                return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
            if "xl/workbook.bin" in names:
                return "xlsb"
            if "META-INF/manifest.xml" in names and "content.xml" in names:
                return _kind_of_opendocument(package)
            for folder, program in (("word/", "一份 Word 文档"), ("ppt/", "一份 PowerPoint 演示文稿")):
                if any(name.startswith(folder) for name in names):
                    raise FileUnreadable(
                        f"文件“{shown}”其实是{program}；请把其中的表格复制到 Excel，保存为 .xlsx 再导入。"
                    )
            return "zip"
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise damaged(shown) from error


def _kind_of_opendocument(package: Package) -> Kind:
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise FileUnreadable(f"文件“{package.shown}”有打开密码；请去掉密码再导入。")
    mime = package.read("mimetype") if "mimetype" in package.names else b"spreadsheet"
    if b"spreadsheet" not in mime:
        raise FileUnreadable(
            f"文件“{package.shown}”其实是一份 OpenDocument 文档，不是表格；请把其中的表格另存为 .xlsx 再导入。"
        )
    return "ods"


def _kind_of_old_office(path: Path, shown: str) -> Kind:
    data = path.read_bytes()
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "xls"
    for stream, is_really, advice in _OLD_OFFICE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise FileUnreadable(f"文件“{shown}”{is_really}；{advice}。")
    raise damaged(shown)


def damaged(shown: str) -> FileUnreadable:
    """What is said of a file that begins like one that is read, but cannot be read to its end."""
    if Path(shown).suffix.lower() == ".zip":
        return FileUnreadable(f"压缩包“{shown}”不完整或已损坏；请重新压缩，或直接导入其中的表格。")
    return FileUnreadable(
        f"文件“{shown}”不完整或已损坏，不是完好的 Excel 工作簿；请重新发送，或用 Excel 打开并另存为 .xlsx 再导入。"
    )
