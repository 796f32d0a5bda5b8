"""Stays over nights against every possible set of stays."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving.nights import Stays, plan, rooms_needed

AIMS = ("before", "nights", "rank")


@st.composite
def seasons(draw):
    nights, count = draw(st.integers(2, 6)), draw(st.integers(1, 8))
    rows = []
    for _ in range(count):
        start = draw(st.integers(0, nights - 1))
        rows.append(
            (
                draw(st.integers(0, 1)),
                start,
                draw(st.integers(1, min(3, nights - start))),
                draw(st.integers(0, 1)),
            )
        )
    cls, start, length, before = (np.array(part, np.int64) for part in zip(*rows, strict=True))
    zero = np.zeros(count, np.int64)
    rank = np.array(draw(st.permutations(range(count))), np.int64)
    stays = Stays(tuple(f"N{k}" for k in range(count)), rank, cls, zero, zero, start, length, before)
    rooms = np.array(draw(st.lists(st.integers(0, 2), min_size=nights, max_size=nights)), np.int64)
    return stays, rooms.reshape(1, 1, -1)


def value(stays, rooms, chosen):
    load = np.zeros(rooms.shape[2], np.int64)
    for k in chosen:
        load[stays.start[k] : stays.start[k] + stays.nights[k]] += 1
    if (load > rooms[0, 0]).any():
        return None
    rows = list(chosen)
    first = tuple(-int((stays.cls[rows] == c).sum()) for c in range(2))
    return (
        *first,
        int(stays.before[rows].sum()),
        -int(stays.nights[rows].sum()),
        int(stays.rank[rows].sum()),
    )


def best(stays, rooms):
    options = itertools.chain.from_iterable(
        itertools.combinations(range(len(stays)), k) for k in range(len(stays) + 1)
    )
    values = [value(stays, rooms, option) for option in options]
    return min(v for v in values if v is not None)


def served(stays, rooms):
    block = plan(stays, rooms, 2, AIMS)[0]
    return [int(k) for k in block.rows[block.served]]


@settings(max_examples=150, deadline=None)
@given(seasons())
def test_a_plan_is_the_best_of_all_plans(season):
    stays, rooms = season
    assert value(stays, rooms, served(stays, rooms)) == best(stays, rooms)


@settings(max_examples=60, deadline=None)
@given(seasons())
def test_the_rooms_named_would_have_served_and_one_less_would_not(season):
    stays, rooms = season
    for row in sorted(set(range(len(stays))) - set(served(stays, rooms))):
        more = rooms_needed(stays, row, rooms, 2, AIMS)
        nights = slice(stays.start[row], stays.start[row] + stays.nights[row])
        for extra, expected in ((more, True), (more - 1, False)):
            wider = rooms.copy()
            wider[0, 0, nights] += extra
            assert (row in served(stays, wider)) is expected


@settings(max_examples=60, deadline=None)
@given(seasons())
def test_one_more_room_brings_what_its_worth_says(season):
    stays, rooms = season
    block = plan(stays, rooms, 2, AIMS)[0]
    again = plan(stays, rooms + 1, 2, AIMS)[0]
    assert tuple(b - a for a, b in zip(again.values, block.values, strict=True)) == block.worth


@settings(max_examples=60, deadline=None)
@given(seasons(), st.randoms(use_true_random=False))
def test_another_order_of_the_input_changes_nothing(season, random):
    stays, rooms = season
    order = list(range(len(stays)))
    random.shuffle(order)
    names = ("rank", "cls", "share", "room", "start", "nights", "before")
    other = Stays(tuple(stays.ids[k] for k in order), *(getattr(stays, name)[order] for name in names))
    assert {stays.ids[k] for k in served(stays, rooms)} == {other.ids[k] for k in served(other, rooms)}
