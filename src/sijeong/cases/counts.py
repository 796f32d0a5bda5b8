"""How a case counts in statistics: where it belongs, and what it adds there. Pure.

Every case is one of five things, so that they add up to what was received: delivered within its term (``on_time``),
delivered after it (``late``), ``open``, answered only by the word of an imported source (``told``), or ``ended``
without an answer (withdrawn, merged). Beside these stand ``extended``, ``days:N`` (calendar days from receipt to
delivery), ``due:DATE`` (open, and late once that day has passed) and ``outcome:KIND:OUTCOME:BASIS``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

FATES = ("on_time", "late", "open", "told", "ended")


class Place(NamedTuple):
    """Where a case counts: its lead division (0: none yet), its type, the month it was received in."""

    unit: int
    type_code: str
    month: dt.date


@dataclass(frozen=True)
class Facts:
    """What decides how a case counts; days are the city's."""

    lead: int | None
    type_code: str
    kind: str
    received_on: dt.date
    open: bool
    due_on: dt.date | None
    paused: bool
    delivered_on: dt.date | None
    outcome: str
    basis: str
    extensions: int

    @property
    def place(self) -> Place:
        return Place(self.lead or 0, self.type_code, self.received_on.replace(day=1))

    @property
    def fate(self) -> str:
        if self.delivered_on:
            return "late" if self.due_on and self.delivered_on > self.due_on else "on_time"
        if self.open:
            return "open"
        return "told" if self.basis == "source" else "ended"

    def counts(self) -> Counter[str]:
        """What it adds at its place."""
        told = Counter({"received": 1, self.fate: 1})
        if self.extensions:
            told["extended"] = 1
        if self.delivered_on:
            told[f"days:{(self.delivered_on - self.received_on).days}"] = 1
        if self.fate == "open" and self.due_on and not self.paused and self.basis != "source":
            told[f"due:{self.due_on.isoformat()}"] = 1
        told[f"outcome:{self.kind}:{self.outcome}:{self.basis}"] = 1
        return told


Counts = dict[Place, Counter[str]]


def total(facts: Iterable[Facts]) -> Counts:
    """Counts of many cases by place."""
    found: Counts = {}
    for one in facts:
        found.setdefault(one.place, Counter()).update(one.counts())
    return found


def change(before: Facts, after: Facts) -> Counts:
    """What a change adds and takes away, by place; empty where nothing counts otherwise."""
    if before == after:
        return {}
    found = {before.place: Counter[str](), after.place: Counter[str]()}
    found[after.place].update(after.counts())
    found[before.place].subtract(before.counts())
    return {place: kept for place, counts in found.items() if (kept := without_noughts(counts))}


def without_noughts(counts: Counter[str]) -> Counter[str]:
    return Counter({name: n for name, n in counts.items() if n})
