"""Seats taken for spans of days: never two on one, and never more than meet on a day."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.allocation.solving.seats import Held, NoSeat, Span, take

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.integers(1, 3)), max_size=12)


def spread(held):
    return Counter(
        (seat, day)
        for each in held
        for seat in range(each.low, each.high + 1)
        for day in range(each.first, each.last + 1)
    )


@given(SPANS)
def test_as_many_seats_as_meet_on_the_fullest_day_suffice(spans):
    load = Counter(
        day for first, more, count in spans for day in range(first, first + more + 1) for _ in range(count)
    )
    most = max(load.values(), default=1)
    taken = take([Span(first, first + more, count, most) for first, more, count in spans], [])
    told = spread(taken)
    assert max(told.values(), default=1) == 1
    assert sum(told.values()) == sum(load.values())
    assert max((seat for seat, _ in told), default=1) <= most


@given(SPANS, SPANS)
def test_what_stands_is_left_alone(standing, wanted):
    before = take([Span(first, first + more, count, 99) for first, more, count in standing], [])
    after = take([Span(first, first + more, count, 99) for first, more, count in wanted], before)
    assert max(spread([*before, *after]).values(), default=1) == 1


def test_too_few_seats_are_told():
    with pytest.raises(NoSeat) as none:
        take([Span(1, 3, 2, 3)], [Held(1, 1, 0, 1), Held(3, 3, 3, 9)])
    assert none.value.free == 1
