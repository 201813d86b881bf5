"""The odd forms in which towns and departments write numbers, days, words and names."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.intake.cells import read_cell
from supervision.intake.columns import READERS
from supervision.intake.context import Context, Unclear
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.numerals import in_figures
from supervision.intake.values import DTYPES, Parsed, parse
from supervision.tables import BY_NAME, Column


def parsed(kind, *cells: object, prose: bool = False, **context) -> Parsed:
    return parse(
        pd.Series(cells, index=range(2, 2 + len(cells)), dtype=object), Column("c", "列", kind, prose=prose), **context
    )


def value(kind, cell: object, **context) -> object:
    found = parsed(kind, cell, **context)
    assert found.failures == []
    (one,) = found.values
    return None if not isinstance(one, list) and pd.isna(one) else one


def refusal(kind, cell: object, **context) -> tuple[str, str]:
    (failure,) = parsed(kind, cell, **context).failures
    return failure.rule, failure.message


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("一", 1),
        ("二", 2),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十三", 23),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千零二十", 1020),
        ("①", 1),
        ("②", 2),
        ("⑩", 10),
        ("三次", 3),
        ("两起", 2),
        ("②次", 2),
        ("３", 3),
        ("１，２３４", 1234),
        ("1 234", 1234),
        (" 3\n", 3),
        ("　３　", 3),
        ("两万人次", 20_000),
        (2.9999999999999996, 3),  # computed; Excel shows 3
    ],
)
def test_whole_numbers_in_words_and_signs(written: object, number: int) -> None:
    assert value("integer", written) == number


@pytest.mark.parametrize("written", ["一百五", "二二", "第三", "①②", "10²", "½", "3 5", "3\n5", "3-5", "几次", "十十"])
def test_what_may_be_two_numbers_is_none(written: str) -> None:
    assert refusal("integer", written)[0] in ("不是数", "不是确数")


def test_a_numeral_is_read_only_as_it_would_be_written() -> None:
    assert in_figures("九千九百九十九") == "9999"
    assert in_figures("三千米") == "3000米"  # the same length as 3千米
    assert in_figures("3千米") == "3千米"
    assert in_figures("一零") is None


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("money", "3.5万", Decimal("35000.00")),
        ("money", "1.2亿", Decimal("120000000.00")),
        ("money", "两万元", Decimal("20000.00")),
        ("money", "人民币１，２３４元", Decimal("1234.00")),
        ("decimal", "120%", 1.2),
        ("decimal", "60％", 0.6),
        ("decimal", "3.5万", 35_000),
        ("decimal", "−0.5", -0.5),
        ("km", "五公里", 5),
        ("km", "800米", 0.8),
        ("minutes", "80'", 80),
        ("minutes", "1小时20分", 80),
        ("minutes", "一小时二十分", 80),
        ("minutes", "半小时", 30),
        ("minutes", "1个半小时", 90),
        ("minutes", "00:35:00", 35),
        ("minutes", "35′30″", 35.5),
        ("km", "2.6745", 2.675),  # exactly half of the last decimal is rounded up
    ],
)
def test_amounts(kind, written: str, kept: object) -> None:
    assert value(kind, written) == kept


def test_about_so_much_is_taken_as_so_much_and_said_once() -> None:
    found = parsed("km", "约3公里", "3公里左右", "大约2公里", "1公里")
    assert found.values.tolist() == [3, 3, 2, 1]
    assert found.assumptions == ["「列」里的约数按所写的数计，如“约3”计作 3。"]
    assert value("minutes", "大约20分钟") == 20


@pytest.mark.parametrize("written", ["3余公里", "3公里多", "3公里以上", "3公里以内", "不足3公里", "近3公里", "≥3"])
def test_a_bound_is_no_number(written: str) -> None:
    rule, message = refusal("km", written)
    assert rule == "不是确数"
    assert message == f"「列」写的是“{written}”，不是确切的数；请写确切的数，如 3。"


def test_counts_and_money_are_never_about() -> None:
    assert refusal("integer", "约20人次")[0] == "不是确数"
    assert refusal("money", "2万元左右")[0] == "不是确数"


def test_a_li_is_refused_as_unclear() -> None:
    rule, message = refusal("km", "3里")
    assert (rule, "华里" in message) == ("单位不明", True)


def test_percent_is_said() -> None:
    assert parsed("decimal", "60%", "0.5").assumptions == ["「列」里的百分数按小数计，60% 计作 0.6。"]
    found = parsed("decimal", 60.0, "70", unit="%")
    assert found.values.tolist() == [0.6, 0.7]


@pytest.mark.parametrize("kind", ["text", "integer", "km", "date", "money", "many", "deadline"])
@pytest.mark.parametrize(
    "word", ["/", "—", "无", "空白", "空", "暂无", "未填", "N/A", "n/a", "null", "NULL", "-", "　"]
)
def test_words_for_nothing(kind, word: str) -> None:
    assert value(kind, word) is None


@pytest.mark.parametrize("mark", ["√", "✓", "✔", "☑", "有", "是"])
def test_signs_of_yes(mark: str) -> None:
    assert parsed("flag", mark, "×").values.tolist() == [True, False]


@pytest.mark.parametrize("mark", ["×", "✗", "☒", "无", "否", "没有"])
def test_signs_of_no(mark: str) -> None:
    assert parsed("flag", mark, "√").values.tolist() == [False, True]


@pytest.mark.parametrize("serial", [41569.354166666664, "41569.354166666664"])
def test_serial_numbers_count_in_the_calendar_of_the_workbook(serial: object) -> None:
    # 1904-01-01 and 41,569 days is 2017-10-23; by the calendar of 1900 it would be 2013-10-22.
    assert value("moment", serial, since_1904=True) == pd.Timestamp(2017, 10, 23, 8, 30)
    assert value("moment", serial) == pd.Timestamp(2013, 10, 22, 8, 30)
    assert value("date", serial, since_1904=True) == pd.Timestamp(2017, 10, 23)
    assert value("month", 41569.0, since_1904=True) == pd.Timestamp(2017, 10, 1)


@pytest.mark.parametrize(
    "written", ["10月23日 8:30", "2017-10-23T08:30:00", "2017/10/23 上午8:30", "2017年10月23日８时30分", "20171023"]
)
def test_moments(written: str) -> None:
    hour = (8, 30) if written != "20171023" else (0, 0)
    assert value("moment", written, year=2017) == pd.Timestamp(2017, 10, 23, *hour)


@pytest.mark.parametrize("written", ["17-10-23", "17.10.23", "17年10月23日", "17/10/23 8:30"])
def test_a_year_of_two_figures_asks_for_four(written: str) -> None:
    rule, message = refusal("date", written)
    assert (rule, "年份只有两位；请写成 2017-10-23" in message) == ("年份不全", True)
    assert refusal("deadline", written)[0] == "年份不全"


def test_a_day_that_is_not_in_the_calendar_says_so() -> None:
    assert "日历上没有这一天" in refusal("date", "2017年2月30日")[1]
    assert "日历上没有这一天" in refusal("deadline", "2017-02-30")[1]


@pytest.mark.parametrize(
    ("written", "meant"), [("即知即改", "立行立改"), ("立整立改", "立行立改"), ("长期坚持整改", "长期坚持")]
)
def test_other_words_for_a_deadline_are_said(written: str, meant: str) -> None:
    found = parsed("deadline", written, "2017-10-31", written)
    assert found.values.tolist() == [meant, "2017-10-31", meant]
    assert found.assumptions == [f"「列」里的“{written}”按“{meant}”计。"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2017年10月31日前", "2017-10-31"),
        ("2017-10-31之前", "2017-10-31"),
        ("10月31日以前", "2017-10-31"),
        ("2017年9月底前", "2017-09-30"),
        ("10月底", "2017-10-31"),
        ("2016年2月末", "2016-02-29"),
    ],
)
def test_a_day_before_which_something_is_due_is_its_last_day(written: str, meant: str) -> None:
    found = parsed("deadline", written, year=2017)
    assert found.values.tolist() == [meant]
    assert "「列」里的“某日前”当日仍算按期，“某月底”按该月最后一天计。" in found.assumptions


@pytest.mark.parametrize("written", ["2017年9月底前,长期坚持", "2017年13月底", "汛期前", "2017年2月30日前"])
def test_a_deadline_that_names_no_day_is_refused(written: str) -> None:
    assert refusal("deadline", written)[0] == "不是日期"


@pytest.mark.parametrize("written", ["10月底前", "10月31日前"])
def test_a_deadline_without_a_year_asks_for_it(written: str) -> None:
    assert refusal("deadline", written)[0] == "日期缺年份"
    assert "年份取自标题" in parsed("deadline", written, year=2017).assumptions[0]


def test_a_word_that_only_resembles_a_deadline_is_refused() -> None:
    assert refusal("deadline", "立即整改")[0] == "不是日期"


def test_names_and_codes_have_no_space_and_no_line_break() -> None:
    cells = ["张　三", "怀九河\n1段", "ＷＴ２０１７－０００１", " HZ1 ", "怀柔地区（怀柔镇）", "John Smith"]
    names = ["张三", "怀九河1段", "WT2017-0001", "HZ1", "怀柔地区（怀柔镇）", "John Smith"]
    assert parsed("text", *cells).values.tolist() == names
    assert value("many", "张　三、\n李 四") == ["张三", "李四"]


def test_prose_keeps_its_lines_and_loses_control_characters() -> None:
    assert value("text", "  河面　清洁\n无异常\x00\x07 ", prose=True) == "河面　清洁\n无异常"
    assert value("text", "<b>=cmd|' /C calc'!A0</b>", prose=True) == "<b>=cmd|' /C calc'!A0</b>"
    assert value("text", "=cmd|' /C calc'!A0", prose=True) == "=cmd|' /C calc'!A0"


def test_a_document_pasted_into_a_cell_is_refused() -> None:
    assert value("text", "河" * 10_000, prose=True) == "河" * 10_000
    rule, message = refusal("text", "河" * 10_001, prose=True)
    assert rule == "内容过长"
    assert "有 10,001 个字，一格最多 10,000 个字" in message
    assert len(message) < 300


def test_long_numbers_of_numeric_cells() -> None:
    assert value("text", 13800000000.0) == "13800000000"
    assert value("text", 110116105000001.0) == "110116105000001"
    assert refusal("text", 1101161050000012.0)[0] == "数字过长"
    assert refusal("text", "1.38E+10")[0] == "数字过长"
    assert refusal("money", "1.23457E+11")[0] == "数字过长"
    assert value("text", "1E01") == "1E01"  # a code


FORMS = [
    "2017-10-23",
    "2017-10-23 08:30:00",
    "2017/10/23 8:30",
    "2017年10月23日",
    "2017-02-30",
    "43031",
    "3",
    "3.0",
    "0.015",
    "2.675",
    "-1",
    "+5",
    "1,234",
    "约3",
    "三",
    "①",
    "3起",
    "5%",
    "无",
    "—",
    "N/A",
    "null",
    "空白",
    "#N/A",
    "'001",
    '="12"',
    "1.38E+10",
    "1e5",
    "１２",
    "张\u3000三",
    "甲\n乙",
    " 甲 ",
    "\u200b3",
    "是",
    "有",
    "√",
    "1小时",
    "00:35:00",
    "80'",
    "2017-10-23T08:30:00",
    "立行立改",
    "即知即改",
    "12345678901234",
    "999999999.995",
    "0.1234567",
    "a b",
    "\x07x",
    "A\u30001",
    "＃1",
]
WRITTEN = st.one_of(
    st.sampled_from(FORMS),
    st.text("0123456789.,-+%年月日时 :/约一二十万次\n　'=Aa", max_size=12),
    st.decimals(0, 10_000, places=4).map(str),
    st.dates(datetime(1980, 1, 1).date(), datetime(2110, 1, 1).date()).map(str),
)
REAL = st.one_of(
    st.floats(-10, 200_000),
    st.integers(0, 10**6).map(lambda number: number / 1_000),
    st.datetimes(datetime(1985, 1, 1), datetime(2105, 1, 1)),
)


def carefully(cell: object, context: Context) -> object:
    try:
        return read_cell(cell, context)
    except Unclear as unclear:
        return unclear.rule


@pytest.mark.parametrize("kind", sorted(READERS))
@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    cells=st.one_of(st.lists(WRITTEN, min_size=1, max_size=8), st.lists(REAL, min_size=1, max_size=8)),
    metres=st.booleans(),
)
def test_what_is_read_in_bulk_is_what_the_careful_reader_reads(kind, cells: list[object], metres: bool) -> None:
    unit = {"km": "米", "minutes": "秒", "integer": "万次", "decimal": "%"}.get(kind) if metres else None
    for prose in (False, True):
        context = Context(Column("c", "列", kind, prose=prose), unit, None)
        column = pd.Series(cells, dtype="str" if isinstance(cells[0], str) else "object")
        bulk = READERS[kind](column, context).astype(DTYPES[kind])
        for cell, found in zip(cells, bulk, strict=True):
            if not pd.isna(found):
                assert found == carefully(cell, context), (cell, found)


def test_the_usual_forms_are_read_in_bulk() -> None:
    usual = {
        "moment": ["2017-10-23 08:30:00", "2017/10/23 8:30", "2017-10-24"],
        "integer": ["3", "0"],
        "km": ["2.4", "0.875"],
        "text": ["XH2017000001", "河长1号"],
    }
    for kind, cells in usual.items():
        column = pd.Series(cells, dtype="str")
        assert READERS[kind](column, Context(Column("c", "列", kind), None, None)).notna().all(), kind


def test_percent_in_one_column_and_a_number_in_the_other(tmp_path: Path) -> None:
    path = tmp_path / "重点任务.csv"
    path.write_text(
        "任务编号,领域,镇乡街道,任务,计划量,完成量,时限\n"
        "RW1,水污染治理,桥梓镇,管线,100%,60%,2017-12-31\n"
        "RW2,水污染治理,桥梓镇,管线,5,3,2017-12-31\n"
        "RW3,水污染治理,桥梓镇,管线,5,60%,2017-12-31\n"
        "RW4,水污染治理,桥梓镇,管线,100%,60,2017-12-31\n",
        encoding="utf-8",
    )
    towns = Directory({"towns": pd.DataFrame({"code": ["1"], "name": ["桥梓镇"], "aliases": [None]})})
    (sheet,) = examine([path], towns)
    assert [(problem.row, problem.column, problem.rule) for problem in sheet.problems] == [
        (4, "完成量", "单位不一"),
        (5, "完成量", "单位不一"),
    ]
    assert sheet.frame["done"].tolist() == [0.6, 3]
    assert "「计划量」里的百分数按小数计，60% 计作 0.6。" in sheet.notes


def test_prose_columns_are_those_with_sentences() -> None:
    prose = {(table.name, column.name) for table in BY_NAME.values() for column in table.columns if column.prose}
    assert ("problems", "description") in prose
    assert ("chiefs", "name") not in prose
