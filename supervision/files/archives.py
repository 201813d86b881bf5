"""Paths to sources: a file is one source, a .zip as many as there are files in it.

What is in an archive comes from strangers: only base names are used, each file is unfolded in a
folder of its own, and the folder is gone when the reading is over.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from supervision.errors import FileUnreadable
from supervision.files.file_kinds import SUFFIXES, damaged, kind_of
from supervision.files.packages import Package
from supervision.files.reading import INSIDE

MOST_MEMBERS = 500

LONGEST_NAME = 80
"""Longer names are cut from the front, so that every file system takes them."""

LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")

UTF_8_NAME = 0x800
"""The flag of a member whose name is in UTF-8."""


@dataclass(frozen=True)
class Source:
    """A file to be read: where it lies, what messages call it, or why it cannot be read.

    `is_beside` says that it lies in an archive and does not claim to hold a table.
    """

    path: Path
    shown: str
    refusal: str = ""
    is_beside: bool = False


@contextmanager
def opened(path: Path) -> Iterator[list[Source]]:
    """The sources that a path stands for, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="supervision-") as folder:
        try:
            is_archive = path.is_file() and kind_of(path, path.name) == "zip"
        except (FileUnreadable, OSError):
            is_archive = False  # whoever reads it says what is wrong
        try:
            sources = _unfolded(path, Path(folder)) if is_archive else [Source(path, path.name)]
        except FileUnreadable as error:
            sources = [Source(path, path.name, str(error))]
        yield sources


def _unfolded(path: Path, folder: Path) -> list[Source]:
    with Package(path, path.name) as package:
        members = [(member, _name(member)) for member in package.members]
        wanted = [(member, name) for member, name in members if not _is_litter(name)]
        if not wanted:
            raise FileUnreadable(f"压缩包“{path.name}”里没有文件；请确认压缩时选对了文件。")
        if len(wanted) > MOST_MEMBERS:
            raise FileUnreadable(
                f"压缩包“{path.name}”里有 {len(wanted)} 个文件，一次最多读 {MOST_MEMBERS} 个；请分成几个压缩包再导入。"
            )
        return [
            _source(package, member, folder / str(number), PurePosixPath(name).name)
            for number, (member, name) in enumerate(wanted)
        ]


def _source(package: Package, member: zipfile.ZipInfo, folder: Path, name: str) -> Source:
    """A member written to a folder of its own; what is wrong with one keeps no other from being read."""
    shown = f"{package.shown}{INSIDE}{name}"
    path = folder / (name[-LONGEST_NAME:].strip(" .") or "未命名")
    is_beside = Path(name).suffix.lower() not in SUFFIXES
    folder.mkdir()
    try:
        with path.open("wb") as file:
            for chunk in package.chunks(member):
                file.write(chunk)
        if kind_of(path, shown) == "zip":
            return Source(path, shown, f"压缩包“{shown}”在另一个压缩包里，没有打开；请解压后直接导入其中的表格。")
    except FileUnreadable as error:
        return Source(path, shown, str(error), is_beside)
    except Exception:  # zip, zlib and struct each have their own errors for damaged bytes
        return Source(path, shown, str(damaged(shown)))
    return Source(path, shown, is_beside=is_beside)


def _name(member: zipfile.ZipInfo) -> str:
    """A member's path as it was meant: Windows writes Chinese in GBK and does not say so."""
    name = member.filename
    if not member.flag_bits & UTF_8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return "".join(character for character in name.replace("\\", "/") if character.isprintable())


def _is_litter(name: str) -> bool:
    """What macOS, Windows and Excel leave beside the files."""
    parts = PurePosixPath(name).parts
    last = parts[-1] if parts else ""
    return "__MACOSX" in parts or last.startswith(("~$", "._", ".~")) or last in LITTER
