"""What the law opens of the whole: how many were asked, answered in time, and published. Sums only, never a case."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from sijeong.cases.models import CaseTypeVersion
from sijeong.org.models import Government
from sijeong.statistics.figures import Figures, figures
from sijeong.statistics.reading import Span, Wanted, read

from . import access


@dataclass(frozen=True)
class Line:
    """The figures of a year or of a type in a year, and how many of its cases are public."""

    name: str
    figures: Figures
    published: int


@dataclass(frozen=True)
class Opened:
    """A line a year, and for one year a line a type."""

    years: list[Line]
    year: int | None
    types: list[Line]


def opened(government: Government, year: str, day: dt.date) -> Opened:
    """Types that are never published are counted in the years, and told by their name alone."""
    told = read(government.pk, Wanted(Span.YEAR), Wanted(Span.YEAR, each_type=True))
    shown = {
        (each["year"], each["type_code"]): each["n"]
        for each in access.public_cases(government).values("year", "type_code").annotate(n=Count("pk"))
    }
    whole = {line.start.year: sums for line, sums in told.lines.items() if not line.type_code}
    wanted = next((one for one in whole if str(one) == year), max(whole, default=None))
    published = Counter[int]()
    for (one, _), n in shown.items():
        published[one] += n
    years = [Line(str(one), figures(whole[one], day), published[one]) for one in sorted(whole, reverse=True)]
    by_type = {
        line.type_code: sums
        for line, sums in told.lines.items()
        if line.type_code and line.start.year == wanted
    }
    names = dict(
        CaseTypeVersion.objects.filter(government=government, current=True).values_list("code", "name")
    )
    types = [
        Line(names.get(code, code), figures(by_type[code], day), shown.get((wanted or 0, code), 0))
        for code in sorted(by_type, key=lambda each: -by_type[each]["received"])
        if by_type[code]["received"]
    ]
    return Opened([line for line in years if line.figures.received], wanted, types)
