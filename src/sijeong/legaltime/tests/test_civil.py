"""민법 제155조부터 제161조까지."""

import pytest


def texts(term):
    return [step.text for step in term.steps]


def test_157_the_first_day_does_not_count(last_day):
    assert last_day("civil", "2024-09-02", 10, "days") == "2024-09-12"


def test_157_the_first_day_counts_when_the_period_starts_at_midnight(last_day):
    assert last_day("civil", "2024-09-02T00:00", 10, "days") == "2024-09-11"
    assert last_day("civil", "2024-09-02T00:01", 10, "days") == "2024-09-12"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2024-07-31", 1, "months", "2024-09-02"),  # from 1 August to 31 August, a Saturday; Sunday; Monday
        ("2023-01-30", 1, "months", "2023-02-28"),  # from 31 January; February has no 31st
        ("2023-01-28", 1, "months", "2023-02-28"),  # from 29 January; nor a 29th
        ("2023-01-26", 1, "months", "2023-02-27"),  # from 27 January to 26 February, a Sunday
        ("2023-02-28", 1, "months", "2023-03-31"),  # from 1 March: the whole of March
        ("2024-02-28", 1, "years", "2025-02-28"),  # from 29 February; 2025 has none
        ("2023-02-28", 1, "years", "2024-02-29"),  # from 1 March to the eve of 1 March
        ("2024-08-30", 6, "months", "2025-02-28"),  # from 31 August
        ("2024-09-12", 2, "weeks", "2024-09-26"),
        ("2022-12-31", 3, "years", "2025-12-31"),
    ],
)
def test_160_weeks_months_and_years_go_by_the_calendar(last_day, start, amount, unit, last):
    assert last_day("civil", start, amount, unit) == last


@pytest.mark.parametrize(
    ("start", "last", "why"),
    [
        ("2024-09-03", "2024-09-13", "a Friday"),
        ("2024-09-04", "2024-09-19", "Saturday the 14th, Sunday, then 추석 연휴 to the 18th"),
        ("2024-09-12", "2024-09-23", "Sunday the 22nd"),
        ("2024-04-30", "2024-05-10", "1 May 2024 closes no office, and lies within"),
        ("2024-04-21", "2024-05-01", "Labour Day 2024 is no public holiday"),
        ("2026-04-21", "2026-05-04", "Labour Day 2026 is one, a Friday before a weekend"),
        ("2025-09-23", "2025-10-10", "개천절, a Saturday, 추석, 대체공휴일, 한글날: a week of them"),
    ],
)
def test_161_a_period_that_would_end_on_an_off_day_goes_on_to_an_open_one(last_day, start, last, why):
    assert last_day("civil", start, 10, "days") == last, why


def test_156_hours_run_from_the_moment_and_through_any_day(counted):
    term = counted("civil", "2024-09-13T19:30", 48, "hours")
    assert str(term.last_moment) == "2024-09-15 19:30:00+09:00"
    assert term.last_day == term.last_moment.date()


def test_159_hours_that_run_to_midnight_end_with_the_day_before(counted):
    term = counted("civil", "2024-09-13T00:00", 24, "hours")
    assert str(term.last_moment) == "2024-09-14 00:00:00+09:00"
    assert str(term.last_day) == "2024-09-13"
    assert term.steps[-1].text == "2024.9.13.(금) 24:00까지"


def test_the_steps_say_how_ten_days_became_eleven(counted):
    assert texts(counted("civil", "2024-09-12", 10, "days")) == [
        "2024.9.12.(목) 시작",
        "첫날 9.12.(목) 제외, 9.13.(금)부터 셈 (민법 제157조)",
        "9.13.–22. 1–10일째",
        "말일 9.22.(일)은 쉬는 날(일요일)이라 9.23.(월)로 넘김 (민법 제161조)",
        "2024.9.23.(월)까지",
    ]


def test_the_steps_name_every_day_the_end_rolled_over(counted):
    rolled = counted("civil", "2024-09-04", 10, "days").steps[-2]
    assert rolled.kind == "rolled"
    assert (str(rolled.first), str(rolled.last)) == ("2024-09-14", "2024-09-19")
    assert rolled.text == (
        "말일 9.14.(토)은 쉬는 날(주말 9.14.–15., 추석 연휴 9.16.–18.)이라 9.19.(목)로 넘김 (민법 제161조)"
    )


def test_the_steps_explain_a_month_that_is_too_short(counted):
    assert texts(counted("civil", "2023-12-30", 2, "months"))[2:] == [
        "12.31.–2024.2.29. 2개월",
        "2월에는 31일이 없어 그 달 말일까지 (민법 제160조 제3항)",
        "2024.2.29.(목)까지",
    ]


def test_the_steps_explain_a_start_at_midnight(counted):
    assert texts(counted("civil", "2024-09-02T00:00", 3, "days"))[:2] == [
        "2024.9.2.(월) 00:00 시작",
        "0시에 시작하므로 첫날 9.2.(월)부터 셈 (민법 제157조 단서)",
    ]


def test_the_article_is_the_one_that_sets_the_period_or_else_the_one_that_counts_it(counted):
    set_by = "서울특별시의회 기본 조례 제54조"
    assert counted("civil", "2024-09-12", 10, "days", article=set_by).article == set_by
    assert counted("civil", "2024-09-12", 10, "days").article == "민법 제155조부터 제161조까지"
