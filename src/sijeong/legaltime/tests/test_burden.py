"""행정기본법 제6조 제2항: periods that limit a right or impose a duty."""

import pytest

from sijeong.legaltime import LegalTimeError


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2024-09-12", 3, "days", "2024-09-14"),  # ends on a Saturday
        ("2024-09-12", 5, "days", "2024-09-16"),  # ends in 추석
        ("2024-09-12", 1, "days", "2024-09-12"),
        ("2024-09-12", 1, "weeks", "2024-09-18"),
        ("2024-09-30", 1, "months", "2024-10-29"),
        ("2024-10-31", 1, "months", "2024-11-30"),  # November has no 31st; a Saturday
        ("2024-10-04", 1, "years", "2025-10-03"),  # 개천절
    ],
)
def test_the_first_day_counts_and_the_last_day_stays(last_day, start, amount, unit, last):
    assert last_day("burden", start, amount, unit) == last


def test_the_steps_say_why_it_ends_on_a_holiday(counted):
    stayed = counted("burden", "2024-09-12", 5, "days").steps[-2]
    assert stayed.kind == "stayed"
    assert stayed.text == "말일 9.16.(월)은 쉬는 날(추석 연휴)이지만 그날 끝남 (행정기본법 제6조 제2항 제2호)"


@pytest.mark.parametrize(
    ("start", "short"), [("2024-10-31", True), ("2024-10-30", False), ("2024-10-01", False)]
)
def test_a_month_is_called_short_only_where_the_like_day_is_missing(counted, start, short):
    steps = counted("burden", start, 1, "months").steps
    assert ("short-month" in [step.kind for step in steps]) is short


@pytest.mark.parametrize(("amount", "unit"), [(3, "days"), (1, "months"), (48, "hours")])
def test_against_the_person_the_civil_act_counts_instead(counted, amount, unit):
    start = "2024-09-12T10:00"
    against = counted("burden", start, amount, unit, against=True)
    assert against.last_day == counted("civil", start, amount, unit).last_day
    assert against.last_moment == counted("civil", start, amount, unit).last_moment


def test_against_says_what_it_rests_on(counted):
    assert counted("burden", "2024-09-12", 3, "days", against=True).article == "행정기본법 제6조 제2항 단서"


@pytest.mark.parametrize("rule", ["civil", "petition", "disclosure"])
def test_against_is_a_question_of_burdens_only(counted, rule):
    with pytest.raises(LegalTimeError, match=f"규칙 {rule}: against.*burden에만"):
        counted(rule, "2024-09-12", 10, "days", against=True)
