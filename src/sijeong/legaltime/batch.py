"""Last days of many periods at once, in numpy.

Days are numbered from the first day of the calendar; tables over those numbers say which are open.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .calendar import Calendar
from .errors import LegalTimeError
from .lengths import Length, Unit
from .rules import HOURS_A_DAY, Counting, Manner, hours_in, manner_of, rule_named
from .walks import WORKING_HOURS

Numbers = NDArray[np.int64]
Times = NDArray[np.datetime64]

_HOUR = 3_600_000_000
"""Microseconds."""


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
    batch = _Batch(starts, calendar)
    match manner.counting:
        case Counting.CALENDAR_DAYS:
            ends = batch.calendar_days(length, manner)
        case Counting.OPEN_DAYS:
            ends = batch.open_days(length.amount)
        case Counting.OPEN_HOURS:
            ends = batch.open_hours(hours_in(length))
        case Counting.HOURS:
            ends = batch.hours(length.amount)
    return batch.epoch + ends


class _Batch:
    """`starts` and the tables of their calendar. Each count answers with day numbers."""

    def __init__(self, starts: Times, calendar: Calendar) -> None:
        self.starts = starts
        self.calendar = calendar
        self.epoch = np.datetime64(calendar.first, "D")
        self.off = calendar.off_days
        self.days = starts.astype("M8[D]")
        self.numbers = self._within((self.days - self.epoch).astype(np.int64), len(self.off))
        self.open = np.flatnonzero(~self.off)

    def calendar_days(self, length: Length, manner: Manner) -> Numbers:
        skipped = not manner.first_day_counts
        at_midnight = (self.starts == self.days) & (self.starts.dtype != "M8[D]")
        first = self.numbers + (skipped & ~at_midnight)
        ends = self._within(self._ends(first, length), len(self.off))
        if not manner.rolls:
            return ends
        # How many open days lie before a day is also the place, among the open days, of the next one.
        return self._nth_open(self._open_before()[ends])

    def open_days(self, amount: int) -> Numbers:
        return self._nth_open(self._open_before()[self.numbers] + amount - 1)

    def open_hours(self, hours: int) -> Numbers:
        clock = self._clock()
        today = sum(
            np.clip(clock - opens * _HOUR, 0, (closes - opens) * _HOUR) for opens, closes in WORKING_HOURS
        )
        worked = self._open_before()[self.numbers] * HOURS_A_DAY * _HOUR + np.where(
            self.off[self.numbers], 0, today
        )
        # A day's last working moment still belongs to it, hence one microsecond less.
        return self._nth_open((worked + hours * _HOUR - 1) // (HOURS_A_DAY * _HOUR))

    def hours(self, hours: int) -> Numbers:
        ends = self.numbers + (self._clock() + hours * _HOUR - 1) // (24 * _HOUR)
        return self._within(ends, len(self.off))

    def _ends(self, first: Numbers, length: Length) -> Numbers:
        """Last days by the calendar, not yet rolled; see `end_by_calendar`."""
        if length.unit in {Unit.DAYS, Unit.WEEKS}:
            return first + length.amount * (7 if length.unit is Unit.WEEKS else 1) - 1
        months = (self.epoch + first).astype("M8[M]")
        days_before = first - (months.astype("M8[D]") - self.epoch).astype(np.int64)
        months = months + length.amount * (12 if length.unit is Unit.YEARS else 1)
        start = (months.astype("M8[D]") - self.epoch).astype(np.int64)
        next_start = ((months + 1).astype("M8[D]") - self.epoch).astype(np.int64)
        return np.minimum(start + days_before, next_start) - 1

    def _clock(self) -> Numbers:
        """Microseconds since midnight."""
        return (self.starts.astype("M8[us]") - self.days.astype("M8[us]")).astype(np.int64)

    def _open_before(self) -> Numbers:
        """For each day of the calendar, how many open days lie before it."""
        return np.cumsum(~self.off, dtype=np.int64) - ~self.off

    def _nth_open(self, places: Numbers) -> Numbers:
        return self.open[self._within(places, len(self.open))]

    def _within(self, numbers: Numbers, size: int) -> Numbers:
        bad = (numbers < 0) | (numbers >= size)
        if bad.any():
            start = self.starts[bad].flat[0]
            reach = f"{self.calendar.first}부터 {self.calendar.last}까지"
            raise LegalTimeError(f"시작 {start}: 기간이 달력({reach})을 벗어납니다.")
        return numbers
