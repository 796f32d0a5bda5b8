"""The newest cases that somebody of few divisions sees: found by the order of indexes, however many there are in all.

Who sees one case in a hundred would otherwise have a hundred looked at for each that is shown. Each way of seeing a case
(a division's part in it, having asked it) has an index in the list's order: the page is among the first of each.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from sijeong.org.paging import beyond
from sijeong.org.viewer import Sight

from .models import Case, CaseQuerySet, Part

BY = "-received_at"
MOST = (
    6  # ways, each looked through for a page of its own; who sees by more of them sees too much for it to pay
)


def suits(viewer: Sight, scope: str) -> bool:
    """Whether the newest of the viewer's cases are found so: few ways, and most cases at the end of one are shown.

    SQLite takes no pages inside a union.
    """
    ways = 2 * len(viewer.units) + len(viewer.members) + len(viewer.committees)
    few = not viewer.sees_government and 0 < ways <= MOST
    return few and scope in {"all", "closed"} and connection.vendor == "postgresql"


def newest(viewer: Sight, scope: str, size: int, place: tuple[Any, ...]) -> CaseQuerySet:
    """The first so many cases behind the place, newest first, as ``visible_to`` and ``standing`` leave them."""
    told = {"open__in": [False]} if scope == "closed" else {}
    ways: list[QuerySet[Any, Any]] = []
    for unit in viewer.units:
        parts = Part.objects.filter(unit_id=unit, active=True, **{f"case__{k}": v for k, v in told.items()})
        ways.append(beyond(parts, BY, *place, key="case_id").values("case_id")[:size])
    asked: list[tuple[str, int]] = [("asker_unit_id", unit) for unit in (*viewer.units, *viewer.committees)]
    for field, key in asked + [("asker_id", member) for member in viewer.members]:
        cases = Case.objects.filter(**{field: key}, **told)
        ways.append(beyond(cases, BY, *place).values("pk")[:size])
    first = ways[0].union(*ways[1:]) if len(ways) > 1 else ways[0]
    return beyond(Case.objects.filter(government_id=viewer.government_id, pk__in=first), BY)[:size]
