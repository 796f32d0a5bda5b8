"""A statutory period, counted: its facts, its end, and the steps that led there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from . import record
from .calendar import Calendar
from .errors import LegalTimeError
from .facts import Extension, Facts, Pause, Step, in_korea
from .lengths import Length
from .reckoning import reckon
from .rules import manner_of, rule_named
from .wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Facts):
    """A counted period. It ends with `last_day`, or at `last_moment` where hours are counted.

    `article` is the provision that sets the period. `provisional`: it ends after the last year whose holidays
    are known. While a pause is open (`is_paused`), `last_day` is that of a clock never stopped: no deadline.
    """

    article: str
    last_day: dt.date
    last_moment: dt.datetime | None
    steps: tuple[Step, ...]
    calendar_version: str
    provisional: bool

    @property
    def is_paused(self) -> bool:
        return any(pause.to_day is None for pause in self.pauses)

    def extended(self, length: Length, *, reason: str, calendar: Calendar) -> Self:
        """The term with `length` more, from the day after it ends, or the moment where hours are counted."""
        return replace(self, extensions=(*self.extensions, Extension(length, reason))).recounted(calendar)

    def paused(self, from_day: dt.date, to_day: dt.date, *, reason: str, calendar: Calendar) -> Self:
        """The term without the days from `from_day` to `to_day`, both included.

        The day of asking and the day the answer arrives both belong to the pause (Enforcement Decree of the
        Administrative Procedures Act 11, item 1).
        """
        return self.paused_since(from_day, reason=reason).resumed(to_day, calendar=calendar)

    def paused_since(self, day: dt.date, *, reason: str) -> Self:
        """The term with its clock stopped from `day` on; `resumed` tells how long that was."""
        if self.is_paused:
            raise LegalTimeError(f"{day}: 이미 멈춰 있는 기간은 다시 멈출 수 없습니다.")
        if not self.start_day <= day <= self.last_day:
            raise LegalTimeError(
                f"{day}: 기간 안({self.start_day}부터 {self.last_day}까지)에서만 멈출 수 있습니다."
            )
        pause = Pause(day, None, reason)
        say = Wording(self.start_day.year)
        say.stopped(pause)
        return replace(self, pauses=(*self.pauses, pause), steps=(*self.steps, *say.steps))

    def resumed(self, day: dt.date, *, calendar: Calendar) -> Self:
        """The term whose open pause ended with `day`, the last day that does not count."""
        *before, last = self.pauses or (None,)
        if last is None or last.to_day is not None:
            raise LegalTimeError(f"{day}: 멈춰 있지 않은 기간은 다시 시작할 수 없습니다.")
        if day < last.from_day:
            raise LegalTimeError(f"{day}: 멈춘 날 {last.from_day}보다 앞설 수 없습니다.")
        return replace(self, pauses=(*before, replace(last, to_day=day))).recounted(calendar)

    def recounted(self, calendar: Calendar) -> Self:
        """The same facts under another state of the calendar."""
        return replace(self, **_found(self, calendar))

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON column; `from_json` makes an equal term of it, without a calendar."""
        return record.written(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises LegalTimeError for data that `as_json` did not write."""
        return cls(**record.read(data))


def count(
    *,
    rule: str,
    start: dt.date,
    length: Length,
    calendar: Calendar,
    article: str = "",
    against: bool = False,
) -> Term:
    """Count the period of `length` that starts on the day, or at the aware moment, `start`.

    rule: `civil` (Civil Act 155-161), `petition` (Civil Petitions Treatment Act 19), `disclosure` (Official
    Information Disclosure Act 29) or `burden` (General Act on Public Administration 6 (2)).
    article: the provision that sets the period; if none is given, the one that counts it.
    against: under `burden`, counting so would be to the person's disadvantage.

    A day says that the period starts within it; a moment at midnight, that the whole day belongs to it.
    Periods counted in hours need a moment. Raises LegalTimeError for anything the law cannot count.
    """
    facts = Facts(rule=rule_named(rule), start=in_korea(start), length=length, against=against)
    basis = manner_of(facts.rule, length, against=against).basis
    given = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return Term(article=article or basis, **given, **_found(facts, calendar))


def _found(facts: Facts, calendar: Calendar) -> dict[str, Any]:
    reckoning = reckon(facts, calendar)
    found = {field.name: getattr(reckoning, field.name) for field in fields(reckoning)}
    return {**found, "calendar_version": calendar.version}
