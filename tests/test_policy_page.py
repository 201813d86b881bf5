"""口径与办法: the rules in words, their history, their workbook, and a period under another policy, by hand."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import BuildDistrict, rows_of
from test_pages import open_page, shown

from supervision import titles, trial
from supervision.asking import ask
from supervision.importing import import_files
from supervision.periods import Period
from supervision.policy_workbook import write_policy
from supervision.rulebook import Entry, differences, rulebook
from supervision.view import html
from supervision.warehouse import Snapshot, Warehouse

HEADER = "生效日期,规则,对象,方法,数值,单位,参数,说明,来源"
AUTUMN, WINTER = Period.around(date(2017, 10, 1), "month"), Period.around(date(2017, 12, 1), "month")
ROWS = (
    "2017-07-01,临期天数,,,3,天,,3日内到期,示例",
    "2017-12-01,临期天数,,,5,天,,5日内到期,区河长办通知",
    "2017-07-01,巡河频次,村级,按人,1,次/周,3-12,,平谷2018年度考核细则",
    "2017-07-01,考核项,closure_rate,按比例,60,分,,,示例",
    "2017-07-01,考核项,overdue,扣分,40,分,2;跨月翻倍,,示例",
    "2017-12-01,考核项,closure_rate,分档,50,分,0.9:50;>0.5:20;以下:0,,示例",
    "2017-12-01,考核项,考评:公示牌,目标,50,分,10,,示例",
    "2017-12-01,考核项,考评:通报,加减分,5,分,每次 -2.5,,示例",
    "2017-07-01,档,合格,,60,分,,,示例",
    "2017-07-01,档,不合格,,0,分,,,示例",
    "2017-07-01,补贴,合格,,0.8,,,,示例",
    "2017-07-01,补贴,不合格,,0,,,,",
)


def imported(folder: Path, *rows: str) -> Warehouse:
    path = folder / "办法.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    warehouse = Warehouse(folder / "warehouse")
    report = import_files(warehouse, [path], by="测试")
    assert report.refused == 0, [problem for sheet in report.sheets for problem in sheet.problems]
    return warehouse


def current(warehouse: Warehouse) -> Snapshot:
    snapshot = warehouse.current()
    assert snapshot is not None
    return snapshot


def own(snapshot: Snapshot, period: Period) -> pd.DataFrame:
    """The history without what is shipped beside it."""
    shipped = ("巡河频次", "时长下限", "里程下限", "速度上限", "留痕要求", "漏报天数", "反弹天数", "立行立改天数")
    found = ask(snapshot, "policy_history", period)
    return found[~(found["rule"].isin([*shipped, "执法限值", "报送时限"]) & ~found["subject"].isin(["村级"]))]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2017, 6, 30), ["以后", "以后"]),  # before any rule nothing judges
        (date(2017, 11, 30), ["现行", "以后"]),
        (date(2017, 12, 1), ["以前", "现行"]),  # the first day of the later one
    ],
)
def test_each_rule_is_in_force_before_or_later(build_district: BuildDistrict, day: date, states: list[str]) -> None:
    rule: dict[str, Any] = {"rule": "临期天数", "subject": "", "method": None, "argument": None, "origin": "示例"}
    policy = [rule | {"effective_from": "2017-07-01", "value": 3}, rule | {"effective_from": "2017-12-01", "value": 5}]
    rows = rows_of(build_district(policy=policy), "policy_history", Period("free", day, day))
    assert [(row["value"], row["state"]) for row in rows] == list(zip([3, 5], states, strict=True))
    # the first is replaced when the second comes, the second by nothing
    assert [row["replaced_on"] and row["replaced_on"].date() for row in rows] == [date(2017, 12, 1), None]


def test_the_rules_in_words_with_their_other_dates(tmp_path: Path) -> None:
    history = own(current(imported(tmp_path, *ROWS)), AUTUMN)
    limits, scoring = (dict(column) for column in rulebook(history))
    july = date(2017, 7, 1)
    assert limits["限值"] == [
        Entry("临期天数", "3 天", "3日内到期", july, "示例", ["以后 5 天（2017-12-01 起）"]),
    ]
    assert limits["巡河频次"] == [Entry("村级", "1 次/周", "按人，3—12 月", july, "平谷2018年度考核细则")]
    closure, overdue, board, notices = scoring["考核项"]
    assert (closure.value, closure.how) == ("60 分", "按比例得分")
    assert closure.other == ["以后 50 分，90\u00a0% 起得 50，大于 50\u00a0% 得 20，以下得 0（2017-12-01 起）"]
    assert (overdue.value, overdue.how) == ("40 分", "每件扣 2 分，扣完为止，跨月未整改的加倍")
    assert (board.name, board.value, board.since) == ("公示牌（部门考评）", "", None)
    assert board.other == ["以后 50 分，达到 10 得满分，不足的按比例（2017-12-01 起）"]
    assert notices.other == ["以后 5 分，100 分以外，每次 −2.5 分，以分值为限（2017-12-01 起）"]
    assert [entry.value for entry in scoring["档"]] == ["60 分以上", "0 分以上"]
    assert [(entry.name, entry.value, entry.is_example) for entry in scoring["补贴"]][:2] == [
        ("合格", "月补贴的 80 %", True),
        ("不合格", "月补贴的 0 %", False),
    ]


def test_a_set_that_was_replaced_stands_as_before(tmp_path: Path) -> None:
    history = own(current(imported(tmp_path, *ROWS)), WINTER)
    _, scoring = (dict(column) for column in rulebook(history))
    overdue = next(entry for entry in scoring["考核项"] if entry.name == "逾期未整改")
    assert (overdue.value, overdue.other) == (
        "",
        ["以前 40 分，每件扣 2 分，扣完为止，跨月未整改的加倍（2017-07-01 至 2017-11-30）"],
    )


def test_what_differs_between_two_policies(tmp_path: Path) -> None:
    snapshot = current(imported(tmp_path, *ROWS))
    found = differences(own(snapshot, AUTUMN), own(snapshot, WINTER))
    assert ("临期天数", "3 天", "5 天") in found
    assert ("考核项 逾期未整改", "40 分，每件扣 2 分，扣完为止，跨月未整改的加倍", "") in found
    assert ("考核项 公示牌（部门考评）", "", "50 分，达到 10 得满分，不足的按比例") in found
    assert "档 合格" not in [name for name, *_ in found]


def test_an_exported_policy_comes_back_unchanged(tmp_path: Path) -> None:
    warehouse = imported(tmp_path, *ROWS)
    history = ask(current(warehouse), "policy_history", WINTER)
    write_policy(history, tmp_path / "导出.xlsx")
    (sheet,) = import_files(warehouse, [tmp_path / "导出.xlsx"], by="测试").sheets
    assert (sheet.added, sheet.changed, sheet.unchanged, sheet.refused) == (0, 0, len(history), 0)
    assert (sheet.problems, sheet.warnings) == ([], [])
    again = ask(current(warehouse), "policy_history", WINTER)
    pd.testing.assert_frame_equal(history, again)


def test_a_districts_own_older_rules_go_before_the_shipped_ones(tmp_path: Path) -> None:
    # the shipped 考核项 and 村级 frequency are of 2017-07-01; the others of the same day stay
    warehouse = imported(
        tmp_path,
        "2016-01-01,考核项,closure_rate,按比例,100,分,,,本区",
        "2016-01-01,巡河频次,村级,按人,2,次/周,,,本区",
    )
    history = ask(current(warehouse), "policy_history", AUTUMN)
    rules = history[history["state"] == "现行"].set_index(["rule", "subject"])["value"]
    assert rules["考核项"].to_dict() == {"closure_rate": 100}
    assert rules["巡河频次"].to_dict() == {"段长": 1, "村级": 2, "镇级": 1, "区级": 1}
    assert rules["档"].to_dict() == {"优秀": 90, "良好": 80, "合格": 60, "不合格": 0}


def test_a_set_of_the_very_day_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    history = ask(current(imported(tmp_path, *ROWS)), "policy_history", AUTUMN)
    rules = history[history["state"] == "现行"].set_index(["rule", "subject"])["value"]
    assert rules["考核项"].to_dict() == {"closure_rate": 60, "overdue": 40}
    assert rules["档"].to_dict() == {"合格": 60, "不合格": 0}


def test_a_later_rule_leaves_the_shipped_one_to_the_time_before(tmp_path: Path) -> None:
    warehouse = imported(tmp_path, "2018-01-01,考核项,closure_rate,按比例,100,分,,,本区")
    for period, items in ((AUTUMN, 5), (Period.around(date(2018, 1, 1), "month"), 1)):
        history = ask(current(warehouse), "policy_history", period)
        assert ((history["rule"] == "考核项") & (history["state"] == "现行")).sum() == items


def ranked(*rows: tuple[str, int | None, float | None]) -> pd.DataFrame:
    columns = ["town_code", "rank", "score"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.assign(rank=frame["rank"].astype("Int64"), band="合格", failing=False)
    return frame.assign(town=frame["town_code"] + "镇", status="正常")


NOW = ranked(("甲", 1, 90.0), ("乙", 2, 80.0), ("丙", 3, 70.0), ("丁", None, None))


@pytest.mark.parametrize(
    ("ranks", "scores", "title"),
    [
        ((1, 2, 3), (90, 80, 70), "名次不变，得分也不变"),
        ((1, 2, 3), (95, 80, 70), "名次不变，1 个镇乡街道得分有变化"),
        ((3, 1, 2), (60, 80, 70), "3 个镇乡街道名次变化，甲镇降 2 位最多"),
        ((2, 1, None), (70, 80, None), "2 个镇乡街道名次变化，最多变动 1 位"),  # 丙镇 is not ranked then
    ],
)
def test_the_title_of_a_trial_says_who_moves(
    ranks: tuple[int | None, ...], scores: tuple[float | None, ...], title: str
) -> None:
    other = ranked(*zip(("甲", "乙", "丙"), ranks, scores, strict=True), ("丁", None, None))
    both = trial.compared(NOW, other)
    assert titles.trial(both, date(2017, 12, 1)) == f"按 2017-12-01 的办法，{title}"


def test_the_title_of_a_trial_counts_the_bands_that_change() -> None:
    both = trial.compared(NOW, NOW.assign(band=["合格", "不合格", None, "不合格"]))  # 丁镇 is not ranked
    assert titles.trial(both, date(2017, 12, 1)) == "按 2017-12-01 的办法，名次不变，得分也不变；2 个等级变化"


def test_a_trial_shows_the_lowest_band_red_whatever_it_is_called() -> None:
    graded = NOW.assign(band=["达标", "达标", "不达标", None], failing=[False, False, True, False])
    page = html.render("policy_trial", rows=html.records(trial.compared(NOW, graded)), other="2017-12-01")
    assert re.findall(r'<b class="red">(.+?)</b>', page) == ["■ 不达标"]


def test_nobody_ranked_under_either_policy() -> None:
    none = ranked(("甲", None, None))
    both = trial.compared(none, none)
    assert titles.trial(both, date(2017, 12, 1)) == "按 2017-12-01 的办法，也没有可以排名的镇乡街道"


@pytest.mark.parametrize(
    ("origins", "title"),
    [
        ([], "10 月没有生效的考核办法"),
        (["示例", "示例（无公开标准）", "平谷"], "10 月按 3 条规则考核，其中 2 条还是示例，要由本区定"),
        (["平谷", None], "10 月按 2 条规则考核，其中 1 条没有写来源"),
        (["平谷"], "10 月按 1 条规则考核，都写明了来源"),
    ],
)
def test_the_title_counts_what_is_only_an_example(origins: list[str | None], title: str) -> None:
    history = pd.DataFrame({"origin": pd.Series(origins, dtype="object"), "state": "现行"})
    assert titles.policy(history, AUTUMN).replace("本月", "10 月") == title


@pytest.mark.parametrize(
    ("view", "says"),
    [("rules", "平谷2018年度考核细则"), ("metrics", "全部到期的；无时限的不计。"), ("trial", "只有 2017-07-01 一版")],
)
def test_each_view_of_the_page(
    view: str, says: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse
) -> None:
    app = open_page("policy.py", monkeypatch, demo_warehouse.folder, view=view)
    assert not app.exception
    assert says in shown(app)
