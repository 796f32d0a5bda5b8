"""Weeks of visits against every possible week, and the rules of pairs, calendars and loads."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving import changes, engine
from sijeong.allocation.solving.definition import parse
from sijeong.allocation.solving.programme import NoPlan
from sijeong.allocation.solving.visits import Households, Limits, Specialists, plan, possible, values

CITY = Path(__file__).parents[4] / "cities" / "seoul"
AIMS = ("served", "even", "same", "travel", "balance", "rank")
HOPS = np.array([[0, 1], [1, 0]], np.int64)


def ints(values):
    return np.array(values, np.int64)


@st.composite
def weeks(draw):
    count, people = draw(st.integers(1, 3)), draw(st.integers(1, 3))

    def column(top, size):
        return ints(draw(st.lists(st.integers(0, top), min_size=size, max_size=size)))

    homes = Households(
        tuple(f"H{k}" for k in range(count)),
        np.array(draw(st.permutations(range(count))), np.int64),
        column(1, count),
        column(1, count),
        column(1, count),
        column(3, count),
        column(people, count) - 1,
        column(4, count) > 0,
        column(3, count),
        column(4, count) > 3,
    )
    everyone = np.ones(people, bool)
    staff = Specialists(
        tuple(f"S{k}" for k in range(people)),
        column(1, people),
        column(1, people),
        column(3, people),
        everyone,
    )
    return homes, staff, Limits(HOPS, 2, draw(st.integers(1, 2)), draw(st.integers(1, 3)), 60, AIMS)


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
    if any(homes.must[h] and homes.due[h] and not visit for h, visit in enumerate(week)):
        return None
    visited = [h for h, visit in enumerate(week) if visit]
    served = sum((len(homes.ids) + 1 if homes.pair[h] else 1) for h, visit in enumerate(week) if visit)
    same = sum(1 for h, p, _ in going if homes.last[h] == p)
    trips = {(p, s, int(homes.place[h])) for h, p, s in going}
    travel = sum(2 * int(HOPS[staff.place[p], place]) for p, _, place in trips)
    even, rank = int(homes.short[visited].sum()), int(homes.rank[visited].sum())
    return (served, even, same, travel, max(load), rank)


def better(told):
    served, even, same, travel, busiest, rank = told
    return (served, even, same, -travel, -busiest, -rank)


@settings(max_examples=40, deadline=None)
@given(weeks())
def test_a_week_is_the_best_of_all_weeks_aim_by_aim(instance):
    homes, staff, limits = instance
    options = itertools.product(*(list(choices(home, homes, staff)) for home in range(len(homes.ids))))
    every = (value(homes, staff, limits, week) for week in options)
    best = max((v for v in every if v is not None), key=better, default=None)
    assert possible(homes, staff, limits) is (best is not None)
    if best is None:
        with pytest.raises(NoPlan):
            plan(homes, staff, limits)
        return
    found = plan(homes, staff, limits)
    assert found.proven and tuple(v for _, v, _ in found.aims) == best
    assert values(homes, staff, limits, found) == dict(zip(AIMS, best, strict=True))
    week = [
        None if slot < 0 else tuple(int(x) for x in (slot, first, second) if x >= 0)
        for slot, first, second in zip(found.slot, found.first, found.second, strict=True)
    ]
    assert all(visit is None or visit in choices(home, homes, staff) for home, visit in enumerate(week))
    assert value(homes, staff, limits, week) == best


def test_who_is_further_below_the_average_is_visited_first():
    zero, one = ints([0, 0]), ints([1, 1])
    homes = Households(
        ("A", "B"), ints([0, 1]), one, zero, zero, one, zero - 1, one > 0, ints([0, 4]), zero > 0
    )
    staff = Specialists(("S",), ints([0]), ints([0]), ints([1]), ints([1]) > 0)
    week = plan(homes, staff, Limits(HOPS, 1, 1, 1, 60, ("served", "even")))
    assert week.slot.tolist() == [-1, 0]
    assert week.aims == (("served", 1, 1), ("even", 4, 4))


TEXT = """
allocation: care
title: 방문
basis: [지침]
applicants: {noun: 가구, columns: {id: 번호, received: 순서, class: 구분, place: 구, field: 분야, slots: 시간}}
resources: {noun: 담당자, columns: {id: 번호, name: 이름, place: 구, field: 분야, slots: 시간}}
classes: [{code: 둘, name: 둘이 가는 가구, basis: 지침}, {code: 하나, name: 한 사람이 가는 가구, basis: 지침}]
must_serve: [둘, 하나]
tie: received
visits: {districts: seoul, slots: [월오전, 월오후], fields: [심리, 아동], each: 1, most: 1}
"""
STAFF = [["번호", "이름", "구", "분야", "시간"], ["S1", "심리 담당 1", "중구", "심리", "월오전 월오후"]]


def tables_of(homes, staff=()):
    rows = [
        ["번호", "순서", "구분", "구", "분야", "시간"],
        *([f"V{k}", str(k), *home] for k, home in enumerate(homes)),
    ]
    return {"applicants": rows, "resources": [*STAFF, *staff]}


def week(homes, staff=(), text=TEXT):
    found = parse(text, "care.yaml")
    return engine.run(found, tables_of(homes, staff), engine.districts_of(found, CITY))


def test_those_who_must_be_visited_are_or_the_conflict_is_told_and_nobody_is():
    lone = ["하나", "중구", "심리", "월오전"]
    assert week([lone]).status == "optimal"
    result = week([lone, ["하나", "중구", "심리", "월오후"]], [["S2", "아동 담당", "중구", "아동", "월오전"]])
    assert result.status == "infeasible" and (result.got == -1).all()
    assert result.conflict == (
        "한 사람이 가는 가구 가운데 심리 분야 2가구는 모두 방문을 받아야 합니다.",
        "심리 담당 1은(는) 한나절에 1번, 한 주에 1번까지 갑니다.",
    )
    result = week([["둘", "중구", "심리", "월오전"], lone])
    assert result.conflict == (
        "둘이 가는 가구 가운데 심리 분야 1가구는 모두 방문을 받아야 합니다. "
        "그 가운데 1가구는 되는 시간에 갈 담당자가 없습니다.",
    )


def test_of_equal_households_the_earlier_is_visited_where_the_definition_says_so():
    text = TEXT.replace("must_serve: [둘, 하나]", "aims: [served, rank]")
    lone = ["하나", "중구", "심리", "월오전"]
    assert week([lone, lone, lone], text=text).got.tolist() == [0, -1, -1]


def test_the_half_day_named_would_have_brought_a_visit():
    """Of two households and one visit a half-day, the one left out needs another half-day, and gets it with that."""
    text = TEXT.replace("must_serve: [둘, 하나]\n", "").replace("most: 1", "most: 2")
    homes = [["하나", "중구", "심리", "월오전"], ["하나", "중구", "심리", "월오전"]]
    result = week(homes, text=text)
    row = int(np.flatnonzero(result.got < 0)[0])
    found, tables = parse(text, "care.yaml"), tables_of(homes)
    districts = engine.districts_of(found, CITY)
    told = changes.smallest_change(found, tables, districts, result, number=result.ids[row], seed=None)
    assert told == "월오후에도 시간이 되었다면 방문이 잡혔습니다."
    homes[row][3] += " 월오후"
    assert (week(homes, text=text).got >= 0).all()
