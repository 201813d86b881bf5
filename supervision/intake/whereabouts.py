"""In which town the rows of a sheet are, as far as the sheet says: by it chiefs of one name are told apart."""

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from supervision.intake.cells import EMPTY_WORDS, shown
from supervision.intake.drafts import Draft
from supervision.intake.headers import plain
from supervision.intake.names import Directory
from supervision.tables import TOWN

_TOWN_HEADINGS = frozenset(map(plain, TOWN.headings))


class Whereabouts:
    """The towns that a sheet names for its rows: by a row's section, by a column of towns, by title or name.

    The column of towns may be one that the table does not have (a patrol's 所属镇乡).
    """

    def __init__(self, draft: Draft, directory: Directory) -> None:
        """Look at the columns of the draft that are resolved already."""
        self._draft = draft
        self._directory = directory
        self.sources: set[str] = set()

    def towns(self, rows: pd.Index) -> list[dict[str, str]]:
        """For each row the town code by each source that names one."""
        found: list[dict[str, str]] = [{} for _ in rows]
        for source, towns in self._by_row.items():
            for named, town in zip(found, towns.loc[rows], strict=True):
                if isinstance(town, str):
                    named[source] = town
        if self._of_sheet is not None:
            for named in found:
                named["标题、表名或文件名"] = self._of_sheet
        return found

    def told_apart(self, sources: Iterable[str]) -> None:
        """Take notice of the sources by which names were told apart."""
        self.sources.update(sources)

    @cached_property
    def _by_row(self) -> dict[str, pd.Series]:
        """Town codes by source, each indexed as the draft."""
        layout, frame = self._draft.layout, self._draft.frame
        towns: dict[str, pd.Series] = {}
        if "section" in frame.columns:
            distinct = frame["section"].dropna().unique()
            of_section = {section: self._directory.fact("sections", section, "town") for section in distinct}
            towns[f"「{layout.heading('section')}」"] = frame["section"].astype("object").map(of_section)
        if "town" in frame.columns:
            towns[f"「{layout.heading('town')}」"] = frame["town"].astype("object")
        used = set(layout.columns.values())
        for place, heading in enumerate(layout.headings):
            if place not in used and plain(heading) in _TOWN_HEADINGS:
                towns[f"「{heading}」"] = (
                    self._draft.raw[place].astype("object").map(self._town_of_cell, na_action="ignore")
                )
        return towns

    def _town_of_cell(self, cell: object) -> str | None:
        text = shown(cell).strip()
        return None if text in EMPTY_WORDS else self._directory.key("towns", text)

    @cached_property
    def _of_sheet(self) -> str | None:
        checked = self._draft.checked
        above = [shown(cell) for cell in checked.top.to_numpy().ravel() if not pd.isna(cell)]
        return self._directory.town_named_in(" ".join([*above, checked.sheet, checked.file]))
