"""A list of cases: filters from the address, pages by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from sijeong.org import paging
from sijeong.org.address import Address, Misread
from sijeong.org.viewer import Sight, Viewer
from sijeong.prepared import Prepared

from . import seen
from .lines import COLUMNS, Line, lines
from .models import Case, CaseQuerySet
from .narrowing import Narrowing
from .ordering import ORDERS, Place, beyond, key_of, place_of
from .searching import matching
from .work import pile_of

PAGE = 50
DUE = {
    "late": "기한 지남",
    "today": "오늘까지",
    "soon": "3일 안",
    "week": "7일 안",
}
SCOPES = {"open", "closed", "all"}


@dataclass(frozen=True)
class Filters:
    """What an address asks for; what nobody understands (``misread``) is as if not given."""

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
    misread: tuple[Misread, ...] = field(default=(), compare=False)

    @property
    def counted(self) -> bool:
        """Whether a number led here: the list then says its own, which must be the same."""
        return self.narrowing.active or bool(self.pile or self.due)

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        asked = Address(query)
        scope = asked.choice("scope", "범위", SCOPES, "open")
        return cls(
            q=asked.text("q"), type=asked.text("type", 40), state=asked.text("state", 20),
            due=asked.choice("due", "기한", DUE), unit=asked.key("unit", "부서"), year=asked.year("year", "접수 연도"),
            basis=asked.choice("basis", "결과 근거", {"source", "delivery"}),
            order=asked.choice("order", "차례", ORDERS, "due" if scope == "open" else "received"),
            scope=scope, pile=asked.text("pile", 20), narrowing=Narrowing.of(asked), misread=tuple(asked.misread),
        )  # fmt: skip

    def applied(self, viewer: Viewer) -> CaseQuerySet:
        """The cases that the viewer may see and the filters leave."""
        cases = Case.objects.visible_to(viewer)
        if self.pile:
            pile = pile_of(viewer, self.pile)
            cases = pile.cases if pile else cases.none()
        if self.q:
            cases = _saying(cases, viewer, self.q)
        return self.narrowed(cases, viewer.sight)

    @property
    def plain(self) -> bool:
        """Whether the columns of a case say all, whatever the index of the search and the desks' piles hold."""
        return not (self.q or self.pile)

    @property
    def newest(self) -> bool:
        """Whether they leave all cases, or all that ended, newest first."""
        return self == Filters(scope=self.scope, order="received")

    def narrowed(self, cases: CaseQuerySet, viewer: Sight) -> CaseQuerySet:
        """Those of the cases that the filters by columns leave."""
        if self.scope != "all":
            cases = cases.standing(open=self.scope == "open")
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
    """The rows after a key, as the lists show them. A key that is not ours is as if there were none."""
    return page_behind(cases, order, _place(order, after), size)


def page_behind(cases: CaseQuerySet, order: str, place: Place, size: int) -> Page[Case]:
    """The rows behind a place."""
    found = list(beyond(cases.as_rows(), order, place)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], key_of(order, vars(last) | {"pk": last.pk}) if last else "")


def _place(order: str, after: str) -> Place:
    try:
        return place_of(order, after)
    except paging.BadKey:
        return Place()


def _rows(
    government_id: int, units: tuple[int, ...], members: tuple[int, ...], committees: tuple[int, ...], *place: Any,
    stated: bool, filters: Filters, sees_government: bool, day: dt.date, size: int, columns: tuple[str, ...],
) -> QuerySet[Case, tuple[Any, ...]]:  # fmt: skip
    sight = Sight(government_id, sees_government, units, members, committees, day)
    if filters.newest and seen.suits(sight, filters.scope):
        return seen.newest(sight, filters.scope, size, place).values_list(*columns)
    cases = filters.narrowed(Case.objects.visible_to(sight), sight)
    return _first(cases, filters, size, Place(place, stated), few=not sees_government).values_list(*columns)


_ROWS = Prepared(_rows)


def _first(cases: CaseQuerySet, filters: Filters, size: int, place: Place, *, few: bool) -> CaseQuerySet:
    """The first cases behind the place. ``few``: to be found by keys alone, as for who sees one in many."""
    rows = beyond(cases, filters.order, place)
    # Behind a place by due date no index has the order: what is left is sorted, without what stands beside it.
    if not few and not (place.values and filters.order == "due"):
        return rows[:size]
    return beyond(Case.objects.filter(pk__in=rows.values("pk")[:size]), filters.order)


def rows(
    viewer: Viewer, filters: Filters, place: Place, size: int, columns: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    """Columns of the first cases behind the place that the viewer sees and the filters leave."""
    government_id, sees_government, *keys, day = viewer.sight
    if not filters.plain:
        found = _first(filters.applied(viewer), filters, size, place, few=not sees_government)
        return list(found.values_list(*columns))
    return _ROWS(
        government_id, *keys, *place.values,
        stated=place.stated, filters=filters, sees_government=sees_government, day=day, size=size, columns=columns,
    )  # fmt: skip


def lines_page(viewer: Viewer, filters: Filters, after: str, size: int = PAGE) -> Page[Line]:
    """The page behind a key as lines: for a list that only shows them. A key that is not ours is as if there were none."""
    found = list(lines(rows(viewer, filters, _place(filters.order, after), size + 1, COLUMNS)))
    if len(found) <= size:
        return Page([line for line, _ in found], "")
    last, pk = found[size - 1]
    return Page([line for line, _ in found[:size]], key_of(filters.order, last._asdict() | {"pk": pk}))
