"""What an import did, or would do, sheet by sheet."""

from dataclasses import dataclass, field
from datetime import date

from supervision.building import Change
from supervision.effects import Effects
from supervision.errors import Problem
from supervision.intake.drafts import CheckedSheet
from supervision.warehouse import Snapshot


@dataclass(frozen=True)
class Reading:
    """How a sheet was read, so that somebody may correct it: see `CheckedSheet` for the meaning of each.

    `columns` maps a warehouse column to the position of its heading.
    """

    signature: str
    headings: tuple[str, ...]
    columns: dict[str, int]
    candidates: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    by_choice: bool


@dataclass
class SheetReport:
    """What became of one sheet; the counts are rows.

    `changes` are cells of stored rows that get another value, `seen_in` is the batch that brought the very same
    file before, `reading` says how it was read, `span` holds the first and the last day of the accepted rows.
    """

    file: str
    sheet: str
    table: str | None
    header_row: int | None
    encoding: str | None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    seen_in: int | None = None
    reading: Reading | None = None
    span: tuple[date, date] | None = None

    def as_dict(self) -> dict[str, object]:
        """The sheet as `import --json` prints it."""
        record = vars(self) | {
            "problems": [problem.as_dict() for problem in self.problems],
            "warnings": [problem.as_dict() for problem in self.warnings],
            "changes": [vars(change) for change in self.changes],
        }
        return {name: value for name, value in record.items() if name not in ("reading", "span")}


@dataclass
class ImportReport:
    """What an import did, or would do.

    `snapshot` is its id, or None when nothing went in. A check has `staged`, what can be published as it is, and
    `effects` on the ranking and the overdue list, both None where nothing would change. `removed` counts the rows
    that a replacement takes away.
    """

    snapshot: str | None
    sheets: list[SheetReport]
    checked: list[CheckedSheet]
    removed: int = 0
    staged: Snapshot | None = None
    effects: Effects | None = None

    @property
    def refused(self) -> int:
        """Rows refused in all sheets, and one for each sheet or file that could not be read at all."""
        unreadable = sum(any(problem.row is None for problem in sheet.problems) for sheet in self.sheets)
        return sum(sheet.refused for sheet in self.sheets) + unreadable

    @property
    def news(self) -> int:
        """Rows that are new, changed or taken away."""
        return self.removed + sum(sheet.added + sheet.changed for sheet in self.sheets)

    def as_dict(self) -> dict[str, object]:
        """The report as `import --json` prints it."""
        return {"snapshot": self.snapshot, "sheets": [sheet.as_dict() for sheet in self.sheets]}
