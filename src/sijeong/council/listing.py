"""Meetings by the filters of an address: pages by key, counts by year and kind, a month's calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils import timezone

from sijeong.org import paging
from sijeong.org.access import units
from sijeong.org.address import Address, Misread
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .models import Meeting, MeetingQuerySet

PAGE = 50


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@dataclass(frozen=True)
class Filters:
    """What an address asks for; what nobody understands (``misread``) is as if not given. ``since`` and ``until`` are days, both counted."""

    q: str = ""
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    unit: Unit | None = None
    counted: bool = False
    misread: tuple[Misread, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, viewer: Viewer) -> Filters:
        asked = Address(query)
        return cls(
            q=asked.text("q"), kind=asked.choice("kind", "종류", Meeting.Kind.values), since=asked.day("since", "부터"),
            until=asked.day("until", "까지"), unit=asked.row("unit", "부서", units(viewer)),
            counted=asked.choice("counted", "열린 것만", {"1"}) == "1", misread=tuple(asked.misread),
        )  # fmt: skip

    def applied(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        if self.q:
            meetings = meetings.filter(
                Q(subject__icontains=self.q) | Q(place__icontains=self.q) | Q(content__icontains=self.q)
            )
        if self.kind:
            meetings = meetings.filter(kind=self.kind)
        if self.since:
            meetings = meetings.filter(held_at__gte=_midnight(self.since))
        if self.until:
            meetings = meetings.filter(held_at__lt=_midnight(self.until + dt.timedelta(days=1)))
        if self.unit:
            meetings = meetings.filter(units=self.unit)
        return meetings.took_place(timezone.now()) if self.counted else meetings


def page(meetings: MeetingQuerySet, after: str) -> tuple[list[Meeting], str]:
    """The newest first after a key, and the key of the page after them (empty at the end)."""
    full = meetings.prefetch_related("members", "units", "suggestions")
    return paging.page(full, "-held_at", after, PAGE)


def by_year(meetings: MeetingQuerySet, day: dt.date) -> list[tuple[int, dict[str, int], int]]:
    """Meetings that took place, by year and kind: (year, {kind: count}, sum), the newest first."""
    held = meetings.took_place(timezone.now()).annotate(year=ExtractYear("held_at"))
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Meeting.Kind.values, 0))
    for row in held.order_by().values("year", "kind").annotate(how_many=Count("pk")):
        counts[row["year"]][row["kind"]] = row["how_many"]
    return [(year, counts[year], sum(counts[year].values())) for year in sorted(counts, reverse=True)]


@dataclass(frozen=True)
class Month:
    """Weeks of a month from Monday on, each day with its meetings; None for days of other months."""

    first: dt.date
    weeks: list[list[tuple[dt.date, list[Meeting]] | None]]
    before: str
    after: str
    misread: tuple[Misread, ...] = ()


def month(viewer: Viewer, query: QueryDict) -> Month:
    """The month that an address asks for (``2026-11``), or the present one."""
    asked = Address(query)
    given = asked.month("month", "달")
    first = dt.date.fromisoformat(f"{given}-01") if given else viewer.day.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    shown = Meeting.objects.visible_to(viewer).filter(
        held_at__gte=_midnight(first), held_at__lt=_midnight(following), cancelled_at=None
    )
    on: dict[dt.date, list[Meeting]] = defaultdict(list)
    for meeting in shown.prefetch_related("members").order_by("held_at", "pk"):
        on[timezone.localtime(meeting.held_at).date()].append(meeting)
    days = calendar.Calendar().monthdatescalendar(first.year, first.month)
    weeks = [[(day, on[day]) if day.month == first.month else None for day in week] for week in days]
    return Month(
        first, weeks, f"{first - dt.timedelta(days=1):%Y-%m}", f"{following:%Y-%m}", tuple(asked.misread)
    )
