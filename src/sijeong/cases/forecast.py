"""What will be late at the present pace. Pure.

A division's pace is what it delivered in the last ``WINDOW`` working days, by the day. Its open cases are taken in the
order of their due dates: the first ``pace`` of them are expected on the next working day, and so on. Whatever is
expected after its due date will be late unless the division works faster, gets help, or the term is extended.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WINDOW = 20  # working days
FEW = 3  # deliveries in the window below which there is no pace to speak of

WorkingDay = Callable[[int], dt.date]


@dataclass(frozen=True)
class Expected:
    """A case with the day it is expected on; None where too little was delivered lately to say anything."""

    case: int
    due_on: dt.date
    day: dt.date | None

    @property
    def late(self) -> bool:
        return self.day is not None and self.day > self.due_on


def expected(queue: Sequence[tuple[int, dt.date]], delivered: int, nth: WorkingDay) -> list[Expected]:
    """When each of the cases (key, due date) is expected; ``nth`` gives the n-th working day from now, from 1.

    ``delivered`` is how many the division delivered in the window. Cases keep the order of their due dates.
    """
    pace = delivered / WINDOW
    ordered = sorted(queue, key=lambda one: (one[1], one[0]))
    return [
        Expected(key, due_on, nth(math.ceil(place / pace)) if delivered >= FEW else None)
        for place, (key, due_on) in enumerate(ordered, 1)
    ]
