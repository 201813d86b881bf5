"""Texts that a workbook keeps once and calamine copies into every cell: how much they come to."""

import re
from collections.abc import Iterable, Iterator

from supervision.errors import FileUnreadable
from supervision.files.packages import Package

LARGEST_TEXT = 500_000_000
"""Bytes of all texts of a sheet, cell by cell; a million rows of eleven columns hold 200 million."""

_TEXT_END = re.compile(rb"</(?:\w+:)?si>")
_TEXT_CELL = re.compile(rb't="s"[^>]*><v>(\d{1,9})<')


def text_sizes(package: Package, part: str) -> list[int]:
    """The bytes of each shared text of an .xlsx, in its order."""
    sizes, begun = [], 0
    for chunk in package.chunks(part):
        first, *others = _TEXT_END.split(chunk)
        begun += len(first)
        for other in others:
            sizes.append(begun)
            begun = len(other)
    return [*sizes, begun]


def check_texts(pieces: Iterable[bytes], sizes: list[int], shown: str, sheet: str) -> Iterator[bytes]:
    """Pass on the XML of a sheet; raises FileUnreadable where its texts come to more than LARGEST_TEXT."""
    longest, total = max(sizes, default=0), 0
    for xml in pieces:
        cells = xml.count(b't="s"') + xml.count(b"t='s'")
        if cells * longest < LARGEST_TEXT // 1000:
            total += cells * longest
        else:
            found = [int(number) for number in _TEXT_CELL.findall(xml)]
            total += sum(sizes[number] for number in found if number < len(sizes))
            total += longest * (cells - len(found))
        if total > LARGEST_TEXT:
            raise too_much_text(shown, sheet)
        yield xml


def too_much_text(shown: str, sheet: str) -> FileUnreadable:
    """What is said of such a sheet."""
    return FileUnreadable(
        f"文件“{shown}”的工作表“{sheet}”里的文字超过 {LARGEST_TEXT // 10**6} MB，大得读不了；"
        "请删去其中不是表格的内容，或分成几个文件再导入。"
    )
