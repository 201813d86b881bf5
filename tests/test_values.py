"""What a column makes of what is written in its cells."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from supervision.intake.values import Failure, Parsed, parse
from supervision.tables import BY_NAME, Column


def parsed(kind, *cells: object, **context) -> Parsed:
    column = context.pop("column", None) or Column("c", "列", kind)
    return parse(pd.Series(cells, index=range(2, 2 + len(cells)), dtype=object), column, **context)


def value(kind, cell: object, **context) -> object:
    found = parsed(kind, cell, **context)
    assert found.failures == []
    (one,) = found.values
    return None if not isinstance(one, list) and pd.isna(one) else one


def rule(kind, cell: object, **context) -> str:
    (failure,) = parsed(kind, cell, **context).failures
    return failure.rule


@pytest.mark.parametrize(
    "cell",
    [
        date(2017, 10, 23),
        datetime(2017, 10, 23, 8, 30),
        43031.0,
        "43031",
        20171023.0,
        "2017-10-23",
        "2017/10/23",
        "2017.10.23",
        "2017年10月23日",
        "2017 年 10 月 23 日",
        "２０１７－１０－２３",
        "2017年10月23日（星期一）",
        "2017-10-23 08:30:00",
        "2017-10-23T08:30",
        " 2017-10-23 ",
    ],
)
def test_forms_of_a_day(cell: object) -> None:
    assert value("date", cell) == pd.Timestamp(2017, 10, 23)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2017, 10, 23, 8, 29, 59, 999_000),
        43031.354166666664,
        "2017-10-23 8:30",
        "2017/10/23 08:30:00",
        "2017年10月23日 8时30分",
        "2017年10月23日上午8点30分",
        "2017.10.23 08:30:00.000",
    ],
)
def test_forms_of_a_moment(cell: object) -> None:
    assert value("moment", cell) == pd.Timestamp(2017, 10, 23, 8, 30)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("上午9点", 9),
        ("中午11点", 11),
        ("中午12点", 12),
        ("中午1点", 13),
        ("下午3时", 15),
        ("下午12时", 12),
        ("下午15时", 15),
        ("晚上8点", 20),
        ("晚上20点", 20),
    ],
)
def test_halves_of_the_day(written: str, hour: int) -> None:
    assert value("moment", f"2017年10月23日{written}") == pd.Timestamp(2017, 10, 23, hour)


@pytest.mark.parametrize("written", ["晚上12点", "晚上1点", "上午15点", "中午8点"])
def test_halves_of_the_day_that_leave_the_hour_open(written: str) -> None:
    assert rule("moment", f"2017年10月23日{written}") == "不是日期"


@pytest.mark.parametrize("written", ["'2017-10-23", '="2017-10-23"', "\u200b2017-10-23", "\t'2017-10-23 "])
def test_marks_that_only_keep_a_text_a_text_are_no_content(written: str) -> None:
    assert value("date", written) == pd.Timestamp(2017, 10, 23)
    code = written.replace("2017-10-23", "0012")
    assert value("text", code) == "0012"
    assert value("integer", code) == 12
    assert parsed("text", code, 3.0).values.tolist() == ["0012", "3"]


def test_quotes_that_belong_to_the_text_stay() -> None:
    assert value("text", "'一河一群'") == "'一河一群'"
    assert value("text", "=1+1") == "=1+1"


def test_words_and_numbers_and_blanks_in_one_column_of_whole_numbers() -> None:
    # row 3 needs the careful reader and says nothing, row 4 needs it and is a number
    found = parsed("integer", "1", "无", "3起", None, "x")
    assert found.values.tolist() == [1, pd.NA, 3, pd.NA, pd.NA]
    assert [failure.row for failure in found.failures] == [6]


@pytest.mark.parametrize("kind", ["text", "integer", "money", "date", "deadline", "flag", "many"])
def test_a_failed_formula_fails_under_every_kind(kind) -> None:
    assert rule(kind, "#REF!") == "公式出错"


def test_a_required_text_that_excel_made_a_date() -> None:
    code = Column("c", "列", required=True)
    assert rule("text", datetime(2017, 10, 23), column=code) == "变成日期"
    assert rule("text", time(8, 30), column=code) == "变成日期"


def test_a_computed_number_is_shown_as_excel_shows_it() -> None:
    assert value("text", 0.1 + 0.2) == "0.3"


@pytest.mark.parametrize(
    "cell",
    ["2017-02-30", "2017年10月", "下周", "0217-10-23", "2017-10/23", 3.0, 2017.1, True, time(8, 30)],
)
def test_what_is_no_day(cell: object) -> None:
    assert rule("date", cell) == "不是日期"


def test_a_day_without_a_year_needs_the_context() -> None:
    assert rule("date", "10月23日") == "日期缺年份"
    found = parsed("date", "10月23日", "2016-10-23", year=2017)
    assert found.values.tolist() == [pd.Timestamp(2017, 10, 23), pd.Timestamp(2016, 10, 23)]
    assert found.assumptions == ["「列」里没有年份的日期按 2017 年计，年份取自标题、表名或文件名。"]


def test_one_odd_date_among_many_is_named_by_its_row() -> None:
    found = parsed("date", "2017-10-23", "2017年10月24日", "待定", None)
    assert found.values.notna().tolist() == [True, True, False, False]
    message = "「列」写的是“待定”，不是日期；请写成 2017-10-23，需要时间时写成 2017-10-23 08:30。"
    assert found.failures == [Failure(4, "待定", "不是日期", message)]


@pytest.mark.parametrize("cell", ["2017-09", "2017年9月", "2017.09", "201709", 201709.0, date(2017, 9, 5), "2017-9-30"])
def test_forms_of_a_month(cell: object) -> None:
    assert value("month", cell) == pd.Timestamp(2017, 9, 1)


def test_2017_point_1_may_be_january_or_october() -> None:
    assert rule("month", 2017.1) == "不是月份"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("立行立改", "立行立改"),
        (" 长期坚持", "长期坚持"),
        ("2017年10月31日", "2017-10-31"),
        (date(2017, 10, 31), "2017-10-31"),
        (43039.0, "2017-10-31"),
        ("无", None),
    ],
)
def test_deadlines(cell: object, kept: str | None) -> None:
    assert value("deadline", cell) == kept


def test_a_deadline_that_is_no_date_says_what_to_write() -> None:
    column = BY_NAME["problems"].column("deadline")
    (failure,) = parsed("deadline", "尽快", column=column).failures
    assert failure.message == "「整改时限」写的是“尽快”，不是日期；请写成 2017-10-31，或写 立行立改、长期坚持。"


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        ("14,229.19", "万元", "142291900.00"),
        (14229.19, "万元", "142291900.00"),
        ("14,229.19万元", None, "142291900.00"),
        ("14，229.19万元", "元", "142291900.00"),
        ("3.5万", None, "35000.00"),
        ("￥20,000元", "万元", "20000.00"),
        ("2万元整", None, "20000.00"),
        ("２０００", None, "2000.00"),
        (0.1 + 0.2, None, "0.30"),
        ("0", "万元", "0.00"),
        ("1.005", None, "1.01"),
    ],
)
def test_money_is_exact(cell: object, unit: str | None, yuan: str) -> None:
    assert value("money", cell, unit=unit) == Decimal(yuan)


def test_units_are_said() -> None:
    assert parsed("money", "3", unit="万元").assumptions == ["「列」按万元换算成元。"]
    assert parsed("minutes", "35").assumptions == ["「列」没有写单位，按分钟计。"]
    assert parsed("minutes", "35", unit="分钟").assumptions == []
    assert parsed("minutes", "35分钟", "1小时").assumptions == []


@pytest.mark.parametrize(
    ("cell", "unit", "minutes"),
    [
        ("35", None, 35),
        (35.0, "分钟", 35),
        ("2100", "秒", 35),
        (0.5, "小时", 30),
        ("17分钟", "秒", 17),
        ("1小时20分", None, 80),
        ("1小时", None, 60),
        ("90秒", None, 1.5),
        ("01:20:30", None, 80.5),
        (timedelta(hours=1, minutes=20), None, 80),
        (time(0, 35), None, 35),
    ],
)
def test_lengths_of_time(cell: object, unit: str | None, minutes: float) -> None:
    assert value("minutes", cell, unit=unit) == minutes


@pytest.mark.parametrize(
    ("cell", "unit", "km"),
    [("2.4", None, 2.4), ("8209.2米", None, 8.209), (898.0, "米", 0.898), ("2.4公里", "米", 2.4), ("3km", None, 3)],
)
def test_distances(cell: object, unit: str | None, km: float) -> None:
    assert value("km", cell, unit=unit) == km


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("1,234", None, 1234),
        (3.0, None, 3),
        ("3起", None, 3),
        ("０", None, 0),
        ("1.2", "万人次", 12_000),
        ("5个", "起", 5),
    ],
)
def test_whole_numbers(cell: object, unit: str | None, number: int) -> None:
    assert value("integer", cell, unit=unit) == number


@pytest.mark.parametrize(
    ("kind", "cell", "broken"),
    [
        ("integer", "3.5", "不是整数"),
        ("integer", -1.0, "不能为负"),
        ("integer", "1,23", "不是数"),
        ("integer", "约20", "不是确数"),
        ("integer", True, "不是数"),
        ("integer", "nan", "不是数"),
        ("decimal", "inf", "不是数"),
        ("decimal", 1e20, "数值过大"),
        ("money", "-5", "不能为负"),
        ("money", "5美元", "不是数"),
        ("money", "1e15", "数值过大"),
        ("minutes", "1:20", "不是数"),
        ("flag", "也许", "不是是否"),
        ("text", 11011610500000001.0, "数字过长"),
        ("text", "1.10116E+11", "数字过长"),
    ],
)
def test_what_cannot_be_taken(kind, cell: object, broken: str) -> None:
    assert rule(kind, cell) == broken


def test_longitudes_may_be_negative() -> None:
    assert value("decimal", "-0.5") == -0.5


@pytest.mark.parametrize("kind", ["text", "integer", "money", "minutes", "date", "many", "choice", "deadline"])
@pytest.mark.parametrize("cell", [None, "", "—", "/", "无", " - "])
def test_words_for_nothing(kind, cell: object) -> None:
    assert value(kind, cell) is None


def test_flags() -> None:
    yes, no = ["是", "√", "有", "1", 1.0, True, "Y"], ["否", "×", "无", "0", 0.0, False, "x"]
    found = parsed("flag", *yes, *no, "—", None)
    assert found.failures == []
    assert found.values.tolist() == [True] * 7 + [False] * 7 + [pd.NA, pd.NA]


def test_counts_take_words_and_numbers() -> None:
    assert parsed("count", "是", "否", "无", "√", "3次", 2.0, True, "—").values.tolist() == [1, 0, 0, 1, 3, 2, 1, pd.NA]


def test_texts() -> None:
    prose = Column("c", "列", prose=True)
    cells = ["=1+1", "  桥梓镇 ", 110116001.0, 2.5, date(2017, 10, 23), "不动\n换行"]
    assert parsed("text", *cells, column=prose).values.tolist() == [
        "=1+1",
        "桥梓镇",
        "110116001",
        "2.5",
        "2017-10-23",
        "不动\n换行",
    ]


def test_choices() -> None:
    column = BY_NAME["towns"].column("kind")
    assert value("choice", "地区(镇)", column=column) == "地区"
    assert value("choice", " 街 道", column=column) == "街道"
    level = BY_NAME["chiefs"].column("level")
    assert [value("choice", written, column=level) for written in ("村级河长", "村", "段长")] == [
        "村级",
        "村级",
        "段长",
    ]
    assert value("choice", "封堵", column=BY_NAME["outfalls"].column("state")) == "已封堵"
    (failure,) = parsed("choice", "县", column=column).failures
    assert failure.message == "「类型」写的是“县”，不在可选的范围内；请写其中之一：街道、地区、镇、乡。"


def test_many() -> None:
    assert value("many", "甲、乙，丙,丁；戊;己/庚\n辛、甲") == list("甲乙丙丁戊己庚辛")
    assert value("many", 110116001.0) == ["110116001"]


def test_a_text_column_goes_the_fast_way_and_the_careful_way_alike() -> None:
    cells = pd.Series(
        ["2017-10-23 08:30:00", "2017年10月23日 8时30分", "—", None, "坏"], index=range(2, 7), dtype="str"
    )
    found = parse(cells, Column("c", "列", "moment"))
    assert found.values.tolist()[:2] == [pd.Timestamp(2017, 10, 23, 8, 30)] * 2
    assert found.values.isna().tolist() == [False, False, True, True, True]
    assert [failure.row for failure in found.failures] == [6]
    assert found.values.dtype == "datetime64[us]"
