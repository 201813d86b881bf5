"""Two published rubrics (data/published/README.md) as rows of 考核办法: each line in our rules.

Guangzhou's score is 60 plus what each item adds or takes, so it is a 起评分 with items by 分档; a line
"30%<X<=60%" is the step >0.3 and "X<-2" the step 以下. Its "Y=0,Z=0: 0" needs no step: an item without a
figure adds nothing to a rubric with 起评分. Shicheng's hundred is made of what departments grade, so its
items are 考评; where a line gives parts that add up to its points, each part is an item.
"""

import csv
from collections import defaultdict
from typing import NamedTuple

from supervision.settings import DATA

PUBLISHED = DATA / "published"


class Item(NamedTuple):
    """A 考核项: 对象, 方法, 数值, 参数."""

    subject: str
    method: str
    points: float
    argument: str = ""


GUANGZHOU_SUBJECTS = {
    "巡河率": ("patrol_completion", "分档"),
    "问题上报率": ("考评:问题上报率", "分档"),
    "重大问题上报数": ("考评:重大问题上报净数", "加减分"),
    "水质": ("考评:水质变化", "分档"),
    "下级河长平均分": ("考评:下级河长平均分", "分档"),
}
"""A net count is summed over the week; rates, changes (好转 1, 持平 0, 恶化 -1) and means are not."""

GUANGZHOU_EDGES = {
    "X=0": "0",
    "Y=0,Z>0": "0",
    "0<X<=20%": ">0",
    "0<X<=30%": ">0",
    "20%<X<=40%": ">0.2",
    "20%<X<=50%": ">0.2",
    "30%<X<=60%": ">0.3",
    "40%<X<=50%": ">0.4",
    "50%<X<=70%": ">0.5",
    "60%<X<=80%": ">0.6",
    "70%<X<=80%": ">0.7",
    "70%<X<=90%": ">0.7",
    "80%<X<=90%": ">0.8",
    "80%<X<100%": ">0.8",
    "X>90%": ">0.9",
    "X=100%": "1",
    "X<-2": "以下",
    "X<=-2": "以下",
    "X=-2": "-2",
    "X=-1": "-1",
    "X=1": "1",
    "X=2": "2",
    "X>2": ">2",
    "X>=2": "2",
    "恶化": "-1",
    "持平": "0",
    "好转": "1",
    "0<=X<=30": "0",
    "30<X<=60": ">30",
    "60<X<=90": ">60",
    "X>90(规则文字;程序分支写错未生效)": ">90",
}
"""Each condition that is printed as the lower edge of a step; between X=-1 and X=0 there is no whole number."""

NO_FIGURE = "Y=0,Z=0"

SHICHENG = {
    1: [Item("考评:四个到位", "按比例", 5, "5")],
    2: [Item("考评:督查督办", "按比例", 4, "4")],
    3: [Item("考评:考核方案", "目标", 2, "1")],  # in time or not
    4: [Item("考评:一河一策", "按比例", 2, "2")],
    5: [
        Item("考评:注册使用", "按比例", 2, "2"),
        Item("考评:巡河通报", "按比例", 6, "6"),
        Item("考评:日志", "按比例", 3, "3"),
    ],
    6: [
        Item("考评:宣传", "按比例", 2, "2"),
        Item("考评:教育", "按比例", 2, "2"),
        Item("考评:培训", "按比例", 3, "3"),
    ],
    7: [Item("考评:湖长组织体系", "按比例", 2, "2")],
    8: [Item("考评:生活污水", "按比例", 3, "3")],
    9: [Item("考评:畜禽养殖一", "按比例", 5, "5"), Item("考评:畜禽养殖二", "按比例", 2, "2")],
    10: [Item("考评:水功能区一", "按比例", 1, "1"), Item("考评:水功能区二", "按比例", 1, "1")],
    11: [Item("考评:管护常态化一", "按比例", 2, "2"), Item("考评:管护常态化二", "按比例", 1, "1")],
    12: [Item("考评:水质不达标", "扣分", 4, "2")],
    13: [Item("考评:工矿污染一", "按比例", 3, "3"), Item("考评:工矿污染二", "按比例", 2, "2")],
    14: [Item("考评:弃土弃渣", "按比例", 2, "2")],
    15: [Item("考评:化肥", "按比例", 1.5, "1.5"), Item("考评:农药", "按比例", 1.5, "1.5")],
    16: [
        Item("考评:农村垃圾一", "按比例", 2, "2"),
        Item("考评:农村垃圾二", "按比例", 1, "1"),
        Item("考评:农村污水一", "按比例", 2, "2"),
        Item("考评:农村污水二", "按比例", 1, "1"),
    ],
    17: [Item("考评:岸线台账", "按比例", 1, "1"), Item("考评:侵占不报不止", "扣分", 3, "2")],
    18: [Item("考评:非法采砂", "按比例", 3, "3")],  # its printed parts, 1 and 1, do not add to 3
    19: [Item("考评:排污口一", "按比例", 1, "1"), Item("考评:排污口二", "按比例", 3, "3")],
    20: [Item("考评:渔业资源", "按比例", 1, "1"), Item("考评:渔政案件", "目标", 3, "1")],  # no case, no points
    21: [Item("考评:水库退养", "按比例", 4)],  # a share of 0–1
    22: [
        Item("考评:林地湿地一", "按比例", 1, "1"),
        Item("考评:林地湿地二", "按比例", 1, "1"),
        Item("考评:林地湿地三", "按比例", 1, "1"),
    ],
    23: [Item("考评:水域治安", "按比例", 3, "3")],
}
"""By 序号; points graded out of a number are 按比例 with that number."""

SHICHENG_LAST = {
    "用稿与总结报送": [Item("考评:用稿", "按比例", 5, "5"), Item("考评:总结报送", "按比例", 2, "2")],
    "奖扣分": [
        Item("考评:省级通报表扬", "加减分", 20, "每次 20;不封顶"),
        Item("考评:市级通报表扬", "加减分", 10, "每次 10;不封顶"),
        Item("考评:省级点名批评", "加减分", 20, "每次 -20;不封顶"),
        Item("考评:市级点名批评", "加减分", 10, "每次 -10;不封顶"),
    ],
}
"""The lines without a 序号; no end is printed for the last."""


def guangzhou() -> dict[tuple[str, str], list[Item]]:
    """The items by level and kind of river; KeyError names a condition that has no translation."""
    with (PUBLISHED / "guangzhou_187_bands.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    steps: dict[tuple[str, str, str], list[tuple[str, float]]] = defaultdict(list)
    items: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for line in lines:
        block, name = (line["级别"], line["河流类型"]), line["指标"].split("(")[0]
        if name == "红黑榜":  # a red entry is 1, a black one -1; both lines are one item
            item = Item("考评:红黑榜", "加减分", 10, "每次 10;不封顶")
            items[block] += [] if item in items[block] else [item]
        elif line["条件"] != NO_FIGURE:
            steps[(*block, name)].append((GUANGZHOU_EDGES[line["条件"]], float(line["得分"])))
    for (level, river, name), table in steps.items():
        subject, method = GUANGZHOU_SUBJECTS[name]
        most = max(abs(points) if method == "加减分" else points for _, points in table)
        argument = ";".join(f"{edge}:{points:g}" for edge, points in table)
        items[(level, river)].append(Item(subject, method, most, argument))
    return dict(items)


def shicheng() -> list[Item]:
    """The items of every line of the table; KeyError names a line that has no translation."""
    with (PUBLISHED / "shicheng_2018_town_rubric.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    return [
        item
        for line in lines
        for item in (SHICHENG[int(line["序号"])] if line["序号"] else SHICHENG_LAST[line["考核项目"]])
    ]


def policy_rows(day: str, items: list[Item], starting: float | None = None) -> list[str]:
    """The lines of a 考核办法 in the order 生效日期, 规则, 对象, 方法, 数值, 单位, 参数."""
    rows = [f"{day},考核项,{each.subject},{each.method},{each.points:g},分,{each.argument}" for each in items]
    return rows if starting is None else [*rows, f"{day},起评分,,,{starting:g},分,"]
