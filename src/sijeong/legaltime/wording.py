"""Korean sentences for the steps of a count, short as in an official table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .facts import Extension, Pause, Step, StepKind
from .lengths import Length, Unit
from .rules import Counting, Manner
from .walks import Run

WEEKDAYS = "월화수목금토일"


def full_day(day: dt.date) -> str:
    """2024.9.23.(월)"""
    return f"{day.year}.{day.month}.{day.day}.({WEEKDAYS[day.weekday()]})"


def full_moment(day: dt.date, moment: dt.datetime) -> str:
    """2024.9.23.(월) 14:30; midnight at the end of `day` is its 24:00."""
    return f"{full_day(day)} {_clock(moment, day)}"


@dataclass
class Wording:
    """Collects the steps of a count; days of its `year` are named without it."""

    year: int
    steps: list[Step] = field(default_factory=list)

    def started(self, start: dt.date) -> None:
        if isinstance(start, dt.datetime):
            self._add(StepKind.START, start.date(), f"{full_moment(start.date(), start)} 시작")
        else:
            self._add(StepKind.START, start, f"{full_day(start)} 시작")

    def first_day_excluded(self, day: dt.date, first: dt.date, manner: Manner) -> None:
        text = f"첫날 {self._day(day)} 제외, {self._day(first)}부터 셈 ({manner.first_basis})"
        self._add(StepKind.FIRST_DAY_EXCLUDED, day, text)

    def first_day_counted(self, day: dt.date, manner: Manner, *, at_midnight: bool) -> None:
        if at_midnight:
            text = f"0시에 시작하므로 첫날 {self._day(day)}부터 셈 ({manner.first_basis} 단서)"
        elif manner.counting is Counting.OPEN_DAYS:
            text = f"첫날부터 세되 토요일·공휴일은 세지 않음 ({manner.first_basis})"
        else:
            text = f"첫날 {self._day(day)}부터 셈 ({manner.first_basis})"
        self._add(StepKind.FIRST_DAY_COUNTED, day, text)

    def hours_begin(self, start: dt.datetime, length: Length, hours: int, manner: Manner) -> None:
        """How hours are counted. `hours` are those of `length`."""
        if manner.counting is Counting.HOURS:
            text = f"시작한 시각부터 {hours}시간을 이어서 셈 ({manner.basis})"
        else:
            total = (
                f"{length} = 근무시간 {hours}시간" if length.unit is Unit.DAYS else f"근무시간 {hours}시간"
            )
            text = f"{total}, 09:00–18:00에서 점심 12:00–13:00을 뺀 근무시간만 셈 ({manner.basis})"
        self._add(StepKind.FIRST_DAY_COUNTED, start.date(), text)

    def opened(self, first: dt.datetime) -> None:
        text = f"처음 세는 시각은 {self._day(first.date())} {_clock(first, first.date())}"
        self._add(StepKind.OPENED, first.date(), text)

    def ran(self, runs: list[Run], length: Length) -> None:
        """The runs of a walk, the days numbered where days are counted."""
        number = 0
        for run in runs:
            span = self._span(run.first, run.last)
            if run.pause:
                text = f"{span} 멈춤 {run.days}일{_because(run.pause.reason)}"
                self._add(StepKind.PAUSED, run.first, text, run.last)
            elif run.off:
                self._add(StepKind.SKIPPED, run.first, f"{run.off} {span} 제외", run.last)
            elif run.time:
                self._add(StepKind.COUNTED, run.first, f"{span} {_hours(run.time)}", run.last)
            elif length.unit is Unit.DAYS:
                first, number = number + 1, number + run.days
                days = f"{first}일째" if first == number else f"{first}–{number}일째"
                self._add(StepKind.COUNTED, run.first, f"{span} {days}", run.last)
            else:
                counted = str(length) if len(runs) == 1 else "셈"
                self._add(StepKind.COUNTED, run.first, f"{span} {counted}", run.last)

    def short_month(self, first: dt.date, end: dt.date) -> None:
        text = f"{end.month}월에는 {first.day}일이 없어 그 달 말일까지 ({_CALENDAR_BASIS})"
        self._add(StepKind.SHORT_MONTH, end, text)

    def rolled(self, day: dt.date, end: dt.date, runs: list[Run], manner: Manner) -> None:
        closed = ", ".join(f"{run.off or '멈춤'} {self._span(run.first, run.last)}" for run in runs)
        why = runs[0].off if runs[-1].last == day else closed
        text = f"말일 {self._day(day)}은 쉬는 날({why})이라 {self._day(end)}로 넘김 ({manner.end_basis})"
        self._add(StepKind.ROLLED, day, text, end)

    def stayed(self, day: dt.date, why: str, manner: Manner) -> None:
        text = f"말일 {self._day(day)}은 쉬는 날({why})이지만 그날 끝남 ({manner.end_basis})"
        self._add(StepKind.STAYED, day, text)

    def ended(self, day: dt.date, moment: dt.datetime | None) -> None:
        text = full_moment(day, moment) if moment else full_day(day)
        self._add(StepKind.END, day, f"{text}까지")

    def extended(self, first: dt.date, extension: Extension, moment: dt.datetime | None) -> None:
        begin = (
            f"{self._day(first)} {_clock(moment, first)}" if moment else f"만료 다음 날 {self._day(first)}"
        )
        text = f"{begin}부터 {extension.length} 연장{_because(extension.reason)}"
        self._add(StepKind.EXTENDED, first, text)

    def provisional(self, day: dt.date, last_known: int) -> None:
        text = f"{last_known}년 뒤의 공휴일은 아직 정해지지 않아 말일이 바뀔 수 있음"
        self._add(StepKind.PROVISIONAL, day, text)

    def stopped(self, pause: Pause) -> None:
        text = f"{self._day(pause.from_day)}부터 멈춤{_because(pause.reason)}, 다시 시작하면 말일을 새로 셈"
        self._add(StepKind.STOPPED, pause.from_day, text)

    def _add(self, kind: StepKind, first: dt.date, text: str, last: dt.date | None = None) -> None:
        self.steps.append(Step(kind, first, last or first, text))

    def _day(self, day: dt.date) -> str:
        return f"{self._date(day)}({WEEKDAYS[day.weekday()]})"

    def _date(self, day: dt.date) -> str:
        return f"{day.month}.{day.day}." if day.year == self.year else f"{day.year}.{day.month}.{day.day}."

    def _span(self, first: dt.date, last: dt.date) -> str:
        if first == last:
            return self._date(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{self._date(first)}–{last.day}."
        if first.year == last.year:
            return f"{self._date(first)}–{last.month}.{last.day}."
        return f"{self._date(first)}–{last.year}.{last.month}.{last.day}."


_CALENDAR_BASIS = "민법 제160조 제3항"


def _because(reason: str) -> str:
    return f" (사유: {reason})" if reason else ""


def _clock(moment: dt.datetime, day: dt.date) -> str:
    if moment.date() > day:
        return "24:00"
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def _hours(time: dt.timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "시간"), (minutes, "분"), (seconds, "초")]
    return " ".join(f"{number}{unit}" for number, unit in parts if number)
