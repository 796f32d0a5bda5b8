"""A person's notices: filtered, paged by key, parted by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from sijeong.org import paging

from .models import Notice
from .told import Line

SIZE = 40


@dataclass(frozen=True)
class Page:
    """Notices, and the key of the page after them ("" at the end)."""

    notices: list[Notice]
    next: str

    @property
    def abouts(self) -> set[str]:
        return {about for notice in self.notices for about in notice.abouts}

    def by_day(self, seen: set[str]) -> list[tuple[dt.date, list[Shown]]]:
        """The notices of each day, as one who sees these subjects may read them."""
        days = groupby(self.notices, key=lambda notice: timezone.localtime(notice.made_at).date())
        return [(day, [shown(notice, seen) for notice in notices]) for day, notices in days]


@dataclass(frozen=True)
class Shown:
    """A notice and what of it may still be read; not ``visible``: nothing but that there was one."""

    notice: Notice
    visible: bool
    lines: list[Line]

    @property
    def clock(self) -> str:
        return f"{timezone.localtime(self.notice.made_at):%H:%M}"


def shown(notice: Notice, seen: set[str]) -> Shown:
    lines = [line for line in notice.told_lines if not line.about or line.about in seen]
    return Shown(notice, not notice.abouts or bool(notice.abouts & seen), lines)


def page(notices: QuerySet[Notice], *, unread: bool = False, kind: str = "", after: str = "") -> Page:
    """Those behind the key ``after``; of one of KINDS, or of all."""
    if unread:
        notices = notices.filter(read_at=None)
    if kind:
        notices = notices.filter(kind=kind)
    return Page(*paging.page(notices, "-made_at", after, SIZE))
