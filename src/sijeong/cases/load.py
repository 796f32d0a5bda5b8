"""The load of each division: what lies open, what it delivers, and what will be late at that pace."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np
from django.utils import timezone

from sijeong.org.models import Government, Unit

from .forecast import FEW, WINDOW, Expected, expected
from .models import Case
from .terms import calendar

WEEK = dt.timedelta(days=7)
FARTHEST = 250  # working days that a forecast looks ahead


@dataclass(frozen=True)
class Load:
    """A division: its open cases (late ones and those due within a week among them) and its deliveries of four weeks."""

    unit: Unit
    open: int
    late: int
    week: int
    delivered: int
    expected: list[Expected] = field(default_factory=list)

    @property
    def weekly(self) -> float:
        """Deliveries a week of five working days."""
        return self.delivered * 5 / WINDOW

    @property
    def will_be_late(self) -> list[Expected]:
        """Those still in time today that are expected too late."""
        return [one for one in self.expected if one.late]

    @property
    def thin(self) -> bool:
        """Whether too little was delivered to speak of a pace."""
        return self.delivered < FEW


def loads(government: Government, day: dt.date) -> list[Load]:
    """Divisions with open cases, those with most to be late first. Two questions to the database however many."""
    days = calendar(government).open_days
    since = _on(days, day, -WINDOW, "forward")
    from_ = timezone.make_aware(dt.datetime.combine(since, dt.time()))
    done = Counter(
        Case.objects.filter(government=government, delivered_at__gte=from_).values_list("lead_id", flat=True)
    )
    queues: dict[int, list[tuple[int, dt.date]]] = defaultdict(list)
    every: Counter[int] = Counter()
    rows = Case.objects.filter(government=government, open=True, delivered_at=None, lead__isnull=False)
    soon: Counter[int] = Counter()
    for pk, lead, due_on, paused, basis in rows.values_list(
        "pk", "lead_id", "due_on", "paused_on", "outcome_basis"
    ):
        every[lead] += 1
        if due_on is None or paused:
            continue
        soon[lead] += day <= due_on <= day + WEEK
        if basis != "source":  # told of elsewhere, and counted late nowhere
            queues[lead].append((pk, due_on))
    units = Unit.objects.in_bulk(list(every))
    nth = cache(lambda n: _on(days, day, min(n, FARTHEST), "backward"))
    found = []
    for key in every:
        late = sum(due_on < day for _, due_on in queues[key])
        # The late ones are worked off first, and hold the others up.
        coming = [one for one in expected(queues[key], done[key], nth) if one.due_on >= day]
        found.append(Load(units[key], every[key], late, soon[key], done[key], coming))
    return sorted(found, key=lambda load: (-len(load.will_be_late) - load.late, -load.open, load.unit.name))


def coming(carried: list[Load]) -> list[Expected]:
    """Every case that is expected too late, the soonest due first."""
    return sorted(
        (one for load in carried for one in load.will_be_late), key=lambda one: (one.due_on, one.case)
    )


def _on(days: np.busdaycalendar, day: dt.date, n: int, roll: Literal["forward", "backward"]) -> dt.date:
    """The working day ``n`` after ``day``; from a day off, counted as ``roll`` says."""
    at = np.busday_offset(np.datetime64(day), n, roll=roll, busdaycal=days)
    return dt.date.fromisoformat(str(at))
