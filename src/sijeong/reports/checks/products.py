"""Amounts worked out in a table of their own columns: 단가 × 수량 × 횟수 = 금액, whatever the units."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from math import prod

from sijeong.reports.checks import verdicts
from sijeong.reports.checks.matrix import Layer
from sijeong.reports.checks.verdicts import Verdict

_PRICE = re.compile(r"단가|단위\s?비용|지급액|지원액")
_TIMES = re.compile(r"수량|횟수|회수|일수|월수|인원|물량|개월|^회$|^명$|대수|시간")
_AMOUNT = re.compile(r"금액|소요액|소요예산|사업비|예산액|^계$|합계|총액")


def check_products(layer: Layer) -> tuple[list[Verdict], int]:
    """Verdicts on the amounts, and how many were tried; nothing unless most rows show that they are
    products.
    """
    labels = {c: path[-1] for c in layer.grid.figures if (path := layer.grid.column_path(c))}
    if not _PRICE.search(" ".join(labels.values())):
        return [], 0
    prices = [c for c, label in labels.items() if _PRICE.search(label)]
    times = [c for c, label in labels.items() if _TIMES.search(label) and c not in prices]
    amounts = [c for c, label in labels.items() if _AMOUNT.search(label) and c not in prices + times]
    if len(prices) != 1 or len(amounts) != 1 or not times:
        return [], 0
    rows = _rows(layer, [*prices, *times], amounts[0])
    powers = Counter(power for *_, power in rows if power is not None)
    if not powers:
        return [], 0
    power, held = powers.most_common(1)[0]
    failed = [row for row in rows if row[-1] != power]
    if held < 2 or len(failed) > held:
        return [], 0
    return [_verdict(layer, row, amounts[0], factors, power) for row, factors, _, _ in failed], len(rows)


def _rows(layer: Layer, factors: list[int], amount: int) -> list[tuple[int, list[int], int, int | None]]:
    """Each row with its factors, its amount, and the power of ten between their product and the amount."""
    found = []
    for row in layer.grid.body:
        squares = [(row, c) for c in factors]
        total = layer.numbers.get((row, amount))
        if total and all(layer.numbers.get(square) for square in squares):
            numbers = [layer.numbers[square] for square in squares]
            found.append((row, numbers, total, _power(prod(numbers), total)))
    return found


def _power(product: int, total: int) -> int | None:
    for power in range(-12, 13):
        if Decimal(product).scaleb(power) == total:
            return power
    return None


def _verdict(layer: Layer, row: int, amount: int, factors: list[int], power: int) -> Verdict:
    place = layer.grid.where(row, amount)
    wanted = Decimal(prod(factors)).scaleb(power)
    stated = layer.numbers[row, amount]
    near = abs(wanted - stated) <= 1
    return Verdict(
        verdicts.ROUNDING if near else verdicts.ERROR,
        place,
        layer.shown(stated),
        layer.shown(int(wanted)) if wanted == int(wanted) else f"{wanted:,}",
        " × ".join(layer.shown(factor) for factor in factors),
        cells=[place],
    )
