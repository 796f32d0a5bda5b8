"""Walks the days of a calendar, one after the other, the way each manner of counting asks for.

A walk answers with the end and with the runs of days that led there: days in a row that were treated alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from .calendar import Calendar
from .facts import Pause
from .lengths import Length, end_by_calendar

DAY = dt.timedelta(days=1)
WORKING_HOURS = ((9, 12), (13, 18))
"""Hours of a working day, lunch taken out (지방공무원 복무규정 제2조)."""
ALL_HOURS = ((0, 24),)
WEEKEND = "주말"


@dataclass(frozen=True, slots=True)
class Run:
    """Days from `first` to `last`: counted, or kept out by a pause or for the reason `off`."""

    first: dt.date
    last: dt.date
    pause: Pause | None = None
    off: str | None = None
    time: dt.timedelta = dt.timedelta()
    """Hours used up on these days, where hours are counted."""

    @property
    def counted(self) -> bool:
        return self.pause is None and self.off is None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Walk:
    calendar: Calendar
    pauses: Sequence[Pause] = ()

    def open_days(self, first: dt.date, number: int) -> tuple[dt.date, list[Run]]:
        """To the `number`th day from `first` on, itself included, that is neither off nor paused."""
        passed, day, left = [], first, number
        while left:
            self.calendar.check(day)
            passed.append(self._one(day))
            left -= passed[-1].counted
            day += DAY
        return passed[-1].last, _folded(passed)

    def calendar_days(self, first: dt.date, length: Length) -> tuple[dt.date, list[Run]]:
        """To the end of `length` from `first` on, and further by as many days as it was paused."""
        end = end_by_calendar(first, length)
        self.calendar.check(end)
        if not any(pause.covers(first) or first <= pause.from_day <= end for pause in self.pauses):
            return end, [Run(first, end)]
        passed, day, left = [], first, (end - first).days + 1
        while left:
            self.calendar.check(day)
            passed.append(Run(day, day, pause=self._pause(day)))
            left -= passed[-1].counted
            day += DAY
        return passed[-1].last, _folded(passed)

    def to_open_day(self, day: dt.date) -> tuple[dt.date, list[Run]]:
        """To `day`, or the first day after it that is neither off nor paused; the runs are passed over."""
        passed: list[Run] = []
        while not (run := self._one(day)).counted:
            passed.append(run)
            day += DAY
            self.calendar.check(day)
        return day, _folded(passed)

    def hours(
        self, start: dt.datetime, hours: int, *, working: bool
    ) -> tuple[dt.datetime, dt.datetime, list[Run]]:
        """From the first moment that counts to the one at which `hours` are used up.

        `working`: only working hours of open days count; else every hour of days that are not paused.
        """
        spans: list[tuple[dt.datetime, dt.datetime]] = []
        passed, day, left = [], start.date(), dt.timedelta(hours=hours)
        while left:
            self.calendar.check(day)
            run = self._one(day) if working else Run(day, day, pause=self._pause(day))
            if run.counted:
                today = _spans(day, start, left, WORKING_HOURS if working else ALL_HOURS)
                run = Run(day, day, time=sum((end - begin for begin, end in today), dt.timedelta()))
                left -= run.time
                spans += today
            if run.time or not run.counted:
                passed.append(run)
            day += DAY
        return spans[0][0], spans[-1][1], _folded(passed)

    def _one(self, day: dt.date) -> Run:
        pause = self._pause(day)
        return Run(day, day, pause, self.calendar.why_off(day) or None if pause is None else None)

    def _pause(self, day: dt.date) -> Pause | None:
        return next((pause for pause in self.pauses if pause.covers(day)), None)


def _spans(
    day: dt.date, start: dt.datetime, left: dt.timedelta, windows: Iterable[tuple[int, int]]
) -> list[tuple[dt.datetime, dt.datetime]]:
    """The stretches of `day`, not before `start`, in its `windows`, cut where `left` is used up."""
    midnight = dt.datetime.combine(day, dt.time.min, start.tzinfo)
    spans = []
    for opens, closes in windows:
        begin = max(midnight + dt.timedelta(hours=opens), start)
        end = min(midnight + dt.timedelta(hours=closes), begin + left)
        if begin < end:
            spans.append((begin, end))
            left -= end - begin
    return spans


def _folded(days: Iterable[Run]) -> list[Run]:
    """Days in a row that were treated alike, as one; Saturday and Sunday together are the weekend."""
    runs = []
    for (pause, season), group in groupby(days, key=lambda run: (run.pause, _season(run.off))):
        alike = list(group)
        off = alike[0].off if len(alike) == 1 else season
        time = sum((run.time for run in alike), dt.timedelta())
        runs.append(Run(alike[0].first, alike[-1].last, pause, off, time))
    return runs


def _season(off: str | None) -> str | None:
    return WEEKEND if off in {"토요일", "일요일"} else off
