"""通报: its lists by hand and as published, every figure as the query gives it, and what is printed of it."""

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict, rows_of
from documents import fonts, needs_office, pages, printed, running, tables, texts, words_outside

from supervision import bulletin_words as say
from supervision.answers import Answers
from supervision.asking import Reader
from supervision.documents.bulletin import bulletin
from supervision.errors import QueryRefused
from supervision.formats import share_in_full
from supervision.periods import Period
from supervision.rulebook import value_of
from supervision.settings import DATA
from supervision.warehouse import Snapshot, Warehouse

OCTOBER = Period.around(date(2017, 10, 1), "month")
RATES = ["excellent_share", "failing_share", "found_rate", "closure_rate"]
COLUMNS = {
    "平均分": "average_score",
    "优秀率": "excellent_share",
    "不合格率": "failing_share",
    "问题上报率": "found_rate",
    "问题处理率": "closure_rate",
}


def units(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Units by hand: town, average score, 优秀率, 不合格率, 上报率, 处理率, None for what is missing."""
    return pd.DataFrame(rows, columns=["town", "average_score", *RATES]).astype(dict.fromkeys(RATES, float))


def named(listing: say.Listing | None) -> list[str]:
    assert listing is not None
    return [str(unit) for unit in listing.units]


def line(subject: str, value: float, since: str = "2017-07-01", origin: str = "示例") -> dict[str, Any]:
    return {
        "effective_from": since,
        "rule": "通报线",
        "subject": subject,
        "value": value,
        "method": None,
        "argument": None,
        "origin": origin,
    }


# The lists, by hand


def test_all_that_tie_for_the_last_place_lead() -> None:
    found = units(
        ("甲镇", 90.0, 0, 0, 1, 1),
        ("乙镇", 95.0, 0, 0, 1, 1),
        ("丙镇", 90.004, 0, 0, 1, 1),  # is printed as 90.00 and so ties with 甲镇
        ("丁镇", 92.0, 0, 0, 1, 1),
        ("戊镇", 89.99, 0, 0, 1, 1),
        ("己镇", None, 0, 0, 1, 1),
    )
    listing = say.leaders(found, {"前列": 3})
    assert named(listing) == ["乙镇（95.00分）", "丁镇（92.00分）", "甲镇（90.00分）", "丙镇（90.00分）"]
    assert named(say.leaders(found, {"前列": 1})) == ["乙镇（95.00分）"]
    assert listing is not None
    assert listing.lead == "河长平均得分前3名的单位："


def test_a_figure_on_its_line_is_not_beyond_it_and_is_judged_as_printed() -> None:
    found = units(
        ("甲镇", 80.0, 0.5, 0.05, 0.6, 0.65),
        ("乙镇", 79.996, 1.0, 0.05004, 0.59996, 0.6),  # 80.00 分, 5.00%, 60.00% as printed; 60% is below 65%
        ("丙镇", 79.99, 1.0, 0.0501, 0.5999, 0.0),
        ("丁镇", 60.0, None, None, None, None),
    )
    lines = {"低分": 80.0, "不合格率": 0.05, "上报率": 0.6, "处理率": 0.65}
    assert named(say.low_scores(found, lines)) == ["丙镇（79.99分）", "丁镇（60.00分）"]
    assert named(say.failing(found, lines)) == ["丙镇（5.01%）"]
    assert named(say.full_marks(found)) == ["乙镇", "丙镇"]
    assert named(say.low_reporters(found, lines)) == ["丙镇（59.99%）"]
    assert named(say.low_handlers(found, lines)) == ["乙镇（60.00%）", "丙镇（0.00%）"]


def test_who_leads_and_who_moved_by_hand() -> None:
    # two share the third place, so four lead and only the fifth is behind them
    rows = [
        (1, "甲镇", 95.0, "正常", 0),
        (2, "乙镇", 90.0, "正常", 2),
        (3, "丙镇", 85.5, "正常", -1),
        (3, "丁镇", 85.5, "正常", -1),
        (5, "戊镇", 60.0, "正常", None),
        (None, "己镇", 99.0, "试考核", None),
        (None, "庚镇", None, "正常", None),
    ]
    frame = pd.DataFrame(rows, columns=["rank", "town", "score", "status", "rank_change"])
    assert say.ranked(frame, WEEK).text == (
        "按镇乡街道考核得分排名，参加排名的5个。居前的是甲镇（95.00分）、乙镇（90.00分）、丙镇（85.50分）、丁镇（85.50分）；"
        "居后的是戊镇（60.00分）；比上周上升最多的是乙镇（2位）；比上周下降最多的是丙镇、丁镇（1位）。"
        "己镇试考核、庚镇没有可考核的项目，不排名。"
    )
    assert say.ranked(frame.head(0), WEEK).text == "本周没有可以排名的镇乡街道。"


@pytest.mark.parametrize(
    ("ranks", "behind"),
    [
        ([1, 2, 3, 4, 4, 4, 4], "丁镇（60.00分）、戊镇（60.00分）、己镇（60.00分）、庚镇（60.00分）"),
        ([1, 2, 3, 4, 4, 6, 7], "丁镇（60.00分）、戊镇（60.00分）、己镇（58.00分）、庚镇（57.00分）"),
        ([1, 2, 3, 4, 5, 5, 7], "戊镇（59.00分）、己镇（59.00分）、庚镇（57.00分）"),
        ([1, 2, 3, 3, 3, 3, 7], "庚镇（57.00分）"),
    ],
)
def test_all_that_tie_for_the_last_three_places_are_named_behind(ranks: list[int], behind: str) -> None:
    # by hand: a score is 64 less the rank; who shares the third place leads, whoever comes last
    rows = [(rank, f"{name}镇", 64.0 - rank, "正常", 0) for rank, name in zip(ranks, "甲乙丙丁戊己庚", strict=True)]
    frame = pd.DataFrame(rows, columns=["rank", "town", "score", "status", "rank_change"])
    assert say.ranked(frame, WEEK).text.endswith(f"；居后的是{behind}。")


def test_a_list_without_units_says_so_and_one_without_a_line_says_nothing() -> None:
    found = units(("甲镇", 90.0, 0.5, 0.0, 1, 1))
    assert [(each.lead, each.text) for each in say.scores(found, {"低分": 80, "不合格率": 0.05})] == [
        ("（一）", "没有河长平均得分低于80分的单位。"),
        ("（二）", "没有优秀率达到100%的单位。"),
        ("（三）", "没有不合格率高于5%的单位。"),
    ]
    assert [each.text for each in say.scores(found, {})] == ["没有优秀率达到100%的单位。", say.NOTHING]
    assert [each.text for each in say.problems(found, {"前列": 3})] == [say.NOTHING]
    nobody = units(("甲镇", None, None, None, None, None))
    assert [each.text for each in say.scores(nobody, {"低分": 80})] == ["没有参加评分的单位。"]
    assert [each.text for each in say.problems(nobody, {"上报率": 0.6})] == ["没有发现问题。"]


def test_the_lines_in_force_by_hand(build_district: BuildDistrict) -> None:
    # from 10-01 on the line of scores is 80; the others stay
    policy = [line("低分", 75, origin="乐清"), line("前列", 3), line("低分", 80, "2017-10-01"), line("处理率", 0.9)]
    snapshot = build_district(policy=policy)
    rows = rows_of(snapshot, "bulletin_lines")
    assert {row["line"]: row["value"] for row in rows} == {"低分": 80, "前列": 3, "处理率": 0.9}
    september = rows_of(snapshot, "bulletin_lines", Period.around(date(2017, 9, 1), "month"))
    assert {row["line"]: (row["value"], row["origin"]) for row in september}["低分"] == (75, "乐清")
    assert rows_of(build_district(policy=[line("低分", 75)]), "bulletin_lines")[0]["line"] == "低分"


def test_the_lines_of_a_district_without_any(build_district: BuildDistrict) -> None:
    assert rows_of(build_district(), "bulletin_lines") == []


# As published


def published(month: str) -> pd.DataFrame:
    found = pd.read_csv(DATA / "published" / f"yueqing_{month}.csv", encoding="utf-8-sig")
    return found[found["通报中的位置"] != "总体"]


def published_units(table: pd.DataFrame) -> pd.DataFrame:
    """The published figures as units in the order in which the bulletin first names them; shares as fractions."""
    wide = table.pivot_table(index="单位", columns="指标", values="值", sort=False).rename(columns=COLUMNS)
    wide[RATES] /= 100
    return wide.reset_index(names="town")


@pytest.mark.parametrize(
    ("month", "lines"),
    [
        # 75 分 and 30 % are published; below which line a rate is low is not: above the highest of those named
        ("2022_03", {"前列": 3, "低分": 75, "不合格率": 0.30, "上报率": 0.35, "处理率": 0.25}),
        ("2022_06", {"前列": 3, "低分": 80, "不合格率": 0.05, "上报率": 0.21, "处理率": 0.90}),
    ],
)
def test_the_published_units_are_named_under_the_published_headings(month: str, lines: dict[str, float]) -> None:
    table = published(month)
    found = published_units(table)
    low, high = f"低于{lines['低分']:.0f}分", f"不合格率高于{100 * lines['不合格率']:.0f}%"
    listings = {
        "排名前三": (say.leaders(found, lines), f"{say.AVERAGE}前3名的单位"),
        low: (say.low_scores(found, lines), f"{say.AVERAGE}{low}的单位"),
        "优秀率达到100%": (say.full_marks(found), "优秀率达到100%的单位"),
        high: (say.failing(found, lines), f"{high}的单位"),
        "上报率较低": (say.low_reporters(found, lines), f"问题上报率较低（低于{100 * lines['上报率']:.0f}%）的单位"),
        "处理率偏低": (say.low_handlers(found, lines), f"问题处理率偏低（低于{100 * lines['处理率']:.0f}%）的单位"),
    }
    places = table["通报中的位置"].str.replace(r"第\d$", "", regex=True)
    assert set(places) == set(listings)
    for place, (listing, heading) in listings.items():
        rows = table[places == place]
        assert listing is not None
        assert listing.heading == heading
        figures = [f"{value:.2f}{unit}" for value, unit in rows[["值", "单位符号"]].to_numpy()]
        if place.startswith("优秀率"):  # all of them are equal: published in no order, without the figure
            assert {str(unit) for unit in listing.units} == set(rows["单位"])
        else:
            assert [(unit.unit, unit.figure) for unit in listing.units] == [*zip(rows["单位"], figures, strict=True)], (
                place
            )


def test_the_published_headings() -> None:
    found = published_units(published("2022_06"))
    lines = {"前列": 3, "低分": 80, "不合格率": 0.05}
    assert [each.lead for each in say.scores(found, lines)] == [
        "（一）河长平均得分前3名的单位：",
        "（二）河长平均得分低于80分的单位：",
        "（三）优秀率达到100%的单位：",
        "（四）不合格率高于5%的单位：",
    ]
    assert say.scores(found, lines)[1].text == "乐成街道（78.96分）、清江镇（75.44分）。"


# The document of the demonstration


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module", params=[WEEK, OCTOBER], ids=["week", "month"])
def written(request: pytest.FixtureRequest, demo: Snapshot) -> tuple[Period, bytes]:
    return request.param, bulletin(Answers(demo, request.param))


def test_it_has_the_parts_of_an_official_document_in_their_order(written: tuple[Period, bytes]) -> None:
    period, content = written
    found = texts(content)
    assert found[0].replace("\n", "") == f"关于{period.formal}河长制工作情况的通报"
    assert found[1] == "各镇乡人民政府、街道办事处，区有关部门："
    heads = ["一、总体情况", "二、河长得分情况", "三、问题上报及处理情况", "四、逾期整改情况", "五、部门执法情况"]
    assert [text for text in found if text in heads] == heads
    signed = found.index("区河长制办公室")
    assert found[signed + 1] == "2017年10月29日"
    assert found[signed - 2].startswith("附件：1．")
    assert found[signed + 2] == "附件1"
    assert running(content) == "数据截至2017年10月29日　第1批　演示数据，不作依据"


def test_the_overall_figures_are_those_of_the_queries(demo: Snapshot, written: tuple[Period, bytes]) -> None:
    period, content = written
    whole = "".join(texts(content))
    (row,) = (
        row for row in rows_of(demo, "chief_bands_by_town", period) if row["town"] is None and row["level"] is None
    )
    excellent, failing = (100 * row[name] / row["scored"] for name in ("excellent", "failing"))
    assert f"在任河长{row['chiefs']:,}名，参加评分{row['scored']:,}名，平均得分{row['average_score']:.2f}分" in whole
    assert f"优秀率{excellent:.2f}%（{row['excellent']:,}／{row['scored']:,}）" in whole
    assert f"不合格率{failing:.2f}%（{row['failing']:,}／{row['scored']:,}）" in whole
    problems = rows_of(demo, "figure_problems", period, metric="found_rate", town=None)
    by_chiefs, total = sum(row["numerator"] for row in problems), sum(row["denominator"] for row in problems)
    assert f"问题上报率{100 * by_chiefs / total:.2f}%（{by_chiefs:,.0f}／{total:,.0f}）" in whole
    late = rows_of(demo, "problem_list", period, state="逾期")
    old = sum(row["days_late"] > 30 for row in late)
    assert f"全区逾期未整改{len(late)}件" in whole
    assert f"逾期超过30天的{old}件" in whole
    ranking = [row for row in rows_of(demo, "town_ranking", period) if row["rank"]]
    for row in (*ranking[:3], *ranking[-3:]):
        assert f"{row['town']}（{row['score']:.2f}分）" in whole
    states = [row["state"] for row in rows_of(demo, "problem_list", period, state=None)]
    waiting = len(rows_of(demo, "problem_list", period, state="待销号"))
    soon, undated = states.count("临期"), states.count("无时限")
    assert f"另有临期{soon}件，限期整改而没有时限的{undated}件，已完成待销号{waiting}件。" in whole
    for town in {row["town"] for row in late}:
        days = [row["days_late"] for row in late if row["town"] == town]
        assert f"{town}（{len(days)}件，最长{max(days)}天）" in whole


def test_the_tables_are_those_of_the_queries(demo: Snapshot, written: tuple[Period, bytes]) -> None:
    period, content = written
    ranking, scores = tables(content)
    rows = rows_of(demo, "town_ranking", period)
    assert len(ranking) == len(rows) + 1 == 17
    for cells, row in zip(ranking[1:], rows, strict=True):
        name = row["town"] if row["status"] == "正常" else f"{row['town']}\n{row['status']}"
        moved = {None: "—", 0: "平"}.get(row["rank_change"], f"{row['rank_change'] or 0:+.0f}".replace("-", "\u2212"))
        assert cells == [
            "—" if row["rank"] is None else str(row["rank"]),
            name,
            f"{row['score']:.2f}",
            row["band"],
            moved,
            *(
                f"{100 * row[f'{rate}_num'] / row[f'{rate}_den']:.2f}%"
                for rate in ("patrol_completion", "valid_rate", "on_time_rate", "closure_rate")
            ),
            str(row["overdue"]),
        ]
    bands = {row["town"]: row for row in rows_of(demo, "chief_bands_by_town", period) if row["level"] is None}
    problems = pd.DataFrame(rows_of(demo, "figure_problems", period, metric="closure_rate", town=None))
    for cells in scores[1:]:
        row, mine = bands[cells[0]], problems[problems["town"] == cells[0]]
        assert cells[1:4] == [str(row["chiefs"]), str(row["scored"]), f"{row['average_score']:.2f}"]
        assert cells[4:6] == [f"{100 * row[name] / row['scored']:.2f}%" for name in ("excellent", "failing")]
        assert cells[9] == f"{mine['numerator'].sum():.0f}／{len(mine)}"
        assert cells[8] == f"{100 * mine['numerator'].sum() / len(mine):.2f}%"


def test_the_lists_follow_from_the_table_and_the_policy(written: tuple[Period, bytes]) -> None:
    # read off the enclosed table: 80 分 and 5 % as published, 60 % and 65 % as shipped; 喇叭沟门满族乡 stands apart
    _, content = written
    found = texts(content)
    rows = [row for row in tables(content)[1][1:] if row[0] != "喇叭沟门满族乡"]

    def expected(column: int, *, below: float | None = None, above: float | None = None) -> list[str]:
        values = [(float(row[column].rstrip("%")), row[0]) for row in rows]
        kept = [
            pair
            for pair in values
            if (below is not None and pair[0] < below) or (above is not None and pair[0] > above)
        ]
        return [town for _, town in sorted(kept, key=lambda pair: -pair[0])]

    for heading, towns in (
        ("河长平均得分低于80分的单位", expected(3, below=80)),
        ("不合格率高于5%的单位", expected(5, above=5)),
        ("问题上报率较低（低于60%）的单位", expected(6, below=60)),
        ("问题处理率偏低（低于65%）的单位", expected(8, below=65)),
    ):
        (text,) = (text for text in found if heading in text and text.startswith("（"))
        listed = [part.split("（")[0] for part in text.split("：", 1)[1].rstrip("。").split("、")] if towns else []
        assert listed == towns, heading
        assert ("没有" in text) == (not towns)


def test_the_flagged_departments_are_named_with_figure_and_limit(demo: Snapshot, written: tuple[Period, bytes]) -> None:
    period, content = written
    whole = "".join(texts(content))
    for row in rows_of(demo, "enforcement_by_department", period):
        flags = row["flags"].split("、") if row["flags"] else []
        assert (f"{row['department']}：" in whole) == bool(flags), row["department"]
        if "执法量少" in flags:
            assert f"人均{row['inspections_per_officer']:.1f}（≥{row['per_officer_limit']:.1f}）" in whole
        if "零执法" in flags:
            assert f"零执法，立案{row['cases_opened'] or 0:.0f}（≥{row['zero_limit']:.0f}）" in whole


def test_the_head_of_a_table_is_repeated_and_no_row_is_broken(written: tuple[Period, bytes], tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    path.write_bytes(written[1])
    with ZipFile(path) as parts:
        body = parts.read("word/document.xml").decode()
        font_table = parts.read("word/fontTable.xml").decode()
        assert not [name for name in parts.namelist() if "thumbnail" in name or "customXml" in name]
    assert body.count("<w:tblHeader/>") == 2
    assert body.count("<w:cantSplit/>") == body.count("<w:tr>")
    for font in ("仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"):
        assert f'<w:font w:name="{font}"><w:altName w:val="' in font_table


@needs_office
def test_it_prints_in_chinese_within_its_margins(demo: Snapshot, tmp_path: Path) -> None:
    contents = [bulletin(Answers(demo, period)) for period in (WEEK, OCTOBER, Period.around(date(2018, 5, 1), "week"))]
    pdfs = printed(tmp_path, *contents)
    assert [4 <= len(pages(pdf)) <= 6 for pdf in pdfs] == [True, True, False]
    assert len(pages(pdfs[2])) == 1
    for pdf, content in zip(pdfs, contents, strict=True):
        assert words_outside(pdf) == []
        assert "CJK" in fonts(pdf)
        whole = "".join("".join(pages(pdf)).split())
        assert "区河长制办公室" in whole
        assert "\ufffd" not in whole
        assert "演示数据" in pages(pdf)[-1]
        assert f"—{len(pages(pdf))}—" in whole
        for table in tables(content):
            for row in table[1:]:
                assert "".join(row[0].split()) in whole


# Districts that lack something


def test_a_period_without_data_says_so(demo: Snapshot, build_district: BuildDistrict) -> None:
    found = texts(bulletin(Answers(demo, Period.around(date(2018, 10, 23), "month"))))
    assert found[0] == "关于2018年10月河长制工作情况的通报"
    assert "没有数据：现有数据从2017年7月1日到2017年10月29日，本期没有可以通报的情况。" in found[2]
    assert found[-2:] == ["区河长制办公室", "2017年10月29日"]
    nothing = texts(bulletin(Answers(build_district(), WEEK)))
    assert "没有数据：还没有导入台账，本期没有可以通报的情况。" in nothing[2]
    assert nothing[-1] == "2017年10月29日"


def test_problems_alone_and_names_that_look_like_something_else(build_district: BuildDistrict) -> None:
    # by hand: of two problems found in the week one by a chief's patrol, both open, one due on 10-26: 3 days late
    names = ("=1+1镇", "甲<b>&镇")
    problem = {"source": "督查检查", "category": "垃圾", "description": "示例", "method": None, "closed_on": None}
    snapshot = build_district(
        towns=[{"code": str(place), "name": name, "sort_order": place} for place, name in enumerate(names)],
        policy=[line("上报率", 0.5), line("处理率", 0.5)],
        problems=[
            problem | {"code": "1", "town": "0", "found_on": "2017-10-23", "deadline": "2017-10-26"},
            problem | {"code": "2", "town": "1", "found_on": "2017-10-29", "deadline": None, "source": "河长巡查"},
        ],
    )
    content = bulletin(Answers(snapshot, WEEK))
    whole = "".join(texts(content))
    assert "河长名录还没有导入，不评分。" in whole
    assert "全区发现问题2件，问题上报率50.00%（1／2），问题处理率0.00%（0／2）。" in whole
    assert "没有参加评分的单位。" in whole
    assert "问题上报率较低（低于50%）的单位：=1+1镇（0.00%，0／1件）。" in whole
    assert "问题处理率偏低（低于50%）的单位：=1+1镇（0.00%，0／1件）、甲<b>&镇（0.00%，0／1件）。" in whole
    assert "全区逾期未整改1件，涉及1个镇乡街道。" in whole
    assert "逾期的单位：=1+1镇（1件，最长3天）。" in whole
    assert "还没有部门名录。" in whole
    assert [row[0] for row in tables(content)[1][1:]] == [*names]
    assert "演示" not in running(content)


def test_no_chief_in_office_is_not_a_roll_that_is_missing() -> None:
    bands = pd.DataFrame({"town": [None], "level": [None], "chiefs": [0], "scored": [0]})
    metrics = pd.DataFrame({"metric": [], "value": [], "numerator": [], "denominator": []})
    assert say.overall(bands, metrics, known=3)[0].text == "没有在任河长，不评分。"
    assert say.overall(bands, metrics, known=0)[0].text == "河长名录还没有导入，不评分。"
    assert say.overall(bands.head(0), metrics, known=3)[0].text == "没有在任河长，不评分。"


def test_a_policy_without_lines_names_nobody(build_district: BuildDistrict) -> None:
    problem = {"code": "1", "town": "1", "found_on": "2017-10-23", "deadline": None, "source": "督查检查"}
    snapshot = build_district(
        towns=[{"code": "1", "name": "甲镇", "sort_order": 1}],
        problems=[problem | {"category": "垃圾", "description": "示例", "method": None, "closed_on": None}],
    )
    found = texts(bulletin(Answers(snapshot, WEEK)))
    place = found.index("三、问题上报及处理情况")
    assert found[place + 1] == say.NOTHING


def test_the_bulletin_is_the_whole_districts(demo: Snapshot) -> None:
    with pytest.raises(QueryRefused):
        bulletin(Answers(demo, WEEK, Reader("桥梓镇", town="110116105")))


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (WEEK, "2017年第43周（10月23日—29日）"),
        (Period.around(date(2017, 10, 30), "week"), "2017年第44周（10月30日—11月5日）"),
        (Period.around(date(2019, 1, 1), "week"), "2019年第1周（2018年12月31日—2019年1月6日）"),
        (OCTOBER, "2017年10月"),
        (Period.around(date(2017, 10, 1), "quarter"), "2017年第4季度"),
        (Period.around(date(2017, 10, 1), "year"), "2017年"),
        (Period.between(date(2017, 10, 1), date(2017, 10, 15)), "2017年10月1日至15日"),
    ],
)
def test_periods_by_their_formal_names(period: Period, name: str) -> None:
    assert period.formal == name


def test_the_lines_in_words(demo: Snapshot) -> None:
    rows = [row for row in rows_of(demo, "rules_in_force") if row["rule"] == "通报线"]
    words = {row["subject"]: value_of(row) for row in rows}
    assert words == {"前列": "3 位", "低分": "80 分", "不合格率": "5 %", "上报率": "60 %", "处理率": "65 %"}


def test_shares_with_two_decimals() -> None:
    assert [share_in_full(value) for value in (0.34963, 0, 1, 1.0502, None)] == [
        "34.96%",
        "0.00%",
        "100.00%",
        "105.02%",
        "—",
    ]
