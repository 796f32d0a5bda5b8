"""A term as plain JSON data, and back, without loss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .errors import LegalTimeError
from .facts import KST, Extension, Pause, Step, StepKind
from .lengths import Length
from .rules import Rule

if TYPE_CHECKING:
    from .term import Term


def written(term: Term) -> dict[str, Any]:
    return {
        "rule": term.rule.value,
        "article": term.article,
        "start": term.start.isoformat(),
        "length": _length(term.length),
        "against": term.against,
        "extensions": [{"length": _length(e.length), "reason": e.reason} for e in term.extensions],
        "pauses": [
            {"from_day": p.from_day.isoformat(), "to_day": _iso(p.to_day), "reason": p.reason}
            for p in term.pauses
        ],
        "last_day": term.last_day.isoformat(),
        "last_moment": _iso(term.last_moment),
        "steps": [
            {"kind": s.kind.value, "first": s.first.isoformat(), "last": s.last.isoformat(), "text": s.text}
            for s in term.steps
        ],
        "calendar_version": term.calendar_version,
        "provisional": term.provisional,
    }


def read(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a term. Raises LegalTimeError if they are not those that `written` writes."""
    try:
        return {
            "rule": Rule(data["rule"]),
            "article": str(data["article"]),
            "start": _moment(data["start"]) if "T" in data["start"] else _day(data["start"]),
            "length": Length(**data["length"]),
            "against": bool(data["against"]),
            "extensions": tuple(Extension(Length(**e["length"]), e["reason"]) for e in data["extensions"]),
            "pauses": tuple(
                Pause(_day(p["from_day"]), p["to_day"] and _day(p["to_day"]), p["reason"])
                for p in data["pauses"]
            ),
            "last_day": _day(data["last_day"]),
            "last_moment": data["last_moment"] and _moment(data["last_moment"]),
            "steps": tuple(
                Step(StepKind(s["kind"]), _day(s["first"]), _day(s["last"]), s["text"]) for s in data["steps"]
            ),
            "calendar_version": str(data["calendar_version"]),
            "provisional": bool(data["provisional"]),
        }
    except (KeyError, TypeError, ValueError) as error:
        raise LegalTimeError(
            f"기간 기록을 읽을 수 없습니다 ({error!r}); as_json이 쓴 꼴이어야 합니다."
        ) from None


def _length(length: Length) -> dict[str, Any]:
    return {"amount": length.amount, "unit": length.unit.value}


def _iso(when: dt.date | None) -> str | None:
    return when.isoformat() if when else None


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(KST)
