"""Which documents there are, how each is made, and how it goes out: the one list for the command line and for 导出."""

import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from supervision.answers import Answers
from supervision.documents.bulletin import bulletin
from supervision.documents.deck import weekly_deck
from supervision.documents.ledger import ledger
from supervision.documents.notices import Notice, enforcement_notices, overdue_notices
from supervision.errors import FileUnwritable
from supervision.meeting.agenda import agenda
from supervision.meeting.minutes import Minutes
from supervision.meeting.pinned import Meeting, usual_day
from supervision.periods import Period

ZIP, DOCX = ".zip", ".docx"
MIME = {
    ZIP: "application/zip",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""When the files in an archive were made, as far as it says: the same notices give the same archive."""


@dataclass(frozen=True)
class File:
    """A file that goes out."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Document:
    """A kind of document: `title` is what it is called where it is offered, with `stem` the names of its files begin.

    `files` makes them; a kind of several files, such as notices, is offered as one archive (`suffix` .zip), and
    `nothing` is what is said when there is none to make.
    """

    title: str
    stem: str
    suffix: str
    files: Callable[[Answers, Minutes], list[File]]
    nothing: str = ""

    def why_none(self, answers: Answers) -> str:
        """Why there is none to make: that the period holds no data goes before `nothing`."""
        return self.nothing if answers.holds_data else f"统计期没有数据，不作{self.title}。"

    def name(self, period: Period) -> str:
        """The name of the file that a page offers: 台账_2017-10-29.xlsx."""
        return f"{self.stem}_{period.end}{self.suffix}"

    def whole(self, answers: Answers, minutes: Minutes) -> bytes:
        """The file that a page offers."""
        files = self.files(answers, minutes)
        return packed(files, self.why_none(answers)) if self.suffix == ZIP else files[0].content

    @property
    def mime(self) -> str:
        """The type under which a browser takes the file that a page offers."""
        return MIME[self.suffix]


def one(title: str, stem: str, suffix: str, make: Callable[[Answers, Minutes], bytes]) -> Document:
    """A kind of document of which a period has one."""
    return Document(
        title,
        stem,
        suffix,
        lambda answers, minutes: [File(f"{stem}_{answers.period.end}{suffix}", make(answers, minutes))],
    )


def each(title: str, make: Callable[[Answers], Sequence[Notice]], nothing: str) -> Document:
    """A kind of notice, one to each unit that it concerns."""
    return Document(
        title,
        title,
        ZIP,
        lambda answers, minutes: [named(notice, title, answers.period) for notice in make(answers)],
        nothing,
    )


def deck_of(meeting: Meeting, answers: Answers, minutes: Minutes) -> bytes:
    """The deck (.pptx) of a meeting that was held, as it stood then; `answers` are those of what it is pinned to."""
    promises = minutes.promises(on=meeting.held_on, meeting=meeting)
    return weekly_deck(answers, agenda(answers, promises, meeting.held_on, meeting.focus), meeting.held_on)


def _weekly(answers: Answers, minutes: Minutes) -> bytes:
    held_on = _judged_on(answers)
    return weekly_deck(answers, agenda(answers, minutes.promises(on=held_on), held_on, None), held_on)


def _ledger(answers: Answers, minutes: Minutes) -> bytes:
    return ledger(answers, minutes.promises(on=_judged_on(answers)))


def _judged_on(answers: Answers) -> date:
    """The day of the usual meeting; while the period runs on, the day that the data reaches."""
    return usual_day(answers.period) if answers.as_of == answers.period.end else answers.as_of


OVERDUE = each("督办单", overdue_notices, "没有逾期未整改的问题，不用督办。")
ENFORCEMENT = each("督促整改通知", enforcement_notices, "没有部门触及执法限值，或没有部门报送执法情况，不用督促。")
DOCUMENTS: dict[str, Document] = {
    "weekly": one("周例会 PPT", "周例会", ".pptx", _weekly),
    "bulletin": one("通报", "通报", DOCX, lambda answers, minutes: bulletin(answers)),
    "overdue": OVERDUE,
    "enforcement": ENFORCEMENT,
    "ledger": one("台账 Excel", "台账", ".xlsx", _ledger),
}
"""What a page offers under 导出, in order."""
REPORTS: dict[str, tuple[str, ...]] = {
    "weekly": ("weekly",),
    "bulletin": ("bulletin",),
    "notices": ("overdue", "enforcement"),
    "ledger": ("ledger",),
}
"""What `report` on the command line calls them."""


def named(notice: Notice, stem: str, period: Period) -> File:
    """A notice under a name that tells its period, so that next week's does not take its place."""
    return File(f"{stem}_{period.end}_{notice.file_name.removeprefix(f'{stem}_')}", notice.content)


def packed(files: Sequence[File], nothing: str) -> bytes:
    """An archive (.zip) of the files; without any a text in it says that there is nothing."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files or [File("说明.txt", nothing.encode("utf-8-sig"))]:
            archive.writestr(zipfile.ZipInfo(file.name, LONG_AGO), file.content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def write(files: Sequence[File], folder: Path) -> list[Path]:
    """Write the files into a folder, which is made if it is missing; each whole or not at all.

    FileUnwritable if one cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnwritable(f"建不了文件夹“{folder}”；请核对位置，或另指一个文件夹。") from error
    return [_written(file, folder / file.name) for file in files]


def _written(file: File, path: Path) -> Path:
    part = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as target:
            part = Path(target.name)
            target.write(file.content)
        part.chmod(0o644)
        os.replace(part, path)
    except OSError as error:
        if part:
            part.unlink(missing_ok=True)
        raise FileUnwritable(f"写不了文件“{path}”；请确认文件夹能写入，而且这个文件没有打开着。") from error
    return path
