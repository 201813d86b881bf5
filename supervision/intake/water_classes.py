"""Classes of water (水质类别, GB 3838-2002) in the one form that is kept: Ⅰ, Ⅱ, Ⅲ, Ⅳ, Ⅴ or 劣Ⅴ."""

import re
import unicodedata

from supervision.intake.context import Context, Unclear
from supervision.intake.numerals import in_figures
from supervision.tables import WATER_CLASSES

_BEYOND = WATER_CLASSES[-1]
_ROMAN = dict(zip(("I", "II", "III", "IV", "V"), WATER_CLASSES, strict=False))
_ARABIC = dict(zip("12345", WATER_CLASSES, strict=False))
_SURROUND = re.compile(r"(?:地表水)?(?P<beyond>劣于?)?(?P<sign>[IV]+|\d(?:\.0+)?)(?:类(?:水质|水体|水)?)?")
_STATES = re.compile(r"干|枯|断流|无水|冻|冰|停|未.?[测采]|没测|缺测")
_SEVERAL = re.compile(r"[~～\-—–至到、/,，或]|优于|好于|以上|以下|以内|[≤≥<>]")
_ADVICE = f"请写其中之一：{'、'.join(WATER_CLASSES)}。"


def read_water_class(value: object, _: Context) -> str:
    """The class that a cell means: Ⅲ, III, Ⅲ类, 3, 3类 and 三类 are Ⅲ, 劣Ⅴ and 劣5类 are 劣Ⅴ; raises Unclear.

    A range, a bound and a word for a point that has no water are refused, each with what to write instead.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value)))
    found = _SURROUND.fullmatch((in_figures(text) or text).upper())
    if found:
        sign = found["sign"].split(".")[0]
        named = _ROMAN.get(sign) or _ARABIC.get(sign)
        if named and not found["beyond"]:
            return named
        if named == WATER_CLASSES[-2]:
            return _BEYOND
    if _STATES.search(text):
        raise Unclear("不是水质类别", "是断面的状态，不是类别；请写到「状态」一列，这一格空着。")
    if _SEVERAL.search(text):
        raise Unclear("水质类别不唯一", f"不是一个确定的类别，判不了是否达标；{_ADVICE}")
    raise Unclear("不是水质类别", f"不是水质类别；{_ADVICE}")
