"""Rates in running text beside the figures that give them: 341,200천원 중 43,544천원(12.8%), 12,000명 → 15,600명(30% 증가)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sijeong.reports.checks import verdicts
from sijeong.reports.checks.verdicts import Verdict
from sijeong.reports.facts.values import SCALES, Value, cell_value
from sijeong.reports.reading.documents import Place

_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_FIGURE = rf"\d[\d,]*(?:\.\d+)?\s?(?:{_SCALE})?\s?[가-힣㎡]{{0,2}}"
_RATE = r"(\d{1,3}(?:\.\d+)?)\s?%(?!p|P|포)"
_MOVE = r"(?:증가|감소|상승|하락|증|감|↑|↓|확대|축소|절감)"
_LOOSE = re.compile(r"약|여\s|이상|내외|정도|이하")
_SHARE = re.compile(rf"({_FIGURE})\s?중\s?(?:[가-힣]{{1,6}}\s)?({_FIGURE})\s?\(\s?{_RATE}\s?\)")
_CHANGE = re.compile(
    rf"({_FIGURE})\s?(?:→|⇒)\s?(?:['’‘′]\d\d년?\s)?({_FIGURE})\s?\(\s?{_RATE}\s?{_MOVE}\s?\)"
)
_SPENT = re.compile(
    rf"예산(?:현액|액)?\s?[:：]?\s?({_FIGURE})\s?[,/(·]\s?집행액?\s?[:：]?\s?({_FIGURE})\s?[,/(·]?\s?(?:집행률)?\s?[:：]?\s?{_RATE}"
)
_DONE = re.compile(rf"({_FIGURE})\s?접수\s?,\s?({_FIGURE})\s?(?:처리|완료)\s?\(\s?(?:처리율\s?)?{_RATE}\s?\)")
_BEFORE = re.compile(rf"{_RATE}\s?{_MOVE}\s?\(\s?({_FIGURE})\s?(?:→|⇒)\s?({_FIGURE})\s?\)")


def check_shares(text: str, place: Place) -> Iterator[Verdict | None]:
    """For each rate that two figures beside it determine its verdict, None where it agrees."""
    if "%" not in text:
        return
    for pattern in (_SHARE, _SPENT, _DONE):
        for match in pattern.finditer(text):
            base, top, rate = match.groups()
            yield from _judged(match[0], (top, base, rate), False, place)
    for match in _CHANGE.finditer(text):
        base, top, rate = match.groups()
        yield from _judged(match[0], (top, base, rate), True, place)
    for match in _BEFORE.finditer(text):
        rate, base, top = match.groups()
        yield from _judged(match[0], (top, base, rate), True, place)


def _judged(said: str, figures: tuple[str, str, str], change: bool, place: Place) -> Iterator[Verdict | None]:
    top, base, rate = figures
    a, b = cell_value(top), cell_value(base)
    if _LOOSE.search(said) or not (a.numeric and b.numeric) or a.unit != b.unit or b.amount <= 0:
        return
    low, high = _bounds(a, b, change)
    stated = Decimal(rate)
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    if low - step <= stated <= high + step:
        yield None
        return
    computed = ((low + high) / 2).quantize(step / 10)
    formula = f"({top} − {base}) ÷ {base}" if change else f"{top} ÷ {base}"
    yield Verdict(verdicts.ERROR, place, f"{rate}%", f"{computed}%", formula, cells=[place])


def _bounds(a: Value, b: Value, change: bool) -> tuple[Decimal, Decimal]:
    """Lowest and highest percentage that figures so printed can give; of a change without its sign."""
    corners = [
        abs(100 * (x - y) / y) if change else 100 * x / y for x in _range(a) for y in _range(b) if y > 0
    ]
    return min(corners), max(corners)


def _range(value: Value) -> tuple[Decimal, Decimal]:
    """What a printed figure stands for: money in 백만원 is rounded, what is counted is not."""
    blur = Decimal(0) if value.step == 1 else value.step / 2
    return value.amount - blur, value.amount + blur
