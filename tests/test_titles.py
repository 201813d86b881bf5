"""Titles, reasons, verdicts and decisions, composed from tiny frames by stated rules."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from supervision import decisions, department_titles, footnotes, reasons, titles, trends
from supervision.answers import label
from supervision.building import SnapshotInfo
from supervision.effects import Effects
from supervision.errors import Problem
from supervision.outcome import Outcome, Stretch
from supervision.periods import Period
from supervision.reports import SheetReport

WEEK = Period.around(date(2017, 10, 23), "week")
OCTOBER = Period.around(date(2017, 10, 23), "month")


def trend(**past: list[float]) -> pd.DataFrame:
    """District metrics over weeks; every list starts with the same one."""
    metrics = ("overdue", "patrol_completion", "on_time_rate", "late_1_7", "late_over_30")
    return pd.DataFrame(
        [
            {"end": pd.Timestamp("2017-08-06") + pd.Timedelta(weeks=week), "metric": metric, "value": value}
            for metric in metrics
            for week, value in enumerate(past.get(metric, []))
        ],
        columns=["end", "metric", "value"],
    )


def towns(**overdue: int) -> pd.DataFrame:
    """overdue_by_town with only the overdue given; ages and days follow by a simple rule."""
    frame = pd.DataFrame({"town": list(overdue), "overdue": list(overdue.values())})
    late = frame["overdue"]
    return frame.assign(
        open=late + 1,
        due_soon=0,
        late_over_30=(late // 5),
        days_max=(late * 4).where(late > 0).astype("Float64"),
        no_deadline=0,
    )


def ranked(*rows: tuple[object, ...]) -> pd.DataFrame:
    """town_ranking: town, rank, previous rank, score, change of score, moved_by, moved_points."""
    names = ["town", "rank", "previous_rank", "score", "score_change", "moved_by", "moved_points"]
    frame = pd.DataFrame(list(rows), columns=names)
    for name in ("rank", "previous_rank"):
        frame[name] = frame[name].astype("Int64")
    return frame.assign(
        rank_change=frame["previous_rank"] - frame["rank"],
        band="良好",
        failing=False,
        overdue=0,
        status="正常",
        status_from=pd.NaT,
        status_to=pd.NaT,
        status_reason=None,
    )


def department(name: str, flags: str | None = None, **figures: float) -> dict[str, object]:
    """One row of enforcement_by_department with plain figures."""
    return {
        "department": name,
        "flags": flags,
        "cases_opened": 3,
        "inspections": 90,
        "inspections_per_officer": 5.1,
        "per_officer_limit": 9.0,
        "zero_limit": 1,
        "drop_limit": 0.5,
        "change_previous": 0.1,
        "cases_this_year": 20,
        "target_limit": 12.5,
        "remit_problems": 0,
        "remit_limit": 1,
        "returns": 4,
    } | figures


def departments(*rows: dict[str, object]) -> pd.DataFrame:
    columns = list(department("无"))
    return pd.DataFrame(list(rows), columns=columns)


@pytest.mark.parametrize(
    ("values", "length"),
    [
        ([1, 2, 3], 2),
        ([3, 2, 1], -2),
        ([1, 1, 2], 1),
        ([1, 2, 2], 0),
        ([5, 1, 2, 3], 2),
        ([1.0, float("nan"), 3.0, 4.0], 1),
        ([7], 0),
        ([], 0),
        ([0.90000, 0.90001], 0),
    ],
)
def test_streaks(values: list[float], length: int) -> None:
    assert trends.streak(values) == length


def test_overview_names_the_change_the_towns_and_the_streak() -> None:
    title = titles.overview(
        trend(overdue=[30, 32, 41], patrol_completion=[0.87, 0.889, 0.907], on_time_rate=[0.8, 0.82, 0.79]),
        towns(宝山镇=11, 桥梓镇=9, 庙城镇=6, 北房镇=5, 怀北镇=5, 杨宋镇=5),
        WEEK,
    )
    assert title == "逾期整改增至 41 件，宝山、桥梓两镇占近一半；巡河完成率连升 2 周"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(5, 8, "降至 5 件"), (5, 5, "仍有 5 件"), (5, None, "逾期整改 5 件"), (0, 3, "没有逾期")],
)
def test_overview_without_towns_or_rates(now: float, before: float | None, words: str) -> None:
    past = [now] if before is None else [before, now]
    title = titles.overview(trend(overdue=past), towns(), WEEK)
    assert words in title
    assert "；" not in title


def test_a_rate_without_streak_is_named_only_when_it_moved_a_point() -> None:
    base = {"overdue": [1, 1]}
    moved = titles.overview(trend(**base, patrol_completion=[0.9, 0.88], on_time_rate=[0.5, 0.53]), towns(), WEEK)
    assert moved.endswith("；按期整改率升 3.0 个百分点")
    still = titles.overview(trend(**base, patrol_completion=[0.9, 0.905], on_time_rate=[0.5, 0.5]), towns(), WEEK)
    assert still == "逾期整改仍有 1 件"


@pytest.mark.parametrize(
    ("counts", "ending"),
    [
        ({"宝山镇": 8, "桥梓镇": 1, "庙城镇": 1}, "，宝山镇占四分之三以上"),
        ({"宝山镇": 3, "泉河街道": 3, "庙城镇": 1}, "，宝山镇、泉河街道占四分之三以上"),
        ({"宝山镇": 2, "桥梓镇": 2, "庙城镇": 2, "北房镇": 2}, ""),
        ({"宝山镇": 3, "桥梓镇": 1}, ""),
    ],
)
def test_towns_are_named_only_when_they_stand_out(counts: dict[str, int], ending: str) -> None:
    total = sum(counts.values())
    assert titles.overview(trend(overdue=[total]), towns(**counts), WEEK) == f"逾期整改 {total} 件{ending}"


def test_ranking_names_the_leader_and_the_deepest_fall() -> None:
    frame = ranked(
        ("雁栖镇", 1, 2, 95.9, 1.8, "on_time_rate", 1.8),
        ("怀柔镇", 2, 1, 93.6, -0.9, "on_time_rate", -0.9),
        ("宝山镇", 3, 1, 63.4, -5.0, "on_time_rate", -5.2),
    )
    assert titles.ranking(frame, WEEK) == "雁栖镇升至第一；宝山镇降 2 位列末位，按期整改一项少得 5.2 分"


def test_ranking_without_movement_ties_and_nobody() -> None:
    still = ranked(("甲镇", 1, 1, 90.0, 0.0, None, None), ("乙镇", 2, 2, 70.0, 0.0, None, None))
    assert titles.ranking(still, WEEK) == "甲镇保持第一；乙镇列末位，得 70.0 分"
    tied = ranked(("甲镇", 1, None, 90.0, None, None, None), ("乙镇", 1, None, 90.0, None, None, None))
    risen = ranked(
        ("甲镇", 1, 1, 90.0, 0.0, None, None),
        ("乙镇", 2, 6, 85.0, 9.0, "overdue", 8.0),
        ("丙镇", 3, 2, 80.0, 0.0, None, None),
    )
    assert titles.ranking(risen, WEEK) == "甲镇保持第一；乙镇升 4 位至第 2 名，逾期未整改少扣 8.0 分"
    fallen = ranked(("甲镇", 1, 1, 90.0, 0.0, None, None), ("乙镇", 2, 1, 70.0, -8.3, "patrol_completion", -0.3))
    assert titles.ranking(fallen, WEEK) == "甲镇保持第一；乙镇降 1 位列末位"
    assert titles.ranking(tied, WEEK) == "甲镇、乙镇并列第一"
    assert titles.ranking(ranked(("甲镇", None, None, None, None, None, None)), WEEK) == "本周没有可以排名的镇乡街道"
    assert titles.ranking(ranked(), WEEK) == "本周没有可以排名的镇乡街道"


def test_overdue_names_most_and_longest() -> None:
    assert titles.overdue(towns(宝山镇=11, 桥梓镇=9)) == "逾期 20 件，3 件超 30 天；宝山镇 11 件最多，最久 44 天"
    frame = towns(宝山镇=2, 桥梓镇=1).assign(days_max=pd.array([3, 47], dtype="Int64"))
    assert titles.overdue(frame) == "逾期 3 件；宝山镇 2 件最多，桥梓镇最久 47 天"
    assert titles.overdue(towns(宝山镇=2, 桥梓镇=2)) == "逾期 4 件；宝山、桥梓两镇各 2 件最多，宝山镇最久 8 天"
    assert titles.overdue(towns(甲镇=1, 乙镇=1, 丙镇=1)) == "逾期 3 件；最久的 4 天，在甲镇"
    assert titles.overdue(towns(甲镇=0).assign(due_soon=2)) == "没有逾期未整改的问题，2 件临期"
    assert titles.overdue(towns()) == "没有逾期未整改的问题"


def test_of_many_equals_the_first_in_official_order_is_named() -> None:
    # eighteen of twenty are equal: more than a sort that is not stable leaves as they stand
    names = [f"{number:02}镇" for number in range(1, 21)]
    days = pd.array([5, *[9] * 18, 3], dtype="Int64")
    assert titles.overdue(towns(**dict.fromkeys(names, 1)).assign(days_max=days)) == "逾期 20 件；最久的 9 天，在02镇"
    half = titles.overview(trend(overdue=[36]), towns(**dict.fromkeys(names, 1) | {"11镇": 9, "12镇": 9}), WEEK)
    assert half == "逾期整改 36 件，11、12两镇占一半"
    idle = pd.DataFrame({"department": [f"{number:02}局" for number in range(1, 21)], "days_without_case": days})
    idle = idle.assign(cases_opened=0, remit_problems=0, last_case_on=pd.Timestamp("2017-10-20"))
    assert department_titles.idle(idle, WEEK).endswith("；02局上次立案 10月20日，已 9 天（1 周）")


def test_enforcement_names_each_department_once_under_its_first_flag() -> None:
    frame = departments(
        department("区渔政站", "零执法、执法量少"),
        department("区公路分局", "零执法"),
        department("区动监所", "执法量少"),
        department("区规划分局", "降幅大", change_previous=-0.58),
        department("区水务局"),
    )
    title = "渔政站、公路分局 10 月零执法；动监所执法量少，规划分局执法量比上月下降 58 %"
    assert titles.enforcement(frame, OCTOBER) == title
    assert titles.enforcement(frame.head(1), WEEK) == "渔政站本周零执法"


def test_enforcement_without_flags_or_departments() -> None:
    assert titles.enforcement(departments(department("区水务局")), WEEK) == "1 个部门都未触及限值，本周共立案 3 件"
    assert titles.enforcement(departments(), WEEK) == "还没有部门名录"


def test_overdue_trend() -> None:
    rising = trend(overdue=[20, 22, 25], late_1_7=[1, 2, 5], late_over_30=[1, 1, 2])
    assert titles.overdue_trend(rising, WEEK) == "逾期连续 2 周上升，新增多、旧账未清"
    falling = trend(overdue=[25, 22, 20], late_1_7=[5, 5, 3], late_over_30=[1, 1, 1])
    assert titles.overdue_trend(falling, OCTOBER) == "逾期连续 2 个月下降，新增少"
    assert titles.overdue_trend(trend(overdue=[3, 3], late_1_7=[1, 1], late_over_30=[0, 0]), WEEK) == "逾期与上周持平"
    assert titles.overdue_trend(trend(overdue=[0, 0]), WEEK) == "各期末都没有逾期"
    assert titles.overdue_trend(trend(overdue=[7]), WEEK) == "截至 8月6日逾期 7 件"


def item(town: str, metric: str, done: float, owed: float | None, earlier: float | None = None) -> dict[str, object]:
    return {
        "town": town,
        "metric": metric,
        "numerator": done,
        "denominator": owed,
        "previous_numerator": earlier,
    }


def test_a_reason_gives_the_item_its_points_and_the_counts() -> None:
    frame = ranked(
        ("甲镇", 1, 2, 95.9, 1.8, "on_time_rate", 1.8),
        ("乙镇", 2, 1, 90.0, -3.0, "patrol_completion", -2.0),
        ("丙镇", 3, 3, 80.0, -4.0, "overdue", -4.0),
        ("丁镇", 4, 4, 70.0, 0.01, None, None),
        ("戊镇", 5, None, 60.0, None, None, None),
        ("己镇", 6, 6, 50.0, 3.0, None, None),
        ("庚镇", 7, 3, 40.0, -8.3, "patrol_completion", -0.3),
    )
    items = pd.DataFrame(
        [
            item("甲镇", "on_time_rate", 27, 28),
            item("乙镇", "patrol_completion", 249, 334),
            item("丙镇", "overdue", 4, None, 2),
            item("庚镇", "patrol_completion", 90, 100),
        ]
    )
    assert reasons.reasons(frame, items, WEEK) == {
        "甲镇": "按期整改 +1.8：到期 28 件，按期 27 件",
        "乙镇": "巡河完成 −2.0：应巡 334 次，欠 85 次",
        "丙镇": "逾期未整改多扣 4.0：2 件增至 4 件",
        "丁镇": "得分与上周基本持平",
        "戊镇": "上周没有得分可比",
        "己镇": "得分 +3.0：计分项目或办法有变",
        "庚镇": "得分 −8.3，不由单项造成",
    }


def test_a_verdict_shows_the_figure_and_the_limit_and_marks_what_failed() -> None:
    found = reasons.verdict(department("区渔政站", "零执法、执法量少", cases_opened=0))
    assert found.flags == ("零执法", "执法量少")
    assert found.figures == ("立案 0（≥ 1）", "人均 5.1（≥ 9.0）")
    assert found.failed == {"cases_opened", "per_officer"}
    fallen = reasons.verdict(department("区规划分局", "降幅大", change_previous=-0.58))
    assert fallen.figures == ("检查 −58 %（> −50 %）",)
    assert reasons.verdict(department("区水务局")) == reasons.Verdict()


def problems(*listed: tuple[str, bool, str]) -> pd.DataFrame:
    return pd.DataFrame(list(listed), columns=["town", "city_listed", "state"])


def test_decisions_are_three_and_the_gravest_first() -> None:
    decided = decisions.decisions(
        towns(宝山镇=15, 桥梓镇=10, 庙城镇=5, 北房镇=5, 怀北镇=0),
        departments(department("区渔政站", "零执法", remit_problems=16), department("区公路分局", "零执法")),
        problems(("庙城镇", True, "逾期"), ("庙城镇", True, "在期"), ("桥梓镇", False, "逾期")),
        ranked(),
        OCTOBER,
    )
    assert [decision.question for decision in decided] == [
        "7 件逾期超 30 天，是否由区级河长挂牌督办",
        "区渔政站、区公路分局零执法，是否通报",
        "2 处市级挂账点没有整改完，何时销账",
    ]
    assert [decision.fact for decision in decided] == [
        "宝山镇 3 件、桥梓镇 2 件、庙城镇 1 件，其余 1 个 1 件，最长 60 天",
        "10 月立案 0 件；职责内问题 16 件",
        "庙城镇 2 处；1 处已逾期",
    ]


def test_lesser_rules_fill_up_and_nothing_gives_nothing() -> None:
    frame = ranked(("甲镇", 5, 2, 70.0, -3.0, None, None), ("乙镇", 6, 6, 50.0, 0.0, None, None))
    frame.loc[1, ["band", "failing"]] = ["不达标", True]
    decided = decisions.decisions(towns(甲镇=0).assign(due_soon=4), departments(), problems(), frame, WEEK)
    assert [decision.question for decision in decided] == [
        "乙镇不达标，是否约谈",
        "甲镇降 3 位，是否说明原因",
        "4 件临期，谁来盯",
    ]
    assert decisions.decisions(towns(), departments(), problems(), ranked(), WEEK) == []
    assert [decisions.things_to_decide(count) for count in (0, 2, 3)] == [
        "今天没有要定的事",
        "今天要定的两件事",
        "今天要定的三件事",
    ]


def test_footnotes() -> None:
    apart = ranked(("喇叭沟门满族乡", None, None, 60.0, 0.0, None, None)).assign(
        status="暂停考核", status_from=pd.Timestamp("2017-10-16"), overdue=2
    )
    assert footnotes.left_out(apart, WEEK) == "喇叭沟门满族乡 10月16日起暂停考核，不排名；逾期 2 件计入全区。"
    assert footnotes.left_out(ranked(("甲镇", 1, 1, 90.0, 0.0, None, None)), WEEK) == "全部镇乡街道参加排名。"
    bands = pd.DataFrame(
        {
            "band": ["优秀", "良好", "不合格"],
            "lower_edge": [90.0, 60.0, 0.0],
            "upper_edge": [float("nan"), 90.0, 60.0],
            "effective_from": pd.Timestamp("2017-07-01"),
            "origin": "示例",
        }
    )
    assert footnotes.band_edges(bands) == {"优秀": "90 分以上", "良好": "60—90 分", "不合格": "不足 60 分"}
    assert footnotes.ranking_foot(bands, firm=False).endswith("考核办法 2017年7月1日起施行（等级出处：示例）。")
    assert "名次区间" not in footnotes.ranking_foot(bands.head(0), firm=False)
    frame = departments(department("甲")).assign(group_median=18.0)
    assert footnotes.limit_text(frame) == "限值：领域中位数的 50 %"
    assert footnotes.limit_text(frame.assign(per_officer_limit=float("nan"))) == "没有限值"


def test_what_the_import_page_says() -> None:
    info = SnapshotInfo("0037", "0036", "2017-10-30T08:40:00", "张示例", demo=False)
    assert titles.intake(info) == "当前是第 37 批，2017年10月30日 08:40 由张示例导入"
    assert titles.intake(None) == "还没有数据；请先导入镇乡街道和部门名录"
    assert footnotes.batch(info) == "第 37 批，2017年10月30日 08:40，张示例"
    assert footnotes.rolled_back(37) == "已换成第 37 批，所有人现在看到的是这一批。"


def outcome(*sheets: SheetReport, removed: int = 0, stretch: Stretch | None = None) -> Outcome:
    return Outcome((), sheets, None, None, None, removed, stretch)


def sheet(**counts: Any) -> SheetReport:
    return SheetReport("台账.xlsx", "Sheet1", **({"table": "problems", "header_row": 1, "encoding": None} | counts))


def test_what_a_check_says() -> None:
    whole = sheet(table=None, problems=[Problem(None, "", "", "表类不明", "请改名")])
    assert footnotes.checked(outcome(sheet(added=1200), sheet())) == "2 个工作表，1,200 行新增或变更，没有要退回的行"
    assert footnotes.checked(outcome(sheet(refused=4), whole)) == (
        "1 个工作表，没有新增或变更，4 行要退回；另有 1 个整表退回"
    )
    assert footnotes.checked(outcome(whole, whole)) == "没有可以入库的：2 个文件或工作表整表退回"
    mixed = outcome(sheet(added=10, changed=2, refused=3), whole)
    assert footnotes.imported("0038", mixed) == "第 38 批已入库：新增或变更 12 行，退回 3 行，整表退回 1 个。"
    assert footnotes.decide(mixed, "") == "先写导入人，再入库。"
    assert footnotes.decide(mixed, "李示例") == ""
    doubtful = outcome(sheet(added=1, warnings=[Problem(3, "日期", "2018-10-29", "日期突前", "请核对")]))
    assert footnotes.decide(doubtful, "李示例") == "请先核对：日期突前 1 处，见下。"


def test_what_an_import_does_names_three_towns_and_its_year() -> None:
    towns = pd.DataFrame(
        {
            "town": ["甲镇", "乙镇", "丙镇", "丁镇", "戊镇"],
            "rank_before": [1, 2, 3, 4, None],
            "rank_after": [2, 1, 4, 3, 5],
            "score_before": 80.0,
            "score_after": 80.0,
            "overdue_before": 1,
            "overdue_after": [1, 1, 1, 1, 4],
        }
    )
    found = Effects(WEEK, towns, pd.DataFrame())
    assert footnotes.effects(found) == [
        "逾期未整改由 5 件变为 8 件",
        "镇乡名次变动：乙镇 第2→第1、甲镇 第1→第2、丁镇 第4→第3等 4 个",
    ]
    assert footnotes.effects_period(found) == "2017年10月23日 — 10月29日"
    assert footnotes.effects_period(Effects(OCTOBER, towns, pd.DataFrame())) == "2017年10月"


@pytest.mark.parametrize(
    ("period", "days", "week", "year"),
    [
        (WEEK, "10月23日 — 10月29日", "　第43周", "2017年"),
        (OCTOBER, "2017年10月", "", ""),
        (Period.between(date(2017, 10, 2), date(2017, 10, 3)), "10月2日 — 10月3日", "", "2017年"),
        (Period.around(date(2019, 1, 1), "week"), "2018年12月31日 — 1月6日", "　第1周", ""),
    ],
)
def test_what_a_period_is_called(period: Period, days: str, week: str, year: str) -> None:
    assert period.label == days + week
    assert period.called(year=True) == year + days + week
    assert period.called(week=False) == days
    assert period.called(year=True, week=False) == year + days


def test_a_period_on_a_page_has_its_year_where_the_data_is_of_another() -> None:
    # the week is over on 10-29 and runs on 10-25
    assert label(WEEK, date(2017, 10, 29)) == label(WEEK, None) == "10月23日 — 10月29日　第43周"
    assert label(WEEK, date(2017, 10, 25)) == "10月23日 — 10月29日　第43周　至10月25日"
    assert label(WEEK, date(2017, 10, 25), short=True) == "10月23日 — 10月29日"
    assert label(WEEK, date(2018, 1, 2)) == "2017年10月23日 — 10月29日　第43周"
    assert label(WEEK, date(2018, 1, 2), short=True) == "2017年10月23日 — 10月29日"


def test_what_a_replacement_says() -> None:
    october = Stretch("enforcement", "区水务局", date(2017, 10, 1), date(2017, 10, 31))
    assert footnotes.stretch(october) == "替换区水务局 2017-10-01 至 2017-10-31 的执法记录"
    assert footnotes.stretch(None) == ""
    replaced = outcome(sheet(changed=2), removed=1, stretch=october)
    assert footnotes.checked(replaced) == "1 个工作表，3 行新增、变更或删除，没有要退回的行"
    assert footnotes.imported("0039", replaced) == "第 39 批已入库：新增或变更 2 行，删除 1 行。"
    assert footnotes.decide(outcome(sheet(refused=1), stretch=october), "李示例").startswith("替换时不能有退回的行")


def test_what_going_back_says() -> None:
    now, then = (
        SnapshotInfo(f"000{number}", None, "2017-10-30T08:40:00", "张示例", False, {"problems": rows})
        for number, rows in ((3, 1_250), (1, 50))
    )
    assert footnotes.rollback(now, then, (3, 2)) == (
        "所有人看到的数据将从第 3 批换成第 1 批：第 2、3 批带来的新增和变更不再显示，少 整改台账 1,200 行。"
        "第 3 批仍然留着，可以再换回来。"
    )
    assert footnotes.rollback(then, now, ()).startswith("所有人看到的数据将从第 1 批换成第 3 批：没有批次被撤回。")


def test_why_rows_were_refused() -> None:
    found = pd.DataFrame(
        [(3, "patrols", "不是数", 1, 12), (3, "patrols", "不是日期", 2, 3)],
        columns=["batch", "table", "rule", "files", "refused"],
    )
    assert footnotes.refusals(found) == {(3, "patrols"): "不是数 12、不是日期 3"}
    assert footnotes.refusals(found.head(0)) == {}


def test_the_list_to_chase_says_how_many_of_each_state() -> None:
    problems = pd.DataFrame({"state": ["临期", "逾期", "临期"]})
    order = "次序：市级挂账，逾期天数，严重程度，反弹，发现早晚。"
    assert footnotes.chased(problems, 200) == f"共 3 件：逾期 1 件、临期 2 件。{order}"
    assert footnotes.chased(problems, 2) == f"共 3 件：逾期 1 件、临期 2 件。列出前 2 件，全部见导出本表。{order}"
