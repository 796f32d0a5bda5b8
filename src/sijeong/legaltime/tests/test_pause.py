"""Days while the asker is asked do not count: 행정절차법 시행령 제11조 제1호."""

import datetime as dt

import pytest

from sijeong.legaltime import LegalTimeError, Length


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "amount", "unit", "without", "with_pause"),
    [
        # asked on Thursday 19 September 2024, answered on Monday 23 September: five days, three of them open
        ("disclosure", 10, "days", "2024-09-30", "2024-10-07"),
        ("petition", 10, "days", "2024-09-30", "2024-10-07"),
        ("civil", 10, "days", "2024-09-23", "2024-09-27"),
        ("civil", 1, "months", "2024-10-14", "2024-10-17"),
        ("burden", 10, "days", "2024-09-21", "2024-09-26"),
    ],
)
def test_the_day_of_asking_the_day_of_the_answer_and_those_between_do_not_count(
    *, counted, korea, rule, amount, unit, without, with_pause
):
    term = counted(rule, "2024-09-12", amount, unit)
    assert str(term.last_day) == without
    paused = term.paused(day("2024-09-19"), day("2024-09-23"), reason="범위를 물음", calendar=korea)
    assert str(paused.last_day) == with_pause


def test_a_pause_from_the_first_day_on_takes_the_days_after_it(counted, korea):
    term = counted("civil", "2024-09-12", 11, "days")
    assert str(term.last_day) == "2024-09-23"
    paused = term.paused(day("2024-09-12"), day("2024-09-13"), reason="", calendar=korea)
    assert str(paused.last_day) == "2024-09-24"


def test_working_hours_stop_too(counted, korea):
    term = counted("petition", "2024-09-12T14:30", 3, "days")
    paused = term.paused(day("2024-09-19"), day("2024-09-20"), reason="보완 요구", calendar=korea)
    assert str(paused.last_moment)[:16] == "2024-09-24 14:30"


def test_hours_stop_too(counted, korea):
    term = counted("civil", "2024-09-12T14:30", 48, "hours")
    paused = term.paused(day("2024-09-13"), day("2024-09-13"), reason="", calendar=korea)
    assert str(paused.last_moment)[:16] == "2024-09-15 14:30"


def test_a_clock_that_starts_in_a_pause_starts_after_it(counted, korea):
    term = counted("petition", "2024-09-12T14:30", 3, "hours")
    paused = term.paused(day("2024-09-12"), day("2024-09-12"), reason="", calendar=korea)
    assert str(paused.last_moment)[:16] == "2024-09-13 12:00"
    assert "처음 세는 시각은 9.13.(금) 09:00" in [step.text for step in paused.steps]


def test_the_steps_show_the_pause_and_its_reason(counted, korea):
    term = counted("civil", "2024-09-12", 10, "days")
    paused = term.paused(day("2024-09-19"), day("2024-09-23"), reason="범위를 물음", calendar=korea)
    assert [step.text for step in paused.steps][2:] == [
        "9.13.–18. 1–6일째",
        "9.19.–23. 멈춤 5일 (사유: 범위를 물음)",
        "9.24.–27. 7–10일째",
        "2024.9.27.(금)까지",
    ]


def test_an_end_that_would_roll_into_a_pause_rolls_past_it(counted, korea):
    term = counted("civil", "2024-09-12", 10, "days")  # ends on Sunday the 22nd, hence on Monday
    paused = term.paused(day("2024-09-23"), day("2024-09-24"), reason="", calendar=korea)
    assert str(paused.last_day) == "2024-09-25"
    assert paused.steps[-2].text == (
        "말일 9.22.(일)은 쉬는 날(일요일 9.22., 멈춤 9.23.–24.)이라 9.25.(수)로 넘김 (민법 제161조)"
    )


def test_a_pause_in_the_first_period_moves_the_extension_with_it(counted, korea):
    term = counted("disclosure", "2024-09-12", 10, "days")
    ten_more = Length(10, "days")
    one = term.paused(day("2024-09-19"), day("2024-09-23"), reason="", calendar=korea).extended(
        ten_more, reason="", calendar=korea
    )
    other = term.extended(ten_more, reason="", calendar=korea).paused(
        day("2024-09-19"), day("2024-09-23"), reason="", calendar=korea
    )
    assert one == other
    assert str(one.last_day) == "2024-10-22"


def test_an_open_pause_says_so_and_resuming_counts_anew(counted, korea):
    term = counted("disclosure", "2024-09-12", 10, "days")
    asked = term.paused_since(day("2024-09-19"), reason="범위를 물음")

    assert asked.is_paused
    assert asked.steps[-1].text == "9.19.(목)부터 멈춤 (사유: 범위를 물음), 다시 시작하면 말일을 새로 셈"
    assert asked.last_day == term.last_day
    assert asked.recounted(korea) == asked

    resumed = asked.resumed(day("2024-09-23"), calendar=korea)
    assert not resumed.is_paused
    assert resumed == term.paused(day("2024-09-19"), day("2024-09-23"), reason="범위를 물음", calendar=korea)


def test_asking_again_on_the_day_of_an_answer_is_one_pause_of_both(counted, korea):
    term = counted("disclosure", "2024-09-12", 10, "days")
    twice = term.paused(day("2024-09-19"), day("2024-09-20"), reason="하나", calendar=korea)
    twice = twice.paused(day("2024-09-20"), day("2024-09-23"), reason="둘", calendar=korea)
    once = term.paused(day("2024-09-19"), day("2024-09-23"), reason="하나", calendar=korea)
    assert twice.last_day == once.last_day


@pytest.mark.parametrize(
    ("from_day", "to_day", "message"),
    [
        ("2024-09-11", "2024-09-13", r"2024-09-11: 기간 안\(2024-09-12부터 2024-09-30까지\)"),
        ("2024-10-01", "2024-10-02", "2024-10-01: 기간 안"),
        ("2024-09-20", "2024-09-19", "2024-09-19: 멈춘 날 2024-09-20보다"),
    ],
)
def test_a_pause_lies_within_the_term(counted, korea, from_day, to_day, message):
    term = counted("disclosure", "2024-09-12", 10, "days")
    with pytest.raises(LegalTimeError, match=message):
        term.paused(day(from_day), day(to_day), reason="", calendar=korea)


def test_a_stopped_clock_is_not_stopped_and_a_running_one_not_started(counted, korea):
    term = counted("disclosure", "2024-09-12", 10, "days")
    with pytest.raises(LegalTimeError, match="2024-09-19: 멈춰 있지 않은"):
        term.resumed(day("2024-09-19"), calendar=korea)
    with pytest.raises(LegalTimeError, match="2024-09-20: 이미 멈춰 있는"):
        term.paused_since(day("2024-09-19"), reason="").paused_since(day("2024-09-20"), reason="")
