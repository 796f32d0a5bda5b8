"""A list of cases: filters from the address, pages by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from sijeong.org import paging
from sijeong.org.viewer import Viewer

from .lines import Line, lines
from .models import Case, CaseQuerySet
from .narrowing import Narrowing
from .searching import matching
from .work import pile_of

PAGE = 50
DUE = {
    "late": "기한 지남",
    "today": "오늘까지",
    "soon": "3일 안",
    "week": "7일 안",
}
ORDERS = {"due": "due_on", "received": "-received_at"}


@dataclass(frozen=True)
class Filters:
    """What an address asks for; unknown values are as if not given."""

    q: str = ""
    type: str = ""
    state: str = ""
    due: str = ""
    unit: int | None = None
    year: int | None = None
    basis: str = ""
    order: str = "received"
    scope: str = "open"
    pile: str = ""
    narrowing: Narrowing = field(default_factory=Narrowing)

    @property
    def counted(self) -> bool:
        """Whether a number led here: the list then says its own, which must be the same."""
        return self.narrowing.active or bool(self.pile or self.due)

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        def number(name: str) -> int | None:
            given = query.get(name, "")
            return int(given) if given.isdecimal() and len(given) < 10 else None

        scope = query.get("scope", "open")
        return cls(
            q=query.get("q", "").strip()[:100], type=query.get("type", "")[:40], state=query.get("state", "")[:20],
            due=query.get("due", "") if query.get("due") in DUE else "", unit=number("unit"), year=number("year"),
            basis=query.get("basis", "") if query.get("basis") in {"source", "delivery"} else "",
            order=query.get("order", "") if query.get("order") in ORDERS else ("due" if scope == "open" else "received"),
            scope=scope if scope in {"open", "closed", "all"} else "open",
            pile=query.get("pile", "")[:20], narrowing=Narrowing.of(query),
        )  # fmt: skip

    def applied(self, viewer: Viewer) -> CaseQuerySet:
        """The cases that the viewer may see and the filters leave."""
        cases = Case.objects.visible_to(viewer)
        if self.pile:
            pile = pile_of(viewer, self.pile)
            cases = pile.cases if pile else cases.none()
        if self.scope != "all":
            cases = cases.standing(open=self.scope == "open")
        if self.q:
            cases = _saying(cases, viewer, self.q)
        if self.type:
            cases = cases.filter(type_code=self.type)
        if self.state:
            cases = cases.filter(state=self.state)
        if self.unit:
            cases = cases.filter(parts__unit_id=self.unit, parts__active=True)
        if self.year:
            cases = cases.filter(received_at__year=self.year)
        if self.basis:
            cases = cases.filter(outcome_basis=self.basis)
        if self.narrowing.extended == "asked" and viewer.members:
            cases = cases.none()  # how a division comes to its answer is not told to who asked
        return self._due(self.narrowing.applied(cases, viewer.day), viewer.day)

    def _due(self, cases: CaseQuerySet, day: dt.date) -> CaseQuerySet:
        match self.due:
            case "late":
                return cases.standing().filter(paused_on=None, due_on__lt=day).exclude(outcome_basis="source")
            case "today":
                return cases.standing().filter(paused_on=None, due_on=day)
            case "soon" | "week":
                ahead = dt.timedelta(days=3 if self.due == "soon" else 7)
                return cases.standing().filter(paused_on=None, due_on__gte=day, due_on__lte=day + ahead)
        return cases


def _saying(cases: CaseQuerySet, viewer: Viewer, q: str) -> CaseQuerySet:
    """Those of the cases that say it; while the index is still being made, those whose number or title does."""
    found = matching(viewer, q)
    if found is None:
        return cases.filter(Q(number__icontains=q) | Q(title__icontains=q))
    # One parameter however many: a database takes only so many.
    if connection.vendor == "postgresql":
        return cases.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [found]))
    return cases.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [str(found)]))


Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Page(Generic[Shown]):
    """Rows and the key of the page after them (empty at the end)."""

    cases: list[Shown]
    next: str


def page(cases: CaseQuerySet, order: str, after: str, size: int = PAGE) -> Page[Case]:
    """The rows after a key, as the lists show them."""
    return Page(*paging.page(cases.as_rows(), ORDERS[order], after, size))


def shown(rows: CaseQuerySet, order: str, size: int, *, seen: bool) -> CaseQuerySet:
    """The first of the ordered rows, and one more. ``seen``: to be found by keys alone, as for who sees one in many."""
    if not seen:
        return rows[: size + 1]
    found = Case.objects.filter(pk__in=rows.values("pk")[: size + 1])
    return paging.ordered(found, ORDERS[order], "")


def lines_page(cases: CaseQuerySet, order: str, after: str, size: int = PAGE, *, seen: bool) -> Page[Line]:
    """The same page as lines: for a list that only shows them."""
    found = list(lines(shown(paging.ordered(cases, ORDERS[order], after), order, size, seen=seen)))
    if len(found) <= size:
        return Page([line for line, _ in found], "")
    last, pk = found[size - 1]
    return Page([line for line, _ in found[:size]], paging.key_of(ORDERS[order], last._asdict() | {"pk": pk}))
