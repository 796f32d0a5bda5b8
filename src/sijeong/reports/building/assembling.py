"""A whole report from a design, a unit and a day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator

from django.urls import reverse

from sijeong.org.models import Unit
from sijeong.reports.models import Programme
from sijeong.reports.writing.design import Chapter, Content, Design
from sijeong.reports.writing.model import Bar, Part, Report, Source, Statement

from . import council, general
from .pieces import Frame, statements
from .promises import promises


def build(
    design: Design, unit: Unit, base: dt.date, *, title: str, occasion: str, opens: Callable[[str], str]
) -> Report:
    """The report as the records tell it for the base day; nothing is written.

    ``opens`` gives the page that lists what a source of that key counted.
    """
    units = list(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))
    frame = Frame(unit, units, base, opens)
    parts: list[Part] = []
    for annex, kind in itertools.groupby(design.chapters, key=lambda chapter: chapter.annex):
        for number, chapter in enumerate(kind, 1):
            parts.append(Bar(1, number, chapter.title, annex))
            parts += _chapter(frame, chapter)
    return Report(title, unit.name, occasion, base, parts, frame.sources)


def _chapter(frame: Frame, chapter: Chapter) -> Iterator[Part]:
    if chapter.content:
        yield from CONTENTS[chapter.content](frame)
    for place, section in enumerate(chapter.sections, 1):
        yield Bar(2, place, section.title)
        yield from CONTENTS[section.content](frame)


def programmes(frame: Frame) -> Iterator[Part]:
    """The list of the year's programmes, then each under its own bar with what has been written of it."""
    own = list(
        Programme.objects.filter(unit_id__in=frame.units, year=frame.base.year, closed=False)
        .select_related("unit").order_by("unit__path", "order", "pk")
    )  # fmt: skip
    if not own:
        yield Statement("○", (f"{frame.base.year}년 시책이 아직 없음",))
    for number, one in enumerate(own, 1):
        yield Bar(2, number, one.title)
        yield from programme(frame, one)


def programme(frame: Frame, one: Programme) -> Iterator[Part]:
    """What stands under a programme's bar."""
    if one.summary:
        yield Statement("", (one.summary,))
    source = Source(f"시책: {one.title}", reverse("programme", args=[one.pk]))
    for name, heading in Programme.PARTS.items():
        if text := getattr(one, name).strip():
            yield Statement("□", (heading,))
            yield from statements(text, frame, f"programme:{one.pk}", source)


def preview(one: Programme, day: dt.date) -> Report:
    """A programme alone, as a report of ``day`` would have it."""
    frame = Frame(one.unit, [one.unit_id], day, lambda key: "")
    parts: list[Part] = [Bar(1, 1, "주요업무"), Bar(2, one.order or 1, one.title), *programme(frame, one)]
    return Report(one.title, one.unit.name, "", day, parts, frame.sources)


CONTENTS: dict[Content, Callable[[Frame], Iterator[Part]]] = {
    Content.DUTIES: general.duties,
    Content.ORGANISATION: general.organisation,
    Content.STAFFING: general.staffing,
    Content.REVENUE: lambda frame: general.money(frame, "revenue"),
    Content.SPENDING: lambda frame: general.money(frame, "spending"),
    Content.PROGRAMMES: programmes,
    Content.FINDINGS: council.findings,
    Content.REQUESTS: council.requests,
    Content.IMPROVEMENTS: council.improvements,
    Content.PROMISES: promises,
}
