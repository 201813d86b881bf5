"""The smaller invented ledgers: outfalls (排污口), water quality (断面水质), tasks, promises and practices."""

from datetime import date

import numpy as np
import pandas as pd

from supervision.demo.facts import Row, facts, random, records, stories
from supervision.demo.people_and_places import Places

OUTFALLS = 60
CHECKED_ON = (date(2017, 8, 24), date(2017, 9, 21), date(2017, 10, 19))
CLASSES = ("Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")
MONTHS = (7, 8, 9)
TASKS = (
    ("水污染治理", "截污管线铺设", "公里", "三治"),
    ("水环境治理", "黑臭水体治理", "处", "三治"),
    ("水生态治理", "生态护岸建设", "公里", "三治"),
    ("河道清障", "河道垃圾清理", "立方米", "三清"),
    ("违建拆除", "河道管理范围违建拆除", "平方米", "三清"),
    ("排污口整治", "排污口封堵", "处", "三查"),
    ("水资源管理", "取水井关停", "眼", "三管"),
    ("长效管护", "河长公示牌设置", "块", "三管"),
)
PROMISES = (
    ("2017-10-09", "白河两处直排口一周内封堵", "区水务局", "2017-10-16", "2017-10-15"),
    ("2017-10-09", "渔政站补报 9 月执法情况", "区渔政站", "2017-10-13", ""),
    ("2017-10-16", "喇叭沟门断路段抢通", "区公路分局", "2017-10-31", ""),
    ("2017-10-16", "九渡河旧账清零", "九渡河镇人民政府", "2017-10-27", "2017-10-27"),
    ("2017-10-16", "庙城镇核查坐车巡河", "庙城镇人民政府", "2017-10-22", ""),
    ("2017-10-23", "宝山逾期 30 日以上的逐件说明", "宝山镇人民政府", "2017-10-27", ""),
    ("2017-10-23", "四处市级挂账点销账", "区河长办", "2017-10-31", ""),
    ("2017-10-23", "动监所排定十一月办案计划", "区动监所", "2017-11-03", ""),
)
PRACTICES = (
    ("2017-08-08", "雁栖镇", "一河一群，当日见底", "每条河建一个工作群，问题当天上报、当天派单、当天回复。"),
    ("2017-08-29", "怀柔镇", "河段长早晚两巡", "早晨查夜间偷倒，傍晚查民户排水，两次路线相反。"),
    ("2017-09-12", "渤海镇", "民俗户污水拼车清运", "几户合用吸污车，费用由村集体补一半。"),
    ("2017-09-26", "九渡河镇", "旧账清单上墙", "逾期问题逐件写上村务公开栏，销一件划一件。"),
    ("2017-10-17", "怀北镇", "河道保洁员兼劝导员", "保洁员戴袖标巡查，劝阻洗车、烧烤和乱倒。"),
)


def outfalls(places: Places, seed: int) -> pd.DataFrame:
    """One row per outfall and check; the planted one was sealed and came back."""
    rng = random("outfalls", seed)
    story = stories()["rebound"]
    sections = records(places.sections.iloc[rng.choice(len(places.sections), OUTFALLS, replace=False)])
    rows: list[Row] = []
    for number, section in enumerate(sections, start=1):
        states = ["整治中", "已封堵", "已封堵"] if rng.random() < 0.8 else ["规范保留"] * 3
        code = f"PK-{number:03}"
        if code == story["outfall"]:
            section = places.sections[places.sections["town"] == story["town"]].iloc[0].to_dict()
            dates, states = [story["sealed_on"], story["rebound_on"]], ["已封堵", "反弹"]
        else:
            dates = list(CHECKED_ON)
        for day, state in zip(dates, states, strict=True):
            rows.append(
                {"code": code, "section": section["code"], "town": section["town"], "checked_on": day, "state": state}
            )
    return pd.DataFrame(rows)


def water_quality(places: Places, seed: int) -> pd.DataFrame:
    """One row per point and month, July to September: the October figures are not out yet on 29 October.

    Two are planted: one river got better after its outfalls were sealed, one got worse.
    """
    rng = random("water_quality", seed)
    main = facts("rivers").query("towns.str.contains('、')", engine="python")
    rows: list[Row] = []
    for river, town_list in main[["name", "towns"]].to_numpy():
        for town in town_list.split("、"):
            target = int(rng.integers(0, 3))
            for month in MONTHS:
                dry = rng.random() < 0.04
                actual = int(np.clip(target + rng.choice([-1, 0, 1], p=[0.25, 0.55, 0.2]), 0, 3))
                rows.append(
                    {
                        "point": f"{river}{town}出境",
                        "month": date(2017, month, 1),
                        "river": river,
                        "town": town,
                        "target_class": CLASSES[target],
                        "actual_class": "" if dry else CLASSES[actual],
                        "state": "河干" if dry else "正常",
                    }
                )
    frame = pd.DataFrame(rows)
    for story in (stories()["cleaner"], stories()["dirtier"]):
        planted = frame["point"] == story["point"]
        frame.loc[planted, ["target_class", "state"]] = story["target"], "正常"
        frame.loc[planted, "actual_class"] = story["classes"]
    return frame


def tasks(places: Places, seed: int) -> pd.DataFrame:
    """One row per task: eight fields in each town, due by the end of the year; one is planted far behind its time."""
    rng = random("tasks", seed)
    story = stories()["task_behind"]
    rows: list[Row] = []
    for town in records(places.towns):
        river = places.sections.loc[places.sections["town"] == town["name"], "river"].iloc[0]
        for number, (field, task, unit, tag) in enumerate(TASKS, start=1):
            planned = int(rng.integers(2, 40))
            rows.append(
                {
                    "code": f"RW-{number:02}-{town['code'][-3:]}",
                    "field": field,
                    "river": river,
                    "town": town["name"],
                    "department": "区水务局",
                    "task": task,
                    "planned": planned,
                    "unit": unit,
                    "done": round(planned * min(1.1, rng.normal(0.68, 0.2)), 1),
                    "started_on": date(2017, 7, 1),
                    "due_on": date(2017, 12, 31),
                    "plan_document": f"{river}一河一策",
                    "tag": tag,
                }
            )
    frame = pd.DataFrame(rows)
    planted = (frame["town"] == story["town"]) & (frame["field"] == story["field"])
    frame.loc[planted, ["planned", "done"]] = story["planned"], story["done"]
    return frame


def promises() -> pd.DataFrame:
    """One row per matter that a weekly meeting settled."""
    rows = [
        {
            "code": f"YD-{met.replace('-', '')}-{number}",
            "met_on": date.fromisoformat(met),
            "matter": matter,
            "unit": unit,
            "due_on": date.fromisoformat(due),
            "state": "已完成" if done else "办理中",
            "done_on": date.fromisoformat(done) if done else None,
        }
        for number, (met, matter, unit, due, done) in enumerate(PROMISES, start=1)
    ]
    return pd.DataFrame(rows)


def practices() -> pd.DataFrame:
    """One row per good practice that a town reported."""
    rows = [
        {"code": f"JY-{number:03}", "day": date.fromisoformat(day), "town": town, "title": title, "content": content}
        for number, (day, town, title, content) in enumerate(PRACTICES, start=1)
    ]
    return pd.DataFrame(rows)
