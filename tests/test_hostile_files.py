"""Files made to do harm, or broken beyond reading: one sentence each, little memory, little time."""

import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from strange_files import rewrite, write_xlsb, write_xlsx

from supervision.errors import FileUnreadable
from supervision.files import reading
from supervision.files.reading import read_sheets
from supervision.importing import import_files
from supervision.settings import ROOT
from supervision.warehouse import Warehouse

CHILD = """
import sys
import time
from pathlib import Path
from supervision.intake.examining import examine
from supervision.intake.names import Directory
for path in map(Path, sys.argv[1:]):
    began = time.process_time()
    (problem,) = [problem for sheet in examine([path], Directory()) for problem in sheet.problems]
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(path.name, peak, time.process_time() - began, problem.message, sep="\t", flush=True)
"""
MOST_MEMORY_KB, MOST_CPU_SECONDS = 1_500_000, 30
"""Of a process that reads a hostile file; not by the clock, as the machine may be busy with other things."""

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet_bomb(path: Path) -> None:
    write_xlsx(path, f'<row r="1"><c r="A1"><v>{"1" * 300_000_000}</v></c></row>')


def sheet_that_lies_about_its_size(path: Path) -> None:
    write_xlsx(path, f'<row r="1"><c r="A1"><v>{"1" * 100_000_000}</v></c></row>')
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    path.write_bytes(data)


def far_cell(path: Path) -> None:
    write_xlsx(path, ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def more_rows_than_excel_has(path: Path) -> None:
    write_xlsx(path, "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1_048_579)))


def far_cell_not_so_far(path: Path) -> None:
    write_xlsx(path, ONE + '<row r="2"><c r="AZ999999"><v>1</v></c></row>')


def far_cell_written_unusually(path: Path) -> None:
    write_xlsx(path, ONE + '<row r="2"><c\tr = "XFD1048576"><v>1</v></c></row>')


def far_cell_without_a_place(path: Path) -> None:
    write_xlsx(path, ONE + "<row/>" * 1_048_574 + f"<row>{'<c><v>1</v></c>' * 16_384}</row>")


def far_failed_formula(path: Path) -> None:
    write_xlsx(path, ONE + '<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row>')


def one_text_in_very_many_cells(path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    text = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(100_000))
    write_xlsx(path, rows, strings=f"<si><t>{text}</t></si>")


def laughs(path: Path) -> None:
    entities = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    write_xlsx(path, ONE, book="&j;", before=f"<!DOCTYPE workbook [{entities}]>")


def outside_entity(path: Path) -> None:
    write_xlsx(path, ONE, before='<!DOCTYPE workbook [<!ENTITY x SYSTEM "file:///etc/passwd">]>', book="&x;")


def part_bomb(path: Path) -> None:
    write_xlsx(path, ONE, strings=f"<si><t>{'字' * 100_000_000}</t></si>")


def archive_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("a.csv", b"0" * 300_000_000)


def ten_million_rows(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(10):
            file.write("桥梓镇,1,2,3\n".encode() * 1_000_000)


def binary_far_cell(path: Path) -> None:
    write_xlsb(path, {"台账": [["编码"]]})
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.bin")
    far = b"\x00\x11" + struct.pack("<IIHBBBI", 1_048_575, 0, 0, 0, 0, 0, 0)
    far += b"\x05\x10" + struct.pack("<IId", 16_383, 0, 1.0)
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    kept["xl/worksheets/sheet1.bin"] = sheet.replace(b"\x92\x01\x00", far + b"\x92\x01\x00")
    with zipfile.ZipFile(path, "w") as new:
        for name, data in kept.items():
            new.writestr(name, data)


DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="台账">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def write_ods(path: Path, rows: str, *, before: str = "", manifest: str = "<manifest/>") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr("content.xml", before + DOCUMENT.format(rows=rows))


def repeated_rows(path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    write_ods(path, f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def laughs_of_opendocument(path: Path) -> None:
    write_ods(path, "&b;", before='<!DOCTYPE d [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>')


TOO_LARGE = "大得读不了"
DAMAGED = "不完整或已损坏"


MADE_TO_FILL_THE_MEMORY: list[tuple[Callable[[Path], None], str, str]] = [
    (sheet_bomb, "xlsx", "解压后大得读不了（上限 1500 MB，或压缩比超过 200 倍）"),
    (sheet_that_lies_about_its_size, "xlsx", DAMAGED),
    (part_bomb, "xlsx", "解压后大得读不了"),
    (far_cell, "xlsx", "第 1048576 行、第 16384 列，大得读不了"),
    (more_rows_than_excel_has, "xlsx", "第 1048578 行、第 1 列，大得读不了（上限 1,048,576 行、3,000 万个单元格）"),
    (far_cell_not_so_far, "xlsx", "第 999999 行、第 52 列，大得读不了"),
    (far_cell_written_unusually, "xlsx", "第 1048576 行、第 16384 列，大得读不了"),
    (far_cell_without_a_place, "xlsx", "第 1048576 行、第 16384 列，大得读不了"),
    (far_failed_formula, "xlsx", "第 1048576 行、第 16384 列，大得读不了"),
    (one_text_in_very_many_cells, "xlsx", "文字超过 500 MB，大得读不了"),
    (laughs, "xlsx", DAMAGED),
    (outside_entity, "xlsx", DAMAGED),
    (binary_far_cell, "xlsb", "第 1048576 行、第 16384 列，大得读不了"),
    (repeated_rows, "ods", "第 1048576 行、第 16384 列，大得读不了"),
    (laughs_of_opendocument, "ods", DAMAGED),
    (archive_bomb, "zip", "解压后大得读不了"),
    (ten_million_rows, "csv", "超过 200 万行"),
]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By the file: its name, the peak of memory so far in KB, seconds of CPU, what is said; of one process for all."""
    folder = tmp_path_factory.mktemp("hostile")
    for write, suffix, _ in MADE_TO_FILL_THE_MEMORY:
        write(folder / f"{write.__name__}.{suffix}")
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, sorted(folder.iterdir()))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert child.returncode == 0, child.stdout + child.stderr[-500:]
    return {line.split("\t")[0]: line.split("\t") for line in child.stdout.splitlines()}


@pytest.mark.parametrize(("write", "suffix", "message"), MADE_TO_FILL_THE_MEMORY)
def test_files_made_to_fill_the_memory(
    readings: dict[str, list[str]], write: Callable[[Path], None], suffix: str, message: str
) -> None:
    name, memory, seconds, said = readings[f"{write.__name__}.{suffix}"]
    assert message in said
    assert name in said
    assert int(memory) < MOST_MEMORY_KB
    assert float(seconds) < MOST_CPU_SECONDS


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods"])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, kind: str) -> None:
    whole = tmp_path / f"整.{kind}"
    if kind == "xlsx":
        with xlsxwriter.Workbook(str(whole)) as workbook:
            sheet = workbook.add_worksheet("台账")
            for row in range(300):
                sheet.write_row(row, 0, [f"编号{row}", row, "#N/A"])
    elif kind == "xlsb":
        write_xlsb(whole, {"台账": [[f"编号{row}", float(row)] for row in range(300)]})
    else:
        row = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        write_ods(whole, row * 300)
    data = whole.read_bytes()
    assert len(read_sheets(whole)[0].cells) == 300
    for part in range(1, 60):
        cut = tmp_path / f"断.{kind}"
        cut.write_bytes(data[: len(data) * part // 60])
        with pytest.raises(FileUnreadable, match=f"文件“断.{kind}”不完整或已损坏"):
            read_sheets(cut)


def test_a_sheet_cut_inside_a_sound_package_is_refused(tmp_path: Path) -> None:
    binary, cut = tmp_path / "整.xlsb", tmp_path / "断.xlsb"
    write_xlsb(binary, {"台账": [["编号"]] * 50})
    with zipfile.ZipFile(binary) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-40] if "sheet1" in name else old.read(name))
    xml = tmp_path / "断.xlsx"
    write_xlsx(tmp_path / "整.xlsx", ONE + '<row r="2"><c r="A2"><v>2</v></c></row>')
    end = "<v>2</v></c></row></sheetData></worksheet>"
    rewrite(tmp_path / "整.xlsx", xml, "xl/worksheets/sheet1.xml", {end: "<v>2"})
    document = tmp_path / "断.ods"
    write_ods(tmp_path / "整.ods", "<table:table-row/>")
    rewrite(tmp_path / "整.ods", document, "content.xml", {"</table:table></office:spreadsheet>": ""})
    for path in (cut, xml, document):
        with pytest.raises(FileUnreadable, match=DAMAGED):
            read_sheets(path)


def test_locked_files(tmp_path: Path) -> None:
    document = tmp_path / "密.ods"
    write_ods(document, "", manifest="<manifest:encryption-data/>")
    workbook = tmp_path / "密.xlsx"
    workbook.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    for path in (document, workbook):
        with pytest.raises(FileUnreadable, match=f"文件“{path.name}”有打开密码；请去掉密码再导入"):
            read_sheets(path)


def test_what_the_system_does_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileUnreadable, match="是文件夹；请选其中的文件"):
        read_sheets(tmp_path)
    with pytest.raises(FileUnreadable, match=r"找不到文件“没有.xlsx”"):
        read_sheets(tmp_path / "没有.xlsx")
    path = tmp_path / "锁.csv"
    path.write_bytes(b"a,b\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileUnreadable, match=r"文件“锁.csv”打不开，可能正被别的程序占用；请关闭后再试"):
        read_sheets(path)


class PanicException(BaseException):
    """Named like what calamine raises when its own code gives up."""


def test_a_reader_that_gives_up_is_a_message_but_an_interrupt_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台账.xlsx"
    write_xlsx(path, ONE)

    def fail(error: type[BaseException]) -> None:
        def read(*_: object) -> None:
            raise error

        monkeypatch.setattr(reading, "read_with_calamine", read)

    fail(PanicException)
    with pytest.raises(FileUnreadable, match=DAMAGED):
        read_sheets(path)
    fail(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        read_sheets(path)


def test_nothing_goes_in_with_a_hostile_file(tmp_path: Path) -> None:
    bad, good = tmp_path / "断.xlsx", tmp_path / "镇乡街道.csv"
    bad.write_bytes(b"PK\x03\x04 broken")
    good.write_bytes("编码,名称\n110116105,桥梓镇\n".encode())
    warehouse = Warehouse(tmp_path / "warehouse")
    report = import_files(warehouse, [bad, good], by="李示例")
    assert (report.snapshot, report.refused) == (None, 1)
    assert warehouse.current() is None
