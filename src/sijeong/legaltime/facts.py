"""What a statutory period is counted from, and the steps a count leaves behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from .errors import LegalTimeError
from .lengths import Length
from .rules import Rule

KST = dt.timezone(dt.timedelta(hours=9), "KST")
"""Korean time. Fixed: the country has kept no summer time since 1988, long before any day we count."""


class StepKind(StrEnum):
    START = "start"
    FIRST_DAY_EXCLUDED = "first-day-excluded"
    FIRST_DAY_COUNTED = "first-day-counted"
    OPENED = "opened"
    """Started outside working hours or in a pause: the clock starts later."""
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    SHORT_MONTH = "short-month"
    ROLLED = "rolled"
    STAYED = "stayed"
    """Ends on a Saturday or holiday, because the rule says so."""
    END = "end"
    EXTENDED = "extended"
    PROVISIONAL = "provisional"
    STOPPED = "stopped"
    """A pause that has not ended."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: the days from `first` to `last`, and in Korean what happened to them."""

    kind: StepKind
    first: dt.date
    last: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class Extension:
    length: Length
    reason: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both included; open while `to_day` is None."""

    from_day: dt.date
    to_day: dt.date | None
    reason: str

    def covers(self, day: dt.date) -> bool:
        """Whether `day` does not count. An open pause covers none yet: nobody knows how long it will be."""
        return self.to_day is not None and self.from_day <= day <= self.to_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that decides a term, the calendar apart. `start` is a day or a moment in Korean time."""

    rule: Rule
    start: dt.date
    length: Length
    against: bool = False
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def start_day(self) -> dt.date:
        return self.start.date() if isinstance(self.start, dt.datetime) else self.start

    @property
    def starts_at_midnight(self) -> bool:
        return isinstance(self.start, dt.datetime) and self.start.time() == dt.time.min


def in_korea(start: dt.date) -> dt.date:
    """A day as it is, an aware moment in Korean time; anything else raises LegalTimeError."""
    if not isinstance(start, dt.date):
        raise LegalTimeError(f"시작 {start!r}: 날짜(date)나 시간대가 있는 시각(datetime)이어야 합니다.")
    if not isinstance(start, dt.datetime):
        return start
    if start.utcoffset() is None:
        raise LegalTimeError(f"시작 {start}: 시각에는 시간대가 있어야 합니다. 예: {start}+09:00")
    # Korean time never repeats an hour, so `fold` says nothing; it would be lost on the way through JSON.
    return start.astimezone(KST).replace(fold=0)
