"""How wide a text runs on a slide, and how it is kept within its room: no layout engine looks before the meeting does.

Widths are estimates on the safe side: what the slide is shown with may have wider figures than the font it names,
and may set Chinese apart from figures beside it.
"""

import re
from collections.abc import Iterator
from math import ceil
from unicodedata import east_asian_width

MORE = "…"
"""Stands where a text was cut."""
DIGIT, LATIN, BOLD, APART = 0.64, 0.66, 1.09, 0.25
"""In ems: a digit, another character of half width, how much wider bold ones are, the gap beside Chinese."""
UNUSUAL = {
    " ": 0.35,
    **dict.fromkeys(".,:;'|!ilI()[]", 0.42),
    **dict.fromkeys("<>=+~^#&_ABCDEGHNOQRVXYZ", 0.84),
    **dict.fromkeys("mwMW%@", 0.98),
}
"""Characters of half width that are far from the usual."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text in letters of `size` runs, in the unit of the size."""
    return size * sum(_ems(text, bold))


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """Over about how many lines a text runs in a column `room` wide; a line may stay an em short of full."""
    return lines_of(width(text, size, bold=bold), size, room)


def lines_of(whole: float, size: float, room: float) -> int:
    """The same of a text that runs `whole` wide."""
    return 1 if whole <= room else ceil(whole / max(room - size, size))


def shortened(text: str, size: float, room: float, *, rows: int = 1, bold: bool = False) -> str:
    """The text if it fits into so many rows of `room`, else as much of it as does, and an ellipsis."""
    if lines(text, size, room, bold=bold) <= rows:
        return text
    left = (room if rows == 1 else rows * (room - size)) - size * (1 + APART)
    kept = 0
    for ems in _ems(text, bold):
        left -= size * ems
        if left < 0:
            break
        kept += 1
    return _whole(text[:kept], text[kept:]).rstrip("，、；：。 　") + MORE


def _whole(kept: str, rest: str) -> str:
    """What is kept of a text, without the beginning of a number or of a bracket that was cut in two."""
    if rest[:1].isdigit() or rest[:1] in (".", ",", "%") or rest[:2] == " %":
        kept = re.sub(r"[\d.,+\u2212 ]+$", "", kept)
    if kept.count("（") > kept.count("）"):
        before = kept[: kept.rindex("（")]
        kept = before[: max(before.rfind(mark) for mark in "，、；　")] if re.search("[，、；　]", before) else before
    return kept


def _ems(text: str, bold: bool) -> Iterator[float]:
    """The width of each character, with the gap before it."""
    was_wide: bool | None = None
    for character in text:
        is_wide = east_asian_width(character) in "WFA"
        gap = APART if was_wide is not None and was_wide != is_wide else 0.0
        narrow = UNUSUAL.get(character, DIGIT if character.isdigit() else LATIN) * (BOLD if bold else 1)
        yield gap + (1.0 if is_wide else narrow)
        was_wide = is_wide
