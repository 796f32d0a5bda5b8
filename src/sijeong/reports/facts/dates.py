"""Dates as Korean reports write them: '22.1.31. · ′21.4~10월 · '23. 4. 2.(일) 11:53 · 2021. 3. 1. ~ 2023.
2. 28.(2년) · 연중.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MAYBE = re.compile(r"['’‘′`]\s?\d|(?:19|20)\d\d|\d\d\.")
WEEKDAYS = "월화수목금토일"
_YEAR = (
    r"(?:(?:['’‘′`]\s?(?P<yy{n}>\d{{2}})|(?<!\d)(?P<yyyy{n}>(?:19|20)\d{{2}}))\s?(?:[.\-/년]|년도)"
    r"|(?<![\d.,])(?P<bare{n}>[0-3]\d)\.(?=\s?\d{{1,2}}\.\s?\d{{1,2}}(?!\d)))\s?"
)
_DAY = (
    r"(?P<m{n}>1[0-2]|0?[1-9])\s?(?:[.\-/](?!\d{{3}})|월|(?=\s?(?:[~∼～)]|$)))"
    r"(?:\s?(?P<d{n}>3[01]|[12]\d|0?[1-9])(?!\d|\s?[회건명개월])\s?(?:\.|일)?)?"
)
_TAIL = r"(?:\s?\(\s?(?P<w{n}>[월화수목금토일])(?:요일)?\s?[,)])?(?:\s?(?P<t{n}>[0-2]?\d:[0-5]\d))?"
_START = re.compile((_YEAR + "(?:" + _DAY + ")?").format(n=0) + _TAIL.format(n=0))
_RANGE = re.compile(r"\s?(?:[~∼～]|부터|-(?=\s?['’′\d]))\s?")
_END = re.compile(
    "(?:"
    + _YEAR.format(n=1)
    + ")?(?:"
    + _DAY.format(n=1)
    + r"|(?P<dd1>3[01]|[12]\d|[1-9])\s?(?:일|\.)(?!\d))"
    + _TAIL.format(n=1)
)
_MONTH_RANGE = re.compile(
    _YEAR.format(n=0)
    + r"(?P<m0>1[0-2]|0?[1-9])\s?[.월]?\s?[~∼～]\s?(?P<m1>1[0-2]|0?[1-9])\s?월(?P<until>까지)?"
)
_LENGTH = re.compile(
    r"\s?\(\s?(?:총\s?)?(?P<n>\d{1,4})\s?(?P<unit>일간?|개월간?|년간?|주간?|박)(?P<more>[^)]*)\)"
)


class Moment(NamedTuple):
    """A year, perhaps with month, day, printed weekday and time."""

    year: int
    month: int | None = None
    day: int | None = None
    weekday: str = ""
    time: str = ""

    def date(self) -> date | None:
        """The calendar day; None if the day is not given or doesn't exist."""
        if self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    def exists(self) -> bool:
        return self.month is None or self.day is None or self.date() is not None


class Span(NamedTuple):
    """From `start` to `end` (the same for one day; None where it is open), with the length printed behind
    it.
    """

    start: Moment
    end: Moment | None
    text: str
    at: int
    length: int | None = None
    length_unit: str = ""

    def days(self) -> int | None:
        """Days from first to last, both counted, by the calendar; None unless both are full dates."""
        first = self.start.date()
        last = self.end.date() if self.end else None
        return (last - first).days + 1 if first and last else None


def _year(match: re.Match[str], n: int) -> int | None:
    groups = match.groupdict()
    if groups.get(f"yyyy{n}"):
        return int(groups[f"yyyy{n}"])
    short = groups.get(f"yy{n}") or groups.get(f"bare{n}")
    return None if not short else 2000 + int(short) if int(short) < 70 else 1900 + int(short)


def _moment(match: re.Match[str], n: int, year: int, month: int | None = None) -> Moment:
    groups = match.groupdict()
    found = groups.get(f"m{n}")
    day = groups.get(f"d{n}") or groups.get(f"dd{n}")
    return Moment(
        year,
        int(found) if found else month,
        int(day) if day else None,
        groups.get(f"w{n}") or "",
        groups.get(f"t{n}") or "",
    )


@lru_cache(maxsize=4096)
def spans(text: str) -> list[Span]:
    """Every date or range of dates in a text, in order."""
    if not _MAYBE.search(text):
        return []
    found: list[Span] = []
    position = 0
    while match := _START.search(text, position):
        months = _MONTH_RANGE.match(text, match.start())
        if months and not match["d0"]:
            year = _year(months, 0) or 0
            end = months.end()
            start_ = Moment(year, int(months["m0"]))
            end_: Moment | None = Moment(year, int(months["m1"]))
        else:
            year = _year(match, 0) or 0
            start_, end = _moment(match, 0, year), match.end()
            end_, end = _range_end(text, end, start_)
        length = _LENGTH.match(text, end)
        stated = (int(length["n"]), _unit(length)) if length else (None, "")
        stop = length.end() if length else end
        found.append(Span(start_, end_, text[match.start() : stop], match.start(), *stated))
        position = max(stop, match.start() + 1)
    return found


def _unit(length: re.Match[str]) -> str:
    """The unit of a stated length; '' if words beside it say that it counts something else (working days,
    with gaps).
    """
    return "" if length["more"].strip(" ,") else length["unit"].removesuffix("간")


def _range_end(text: str, position: int, start: Moment) -> tuple[Moment | None, int]:
    bridge = _RANGE.match(text, position)
    if not bridge:
        return start, position
    match = _END.match(text, bridge.end())
    if not match or (match["m1"] is None and start.month is None):
        return None, bridge.end()
    year = _year(match, 1) or start.year
    end = _moment(match, 1, year, start.month)
    if match["m1"] is not None and match["d1"] is None and start.day is not None and "월" not in match[0]:
        # '22.1.17.~ 20. : the lone number is a day of the same month
        lone = re.fullmatch(r"\s*(\d{1,2})\s?\.?\s*", match[0])
        if lone and _year(match, 1) is None:
            end = Moment(year, start.month, int(lone[1]))
    return end, match.end()


def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
