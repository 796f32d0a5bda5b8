"""Visits of one week: who goes where and when, alone or in pairs of different fields, by integer programming.

A visit costs its specialist a trip out and back for each district in each half-day, so visits of one district in
one half-day share the way. Aims are met one after the other, each kept while the next is improved; the result
names for each its value and the bound proven for it within the time allowed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sijeong.late import Late

from .flow import Ints
from .programme import Linear, NoPlan, Programme

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt
else:
    mathopt = Late("ortools.math_opt.python.mathopt")

AIMS = ("served", "same", "travel", "balance")
SIGN = {"served": -1, "even": -1, "same": -1, "travel": 1, "balance": 1, "rank": 1}


@dataclass(frozen=True)
class Households:
    """One row a household: `pair` where two go; `field` needed; `last` specialist (-1); `slots` as bits;
    `due` False when no visit is left; `short` how many visits they are below the average; `must` be visited."""

    ids: tuple[str, ...]
    rank: Ints
    cls: Ints
    place: Ints
    field: Ints
    slots: Ints
    last: Ints
    due: np.ndarray
    short: Ints
    must: np.ndarray

    @property
    def pair(self) -> np.ndarray:
        return self.cls == 0


@dataclass(frozen=True)
class Specialists:
    """`bound` False where their limits do not hold (asked when a conflict is looked for)."""

    ids: tuple[str, ...]
    place: Ints
    field: Ints
    slots: Ints
    bound: np.ndarray


@dataclass(frozen=True)
class Limits:
    """`each`: visits a half-day; `most`: visits a week; `seconds` for all aims together."""

    hops: Ints
    slots: int
    each: int
    most: int
    seconds: float
    aims: tuple[str, ...] = AIMS


@dataclass(frozen=True)
class Week:
    """By household: `slot` (-1: no visit), `first` (of the field needed) and `second` specialist (-1: none).

    `options`: how many specialist-slots would fit; `aims`: (name, value, bound) in order.
    """

    slot: Ints
    first: Ints
    second: Ints
    options: Ints
    aims: tuple[tuple[str, int, int], ...] = ()

    @property
    def proven(self) -> bool:
        return all(value == bound for _, value, bound in self.aims)


Trip = tuple[int, int, int]  # household, specialist, slot


def plan(
    homes: Households, staff: Specialists, limits: Limits, stopped: Callable[[], bool] | None = None
) -> Week:
    """The week, aim by aim. `stopped` is asked twice a second; then the search ends with what it has.

    Raises NoPlan where those who must be visited cannot all be.
    """
    going = Going(homes, staff, limits)
    with going.programme.watched(stopped):
        told = [(name, *going.programme.improve(going.goal(name))) for name in limits.aims]
    week = going.week()
    sums = values(homes, staff, limits, week)
    if any(SIGN[name] * sums[name] > value for name, value, _ in told):
        raise ArithmeticError("the plan is worse than the solver says")
    aims = tuple((name, sums[name], abs(bound)) for name, _, bound in told)
    return Week(week.slot, week.first, week.second, week.options, aims)


class Going:
    """The programme: who goes where and when (`go`), who is visited when (`visit`), and each aim."""

    def __init__(self, homes: Households, staff: Specialists, limits: Limits) -> None:
        self.homes, self.staff, self.limits = homes, staff, limits
        self.programme = Programme(limits.seconds)
        model = self.programme.model
        self.go = {trip: model.add_binary_variable() for trip in fitting(homes, staff, limits)}
        self.visit: dict[tuple[int, int], mathopt.Variable] = {}
        self.teams()
        self.once()
        self.trips = self.loads()
        self.heaviest = model.add_variable(lb=0, ub=limits.most)
        self.weeks()

    def teams(self) -> None:
        """One of the field needed; for a pair one more, of another field."""
        model = self.programme.model
        by_visit: dict[tuple[int, int], list[int]] = defaultdict(list)
        for home, person, slot in self.go:
            by_visit[home, slot].append(person)
        for (home, slot), people in by_visit.items():
            visit = self.visit[home, slot] = model.add_binary_variable()
            apt = {p: self.staff.field[p] == self.homes.field[home] for p in people}
            for wanted in (True, False) if self.homes.pair[home] else (True,):
                several = mathopt.fast_sum(self.go[home, p, slot] for p in people if apt[p] == wanted)
                model.add_linear_constraint(several == visit)

    def once(self) -> None:
        """At most one visit a week, and one for those who must be visited."""
        several: dict[int, list[mathopt.Variable]] = defaultdict(list)
        for (home, _), visit in self.visit.items():
            several[home].append(visit)
        for visits in several.values():
            self.programme.limit(visits, 1)
        for home in np.flatnonzero(self.homes.must & self.homes.due).tolist():
            self.programme.model.add_linear_constraint(mathopt.fast_sum(several[home]) >= 1)

    def loads(self) -> list[tuple[int, mathopt.Variable]]:
        """Visits a half-day; returns each way out and back with its length, shared within a district."""
        by_slot: dict[tuple[int, int], dict[int, list[mathopt.Variable]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for (home, person, slot), var in self.go.items():
            by_slot[person, slot][int(self.homes.place[home])].append(var)
        ways = []
        for (person, _), places in by_slot.items():
            if self.staff.bound[person]:
                self.programme.limit([var for there in places.values() for var in there], self.limits.each)
            for place, there in places.items():
                hops = int(self.limits.hops[self.staff.place[person], place])
                if hops:
                    ways.append((2 * hops, self.way(there)))
        return ways

    def way(self, there: Sequence[mathopt.Variable]) -> mathopt.Variable:
        """A way that is gone as soon as one of these visits is made."""
        way = self.programme.model.add_variable(lb=0, ub=1)
        for var in there:
            self.programme.model.add_linear_constraint(var <= way)
        if len(there) > self.limits.each:
            self.programme.limit(list(there), self.limits.each * way)
        return way

    def weeks(self) -> None:
        """Visits a week by one person, no more than by the busiest."""
        by_person: dict[int, list[mathopt.Variable]] = defaultdict(list)
        for (_, person, _), var in self.go.items():
            by_person[person].append(var)
        for person, several in by_person.items():
            if self.staff.bound[person]:
                self.programme.limit(several, self.heaviest)

    def goal(self, name: str) -> Linear:
        """What the aim makes small. Pairs outweigh all single visits."""
        homes = self.homes
        by_home = {
            "served": -weights(homes), "even": -homes.short, "rank": homes.rank
        }.get(name)  # fmt: skip
        if by_home is not None:
            told = by_home.tolist()
            return mathopt.fast_sum(told[home] * var for (home, _), var in self.visit.items() if told[home])
        if name == "same":
            return -mathopt.fast_sum(var for (home, p, _), var in self.go.items() if homes.last[home] == p)
        if name == "travel":
            return mathopt.fast_sum(length * way for length, way in self.trips)
        return 1 * self.heaviest

    def week(self) -> Week:
        slot, first, second = (np.full(len(self.homes.ids), -1, np.int64) for _ in range(3))
        options = np.zeros(len(self.homes.ids), np.int64)
        for (home, person, at), var in self.go.items():
            options[home] += 1
            if self.programme.taken(var):
                slot[home] = at
                apt = self.staff.field[person] == self.homes.field[home]
                (first if apt else second)[home] = person
        return Week(slot, first, second, options)


def weights(homes: Households) -> Ints:
    """What a visit counts: one in a pair more than all single ones."""
    return np.where(homes.pair, len(homes.ids) + 1, 1).astype(np.int64)


def fitting(homes: Households, staff: Specialists, limits: Limits) -> list[Trip]:
    """Where calendars and fields allow a visit; for a pair every field may take part."""
    free = homes.slots[:, None] & staff.slots[None, :]
    apt = (homes.pair[:, None] | (homes.field[:, None] == staff.field[None, :])) & homes.due[:, None]
    return [
        (int(home), int(person), slot)
        for home, person in zip(*np.nonzero(apt & (free > 0)), strict=True)
        for slot in range(limits.slots)
        if free[home, person] >> slot & 1
    ]


def values(homes: Households, staff: Specialists, limits: Limits, week: Week) -> dict[str, int]:
    """Each aim of a week, counted in whole numbers without any solver. Raises ValueError where a limit is broken."""
    visited = np.flatnonzero(week.slot >= 0)
    allowed = set(fitting(homes, staff, limits))
    going = [
        (int(home), int(person), int(week.slot[home]))
        for home in visited for person in (week.first[home], week.second[home]) if person >= 0
    ]  # fmt: skip
    lone = (week.second[visited] < 0) | (week.first[visited] < 0)
    if (
        not allowed.issuperset(going)
        or (lone == homes.pair[visited]).any()
        or (week.first[visited] < 0).any()
    ):
        raise ValueError("시간, 분야나 둘이 함께 가는 규칙에 맞지 않는 방문이 있습니다")
    if any(staff.field[p] == homes.field[h] for h, p, _ in going if p == week.second[h]):
        raise ValueError("함께 가는 둘의 분야가 같습니다")
    by_slot: dict[tuple[int, int], int] = defaultdict(int)
    load = np.zeros(len(staff.ids), np.int64)
    for _, person, slot in going:
        by_slot[person, slot] += 1
        load[person] += 1
    if max(by_slot.values(), default=0) > limits.each or load.max(initial=0) > limits.most:
        raise ValueError("한 사람이 정해진 수보다 많이 갑니다")
    if (week.slot[homes.must & homes.due] < 0).any():
        raise ValueError("꼭 방문해야 하는 가구가 빠졌습니다")
    ways = {(person, slot, int(homes.place[home])) for home, person, slot in going}
    return {
        "served": int(weights(homes)[visited].sum()),
        "even": int(homes.short[visited].sum()),
        "rank": int(homes.rank[visited].sum()),
        "same": sum(bool(homes.last[home] == person) for home, person, _ in going),
        "travel": sum(2 * int(limits.hops[staff.place[p], place]) for p, _, place in ways),
        "balance": int(load.max(initial=0)),
    }


def possible(homes: Households, staff: Specialists, limits: Limits) -> bool:
    """Whether all who must be visited can be."""
    try:
        Going(homes, staff, limits).programme.improve(mathopt.fast_sum(()))
    except NoPlan:
        return False
    return True
