"""Every start in 2018-2027, under every rule: one at a time, in batch, and the slow way give one answer."""

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest

from sijeong.legaltime import KST, Calendar, Length, count
from sijeong.legaltime.batch import last_days
from sijeong.legaltime.tests import reference as slow
from sijeong.legaltime.tests.almanac import DAY, DAYS

CALENDAR = Calendar.korea()
# One for each weekday and an eighth, so that over ten years each meets each kind of day.
CLOCK = [
    dt.time(8),
    dt.time(9),
    dt.time(11, 30),
    dt.time(12, 30),
    dt.time(14, 30),
    dt.time(17, 30),
    dt.time(18),
    dt.time(23, 30),
]

BY_DAY: list[tuple[str, Length, bool, Callable[[dt.date], dt.date]]] = [
    ("civil", Length(1, "days"), False, lambda day: slow.rolled(slow.nth_day(day + DAY, 1))),
    ("civil", Length(10, "days"), False, lambda day: slow.rolled(slow.nth_day(day + DAY, 10))),
    ("civil", Length(2, "weeks"), False, lambda day: slow.rolled(slow.nth_day(day + DAY, 14))),
    ("civil", Length(1, "months"), False, lambda day: slow.rolled(slow.after_months(day + DAY, 1))),
    ("civil", Length(1, "years"), False, lambda day: slow.rolled(slow.after_months(day + DAY, 12))),
    ("petition", Length(6, "days"), False, lambda day: slow.nth_day(day, 6, skip_off=True)),
    ("petition", Length(30, "days"), False, lambda day: slow.nth_day(day, 30, skip_off=True)),
    ("petition", Length(2, "weeks"), False, lambda day: slow.rolled(slow.nth_day(day, 14))),
    ("petition", Length(1, "months"), False, lambda day: slow.rolled(slow.after_months(day, 1))),
    ("petition", Length(1, "years"), False, lambda day: slow.rolled(slow.after_months(day, 12))),
    ("disclosure", Length(1, "days"), False, lambda day: slow.nth_day(day, 1, skip_off=True)),
    ("disclosure", Length(10, "days"), False, lambda day: slow.nth_day(day, 10, skip_off=True)),
    ("disclosure", Length(1, "months"), False, lambda day: slow.rolled(slow.after_months(day + DAY, 1))),
    ("burden", Length(1, "days"), False, lambda day: day),
    ("burden", Length(10, "days"), False, lambda day: slow.nth_day(day, 10)),
    ("burden", Length(1, "weeks"), False, lambda day: slow.nth_day(day, 7)),
    ("burden", Length(1, "months"), False, lambda day: slow.after_months(day, 1)),
    ("burden", Length(1, "years"), False, lambda day: slow.after_months(day, 12)),
    ("burden", Length(10, "days"), True, lambda day: slow.rolled(slow.nth_day(day + DAY, 10))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "length", "against", "slowly"), BY_DAY)
def test_a_period_in_days_or_longer(rule, length, against, slowly):
    expected = [slowly(day) for day in DAYS]
    singly = [
        count(rule=rule, start=day, length=length, calendar=CALENDAR, against=against).last_day
        for day in DAYS
    ]
    at_once = last_days(rule, np.array(DAYS, "M8[D]"), length, CALENDAR, against=against)

    assert singly == expected
    assert at_once.tolist() == expected


@pytest.mark.parametrize("length", [Length(3, "hours"), Length(1, "days"), Length(5, "days")], ids=str)
def test_a_petition_in_working_hours(length):
    hours = length.amount * (8 if length.unit == "days" else 1)
    starts = [dt.datetime.combine(day, CLOCK[number % len(CLOCK)]) for number, day in enumerate(DAYS)]
    expected = [slow.after_working_hours(start, hours) for start in starts]
    terms = [
        count(rule="petition", start=start.replace(tzinfo=KST), length=length, calendar=CALENDAR)
        for start in starts
    ]
    at_once = last_days("petition", np.array(starts, "M8[m]"), length, CALENDAR)

    assert [term.last_moment.replace(tzinfo=None) for term in terms] == expected
    assert [term.last_day for term in terms] == [moment.date() for moment in expected]
    assert at_once.tolist() == [moment.date() for moment in expected]


@pytest.mark.parametrize(
    ("rule", "length"), [("civil", Length(10, "days")), ("disclosure", Length(1, "months"))]
)
def test_a_civil_period_from_midnight_counts_its_first_day(rule, length):
    midnights = [dt.datetime.combine(day, dt.time(), KST) for day in DAYS]
    expected = [
        slow.rolled(slow.nth_day(day, 10) if length.unit == "days" else slow.after_months(day, 1))
        for day in DAYS
    ]
    at_once = last_days(rule, np.array(DAYS, "M8[m]"), length, CALENDAR)

    assert [
        count(rule=rule, start=start, length=length, calendar=CALENDAR).last_day for start in midnights
    ] == expected
    assert at_once.tolist() == expected
