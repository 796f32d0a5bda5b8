"""Which notices are owed on a day, of cases, promises and the week. Pure.

Before a due date people are reminded by working days left in the legal calendar, not by days of the wall calendar: a
working day is what one can do something with, so that the reminder of "three days" leaves three days of work over
any feast, and none has to be dropped because it falls on a Sunday. A due date on a day off (burden) is reminded of on
the working days before it. After the due date every day counts, days off too.

What is owed follows from the day alone, never from when one last looked. A reminder belongs to a stage ("3 or fewer
working days left") and is owed as long as the case is in it; who looks again, late, or after a gap finds the one
stage that is true now. Its key names the due date and the stage, so that it is told once, and anew when the date moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sijeong.legaltime import Calendar
from sijeong.notices.told import Line, Told

from .korean import day as written

DAY = dt.timedelta(days=1)
LINES = 30
UNDECIDED = 1
"""From how many working days left on a request for more time is reminded of: after the due date none can be given."""


@dataclass(frozen=True)
class Watched:
    """An open case whose clock runs, as reminders see it. ``people`` answer for it; ``heads`` for them."""

    pk: int
    number: str
    title: str
    address: str
    due_on: dt.date
    people: tuple[int, ...]
    heads: tuple[int, ...]
    before: tuple[int, ...] = (3, 1, 0)
    head_from: int = 2
    deciding: tuple[int, ...] = ()
    """Who must decide on more time that was asked for, while that is possible; nobody where none was."""


@dataclass(frozen=True)
class Promise:
    """An open follow-up, as reminders see it."""

    pk: int
    case: int
    number: str
    text: str
    address: str
    due_on: dt.date
    people: tuple[int, ...]
    before: tuple[int, ...] = (3, 0)


@dataclass(frozen=True)
class Week:
    """What planning is told once a week: to whom, and lines of (text, address)."""

    people: tuple[int, ...]
    lines: tuple[tuple[str, str], ...]
    address: str


@dataclass(frozen=True)
class Owing:
    """Everything that can owe a notice on a day.

    ``deputies``: who stands in that day for whom. ``home``: the address of what waits for oneself.
    """

    cases: Sequence[Watched] = ()
    promises: Sequence[Promise] = ()
    week: Week | None = None
    deputies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    home: str = "/"


def days_left(day: dt.date, due_on: dt.date, calendar: Calendar) -> int:
    """Working days after ``day`` up to ``due_on``; 0 on the last of them."""
    after = (day + DAY * n for n in range(1, (due_on - day).days + 1))
    return sum(not calendar.is_off(each) for each in after)


def horizon(day: dt.date, most: int, calendar: Calendar) -> dt.date:
    """The last due date with at most ``most`` working days left."""
    while most >= 0 and day < calendar.last:
        day += DAY
        most -= not calendar.is_off(day)
    return day - DAY


def owed(owing: Owing, day: dt.date, calendar: Calendar) -> list[Told]:
    """The notices owed on ``day``. On a day off only those of what is late."""
    told = list(_late(owing, day))
    if calendar.is_off(day):
        return told
    for case in owing.cases:
        told += _due(case, day, calendar, owing.deputies)
    for promise in owing.promises:
        told += _promised(promise, day, calendar, owing.deputies)
    told += _forgotten(owing, day)
    if owing.week:
        told += _week(owing.week, day)
    return told


def _stage(left: int, before: Sequence[int]) -> int | None:
    return min((stage for stage in before if stage >= left), default=None)


def _with_deputies(people: Iterable[int], deputies: Mapping[int, tuple[int, ...]]) -> list[int]:
    """The people, and whoever stands in for one of them, each once."""
    return list(dict.fromkeys(one for person in people for one in (person, *deputies.get(person, ()))))


def _due(
    case: Watched, day: dt.date, calendar: Calendar, deputies: Mapping[int, tuple[int, ...]]
) -> Iterator[Told]:
    if day > case.due_on:
        return
    left = days_left(day, case.due_on, calendar)
    stage = _stage(left, case.before)
    if stage is None:
        return
    for person in _with_deputies(case.deciding, deputies) if left <= UNDECIDED else ():
        yield Told(
            person=person, kind="extension", key=f"extension:{case.pk}:{case.due_on}:{stage}", about=f"case:{case.pk}",
            subject=case.number, title=case.title, address=case.address,
            text=f"연장 요청을 정해야 합니다. {_until(day, case.due_on, left)} 지나면 늘릴 수 없습니다.",
        )  # fmt: skip
    for person in _with_deputies(case.people, deputies):
        yield Told(
            person=person, kind="due", key=f"due:{case.pk}:{case.due_on}:{stage}", about=f"case:{case.pk}",
            subject=case.number, title=case.title, address=case.address, text=_until(day, case.due_on, left),
        )  # fmt: skip


def _until(day: dt.date, due_on: dt.date, left: int) -> str:
    if due_on == day:
        return f"오늘 {written(due_on)}이 기한입니다."
    if left == 0:
        return f"기한은 {written(due_on)}이고, 남은 근무일은 오늘뿐입니다."
    return f"기한 {written(due_on)}까지 근무일로 {left}일 남았습니다."


def _late(owing: Owing, day: dt.date) -> Iterator[Told]:
    """One notice a person and day, whatever is late for them: a bad week must not bury what else they are told."""
    of: dict[int, list[Watched]] = {}
    for case in owing.cases:
        days = (day - case.due_on).days
        if days < 1:
            continue
        people = (*case.people, *(case.heads if days >= case.head_from else ()))
        for person in _with_deputies(people, owing.deputies):
            of.setdefault(person, []).append(case)
    for person, cases in of.items():
        cases.sort(key=lambda case: (case.due_on, case.pk))
        first = cases[0]
        passed = f"기한 {written(first.due_on)}이 {(day - first.due_on).days}일 지났습니다."
        lines = tuple(
            Line(f"case:{case.pk}", f"{case.number} {(day - case.due_on).days}일 지남", case.address)
            for case in cases
        )
        shape = _Shape("late", f"late:{day}", "기한 지난 사안", owing.home)
        yield _one_of(person, shape, first.title, passed, lines)


def _forgotten(owing: Owing, day: dt.date) -> Iterator[Told]:
    """Promises whose day has passed, once a week: they are no legal dates, but neither are they forgotten."""
    of: dict[int, list[Promise]] = {}
    for promise in owing.promises:
        if day > promise.due_on:
            for person in _with_deputies(promise.people, owing.deputies):
                of.setdefault(person, []).append(promise)
    for person, promises in of.items():
        promises.sort(key=lambda promise: (promise.due_on, promise.pk))
        first = promises[0]
        passed = f"약속한 날 {written(first.due_on)}이 {(day - first.due_on).days}일 지났습니다."
        lines = tuple(
            Line(f"case:{p.case}", f"{p.number} {(day - p.due_on).days}일 지남", p.address) for p in promises
        )
        shape = _Shape("follow_up", f"follow_up:{week_of(day)}", "지나간 향후계획", owing.home)
        yield _one_of(person, shape, first.text, passed, lines)


@dataclass(frozen=True)
class _Shape:
    kind: str
    key: str
    name: str
    home: str


def _one_of(person: int, shape: _Shape, title: str, text: str, lines: tuple[Line, ...]) -> Told:
    """Of one thing its own notice; of several one that lists them, the oldest first."""
    first = lines[0]
    if len(lines) == 1:
        number = first.text.split(" ", 1)[0]
        return Told(
            person=person, kind=shape.kind, key=shape.key, about=first.about, subject=number, title=title,
            address=first.address, text=text,
        )  # fmt: skip
    more = f" 오래된 {LINES}건만 적습니다." if len(lines) > LINES else ""
    return Told(
        person=person, kind=shape.kind, key=shape.key, subject=f"{shape.name} {len(lines):,}건", address=shape.home,
        text=f"가장 오래된 것: {text}{more}", lines=lines[:LINES],
    )  # fmt: skip


def _promised(
    promise: Promise, day: dt.date, calendar: Calendar, deputies: Mapping[int, tuple[int, ...]]
) -> Iterator[Told]:
    if day > promise.due_on:
        return
    left = days_left(day, promise.due_on, calendar)
    stage = _stage(left, promise.before)
    if stage is None:
        return
    for person in _with_deputies(promise.people, deputies):
        yield Told(
            person=person, kind="follow_up", key=f"follow_up:{promise.pk}:{promise.due_on}:{stage}",
            about=f"case:{promise.case}", subject=promise.number, title=promise.text, address=promise.address,
            text=f"향후계획: {_until(day, promise.due_on, left)}",
        )  # fmt: skip


def week_of(day: dt.date) -> str:
    """``2026-W47``: the week from Monday on (ISO 8601)."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _week(week: Week, day: dt.date) -> Iterator[Told]:
    """On the first working day of the week on which one looks."""
    for person in week.people:
        yield Told(
            person=person, kind="digest", key=f"digest:{week_of(day)}", subject="이번 주 의회협력",
            text="한 주를 시작하며 보는 숫자입니다.", address=week.address,
            lines=tuple(Line("", text, address) for text, address in week.lines),
        )  # fmt: skip
