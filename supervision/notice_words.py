"""What the notices say: 督办单 for overdue problems, 督促整改通知 for departments that enforce little.

Every function is total: a missing figure gives a shorter sentence. Of texts as they were reported telephone numbers are
masked, because a notice goes from hand to hand.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from supervision.asking import masked_phone
from supervision.bulletin_words import Paragraph, closed_up
from supervision.footnotes import LIMITS, STATES
from supervision.formats import MISSING, day, number
from supervision.intake.names import towns_of
from supervision.periods import Period, day_name
from supervision.reasons import verdict
from supervision.rulebook import how_of, value_of
from supervision.wording import Row
from supervision.xml_text import one_line

OVERDUE_TITLE, ENFORCEMENT_TITLE = "河长制督办单", "督促整改通知"
PRESSED, URGED = "督办", "督促"
"""What the numbers of the two kinds of notices begin with."""
OFFICES = {"街道": "办事处", "地区": "办事处", "镇": "人民政府", "乡": "人民政府"}
"""By the ending of a town's name what its authority is called."""
CLOSED = ("待销号", "已销号")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8})(?!\d)|(?:(?<=电话)|(?<=手机))[:：]?\s*\d[\d -]{5,}\d"
)
"""Mobile numbers, numbers with an area code, and what follows 电话 or 手机; no other figure is one."""


def numbered(kind: str, period: Period, place: int, part: str = "") -> str:
    """The number of a notice, such as 督办〔2017〕第43周第07号: kind, period and the unit's place among all units.

    `part` is a `part_of`, which stands behind it: 督办〔2017〕第43周第14号（WT2017-2755）.
    """
    return f"{kind}〔{_year(period)}〕{_of_period(period)}第{place:02d}号" + (f"（{part}）" if part else "")


def file_name(kind: str, place: int, unit: str, part: str = "") -> str:
    """The name of a notice's file, which Windows can hold: 督办单_07_宝山镇.docx; `part` is a `part_of`."""
    named, told = (_UNSAFE.sub("_", text).strip(" .")[:60] for text in (unit, part))
    return f"{kind}_{place:02d}_{named or '未写明'}{f'_{told}' if told else ''}.docx"


def part_of(problems: pd.DataFrame, whole: pd.DataFrame) -> str:
    """What tells a notice of some problems of a unit from that of the `whole`: WT2017-2755, or WT2017-2755等3件.

    Empty where it is all of them. Two choices of as many problems that begin with the same one are not told apart.
    """
    if not len(problems) or set(problems["code"]) == set(whole["code"]):
        return ""
    first = _known(problems["code"].iloc[0])
    return first if len(problems) == 1 else f"{first}等{number(len(problems))}件"


def copied(problems: pd.DataFrame, unit: str, towns: Mapping[str, str]) -> str:
    """To whom a copy of the notice goes (抄送): who else the ledger names; empty where there is nobody.

    `towns` is a `towns_of`, by which a town's government is the town.
    """
    named = problems["department"].dropna()
    others = dict.fromkeys(authority(name) for name in named.map(lambda name: towns.get(name, name)) if name != unit)
    return f"抄送：{'、'.join(others)}。" if others else ""


def authority(town: str) -> str:
    """A town as a notice addresses it: 宝山镇人民政府, 泉河街道办事处; any other name as it is."""
    return town + next((office for ending, office in OFFICES.items() if town.endswith(ending)), "")


def opening(problems: pd.DataFrame, whole: pd.DataFrame, as_of: date, calls: str) -> str:
    """What is pressed for: how many problems are overdue, for how long, how many are city-listed; they are all late.

    Of only some of the `whole` it says so beside the whole, or a unit would read that it has no others.
    """
    stand = f"截至{day(as_of, 0)}，{calls}有{number(len(whole))}件问题逾期未整改，{_lateness(whole)}。"
    if len(problems) == len(whole):
        return f"{stand}现予督办。"
    return f"{stand}现就其中{number(len(problems))}件予以督办：{_lateness(problems)}。"


def _lateness(problems: pd.DataFrame) -> str:
    late = problems["days_late"].max()
    old = int((problems["days_late"] > 30).sum())
    city = int(problems["city_listed"].fillna(False).astype(bool).sum())
    again = int(problems["rebounded"].fillna(False).astype(bool).sum())
    parts = [
        f"最长逾期{number(late)}天",
        f"逾期超过30天的{number(old)}件" if old else "",
        f"市级挂账{number(city)}件" if city else "",
        f"反弹{number(again)}件" if again else "",
    ]
    return "，".join(filter(None, parts))


def calls(unit: str) -> str:
    """How a unit is spoken to: 你镇, 你街道, 你单位."""
    ending = next((ending for ending in ("街道", "地区", "镇", "乡") if unit.endswith(ending)), "单位")
    return f"你{ending}"


def problem_rows(problems: pd.DataFrame, as_of: date) -> list[list[str]]:
    """The facts of each problem: number, code, found on, section, what it is and what is to be done, due, days, who."""
    return [
        [
            number(place),
            _known(row["code"]),
            day(row["found_on"], as_of.year),
            _known(row["section"]) if pd.notna(row["section"]) else _known(row["river"]),
            _facts(row),
            day(row["due_on"], as_of.year),
            number(row["days_late"]),
            "\n".join(_told(row[column]) for column in ("department", "person") if pd.notna(row[column])) or MISSING,
        ]
        for place, row in enumerate(problems.to_dict("records"), 1)
    ]


def overdue_rule(rules: pd.DataFrame, terms: Row) -> list[str]:
    """The rule by which a problem is overdue, and what it costs by 考核办法.

    `rules` is a rules_in_force, `terms` the row of pressed_deadline, empty where the policy has none.
    """
    at_once = f"；立行立改而没有写日期的，发现后{number(terms['days'])}天为限" if terms else ""
    found = [f"整改时限以整改台账为准{at_once}。时限次日起仍未完成的为逾期。"]
    costs = rules[(rules["rule"] == "考核项") & (rules["subject"] == "overdue")]
    for row in costs.to_dict("records"):
        since = f"考核办法（{day(row['effective_from'], 0)}起施行）"
        found.append(f"{since}：逾期未整改{closed_up(value_of(row))}，{closed_up(how_of(row | {'note': None}))}。")
    return found


def demands(terms: Row, as_of: date, office: str, *, what: str) -> list[Paragraph]:
    """What is to be done by when, and what to report: the new deadline, where the policy gives one."""
    if terms:
        until = f"请于{day(terms['due_on'], 0)}（含当日）前"
        source = f"时限按考核办法立行立改{number(terms['days'])}天，自{day(as_of, as_of.year)}起算。"
    else:
        until, source = "请立即", "考核办法没有规定立行立改天数，不另定日期。"
    return [
        Paragraph(f"{until}{what}。{source}", "（一）新的时限。"),
        Paragraph(
            f"{until if terms else '整改后请'}将整改措施、完成情况和现场照片书面反馈{office}；"
            "确实不能按期完成的，书面说明原因、整改计划和责任人。",
            "（二）反馈要求。",
            is_last=True,
        ),
    ]


def flagged(departments: pd.DataFrame) -> pd.DataFrame:
    """The rows of enforcement_by_department that have a flag; none where no department at all has sent a return.

    That nothing was sent by anybody is a gap in the data: nobody is to be urged for it.
    """
    sent = departments["returns"].fillna(0).sum() > 0
    return departments[departments["flags"].notna() & sent]


def flags(department: Row) -> list[Paragraph]:
    """Each flag with its figure and the limit that it met."""
    judged = verdict(department)
    return [
        Paragraph(f"{closed_up(figure)}。", f"{place}．{flag}。")
        for place, (flag, figure) in enumerate(zip(judged.flags, judged.figures, strict=True), 1)
    ]


def limits() -> str:
    """Where the limits come from."""
    return f"括号内为限值。{closed_up(LIMITS)}"


def enforcement_opening(period: Period, as_of: date) -> str:
    """Why the notice is sent."""
    return (
        f"对照考核办法的执法限值，{period.formal}你单位的执法情况触及以下限值（截至{day(as_of, 0)}），"
        "请认真核查，切实整改。"
    )


def remit(problems: pd.DataFrame, period: Period) -> str:
    """The problems in the department's remit: how many were found, how they stand, and how many cases they led to."""
    if problems.empty:
        return f"{period.name}在职责范围内没有发现问题。"
    counts = problems["state"].value_counts()
    states = "，".join(f"{state}{number(counts[state])}件" for state in STATES if state in counts)
    cases = int((problems["cases"] > 0).sum())
    led = f"其中{number(cases)}件已关联本单位立案" if cases else "没有一件关联到本单位立案"
    standing = problems[~problems["state"].isin(CLOSED)]
    below = "还没有整改完成的见下表。" if len(standing) else ""
    return f"{period.name}在职责范围内发现问题{number(len(problems))}件，{led}：{states}。{below}"


def remit_rows(problems: pd.DataFrame, as_of: date) -> list[list[str]]:
    """The problems in the remit that are not done: code, found on, town, what it is, who answers, how it stands."""
    standing = problems[~problems["state"].isin(CLOSED)]
    return [
        [
            number(place),
            _known(row["problem"]),
            day(row["found_on"], as_of.year),
            _known(row["town"]),
            _facts(row),
            _known(row["answerable"]),
            _known(row["state"]),
        ]
        for place, row in enumerate(standing.to_dict("records"), 1)
    ]


def receipt(unit: str) -> list[list[str]]:
    """The form in which a unit signs for the notice."""
    blank = "　　　年　　月　　日"
    return [["签收单位", unit, "签收人", ""], ["签收日期", blank, "反馈日期", blank]]


def terms_of(answer: pd.DataFrame) -> Row:
    """The row of a pressed_deadline, empty where there is none."""
    return answer.iloc[0].to_dict() if len(answer) else {}


def order_of(towns: pd.DataFrame, departments: Sequence[str], named: Sequence[str]) -> Mapping[str, int]:
    """By unit its place among all units: towns, departments, and who else the ledger names; a government is its town.

    The place rests on master tables and the whole ledger, so that whichever notices are chosen have the same numbers.
    """
    names = towns.sort_values(["sort_order", "town_code"])["town"].tolist()
    known = dict.fromkeys([*names, *departments])
    others = sorted(set(named) - known.keys() - towns_of(names).keys())
    return {unit: place for place, unit in enumerate([*known, *others], 1)}


def _of_period(period: Period) -> str:
    if period.kind == "week":
        return f"第{period.start.isocalendar().week}周"
    if period.kind == "month":
        return f"{period.start.month}月"
    if period.kind == "quarter":
        return f"第{(period.start.month + 2) // 3}季度"
    if period.kind == "year":
        return "全年"
    year = f"{period.end.year}年" if period.end.year != period.start.year else ""
    return f"{day_name(period.start)}至{year}{day_name(period.end)}"


def _year(period: Period) -> int:
    return period.start.isocalendar().year if period.kind == "week" else period.start.year


def _facts(row: Row) -> str:
    """What the problem is, and in a line of its own what the ledger says is to be done about it."""
    what = "：".join(_told(row[column]) for column in ("category", "description") if pd.notna(row[column]))
    measures = row.get("measures")
    return what + (f"\n措施：{_told(measures)}" if measures is not None and pd.notna(measures) and measures else "")


def _told(text: str) -> str:
    """A text as it was reported, in one line, its telephone numbers masked, however they were spaced."""
    return _PHONE.sub(lambda found: masked_phone(found[0]), " ".join(one_line(str(text)).split()))


def _known(text: object) -> str:
    return MISSING if text is None or pd.isna(text) else one_line(str(text))  # type: ignore[call-overload]
