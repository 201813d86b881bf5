"""What reading a cell may need beside it, and how a reader says that a cell cannot be taken."""

from dataclasses import dataclass

from supervision.tables import Column

SCIENTIFIC = r"-?\d(?:\.\d+)?[eE]\+\d\d+"
"""A long number as Excel writes it into a CSV file; a code such as 1E01 has no sign."""


@dataclass(frozen=True)
class Context:
    """What reading a cell may need beside it: its column, its heading's unit, the year of its surroundings.

    `since_1904` says in which of Excel's two calendars a bare serial number counts.
    """

    column: Column
    unit: str | None
    year: int | None
    since_1904: bool = False


class Unclear(Exception):
    """A cell cannot be taken; `rule` groups such cells, `advice` ends the sentence about it."""

    def __init__(self, rule: str, advice: str) -> None:
        """Name the rule and say what is wrong and what to write instead."""
        super().__init__(advice)
        self.rule = rule
        self.advice = advice


def spoilt() -> Unclear:
    """A long number that has lost its last digits."""
    return Unclear("数字过长", "是科学计数法，末尾几位已丢失；请从来源重新导出，把这一列存为文本。")
