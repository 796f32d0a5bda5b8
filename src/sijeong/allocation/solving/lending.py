"""Stays over nights where a share may take rooms of the others at a price, by integer programming aim by aim.

Every night then has two limits, the rooms of the type and each share's own part of them. Intervals under one limit a
night are a flow; under two that cross the matrix is not totally unimodular (rows: the type's limit of nights 1 and 3,
one share's of night 2; no signing of these is fair to both shares: Ghouila-Houri 1962). So the optimum is proven by
HiGHS, or a bound is told where the time does not suffice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sijeong.late import Late

from .flow import Ints
from .nights import Block, Stays
from .programme import Linear, Programme

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt
else:
    mathopt = Late("ortools.math_opt.python.mathopt")

SECONDS = 60.0
ALIKE = ("share", "start", "nights", "cls", "before")


@dataclass(frozen=True)
class Lent:
    """Rooms of one type: `part[share, night]` its own, `total[night]`, and by share the `price` of a room and night
    above its part (None: never)."""

    part: Ints
    total: Ints
    price: tuple[int | None, ...]

    def wider(self, more: Ints, share: int | None = None) -> Lent:
        """With `more` rooms by night; a `share` that may not exceed its part gets them into its part."""
        part = self.part.copy()
        if share is not None and self.price[share] is None:
            part[share] += more
        return replace(self, part=part, total=self.total + more)


class Nights:
    """The programme of one room type. Stays that are alike are one variable; ranks tell them apart at the end."""

    def __init__(self, stays: Stays, rows: Ints, lent: Lent) -> None:
        key = np.stack([getattr(stays, name)[rows] for name in ALIKE], axis=1)
        self.wish, of, size = np.unique(key, axis=0, return_inverse=True, return_counts=True)
        self.of, self.rank, self.lent = of.reshape(-1), stays.rank[rows], lent
        self.programme = Programme(SECONDS)
        model = self.programme.model
        self.count = [model.add_integer_variable(lb=0, ub=int(n)) for n in size]
        self.above = self.limits(model)

    def limits(self, model: mathopt.Model) -> Linear:
        """Rooms by night, in all and by share; returns what the rooms above the parts cost."""
        sleeping: dict[tuple[int, int], list[mathopt.Variable]] = defaultdict(list)
        for (share, start, nights, _, _), count in zip(self.wish.tolist(), self.count, strict=True):
            for night in range(start, start + nights):
                sleeping[share, night].append(count)
        by_night: dict[int, list[mathopt.Variable]] = defaultdict(list)
        cost: list[Linear] = []
        for (share, night), stays in sleeping.items():
            by_night[night] += stays
            room: Linear = int(self.lent.part[share, night])
            price = self.lent.price[share]
            if price is not None:
                over = model.add_variable(lb=0)
                cost.append(price * over)
                room = room + over
            self.programme.limit(stays, room)
        for night, stays in by_night.items():
            self.programme.limit(stays, int(self.lent.total[night]))
        return mathopt.fast_sum(cost)

    def goal(self, name: str, number: int) -> Linear:
        """What the aim makes small; `served` counts the class `number`."""
        _, _, nights, cls, before = self.wish.T
        if name == "quota":
            return self.above
        if name == "rank":
            return self.ranks()
        weight = {"served": -(cls == number).astype(np.int64), "before": before, "nights": -nights}[name]
        return mathopt.fast_sum(w * count for w, count in zip(weight.tolist(), self.count, strict=True) if w)

    def ranks(self) -> Linear:
        """The sum of ranks; of stays that are alike the first are served, so nothing more has to be whole."""
        alike: dict[int, list[mathopt.Variable]] = defaultdict(list)
        chosen = [self.programme.model.add_variable(lb=0, ub=1) for _ in self.of]
        for group, one in zip(self.of.tolist(), chosen, strict=True):
            alike[group].append(one)
        for group, several in alike.items():
            self.programme.model.add_linear_constraint(mathopt.fast_sum(several) == self.count[group])
        return mathopt.fast_sum(rank * one for rank, one in zip(self.rank.tolist(), chosen, strict=True))

    def served(self) -> np.ndarray:
        """By row: of stays that are alike the first by rank."""
        given = np.array([self.programme.taken(count) for count in self.count], np.int64)
        order = np.lexsort((self.rank, self.of))
        position = np.arange(len(order)) - np.searchsorted(self.of[order], self.of[order])
        served = np.zeros(len(order), bool)
        served[order] = position < given[self.of[order]]
        return served


def goals(classes: int, aims: tuple[str, ...]) -> list[tuple[int, str]]:
    """Most of the first class, then of the next, then each aim in its order."""
    return [*((k, "served") for k in range(classes)), *((0, aim) for aim in aims)]


def solve_type(stays: Stays, rows: Ints, lent: Lent, classes: int, aims: tuple[str, ...]) -> Block:
    """The best set of the stays `rows`, aim by aim."""
    if not len(rows):
        none = (0,) * (classes + len(aims))
        return Block(rows, np.zeros(0, bool), none, none, none)
    nights = Nights(stays, rows, lent)
    told = [nights.programme.improve(nights.goal(name, number)) for number, name in goals(classes, aims)]
    values, bounds = zip(*told, strict=True)
    return Block(rows, nights.served(), values, one_more_room(stays, rows, lent, values[:classes]), bounds)


def one_more_room(stays: Stays, rows: Ints, lent: Lent, values: tuple[int, ...]) -> tuple[int, ...]:
    """Gain by class of one room more through the whole season, found by solving again."""
    nights = Nights(stays, rows, lent.wider(np.ones_like(lent.total)))
    again = [nights.programme.improve(nights.goal("served", number))[0] for number in range(len(values))]
    return tuple(before - after for before, after in zip(values, again, strict=True))


def rooms_needed(stays: Stays, row: int, lent: Lent, classes: int, aims: tuple[str, ...]) -> int:
    """Rooms more over the nights of a refused stay that serve it, while one room less would not."""
    rows = np.flatnonzero(stays.room == stays.room[row])
    there = np.zeros(len(lent.total), np.int64)
    there[stays.start[row] : stays.start[row] + stays.nights[row]] = 1
    low, high = 0, len(rows)
    while high - low > 1:
        middle = (low + high) // 2
        found = Nights(stays, rows, lent.wider(middle * there, int(stays.share[row])))
        for number, name in goals(classes, aims):
            found.programme.improve(found.goal(name, number))
        low, high = (low, middle) if found.served()[rows == row][0] else (middle, high)
    return high
