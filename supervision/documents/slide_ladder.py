"""The ladder over a table: steps as wide as their values, each with its figure, in as many rows as they need."""

from collections.abc import Sequence
from typing import Any

from supervision.documents.slide_charts import FILLS
from supervision.documents.slide_shapes import INK, RED, Box, Run, paragraph, shape
from supervision.documents.slide_text import shortened, width
from supervision.meeting.screens import Step
from supervision.xml_text import one_line

BAR, HEIGHT, BELOW, GAP, APART = 14, 78, 14, 5, 76
SPARE = 20
"""Behind the text of a step."""
SIZES, NAME, ROWS = range(46, 22, -2), 0.6, 3
"""The letters of figures, those of names as a part of them, and in how many rows steps may stand."""
HALVINGS = 40


def ladder(slide: Any, steps: Sequence[Step], at: tuple[float, float], room: float) -> tuple[float, str, list[str]]:
    """Draw the steps beside one another, their bars in one scale, so wide that each figure has its room.

    `at` is the left upper corner, `room` the width. In as few rows as may be, of as large letters as may be. How high
    it is with the gap below, how many steps are left out, and the texts of these and of those that were cut.
    """
    left, top = at
    settings = [(count, size) for count in range(1, ROWS + 1) for size in SIZES]
    size = next((size for count, size in settings if len(_in_rows(steps, size, room)) <= count), SIZES[-1])
    every = _in_rows(steps, size, room)
    rows = every[:ROWS]
    left_out = [step for row in every[ROWS:] for step in row]
    scale = min(_scale([(step.value, _text(step, size, room)) for step in row], room - _gaps(row)) for row in rows)
    cut, drawn = [], 0
    for row in rows:
        right = left
        for place, step in enumerate(row):
            drawn += 1
            right += _gap(step) if place else 0
            box = Box(right, top, max(_text(step, size, room), step.value * scale), HEIGHT)
            cut += _step(slide, drawn, step, box, step.value * scale, size)
            right += box.width
        top += HEIGHT + BELOW
    says = f"另有 {len(left_out)} 项未列出" if left_out else ""
    return top - at[1], says, [f"{step.figure} {step.name}" for step in (*cut, *left_out)]


def _step(slide: Any, number: int, step: Step, box: Box, long: float, size: float) -> list[Step]:
    """Draw a step, its bar `long`; itself if its name had to be cut."""
    if long >= 1:
        shape(slide, f"阶梯 {number}", Box(box.left, box.top, long, BAR), fill=FILLS[step.shade])
    figure, name = one_line(step.figure) + " ", one_line(step.name)
    shown = shortened(name, size * NAME, box.width - SPARE / 2 - width(figure, size, bold=True))
    colour = RED if step.shade == "over_30" and step.value > 0 else INK
    runs = Run(figure, size, colour, True), Run(shown, size * NAME, colour)
    below = Box(box.left, box.top + BAR + 4, box.width, HEIGHT - BAR - 4)
    shape(slide, f"阶梯 {number} 文字", below, paragraph(*runs))
    return [step] if shown != name else []


def _in_rows(steps: Sequence[Step], size: float, room: float) -> list[list[Step]]:
    """The steps in as few rows as their texts fit into."""
    rows: list[list[Step]] = [[]]
    for step in steps:
        row = [*rows[-1], step]
        if len(row) > 1 and sum(_text(each, size, room) for each in row) > room - _gaps(row):
            rows.append([step])
        else:
            rows[-1] = row
    return rows


def _gap(step: Step) -> float:
    """How far a step stands from the one before it."""
    return APART if step.apart else GAP


def _gaps(row: Sequence[Step]) -> float:
    return sum(map(_gap, row[1:]))


def _text(step: Step, size: float, room: float) -> float:
    """How wide the text of a step is; one that is wider than the room is cut to it."""
    figure, name = one_line(step.figure) + " ", one_line(step.name)
    return min(width(figure, size, bold=True) + width(name, size * NAME) + SPARE, room)


def _scale(steps: Sequence[tuple[float, float]], room: float) -> float:
    """The pixels of one unit with which steps (value, width of the text) just fill the room, by halving."""
    low, high = 0.0, room / (sum(value for value, _ in steps) or 1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        fits = sum(max(value * middle, least) for value, least in steps) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low
