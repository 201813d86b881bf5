"""督办单 and 督促整改通知: facts, rule and deadline as the queries give them, and numbers that do not move."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import WEEK, BuildDistrict, rows_of
from documents import fonts, needs_office, pages, printed, running, tables, texts, words_outside

from supervision import notice_words as say
from supervision.answers import Answers
from supervision.documents.notices import Notice, enforcement_notices, overdue_notices
from supervision.periods import Period
from supervision.reasons import verdict
from supervision.warehouse import Snapshot, Warehouse

OCTOBER = Period.around(date(2017, 10, 1), "month")
TOWNS = [
    {"code": "1", "name": "乙镇", "sort_order": 2},
    {"code": "2", "name": "甲街道", "sort_order": 1},
    {"code": "3", "name": "丙乡", "sort_order": 3},
]


def rule(name: str, value: float, subject: str = "", **more: Any) -> dict[str, Any]:
    return {
        "effective_from": "2017-07-01",
        "rule": name,
        "subject": subject,
        "value": value,
        "method": None,
        "unit": None,
        "argument": None,
        "origin": "示例",
    } | more


def problem(code: str, town: str, deadline: str | None, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "town": town,
        "found_on": "2017-10-01",
        "deadline": deadline,
        "source": "督查检查",
        "category": "垃圾",
        "description": "堆放垃圾",
        "method": None,
        "measures": None,
        "department": None,
        "person": None,
        "closed_on": None,
    } | more


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module")
def by_town(demo: Snapshot) -> list[Notice]:
    return overdue_notices(Answers(demo, WEEK))


@pytest.fixture(scope="module")
def urged(demo: Snapshot) -> list[Notice]:
    return enforcement_notices(Answers(demo, WEEK))


# By hand


def test_the_new_deadline_by_hand(build_district: BuildDistrict) -> None:
    # as of Sunday 10-29 and three days: Wednesday 11-01
    snapshot = build_district(policy=[rule("立行立改天数", 3)], problems=[problem("1", "1", None)])
    (row,) = rows_of(snapshot, "pressed_deadline", as_of=date(2017, 10, 29))
    assert (row["due_on"].date(), row["days"], row["origin"]) == (date(2017, 11, 1), 3, "示例")


def test_a_policy_without_the_rule_gives_no_deadline(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS, policy=[rule("临期天数", 3)], problems=[problem("1", "1", "2017-10-20"), seen("3")]
    )
    assert rows_of(snapshot, "pressed_deadline") == []
    (notice,) = overdue_notices(Answers(snapshot, WEEK))
    whole = "".join(texts(notice.content))
    assert "请立即完成上列问题的整改并申请销号。考核办法没有规定立行立改天数，不另定日期。" in whole


def seen(town: str) -> dict[str, Any]:
    """A problem on the last day of the week, so that the week is judged at its end."""
    return problem("seen", town, "2017-12-01", found_on="2017-10-29")


def test_a_notice_by_hand(build_district: BuildDistrict) -> None:
    # 甲街道 comes first by its order; due 10-20 and 10-25 is 9 and 4 days late on 10-29; the third town has none
    snapshot = build_district(
        towns=TOWNS,
        policy=[
            rule("立行立改天数", 2),
            rule("考核项", 15, "overdue", method="扣分", unit="分", argument="2;跨月翻倍"),
        ],
        problems=[
            problem("A1", "2", "2017-10-20", measures="限期清运", person="张三"),
            problem("A2", "2", "2017-10-25", description="=1+1 <b>&\n违建\x07", category="违建", department="区水务局"),
            problem("B1", "1", "2017-10-28"),
            problem("C1", "3", "2017-10-30"),
            seen("3"),
        ],
    )
    first, second = overdue_notices(Answers(snapshot, WEEK))
    assert (first.number, first.unit, first.file_name) == (
        "督办〔2017〕第43周第01号",
        "甲街道",
        "督办单_01_甲街道.docx",
    )
    assert (second.number, second.unit) == ("督办〔2017〕第43周第02号", "乙镇")
    found = texts(first.content)
    assert found[:4] == [
        "河长制督办单",
        "督办〔2017〕第43周第01号",
        "甲街道办事处：",
        "截至2017年10月29日，你街道有2件问题逾期未整改，最长逾期9天。现予督办。",
    ]
    assert "考核办法（2017年7月1日起施行）：逾期未整改15分，每件扣2分，扣完为止，跨月未整改的加倍。" in found
    assert "（一）新的时限。请于2017年10月31日（含当日）前完成上列问题的整改并申请销号。" in "".join(found)
    assert found[-3:] == ["区河长制办公室", "2017年10月29日", "抄送：区水务局。"]
    problems, receipt = tables(first.content)
    assert problems[1:] == [
        ["1", "A1", "10月1日", "—", "垃圾：堆放垃圾\n措施：限期清运", "10月20日", "9", "张三"],
        ["2", "A2", "10月1日", "—", "违建：=1+1 <b>& 违建", "10月25日", "4", "区水务局"],
    ]
    assert receipt[0] == ["签收单位", "甲街道办事处", "签收人", ""]
    assert texts(second.content)[2:4] == [
        "乙镇人民政府：",
        "截至2017年10月29日，你镇有1件问题逾期未整改，最长逾期1天。现予督办。",
    ]


def test_by_department_the_towns_government_answers_where_the_ledger_names_none(
    build_district: BuildDistrict,
) -> None:
    # places by hand: 甲街道, 乙镇 and 丙乡, whose governments have no number but the town's, the department, who else
    snapshot = build_district(
        towns=TOWNS,
        departments=[{"name": "区水务局", "aliases": None, "field": None, "officers": None, "remit": None}],
        problems=[
            problem("A", "2", "2017-10-20"),
            problem("B", "1", "2017-10-20", department="区水务局"),
            problem("C", "1", "2017-10-21", department="区水务局"),
            problem("D", "1", "2017-10-22", department="某公司"),
            problem("E", "1", "2017-10-23", department="乙镇政府"),
            problem("F", "1", "2017-10-24", department="乙镇人民政府"),
            seen("3"),
        ],
    )
    found = overdue_notices(Answers(snapshot, WEEK), by="department")
    # of 乙镇 two of the five that are overdue there, of 甲街道 all
    assert [(each.number.split("周")[1], each.unit) for each in found] == [
        ("第01号", "甲街道"),
        ("第02号（E等2件）", "乙镇"),
        ("第04号", "区水务局"),
        ("第05号", "某公司"),
    ]
    assert [[row[1] for row in tables(each.content)[0][1:]] for each in found] == [["A"], ["E", "F"], ["B", "C"], ["D"]]
    assert [texts(each.content)[2] for each in found] == ["甲街道办事处：", "乙镇人民政府：", "区水务局：", "某公司："]
    assert not any("抄送" in text for each in found for text in texts(each.content))
    of_towns = overdue_notices(Answers(snapshot, WEEK))
    assert [each.number.split("周")[1] for each in of_towns] == ["第01号", "第02号"]
    assert texts(of_towns[1].content)[-1] == "抄送：区水务局、某公司。"


def test_a_notice_of_some_problems_says_behind_its_number_which(build_district: BuildDistrict) -> None:
    snapshot = build_district(
        towns=TOWNS,
        problems=[
            problem("A/1", "1", "2017-10-20"),
            problem("A:2", "1", "2017-10-21", department="区水务局"),
            problem("A3", "1", "2017-10-22", department="区水务局"),
            seen("3"),
        ],
    )
    answers = Answers(snapshot, WEEK)
    every = answers.rows("problem_list", state="逾期")

    def made(codes: list[str], **more: Any) -> tuple[str, str]:
        (notice,) = overdue_notices(answers, every[every["code"].isin(codes)], **more)
        assert texts(notice.content)[1] == notice.number
        return notice.number.split("周")[1], notice.file_name

    assert made(["A/1", "A:2", "A3"]) == ("第02号", "督办单_02_乙镇.docx")
    assert made(["A/1"]) == ("第02号（A/1）", "督办单_02_乙镇_A_1.docx")
    assert made(["A:2", "A3"]) == ("第02号（A:2等2件）", "督办单_02_乙镇_A_2等2件.docx")
    # 10-20 is nine days before 10-29, 10-21 eight
    (some,) = overdue_notices(answers, every[every["code"].isin(["A:2", "A3"])])
    assert texts(some.content)[3] == (
        "截至2017年10月29日，你镇有3件问题逾期未整改，最长逾期9天。现就其中2件予以督办：最长逾期8天。"
    )
    assert made(["A:2", "A3"], by="department") == ("第04号", "督办单_04_区水务局.docx")
    assert made(["A3"], by="department") == ("第04号（A3）", "督办单_04_区水务局_A3.docx")


def test_nobody_is_urged_for_a_period_of_which_nothing_was_sent(build_district: BuildDistrict, demo: Snapshot) -> None:
    # by hand: a return on 10-28 in the second district, none in the first, where cases below one are flagged too
    departments = [
        {"name": name, "aliases": None, "field": None, "officers": None, "remit": None} for name in ("甲局", "乙局")
    ]
    known = {"towns": TOWNS, "departments": departments, "problems": [seen("1")]}
    limits = [rule("执法限值", 1, "零执法")]
    silent = Answers(build_district(**known, policy=limits), WEEK)
    assert silent.holds_data
    assert silent.rows("enforcement_by_department")["flags"].tolist() == ["零执法", "零执法"]
    assert enforcement_notices(silent) == []
    sent = [{"code": "Z1", "day": "2017-10-28", "department": "甲局", "inspections": 2}]
    assert [each.unit for each in enforcement_notices(Answers(build_district(enforcement=sent), WEEK))] == [
        "乙局",
        "甲局",
    ]
    long_ago = Answers(demo, Period.between(date(2016, 1, 4), date(2016, 1, 10)))
    assert enforcement_notices(long_ago) == enforcement_notices(long_ago, ["区渔政站"]) == []
    ahead = Answers(demo, Period.around(date(2018, 1, 8), "week"))
    assert len(ahead.rows("problem_list", state="逾期"))
    assert overdue_notices(ahead) == overdue_notices(ahead, by="department") == enforcement_notices(ahead) == []


def test_nothing_overdue_makes_no_notices(build_district: BuildDistrict, demo: Snapshot) -> None:
    snapshot = build_district(towns=TOWNS, problems=[seen("1")])
    assert overdue_notices(Answers(snapshot, WEEK)) == []
    assert enforcement_notices(Answers(snapshot, WEEK)) == []
    assert overdue_notices(Answers(build_district(), WEEK)) == []
    assert overdue_notices(Answers(demo, Period.around(date(2017, 6, 1), "month"))) == []


@pytest.mark.parametrize(
    ("period", "number"),
    [
        (WEEK, "督办〔2017〕第43周第07号"),
        (Period.around(date(2019, 1, 1), "week"), "督办〔2019〕第1周第07号"),  # begins on 2018-12-31
        (OCTOBER, "督办〔2017〕10月第07号"),
        (Period.around(date(2017, 10, 1), "quarter"), "督办〔2017〕第4季度第07号"),
        (Period.around(date(2017, 10, 1), "year"), "督办〔2017〕全年第07号"),
        (Period.between(date(2017, 10, 2), date(2017, 10, 15)), "督办〔2017〕10月2日至10月15日第07号"),
        (Period.between(date(2017, 12, 20), date(2018, 1, 5)), "督办〔2017〕12月20日至2018年1月5日第07号"),
    ],
)
def test_numbers_of_periods(period: Period, number: str) -> None:
    assert say.numbered(say.PRESSED, period, 7) == number


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("宝山镇", "督办单_07_宝山镇.docx"),
        ('甲/乙\\丙:丁*?"<>|\n', "督办单_07_甲_乙_丙_丁_______.docx"),
        ("CON. ", "督办单_07_CON.docx"),
        (" .", "督办单_07_未写明.docx"),
        ("长" * 300, f"督办单_07_{'长' * 60}.docx"),
    ],
)
def test_file_names_that_windows_can_hold(unit: str, name: str) -> None:
    assert say.file_name("督办单", 7, unit) == name


@pytest.mark.parametrize(
    ("told", "printed_as"),
    [
        ("联系人王某13812345678处理", "联系人王某138****5678处理"),
        ("手机 138 1234 5678", "手机 138****5678"),
        ("手机 138　1234  5678", "手机 138****5678"),
        ("手机1381234\x075678", "手机138****5678"),
        ("电话：69641234", "电话：******34"),
        ("值班010-69641234", "值班*********34"),
        ("2017年第11段约200平方米", "2017年第11段约200平方米"),
        ("文号20171023号", "文号20171023号"),
    ],
)
def test_telephone_numbers_in_descriptions_are_masked(
    build_district: BuildDistrict, told: str, printed_as: str
) -> None:
    snapshot = build_district(
        towns=TOWNS, problems=[problem("1", "1", "2017-10-20", description=told, measures=told, person=told), seen("3")]
    )
    (notice,) = overdue_notices(Answers(snapshot, WEEK))
    assert tables(notice.content)[0][1][4] == f"垃圾：{printed_as}\n措施：{printed_as}"
    assert tables(notice.content)[0][1][7] == printed_as


# Of the demonstration


def test_every_overdue_problem_stands_in_one_notice_as_the_queries_give_it(
    demo: Snapshot, by_town: list[Notice]
) -> None:
    late = {row["code"]: row for row in rows_of(demo, "problem_list", state="逾期")}
    found: list[str] = []
    for notice in by_town:
        for _, code, found_on, section, facts, due_on, days, unit in tables(notice.content)[0][1:]:
            row = rows_of(demo, "problem_card", code=code)[0]
            assert notice.unit == row["town"]
            assert found_on == f"{row['found_on'].month}月{row['found_on'].day}日"
            assert due_on == f"{row['due_on'].month}月{row['due_on'].day}日"
            assert int(days) == row["days_late"] == (date(2017, 10, 29) - row["due_on"].date()).days
            assert section == row["section"]
            assert facts.startswith(f"{row['category']}：{row['description']}")
            assert (row["measures"] or "") in facts
            assert unit == f"{row['department']}\n{row['person']}"
            found.append(code)
    assert sorted(found) == sorted(late)


def test_the_opening_adds_up(demo: Snapshot, by_town: list[Notice]) -> None:
    rows = {row["town"]: row for row in rows_of(demo, "overdue_by_town") if row["overdue"]}
    assert {notice.unit for notice in by_town} == rows.keys()
    for notice in by_town:
        row, whole = rows[notice.unit], "".join(texts(notice.content))
        assert f"有{row['overdue']}件问题逾期未整改，最长逾期{row['days_max']}天" in whole
        assert (f"逾期超过30天的{row['late_over_30']}件" in whole) == bool(row["late_over_30"])
        assert running(notice.content) == "数据截至2017年10月29日　第1批　演示数据，不作依据"


def test_the_deadline_is_the_policys(demo: Snapshot, by_town: list[Notice], urged: list[Notice]) -> None:
    (days,) = (row["value"] for row in rows_of(demo, "rules_in_force") if row["rule"] == "立行立改天数")
    due = date(2017, 10, 29) + timedelta(days=days)
    for notice in (*by_town, *urged):
        assert f"请于{due.year}年{due.month}月{due.day}日（含当日）前" in "".join(texts(notice.content))


def test_numbers_are_unique_and_do_not_depend_on_what_is_chosen(demo: Snapshot, by_town: list[Notice]) -> None:
    answers = Answers(demo, WEEK)
    chosen = answers.rows("problem_list", state="逾期")
    chosen = chosen[chosen["town"].isin(["宝山镇", "龙山街道"])]
    some = overdue_notices(answers, chosen)
    numbers = {notice.unit: notice.number for notice in by_town}
    # by the order of the master table, so that the worst town has the same number every week
    assert numbers["龙山街道"] == "督办〔2017〕第43周第02号"
    assert numbers["宝山镇"] == "督办〔2017〕第43周第14号"
    assert [(each.unit, each.number) for each in some] == [(name, numbers[name]) for name in ("龙山街道", "宝山镇")]
    # a town's government has the town's number, so that both forms of it are alike where the problems are the same
    every = [*by_town, *overdue_notices(answers, by="department"), *enforcement_notices(answers)]
    kept = {(each.number, each.file_name, *(row[1] for row in tables(each.content)[0])) for each in every}
    assert len({each.number for each in every}) == len({each.file_name for each in every}) == len(kept)
    assert len(kept) == 28  # 10 towns, 8 departments, 3 urged, and of the 10 governments those 7 that answer for a part
    month = overdue_notices(Answers(demo, OCTOBER))
    assert month[-1].number == "督办〔2017〕10月第16号"
    # the month runs: both are judged on the newest day
    assert [each.unit for each in month] == [each.unit for each in by_town]


def test_flagged_departments_with_figures_and_limits(demo: Snapshot, urged: list[Notice]) -> None:
    rows = {row["department"]: row for row in Answers(demo, WEEK).rows("enforcement_by_department").to_dict("records")}
    flagged = [name for name, row in rows.items() if verdict(row).flags]
    assert [notice.unit for notice in urged] == flagged
    assert len(flagged) == 3
    for notice in urged:
        judged, found = verdict(rows[notice.unit]), texts(notice.content)
        assert found[:2] == ["督促整改通知", notice.number]
        place = found.index("一、触及的限值")
        for line, flag, figure in zip(found[place + 1 :], judged.flags, judged.figures, strict=False):
            said = re.sub(r"\s", "", figure)
            assert re.sub(r"\s", "", line).endswith(f"{flag}。{said}。")


def test_the_problems_in_the_remit(demo: Snapshot, urged: list[Notice]) -> None:
    for notice in urged:
        rows = [row for row in rows_of(demo, "remit_problems") if row["department"] == notice.unit]
        standing = [row["problem"] for row in rows if row["state"] not in ("待销号", "已销号")]
        assert f"在职责范围内发现问题{len(rows)}件" in "".join(texts(notice.content))
        assert [row[1] for row in tables(notice.content)[0][1:]] == standing
        cases = sum(row["cases"] > 0 for row in rows)
        assert (f"{cases}件已关联本单位立案" in "".join(texts(notice.content))) == bool(cases)


def test_only_flagged_departments_are_sent_one(demo: Snapshot, urged: list[Notice]) -> None:
    some = enforcement_notices(Answers(demo, WEEK), ["区渔政站", "区水务局", "没有的局"])
    assert [(each.unit, each.number) for each in some] == [
        (each.unit, each.number) for each in urged if each.unit == "区渔政站"
    ]


@needs_office
def test_notices_print_in_chinese_within_their_margins(
    by_town: list[Notice], urged: list[Notice], tmp_path: Path
) -> None:
    longest = max(by_town, key=lambda notice: len(tables(notice.content)[0]))
    for notice, pdf in zip((longest, urged[0]), printed(tmp_path, longest.content, urged[0].content), strict=True):
        assert 2 <= len(pages(pdf)) <= 3
        assert words_outside(pdf) == []
        assert "CJK" in fonts(pdf)
        whole = "".join("".join(pages(pdf)).split())
        assert "".join(notice.number.split()) in whole
        assert "签收单位" in whole
        # the head of the table stands on every page that the table reaches
        rows_on = [page for page in pages(pdf) if re.search(r"WT2017-\d{4}", page)]
        assert all("问题编号" in page for page in rows_on)
