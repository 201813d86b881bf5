"""Text that Office files can hold: what strangers typed, without what no one can see and XML mostly forbids."""

import re

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r]+")
"""Tabs, line ends, and what Office writes for a line and a page break."""


def legible(text: str) -> str:
    """The text without control characters and halves of characters; tabs and line ends stay."""
    return _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """The legible text as one line: tabs and breaks of lines and pages become a space."""
    return legible(_BREAKS.sub(" ", text))
