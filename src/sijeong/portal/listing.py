"""The citizens' list: filters from the address, pages by key, results of a search in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from sijeong.cases.understood import is_code
from sijeong.org import paging
from sijeong.org.address import Address, Misread
from sijeong.org.models import Government, Unit

from . import access
from .models import PublicCase, PublicCaseQuerySet
from .searching import nearest

PAGE = 20
# As many as the words find at most; a citizen narrows before that.
MOST = 2000
LABELS = {"type": "종류", "committee": "상임위원회", "unit": "부서", "year": "접수 연도", "outcome": "결과"}
Choices = dict[str, list[tuple[Any, str]]]


@dataclass(frozen=True)
class Filters:
    """What an address asks for; what nobody understands (``misread``) is as if not given."""

    q: str = ""
    type: str = ""
    committee: int | None = None
    unit: int | None = None
    year: int | None = None
    outcome: str = ""
    misread: tuple[Misread, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, query: QueryDict, government: Government) -> Filters:
        """A value is known that the city has, whether or not anything of it is published today."""
        asked, units = Address(query), Unit.objects.filter(government=government)
        codes = {name: asked.text(name, 50) for name in ("type", "outcome")}
        for name, given in codes.items():
            known = {given} if given and is_code(name, given, government.pk) else ()
            codes[name] = asked.choice(name, LABELS[name], known)
        committee, unit = (asked.row(name, LABELS[name], units) for name in ("committee", "unit"))
        return cls(
            q=asked.text("q"), type=codes["type"], outcome=codes["outcome"], year=asked.year("year", LABELS["year"]),
            committee=committee.pk if committee else None, unit=unit.pk if unit else None, misread=tuple(asked.misread),
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


def choices(government: Government) -> Choices:
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
