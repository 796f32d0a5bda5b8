"""Those who must be served over nights: all of them are, or the smallest conflict is told and nobody is."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.allocation.solving import engine
from sijeong.allocation.solving.definition import BadDefinition, parse
from sijeong.allocation.solving.districts import NOWHERE
from sijeong.allocation.solving.nights_conflict import smallest

TEXT = """
allocation: rooms
title: 방
basis: [지침]
applicants: {noun: 신청, columns: {id: 번호, received: 순서, class: 등급, room: 방, start: 첫밤, nights: 박}}
resources: {noun: 방, columns: {}}
classes: [{code: 가, name: 가, basis: 지침}, {code: 나, name: 나, basis: 지침}, {code: 다, name: 다, basis: 지침}]
must_serve: [가, 나]
tie: received
nights: {first: 2022-04-01, last: 2022-04-05, rooms: [{room: 큰방, high: 2, low: 2}]}
"""
HEAD = ["번호", "순서", "등급", "방", "첫밤", "박"]


def run(*rows):
    table = [
        HEAD,
        *(
            [str(k), str(k), cls, "큰방", f"2022-04-0{first}", str(n)]
            for k, (cls, first, n) in enumerate(rows)
        ),
    ]
    return engine.run(parse(TEXT, "rooms.yaml"), {"applicants": table}, NOWHERE)


def test_a_class_that_may_be_left_out_is_no_conflict():
    result = run(("가", 1, 2), ("나", 2, 2), ("다", 2, 1))
    assert result.status == "optimal" and result.got.tolist() == [0, 0, -1]


def test_the_night_and_the_classes_that_conflict_are_told_and_nobody_sleeps():
    result = run(("가", 1, 3), ("나", 2, 2), ("나", 3, 1), ("다", 5, 1))
    assert result.status == "infeasible" and (result.got == -1).all()
    assert result.conflict == (
        "가 1건이 2022-04-03 밤에 큰방 방을 원하며 모두 배정되어야 합니다.",
        "나 2건이 2022-04-03 밤에 큰방 방을 원하며 모두 배정되어야 합니다.",
        "2022-04-03 밤의 큰방 방은 2개입니다.",
    )


@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=4), st.integers(0, 4)
)
def test_no_smaller_set_of_classes_conflicts(demands, room):
    wanted = np.array(demands, np.int64).T.reshape(3, 1, 1, -1)
    rooms = np.full(wanted.shape[1:], room)
    sets = [
        chosen for size in (1, 2, 3) for chosen in itertools.combinations(range(3), size)
        if (wanted[list(chosen)].sum(axis=0) > rooms).any()
    ]  # fmt: skip
    if not sets:
        with pytest.raises(ArithmeticError):
            smallest(wanted, rooms, [0, 1, 2])
    else:
        _, _, night, classes = smallest(wanted, rooms, [0, 1, 2])
        assert len(classes) == len(sets[0])
        assert wanted[classes, 0, 0, night].sum() > room


def test_who_must_be_served_stands_first():
    with pytest.raises(BadDefinition, match="first of the classes"):
        parse(TEXT.replace("must_serve: [가, 나]", "must_serve: [나]"), "rooms.yaml")
