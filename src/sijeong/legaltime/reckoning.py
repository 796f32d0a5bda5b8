"""Counts a period from its facts: pauses, extensions, the roll at the end, and every step on the way."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from itertools import takewhile

from .calendar import Calendar
from .errors import LegalTimeError
from .facts import Extension, Facts, Step
from .lengths import Length, Unit, end_by_calendar
from .rules import Counting, Manner, hours_in, manner_of, manner_of_extension
from .walks import DAY, Walk
from .wording import Wording


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a count found; `last_moment` is None unless hours were counted."""

    last_day: dt.date
    last_moment: dt.datetime | None
    steps: tuple[Step, ...]
    provisional: bool


def reckon(facts: Facts, calendar: Calendar) -> Reckoning:
    """Count the period, then each extension from where the one before ended.

    Raises LegalTimeError where the facts do not fit the rule, or the calendar does not reach.
    """
    manner = manner_of(facts.rule, facts.length, against=facts.against)
    calendar.check(facts.start_day)
    tally = _Tally(facts, calendar)
    tally.say.started(facts.start)
    tally.period(manner)
    for extension in facts.extensions:
        tally.further(extension)
    # What needs no holidays needs none when it is extended, either.
    provisional = manner.needs_holidays and tally.last_day.year > calendar.last_known
    if provisional:
        tally.say.provisional(tally.last_day, calendar.last_known)
    for pause in facts.pauses:
        if pause.to_day is None:
            tally.say.stopped(pause)
    return Reckoning(tally.last_day, tally.last_moment, tuple(tally.say.steps), provisional)


class _Tally:
    """Where a count stands."""

    def __init__(self, facts: Facts, calendar: Calendar) -> None:
        self.facts = facts
        self.walk = Walk(calendar, facts.pauses)
        self.say = Wording(facts.start_day.year)
        self.last_day = facts.start_day
        self.last_moment: dt.datetime | None = None

    def period(self, manner: Manner) -> None:
        """The period itself, from its start."""
        facts, day = self.facts, self.facts.start_day
        if manner.in_hours:
            self._hours_from_start(manner)
        elif facts.starts_at_midnight or manner.first_day_counts:
            at_midnight = facts.starts_at_midnight and not manner.first_day_counts
            self.say.first_day_counted(day, manner, at_midnight=at_midnight)
            self._days(day, facts.length, manner)
        else:
            self.say.first_day_excluded(day, day + DAY, manner)
            self._days(day + DAY, facts.length, manner)

    def further(self, extension: Extension) -> None:
        """On from the end: days go on from midnight, so the first of them counts (Civil Act 157)."""
        facts, length = self.facts, extension.length
        manner = manner_of_extension(facts.rule, facts.length, length, against=facts.against)
        if self.last_moment is None:
            self.say.extended(self.last_day + DAY, extension, None)
            self._days(self.last_day + DAY, length, manner)
        else:
            self.say.extended(self.last_day, extension, self.last_moment)
            self._hours(self.last_moment, length, manner)

    def _days(self, first: dt.date, length: Length, manner: Manner) -> None:
        if manner.counting is Counting.OPEN_DAYS:
            end, runs = self.walk.open_days(first, length.amount)
        else:
            end, runs = self.walk.calendar_days(first, length)
        self.say.ran(runs, length)
        if length.unit in {Unit.MONTHS, Unit.YEARS}:
            self._say_if_short_month(first, length)
        self.last_day = self._rolled(end, manner)
        self.say.ended(self.last_day, None)

    def _rolled(self, day: dt.date, manner: Manner) -> dt.date:
        if manner.rolls:
            end, runs = self.walk.to_open_day(day)
            if runs:
                self.say.rolled(day, end, runs, manner)
            return end
        if manner.counting is Counting.CALENDAR_DAYS and (why := self.walk.calendar.why_off(day)):
            self.say.stayed(day, why, manner)
        return day

    def _hours_from_start(self, manner: Manner) -> None:
        start, length = self.facts.start, self.facts.length
        if not isinstance(start, dt.datetime):
            raise LegalTimeError(
                f"시작 {start}: {length}은 시간으로 세므로({manner.basis}) 접수한 시각까지 있어야 합니다."
            )
        self.say.hours_begin(start, length, hours_in(length), manner)
        self._hours(start, length, manner)

    def _hours(self, start: dt.datetime, length: Length, manner: Manner) -> None:
        """On from the moment `start`."""
        working = manner.counting is Counting.OPEN_HOURS
        begin, self.last_moment, runs = self.walk.hours(start, hours_in(length), working=working)
        before = list(takewhile(lambda run: not run.counted, runs))
        self.say.ran(before, length)
        if begin > start:
            self.say.opened(begin)
        self.say.ran(runs[len(before) :], length)
        self.last_day = runs[-1].last
        self.say.ended(self.last_day, self.last_moment)

    def _say_if_short_month(self, first: dt.date, length: Length) -> None:
        end = end_by_calendar(first, length)
        if first.day > monthrange(end.year, end.month)[1]:
            self.say.short_month(first, end)
