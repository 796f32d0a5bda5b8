"""Decisions as a list: filters from the address, pages by key, no counting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from sijeong.org import paging
from sijeong.org.address import Address, Misread

from .models import Decision, Place, Round, Run

PAGE = 50
GOT = {"served": "배정됨", "refused": "배정되지 않음"}


@dataclass(frozen=True)
class Filters:
    """What an address asks for; what nobody understands (``misread``) is as if not given."""

    q: str = ""
    got: str = ""
    cls: str = ""
    area: str = ""
    place: Place | None = None
    change: str = ""
    misread: tuple[Misread, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, found: Round, run: Run) -> Filters:
        asked = Address(query)
        classes = {one.code for one in found.definition.classes}
        return cls(
            q=asked.text("q", 40), got=asked.choice("got", "결과", GOT), cls=asked.choice("cls", "등급", classes),
            area=asked.choice("area", "구분", run.outcome["by_area"]),
            place=asked.row("place", "배정된 곳", run.places.all()),
            change=asked.choice("change", "오늘 바뀐 것", Decision.Change.values), misread=tuple(asked.misread),
        )  # fmt: skip

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
            rows = rows.filter(place=self.place)
        return rows


@dataclass(frozen=True)
class Page:
    """Rows and the key of the page after them (empty at the end)."""

    rows: list[Decision]
    next: str


def page(rows: QuerySet[Decision], after: str, size: int = PAGE) -> Page:
    """The rows after a key."""
    return Page(*paging.page(rows.select_related("place", "run"), "id", after, size))
