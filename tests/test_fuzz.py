"""Good files, damaged by a generator: never an unhandled exception, never a row that silently changes its meaning.

500 cases and more in the suite; `FUZZ=10000 pytest tests/test_fuzz.py` runs that many of each kind.
"""

import io
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from supervision.intake.drafts import CheckedSheet
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.refusals import write_refused

CASES = int(os.environ.get("FUZZ", "90"))
fuzz = settings(
    max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

TODAY = date(2017, 11, 1)
LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""What ends a line of a text file; str.splitlines would end it at a vertical tab too, which is content there."""
HEADINGS = [
    "记录编号",
    "河长",
    "河段",
    "开始时间",
    "结束时间",
    "时长(分钟)",
    "里程(公里)",
    "照片数",
    "有无轨迹",
    "巡查内容",
    "发现问题数",
]
ROWS: list[list[Any]] = [
    [
        f"XH{n}",
        f"HZ{n % 2 + 1}",
        "HD1",
        datetime(2017, 10, n + 1, 8),
        datetime(2017, 10, n + 1, 8, 40),
        40,
        2.5,
        n,
        "有",
        f"第{n}次，河面清洁",
        0,
    ]
    for n in range(8)
]
READ = [
    "code",
    "chief",
    "section",
    "started_at",
    "ended_at",
    "minutes",
    "km",
    "photos",
    "has_track",
    "notes",
    "problems_found",
]
"""The columns of ROWS, as the warehouse names them."""


def directory() -> Directory:
    """Two chiefs in office and one section."""
    known = Directory()
    for table, frame in {
        "towns": pd.DataFrame({"code": ["105"], "name": ["桥梓镇"], "aliases": [None]}),
        "sections": pd.DataFrame({"code": ["HD1"], "name": ["怀九河1段"], "town": ["105"]}),
        "chiefs": pd.DataFrame(
            {
                "code": ["HZ1", "HZ2"],
                "name": ["张三", "李四"],
                "town": ["105", "105"],
                "appointed_on": pd.to_datetime(["2017-07-01", "2017-07-01"]),
                "left_on": pd.to_datetime([None, None]),
            }
        ),
    }.items():
        from supervision.tables import BY_NAME

        known.add(BY_NAME[table], frame)
    return known


def as_text(rows: list[list[Any]], separator: str = ",") -> list[str]:
    return [separator.join(HEADINGS), *(separator.join(map(str, row)) for row in rows)]


def as_workbook(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        sheet = workbook.add_worksheet("巡河")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows, start=1):
            for position, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, position, value)
                else:
                    sheet.write(number, position, value)
    return out.getvalue()


def examined(name: str, data: bytes) -> list[CheckedSheet]:
    """What intake makes of the bytes, its refusals written out too, as every import does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        sheets = examine([path], directory(), today=TODAY)
        write_refused(sheets, Path(folder, "退回.xlsx"))
        return sheets


def accepted(sheets: list[CheckedSheet]) -> dict[str, list[Any]]:
    """The accepted patrols by their code; a value that is missing is None."""
    found: dict[str, list[Any]] = {}
    for sheet in sheets:
        if sheet.table == "patrols":
            frame = sheet.frame.reindex(columns=READ).astype(object)
            for row in frame.where(frame.notna(), None).to_numpy().tolist():
                found[row[0]] = row
    return found


def told(sheets: list[CheckedSheet]) -> None:
    """Whatever was not accepted was said in a sentence that names what to do."""
    for sheet in sheets:
        for problem in sheet.problems:
            assert problem.message.endswith(("。", "」", "”", "）")), problem.message
        assert sheet.table is None or sheet.problems or len(sheet.frame) or sheet.skipped or sheet.notes


SOUND = accepted(examined("好.xlsx", as_workbook(ROWS)))


def test_the_sound_file_is_read_as_it_was_written() -> None:
    assert list(SOUND) == [row[0] for row in ROWS]
    assert SOUND["XH3"] == [
        "XH3",
        "HZ2",
        "HD1",
        pd.Timestamp(2017, 10, 4, 8),
        pd.Timestamp(2017, 10, 4, 8, 40),
        40,
        2.5,
        3,
        True,
        "第3次，河面清洁",
        0,
    ]
    for separator in ",\t;":
        assert accepted(examined("好.csv", "\n".join(as_text(ROWS, separator)).encode())) == SOUND


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes after one to four edits: some changed, cut out, doubled, put in, or cut off."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(1, 40))
        kind = draw(st.sampled_from(["change", "cut", "double", "insert", "truncate"]))
        if kind == "change":
            data = data[:at] + bytes([data[at] ^ draw(st.integers(1, 255))]) + data[at + 1 :] if data else data
        elif kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "double":
            data = data[: at + length] + data[at:]
        elif kind == "insert":
            data = data[:at] + draw(st.binary(min_size=1, max_size=8)) + data[at:]
        else:
            data = data[:at]
    return data


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_damaged_anywhere(encoding: str) -> None:
    lines = as_text(ROWS)
    whole = "\n".join(lines).encode(encoding)
    no_line_break = whole.decode(encoding).replace("\n", "\x0b", 1).encode(encoding)

    @fuzz
    @given(damaged(whole))
    @example(no_line_break)
    def run(data: bytes) -> None:
        sheets = examined("巡河.csv", data)
        told(sheets)
        text = LINE_BREAK.split(data.decode(encoding, "replace"))
        if not text or text[0].lstrip("\ufeff") != lines[0]:
            return
        for code, row in accepted(sheets).items():
            if code in SOUND and lines[1 + int(code[2:])] in text:
                assert row == SOUND[code]

    run()


def test_workbook_damaged_anywhere() -> None:
    whole = as_workbook(ROWS)

    @fuzz
    @given(damaged(whole))
    def run(data: bytes) -> None:
        sheets = examined("巡河.xlsx", data)
        told(sheets)
        for code, row in accepted(sheets).items():
            assert row == SOUND[code]

    run()


HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.text(max_size=30),
    st.text(alphabet="0123456789０１９一二十①.,，:-/年月日时分秒万元公里米约% ", max_size=16),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "=1+1", "<b>x</b>", "../../x.xlsx", "#N/A", "\x00", "_x0000_", "1e400", "NaN", "∞"]
    ),
)
"""What somebody, or some program, may have put into a cell."""


@fuzz
@given(st.integers(0, len(ROWS) - 1), st.integers(0, len(HEADINGS) - 1), HOSTILE)
def test_one_cell_with_anything_in_it_leaves_the_other_rows_alone(row: int, column: int, value: Any) -> None:
    rows = [list(each) for each in ROWS]
    rows[row][column] = value if not isinstance(value, str) else value[:32_000]
    sheets = examined("巡河.xlsx", as_workbook(rows))
    told(sheets)
    (sheet,) = sheets
    assert len(sheet.frame) + len(sheet.refused) + sheet.skipped == len(rows)
    others = {code: found for code, found in accepted(sheets).items() if code != ROWS[row][0]}
    expected = {code: found for code, found in SOUND.items() if code != ROWS[row][0]}
    if column:  # another row's number may have been hit, which is refused for both
        assert others == expected
    else:
        assert all(expected.get(code) in (found, None) for code, found in others.items())
    kept = accepted(sheets).get(ROWS[row][0])
    if kept and column:
        place = READ.index(READ[column])
        assert [each for n, each in enumerate(kept) if n != place] == [
            each for n, each in enumerate(SOUND[ROWS[row][0]]) if n != place
        ]


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SAME: dict[int, list[Callable[[Any], Any]]] = {
    0: [lambda v: f" {v}\u3000", lambda v: v.replace("XH", "ＸＨ"), lambda v: f"\ufeff{v}"],
    1: [lambda v: {"HZ1": "张三", "HZ2": "李 四"}[v], lambda v: f"{v}\n"],
    2: [lambda v: "怀九河1段", lambda v: "ＨＤ１"],
    3: [
        lambda v: f"{v:%Y/%m/%d %H:%M}",
        lambda v: f"{v.year}年{v.month}月{v.day}日 {v.hour}:00",
        lambda v: f"{v:%Y.%m.%d %H时%M分}",
        lambda v: f"{v:%Y-%m-%dT%H:%M:%S}",
        lambda v: (v - datetime(1899, 12, 30)).total_seconds() / 86_400,
        lambda v: f"{v:%Y-%m-%d} 上午8:00".translate(WIDE),
    ],
    5: [lambda v: "40分钟", lambda v: "2400秒", lambda v: "４０", lambda v: "0:40:00", lambda v: "四十"],
    6: [lambda v: "2.5公里", lambda v: "2,500米", lambda v: "２．５", lambda v: "2500m"],
    7: [lambda v: f"{v}张", lambda v: str(v).translate(WIDE)],
    8: [lambda v: "是", lambda v: "√", lambda v: "有 ", lambda v: 1, lambda v: True],
    10: [lambda v: "0", lambda v: "０", lambda v: "0个"],
}
"""Other ways to write the very same value, by column."""


@fuzz
@given(st.lists(st.tuples(st.integers(0, len(ROWS) - 1), st.sampled_from(sorted(SAME)), st.integers(0, 5)), max_size=6))
def test_the_same_value_in_another_form_is_the_same_value(edits: list[tuple[int, int, int]]) -> None:
    rows = [list(each) for each in ROWS]
    for row, column, form in edits:
        forms = SAME[column]
        rows[row][column] = forms[form % len(forms)](ROWS[row][column])
    assert accepted(examined("巡河.xlsx", as_workbook(rows))) == SOUND
