"""Day after day: nobody placed is moved without cause, and the day's changes tell the whole difference."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving.definition import load
from sijeong.allocation.solving.online import NOBODY, Turn, advance
from sijeong.allocation.solving.transport import People, Rules, Sites
from sijeong.allocation.solving.transport_case import turn

HOPS = np.array([[0, 1], [1, 0]], np.int64)
RULES = Rules(HOPS, 1, aims=("own", "distance"))
STAY = Turn({0: 3, 1: 2}, {})


def ints(*values):
    return np.array(values, np.int64)


def arriving(names, cls=0, place=0, need=0):
    def of(value):
        return np.full(len(names), value, np.int64)

    return People(tuple(names), np.arange(len(names)), of(cls), of(place), of(need), of(0))


def sites(*capacity, offers=(0, 0)):
    return Sites(("s0", "s1"), ints(0, 1), ints(*offers), ints(*capacity), ints(0, 0))


def where(day):
    return dict(zip(day.book.people.ids, day.book.people.now.tolist(), strict=True))


def test_the_placed_stay_though_a_higher_class_arrives():
    first = advance(NOBODY, arriving("ab", cls=1), sites(2, 1), RULES, STAY, day=0)
    second = advance(first.book, arriving("cd", cls=0), sites(2, 1), RULES, STAY, day=1)
    assert where(second) == {"a": 0, "b": 0, "c": 1}
    assert second.waiting.ids == ("d",)
    assert [(c.id, c.kind) for c in second.changes] == [("c", "placed"), ("d", "waits")]


def test_patients_leave_when_their_days_are_over():
    first = advance(NOBODY, arriving("a"), sites(1, 0), RULES, STAY, day=0)
    assert where(advance(first.book, arriving(""), sites(1, 0), RULES, STAY, day=2)) == {"a": 0}
    last = advance(first.book, arriving("b"), sites(1, 0), RULES, STAY, day=3)
    assert where(last) == {"b": 0} and last.changes[0].kind == "left"


def test_after_20_days_in_a_severe_bed_one_moves_to_a_step_down_bed():
    turn = Turn({}, {1: (20, 2)})
    beds = sites(1, 1, offers=(1, 2))
    first = advance(NOBODY, arriving("a", need=1), beds, RULES, turn, day=0)
    assert where(advance(first.book, arriving(""), beds, RULES, turn, day=20)) == {"a": 0}
    later = advance(first.book, arriving("b", need=1), beds, RULES, turn, day=21)
    assert where(later) == {"a": 1, "b": 0}
    assert "다음 단계" in next(c.why for c in later.changes if c.id == "a")


def test_when_capacity_falls_the_last_in_line_move():
    first = advance(NOBODY, arriving("ab"), sites(2, 1), RULES, STAY, day=0)
    assert where(advance(first.book, arriving(""), sites(1, 1), RULES, STAY, day=1)) == {"a": 0, "b": 1}


def test_one_moves_for_a_higher_aim_only_where_that_is_allowed():
    first = advance(NOBODY, arriving("a", place=0), sites(0, 1), RULES, STAY, day=0)
    never = advance(first.book, arriving("b", place=1), sites(1, 1), RULES, STAY, day=1)
    assert where(never) == {"a": 1, "b": 0}
    movable = replace(STAY, movable=True)
    own_first = replace(RULES, aims=("own", "moved"))
    assert where(advance(first.book, arriving("b", place=1), sites(1, 1), own_first, movable, day=1)) == {
        "a": 0,
        "b": 1,
    }
    kept_first = replace(RULES, aims=("moved", "own"))
    assert where(advance(first.book, arriving("b", place=1), sites(1, 1), kept_first, movable, day=1)) == {
        "a": 1,
        "b": 0,
    }


def test_the_terms_of_a_stay_come_from_the_definition():
    folder = Path(__file__).parents[4] / "cities" / "seoul" / "allocations"
    assert turn(load(folder / "home_care.yaml")) == Turn({0: 10, 1: 7, 2: 7}, {})
    assert turn(load(folder / "beds.yaml")) == Turn({}, {1: (20, 2), 2: (14, 4)})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 1), st.integers(0, 3), st.integers(0, 3)), max_size=6
    )
)
def test_no_day_overfills_a_place_or_loses_anybody(days):
    book, waiting, known = NOBODY, arriving(""), set()
    for day, (count, place, left, right) in enumerate(days):
        names = [f"{day}-{k}" for k in range(count)]
        known |= set(names)
        everyone = People(
            waiting.ids + tuple(names),
            np.arange(len(waiting) + count),
            *(
                np.concatenate([getattr(waiting, n), getattr(arriving(names, place=place), n)])
                for n in ("cls", "place", "need", "share")
            ),
        )
        old = dict(zip(book.people.ids, book.people.now.tolist(), strict=True))
        result = advance(book, everyone, sites(left, right), RULES, STAY, day=day)
        now = where(result)
        assert (np.bincount(result.book.people.now, minlength=2) <= [left, right]).all()
        gone = {c.id for c in result.changes if c.kind == "left"}
        assert set(now) | set(result.waiting.ids) | gone == set(old) | set(everyone.ids)
        told = {c.id: c.site for c in result.changes}
        assert all(
            told.get(name, site) == now.get(name, -1) for name, site in old.items() if name not in gone
        )
        book, waiting = result.book, result.waiting
