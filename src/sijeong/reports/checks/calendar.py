"""Checks dates: weekdays against the calendar, days that don't exist, ranges against their stated lengths."""

from __future__ import annotations

import re
from datetime import timedelta

from sijeong.reports.checks import verdicts
from sijeong.reports.checks.verdicts import Verdict
from sijeong.reports.facts.dates import WEEKDAYS, Moment, Span, spans
from sijeong.reports.reading.documents import Place

_NUMBERED = re.compile(r"\d[-/]\d")
_WORKING_DAYS = (0.55, 0.8)  # the share of days that are working days, about


def check_dates(text: str, place: Place) -> tuple[list[Verdict], int]:
    """Verdicts on the dates of one text, and how many relations were tried."""
    found: list[Verdict] = []
    tried = 0
    for span in spans(text):
        moments = [span.start] if span.end is None or span.end == span.start else [span.start, span.end]
        for moment in moments:
            tried += bool(moment.weekday) or moment.day is not None
            if verdict := _weekday(moment, span, place):
                found.append(verdict)
        if span.length is not None and span.length_unit:
            tried += 1
            if verdict := _length(span, place):
                found.append(verdict)
    return found, tried


def _weekday(moment: Moment, span: Span, place: Place) -> Verdict | None:
    text = span.text.strip()
    if not moment.exists() and _NUMBERED.search(text):
        return None  # 2023-2-31 may be the number of a document
    if not moment.exists():
        return Verdict(
            verdicts.ERROR,
            place,
            text,
            "",
            f"{moment.year}년 {moment.month}월 {moment.day}일은 없는 날",
            cells=[place],
        )
    day = moment.date()
    if day is None or not moment.weekday:
        return None
    right = WEEKDAYS[day.weekday()]
    if moment.weekday == right:
        return None
    return Verdict(
        verdicts.ERROR,
        place,
        text,
        f"{day.isoformat()}({right})",
        f"요일 {moment.weekday} → {right}",
        cells=[place],
    )


def _length(span: Span, place: Place) -> Verdict | None:
    """A stated length against its range: first day counted or not, months and years to the nearest either
    way.
    """
    possible = _possible(span)
    if not possible or span.length is None:
        return None
    low, high = possible
    if low <= span.length <= high:
        return None
    said = f"{low:g}{span.length_unit}" if low == high else f"{low:g}~{high:g}{span.length_unit}"
    working = span.length_unit == "일" and _WORKING_DAYS[0] <= span.length / high <= _WORKING_DAYS[1]
    kind = verdicts.SUSPICIOUS if working else verdicts.ERROR
    stated = f"{span.length}{span.length_unit}"
    return Verdict(kind, place, stated, said, span.text.strip(), cells=[place])


def _possible(span: Span) -> tuple[float, float] | None:
    days = span.days()
    if span.end is None or span.end.month is None or span.start.month is None:
        return None
    months = 12 * (span.end.year - span.start.year) + span.end.month - span.start.month
    if months < 0 or (days is not None and days < 1):
        return None
    if days is None:
        return _of_months(span.length_unit, months)
    whole = _whole_months(span)
    if whole and span.length_unit in ("개월", "년"):
        return (whole, whole) if span.length_unit == "개월" else (whole // 12, -(-whole // 12))
    return _of_days(span.length_unit, days)


def _whole_months(span: Span) -> int:
    """How many whole months a range of full dates covers (1. 1. ~ 3. 31. is three), 0 if it covers none."""
    first, last = span.start.date(), span.end.date() if span.end else None
    if first is None or last is None:
        return 0
    after = last + timedelta(days=1)
    months = 12 * (after.year - first.year) + after.month - first.month
    return months if after.day == first.day else 0


def _of_days(unit: str, days: int) -> tuple[float, float] | None:
    """Ranges of full dates: the first day counted or not, part months and years either way."""
    bounds: dict[str, tuple[float, float]] = {
        "일": (days - 1, days),
        "박": (days - 1, days),
        "주": (max((days - 7) // 7, 0), -(-days // 7)),
        "개월": (max(int(days / 31) - (days < 45), 0), int(days / 28) + 1),
        "년": (int(days / 366), int(days / 365) + (days % 365 > 20)),
    }
    return bounds.get(unit)


def _of_months(unit: str, months: int) -> tuple[float, float] | None:
    """Ranges of months: both ends counted, or not."""
    if unit == "개월":
        return months, months + 1
    if unit == "년":
        return months // 12, (months + 11) // 12 + (months % 12 == 0)
    return None
