"""The newest cases that somebody of few divisions sees: found by the order of indexes, however many there are in all.

Who sees one case in a hundred would otherwise have a hundred looked at for each that is shown. Each way of seeing a case
(a division's part in it, having asked it) has an index in the list's order: the page is among the first of each.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from sijeong.org.paging import beyond
from sijeong.org.viewer import Sight

from .models import Case, CaseQuerySet, Part

BY = "-received_at"
# Ways, each looked through for a page of its own; who sees by more of them sees too much for it to pay.
MOST = 6


def suits(viewer: Sight, scope: str) -> bool:
    """Whether the newest of the viewer's cases are found so: few ways, and most cases at the end of one are shown.

    SQLite takes no pages inside a union.
    """
    ways = 2 * len(viewer.units) + len(viewer.members) + len(viewer.committees)
    few = not viewer.sees_government and 0 < ways <= MOST
    return few and scope in {"all", "closed"} and connection.vendor == "postgresql"


def newest(viewer: Sight, scope: str, size: int, place: tuple[Any, ...]) -> CaseQuerySet:
    """The first so many cases behind the place, newest first, as ``visible_to`` and ``standing`` leave them."""
    parts, cases = Part.objects.filter(active=True), Case.objects.all()
    if scope == "closed":
        parts, cases = parts.filter(case__open__in=[False]), cases.standing(open=False)
    asked = [Q(asker_unit_id=unit) for unit in (*viewer.units, *viewer.committees)]
    asked += [Q(asker_id=member) for member in viewer.members]
    ways: list[QuerySet[Any, Any]] = [
        beyond(parts.filter(unit_id=unit), BY, *place, key="case_id").values("case_id")[:size]
        for unit in viewer.units
    ]
    ways += [beyond(cases.filter(way), BY, *place).values("pk")[:size] for way in asked]
    first = ways[0].union(*ways[1:]) if len(ways) > 1 else ways[0]
    return beyond(Case.objects.filter(government_id=viewer.government_id, pk__in=first), BY)[:size]
