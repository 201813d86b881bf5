"""断面水质: classes in one form, months that meet their target, better or worse, by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import BuildDistrict, rows_of
from hypothesis import given
from hypothesis import strategies as st

from supervision import watch_titles
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.intake.values import parse
from supervision.periods import Period
from supervision.tables import BY_NAME, WATER_CLASSES

TOWNS = [
    {"code": "1", "name": "甲镇", "sort_order": 1},
    {"code": "2", "name": "乙镇", "sort_order": 2},
    {"code": "3", "name": "丙镇", "sort_order": 3},
]
LAST_FACT = [{"code": "ZF", "day": "2017-10-29", "department": "区水务局"}]
SEPTEMBER, OCTOBER = Period.around(date(2017, 9, 1), "month"), Period.around(date(2017, 10, 1), "month")


def read(cell: object) -> Any:
    return parse(pd.Series([cell], index=[2], dtype=object), BY_NAME["water_quality"].column("actual_class"))


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("Ⅰ", ["Ⅰ", "I", "1", 1, "Ⅰ类", "一类", "①"]),
        ("Ⅱ", ["Ⅱ", "II", "ii", "2类", 2.0, "二类", "Ⅱ类水"]),
        (
            "Ⅲ",
            ["Ⅲ", "ⅲ", "III", "III类", "3", "3.0", "３类", "三类", "Ⅲ 类", " Ⅲ\n", "地表水Ⅲ类", "Ⅲ类水质", "类Ⅲ"[1:]],
        ),
        ("Ⅳ", ["Ⅳ", "IV", "iv类", "4", "四类"]),
        ("Ⅴ", ["Ⅴ", "V", "v", "5类", "五类"]),
        ("劣Ⅴ", ["劣Ⅴ", "劣V", "劣v类", "劣5类", "劣五类", "劣于Ⅴ类", "劣 Ⅴ"]),
    ],
)
def test_every_written_form_of_a_class_is_kept_in_one(kept: str, written: list[object]) -> None:
    for cell in written:
        found = read(cell)
        assert (found.failures, found.values.tolist()) == ([], [kept]), cell


@pytest.mark.parametrize("cell", ["", "—", "无", None, "/"])
def test_an_empty_class_is_missing(cell: object) -> None:
    found = read(cell)
    assert found.failures == []
    assert found.values.isna().all()


@pytest.mark.parametrize(
    ("cell", "rule", "says"),
    [
        ("Ⅱ~Ⅲ", "水质类别不唯一", "判不了是否达标；请写其中之一：Ⅰ、Ⅱ、Ⅲ、Ⅳ、Ⅴ、劣Ⅴ。"),
        ("Ⅱ-Ⅲ类", "水质类别不唯一", "不是一个确定的类别"),
        ("优于Ⅲ类", "水质类别不唯一", "不是一个确定的类别"),
        ("Ⅲ类以上", "水质类别不唯一", "不是一个确定的类别"),
        ("Ⅱ类或Ⅲ类", "水质类别不唯一", "不是一个确定的类别"),
        ("河干", "不是水质类别", "是断面的状态，不是类别；请写到「状态」一列，这一格空着。"),
        ("断流", "不是水质类别", "请写到「状态」一列"),
        ("未监测", "不是水质类别", "请写到「状态」一列"),
        ("劣Ⅲ", "不是水质类别", "请写其中之一"),
        ("Ⅵ", "不是水质类别", "请写其中之一"),
        ("0", "不是水质类别", "请写其中之一"),
        (3.5, "不是水质类别", "请写其中之一"),
        (True, "不是水质类别", "请写其中之一"),
        ("良好", "不是水质类别", "请写其中之一"),
        ("二三", "不是水质类别", "请写其中之一"),
    ],
)
def test_what_is_no_class_is_refused_with_advice(cell: object, rule: str, says: str) -> None:
    (failure,) = read(cell).failures
    assert (failure.row, failure.rule) == (2, rule)
    assert says in failure.message
    assert "「实测类别」写的是“" in failure.message


@given(st.one_of(st.text(max_size=12), st.text("ⅠⅡⅢⅣⅤIVv12345劣类 ~-", max_size=6), st.floats(), st.integers()))
def test_a_class_is_one_of_six_or_refused(cell: object) -> None:
    found = read(cell)
    assert len(found.failures) + int(found.values.isna().sum()) <= 2
    assert set(found.values.dropna()) <= set(WATER_CLASSES)


@given(st.sampled_from(WATER_CLASSES))
def test_what_is_kept_is_read_again_as_itself(kept: str) -> None:
    assert read(kept).values.tolist() == [kept]


def test_a_sheet_of_many_forms_goes_in_and_one_bad_cell_goes_back(tmp_path: Path) -> None:
    path = tmp_path / "水质.csv"
    path.write_text(
        "断面,月份,镇乡街道,目标类别,实测类别,状态\n"
        "甲出境,2017-09,甲镇,3类,II,正常\n"
        "乙出境,2017-09,甲镇,Ⅲ类,劣5类,\n"
        "丙出境,2017-09,甲镇,III,Ⅱ~Ⅲ,\n",
        encoding="utf-8",
    )
    (sheet,) = examine([path], Directory({"towns": pd.DataFrame(TOWNS).assign(aliases=None)}))
    assert sheet.frame[["target_class", "actual_class"]].to_numpy().tolist() == [["Ⅲ", "Ⅱ"], ["Ⅲ", "劣Ⅴ"]]
    assert [(problem.row, problem.column, problem.rule) for problem in sheet.problems] == [
        (4, "实测类别", "水质类别不唯一")
    ]


def month(
    point: str, month: str, actual: str | None, target: str = "Ⅲ", town: str = "1", **more: Any
) -> dict[str, Any]:
    return {
        "point": point,
        "month": f"{month}-01",
        "river": "示例河",
        "town": town,
        "target_class": target,
        "actual_class": actual,
        "state": "正常",
    } | more


MONTHS = [
    # 甲一: Ⅳ misses Ⅲ, then Ⅲ meets it, then Ⅱ is better still
    month("甲一", "2017-07", "Ⅳ"),
    month("甲一", "2017-08", "Ⅲ"),
    month("甲一", "2017-09", "Ⅱ"),
    # 甲二: meets in July, dry in August, 劣Ⅴ in September: worse by 6 − 3 = 3 than July, the assessed month before
    month("甲二", "2017-07", "Ⅲ"),
    month("甲二", "2017-08", None, state="河干"),
    month("甲二", "2017-09", "劣Ⅴ"),
    # 乙一: no state written counts as 正常; nothing measured in September
    month("乙一", "2017-08", "Ⅱ", target="Ⅱ", town="2", state=None),
    month("乙一", "2017-09", None, target="Ⅱ", town="2"),
    # 乙二: suspended and frozen count apart, even with a class
    month("乙二", "2017-08", "Ⅴ", town="2", state="暂停考核"),
    month("乙二", "2017-09", "Ⅴ", town="2", state="封冻"),
    # 丙: October ends after the newest fact of 29 October, and is not judged by then
    month("丙", "2017-10", "劣Ⅴ", town="3"),
]


@pytest.fixture(scope="module")
def waters(build_once: BuildDistrict) -> Any:
    return build_once(towns=TOWNS, departments=[{"name": "区水务局"}], enforcement=LAST_FACT, water_quality=MONTHS)


def test_points_month_by_month(waters: Any) -> None:
    rows = rows_of(waters, "water_points", OCTOBER)
    assert {row["newest"].date() for row in rows} == {date(2017, 9, 1)}
    found = {(row["point"], row["month"].month): (row["standing"], row["step"], row["step_first"]) for row in rows}
    assert found == {
        ("甲一", 7): ("不达标", None, None),
        ("甲一", 8): ("达标", 1, 1),
        ("甲一", 9): ("达标", 1, 2),
        ("甲二", 7): ("达标", None, None),
        ("甲二", 8): ("河干", None, None),
        ("甲二", 9): ("不达标", -3, -3),
        ("乙一", 8): ("达标", None, None),
        ("乙一", 9): ("未测", None, None),
        ("乙二", 8): ("暂停考核", None, None),
        ("乙二", 9): ("封冻", None, None),
    }
    assert {row["point"] for row in rows_of(waters, "water_points", OCTOBER, town="2")} == {"乙一", "乙二"}


def test_a_month_is_known_from_its_last_day(waters: Any) -> None:
    before = rows_of(waters, "water_points", SEPTEMBER, as_of=date(2017, 9, 29))
    assert {row["month"].month for row in before} == {7, 8}
    assert {row["month"].month for row in rows_of(waters, "water_points", SEPTEMBER)} == {7, 8, 9}


def test_towns_in_the_newest_month(waters: Any) -> None:
    towns = {row["town"]: row for row in rows_of(waters, "water_towns", OCTOBER)}
    assert set(towns) == {"甲镇", "乙镇", None}
    # 甲镇 in September: 甲一 met, 甲二 not: 1 of 2; in August 甲一 met, 甲二 was dry: 1 of 1
    first = towns["甲镇"]
    assert (first["points"], first["ok"], first["assessed"], first["share"]) == (2, 1, 2, 0.5)
    assert (first["ok_before"], first["assessed_before"], first["share_before"]) == (1, 1, 1.0)
    assert (first["better"], first["worse"]) == (1, 1)
    # 乙镇 has nothing assessed: one not measured, one frozen
    second = towns["乙镇"]
    assert (second["points"], second["ok"], second["assessed"], second["share"]) == (2, 0, 0, None)
    assert (second["dry"], second["frozen"], second["suspended"], second["unmeasured"]) == (0, 1, 0, 1)
    for column in ("points", "ok", "assessed", "better", "worse", "frozen", "unmeasured"):
        assert towns[None][column] == first[column] + second[column]


def test_assessed_months_are_the_rows_of_the_metric(waters: Any) -> None:
    """Assessed are 甲一 in three months, 甲二 in two, 乙一 in one, and 丙 in October: met in 2, 1, 1 and 0 of them."""
    rows = waters.frame("select * from water_measures")
    assert set(rows["metric"]) == {"water_ok"}
    assert (len(rows), rows["numerator"].sum(), rows["denominator"].sum()) == (7, 4, 7)
    by_code = {row["code"]: row for row in rows.to_dict("records")}
    assert by_code["甲二/2017-09"]["numerator"] == 0
    assert by_code["甲二/2017-09"]["day"].date() == by_code["甲二/2017-09"]["known_from"].date() == date(2017, 9, 30)
    assert "乙二/2017-09" not in by_code


def metric(snapshot: Any, period: Period, **params: Any) -> dict[str, tuple[float, float, float]]:
    return {
        row["town_code"]: (row["numerator"], row["denominator"], row["value"])
        for row in rows_of(snapshot, "town_metrics", period, **params)
        if row["metric"] == "water_ok"
    }


def test_a_month_counts_in_the_period_of_its_last_day(waters: Any) -> None:
    # September: 甲一 met, 甲二 not; the quarter: 甲一 no, yes, yes and 甲二 yes, –, no: 3 of 5; 乙一 in August: 1 of 1
    assert metric(waters, SEPTEMBER) == {"1": (1, 2, 0.5)}
    assert metric(waters, Period.around(date(2017, 8, 1), "quarter")) == {"1": (3, 5, 0.6), "2": (1, 1, 1)}
    assert metric(waters, Period.around(date(2017, 9, 30), "week")) == {"1": (1, 2, 0.5)}
    assert metric(waters, Period.around(date(2017, 9, 23), "week")) == {}
    # 31 October is after the newest fact of 29 October: not judged in October until that day is known
    assert metric(waters, OCTOBER) == {}
    assert metric(waters, OCTOBER, as_of=date(2017, 10, 31)) == {"3": (0, 1, 0)}


def test_a_class_in_no_known_form_is_not_assessed(build_district: BuildDistrict) -> None:
    """What an older version let in, such as 3类, is not judged rather than judged wrongly."""
    snapshot = build_district(
        towns=TOWNS,
        departments=[{"name": "区水务局"}],
        enforcement=LAST_FACT,
        water_quality=[month("旧", "2017-09", "3类"), month("目标不明", "2017-09", "Ⅲ", target="三类")],
    )
    assert {row["standing"] for row in rows_of(snapshot, "water_points", OCTOBER)} == {"未测"}
    assert snapshot.frame("select * from water_measures").empty


def title(snapshot: Any, period: Period = OCTOBER) -> str:
    towns, points = (pd.DataFrame(rows_of(snapshot, query, period)) for query in ("water_towns", "water_points"))
    return watch_titles.water(towns, points[points["month"] == points["newest"]])


def test_the_title_says_how_many_met_and_what_fell(waters: Any) -> None:
    # August: 甲一 and 乙一 met, 2 of 2; September 1 of 2: 50 points lower
    assert title(waters) == "9 月 2 个断面达标 1 个，达标率比上月低 50.0 个百分点；甲二恶化 3 类最多，降为劣Ⅴ类"


def test_titles_of_edges(build_district: BuildDistrict) -> None:
    none = pd.DataFrame({"town": [], "step": []})
    assert watch_titles.water(none, none) == "还没有断面水质"
    dry = build_district(
        towns=TOWNS,
        departments=[{"name": "区水务局"}],
        enforcement=LAST_FACT,
        water_quality=[month("甲一", "2017-09", None, state="河干")],
    )
    assert title(dry) == "9 月的 1 个断面都没有参加评价"
    assert "本月河干 1 个" in watch_titles.water_foot(pd.DataFrame(rows_of(dry, "water_towns", OCTOBER)))
