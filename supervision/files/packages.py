"""Zip files from strangers: workbooks are such packages of parts, archives of files.

What a zip file says of its own sizes is not trusted: a few kilobytes can unfold to gigabytes.
"""

import copy
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from supervision.errors import FileUnreadable

LARGEST_UNPACKED = 1_500_000_000
"""Bytes that all parts may have together; a million rows of eleven columns are 500 million in an .xlsx."""

BOMB_RATIO, BOMB_SIZE = 200, 20_000_000
"""A part of this size that shrank by more than this ratio was made to fill the memory; tables shrink 5 to 40 times."""

MOST_PARTS = 10_000

LARGEST_SMALL_PART = 20_000_000
"""Bytes of a part that is read as a whole, such as the list of sheets."""

CHUNK = 4_000_000


class Package:
    """A zip file whose parts are read within limits; a context manager.

    Raises FileUnreadable, naming the file as `shown`, where a limit is passed or a password needed,
    zipfile.BadZipFile and others where it is damaged.
    """

    def __init__(self, path: Path, shown: str) -> None:
        """Open it and look at what it declares."""
        self.shown = shown
        self._zip = zipfile.ZipFile(path)
        try:
            self._check_declared()
        except FileUnreadable:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> set[str]:
        """The names of all parts."""
        return set(self._zip.namelist())

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """The parts that are files, in their order."""
        return [member for member in self._zip.infolist() if not member.is_dir()]

    def chunks(self, part: str | zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; raises zipfile.BadZipFile if there are more than declared."""
        declared = self._zip.getinfo(part) if isinstance(part, str) else part
        probe = copy.copy(declared)
        probe.file_size += 1  # else whatever unfolds beyond the declared size would be passed over in silence
        size = 0
        with self._zip.open(probe) as opened:
            while chunk := opened.read(CHUNK):
                size += len(chunk)
                if size > declared.file_size:
                    raise zipfile.BadZipFile(f"{declared.filename} holds more than it declares")
                yield chunk
        if size < declared.file_size:
            raise zipfile.BadZipFile(f"{declared.filename} holds less than it declares")

    def read(self, part: str) -> bytes:
        """A small part as a whole."""
        if self._zip.getinfo(part).file_size > LARGEST_SMALL_PART:
            raise self._too_large()
        return b"".join(self.chunks(part))

    def verify(self, done: set[str]) -> None:
        """Unfold every part that is not in `done`, so that no later reader meets more than was declared."""
        for member in self.members:
            if member.filename not in done:
                for _ in self.chunks(member):
                    pass

    def _check_declared(self) -> None:
        members = self._zip.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise FileUnreadable(f"文件“{self.shown}”有打开密码；请去掉密码再导入。")
        if len(members) > MOST_PARTS:
            raise FileUnreadable(
                f"文件“{self.shown}”里有 {len(members)} 个部分，超过 {MOST_PARTS} 个，不像正常的文件；"
                "请核对来源后重新导出。"
            )
        bomb = any(
            member.file_size > BOMB_SIZE and member.file_size > BOMB_RATIO * max(member.compress_size, 1)
            for member in members
        )
        if bomb or sum(member.file_size for member in members) > LARGEST_UNPACKED:
            raise self._too_large()

    def _too_large(self) -> FileUnreadable:
        return FileUnreadable(
            f"文件“{self.shown}”解压后大得读不了（上限 {LARGEST_UNPACKED // 10**6} MB，或压缩比超过 {BOMB_RATIO} 倍）；"
            "请核对来源，分成几个文件再导入。"
        )
