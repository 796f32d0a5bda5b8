"""The self-check asks little, in a good order, and says why."""

import datetime as dt
import random

import pytest

from sijeong.benefits.rules import population
from sijeong.benefits.rules.decision import Status, decide, decide_all
from sijeong.benefits.rules.interview import explain, explain_decision, lacking, next_question
from sijeong.benefits.rules.tests.conftest import SEOUL
from sijeong.benefits.rules.tests.people import random_people

ON = dt.date(2024, 6, 3)


def ask(rulebook, person, on=ON):
    """Answer from a person until nothing is left to ask; return the keys asked and the answers given."""
    answers, asked = {}, []
    while (question := next_question(rulebook, answers, on)) is not None:
        assert question.key not in asked
        assert question.text and question.why and question.benefits
        asked.append(question.key)
        targets = (
            [question.key] if question.key in rulebook.inputs else rulebook.inputs.of_source(question.key)
        )
        answers.update({name: person[name] for name in targets})
    return asked, answers


def test_the_interview_ends_with_what_all_facts_would_say(rulebook):
    for person in random_people(rulebook, 25, seed=4, unknown=0):
        _, answers = ask(rulebook, person)
        for name, decision in decide_all(rulebook, answers, ON).items():
            whole = decide(rulebook[name], person, ON, rulebook.inputs)
            assert decision.status in (whole.status, Status.EXCLUDED)
            if whole.status is Status.YES and decision.status is Status.YES:
                assert decision.amount == whole.amount


def test_only_the_chosen_benefits_questions_are_asked(rulebook):
    chosen = rulebook.only(["egg_freezing"])
    person = {
        "resident": True, "months_resident": 60, "female": True, "age": 35, "egg_freezing_done": True,
        "egg_freezing_received": False, "egg_freezing_cost": 3_000_000,
    }  # fmt: skip
    asked, answers = ask(chosen, person)
    assert "early_menopause_risk" not in asked  # only asked of those in their twenties
    assert asked[0] == "egg_freezing_done" and asked[-1] == "egg_freezing_cost"
    assert decide(rulebook["egg_freezing"], answers, ON, rulebook.inputs).amount == 1_500_000


def test_the_order_asks_less_than_half_of_the_written_order(rulebook):
    """Counted over people as common as the declared odds say."""
    rng = random.Random(11)
    people = [
        {name: _likely(declared, rng) for name, declared in rulebook.inputs.by_name.items()}
        for _ in range(25)
    ]
    ours = sum(len(ask(rulebook, person)[0]) for person in people)
    order = list(rulebook.inputs.by_name)
    written = sum(_asked(rulebook, person, lambda needed: min(needed, key=order.index)) for person in people)
    assert ours * 2 < written


def test_the_order_asks_half_of_what_chance_would(rulebook):
    """Over people of the synthetic city, not those the odds were written for: 7 questions instead of 15."""
    given = population.assumptions(SEOUL.parent / "population.yaml")
    drawn = next(population.tables(rulebook.inputs, given, people=4_000, seed=5)).to_pylist()
    rng = random.Random(1)
    people = [_told(rulebook, row) for row in rng.sample(drawn, 40)]
    ours = sum(len(ask(rulebook, person)[0]) for person in people)
    by_chance = sum(_asked(rulebook, person, lambda needed: rng.choice(sorted(needed))) for person in people)
    assert ours < 0.6 * by_chance


def _told(rulebook, row):
    """The answers that a person of the synthetic city would give, of an average household."""
    told = {"household.size": 3, "household.income": 5_000_000, "couple.infertile": False}
    for name, one in rulebook.inputs.by_name.items():
        if not one.group:
            value = row[name]
            told[name] = bool(value) if one.kind == "bool" else one.choices[value] if one.choices else value
    return told


def _likely(declared, rng):
    if declared.odds:
        return rng.choices(list(declared.odds), list(declared.odds.values()))[0]
    return declared.low


def _asked(rulebook, person, choose):
    """How many questions another order takes: `choose` picks among those that would be read next."""
    answers, count = {}, 0
    while True:
        needed = {
            n for rule in rulebook.benefits.values() for n in lacking(rule, answers, ON, rulebook.inputs)
        }
        if not needed:
            return count
        name = choose(needed)
        answers[name], count = person[name], count + 1


def test_one_birthday_answers_for_days_and_months(rulebook):
    answers = rulebook.inputs.accept({"child_born_on": dt.date(2024, 4, 4)}, ON)
    assert answers == {"days_since_birth": 60, "months_since_birth": 1}


@pytest.mark.parametrize(
    ("change", "would"),
    [
        ({"age": 27, "early_menopause_risk": False}, {"age": 30, "early_menopause_risk": True}),
        ({"age": 52}, {"age": 49}),
        ({"months_resident": 2}, {"months_resident": 6}),
        ({"resident": False}, {"resident": True}),
        ({"female": False}, {}),
        ({"age": 52, "resident": False}, {}),
    ],
)
def test_a_no_says_what_would_change_it(rulebook, change, would):
    person = {
        "resident": True, "months_resident": 60, "female": True, "age": 35, "early_menopause_risk": False,
        "egg_freezing_done": True, "egg_freezing_received": False, "egg_freezing_cost": 3_000_000, **change,
    }  # fmt: skip
    told = explain(rulebook, "egg_freezing", person, ON)
    assert told.decision.status is Status.NO and told.reasons
    assert {c.input: c.value for c in told.changes} == would


def test_a_yes_says_amount_period_basis_and_place(rulebook):
    told = explain(rulebook, "postnatal_care", {
        "resident": True, "months_resident": 1, "female": True, "gave_birth": True, "days_since_birth": 3,
        "postnatal_received": False}, ON)  # fmt: skip
    assert told.summary == "받을 수 있습니다: 1,000,000원 (출산 1회)"
    assert told.basis.startswith("발표:") and "동주민센터" in told.apply_where


def test_unknown_says_what_is_missing(rulebook):
    told = explain(rulebook, "officer_medical", {"city_official": True, "abused_by_caller": True}, ON)
    assert told.summary == "더 알아야 합니다" and told.missing == ("피해 치료비는 얼마입니까?",)


def test_outside_its_time_a_benefit_says_when_it_began(rulebook):
    told = explain(rulebook, "tubal_reversal", {}, dt.date(2023, 6, 1))
    assert told.summary == "2023-06-01에는 시행하지 않습니다 (시행일: 2024-01-01)"


def test_an_excluded_benefit_names_the_other(rulebook):
    person = {
        "resident": True, "months_resident": 60, "female": True, "age": 35, "in_couple": True,
        "infertility_diagnosed": True, "procedure": "인공수정", "cycles_used": 0, "treatment_cost": 300_000,
        "egg_freezing_done": True, "egg_freezing_received": False, "egg_freezing_cost": 3_000_000,
    }  # fmt: skip
    decisions = decide_all(rulebook, person, ON)
    assert decisions["egg_freezing"].amount == 1_500_000
    told = explain_decision(rulebook, decisions["infertility_treatment"], person)
    assert told.summary == "'난자동결 시술비용 지원'과(와) 함께 받을 수 없습니다"


@pytest.mark.parametrize(
    ("name", "day", "told"),
    [("egg_freezing", ON, "1,000자리이며 추첨 등 배정으로"), ("health_watch", dt.date(2023, 6, 1), "220,000자리이며 접수한 차례로")],
)  # fmt: skip
def test_a_yes_says_that_places_are_limited(rulebook, name, day, told):
    person = {
        "resident": True, "months_resident": 60, "female": True, "age": 35, "egg_freezing_done": True,
        "egg_freezing_received": False, "egg_freezing_cost": 3_000_000, "has_smartphone": True, "watch_received": False,
    }  # fmt: skip
    assert told in explain(rulebook, name, person, day).summary
