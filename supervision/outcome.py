"""What a check found, as a session keeps it and sentences are made of it: counts, problems, effects, no rows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from supervision.effects import Effects
from supervision.errors import Problem
from supervision.reports import SheetReport
from supervision.tables import BY_NAME
from supervision.warehouse import Snapshot

Groups = list[tuple[str, list[tuple[SheetReport, Problem]]]]
"""Problems by rule, each with the sheet that it is of."""


@dataclass(frozen=True)
class Stretch:
    """What a file shall replace, as the clerk names it: table, sender, first and last day."""

    table: str
    owner: str
    start: date
    end: date


@dataclass(frozen=True)
class Outcome:
    """What a check found, and what waits to be published; no frames of rows, so that it may stay in the session."""

    of: tuple[str, ...]
    sheets: tuple[SheetReport, ...]
    workbook: bytes | None
    staged: Snapshot | None
    effects: Effects | None
    removed: int
    stretch: Stretch | None

    def count(self, name: str) -> int:
        """The rows of all sheets under one of added, changed, unchanged, refused, skipped."""
        return sum(getattr(sheet, name) for sheet in self.sheets)

    @property
    def refused_rows(self) -> int:
        """Rows that go back."""
        return self.count("refused")

    @property
    def news(self) -> int:
        """Rows that are new, changed or taken away."""
        return self.count("added") + self.count("changed") + self.removed

    @property
    def refused_sheets(self) -> int:
        """Sheets, or whole files, that go back as they are."""
        return sum(map(_is_refused, self.sheets))

    @property
    def read_sheets(self) -> int:
        """Sheets that a table was read from."""
        return sum(sheet.table is not None and not _is_refused(sheet) for sheet in self.sheets)

    @property
    def problems(self) -> Groups:
        """What is refused, by rule, the most frequent first."""
        return _by_rule(self.sheets, lambda sheet: sheet.problems)

    @property
    def warnings(self) -> Groups:
        """What looks wrong and is not refused, by rule, the most frequent first."""
        return _by_rule(self.sheets, lambda sheet: sheet.warnings)

    @property
    def replaceable(self) -> list[str]:
        """The tables of the files of which a stretch can be replaced."""
        return [name for name in dict.fromkeys(sheet.table for sheet in self.sheets) if name and BY_NAME[name].owner]


def _is_refused(sheet: SheetReport) -> bool:
    return any(problem.row is None for problem in sheet.problems)


def _by_rule(sheets: Sequence[SheetReport], of: Callable[[SheetReport], list[Problem]]) -> Groups:
    by_rule: defaultdict[str, list[tuple[SheetReport, Problem]]] = defaultdict(list)
    for sheet in sheets:
        for problem in of(sheet):
            by_rule[problem.rule].append((sheet, problem))
    return sorted(by_rule.items(), key=lambda group: -len(group[1]))
