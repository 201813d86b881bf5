"""Guangzhou's 187 bands and Shicheng's 23 items as our policy: every edge and every floor by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import BuildDistrict
from published_rules import SHICHENG, Item, guangzhou, policy_rows, shicheng

from supervision.asking import ask
from supervision.importing import import_files
from supervision.intake.examining import examine
from supervision.intake.names import Directory
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

HEADER = "生效日期,规则,对象,方法,数值,单位,参数"
Earn = Callable[[Item, float | None], float | None]


@pytest.fixture(scope="module")
def earn(build_once: BuildDistrict) -> Earn:
    """What `points_earned` gives, asked of a snapshot in which it is installed."""
    snapshot = build_once()

    def points(item: Item, value: float | None) -> float | None:
        asked = {"method": item.method, "points": item.points, "argument": item.argument or None, "value": value}
        frame = snapshot.frame("select points_earned($method, $points, $argument, $value) as earned", asked)
        earned = frame["earned"].iloc[0]
        return None if earned != earned or earned is None else float(earned)

    return points


def refused(path: Path, *rows: str) -> list[str]:
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    (sheet,) = examine([path], Directory())
    return [problem.message for problem in sheet.problems]


VILLAGE, BLACK, TOWN = ("村级", "35条(不黑不臭)"), ("村级", "152条黑臭"), ("镇级", "35条(不黑不臭)")
PATROLS, REPORTED, MAJOR = "patrol_completion", "考评:问题上报率", "考评:重大问题上报净数"

# Read off the published table line by line: at each edge, just below and just above it.
EDGES = {
    (VILLAGE, PATROLS): {
        **{0: -10, 0.0001: -7, 0.2999: -7, 0.3: -7, 0.3001: -3, 0.5999: -3, 0.6: -3, 0.6001: -2},
        **{0.7999: -2, 0.8: -2, 0.8001: 2, 0.9999: 2, 1: 12},
        # days of seven: 1 is 14 %, 2 are 29 %, 3 are 43 %, 4 are 57 %, 5 are 71 %, 6 are 86 %
        **{1 / 7: -7, 2 / 7: -7, 3 / 7: -3, 4 / 7: -3, 5 / 7: -2, 6 / 7: 2},
    },
    (VILLAGE, REPORTED): {
        **{0: -7, 0.0001: -5, 0.1999: -5, 0.2: -5, 0.2001: -3, 0.3999: -3, 0.4: -3, 0.4001: -1, 0.4999: -1, 0.5: -1},
        **{0.5001: 1, 0.6999: 1, 0.7: 1, 0.7001: 3, 0.7999: 3, 0.8: 3, 0.8001: 6, 0.8999: 6, 0.9: 6, 0.9001: 8, 1: 8},
    },
    (VILLAGE, MAJOR): {-9: -6, -3: -6, -2: -5, -1: -3, 0: 0, 1: 3, 2: 5, 3: 6, 9: 6},
    (VILLAGE, "考评:红黑榜"): {-1: -10, 0: 0, 1: 10, 2: 20},
    (BLACK, PATROLS): {
        **{0: -10, 0.0001: -7, 0.2999: -7, 0.3: -7, 0.3001: -3, 0.5999: -3, 0.6: -3, 0.6001: -2},
        **{0.7999: -2, 0.8: -2, 0.8001: 2, 0.9999: 2, 1: 10},
    },
    (BLACK, REPORTED): {
        **{0: -10, 0.0001: -7, 0.1999: -7, 0.2: -7, 0.2001: -5, 0.3999: -5, 0.4: -5, 0.4001: -3, 0.4999: -3, 0.5: -3},
        **{0.5001: 3, 0.6999: 3, 0.7: 3, 0.7001: 5, 0.7999: 5, 0.8: 5, 0.8001: 7, 0.8999: 7, 0.9: 7, 0.9001: 10, 1: 10},
    },
    (BLACK, MAJOR): {-9: -10, -3: -10, -2: -8, -1: -5, 0: 0, 1: 5, 2: 8, 3: 10, 9: 10},
    (TOWN, "考评:水质变化"): {-1: -12, 0: 5, 1: 12},
    (TOWN, PATROLS): {0: -2, 1: 2},
    (TOWN, REPORTED): {
        **{0: -4, 0.0001: -3, 0.1999: -3, 0.2: -3, 0.2001: -2, 0.4999: -2, 0.5: -2, 0.5001: 2, 0.6999: 2, 0.7: 2},
        **{0.7001: 3, 0.8999: 3, 0.9: 3, 0.9001: 4, 1: 4},
    },
    (TOWN, MAJOR): {-9: -4, -3: -4, -2: -4, -1: -3, 0: 0, 1: 3, 2: 4, 9: 4},
    (TOWN, "考评:下级河长平均分"): {
        **{0: -6, 29.99: -6, 30: -6, 30.01: -4, 59.99: -4, 60: -4, 60.01: 4, 89.99: 4},
        **{90: 4, 90.01: 10, 100: 10},  # the published program repeats 60–90 there, so that its 10 are never given
    },
}


def test_every_block_and_item_of_guangzhou_is_held() -> None:
    assert set(EDGES) == {(block, item.subject) for block, items in guangzhou().items() for item in items}
    # 24 + 22 + 21 published lines, less three Y=0,Z=0 and two of the red and black list
    assert sum(len(item.argument.split(":")) - 1 for items in guangzhou().values() for item in items) == 67 - 3 - 2


@pytest.mark.parametrize(("block", "subject"), EDGES, ids=lambda each: "".join(each))
def test_every_edge_of_guangzhou(earn: Earn, block: tuple[str, str], subject: str) -> None:
    (item,) = [item for item in guangzhou()[block] if item.subject == subject]
    wanted = EDGES[(block, subject)]
    assert {value: earn(item, value) for value in wanted} == wanted
    assert earn(item, None) is None  # Y=0, Z=0 and the like: n/a, which adds nothing


@pytest.mark.parametrize("block", [VILLAGE, BLACK, TOWN], ids="".join)
def test_guangzhou_imports_with_its_starting_score(tmp_path: Path, block: tuple[str, str]) -> None:
    items = guangzhou()[block]
    assert refused(tmp_path / "广州.csv", *policy_rows("2018-01-01", items, 60)) == []
    without = refused(tmp_path / "广州.csv", *policy_rows("2018-01-01", items))
    assert without
    assert all("不是 100 分" in message for message in without)


def test_shicheng_makes_a_hundred_with_what_is_outside_left_out(tmp_path: Path) -> None:
    within = [item.points for item in shicheng() if item.method != "加减分"]
    assert sum(within) == 31 + 2 + 15 + 45 + 7  # the published parts, 100 together
    assert refused(tmp_path / "石城.csv", *policy_rows("2018-01-01", shicheng())) == []


def test_item_18_by_its_printed_parts_is_refused(tmp_path: Path) -> None:
    # 1 + 1 in place of 3: 99
    parts = [Item("考评:非法采砂一", "按比例", 1, "1"), Item("考评:非法采砂二", "按比例", 1, "1")]
    rows = [item for item in shicheng() if item.subject != "考评:非法采砂"] + parts
    messages = refused(tmp_path / "石城.csv", *policy_rows("2018-01-01", rows))
    assert "而 2018-01-01 起的考核项合计 99 分，不是 100 分" in messages[0]


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        ("考评:水质不达标", {0: 4, 1: 2, 2: 0, 3: 0, 50: 0}),  # 扣2分，扣完为止
        ("考评:侵占不报不止", {0: 3, 1: 1, 2: 0, 3: 0}),  # 3 - 2, then 3 - 4 ends at 0
        ("考评:渔政案件", {0: 0, 1: 3, 7: 3}),  # 年内无案例不得分
        ("考评:考核方案", {0: 0, 1: 2}),
        ("考评:水库退养", {0: 0, 0.25: 1, 0.5: 2, 1: 4}),  # 按完成比例
        ("考评:四个到位", {0: 0, 4.5: 4.5, 5: 5}),  # graded out of 5
        ("考评:化肥", {0: 0, 0.75: 0.75, 1.5: 1.5}),
        ("考评:省级通报表扬", {0: 0, 1: 20, 3: 60}),
        ("考评:市级通报表扬", {0: 0, 1: 10}),
        ("考评:省级点名批评", {0: 0, 1: -20, 2: -40}),
        ("考评:市级点名批评", {0: 0, 1: -10}),
    ],
)
def test_every_floor_and_share_of_shicheng(earn: Earn, subject: str, wanted: dict[float, float]) -> None:
    (item,) = [item for item in shicheng() if item.subject == subject]
    assert {value: earn(item, value) for value in wanted} == wanted


@pytest.mark.parametrize("item", [item for items in SHICHENG.values() for item in items], ids=lambda item: item.subject)
def test_no_item_of_shicheng_earns_less_than_nothing_or_more_than_its_points(earn: Earn, item: Item) -> None:
    best = 0 if item.method == "扣分" else float(item.argument or 1)
    worst = 99 if item.method == "扣分" else 0
    assert (earn(item, best), earn(item, worst)) == (item.points, 0)


def imported(folder: Path, policy: list[str], ratings: list[str]) -> Snapshot:
    """A district of one town, graded in October 2018, from the very files that a clerk would send."""
    texts = {
        "镇乡街道": ["编码,名称,类型,面积", "1,甲镇,镇,10"],
        "考核办法": [HEADER, *policy],
        "考评记录": ["编号,日期,镇乡街道,考核项,数值", *ratings],
    }
    for name, lines in texts.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    warehouse = Warehouse(folder / "warehouse")
    report = import_files(warehouse, [folder / f"{name}.csv" for name in texts], by="测试")
    assert report.refused == 0, [problem for sheet in report.sheets for problem in sheet.problems]
    current = warehouse.current()
    assert current is not None
    return current


def graded(marks: dict[str, float]) -> list[str]:
    return [f"KP{number},2018-10-15,甲镇,{name},{value:g}" for number, (name, value) in enumerate(marks.items())]


OCTOBER = Period("free", date(2018, 10, 1), date(2018, 10, 31))


def test_a_town_of_shicheng_from_its_records_to_its_points(tmp_path: Path) -> None:
    # full marks for all that is graded; the water failed twice (4 - 4), one encroachment was not reported (3 - 2),
    # no fishing case (0 of 3), praised once by the city: 100 - 4 - 2 - 3 = 91 within, 10 outside
    marks = {
        item.subject.removeprefix("考评:"): float(item.argument or 1)
        for item in shicheng()
        if item.method in ("按比例", "目标") and item.subject != "考评:渔政案件"
    }
    marks |= {"水质不达标": 2, "侵占不报不止": 1, "市级通报表扬": 1}
    snapshot = imported(tmp_path, policy_rows("2018-01-01", shicheng()), graded(marks))
    items = ask(snapshot, "item_points", OCTOBER).query("span == 'now'")
    items = items[items["points"].notna()]
    assert items.groupby("outside")["earned"].sum().to_dict() == {False: 91, True: 10}
    assert (items[~items["outside"].astype(bool)]["points"].sum(), items["starting"].max()) == (100, 0)
    assert ask(snapshot, "town_ranking", OCTOBER)["score"].tolist() == [101]


def test_a_town_of_guangzhou_from_its_records_to_its_points(tmp_path: Path) -> None:
    # one of two problems reported: a rate of 0.5, not of 0 as by whole-number division: -2; the water got better: 12;
    # its chiefs' mean is 95: 10; no major problem and no patrol known: 0 and n/a. 60 - 2 + 12 + 10 = 80
    marks = {"问题上报率": 1 / 2, "水质变化": 1, "下级河长平均分": 95}
    snapshot = imported(tmp_path, policy_rows("2018-01-01", guangzhou()[TOWN], 60), graded(marks))
    items = ask(snapshot, "item_points", OCTOBER).query("span == 'now'")
    items = items[items["points"].notna()].set_index("metric")
    assert items["outside"].all()
    assert items["earned"].dropna().to_dict() == {
        "考评:问题上报率": -2,
        "考评:水质变化": 12,
        "考评:下级河长平均分": 10,
        "考评:重大问题上报净数": 0,
    }
    assert items["starting"].max() + items["earned"].sum() == 80
    assert ask(snapshot, "town_ranking", OCTOBER)["score"].tolist() == [80]
