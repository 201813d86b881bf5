"""One cell to one number: amounts, counts, lengths of time and distances, and why not where it is none."""

import re
from decimal import Decimal
from fractions import Fraction

from supervision.intake.context import SCIENTIFIC, Context, Unclear, spoilt
from supervision.intake.quantities import BASE_UNITS, ESTIMATED, FACTORS, is_about, is_bounded, read_quantity, rounded
from supervision.tables import Kind

DECIMALS: dict[Kind, int] = {"minutes": 2, "km": 3}
"""Decimals that the warehouse keeps, so that a value read again is the value stored."""

LARGEST: dict[Kind, int] = {
    "integer": 10**15,
    "count": 10**15,
    "decimal": 10**15,
    "money": 10**13,
    "minutes": 10**9,
    "km": 10**8,
}
"""From here on a number is refused: no column means so much, and the warehouse could not keep it."""


def read_decimal(value: object, context: Context) -> float:
    """A number; 60% is 0.6. Raises Unclear."""
    return float(_quantity(value, context, "不是数；请只写数字，如 3.5。"))


def read_measure(value: object, context: Context) -> float:
    """Minutes or kilometres, with the decimals that are kept. Raises Unclear."""
    kind = context.column.kind
    units = "、".join(FACTORS[kind])
    found = _quantity(value, context, f"读不出多少{BASE_UNITS[kind]}；请只写数字，或写明单位（{units}）。")
    return float(rounded(found, DECIMALS[kind]))


def read_money(value: object, context: Context) -> Decimal:
    """Yuan to the cent. Raises Unclear."""
    return rounded(_quantity(value, context, "不是金额；请只写数字，或写明单位，如 20000、2万元。"), 2)


def read_integer(value: object, context: Context) -> int:
    """A whole number of 0 and more. Raises Unclear."""
    found = _quantity(value, context, "不是数；请只写数字，如 3，没有就写 0 或空着。")
    if found.denominator != 1:
        raise Unclear("不是整数", "不是整数；请写整数，如 3。")
    return int(found)


def _quantity(value: object, context: Context, advice: str) -> Fraction:
    kind = context.column.kind
    if isinstance(value, str) and re.fullmatch(SCIENTIFIC, value.strip()):
        raise spoilt()
    found = read_quantity(value, kind, context.unit)
    if found is None:
        raise _no_number(value, kind, advice)
    if found < 0 and kind != "decimal":
        raise Unclear("不能为负", "不能小于 0；请核对后改正。")
    if abs(found) >= LARGEST[kind]:
        raise Unclear("数值过大", "数值过大；请核对数字和单位。")
    return found


def _no_number(value: object, kind: Kind, advice: str) -> Unclear:
    if is_bounded(value) or (kind not in ESTIMATED and is_about(value)):
        return Unclear("不是确数", "不是确切的数；请写确切的数，如 3。")
    if kind == "km" and isinstance(value, str) and re.fullmatch(r".*\d\s*里", value.strip()):
        return Unclear("单位不明", "“里”可以是华里也可以是公里；请写公里或米。")
    return Unclear("不是数", advice)
