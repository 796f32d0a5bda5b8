"""Counts and sums of a simulation, by day and by group, added up batch by batch."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules.decision import EXCLUDED, UNKNOWN
from sijeong.benefits.rules.kernel import Hits

GROUPS: Final = {"district": "자치구", "age": "나이", "female": "성별", "welfare": "형편"}
DAYS: Final = 366
Array = npt.NDArray[Any]


@dataclass
class Tally:
    """One benefit: who gets it (recipients are paid more than nothing), how much, when; won are exact
    integers."""

    eligible: int = 0
    recipients: int = 0
    amount: int = 0
    unknown: int = 0
    excluded: int = 0
    by_day: Array = field(default_factory=lambda: np.zeros((DAYS + 1, 2), np.int64))  # recipients, won
    by_group: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def add(self, hits: Hits, mask: Array, day: Array, groups: dict[str, Array]) -> None:
        """Add the rows of a batch that fall in the period (`mask`)."""
        here = mask[hits.rows]
        rows, amounts = hits.rows[here], hits.codes[here].astype(np.int64)
        self.unknown += int((amounts == UNKNOWN).sum())
        self.excluded += int((amounts == EXCLUDED).sum())
        self.eligible += int((amounts >= 0).sum())
        rows, amounts = rows[amounts > 0], amounts[amounts > 0]
        self.recipients += len(rows)
        self.amount += int(amounts.sum())
        self.by_day += _two(day[rows], amounts, DAYS + 1)
        for name, values in groups.items():
            _add_groups(self.by_group.setdefault(name, {}), values[rows], amounts)

    def months(self, year: int) -> list[tuple[int, int, int]]:
        """Return (month, recipients, won) for the twelve months."""
        totals = [[month, 0, 0] for month in range(1, 13)]
        for day in range(1, DAYS + 1):
            date = dt.date(year, 1, 1) + dt.timedelta(days=day - 1)
            if date.year == year:
                totals[date.month - 1][1] += int(self.by_day[day, 0])
                totals[date.month - 1][2] += int(self.by_day[day, 1])
        return [(month, count, won) for month, count, won in totals]


@dataclass
class Difference:
    """One benefit under a reform, against the baseline: persons and won by group."""

    winners: int = 0
    losers: int = 0
    gained: int = 0
    lost: int = 0
    by_group: dict[str, dict[int, list[int]]] = field(default_factory=dict)  # winners, losers, won difference

    def add(self, before: Array, after: Array, mask: Array, groups: dict[str, Array]) -> None:
        change = np.maximum(after, 0).astype(np.int64) - np.maximum(before, 0)
        rows = np.flatnonzero(mask & (change != 0))
        change = change[rows]
        won, lost = change > 0, change < 0
        self.winners += int(won.sum())
        self.losers += int(lost.sum())
        self.gained += int(change[won].sum())
        self.lost -= int(change[lost].sum())
        for name, values in groups.items():
            sums = self.by_group.setdefault(name, {})
            for key in np.unique(values[rows]):
                here = values[rows] == key
                entry = sums.setdefault(int(key), [0, 0, 0])
                for place, part in enumerate((won[here].sum(), lost[here].sum(), change[here].sum())):
                    entry[place] += int(part)

    @property
    def cost(self) -> int:
        return self.gained - self.lost


def _two(keys: Array, amounts: Array, size: int) -> Array:
    """Counts and sums by key. Sums in float64 are exact below 2**53 won."""
    counts = np.bincount(keys, minlength=size)
    sums = np.bincount(keys, weights=amounts, minlength=size)
    return np.stack([counts, sums.astype(np.int64)], axis=1)


def _add_groups(sums: dict[int, list[int]], keys: Array, amounts: Array) -> None:
    found, places = np.unique(keys, return_inverse=True)
    pairs = _two(places, amounts, len(found)).tolist()
    for key, (count, won) in zip(found.tolist(), pairs, strict=True):
        entry = sums.setdefault(key, [0, 0])
        entry[0] += count
        entry[1] += won
