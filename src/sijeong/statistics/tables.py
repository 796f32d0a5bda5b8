"""The tables of the pages: lines of figures by time, type and division, each knowing the cases behind it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from .access import Sight
from .figures import Figures, figures
from .reading import ALL_TYPES, ALL_UNITS, Line, Raw, Span, Sums, Wanted, read, rows, summed


@dataclass(frozen=True)
class Asked:
    """What a page is asked to show: the year of receipt (None: all years) and a type (empty: all)."""

    sight: Sight
    day: dt.date
    year: int | None
    type_code: str = ALL_TYPES

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of receipt."""
        return (
            (dt.date(self.year, 1, 1), dt.date(self.year, 12, 31))
            if self.year
            else (dt.date.min, dt.date.max)
        )

    def query(self, **more: object) -> str:
        """The address of the list behind a line, without the fate."""
        told: dict[str, object] = {"scope": "all", "order": "received", "count": "1"}
        if self.year:
            told["year"] = self.year
        if self.type_code:
            told["type"] = self.type_code
        if self.sight.ids is not None:
            told["lead"] = ",".join(map(str, self.sight.ids))
        return urlencode({name: value for name, value in (told | more).items() if value != ""}, safe=",")


@dataclass(frozen=True)
class Row:
    """A line: its name, its figures, the list behind it, and where it leads on within the statistics."""

    label: str
    figures: Figures
    query: str
    on: str = ""


@dataclass(frozen=True)
class Table:
    code: str
    title: str
    head: str
    rows: list[Row] = field(default_factory=list)
    total: Row | None = None


def _summed(lines: Mapping[Line, Counter[str]], key: str) -> dict[object, Counter[str]]:
    found: dict[object, Counter[str]] = {}
    for line, counts in lines.items():
        found.setdefault(getattr(line, key), Counter()).update(counts)
    return found


def _rows(
    asked: Asked, sums: Iterable[tuple[str, Mapping[str, int], Mapping[str, object], str]]
) -> list[Row]:
    rows = [
        Row(label, figures(counts, asked.day), asked.query(**more), on) for label, counts, more, on in sums
    ]
    return [row for row in rows if row.figures.received]


def _total(asked: Asked, counts: Iterable[Mapping[str, int]], **more: object) -> Row:
    every: Counter[str] = Counter()
    for one in counts:
        every.update(one)
    return Row("합계", figures(every, asked.day), asked.query(**more))


@dataclass(frozen=True, eq=False)
class Overview:
    """By year, by month of the year asked for, by type; and how many changes wait to be folded."""

    years: Table
    months: Table
    types: Table
    waiting: int

    @property
    def tables(self) -> list[Table]:
        return [self.years, self.months, self.types]


def overview(asked: Asked, names: Mapping[str, str]) -> Overview:
    """The figures of the sight. ``names`` are those of types by their code."""
    ids, (first, last) = asked.sight.ids, asked.span
    wanted = (
        Wanted(Span.YEAR, units=ids, type_code=asked.type_code),
        Wanted(Span.MONTH, first, last, units=ids, type_code=asked.type_code),
        Wanted(Span.YEAR, first, last, units=ids, each_type=True),
    )
    found = rows(asked.sight.government_id, *wanted)
    return _overview(asked, tuple(names.items()), wanted, found)


@lru_cache(maxsize=64)
def _overview(
    asked: Asked, names: tuple[tuple[str, str], ...], wanted: tuple[Wanted, ...], found: Raw
) -> Overview:
    """Worked out once for the same rows: the city's figures are looked at more often than they change."""
    sums, (first, last) = summed(found, *wanted), asked.span
    by_year = {
        line: c
        for line, c in sums.lines.items()
        if line.span == Span.YEAR and line.type_code == asked.type_code
    }
    by_month = {line: c for line, c in sums.lines.items() if line.span == Span.MONTH}
    by_type = {
        line: c for line, c in sums.lines.items()
        if line.span == Span.YEAR and line.type_code != ALL_TYPES and first <= line.start <= last
        and asked.type_code in {ALL_TYPES, line.type_code}
    }  # fmt: skip
    return Overview(
        _years(asked, by_year), _months(asked, by_month), _types(asked, by_type, dict(names)), sums.waiting
    )


def _years(asked: Asked, lines: Mapping[Line, Counter[str]]) -> Table:
    found = sorted(_summed(lines, "start").items(), key=lambda pair: str(pair[0]))
    told = [(f"{start:%Y}년", counts, {"year": f"{start:%Y}"}, f"{start:%Y}") for start, counts in found]
    total = _total(asked, [counts for _, counts in found], year="")
    return Table("years", "연도별", "접수 연도", _rows(asked, told), total)


def _months(asked: Asked, lines: Mapping[Line, Counter[str]]) -> Table:
    found = sorted(_summed(lines, "start").items(), key=lambda pair: str(pair[0]))
    name = "{0.month}월" if asked.year else "{0:%Y-%m}"
    told = [
        (name.format(start), counts, {"year": "", "month": f"{start:%Y-%m}"}, "") for start, counts in found
    ]
    total = _total(asked, [counts for _, counts in found])
    return Table("months", "월별", "접수 월", _rows(asked, told), total)


def _types(asked: Asked, lines: Mapping[Line, Counter[str]], names: Mapping[str, str]) -> Table:
    found = sorted(_summed(lines, "type_code").items(), key=lambda pair: -pair[1]["received"])
    told = [(names.get(str(code), str(code)), counts, {"type": code}, str(code)) for code, counts in found]
    return Table(
        "types", "종류별", "종류", _rows(asked, told), _total(asked, [counts for _, counts in found])
    )


def by_unit(asked: Asked, names: Mapping[int, str]) -> tuple[Table, Sums]:
    """A line a lead division: compared ones by their rate, then those with too few cases."""
    first, last = asked.span
    wanted = Wanted(Span.YEAR, first, last, units=asked.sight.ids, type_code=asked.type_code, each_unit=True)
    sums = read(asked.sight.government_id, wanted)
    found = {line: c for line, c in sums.lines.items() if line.unit != ALL_UNITS}
    told = [
        ("배정 전" if unit == 0 else names.get(int(str(unit)), f"부서 {unit}"), counts, {"lead": unit}, str(unit))
        for unit, counts in _summed(found, "unit").items()
    ]  # fmt: skip
    rows = sorted(_rows(asked, told), key=_standing)
    return Table("units", "부서별", "주관부서", rows, _total(asked, found.values())), sums


def _standing(row: Row) -> tuple[bool, float, str]:
    return not row.figures.ranked, -(row.figures.rate or 0), row.label


@dataclass(frozen=True)
class Outcome:
    """How many cases of a kind came to an outcome, and on whose word."""

    delivered: int
    told: int
    query: str

    @property
    def all(self) -> int:
        return self.delivered + self.told


@dataclass(frozen=True)
class Outcomes:
    """Kinds against outcomes, as the audit's own tables have them; ``grid`` rows are (name, cells, sum)."""

    heads: list[str]
    grid: list[tuple[str, list[Outcome], Outcome]]


def outcomes(asked: Asked, table: Figures, kinds: Mapping[str, str], ends: Mapping[str, str]) -> Outcomes:
    """The table of a type's outcomes; the last column is those without one, the last row the sum."""
    told = {**ends, "": "결과 없음"}

    def cell(kind: str | None, outcome: str | None) -> Outcome:
        # A kind "" with kinds there is nothing but a row without one; None is all of them.
        matching = {
            key: n
            for key, n in table.outcomes.items()
            if kind in {None, key[0]} and outcome in {None, key[1]}
        }
        source = sum(n for key, n in matching.items() if key[2] == "source")
        more = {"kind": kind or "", "outcome": {None: "", "": "-"}.get(outcome, outcome)}
        return Outcome(sum(matching.values()) - source, source, asked.query(**more))

    lines = [*kinds.items()] if kinds else []
    grid = [(name, [cell(kind, end) for end in told], cell(kind, None)) for kind, name in lines]
    grid.append(("합계", [cell(None, end) for end in told], cell(None, None)))
    return Outcomes(list(told.values()), grid)
