"""What a new state of the holiday calendar does to terms that run. Pure.

Terms counted from the same facts end on the same day, and most cases of a day share theirs: each is counted once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from sijeong.legaltime import Calendar, LegalTimeError, Term

FOUND = {"last_day", "last_moment", "steps", "calendar_version", "provisional"}
"""What a count finds; all else in a stored term are the facts it is counted from."""


@dataclass(frozen=True)
class Counted:
    """A case's stored term under the new calendar. ``why`` says why its date stays, or why it can't be counted."""

    pk: int
    before: dt.date
    term_data: dict[str, Any]
    due_on: dt.date
    why: str = ""
    failed: bool = False

    @property
    def moves(self) -> bool:
        return not self.why


PAUSED = "기한이 멈춰 있어 날짜가 없음: 재개할 때 새 달력으로 셈"
SAME = "기간 안에 바뀐 날이 없음"


def counted(stored: Iterable[tuple[int, dt.date, dict[str, Any]]], calendar: Calendar) -> Iterator[Counted]:
    """Each (key, due date, term's JSON) whose term was counted by another calendar, counted by this one."""
    known: dict[bytes, dict[str, Any] | str] = {}
    for pk, due_on, data in stored:
        if data["calendar_version"] == calendar.version:
            continue
        facts = orjson.dumps({name: value for name, value in data.items() if name not in FOUND})
        if facts not in known:
            known[facts] = _fresh(data, calendar)
        yield _compared(pk, due_on, data, known[facts])


def _fresh(data: Mapping[str, Any], calendar: Calendar) -> dict[str, Any] | str:
    try:
        return Term.from_json(data).recounted(calendar).as_json()
    except LegalTimeError as error:
        return str(error)


def _compared(pk: int, due_on: dt.date, old: dict[str, Any], new: dict[str, Any] | str) -> Counted:
    if isinstance(new, str):
        return Counted(pk, due_on, old, due_on, why=new, failed=True)
    ends = dt.date.fromisoformat(new["last_day"])
    stands = any(pause["to_day"] is None for pause in old["pauses"])
    return Counted(pk, due_on, new, ends, why=PAUSED if stands else SAME if ends == due_on else "")


@dataclass(frozen=True)
class Changed:
    """A day that is off in one state of the calendar and not, or by another name, in the other."""

    day: dt.date
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.day} {self.after}: 새로 쉬는 날"
        return f"{self.day} {self.before}: " + (f"이름이 {self.after}" if self.after else "쉬지 않게 됨")


def changes(before: Mapping[str, str], after: Mapping[dt.date, str]) -> list[Changed]:
    """The days whose holiday differs, in order."""
    new = {day.isoformat(): name for day, name in after.items()}
    days = sorted({day for day in {**before, **new} if before.get(day) != new.get(day)})
    return [Changed(dt.date.fromisoformat(day), before.get(day, ""), new.get(day, "")) for day in days]
