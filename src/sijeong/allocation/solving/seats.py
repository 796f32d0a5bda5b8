"""Which seats of a resource a release takes, so that no seat is given to two at a time.

Seats are numbered from 1 to the capacity. A span of days takes the lowest seats that nobody else holds on any of
its days; taken in the order of their first day, spans of one resource never need more seats than the most that
meet on one day (interval graphs are perfect), unless what others hold lies across.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """`count` seats wanted from day `first` to day `last`, both included, of `capacity` (days as ordinals)."""

    first: int
    last: int
    count: int
    capacity: int


class NoSeat(Exception):
    """Of the seats that `span` wants only `free` are free."""

    def __init__(self, span: Span, free: int) -> None:
        super().__init__(f"{free} of {span.count}")
        self.span, self.free = span, free


@dataclass(frozen=True)
class Held:
    """Seats `low` to `high` held from day `first` to day `last`, all included."""

    low: int
    high: int
    first: int
    last: int


def take(wanted: Sequence[Span], standing: Iterable[Held]) -> list[Held]:
    """Seats for every span beside what stands. Raises NoSeat."""
    held, taken = list(standing), []
    for span in sorted(wanted):
        # Spans come in the order of their first day: what has ended before is in nobody's way any more.
        held = [each for each in held if each.last >= span.first]
        meeting = sorted((each for each in held if each.first <= span.last), key=lambda each: each.low)
        found = list(lowest(span, gaps(meeting, span.capacity)))
        held += found
        taken += found
    return taken


def lowest(span: Span, free: Iterable[tuple[int, int]]) -> Iterable[Held]:
    """The lowest free seats for one span, as runs. Raises NoSeat."""
    left = span.count
    for low, high in free:
        if not left:
            return
        size = min(left, high - low + 1)
        left -= size
        yield Held(low, low + size - 1, span.first, span.last)
    if left:
        raise NoSeat(span, span.count - left)


def gaps(meeting: Sequence[Held], capacity: int) -> Iterable[tuple[int, int]]:
    """The runs of seats that none of `meeting`, sorted by their lowest seat, holds."""
    low = 1
    for each in meeting:
        if each.low > low:
            yield low, min(each.low - 1, capacity)
        low = max(low, each.high + 1)
        if low > capacity:
            return
    if low <= capacity:
        yield low, capacity
