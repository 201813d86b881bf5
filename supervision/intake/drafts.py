"""A sheet under examination, and what came of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from supervision.errors import Problem
from supervision.intake.layout import Layout
from supervision.intake.values import Failure


@dataclass
class CheckedSheet:
    """What came of one sheet.

    `frame` holds the accepted rows: the table's columns that the sheet has, by their warehouse
    names, and source_row. `refused` holds the other rows as sent, indexed by row number, with columns
    0, 1, 2 … as in the sheet and `reasons`. `headings` are the sender's, by those columns, and
    `header_row` is the last row of their header; both are also there for a sheet in doubt, if it has what
    looks like a header. `top` holds the sheet's rows down to the header as sent, `merged` their merged
    ranges and `since_1904` its calendar (see `reading.Sheet`). `layout` says how the sheet was read, None
    if it was not. `refused_values` holds of the refused rows what could be read, as in `frame`, and `rule`,
    the first that each broke.
    `skipped` counts totals, notes, repeated headers and repeated rows. `table` is None for a sheet
    that holds none; `problems` with row None concern the whole sheet; `warnings` have the same form and
    refuse nothing; `notes` say what was assumed.

    For somebody to say what a sheet in doubt is: `signature` marks sheets of its kind, `candidates` are
    the tables that fit, best first, `sample` the first rows under the header as text. `by_choice`: what
    was once said of its kind was followed.
    """

    file: str
    sheet: str
    table: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    file_hash: str = ""
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    refused: pd.DataFrame = field(default_factory=pd.DataFrame)
    refused_values: pd.DataFrame = field(default_factory=pd.DataFrame)
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    top: pd.DataFrame = field(default_factory=pd.DataFrame)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    layout: Layout | None = None
    signature: str = ""
    candidates: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    by_choice: bool = False
    since_1904: bool = False

    @property
    def place(self) -> str:
        """The sheet as a message names it."""
        return f"《{self.file}》工作表“{self.sheet}”"


@dataclass(eq=False)
class Draft:
    """A sheet under examination: every data row, before those with problems are parted off."""

    checked: CheckedSheet
    layout: Layout
    raw: pd.DataFrame
    frame: pd.DataFrame

    def is_sound(self) -> pd.Series:
        """For each row of the frame whether nothing was found wrong with it."""
        wrong = {problem.row for problem in self.checked.problems}
        return pd.Series(~self.frame.index.isin(list(wrong)), index=self.frame.index)

    def refuse(self, column: str, failures: Sequence[Failure]) -> None:
        """Put failures of a column (by its warehouse name) to the sheet's problems."""
        heading = self.layout.heading(column)
        self.checked.problems += [Problem(f.row, heading, f.value, f.rule, f.message) for f in failures]

    def warn(self, column: str, failures: Sequence[Failure]) -> None:
        """Put what looks wrong in a column but refuses nothing to the sheet's warnings."""
        heading = self.layout.heading(column)
        self.checked.warnings += [Problem(f.row, heading, f.value, f.rule, f.message) for f in failures]

    def part(self) -> None:
        """Part the rows with problems from the accepted ones."""
        reasons: dict[int, list[str]] = defaultdict(list)
        rules: dict[int, str] = {}
        self.checked.problems.sort(key=lambda problem: problem.row or 0)
        for problem in self.checked.problems:
            if problem.row is not None:
                reasons[problem.row].append(problem.message)
                rules.setdefault(problem.row, problem.rule)
        refused = self.raw.loc[list(reasons)]
        self.checked.refused = refused.assign(reasons=["\n".join(texts) for texts in reasons.values()])
        self.checked.refused_values = self.frame.loc[list(rules)].assign(rule=list(rules.values()))
        self.checked.frame = self.frame.drop(index=list(reasons))
