"""The slow way: one day, or one half-hour, after the other, straight from the wording of the statutes.

Written apart from the code under test; it knows the holidays from the almanac of the tests.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection
from functools import cache

from sijeong.legaltime import Calendar
from sijeong.legaltime.tests.almanac import DAY, LAST, NAMES

# Periods that start in 2027 end later; what comes after the almanacs is nobody's fact but the calendar's.
_HOLIDAYS = set(NAMES) | {day for day in Calendar.korea().names if day > LAST}
HALF_HOUR = dt.timedelta(minutes=30)


def is_off(day: dt.date) -> bool:
    return day.strftime("%a") in {"Sat", "Sun"} or day in _HOLIDAYS


def nth_day(first: dt.date, number: int, *, skip_off: bool = False) -> dt.date:
    """The `number`th day from `first` on, itself included."""
    day, counted = first - DAY, 0
    while counted < number:
        day += DAY
        counted += not (skip_off and is_off(day))
    return day


@cache
def after_months(first: dt.date, months: int) -> dt.date:
    """The last day of `months` months of which `first` is the first: Civil Act 160 (2) and (3)."""
    day, passed = first, 0
    while True:
        day += DAY
        passed += day.day == 1
        if passed > months or (passed == months and day.day == first.day):
            return day - DAY


def rolled(day: dt.date) -> dt.date:
    """Civil Act 161."""
    while is_off(day):
        day += DAY
    return day


def _working_half_hours() -> list[dt.datetime]:
    morning = [(9, 0), (9, 30), (10, 0), (10, 30), (11, 0), (11, 30)]
    afternoon = [(hour, minute) for hour in range(13, 18) for minute in (0, 30)]
    day, found = dt.date(2018, 1, 1), []
    while day < dt.date(2028, 3, 1):
        if not is_off(day):
            found += [dt.datetime.combine(day, dt.time(*clock)) for clock in morning + afternoon]
        day += DAY
    return found


_WORKING = _working_half_hours()


def after_working_hours(start: dt.datetime, hours: int) -> dt.datetime:
    """When `hours` are worked, for starts on the half-hour (naive, Korean time)."""
    first = bisect_left(_WORKING, start)
    return _WORKING[first + 2 * hours - 1] + HALF_HOUR


def working_half_hours(start: dt.datetime, end: dt.datetime, without: Collection[dt.date] = ()) -> int:
    return sum(
        tick.date() not in without
        for tick in _WORKING[bisect_left(_WORKING, start) : bisect_left(_WORKING, end)]
    )


def span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * number for number in range((last - first).days + 1)]
