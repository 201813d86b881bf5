"""In which encoding a text file is written, and that it is not another.

GB18030 takes nearly any bytes for characters, so that what it makes of a damaged UTF-8 file or of
another encoding has to be recognised by its look.
"""

import codecs
import re
import unicodedata
from pathlib import Path

from supervision.errors import FileUnreadable

SAMPLE = 1_000_000
"""How many bytes are looked at to tell a damaged file from a sound one."""

STRANGE_SHARE = 0.02
"""Above this share of unassigned or private characters a text was decoded by the wrong encoding."""

COMMON_SHARE = 0.7
"""Below this share of characters of GB 2312 a text is no Chinese: its 6,763 cover 99 % of what is written."""

DAMAGED_SHARE = 0.1
"""Below this share of undecodable characters a text is UTF-8 with damage, not another encoding."""

ONE_SIDED = 0.95
"""In UTF-16 at least this share of the zero bytes stands on one side of the pairs."""

CHUNK = 4_000_000

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GB_CHARACTER = re.compile(rb"[\x81-\xfe](?:[\x30-\x39][\x81-\xfe][\x30-\x39]|[\x40-\xfe])")
_GB_2312 = re.compile(rb"[\xa1-\xa3\xa9\xb0-\xf7][\xa1-\xfe]")


def encoding_of(path: Path, shown: str) -> str:
    """The encoding in which every byte of the file can be read, by the name of the codec that drops its mark.

    Raises FileUnreadable for damaged text, for an unknown encoding and for what is no text.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            if _first_error(path, encoding) is not None:
                raise _unknown(shown)
            return encoding
    if b"\0" in head:
        return _utf_16(path, head, shown)
    error = _first_error(path, "utf-8-sig")
    if error is None:
        return "utf-8-sig"
    wide = [character for character in head.decode("utf-8", "replace") if character > "\x7f"]
    if wide.count("\ufffd") < DAMAGED_SHARE * len(wide):
        raise FileUnreadable(f"文件“{shown}”第 {error} 行有损坏的字符；请从来源系统重新导出再导入。")
    if _first_error(path, "gb18030") is not None or not _is_chinese(head):
        raise _unknown(shown)
    return "gb18030"


def _first_error(path: Path, encoding: str) -> int | None:
    """The line of the first byte that cannot be decoded or of a zero character, None if all is text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return lines + chunk.count(b"\n", 0, error.start)
            if "\0" in text:
                return lines + text.count("\n", 0, text.index("\0"))
            lines += text.count("\n")
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return lines
    return None


def _is_chinese(text: bytes) -> bool:
    """Whether the characters are those that Chinese is written in, not what another encoding's bytes come to."""
    characters = _GB_CHARACTER.findall(text)
    common = sum(_GB_2312.fullmatch(character) is not None for character in characters)
    return common >= COMMON_SHARE * len(characters) and not _is_strange(text.decode("gb18030", "ignore"))


def _is_strange(text: str) -> bool:
    wide = [character for character in text if character > "\x7f"]
    strange = sum(unicodedata.category(character) in ("Co", "Cn", "Cc") for character in wide)
    return strange > STRANGE_SHARE * len(wide)


def _utf_16(path: Path, head: bytes, shown: str) -> str:
    """UTF-16 without a mark has a zero beside every digit, comma and line end; all on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for zeros, encoding in ((odd, "utf-16-le"), (even, "utf-16-be")):
        if zeros >= ONE_SIDED * (even + odd):
            text = head[: len(head) // 2 * 2].decode(encoding, "ignore")
            if "\0" not in text and not _is_strange(text) and _first_error(path, encoding) is None:
                return encoding
    raise FileUnreadable(f"文件“{shown}”不是文本文件；请用 Excel 打开并另存为 .xlsx 再导入。")


def _unknown(shown: str) -> FileUnreadable:
    return FileUnreadable(
        f"文件“{shown}”的文字编码既不是 UTF-8 也不是 GB18030；请用 Excel 另存为“CSV UTF-8”或 .xlsx 再导入。"
    )
