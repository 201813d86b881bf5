"""Files as other programs and other people write them: binary workbooks, archives, bombs."""

import struct
import zipfile
from pathlib import Path

NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an .xlsb: type and length in seven bits a byte, then the bytes."""
    head = b""
    for number in (kind, len(body)):
        while True:
            number, low = number >> 7, number & 0x7F
            head += bytes([low | 0x80 if number else low])
            if not number:
                break
    return head + body


def wide(text: str) -> bytes:
    """A string of an .xlsb."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_cell(column: int, value: object) -> bytes:
    """A cell of an .xlsb; a text that begins with # is a failed formula, a number in a tuple a day."""
    head = struct.pack("<II", column, 1 if isinstance(value, tuple) else 0)
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if isinstance(value, tuple):
        return record(5, head + struct.pack("<d", *value))
    if isinstance(value, float):
        return record(5, head + struct.pack("<d", value))
    if value == "#N/A":
        return record(11, head + bytes([0x2A]) + struct.pack("<HII", 0, 0, 0))
    if value == "#REF!":
        return record(3, head + bytes([0x17]))
    return record(6, head + wide(str(value)))


def write_xlsb(
    path: Path,
    sheets: dict[str, list[list[object]]],
    *,
    merged: tuple[int, int, int, int] | None = None,
    since_1904: bool = False,
    hidden: tuple[str, ...] = (),
) -> None:
    """A binary workbook with the cells of each sheet; `merged` as top, bottom, left, right from 0."""
    book = record(131) + record(153, struct.pack("<II", int(since_1904), 0) + wide("")) + record(143)
    relations = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for number, (name, rows) in enumerate(sheets.items(), start=1):
            book += record(156, struct.pack("<II", int(name in hidden), number) + wide(f"rId{number}") + wide(name))
            relations += (
                f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
            )
            width = max(map(len, rows), default=1)
            body = record(129) + record(148, struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, width - 1)) + record(145)
            for row, values in enumerate(rows):
                body += record(0, struct.pack("<IIHBBBI", row, 0, 0, 0, 0, 0, 0))
                body += b"".join(xlsb_cell(column, value) for column, value in enumerate(values) if value is not None)
            body += record(146)
            if merged:
                body += record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", *merged)) + record(178)
            parts.writestr(f"xl/worksheets/sheet{number}.bin", body + record(130))
        relations += f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.bin"/>'
        formats = b"".join(record(47, struct.pack("<6HI", 0, kind, 0, 0, 0, 0, 0)) for kind in (0, 14))
        styles = record(278) + record(617, struct.pack("<I", 2)) + formats + record(618) + record(279)
        parts.writestr("xl/styles.bin", styles)
        parts.writestr("xl/workbook.bin", book + record(144) + record(132))
        parts.writestr(
            "xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{RELATIONSHIPS}">{relations}</Relationships>'
        )
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>',
        )
        parts.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        )


def write_xlsx(path: Path, sheet: str, *, book: str = "", strings: str = "", before: str = "") -> None:
    """An .xlsx whose XML is given: `sheet` the rows, `book` what stands before the sheets, `before` a document type."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "xl/workbook.xml",
            f"{before}<workbook {NAMESPACES}>{book}"
            '<sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{RELATIONSHIPS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr("xl/sharedStrings.xml", f"<sst {NAMESPACES}>{strings}</sst>")
        parts.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {NAMESPACES}><sheetData>{sheet}</sheetData></worksheet>"
        )


def rewrite(source: Path, target: Path, part: str, change: dict[str, str]) -> None:
    """A package with texts replaced in one of its parts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text = data.decode()
                for wanted, other in change.items():
                    assert wanted in text, wanted
                    text = text.replace(wanted, other)
                data = text.encode()
            new.writestr(name, data)


def write_zip_as_windows_does(path: Path, files: dict[str, bytes]) -> None:
    """A .zip whose names are in GBK without a flag that says so."""
    names = {f"{number:0{len(name.encode('gbk'))}d}": name for number, name in enumerate(files)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for plain, name in names.items():
            parts.writestr(plain, files[name])
    written = path.read_bytes()
    for plain, name in names.items():
        assert written.count(plain.encode()) == 2
        written = written.replace(plain.encode(), name.encode("gbk"))
    path.write_bytes(written)
