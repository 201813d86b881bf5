"""考核办法 in words: its rules in groups, each with its figure, how it works, its source and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from supervision.formats import MINUS, plus
from supervision.intake import policy_grammar as grammar
from supervision.intake.policy_checks import BULLETIN, CHIEF_LIMITS, DAYS, FLAGS, ITEMS, LINES, PATROL_LIMITS, REPORTED
from supervision.metrics import BY_CODE
from supervision.tables import LEVELS

Row = dict[Any, Any]
Groups = tuple[tuple[str, tuple[str, ...]], ...]

LIMITS: Groups = (
    ("巡河频次", ("巡河频次",)),
    ("有效巡河", PATROL_LIMITS),
    ("限值", DAYS),
    ("疑点限值", ("疑点限值",)),
    ("任务与迎检", ("任务滞后", "迎检日期")),
    ("报送时限", ("报送时限",)),
    (BULLETIN, (BULLETIN,)),
)
SCORING: Groups = (
    ("考核项", ("起评分", "考核项")),
    ("档", ("档",)),
    ("河长考核项", ("河长起评分", "河长考核项")),
    ("河长档", ("河长档",)),
    ("补贴", ("补贴",)),
    ("履职限值", ("履职限值",)),
    ("执法限值", ("执法限值",)),
)
"""The kinds of rules in the order of the page, in its two columns; a rule of no kind here stands under 其他."""

OTHERS = "其他"
SET_RULES = ("考核项", "河长考核项", "档", "河长档", "补贴")
"""Rules of which the number orders the subjects, the greatest first."""

SHARES = ("执法限值", "履职限值", "疑点限值", BULLETIN)
"""Rules of which a number without a unit is a share."""

PLAIN_RULES = (*PATROL_LIMITS, "起评分", "河长起评分", "档", "河长档", "补贴")
"""Rules that their name and figure say whole."""

ORDER = (*LEVELS, *FLAGS, *CHIEF_LIMITS, *REPORTED, *LINES)
"""The order of subjects whose numbers do not order them."""

NO_BREAK = "\u00a0"

EXAMPLE = "示例"
IN_FORCE, BEFORE, LATER = "现行", "以前", "以后"


@dataclass(frozen=True)
class Entry:
    """A rule as the page shows it; `value` is empty when none is in force, `other` tells of its other dates."""

    name: str
    value: str = ""
    how: str = ""
    since: date | None = None
    origin: str = ""
    other: list[str] = field(default_factory=list)

    @property
    def is_example(self) -> bool:
        """Whether the number is our own choice, which a district has to settle."""
        return self.origin.startswith(EXAMPLE)


def rulebook(history: pd.DataFrame) -> list[list[tuple[str, list[Entry]]]]:
    """The rules of a policy_history by kind, in two columns; kinds without any rule are left out."""
    known = {rule for _, rules in (*LIMITS, *SCORING) for rule in rules}
    by_rule: dict[str, list[Row]] = {}
    for row in history.to_dict("records"):
        by_rule.setdefault(row["rule"], []).append(row)
    others = tuple(rule for rule in by_rule if rule not in known)
    return [_groups(by_rule, (*LIMITS, (OTHERS, others))), _groups(by_rule, SCORING)]


def in_force(history: pd.DataFrame) -> pd.DataFrame:
    """The rows of a policy_history that are in force."""
    return history[history["state"] == IN_FORCE]


def differences(now: pd.DataFrame, other: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The rules that differ between two policies in force: name, and what each says; empty for nothing."""
    texts = [{_key(row): _says(row) for row in in_force(each).to_dict("records")} for each in (now, other)]
    named = {_key(row): full_name(row) for each in (now, other) for row in in_force(each).to_dict("records")}
    return [
        (name, texts[0].get(key, ""), texts[1].get(key, ""))
        for key, name in named.items()
        if texts[0].get(key) != texts[1].get(key)
    ]


def name_of(row: Row) -> str:
    """A rule's name under the title of its kind: the subject where the kind is the rule, else the rule."""
    rule, subject = str(row["rule"]), _text(row["subject"])
    if rule in ITEMS:
        return item(subject)
    if rule in PATROL_LIMITS:
        return f"{rule}（{subject}）" if subject else rule
    return subject or ("全部" if rule == "巡河频次" else rule)


def full_name(row: Row) -> str:
    """A rule's name where no title says its kind: 考核项 逾期未整改."""
    rule, name = str(row["rule"]), name_of(row)
    return name if name.startswith(rule) else f"{rule} {name}"


def item(subject: str) -> str:
    """An item of a rubric by the name of its metric, or as a department grades it: 河长公示牌（部门考评）."""
    if subject.startswith(grammar.GRADED):
        return f"{subject.removeprefix(grammar.GRADED)}（部门考评）"
    return BY_CODE[subject].name if subject in BY_CODE else subject


def value_of(row: Row) -> str:
    """A rule's number with its unit, as it is read: 1 次/日, 90 分以上, 80 %."""
    rule, value, unit = str(row["rule"]), row["value"], _text(row["unit"])
    if rule == "留痕要求":
        return "须有文字或照片" if value else "不要求"
    if rule in ("档", "河长档"):
        return f"{_plain(value)} 分以上"
    if rule == "补贴":
        return f"月补贴的 {_plain(100 * value)} %"
    if rule == "任务滞后":
        return f"{_plain(100 * value)} 个百分点"
    if rule == "迎检日期":
        return f"{_text(row['argument'])} 起 {_plain(value)} 天"
    if rule in SHARES and not unit:
        return f"{_plain(100 * value)} %"
    if rule == "报送时限":
        return f"{_plain(value)} 天内"
    return f"{_plain(value)} {unit}".strip()


def how_of(row: Row) -> str:
    """How a rule works, in words: the method of an item, the months of a frequency; for limits the workbook's 说明."""
    rule, method, argument = str(row["rule"]), _text(row["method"]), _text(row["argument"])
    if rule in ITEMS:
        return _method(method, argument, _text(row["subject"]))
    if rule == "巡河频次":
        return "，".join(filter(None, (method, f"{argument.replace('-', '—')} 月" if argument else "")))
    return "" if rule in PLAIN_RULES else _text(row["note"])


def _groups(by_rule: Mapping[str, Sequence[Row]], kinds: Groups) -> list[tuple[str, list[Entry]]]:
    groups = []
    for title, rules in kinds:
        entries = [entry for rule in rules for entry in _entries(by_rule.get(rule, ()))]
        if entries:
            groups.append((title, entries))
    return groups


def _entries(rows: Sequence[Row]) -> list[Entry]:
    """The entries of one rule: those in force first, sets by their numbers, others in the order of their subjects."""
    found: list[tuple[tuple[bool, float, int], Entry]] = []
    for (_, subject), group in groupby(sorted(rows, key=_by_subject), key=_by_subject):
        records = list(group)
        now = next((row for row in records if row["state"] == IN_FORCE), None)
        other = [_dated(row) for row in records if row is not now]
        shown = now or records[-1]
        place = ORDER.index(subject) if subject in ORDER else len(ORDER)
        order = (now is None, -shown["value"] if shown["rule"] in SET_RULES else 0, place)
        if now is None:
            found.append((order, Entry(name_of(shown), other=other)))
        else:
            since, origin = now["effective_from"].date(), _text(now["origin"])
            found.append((order, Entry(name_of(now), value_of(now), how_of(now), since, origin, other)))
    return [entry for _, entry in sorted(found, key=lambda each: each[0])]


def _by_subject(row: Row) -> tuple[bool, str]:
    return bool(pd.isna(row["subject"])), _text(row["subject"])


def _dated(row: Row) -> str:
    """Another date's value: 以前 2 天（2017-07-01 至 2017-11-30）."""
    replaced = row["replaced_on"]
    until: str = " 起" if pd.isna(replaced) else f" 至 {replaced - pd.Timedelta(days=1):%Y-%m-%d}"
    return f"{row['state']} {_says(row)}（{row['effective_from']:%Y-%m-%d}{until}）"


def _says(row: Row) -> str:
    how = how_of(row) if row["rule"] in ITEMS else ""
    return "，".join(filter(None, (value_of(row), how)))


def _method(method: str, argument: str, subject: str) -> str:
    """A method of an item in words; an argument that is written unlike any is given as it is."""
    if method == "按比例":
        return f"按得分折算，满分 {argument}" if argument else "按比例得分"
    if method == "目标":
        return f"达到 {argument} 得满分，不足的按比例"
    if method == "扣分":
        each, _, doubled = argument.partition(";")
        return f"每件扣 {each} 分，扣完为止" + ("，跨月未整改的加倍" if doubled else "")
    outside = "100 分以外，" if method == "加减分" else ""
    if argument.startswith("每次"):
        each, _, endless = argument.removeprefix("每次").strip().partition(";")
        signed = plus(float(each), 0 if float(each).is_integer() else 1)
        return f"{outside}每次 {signed} 分" + ("，不封顶" if endless else "，以分值为限")
    return outside + _steps(grammar.steps(argument), argument, subject)


def _steps(steps: Sequence[grammar.Step] | None, argument: str, subject: str) -> str:
    if steps is None:
        return argument
    share = subject in BY_CODE and BY_CODE[subject].is_rate
    parts = []
    for edge, above, points in sorted(steps, reverse=True):
        reached = f"{_plain(100 * edge)}{NO_BREAK}%" if share else _plain(edge)
        words = "以下" if edge == float("-inf") else f"大于 {reached} " if above else f"{reached} 起"
        parts.append(f"{words}得 {_plain(points)}")
    return "，".join(parts)


def _key(row: Row) -> tuple[str, str]:
    return str(row["rule"]), _text(row["subject"])


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _plain(value: float) -> str:
    """A number without needless zeros, with a true minus."""
    return f"{round(value, 10):g}".replace("-", MINUS)
