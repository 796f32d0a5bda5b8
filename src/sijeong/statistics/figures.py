"""Counts as the figures of a line: what came of the cases of a division, a type, a time. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .rates import LEAST, median, wilson


@dataclass(frozen=True)
class Figures:
    """The figures of one line, as of a day.

    ``received`` = ``on_time`` + ``late`` + ``open`` + ``told`` + ``ended``; ``overdue`` are those of ``open`` whose
    term has passed. Rated are the cases of which it is known whether the term was kept: ``on_time``, ``late``, ``overdue``.
    """

    received: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    told: int = 0
    ended: int = 0
    extended: int = 0
    overdue: int = 0
    days: dict[int, int] = field(default_factory=dict)
    outcomes: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def rated(self) -> int:
        return self.on_time + self.late + self.overdue

    @property
    def rate(self) -> float | None:
        """Share of rated cases delivered within their term."""
        return self.on_time / self.rated if self.rated else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.on_time, self.rated) if self.rated else None

    @property
    def other(self) -> int:
        """Neither delivered here nor waiting."""
        return self.ended + self.told

    @property
    def percent(self) -> float | None:
        """The rate of a hundred, for charts."""
        return None if self.rate is None else 100 * self.rate

    @property
    def band(self) -> tuple[float, float] | None:
        """The interval of a hundred."""
        return None if self.interval is None else (100 * self.interval[0], 100 * self.interval[1])

    @property
    def ranked(self) -> bool:
        """Whether there are enough cases to be compared with others."""
        return self.rated >= LEAST

    @property
    def median(self) -> float | None:
        return median(self.days)

    def beside(self, share: float | None) -> str:
        """``above`` or ``below`` where the interval leaves ``share`` out, else ``same``; nothing for too few cases."""
        if not self.ranked or self.interval is None or share is None:
            return ""
        low, high = self.interval
        return "above" if low > share else "below" if high < share else "same"


PLAIN = ("received", "on_time", "late", "open", "told", "ended", "extended")


def figures(counts: Mapping[str, int], day: dt.date) -> Figures:
    """The figures of summed counts (``cases.counts``) as of ``day``."""
    days: Counter[int] = Counter()
    outcomes: Counter[tuple[str, str, str]] = Counter()
    overdue, today = 0, day.isoformat()
    for name, n in counts.items():
        what, _, rest = name.partition(":")
        if what == "days":
            days[int(rest)] += n
        elif what == "due" and rest < today:
            overdue += n
        elif what == "outcome":
            kind, outcome, basis = rest.split(":")
            outcomes[kind, outcome, basis] += n
    plain = {name: counts.get(name, 0) for name in PLAIN}
    return Figures(**plain, overdue=overdue, days=dict(days), outcomes=dict(outcomes))
