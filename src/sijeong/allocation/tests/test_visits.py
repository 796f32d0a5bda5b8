"""Weeks of visits against every possible week, and the rules of pairs, calendars and loads."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving.visits import Households, Limits, Specialists, plan

HOPS = np.array([[0, 1], [1, 0]], np.int64)


def ints(values):
    return np.array(values, np.int64)


@st.composite
def weeks(draw):
    count, people = draw(st.integers(1, 3)), draw(st.integers(1, 3))

    def column(top, size):
        return ints(draw(st.lists(st.integers(0, top), min_size=size, max_size=size)))

    pair = column(1, count).astype(bool)
    homes = Households(
        tuple(f"H{k}" for k in range(count)),
        np.arange(count),
        pair,
        column(1, count),
        column(1, count),
        column(3, count),
        column(people, count) - 1,
        column(4, count) > 0,
        column(3, count),
    )
    staff = Specialists(
        tuple(f"S{k}" for k in range(people)), column(1, people), column(1, people), column(3, people)
    )
    return homes, staff, Limits(HOPS, 2, draw(st.integers(1, 2)), draw(st.integers(1, 3)), 60)


def choices(home, homes, staff):
    yield None
    if not homes.due[home]:
        return
    for slot in range(2):
        free = [s for s in range(len(staff.ids)) if (homes.slots[home] & staff.slots[s]) >> slot & 1]
        for first in (s for s in free if staff.field[s] == homes.field[home]):
            if homes.pair[home]:
                others = (s for s in free if staff.field[s] != homes.field[home])
                yield from ((slot, first, second) for second in others)
            else:
                yield (slot, first)


def value(homes, staff, limits, week):
    going = [(home, person, visit[0]) for home, visit in enumerate(week) if visit for person in visit[1:]]
    slots = {(p, s): sum(1 for _, q, t in going if (q, t) == (p, s)) for _, p, s in going}
    load = [sum(1 for _, q, _ in going if q == p) for p in range(len(staff.ids))]
    if any(n > limits.each for n in slots.values()) or max(load) > limits.most:
        return None
    served = sum((len(homes.ids) + 1 if homes.pair[h] else 1) for h, visit in enumerate(week) if visit)
    same = sum(1 for h, p, _ in going if homes.last[h] == p)
    trips = {(p, s, int(homes.place[h])) for h, p, s in going}
    travel = sum(2 * int(HOPS[staff.place[p], place]) for p, _, place in trips)
    return (served, same, -travel, -max(load))


@settings(max_examples=40, deadline=None)
@given(weeks())
def test_a_week_is_the_best_of_all_weeks_aim_by_aim(instance):
    homes, staff, limits = instance
    options = itertools.product(*(list(choices(home, homes, staff)) for home in range(len(homes.ids))))
    best = max(v for v in (value(homes, staff, limits, week) for week in options) if v is not None)
    found = plan(homes, staff, limits)
    assert found.proven and tuple(v for _, v, _ in found.aims) == best
    week = [
        None if slot < 0 else tuple(int(x) for x in (slot, first, second) if x >= 0)
        for slot, first, second in zip(found.slot, found.first, found.second, strict=True)
    ]
    assert all(visit is None or visit in choices(home, homes, staff) for home, visit in enumerate(week))
    assert value(homes, staff, limits, week) == best


def test_who_is_further_below_the_average_is_visited_first():
    zero, one = ints([0, 0]), ints([1, 1])
    homes = Households(("A", "B"), ints([0, 1]), zero > 0, zero, zero, one, zero - 1, one > 0, ints([0, 4]))
    staff = Specialists(("S",), ints([0]), ints([0]), ints([1]))
    week = plan(homes, staff, Limits(HOPS, 1, 1, 1, 60, ("served", "even")))
    assert week.slot.tolist() == [-1, 0]
    assert week.aims == (("served", 1, 1), ("even", 4, 4))
