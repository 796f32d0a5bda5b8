"""A person's notices: filtered, paged by key, parted by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from .kinds import KINDS
from .models import Notice

SIZE = 40


@dataclass(frozen=True)
class Page:
    """Notices, and the key of the page after them ("" at the end)."""

    notices: list[Notice]
    next: str

    @property
    def by_day(self) -> list[tuple[dt.date, list[Notice]]]:
        days = groupby(self.notices, key=lambda notice: timezone.localtime(notice.made_at).date())
        return [(day, list(notices)) for day, notices in days]


def page(notices: QuerySet[Notice], *, unread: bool = False, kind: str = "", after: str = "") -> Page:
    """Those behind the notice ``after``; filters that are not known are as if not given."""
    if unread:
        notices = notices.filter(read_at=None)
    if kind in KINDS:
        notices = notices.filter(kind=kind)
    mark = notices.model._default_manager.filter(pk=after).first() if _is_key(after) else None
    if mark:
        notices = notices.filter(Q(made_at__lt=mark.made_at) | Q(made_at=mark.made_at, pk__lt=mark.pk))
    rows = list(notices.order_by("-made_at", "-pk")[: SIZE + 1])
    return Page(rows[:SIZE], str(rows[SIZE - 1].pk) if len(rows) > SIZE else "")


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19
