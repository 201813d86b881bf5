"""Choices that somebody made for a sheet that could not be told, remembered for the next one of its kind."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from supervision.intake.headers import REASON, plain
from supervision.tables import BY_NAME

SIGNATURE_LENGTH = 16


@dataclass(frozen=True)
class Choice:
    """Which table a sheet is, and for each warehouse column its position among the headings, from 0."""

    table: str
    columns: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The choice as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """The choice that `as_dict` gave."""
        return cls(str(record["table"]), {str(name): int(place) for name, place in record["columns"].items()})

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether its table exists and each of its columns stands in a place among the headings."""
        table = BY_NAME.get(self.table)
        if table is None or not self.columns:
            return False
        known = {column.name for column in table.columns}
        return known.issuperset(self.columns) and all(0 <= place < len(headings) for place in self.columns.values())


def signature(headings: Sequence[str]) -> str:
    """What marks sheets of one kind: a short hash of the headings in their order.

    Width of characters, space and marks like * do not matter, nor do empty headings at the end. 退回原因
    counts as empty, so that a sheet sent back and corrected is of the same kind.
    """
    texts = [plain(heading) for heading in headings]
    texts = ["" if text == REASON else text for text in texts]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:SIGNATURE_LENGTH]
