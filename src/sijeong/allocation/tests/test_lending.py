"""Stays where shares lend each other rooms at a price, against every possible set of stays."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving import changes, engine, nights_case
from sijeong.allocation.solving.definition import BadDefinition, parse
from sijeong.allocation.solving.districts import NOWHERE
from sijeong.allocation.solving.lending import Lent, rooms_needed, solve_type
from sijeong.allocation.solving.nights import Stays

AIMS = ("quota", "before", "nights", "rank")
TEXT = """
allocation: rooms
title: 방
basis: [지침]
applicants: {noun: 신청, columns: {id: 번호, received: 순서, class: 등급, share: 구분, room: 방, start: 첫밤, nights: 박}}
resources: {noun: 방, columns: {}}
classes: [{code: 가, name: 가, basis: 지침}, {code: 나, name: 나, basis: 지침}]
tie: received
shares: [기관, 개인]
quotas: [{share: 기관, percent: 70, price: 3}, {share: 개인, percent: 30, price: 2}]
aims: [quota, nights, rank]
nights: {first: 2022-04-01, last: 2022-04-03, rooms: [{room: 큰방, high: 2, low: 2}]}
"""
HEAD = ["번호", "순서", "등급", "구분", "방", "첫밤", "박"]


def stays_of(rows):
    return [
        HEAD,
        *([str(k), str(k), c, s, "큰방", f"2022-04-0{n}", str(m)] for k, (c, s, n, m) in enumerate(rows)),
    ]


def run(rows, text=TEXT):
    definition, tables = parse(text, "rooms.yaml"), {"applicants": stays_of(rows)}
    return definition, tables, engine.run(definition, tables, NOWHERE)


@st.composite
def seasons(draw):
    nights, count = draw(st.integers(1, 4)), draw(st.integers(1, 6))

    def column(top):
        return np.array(draw(st.lists(st.integers(0, top), min_size=count, max_size=count)), np.int64)

    start = column(nights - 1)
    length = np.minimum(column(2) + 1, nights - start)
    rank = np.array(draw(st.permutations(range(count))), np.int64)
    zero = np.zeros(count, np.int64)
    stays = Stays(
        tuple(f"N{k}" for k in range(count)), rank, column(1), column(1), zero, start, length, column(1)
    )
    part = np.array(draw(st.lists(st.integers(0, 2), min_size=2 * nights, max_size=2 * nights)), np.int64)
    part = part.reshape(2, nights)
    price = tuple(draw(st.sampled_from([None, 1, 3])) for _ in range(2))
    return stays, Lent(part, part.sum(axis=0) + draw(st.integers(0, 1)), price)


def value(stays, lent, chosen):
    use = np.zeros(lent.part.shape, np.int64)
    for k in chosen:
        use[stays.share[k], stays.start[k] : stays.start[k] + stays.nights[k]] += 1
    over = np.maximum(use - lent.part, 0)
    if (use.sum(axis=0) > lent.total).any():
        return None
    if any(over[share].any() for share in range(2) if lent.price[share] is None):
        return None
    rows = list(chosen)
    first = tuple(-int((stays.cls[rows] == c).sum()) for c in range(2))
    cost = sum(int(over[share].sum()) * (lent.price[share] or 0) for share in range(2))
    sums = [int(part[rows].sum()) for part in (stays.before, -stays.nights, stays.rank)]
    return (*first, cost, *sums)


def best(stays, lent):
    sets = (c for k in range(len(stays) + 1) for c in itertools.combinations(range(len(stays)), k))
    return min(v for v in (value(stays, lent, chosen) for chosen in sets) if v is not None)


def served(stays, lent):
    block = solve_type(stays, np.arange(len(stays)), lent, 2, AIMS)
    return block, [int(k) for k in block.rows[block.served]]


@settings(max_examples=60, deadline=None)
@given(seasons())
def test_a_plan_is_the_best_of_all_plans_and_proven(season):
    stays, lent = season
    block, chosen = served(stays, lent)
    assert value(stays, lent, chosen) == best(stays, lent) == block.values == block.bounds


@settings(max_examples=25, deadline=None)
@given(seasons())
def test_one_more_room_brings_what_its_worth_says(season):
    stays, lent = season
    block, _ = served(stays, lent)
    again, _ = served(stays, replace(lent, total=lent.total + 1))
    assert tuple(b - a for a, b in zip(again.values[:2], block.values[:2], strict=True)) == block.worth


@settings(max_examples=15, deadline=None)
@given(seasons())
def test_the_rooms_named_would_have_served_and_one_less_would_not(season):
    stays, lent = season
    for row in sorted(set(range(len(stays))) - set(served(stays, lent)[1])):
        more = rooms_needed(stays, row, lent, 2, AIMS)
        there = np.zeros(len(lent.total), np.int64)
        there[stays.start[row] : stays.start[row] + stays.nights[row]] = 1
        for extra, expected in ((more, True), (more - 1, False)):
            wider = lent.wider(extra * there, int(stays.share[row]))
            assert (row in served(stays, wider)[1]) is expected


def test_rooms_that_a_share_does_not_need_are_lent_and_the_price_is_told():
    asked = [("가", "기관", 1, 2), ("가", "기관", 1, 1), ("나", "개인", 1, 1), ("나", "개인", 3, 1)]
    definition, tables, result = run(asked)
    assert result.status == "optimal" and result.method == "정수계획(HiGHS)"
    assert result.got.tolist() == [0, 0, -1, 0]
    # Of two rooms one is 기관's (70 % rounded down) and none 개인's: one night above by each.
    assert [(aim.name, aim.value) for aim in result.aims][2] == ("quota", 5)
    assert "막힌 밤 2022-04-01" in result.sentence(2)
    told = changes.smallest_change(definition, tables, NOWHERE, result, number="2", seed=None)
    assert told == "그 밤들에 큰방 방이 1개 더 있었다면 배정되었습니다."
    again = nights_case.again(definition, nights_case.read(definition, tables["applicants"], None), result)
    assert again.as_json() == result.as_json()


def test_those_who_must_be_served_are_held_by_all_the_rooms_together():
    definition, _, result = run([("가", "개인", 1, 1)] * 2, TEXT.replace("tie:", "must_serve: [가]\ntie:"))
    assert definition.lends and result.status == "optimal" and (result.got == 0).all()
    _, _, result = run([("가", "개인", 1, 1)] * 3, TEXT.replace("tie:", "must_serve: [가]\ntie:"))
    assert result.conflict == (
        "가 3건이 2022-04-01 밤에 큰방 방을 원하며 모두 배정되어야 합니다.",
        "2022-04-01 밤의 큰방 방은 2개입니다.",
    )


def test_a_price_and_the_aim_that_counts_it_belong_together():
    with pytest.raises(BadDefinition, match="quota belongs to quotas with a price"):
        parse(TEXT.replace("aims: [quota, ", "aims: ["), "rooms.yaml")
