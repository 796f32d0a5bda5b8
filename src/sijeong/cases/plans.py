"""Dated promises in an answer's text (향후계획): found, so that each can be followed up. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

# '22.1월 · ’22. 2월∼ · 2022. 12. 31. · ′22.12.31. · 22년 3월 · 2022년 6월 30일: year, month, perhaps a day.
# A lone "3월" names no year and is left to the officer.
DATED = re.compile(
    r"(?<![\d.,])(?:[’'‘′`]\s?(?P<short>\d{2})|(?P<long>20\d{2}))\s?[.년]\s?(?P<month>1[0-2]|0?[1-9])"
    r"(?:\s?월(?:\s?(?P<day1>3[01]|[12]\d|0?[1-9])\s?일)?|\s?\.\s?(?:(?P<day2>3[01]|[12]\d|0?[1-9])\s?\.?)?)(?![\d,])"
)
# "월부터", "월 ~", "월∼": it begins then, it is not done then.
OPEN_END = re.compile(r"^\s*(?:부터|[~∼～-])")
MARK = re.compile(r"^[\s□○◦ㅇ·•\-–√▸▶※*ㆍ∙:]+")


@dataclass(frozen=True)
class Dated:
    """A line of a plan with the last day it names; ``ongoing`` where the day is only its beginning."""

    text: str
    due_on: dt.date
    ongoing: bool


def dated(text: str) -> list[Dated]:
    """The dated items of a plan in their order; a wrapped item is one. Impossible days are passed over."""
    found = []
    for item in _items(text):
        matches = list(DATED.finditer(item))
        days = [(day, match.end()) for match in matches if (day := _day(match))]
        if days:
            day, end = max(days)
            found.append(Dated(MARK.sub("", item)[:300], day, bool(OPEN_END.match(item[end:]))))
    return found


def _items(text: str) -> list[str]:
    """Lines, with those that begin without a mark joined to the one before."""
    items: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if (items and not MARK.match(line)) or (items and line.startswith(":")):
            items[-1] += " " + line
        else:
            items.append(line)
    return items


def _day(match: re.Match[str]) -> dt.date | None:
    year = int(match["long"] or "20" + match["short"])
    month = int(match["month"])
    last = calendar.monthrange(year, month)[1]
    day = int(match["day1"] or match["day2"] or last)
    return dt.date(year, month, day) if day <= last else None
