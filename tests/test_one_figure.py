"""One figure everywhere: what is read back out of deck, bulletin, notices, ledger and projector agrees with the query.

Documents are read by their headings, as a clerk would read them; nothing of how they are written is used.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import WEEK, BuildDistrict
from documents import tables, texts
from pptx import Presentation
from test_enforcement import department, limit, returned

from supervision.answers import Answers
from supervision.asking import ask
from supervision.documents.bulletin import bulletin
from supervision.documents.deck import weekly_deck
from supervision.documents.ledger import ledger
from supervision.documents.making import DOCUMENTS, deck_of
from supervision.documents.notices import Notice, enforcement_notices, overdue_notices
from supervision.formats import day, fraction, number, share_in_full
from supervision.meeting.agenda import agenda
from supervision.meeting.screens import Bar, Screen
from supervision.periods import Period
from supervision.warehouse import Snapshot, Warehouse

OCTOBER = Period.around(date(2017, 10, 1), "month")
AGES = ("超 30 天", "8—30 天", "1—7 天")
COLUMNS_OF_AGES = dict(zip(AGES, ("late_over_30", "late_8_30", "late_1_7"), strict=True))
HEADINGS_OF_AGES = dict(zip(AGES, ("逾期超 30 天(件)", "逾期 8—30 天(件)", "逾期 1—7 天(件)"), strict=True))

Line = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A slide or a screen: its title, the texts around its table, the table's lines by heading, the bars by line."""

    title: str
    texts: list[str]
    headings: list[str]
    lines: list[Line]
    bars: list[dict[str, float]]


def slides(content: bytes) -> list[Page]:
    """The slides of a deck behind its cover, without what stands on every one of them."""
    found = []
    items = list(Presentation(BytesIO(content)).slides)[1:]
    texts_of = [[each.text_frame.text for each in slide.shapes if each.has_text_frame] for slide in items]
    everywhere = set.intersection(*map(set, texts_of))
    for slide, said in zip(items, texts_of, strict=True):
        grid = [[cell.text for cell in row.cells] for each in slide.shapes if each.has_table for row in each.table.rows]
        bars: list[dict[str, float]] = []
        for chart in (each.chart for each in slide.shapes if each.has_chart):
            plot = chart.plots[0]
            for place, _ in enumerate(plot.categories):
                values = {each.name: each.values[place] for each in plot.series}
                bars.append({name: value for name, value in values.items() if value is not None})
        own = [text for text in said if text not in everywhere]
        found.append(_page(slide.shapes.title.text_frame.text, own, grid, bars))
    return found


def screens_shown(screens: Sequence[Screen]) -> list[Page]:
    """The screens of the projector; what a bar is made of is named by the steps over the table, else by its shade."""
    found = []
    for screen in screens:
        rows = screen.table.rows if screen.table else ()
        grid = [["" if isinstance(cell, Bar) else cell.text for cell in row] for row in rows]
        names: dict[str, str] = {step.shade: step.name for step in screen.ladder}
        bars = [
            {
                names.get(part.shade, part.shade): part.value
                for cell in row
                if isinstance(cell, Bar)
                for part in cell.parts
            }
            for row in rows
        ]
        said = [*(f"{step.figure} {step.name}" for step in screen.ladder), screen.ask, screen.foot]
        said += [text for each in screen.findings for text in (each.sentence, each.evidence)]
        head = [[column.heading for column in screen.table.columns]] if screen.table else []
        found.append(_page(screen.title, said, head + grid, bars))
    return found


def _page(title: str, said: list[str], grid: list[list[str]], bars: list[dict[str, float]]) -> Page:
    head = grid[0] if grid else []
    return Page(title, said, head, [dict(zip(head, row, strict=True)) for row in grid[1:]], bars)


def about(pages: Sequence[Page], *headings: str) -> list[Page]:
    """The pages whose table has all these headings: a long one goes on on the next."""
    found = [page for page in pages if set(headings) <= set(page.headings)]
    assert found, headings
    return found


def lines_of(pages: Sequence[Page], *headings: str) -> list[Line]:
    """The lines of the table with all these headings."""
    return [line for page in about(pages, *headings) for line in page.lines]


def steps(page: Page) -> dict[str, int]:
    """What is counted over a table, by what it counts."""
    found = (re.fullmatch(r"([\d,]+) ([^，]+)", text) for text in page.texts)
    return {step[2]: _whole(step[1]) for step in found if step}


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def age(days: int) -> str:
    """Into which age so many days fall."""
    return AGES[0] if days > 30 else AGES[1] if days > 7 else AGES[2]


@dataclass(frozen=True)
class Read:
    """Everything that goes out for a period, as files and read back, and the snapshot to ask."""

    snapshot: Snapshot
    period: Period
    promises: pd.DataFrame
    shown: dict[str, list[Page]]
    bulletin: list[str]
    ranking: list[Line]
    scores: list[Line]
    overdue: list[Notice]
    urged: list[Notice]
    sheets: dict[str, list[Line]]
    files: dict[str, list[bytes]]

    def ask(self, name: str, **params: Any) -> pd.DataFrame:
        """The answer of the question, put once more."""
        return ask(self.snapshot, name, self.period, **params)

    def total(self, metric: str) -> Line:
        """The district's row of a metric."""
        found = self.ask("district_metrics")
        row: Line = found[found["metric"] == metric].iloc[0].to_dict()
        return row

    @property
    def text(self) -> str:
        """The bulletin in one."""
        return "".join(self.bulletin)

    def said(self, pattern: str) -> list[int]:
        """The figures that the bulletin says in these words, once."""
        (found,) = re.findall(pattern, self.text)
        return [_whole(figure) for figure in ([found] if isinstance(found, str) else found)]


def _by_heading(grid: list[list[Any]]) -> list[Line]:
    head = [str(cell).replace("\n", "") for cell in grid[0]]
    return [dict(zip(head, row, strict=True)) for row in grid[1:]]


@pytest.fixture(scope="module")
def demo(demo_warehouse: Warehouse) -> Snapshot:
    snapshot = demo_warehouse.current()
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module", params=[WEEK, OCTOBER], ids=["week", "month"])
def read(request: pytest.FixtureRequest, demo_warehouse: Warehouse, demo: Snapshot) -> Read:
    period: Period = request.param
    answers, held_on = Answers(demo, period), period.end + timedelta(days=1)
    promises = demo_warehouse.minutes.promises(on=held_on)
    screens = agenda(answers, promises, held_on, None)
    deck, official, book = weekly_deck(answers, screens, held_on), bulletin(answers), ledger(answers, promises)
    overdue, urged = overdue_notices(answers), enforcement_notices(answers)
    return Read(
        snapshot=demo,
        period=period,
        promises=promises,
        shown={"deck": slides(deck), "projector": screens_shown(screens)},
        bulletin=texts(official),
        ranking=_by_heading(tables(official)[0]),
        scores=_by_heading(tables(official)[1]),
        overdue=overdue,
        urged=urged,
        sheets={
            sheet.title: _by_heading([list(row) for row in sheet.iter_rows(values_only=True)])
            for sheet in openpyxl.load_workbook(BytesIO(book))
        },
        files={
            "weekly": [deck],
            "bulletin": [official],
            "overdue": [notice.content for notice in overdue],
            "enforcement": [notice.content for notice in urged],
            "ledger": [book],
        },
    )


def test_scores_and_ranks_of_towns(read: Read) -> None:
    asked = read.ask("town_ranking")
    wanted = {row["town"]: (number(row["rank"]), row["score"]) for row in asked.to_dict("records")}
    assert len(wanted) == 16
    for pages in read.shown.values():
        lines = lines_of(pages, "名次", "镇乡街道", "得分")
        bars = [bar for page in about(pages, "名次", "镇乡街道", "得分") for bar in page.bars]
        assert {line["镇乡街道"]: (line["名次"], line["得分"]) for line in lines} == {
            town: (rank, number(score, 1)) for town, (rank, score) in wanted.items()
        }
        drawn = [next(iter(bar.values())) for bar in bars]
        assert dict(zip([line["镇乡街道"] for line in lines], drawn, strict=True)) == {
            town: score for town, (_, score) in wanted.items()
        }
        assert [sum(bar.values()) for bar in bars] == [pytest.approx(100)] * len(wanted)
    assert {line["单位"].split("\n")[0]: (line["名次"], line["得分"]) for line in read.ranking} == {
        town: (rank, number(score, 2)) for town, (rank, score) in wanted.items()
    }
    assert {line["镇乡街道"]: (number(line["名次"]), line["得分"]) for line in read.sheets["镇乡排名"]} == {
        town: (rank, pytest.approx(score)) for town, (rank, score) in wanted.items()
    }


def test_rates_of_towns_in_bulletin_and_ledger(read: Read) -> None:
    names = {"巡河完成率": "patrol_completion", "有效巡河率": "valid_rate"}
    names |= {"按期整改率": "on_time_rate", "整改销号率": "closure_rate"}
    asked = read.ask("town_ranking").set_index("town")
    ledgers = {line["镇乡街道"]: line for line in read.sheets["镇乡排名"]}
    for line in read.ranking:
        town = line["单位"].split("\n")[0]
        for heading, column in names.items():
            assert line[heading] == share_in_full(asked.loc[town, column]) == share_in_full(ledgers[town][heading])


def test_what_is_overdue_by_town_and_age(read: Read) -> None:
    asked = read.ask("overdue_by_town")
    late = asked[asked["overdue"] > 0].set_index("town")
    wanted = {
        str(town): Counter({name: int(row[column]) for name, column in COLUMNS_OF_AGES.items() if row[column]})
        for town, row in late.iterrows()
    }
    assert {town: ages.total() for town, ages in wanted.items()} == late["overdue"].to_dict()
    whole = sum(wanted.values(), Counter())

    for pages in read.shown.values():
        (page,) = about(pages, "镇乡街道", "按逾期天数")
        towns = [line["镇乡街道"].split("（")[0] for line in page.lines]
        assert {town: Counter(bar) for town, bar in zip(towns, page.bars, strict=True)} == wanted
        assert {town: int(line["逾期"]) for town, line in zip(towns, page.lines, strict=True)} == late[
            "overdue"
        ].to_dict()
        assert {town: line["最长"] for town, line in zip(towns, page.lines, strict=True)} == {
            town: f"{number(days)} 天" for town, days in late["days_max"].items()
        }
        assert Counter({name: count for name, count in steps(page).items() if name in AGES}) == whole
        assert f"逾期 {whole.total()} 件" in page.title

    (listed,) = (text for text in read.bulletin if text.startswith("逾期的单位："))
    assert {
        town: (int(count), int(days)) for town, count, days in re.findall(r"([^：、]+)（(\d+)件，最长(\d+)天）", listed)
    } == {town: (row["overdue"], row["days_max"]) for town, row in late.iterrows()}
    assert read.said(r"全区逾期未整改(\d+)件，涉及(\d+)个") == [whole.total(), len(wanted)]
    assert read.said(r"逾期超过30天的(\d+)件") == [whole[AGES[0]]]
    assert {line["单位"].split("\n")[0]: int(line["逾期件数"]) for line in read.ranking} == asked.set_index("town")[
        "overdue"
    ].to_dict()

    sent = {notice.unit: _by_heading(tables(notice.content)[0]) for notice in read.overdue}
    assert {unit: Counter(age(int(line["逾期天数"])) for line in lines) for unit, lines in sent.items()} == wanted

    by_town = {line["镇乡街道"]: line for line in read.sheets["逾期整改（分镇）"]}
    assert len(by_town) == 16
    ledgers = {
        town: Counter({name: line[heading] for name, heading in HEADINGS_OF_AGES.items() if line[heading]})
        for town, line in by_town.items()
    }
    assert {town: ages for town, ages in ledgers.items() if ages} == wanted
    one_by_one: dict[str, Counter[str]] = {}
    for line in read.sheets["整改台账"]:
        if line["状态"] == "逾期":
            one_by_one.setdefault(line["镇乡街道"], Counter())[age(line["逾期天数"])] += 1
    assert one_by_one == wanted


def test_each_overdue_problem_is_the_same_in_notice_and_ledger(read: Read) -> None:
    ledgers = {line["问题编号"]: line for line in read.sheets["整改台账"] if line["状态"] == "逾期"}
    sent = [(notice.unit, line) for notice in read.overdue for line in _by_heading(tables(notice.content)[0])]
    assert sorted(line["问题编号"] for _, line in sent) == sorted(ledgers)
    for unit, line in sent:
        known = ledgers[line["问题编号"]]
        assert unit == known["镇乡街道"]
        assert (line["逾期天数"], line["整改时限"]) == (str(known["逾期天数"]), day(known["整改时限"].date(), 2017))
        assert known["问题描述"] in line["问题和整改措施"]
        assert line["责任单位责任人"].split("\n") == [each for each in (known["责任部门"], known["责任人"]) if each]
    for pages in read.shown.values():
        oldest = lines_of(pages, "逾期", "问题", "责任人")
        days = sorted((known["逾期天数"] for known in ledgers.values()), reverse=True)
        assert [line["逾期"] for line in oldest] == [f"{each} 天" for each in days[: len(oldest)]]


def test_enforcement_and_flags_of_departments(read: Read) -> None:
    asked = read.ask("enforcement_by_department").astype(object)
    wanted = {
        row["department"]: (
            row["inspections"],
            row["cases_opened"],
            [] if pd.isna(row["flags"]) else row["flags"].split("、"),
        )
        for row in asked.to_dict("records")
    }
    flagged = {name: flags for name, (_, _, flags) in wanted.items() if flags}
    assert len(wanted) == 14
    assert flagged

    def parted(text: str) -> list[str]:
        return text.removeprefix("■ ").split("　")[0].split("、") if text else []

    for pages in read.shown.values():
        lines = lines_of(pages, "部门", "检查", "立案")
        assert {line["部门"]: (line["检查"], line["立案"], parted(line["判定（实绩和限值）"])) for line in lines} == {
            name: (number(count), number(cases), flags) for name, (count, cases, flags) in wanted.items()
        }
        bars = [bar for page in about(pages, "部门", "检查", "立案") for bar in page.bars]
        drawn = [next(iter(bar.values())) for bar in bars]
        assert drawn == [wanted[line["部门"]][0] for line in lines]
    assert {
        line["部门"]: (line["检查次数"], line["立案"], line["判定"].split("、") if line["判定"] else [])
        for line in read.sheets["部门执法"]
    } == wanted
    named = re.findall(
        r"\d．([^：。]+)：([^。]+(?:\d\.\d[^。]*)*)。",
        "".join(read.bulletin[read.bulletin.index("五、部门执法情况") :]),
    )
    told = {name: [part.split("，")[0] for part in says.split("；")] for name, says in named if name in wanted}
    assert told == flagged
    sent = {
        notice.unit: [found[1] for text in texts(notice.content) if (found := re.match(r"\d．(.+?)。", text))]
        for notice in read.urged
    }
    assert sent == flagged


def test_totals_of_the_district(read: Read) -> None:
    towns, problems = read.sheets["逾期整改（分镇）"], read.sheets["整改台账"]
    late = read.total("overdue")["value"]
    assert read.said(r"全区逾期未整改(\d+)件") == [late]
    assert sum(line["逾期(件)"] for line in towns) == late
    assert sum(line["逾期(件)"] for line in read.sheets["镇乡排名"]) == late
    assert sum(line["状态"] == "逾期" for line in problems) == late
    assert sum(len(tables(notice.content)[0]) - 1 for notice in read.overdue) == late
    for metric, heading, state, words in (
        ("due_soon", "临期(件)", "临期", r"临期(\d+)件"),
        ("no_deadline", "无时限(件)", "无时限", r"没有时限的(\d+)件"),
        ("to_close", "待销号(件)", "待销号", r"待销号(\d+)件"),
    ):
        count = read.total(metric)["value"]
        assert read.said(words) == [count], metric
        assert sum(line[heading] for line in towns) == count, metric
        assert sum(line["状态"] == state for line in problems) == count, metric
    for pages in read.shown.values():
        (page,) = about(pages, "镇乡街道", "按逾期天数")
        assert steps(page)["临期"] == read.total("due_soon")["value"]

    cases = read.ask("enforcement_total")["cases_opened"].iloc[0]
    assert read.said(r"(\d+)个部门共立案([\d,]+)件") == [14, cases]
    assert sum(line["立案"] for line in read.sheets["部门执法"]) == cases
    for pages in read.shown.values():
        assert sum(_whole(line["立案"]) for line in lines_of(pages, "部门", "检查", "立案")) == cases

    found, reported, closed = (read.total(metric) for metric in ("problems_found", "found_rate", "closure_rate"))
    assert read.said(r"全区发现问题([\d,]+)件") == [found["value"]]
    for row, words, column in ((reported, "问题上报率", "上报／发现"), (closed, "问题处理率", "销号／发现")):
        printed = fraction(row["numerator"], row["denominator"])
        assert f"{words}{share_in_full(row['value'])}（{printed}）" in read.text
        parts = [[_whole(each) for each in line[column].split("／")] for line in read.scores if "／" in line[column]]
        assert [sum(part) for part in zip(*parts, strict=True)] == [row["numerator"], row["denominator"]]
    assert read.said(r"在任河长([\d,]+)名") == [len(read.sheets["河长考核"])]
    scored = [line["得分"] for line in read.sheets["河长考核"] if line["得分"] is not None]
    assert read.said(r"参加评分([\d,]+)名") == [len(scored)]
    assert f"平均得分{number(sum(scored) / len(scored), 2)}分" in read.text


def test_points_of_the_city_that_are_left(read: Read) -> None:
    asked = read.ask("watch_points")
    left = asked[~asked["cleared"].astype(bool)]
    wanted = sorted(zip(left["town"], left["description"], left["due_on"].dt.date, strict=True))
    assert len(wanted) == 4
    clearance = read.total("watchlist_clearance")
    assert clearance["denominator"] - clearance["numerator"] == len(wanted)
    for pages in read.shown.values():
        (page,) = about(pages, "镇乡街道", "挂账问题")
        assert sorted((line["镇乡街道"], line["挂账问题"], line["时限"]) for line in page.lines) == [
            (town, what, day(due, 2017)) for town, what, due in wanted
        ]
        assert steps(page) == {"未销账": len(wanted), "已销账": clearance["numerator"]}
        assert f"{len(asked)} 处市级挂账点还有 {len(wanted)} 处没有销账" in page.title
    sheet = read.sheets["市级挂账点"]
    assert len(sheet) == len(asked)
    open_ = [line for line in sheet if line["状态"] != "已销号"]
    assert sorted((line["镇乡街道"], line["问题描述"], line["整改时限"].date()) for line in open_) == wanted
    listed = [line for line in read.sheets["整改台账"] if line["市级挂账"] == "是" and line["状态"] != "已销号"]
    assert sorted((line["镇乡街道"], line["问题描述"], line["整改时限"].date()) for line in listed) == wanted


def test_promises_by_how_they_stand(read: Read) -> None:
    wanted = {row["matter"]: (row["standing"], row["days_late"]) for row in read.promises.to_dict("records")}
    assert {line["事项"]: (line["兑现情况"], line["逾期天数"]) for line in read.sheets["会议议定事项"]} == wanted
    for pages in read.shown.values():
        (page,) = about(pages, "事项", "责任单位", "会议", "状态")
        told = {line["事项"]: _standing(line["状态"]) for line in page.lines}
        assert told == {matter: wanted[matter] for matter in told}
        # left out is only what was done before the last meeting
        assert {wanted[matter][0] for matter in wanted.keys() - told.keys()} <= {"按时完成", "逾期完成"}
        counted = Counter(standing for standing, _ in told.values())
        assert Counter(steps(page)) == counted
        assert (
            Counter(
                {name: int(count) for name, count in re.findall(r"([^：，]+?) (\d+) 项", page.title.split("：")[1])}
            )
            == counted
        )


def _standing(text: str) -> tuple[str, int]:
    days = int(found[0]) if (found := re.findall(r"(\d+) 天", text)) else 0
    if "逾期" in text:
        return ("逾期完成" if "完成" in text else "逾期"), days
    return ("按时完成" if "完成" in text else "未到期"), days


# The same again, and frozen


@pytest.mark.parametrize("read", [WEEK], indirect=True, ids=["week"])
def test_two_runs_give_the_same_bytes(read: Read, demo_warehouse: Warehouse) -> None:
    answers = Answers(read.snapshot, read.period)
    assert read.files == {
        kind: [file.content for file in document.files(answers, demo_warehouse.minutes)]
        for kind, document in DOCUMENTS.items()
    }


def test_what_is_made_of_an_older_batch_stays_as_it_was_to_the_byte(build_district: BuildDistrict) -> None:
    late = {"source": "督查检查", "category": "垃圾", "found_on": "2017-10-02", "deadline": "2017-10-20"}
    problems = [late | {"code": f"P{n}", "town": f"{n}", "description": f"第 {n} 处", "done_on": None} for n in (1, 2)]
    matter = {"code": "YD-1", "met_on": "2017-10-23", "matter": "清运", "unit": "甲镇", "due_on": "2017-10-27"}
    first = build_district(
        towns=[{"code": f"{n}", "name": name, "sort_order": n} for n, name in enumerate(("甲镇", "乙镇"), 1)],
        departments=[department("区水务局")],
        problems=problems,
        enforcement=[returned("Z1", "区水务局", "2017-10-29", inspections=1, cases_opened=0)],
        policy=[limit("零执法", 1)],
        promises=[matter | {"done_on": None}],
    )
    warehouse = Warehouse(first.path.parent.parent)
    minutes = warehouse.minutes
    meeting = minutes.open_meeting(held_on=date(2017, 10, 30), period=WEEK, snapshot=first.id, focus=None, by="王")

    def made(batch: str) -> dict[str, bytes]:
        answers = Answers(warehouse.snapshot(batch), WEEK)
        found = {kind: document.whole(answers, minutes) for kind, document in DOCUMENTS.items()}
        return found | {"held": deck_of(meeting, answers, minutes)}

    before = made("1")
    build_district(
        problems=[problems[0] | {"done_on": "2017-10-25"}],
        enforcement=[returned("Z1", "区水务局", "2017-10-29", inspections=9, cases_opened=3)],
    )
    assert made("1") == before
    now = Answers(warehouse.snapshot("2"), WEEK)
    assert [kind for kind, document in DOCUMENTS.items() if document.whole(now, minutes) == before[kind]] == []
    # what is decided later is in the ledger and the deck made then, but not in the deck of the meeting that was held
    minutes.amend("YD-1", by="李", done_on=date(2017, 10, 26), state="已完成")
    build_district(promises=[matter | {"code": "YD-2", "matter": "补种", "done_on": None}])
    again = made("1")
    assert {kind for kind in before if again[kind] != before[kind]} == {"weekly", "ledger"}
