"""Whole numbers written in Chinese numerals or in a circle: 一百零五, 两, ⑩."""

import re
import unicodedata

_DIGITS = "零一二三四五六七八九"
_PLACES = {"千": 1_000, "百": 100, "十": 10}
_OTHER_SIGNS = str.maketrans("〇两", "零二")
_NUMERAL = re.compile(r"(?<![\d.])[零〇一二两三四五六七八九十百千]+")


def in_figures(text: str) -> str | None:
    """The text with half-width figures and signs (NFKC) and with figures for its numerals and a circled number.

    A 千 after a figure belongs to the unit (3千米) and stays. None where the number is not plain:
    10², ½, ①②, 一百五 (which may be 150 or 105).
    """
    odd = [sign for sign in text if sign.isnumeric() and not sign.isdecimal() and unicodedata.decomposition(sign)]
    if odd:
        (sign, *more), figures = odd, unicodedata.normalize("NFKC", odd[0])
        circled = unicodedata.decomposition(sign).startswith("<circle>") and figures.isdecimal()
        if more or not circled or any(other.isnumeric() for other in text if other != sign):
            return None
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    numbers = {numeral: _read(numeral) for numeral in _NUMERAL.findall(plain)}
    if None in numbers.values():
        return None
    return _NUMERAL.sub(lambda found: str(numbers[found[0]]), plain) if numbers else plain


def _read(numeral: str) -> int | None:
    """The number below 10,000 that a numeral means; None for what would not be written so."""
    numeral = numeral.translate(_OTHER_SIGNS)
    if numeral.startswith("十"):
        numeral = f"一{numeral}"
    number, digit = 0, 0
    for sign in numeral:
        if sign in _PLACES:
            number, digit = number + digit * _PLACES[sign], 0
        else:
            digit = _DIGITS.index(sign)
    number += digit
    return number if number < 10_000 and _written(number) == numeral else None


def _written(number: int) -> str:
    """A number below 10,000 in numerals: 105 is 一百零五, 10 is 一十."""
    text, rest, skipped = "", number, False
    for sign, place in _PLACES.items():
        digit, rest = divmod(rest, place)
        if digit:
            text += ("零" if skipped else "") + _DIGITS[digit] + sign
        skipped = bool(text) and not digit
    if rest:
        text += ("零" if skipped else "") + _DIGITS[rest]
    return text or _DIGITS[0]
