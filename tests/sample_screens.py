"""Screens of every kind, with the longest names and texts that a meeting has to bear."""

from supervision.meeting.screens import Bar, Cell, Column, Finding, Part, Screen, Shade, Step, Table

TOWNS = (
    "泉河街道", "龙山街道", "怀柔地区", "雁栖地区", "庙城地区", "北房镇", "杨宋镇", "桥梓镇",
    "怀北镇", "汤河口镇", "渤海镇", "九渡河镇", "琉璃庙镇", "宝山镇", "长哨营满族乡", "喇叭沟门满族乡",
)  # fmt: skip
LONG = "怀九河宝山段右岸违法建设占用河道管理范围约三百平方米，业主拒不拆除，镇政府两次下达限期拆除通知书后仍未整改到位"
RUBRIC = (
    "巡河完成率", "有效巡河率", "问题上报率", "按期整改率", "整改销号率",
    "逾期未整改", "反弹问题数", "水质达标率", "执法检查量",
)  # fmt: skip
LATE: tuple[tuple[Shade, int], ...] = (("over_30", 3), ("to_30", 5), ("to_7", 3))


def parts(*values: tuple[Shade, float]) -> tuple[Part, ...]:
    return tuple(Part(value, shade, str(value)) for shade, value in values)


def overdue() -> Screen:
    """Ten units with a ladder above, bars, and long texts."""
    rows = []
    for place in range(10):
        late = [(shade, max(value - place // 2, 0)) for shade, value in LATE]
        shown = parts(*(each for each in late if each[1])) or parts(("to_7", 1))
        rows.append(
            (
                Cell(TOWNS[15 - place], "strong"),
                Cell(str(sum(int(part.value) for part in shown)), "strong"),
                Bar(shown, 11),
                Cell(f"{47 - 4 * place} 天", "late" if place < 5 else ""),
                Cell(LONG),
                Cell("区规划和自然资源委员会" if place == 3 else "区城管执法局"),
            )
        )
    columns = (
        Column("镇乡街道", 20), Column("逾期", 6, True), Column("按逾期天数", 32), Column("最长", 9, True),
        Column("拖得最久的一件", 20), Column("责任单位", 12),
    )  # fmt: skip
    return Screen(
        key="overdue",
        name="逾期整改",
        title="逾期 41 件，比上周多 9 件；宝山、桥梓两镇占近一半",
        red="41 件",
        ladder=(
            Step(6, "6", "超 30 天", "over_30"),
            Step(19, "19", "8—30 天", "to_30"),
            Step(16, "16", "1—7 天", "to_7"),
            Step(31, "31", "临期，3 天内到期", "near", apart=True),
        ),
        table=Table(columns, tuple(rows)),
        ask="超 30 天的 6 件，是否由区级河长挂牌督办，下周例会前办结",
        foot="其余 6 个镇乡街道无逾期",
        notes=("逾期：截至日未完成且已过整改时限的问题。", "临期：3 天内到期、尚未完成的问题。"),
    )


def ranking() -> Screen:
    """Sixteen towns with a rank before the name and bars of score and what is lacking."""
    rows = tuple(
        (
            Cell(str(place + 1)),
            Cell(town, "strong"),
            Cell(f"{95.4 - 2.3 * place:.1f}", "strong"),
            Bar(
                (Part(95.4 - 2.3 * place, "amount", f"{95.4 - 2.3 * place:.1f}"), Part(4.6 + 2.3 * place, "rest")), 100
            ),
            Cell("▲2" if place % 2 else "持平"),
            Cell(
                "按期整改率由 91.2 % 降到 77.8 %，少得 4.2 分；有效巡河率由 86.2 % 降到 80.1 %",
                "" if place % 3 else "near",
            ),
        )
        for place, town in enumerate(TOWNS)
    )
    columns = (
        Column("名次", 5, True), Column("镇乡街道", 16), Column("得分", 8, True), Column("得分与失分", 34),
        Column("升降", 8), Column("主要原因", 30),
    )  # fmt: skip
    return Screen(
        key="ranking",
        name="镇乡排名",
        title="泉河街道 95.4 分居首；喇叭沟门满族乡由第 9 名降到第 16 名，主要因按期整改率下降，是三个月来最大一次",
        table=Table(columns, rows, named_by=1),
        ask="末位的喇叭沟门满族乡，是否由区委督查室约谈",
        notes=("名次：按考核办法计分，同分同名次。",),
    )


def promises() -> Screen:
    """A few rows with long texts and no bar."""
    rows = tuple(
        (Cell(LONG), Cell(TOWNS[-1 - place]), Cell("10月27日", ""), Cell(state, look))
        for place, (state, look) in enumerate(
            (("逾期 2 天", "late"), ("逾期完成", "near"), ("按时完成", ""), ("未到期", ""))
        )
    )
    columns = (Column("议定事项", 50), Column("责任单位", 15), Column("时限", 10), Column("结果", 10))
    return Screen(
        key="promises",
        name="上周议定",
        title="上周议定 4 件，1 件逾期未办",
        red="1 件逾期",
        table=Table(columns, rows),
        notes=("按时完成：完成日期不晚于时限。",),
    )


def findings() -> Screen:
    return Screen(
        key="findings",
        name="本周发现",
        title="三件事要说：逾期在增、部门执法少、巡河有效率低",
        findings=tuple(
            Finding("整改", f"{town}按期整改率 77.8 %，比上周低 13.4 个百分点", f"35／45 件按期；其中 {LONG}")
            for town in TOWNS[:3]
        ),
        ask="是否把三个镇列入下周督查",
        foot="只列变动最大的三件",
        notes=("按期整改率：本期到期的问题中按期完成的 ÷ 全部到期的。",),
    )


def nothing() -> Screen:
    return Screen(key="decided", name="本周议定", title="本周还没有议定事项", nothing="本次例会还没有记下议定事项。")


def strange() -> Screen:
    """Texts that a spreadsheet would run and XML would choke on."""
    rows = (
        (Cell("=1+1"), Bar((Part(2.5, "amount", "2.5"), Part(1, "amount", "1")), 4), Cell("<b>&amp;\"'</b>")),
        (Cell("+cmd|' /C calc'!A0"), Bar((), 4), Cell("两行\n文字\x0b与\x00控制符")),
        (Cell("@SUM(A1)"), Cell("—"), Cell("]]><a:t>")),
    )
    columns = (Column('=HYPERLINK("x")', 30), Column("=值", 40), Column("<说明>", 30))
    return Screen(
        key="strange", name="<怪>", title="=1+1 与 <w:t>&", red="<w:t>&", table=Table(columns, rows), notes=("=1+1<&>",)
    )


def crowded() -> Screen:
    """More rows than a slide can hold, and a foot that is too long for its line."""
    rows = tuple((Cell(f"第 {row} 行"), Cell(LONG)) for row in range(60))
    return Screen(
        key="crowded",
        name="太多",
        title="六十行",
        table=Table((Column("行", 1), Column("内容", 3)), rows),
        foot=LONG * 2,
    )


def all_kinds() -> list[Screen]:
    return [promises(), findings(), ranking(), overdue(), strange(), crowded(), nothing()]


def overfull() -> list[Screen]:
    """Twenty-five screens, and on the first ones more than a slide can bear of each: steps, title, question, finding.

    The sentences are numbered, so that what is kept of one is told from what is not.
    """
    nine = tuple(Step(10, "8.5", f"{name}（满 10）", "amount") for name in RUBRIC)
    sixty = tuple(Step(number, str(number), "考核项（满 100）", "amount") for number in range(1, 61))
    sentence = "".join(f"第{number}件：{LONG[:15]}，" for number in range(1, 16))
    table = overdue().table
    long = (Step(1, "1", LONG * 3, "near"),)
    finding, evidence = Finding("整改", sentence * 9, sentence * 9), Finding("整改", sentence, sentence * 9)
    screens = [
        Screen(key="nine", name="九项", title="九个考核项", ladder=nine, table=table),
        Screen(key="sixty", name="六十项", title="六十个考核项", ladder=sixty, table=table),
        Screen(key="wide", name="一项", title="一个很长的考核项", ladder=long, table=table),
        Screen(key="title", name="长题", title=sentence, red="第15件", table=table),
        Screen(key="ask", name="长问", title="请议的事太长", ask=sentence, table=table),
        Screen(key="finding", name="长点", title="一条", findings=(finding,)),
        Screen(key="evidence", name="长据", title="一条", findings=(evidence,), ask="议"),
    ]
    rest = range(len(screens) + 1, 26)
    return screens + [Screen(f"more-{number}", "镇乡排名", "没有", nothing="没有。") for number in rest]
