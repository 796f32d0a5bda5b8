"""Sums as they stand: what is folded, and what has changed since, read in one statement."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from sijeong.cases.models import Tally, TallyDelta
from sijeong.prepared import Prepared

ALL_UNITS, ALL_TYPES, Span = Tally.ALL_UNITS, Tally.ALL_TYPES, Tally.Span


class Line(NamedTuple):
    """What a sum is of."""

    span: str
    start: dt.date
    unit: int
    type_code: str

    @property
    def single(self) -> bool:
        """Whether it is the least sum there is: a month of a division and a type."""
        return self.span == Span.MONTH and self.unit != ALL_UNITS and self.type_code != ALL_TYPES


def lines_of(unit: int, type_code: str, month: dt.date) -> Iterator[Line]:
    """Every sum that a place is part of."""
    for span, start in ((Span.MONTH, month), (Span.YEAR, month.replace(month=1))):
        for whose in (unit, ALL_UNITS):
            for what in (type_code, ALL_TYPES):
                yield Line(span, start, whose, what)


@dataclass(frozen=True)
class Wanted:
    """Which sums to read: of a span, from a day to a day, of all or some units, of all, one or each type."""

    span: str
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max
    units: tuple[int, ...] | None = None
    type_code: str = ALL_TYPES
    each_type: bool = False
    each_unit: bool = False

    def condition(self) -> Q:
        told = Q(span=self.span, start__gte=self.first, start__lte=self.last)
        if self.units is not None:
            told &= Q(unit__in=self.units)
        else:
            told &= ~Q(unit=ALL_UNITS) if self.each_unit else Q(unit=ALL_UNITS)
        return told & (~Q(type_code=ALL_TYPES) if self.each_type else Q(type_code=self.type_code))

    def has(self, line: Line) -> bool:
        if line.span != self.span or not self.first <= line.start <= self.last:
            return False
        if self.units is not None:
            whose = line.unit in self.units
        else:
            whose = (line.unit != ALL_UNITS) if self.each_unit else line.unit == ALL_UNITS
        return whose and (line.type_code != ALL_TYPES if self.each_type else line.type_code == self.type_code)


@dataclass(frozen=True)
class Sums:
    """The sums asked for, and how many changes still wait to be folded."""

    lines: dict[Line, Counter[str]]
    waiting: int


def _rows(government_id: int, *, wanted: tuple[Wanted, ...]) -> QuerySet[Any, tuple[Any, ...]]:
    condition = Q(pk__in=[])
    for one in wanted:
        condition |= one.condition()
    told = Cast("counts", TextField())
    folded = Tally.objects.filter(condition, government_id=government_id).annotate(told=told)
    changes = TallyDelta.objects.filter(government_id=government_id)
    changed = changes.annotate(span=Value(""), start=F("month"), told=told)
    return folded.values_list(*COLUMNS).union(changed.values_list(*COLUMNS), all=True)


COLUMNS = ("span", "start", "unit", "type_code", "told")
Raw = tuple[tuple[str, dt.date, int, str, str], ...]
_ROWS = Prepared(_rows)


def rows(government_id: int, *wanted: Wanted) -> Raw:
    """The sums of a government as the database has them, their counts as text: equal rows are equal figures.

    One statement, so that a change folded in between is neither missed nor counted twice.
    """
    return tuple(_ROWS(government_id, wanted=wanted))


def summed(rows: Raw, *wanted: Wanted) -> Sums:
    """The sums asked for, of their rows."""
    lines: dict[Line, Counter[str]] = {}
    waiting = 0
    for span, start, unit, type_code, told in rows:
        counts = orjson.loads(told)
        if span:
            lines.setdefault(Line(span, start, unit, type_code), Counter()).update(counts)
            continue
        waiting += 1
        for line in lines_of(unit, type_code, start):
            if any(one.has(line) for one in wanted):
                lines.setdefault(line, Counter()).update(counts)
    return Sums(lines, waiting)


def read(government_id: int, *wanted: Wanted) -> Sums:
    """The sums of a government."""
    return summed(rows(government_id, *wanted), *wanted)
