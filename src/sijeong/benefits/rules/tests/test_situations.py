"""Every rule against its situations, and the situations against the law's borders."""

import datetime as dt

import pytest

from sijeong.benefits.rules import rulebook as rulebooks
from sijeong.benefits.rules import situations
from sijeong.benefits.rules.columns import from_answers
from sijeong.benefits.rules.tests.conftest import SEOUL

CASES = [
    pytest.param(rule, situation, id=f"{rule.name}: {situation.name}")
    for rule in rulebooks.load(SEOUL).benefits.values()
    for situation in situations.load(rule, rulebooks.load(SEOUL).inputs)
]


@pytest.mark.parametrize(("rule", "situation"), CASES)
def test_situation(rule, situation, rulebook):
    assert list(situations.failures(rule, [situation], rulebook.inputs)) == []


def test_the_compiled_rules_answer_every_situation_alike(rulebook, compiled):
    for case in CASES:
        rule, situation = case.values
        people, keys = _household(rulebook, situation.answers)
        columns = from_answers(people, keys, rulebook.inputs)
        code = compiled.run(columns, situation.on)[rule.name].dense(len(people))[0]
        wanted = situation.expect.get("amount", -2 if "unknown" in situation.expect else -1)
        assert code == wanted, (rule.name, situation.name)


def _household(rulebook, answers):
    """The person of a situation with as many others as the household has; the second one is the partner."""
    nobody = {
        name: False if declared.kind == "bool" else declared.choices[0] if declared.choices else declared.low
        for name, declared in rulebook.inputs.by_name.items()
        if not declared.group
    }
    person = {name: value for name, value in nobody.items() if rulebook.inputs[name].missing == "refuse"}
    person |= {"income": 0} | answers
    if "household.income" in answers:
        person["income"] = answers["household.income"]
    elif "household.size" in answers:
        del person["income"]
    partner = nobody | (
        {"infertility_diagnosed": answers["couple.infertile"]} if "couple.infertile" in answers else {}
    )
    size = answers.get("household.size", 2)
    people = [person, partner, *[nobody] * (size - 2)]
    couple = [0, 0] if answers.get("in_couple") else [-1, -1]
    return people, {"household_id": [0] * size, "couple_id": couple + [-1] * (size - 2)}


def test_all_fifteen_benefits_have_situations(rulebook):
    assert len(rulebook.benefits) == 15
    assert len({case.values[0].name for case in CASES}) == 15
    assert len(CASES) > 200


def test_no_border_is_left_untested(rulebook):
    for rule in rulebook.benefits.values():
        cases = situations.load(rule, rulebook.inputs)
        assert list(situations.gaps(rule, cases, rulebook.inputs)) == []


def test_a_missing_border_is_noticed(rulebook):
    rule = rulebook["egg_freezing"]
    cases = situations.load(rule, rulebook.inputs)
    without = [case for case in cases if "49세" not in case.name and "50세" not in case.name]
    found = [problem.message for problem in situations.gaps(rule, without, rulebook.inputs)]
    assert any("max_age" in message for message in found)
    never = [case for case in cases if case.on >= dt.date(2023, 9, 1)]
    found = [problem.message for problem in situations.gaps(rule, never, rulebook.inputs)]
    assert found == ["법이 바뀌는 때(2023-09-01)의 2023-08-31 상황이 없습니다"]
