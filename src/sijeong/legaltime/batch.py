"""Last days of many periods at once, in numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .calendar import Calendar
from .errors import LegalTimeError
from .lengths import Length, Unit
from .rules import HOURS_A_DAY, Counting, Manner, hours_in, manner_of, rule_named
from .walks import WORKING_HOURS

Times = NDArray[np.datetime64]

_DAY = np.timedelta64(1, "D")
_HOUR = np.timedelta64(3_600_000_000, "us")
_TICK = np.timedelta64(1, "us")


def last_days(
    rule: str, starts: Times, length: Length, calendar: Calendar, *, against: bool = False
) -> Times:
    """The last day of `count` for each of `starts`, as datetime64[D] of the same shape.

    starts: datetime64[D] for days; finer units (to microseconds) are moments on the clock of Korea. A period
    counted in hours needs moments. Raises LegalTimeError, naming the first start from which the calendar does
    not reach the end.
    """
    manner = manner_of(rule_named(rule), length, against=against)
    starts = np.asarray(starts)
    if starts.dtype.kind != "M" or np.datetime_data(starts.dtype)[0] not in {"D", "h", "m", "s", "ms", "us"}:
        raise LegalTimeError(f"시작 배열의 형 {starts.dtype}: datetime64[D]부터 datetime64[us]까지 됩니다.")
    if manner.in_hours and starts.dtype == "M8[D]":
        raise LegalTimeError(
            f"{length}: 시간으로 세므로({manner.basis}) 시각 배열(datetime64[m])이어야 합니다."
        )
    days = starts.astype("M8[D]")
    match manner.counting:
        case Counting.CALENDAR_DAYS:
            ends = _calendar_days(starts, days, length, manner, calendar)
        case Counting.OPEN_DAYS:
            ends = _nth_open(days, length.amount - 1, calendar)
        case Counting.OPEN_HOURS:
            ends = _open_hours(starts, days, hours_in(length), calendar)
        case Counting.HOURS:
            ends = (starts + (hours_in(length) * _HOUR - _TICK)).astype("M8[D]")
    unreached = ~((days >= np.datetime64(calendar.first)) & (ends <= np.datetime64(calendar.last)))
    if unreached.any():
        reach = f"{calendar.first}부터 {calendar.last}까지"
        raise LegalTimeError(f"시작 {starts[unreached].flat[0]}: 기간이 달력({reach})을 벗어납니다.")
    return ends


def _calendar_days(starts: Times, days: Times, length: Length, manner: Manner, calendar: Calendar) -> Times:
    if manner.first_day_counts:
        first = days
    elif starts.dtype == "M8[D]":
        first = days + _DAY
    else:
        first = np.where(starts == days, days, days + _DAY)
    ends = _ends(first, length)
    return _nth_open(ends, 0, calendar) if manner.rolls else ends


def _ends(first: Times, length: Length) -> Times:
    """`end_by_calendar` of each."""
    if length.unit in {Unit.DAYS, Unit.WEEKS}:
        return first + (length.amount * (7 if length.unit is Unit.WEEKS else 1) - 1) * _DAY
    months = first.astype("M8[M]")
    days_before = first - months.astype("M8[D]")
    months = months + length.amount * (12 if length.unit is Unit.YEARS else 1)
    return np.minimum(months.astype("M8[D]") + days_before, (months + 1).astype("M8[D]")) - _DAY


def _open_hours(starts: Times, days: Times, hours: int, calendar: Calendar) -> Times:
    clock = (starts - days).astype("m8[us]")
    worked = np.zeros_like(clock)
    for opens, closes in WORKING_HOURS:
        worked += np.clip(clock - opens * _HOUR, 0 * _HOUR, (closes - opens) * _HOUR)
    worked[~np.is_busday(days, busdaycal=calendar.open_days)] = 0
    # The last working moment of a day still belongs to it, hence one tick less.
    return _nth_open(days, (worked + (hours * _HOUR - _TICK)) // (HOURS_A_DAY * _HOUR), calendar)


def _nth_open(days: Times, further: int | NDArray[np.signedinteger], calendar: Calendar) -> Times:
    """From each day, or the next open one, so many open days on."""
    return np.busday_offset(days, further, roll="forward", busdaycal=calendar.open_days)
