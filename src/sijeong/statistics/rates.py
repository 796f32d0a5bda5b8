"""What a share of few cases can be said to show. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping

Z = 1.959963984540054  # two-sided 95 %
LEAST = (
    30  # rated cases from which an office is ranked: below it the interval is wider than a third of the scale
)


def wilson(good: int, of: int, z: float = Z) -> tuple[float, float]:
    """The interval in which the true share lies with 95 % confidence, both ends between 0 and 1.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212.
    Raises ValueError where ``of`` is not positive or ``good`` is not among them.
    """
    if not 0 <= good <= of or of == 0:
        raise ValueError(f"{good} of {of}")
    share, square = good / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return (0.0 if good == 0 else middle - half), (1.0 if good == of else middle + half)


def median(histogram: Mapping[int, int]) -> float | None:
    """The middle value of a histogram (value → how many), the mean of the two middle ones where they are even."""
    how_many = sum(histogram.values())
    if not how_many:
        return None
    low, high = (how_many - 1) // 2, how_many // 2
    seen = 0
    found: list[int] = []
    for value in sorted(histogram):
        seen += histogram[value]
        while len(found) < 2 and seen > (low, high)[len(found)]:
            found.append(value)
    return sum(found) / 2
