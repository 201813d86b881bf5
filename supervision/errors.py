"""What can go wrong, said so that the reader knows what to do.

Every error that may reach a person derives from `SupervisionError` and carries a Chinese
sentence. Lower layers wrap library errors at their boundary with `raise … from error`.
"""

from dataclasses import dataclass


class SupervisionError(Exception):
    """Base of all errors that a user may see; `str(error)` is the Chinese sentence."""


class FileUnreadable(SupervisionError):
    """A file cannot be opened as a workbook or as text."""


class FileUnwritable(SupervisionError):
    """A workbook cannot be written to where it shall go."""


class NothingToImport(SupervisionError):
    """None of the given files holds a table that is known."""


class MemoryUnreadable(SupervisionError):
    """The file that keeps what people settled about sheets is damaged."""


class MinutesUnreadable(SupervisionError):
    """The file that keeps what the meetings decided is damaged."""


class PromiseUnfit(SupervisionError):
    """What a meeting decides lacks something, or may no longer be changed."""


class ReplacementUnfit(SupervisionError):
    """A file holds other rows than those of the stretch that it shall replace."""


class RulesUnusable(SupervisionError):
    """A mart cannot be computed, because a rule of the policy is written in a way that none can read."""


class WarehouseBusy(SupervisionError):
    """Another import holds the writer's lock."""


class StagedOutdated(SupervisionError):
    """A checked import can no longer be published, because the data has moved on."""


class SnapshotMissing(SupervisionError):
    """A snapshot is asked for that the warehouse does not hold, or that is damaged."""


class QueryRefused(SupervisionError):
    """A query is unknown, lacks a parameter, or may not be read by who asks."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one cell (or one row, or one sheet) of an imported table.

    `row` is counted as Excel shows it, from 1; None when the whole sheet is meant.
    `rule` is a short stable name by which problems are grouped; `message` says in Chinese
    what is wrong and what to do.
    """

    row: int | None
    column: str
    value: str
    rule: str
    message: str

    def as_dict(self) -> dict[str, object]:
        """The problem as `import --json` prints it."""
        return dict(vars(self))
