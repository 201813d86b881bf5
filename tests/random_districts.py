"""Small districts drawn by a seed: every table, in good order and bad, as intake would have let it in."""

import csv
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from conftest import Rows

from supervision.settings import DATA
from supervision.tables import BY_NAME

District = dict[str, Rows]

FIRST, LAST = date(2017, 8, 1), date(2017, 10, 29)
CUT = date(2017, 10, 8)
"""A Sunday, in the middle of the first month of a quarter."""

TOWNS = ("1", "2", "3", "4")
DEPARTMENTS = ("区水务局", "区环保局", "区农委", "区城管局", "区渔政站")
SOURCES = ("河长巡查", "督查检查", "市级督察", "市级挂账", "群众举报", "媒体曝光")
CATEGORIES = ("污水直排", "垃圾", "违建")
CLASSES = ("Ⅱ", "Ⅲ", "Ⅳ", "劣Ⅴ")


def default_policy() -> Rows:
    """The rules that are shipped, as rows of the table 考核办法."""
    names = {column.heading: column.name for column in BY_NAME["policy"].columns}
    with (DATA / "policy.csv").open(encoding="utf-8-sig") as file:
        rows: Rows = [{names[heading]: text or None for heading, text in row.items()} for row in csv.DictReader(file)]
    return [row | {"subject": row["subject"] or "", "value": float(row["value"])} for row in rows]


def random_district(seed: int) -> District:
    """Four towns, a score of chiefs, some 300 patrols and 80 problems with all that follows from them."""
    draw = Random(f"district {seed}")
    sections = [
        {"code": f"S{town}{n}", "river": f"河{n % 2}", "name": f"{town}镇{n}段", "town": town, "length_km": 1.5}
        for town in TOWNS
        for n in range(4)
    ]
    chiefs = _chiefs(draw)
    problems = [_problem(draw, n) for n in range(80)]
    return {
        "towns": [
            {"code": town, "name": f"{town}镇", "sort_order": int(town), "status": "试考核" if town == "4" else None}
            for town in TOWNS
        ],
        "departments": [
            {
                "name": name,
                "field": draw.choice(["水务", "环保"]),
                "officers": draw.choice([None, 4, 10]),
                "powers": 20,
                "yearly_cases": draw.choice([None, 12, 100]),
                "remit": draw.sample(CATEGORIES, draw.randint(0, 2)),
            }
            for name in DEPARTMENTS
        ],
        "sections": sections,
        "chiefs": chiefs,
        "patrols": [_patrol(draw, n, draw.choice(chiefs)) for n in range(320)],
        "problems": problems,
        "transfers": _transfers(draw, problems),
        "enforcement": [_return(draw, n, problems) for n in range(90)],
        "water_quality": [
            {
                "point": f"断面{town}",
                "month": date(2017, month, 1),
                "town": town,
                "target_class": "Ⅲ",
                "actual_class": draw.choice([None, *CLASSES]),
                "state": draw.choice(["正常", "正常", None, "河干"]),
            }
            for town in TOWNS
            for month in (7, 8, 9)
        ],
        "tasks": [_task(draw, n) for n in range(16)],
        "outfalls": [
            {
                "code": f"PK{n}",
                "section": f"S{town}{n % 4}",
                "town": town,
                "checked_on": day,
                "state": draw.choice(["已封堵", "已封堵", "规范保留", "整治中", "反弹"]),
            }
            for n in range(8)
            for town in [draw.choice(TOWNS)]
            for day in draw.sample(_days(FIRST, LAST), draw.randint(1, 4))
        ],
        "ratings": [
            {
                "code": f"KP{n}",
                "day": _day(draw),
                "town": draw.choice(TOWNS),
                "item": "公示牌",
                "value": draw.randint(0, 3),
            }
            for n in range(10)
        ],
        "policy": [*default_policy(), *_later_rules()],
    }


def cut(district: District, day: date) -> District:
    """The same ledgers as they stood at the end of a day: later rows are not there, later dates not yet written."""
    own_day: dict[str, Callable[[dict[str, Any]], date]] = {
        "patrols": lambda row: row["started_at"].date(),
        "problems": lambda row: row["found_on"],
        "transfers": lambda row: row["moved_at"].date(),
        "enforcement": lambda row: row["day"],
        "water_quality": lambda row: row["month"].replace(day=28),
        "outfalls": lambda row: row["checked_on"],
        "ratings": lambda row: row["day"],
    }
    kept = {
        name: [row for row in rows if name not in own_day or own_day[name](row) <= day]
        for name, rows in district.items()
    }
    written_later = ("done_on", "closed_on", "rebound_on")
    kept["problems"] = [
        {key: None if key in written_later and value and value > day else value for key, value in row.items()}
        for row in kept["problems"]
    ]
    return kept


def shuffled(district: District, seed: int) -> District:
    """The same rows in another order, table by table."""
    draw = Random(f"order {seed}")
    return {name: draw.sample(rows, len(rows)) for name, rows in district.items()}


def halves(district: District, seed: int) -> tuple[District, District]:
    """The rows parted into two batches; the registers come with the first, as references must be known."""
    draw = Random(f"batches {seed}")
    second = {
        name: [row for row in rows if draw.random() < 0.5]
        for name, rows in district.items()
        if name not in ("towns", "departments", "sections", "chiefs")
    }
    first = {name: [row for row in rows if row not in second.get(name, [])] for name, rows in district.items()}
    return first, second


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(draw: Random, first: date = FIRST, last: date = LAST) -> date:
    return draw.choice(_days(first, last))


def _maybe(draw: Random, share: float, value: Any) -> Any:
    return value if draw.random() < share else None


def _chiefs(draw: Random) -> Rows:
    rows: Rows = [{"code": "Q1", "name": "区长", "level": "区级", "appointed_on": FIRST, "sections": ["S10", "S20"]}]
    for town in TOWNS:
        own = [f"S{town}{n}" for n in range(4)]
        for n, (level, sections) in enumerate(
            [("镇级", own), ("村级", own[:2]), ("村级", own[2:]), ("段长", own[:1]), ("段长", own[1:3])]
        ):
            rows.append(
                {
                    "code": f"H{town}{n}",
                    "name": draw.choice("赵钱孙李周吴郑王") + "某",
                    "level": level,
                    "town": town,
                    "sections": sections,
                    "appointed_on": draw.choice([FIRST, FIRST, FIRST, date(2017, 9, 10)]),
                    "left_on": draw.choice([None, None, None, date(2017, 9, 30), date(2017, 10, 20)]),
                    "monthly_subsidy_yuan": draw.choice([None, 500.0]),
                }
            )
    return [{"town": None, "left_on": None, "monthly_subsidy_yuan": None} | row for row in rows]


def _patrol(draw: Random, number: int, chief: dict[str, Any]) -> dict[str, Any]:
    day = _day(draw, max(FIRST, chief["appointed_on"]), chief["left_on"] or LAST)
    started = datetime.combine(day, time(draw.randint(6, 9), draw.choice([0, 30])))
    minutes = draw.choice([4, 20, 40, 90])
    return {
        "code": f"X{number:03}",
        "chief": chief["code"],
        "section": _maybe(draw, 0.9, draw.choice(chief["sections"])) if draw.random() < 0.9 else "S10",
        "started_at": started,
        "ended_at": _maybe(draw, 0.8, started + timedelta(minutes=minutes)),
        "minutes": _maybe(draw, 0.8, minutes),
        "km": draw.choice([None, 0.3, 1.5, 2.5, 30]),
        "photos": draw.choice([None, 0, 2]),
        "notes": _maybe(draw, 0.6, "河面清洁"),
        "problems_found": draw.choice([None, 0, 0, 1]),
    }


def _problem(draw: Random, number: int) -> dict[str, Any]:
    """A problem with its dates in order: found ≤ done ≤ closed < rebound.

    What is done again after a rebound overwrites the first completion, so that no ledger cut at an earlier
    day can be had from the later one: such a problem is done again only before `CUT`.
    """
    found = _day(draw)
    done = _maybe(draw, 0.6, found + timedelta(days=draw.randint(0, 40)))
    closed = _maybe(draw, 0.7, done + timedelta(days=draw.randint(0, 6))) if done else None
    rebound = _maybe(draw, 0.4, closed + timedelta(days=draw.randint(1, 12))) if closed else None
    if rebound and rebound < CUT and draw.random() < 0.4:
        done = closed = rebound + timedelta(days=1)
    method = draw.choice([None, "立行立改", "限期整改", "长期坚持"])
    town = draw.choice(TOWNS)
    return {
        "code": f"WT{number:02}",
        "found_on": found,
        "source": draw.choice(SOURCES),
        "city_listed": draw.choice([None, False, True]),
        "category": draw.choice(CATEGORIES),
        "severity": draw.choice([None, "一般", "较重", "严重"]),
        "town": town,
        "section": _maybe(draw, 0.8, f"S{town}{draw.randint(0, 3)}"),
        "department": draw.choice([None, *DEPARTMENTS]),
        "person": _maybe(draw, 0.5, draw.choice("赵钱孙李周吴郑王") + "某"),
        "description": f"第 {number} 处",
        "method": method,
        "deadline": _maybe(draw, 0.8, str(found + timedelta(days=draw.randint(0, 25)))),
        "done_on": done if done is None or done <= LAST else None,
        "closed_on": closed if closed is None or closed <= LAST else None,
        "rebound_on": rebound if rebound is None or rebound <= LAST else None,
    }


def _transfers(draw: Random, problems: Rows) -> Rows:
    rows: Rows = []
    for problem in problems:
        moved = datetime.combine(problem["found_on"], time(9))
        taker = draw.choice([None, *DEPARTMENTS, "某公司"])
        for action in ["交办", *draw.choices(["签收", "退回", "转办", "反馈", "交办"], k=draw.randint(0, 5))]:
            if draw.random() < 0.2 or moved.date() > LAST:
                break
            giver = "区河长办" if action == "交办" else taker or draw.choice(DEPARTMENTS)
            taker = draw.choice([None, *DEPARTMENTS, "1镇"]) if action in ("交办", "转办") else taker
            rows.append(
                {
                    "problem": problem["code"],
                    "moved_at": moved,
                    "action": action,
                    "from_unit": giver,
                    "to_unit": None if action == "签收" else taker,
                }
            )
            moved += timedelta(hours=draw.choice([1, 5, 30, 90]))
    return rows


def _return(draw: Random, number: int, problems: Rows) -> dict[str, Any]:
    department = draw.choice(DEPARTMENTS)
    day = CUT if number == 0 else _day(draw)
    known = [problem["code"] for problem in problems if problem["found_on"] <= day]
    return {
        "code": f"ZF{number:02}",
        "day": day,
        "department": department,
        "partners": draw.choice([None, None, draw.sample([name for name in DEPARTMENTS if name != department], 2)]),
        "town": draw.choice([None, *TOWNS]),
        "power": draw.choice([None, "取水处罚", "排污处罚"]),
        "inspections": draw.choice([None, 1, 6]),
        "people_out": draw.choice([None, 5]),
        "cases_opened": draw.choice([None, 0, 1, 2]),
        "cases_closed": draw.choice([None, 0, 1]),
        "fines_yuan": draw.choice([None, 2000.5]),
        "joint": draw.choice([None, None, 0, 1]),
        "problem": _maybe(draw, 0.3, draw.choice([None, *known])),
    }


def _task(draw: Random, number: int) -> dict[str, Any]:
    return {
        "code": f"RW{number:02}",
        "field": draw.choice(["治污", "清障"]),
        "town": draw.choice(TOWNS),
        "department": draw.choice([None, *DEPARTMENTS]),
        "task": f"任务 {number}",
        "planned": draw.choice([0, 3, 10]),
        "done": draw.choice([None, 0, 2, 10]),
        "started_on": draw.choice([None, FIRST, date(2017, 10, 15)]),
        "due_on": draw.choice([date(2017, 9, 30), date(2017, 12, 31)]),
        "tag": draw.choice([None, "三查", "三治"]),
        "plan_document": draw.choice([None, "河0一河一策"]),
    }


def _later_rules() -> Rows:
    """From 1 October on: longer patrols, and other items in the rubric, one of them outside the 100."""
    return [
        {"effective_from": "2017-10-01", "rule": "考核项", "origin": "示例", "unit": "分"} | rule
        for rule in (
            {"subject": "patrol_completion", "method": "按比例", "value": 40},
            {"subject": "on_time_rate", "method": "分档", "value": 30, "argument": "0.9:30;0.6:20;0.3:10"},
            {"subject": "rebound", "method": "扣分", "value": 20, "argument": "5"},
            {"subject": "water_ok", "method": "按比例", "value": 10},
            {"subject": "problems_found", "method": "加减分", "value": 5, "argument": "每次 1"},
        )
    ] + [{"effective_from": "2017-10-01", "rule": "时长下限", "subject": "", "value": 25, "unit": "分钟"}]
