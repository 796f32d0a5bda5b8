"""민원 처리에 관한 법률 제19조."""

import pytest


@pytest.mark.parametrize(
    ("received", "amount", "unit", "end"),
    [
        ("2024-09-02T09:00", 1, "days", "2024-09-02 18:00"),  # eight hours fill the day
        ("2024-09-02T14:00", 1, "days", "2024-09-03 14:00"),
        ("2024-09-02T11:30", 1, "days", "2024-09-03 11:30"),
        ("2024-09-02T12:30", 1, "days", "2024-09-03 12:00"),  # lunch: the clock starts at 13:00
        ("2024-09-02T18:00", 1, "days", "2024-09-03 18:00"),  # the office has closed
        ("2024-09-02T06:00", 1, "days", "2024-09-02 18:00"),  # and not yet opened
        ("2024-09-14T10:00", 1, "days", "2024-09-19 18:00"),  # a Saturday before 추석
        ("2024-09-13T17:00", 5, "days", "2024-09-25 17:00"),
        ("2024-09-02T16:00", 3, "hours", "2024-09-03 10:00"),  # 즉시: within three working hours
        ("2024-09-02T09:00", 3, "hours", "2024-09-02 12:00"),
    ],
)
def test_1_five_days_or_fewer_are_working_hours_from_receipt(counted, received, amount, unit, end):
    term = counted("petition", received, amount, unit)
    assert term.last_moment.strftime("%Y-%m-%d %H:%M") == end
    assert term.last_day == term.last_moment.date()


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2024-09-02", 6, "2024-09-09"),
        ("2024-09-12", 10, "2024-09-30"),
        ("2024-09-14", 6, "2024-09-26"),  # a Saturday is no first day
        ("2024-12-24", 7, "2025-01-03"),
    ],
)
def test_2_six_days_or_more_count_open_days_the_first_included(last_day, start, days, last):
    assert last_day("petition", start, days, "days") == last


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2024-09-02", 2, "weeks", "2024-09-19"),  # to Sunday the 15th, and past 추석
        ("2024-09-02", 1, "months", "2024-10-02"),  # to 1 October, proclaimed a holiday that year
        ("2024-09-02", 1, "years", "2025-09-01"),
    ],
)
def test_3_weeks_months_and_years_count_the_first_day_and_then_as_the_civil_act(
    last_day, start, amount, unit, last
):
    assert last_day("petition", start, amount, unit) == last


def test_days_of_receipt_alone_do_not_do_where_hours_are_counted(counted):
    with pytest.raises(ValueError, match=r"시작 2024-09-12: 3일은 시간으로 세므로.*접수한 시각까지"):
        counted("petition", "2024-09-12", 3, "days")


def test_the_steps_show_the_hours_and_what_lay_between(counted):
    assert [step.text for step in counted("petition", "2024-09-12T14:30", 3, "days").steps] == [
        "2024.9.12.(목) 14:30 시작",
        "3일 = 근무시간 24시간, 09:00–18:00에서 점심 12:00–13:00을 뺀 근무시간만 셈"
        " (민원 처리에 관한 법률 제19조 제1항)",
        "9.12.–13. 11시간 30분",
        "주말 9.14.–15. 제외",
        "추석 연휴 9.16.–18. 제외",
        "9.19.–20. 12시간 30분",
        "2024.9.20.(금) 14:30까지",
    ]


def test_the_steps_say_when_the_clock_started_if_not_at_once(counted):
    assert [step.text for step in counted("petition", "2024-09-13T19:30:15", 3, "hours").steps][2:] == [
        "주말 9.14.–15. 제외",
        "추석 연휴 9.16.–18. 제외",
        "처음 세는 시각은 9.19.(목) 09:00",
        "9.19. 3시간",
        "2024.9.19.(목) 12:00까지",
    ]
