"""Where those who must be served cannot all sleep: the smallest conflict over nights, in words.

Stays fit into rooms of a type exactly if no night has more of them than rooms (interval graphs are perfect), so a
smallest conflict is one night of one room type with as few classes as together want more rooms than it has.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from .definition import Definition
from .flow import Ints

Found = tuple[int, int, int, list[int]]  # share, room type, night, classes


def conflict(definition: Definition, rooms: Ints, wanted: Ints) -> tuple[str, ...]:
    """The sentences of the smallest conflict; `rooms[share, type, night]` and `wanted[class, share, type, night]`,
    where a share more than the definition has, the first, stands for all together."""
    must = [k for k, each in enumerate(definition.classes) if each.code in definition.must_serve]
    share, room, night, classes = smallest(wanted, rooms, must)
    part = definition.the_nights
    day = part.first + timedelta(days=night)
    names = ("", *definition.shares)[-len(rooms) :]
    name = f"{names[share]} {part.rooms[room].room}".strip()
    told = [
        f"{definition.classes[k].name} {int(wanted[k, share, room, night])}건이 {day} 밤에 {name} 방을 원하며 모두 배정되어야 합니다."
        for k in classes
    ]
    return (*told, f"{day} 밤의 {name} 방은 {int(rooms[share, room, night])}개입니다.")


def smallest(wanted: Ints, rooms: Ints, must: list[int]) -> Found:
    """Fewest classes that together exceed the rooms of one night; among those the earliest night."""
    best: Found | None = None
    over = wanted[must].sum(axis=0) > rooms
    for share, room, night in np.argwhere(over):
        order = sorted(must, key=lambda k: (-int(wanted[k, share, room, night]), k))
        sums = np.cumsum([wanted[k, share, room, night] for k in order])
        count = int(np.searchsorted(sums, rooms[share, room, night], side="right")) + 1
        if best is None or count < len(best[3]):
            best = int(share), int(room), int(night), sorted(order[:count])
    if best is None:
        raise ArithmeticError("those who must be served fit, and were not served")
    return best
