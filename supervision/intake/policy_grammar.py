"""How the 参数 (argument) of a rule is written; `queries/functions/points_earned.sql` reads it the same way."""

import re
from itertools import pairwise

GRADED = "考评:"
"""Begins the 对象 of an item that a department grades by hand (考评记录); its name follows."""

DOUBLED = "跨月翻倍"
"""Stands behind the points of a 扣分 whose occurrences count twice once their deadline's month is over."""

BELOW = "以下"
"""The edge of a step for everything below the other edges."""

Step = tuple[float, bool, float]
"""Edge, whether only what lies above it counts, points."""

_NUMBER = r"\d+(?:\.\d+)?"
_SIGNED = rf"-?{_NUMBER}"
_SEASON = re.compile(r"(1[0-2]|[1-9])-(1[0-2]|[1-9])")
_DEDUCTION = re.compile(rf"{_NUMBER}(?:;{DOUBLED})?")
_EACH = re.compile(rf"每次 ?{_SIGNED}(?:;不封顶)?")
_STEP = re.compile(rf"(?:(?P<above>>?)(?P<edge>{_SIGNED})|{BELOW}):(?P<points>{_SIGNED})")


def is_season(text: str) -> bool:
    """Whether the text names the months in season, 3-12, or is empty for the whole year."""
    found = _SEASON.fullmatch(text)
    return not text or (found is not None and int(found[1]) <= int(found[2]))


def is_positive(text: str) -> bool:
    """Whether the text is a number above 0."""
    return re.fullmatch(_NUMBER, text) is not None and float(text) > 0


def is_full_value(text: str) -> bool:
    """Whether the text says out of how many a value is given, or is empty for a share of 0–1."""
    return not text or is_positive(text)


def is_deduction(text: str) -> bool:
    """Whether the text says how many points each occurrence costs, 2 or 2;跨月翻倍."""
    return _DEDUCTION.fullmatch(text) is not None


def is_steps(text: str) -> bool:
    """Whether the text is a table of edges, each other than the next: 0:-10;>0:-7;0.8:2 or 0.9:10;0.8:6;以下:0."""
    found = steps(text)
    if found is None:
        return False
    edges = [step[:2] for step in found]
    rising, falling = (all(a < b for a, b in pairwise(row)) for row in (edges, edges[::-1]))
    return rising or falling


def is_bonus(text: str) -> bool:
    """Whether the text says what each occurrence adds (每次 n, 每次 n;不封顶), or is a table of edges."""
    return _EACH.fullmatch(text) is not None or is_steps(text)


def steps(text: str) -> list[Step] | None:
    """The steps of a table of edges in the order written; None if the text is none."""
    found = [_STEP.fullmatch(part) for part in text.split(";")]
    if not all(found):
        return None
    return [_step(match) for match in found if match]


def _step(match: re.Match[str]) -> Step:
    edge = float("-inf") if match["edge"] is None else float(match["edge"])
    return edge, match["above"] == ">", float(match["points"])
