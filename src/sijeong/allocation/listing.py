"""Decisions as a list: filters from the address, pages by key, no counting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from sijeong.org import paging

from .models import Decision, Run

PAGE = 50
GOT = {"served": "배정됨", "refused": "배정되지 않음"}


@dataclass(frozen=True)
class Filters:
    """What an address asks for; unknown values are as if not given."""

    q: str = ""
    got: str = ""
    cls: str = ""
    area: str = ""
    place: int | None = None
    change: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        place = query.get("place", "")
        return cls(
            q=query.get("q", "").strip()[:40],
            got=query.get("got", "") if query.get("got") in GOT else "",
            cls=query.get("cls", "")[:20],
            area=query.get("area", "")[:20],
            place=int(place) if place.isdecimal() and len(place) < 12 else None,
            change=query.get("change", "") if query.get("change") in Decision.Change.values else "",
        )

    def applied(self, run: Run) -> QuerySet[Decision]:
        rows = Decision.objects.filter(run=run)
        if self.q:
            rows = rows.filter(Q(number__startswith=self.q) | Q(public=self.q))
        if self.got:
            rows = rows.filter(served=self.got == "served")
        for name in ("cls", "area", "change"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        if self.place:
            rows = rows.filter(place_id=self.place)
        return rows


@dataclass(frozen=True)
class Page:
    """Rows and the key of the page after them (empty at the end)."""

    rows: list[Decision]
    next: str


def page(rows: QuerySet[Decision], after: str, size: int = PAGE) -> Page:
    """The rows after a key."""
    return Page(*paging.page(rows.select_related("place", "run"), "id", after, size))
