"""One definition, run in plain Python and compiled: the same won, person by person."""

import datetime as dt
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.benefits.rules import kernel
from sijeong.benefits.rules.columns import from_answers
from sijeong.benefits.rules.decision import Status, decide, decide_all
from sijeong.benefits.rules.tests.people import random_households, random_people

DAYS = [dt.date(2022, 3, 2), dt.date(2023, 10, 1), dt.date(2024, 6, 3), dt.date(2025, 1, 1)]


@pytest.mark.parametrize("on", DAYS)
def test_ten_thousand_random_people_get_the_same_answer(rulebook, compiled, on):
    people, keys = random_households(rulebook, 10_000, seed=on.toordinal())
    results = compiled.run(from_answers(people, keys, rulebook.inputs), on)
    assert set(results) == set(rulebook.benefits)
    results = {name: hits.dense(len(people)) for name, hits in results.items()}
    for row, person in enumerate(people):
        for name, decision in decide_all(rulebook, person, on).items():
            assert decision.code == results[name][row], (name, person, decision)


def test_the_random_people_try_every_outcome(rulebook, compiled):
    """The test above would prove little if nobody were paid, unknown or excluded."""
    seen = {}
    for on in DAYS:
        people, keys = random_households(rulebook, 10_000, seed=on.toordinal())
        for name, hits in compiled.run(from_answers(people, keys, rulebook.inputs), on).items():
            codes = hits.dense(len(people))
            seen.setdefault(name, set()).update(
                np.sign(codes[codes != -3]).tolist(), codes[codes < 0].tolist()
            )
    assert all({-1, 1} <= codes for codes in seen.values()), seen
    assert {-3} <= seen["egg_freezing"] and {-3} <= seen["infertility_treatment"]
    assert sum(-2 in codes for codes in seen.values()) >= 10


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**9), threads=st.integers(1, 4), on=st.sampled_from(DAYS))
def test_blocks_and_threads_do_not_change_the_answer(rulebook, compiled, seed, threads, on):
    few, keys = random_households(rulebook, 50, seed)
    columns = from_answers(few, keys, rulebook.inputs)
    many = {name: np.tile(array, 1000) for name, array in columns.items()}
    for key in keys:
        shift = np.repeat(np.arange(1000) * 50, 50)
        many[key] = np.where(many[key] < 0, -1, many[key] + shift)
    alone, together = compiled.run(columns, on), compiled.run(many, on, threads=threads)
    for name in rulebook.benefits:
        assert (together[name].dense(50_000).reshape(1000, 50) == alone[name].dense(50)).all()


def test_a_reform_needs_no_new_compile(rulebook, compiled):
    reformed = kernel.build(rulebook.reformed({"egg_freezing.cap": 3_000_000}))
    assert reformed.digest == compiled.digest
    person = random_people(rulebook, 1, seed=1, unknown=0)[0] | {
        "resident": True, "months_resident": 9, "female": True, "age": 33, "egg_freezing_done": True,
        "egg_freezing_received": False, "egg_freezing_cost": 5_000_001, "procedure": "받지 않음",
    }  # fmt: skip
    on = dt.date(2024, 6, 3)
    columns = from_answers([person], {"household_id": [1], "couple_id": [-1]}, rulebook.inputs)
    assert compiled.run(columns, on)["egg_freezing"].codes.tolist() == [2_000_000]
    assert reformed.run(columns, on)["egg_freezing"].codes.tolist() == [2_500_000]


def test_a_benefit_not_in_force_pays_nobody(rulebook, compiled):
    people, keys = random_households(rulebook, 500, seed=5)
    hits = compiled.run(from_answers(people, keys, rulebook.inputs), dt.date(2024, 6, 3))["vaccine_reaction"]
    assert len(hits.rows) == 0
    decision = decide(rulebook["vaccine_reaction"], people[0], dt.date(2024, 6, 3), rulebook.inputs)
    assert decision.status is Status.NOT_IN_FORCE and decision.code == -1


def test_one_person_with_trace_takes_less_than_a_millisecond(rulebook):
    people = random_people(rulebook, 200, seed=9)
    on = dt.date(2024, 6, 3)
    took = []
    for person in people:
        start = time.perf_counter()
        decisions = decide_all(rulebook, person, on)
        took.append(time.perf_counter() - start)
        assert len(decisions) == 15
    assert sorted(took)[100] < 0.001  # all fifteen benefits, median


def test_columns_from_anywhere_share_one_compile(rulebook, compiled):
    people, keys = random_households(rulebook, 20, seed=2)
    ours = from_answers(people, keys, rulebook.inputs)
    frozen = {name: array.copy() for name, array in ours.items()}
    for array in frozen.values():
        array.flags.writeable = False
    compiled.run(ours, DAYS[0])
    compiled.run(frozen, DAYS[0])
    assert len(compiled.run_rows.signatures) == 1


def test_each_rule_is_compiled_once(rulebook, compiled):
    """A second shape of the same rule doubles the first start."""
    people, keys = random_households(rulebook, 20, seed=3)
    compiled.run(from_answers(people, keys, rulebook.inputs), DAYS[0])
    module = vars(sys.modules[compiled.run_rows.py_func.__module__])
    rules = {name: one.signatures for name, one in module.items() if name.startswith("rule_")}
    assert len(rules) == 15 and {name for name, shapes in rules.items() if len(shapes) != 1} == set()
