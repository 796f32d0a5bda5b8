"""The citizens' list: filters from the address, pages by key, results of a search in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from sijeong.org import paging
from sijeong.org.models import Government

from . import access
from .models import PublicCase, PublicCaseQuerySet
from .searching import nearest

PAGE = 20
# As many as the words find at most; a citizen narrows before that.
MOST = 2000


@dataclass(frozen=True)
class Filters:
    """What an address asks for; unknown values are as if not given."""

    q: str = ""
    type: str = ""
    committee: int | None = None
    unit: int | None = None
    year: int | None = None
    outcome: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        def number(name: str) -> int | None:
            given = query.get(name, "")
            return int(given) if given.isdecimal() and len(given) < 10 else None

        return cls(
            q=" ".join(query.get("q", "").replace("\0", "").split())[:100], type=query.get("type", "")[:50],
            committee=number("committee"), unit=number("unit"), year=number("year"), outcome=query.get("outcome", "")[:20],
        )  # fmt: skip

    def applied(self, government: Government) -> PublicCaseQuerySet:
        """The public cases that the filters leave, words aside."""
        told: dict[str, Any] = {
            "type_code": self.type, "committee": self.committee, "lead": self.unit, "year": self.year,
            "outcome": self.outcome,
        }  # fmt: skip
        return access.public_cases(government).filter(
            **{name: value for name, value in told.items() if value}
        )

    @property
    def any(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Page:
    """Rows, the key of the page after them, and whether the search is still being made ready."""

    cases: list[PublicCase]
    next: str
    preparing: bool = False


def page(government: Government, filters: Filters, after: str) -> Page:
    """The newest first, or those that the words find, the nearest first."""
    rows = filters.applied(government).select_related("lead", "committee")
    if filters.q:
        return _found(government, filters, rows, after)
    return Page(*paging.page(rows, "-published_at", after, PAGE))


def _found(government: Government, filters: Filters, rows: PublicCaseQuerySet, after: str) -> Page:
    """The index names the nearest; the door and the filters are asked again here."""
    ids = nearest(government, filters.q, MOST)
    if ids is None:
        return Page([], "", preparing=True)
    offset = int(after) if after.isdecimal() and len(after) < 6 else 0
    seen = set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    wanted = [pk for pk in ids if pk in seen][offset : offset + PAGE + 1]
    shown = {public.pk: public for public in rows.filter(pk__in=wanted[:PAGE])}
    following = str(offset + PAGE) if len(wanted) > PAGE else ""
    return Page([shown[pk] for pk in wanted[:PAGE] if pk in shown], following)


def choices(government: Government) -> dict[str, list[tuple[Any, str]]]:
    """What each filter offers: values that occur, with their names."""
    rows = access.public_cases(government)

    def distinct(*names: str) -> list[tuple[Any, str]]:
        pairs = rows.order_by(names[-1]).values_list(*names).distinct()
        return [(pair[0], str(pair[-1])) for pair in pairs if pair[0]]

    return {
        "type": distinct("type_code", "type_name"), "committee": distinct("committee", "committee__name"),
        "unit": distinct("lead", "lead__name"), "year": distinct("year")[::-1],
        "outcome": distinct("outcome", "outcome_name"),
    }  # fmt: skip
