"""What the desk of benefits shows: applications by state, and how the places of the year stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, Sum
from django.http import QueryDict

from sijeong.org.address import Address
from sijeong.org.viewer import Viewer

from . import access
from .models import Application, ApplicationQuerySet, Decision
from .rules.rulebook import Rulebook
from .showing import shown

STATES = {
    "open": ("심사할 것", Q(case__open=True)),
    "waiting": ("대기", Q(decisions__current=True, decisions__status="waiting")),
    "granted": ("지급 결정", Q(decisions__current=True, decisions__status="granted")),
    "refused": ("지급하지 않음", Q(decisions__current=True, decisions__status="refused")),
    "all": ("모두", Q()),
}
ROWS = 50


def listed(viewer: Viewer, query: QueryDict, book: Rulebook) -> dict[str, Any]:
    """A page of applications, newest first, with the person as the viewer may see them."""
    asked = Address(query)
    state, benefit = (
        asked.choice("state", "상태", STATES, "open"),
        asked.choice("benefit", "지원", known(viewer, book)),
    )
    found = narrowed(access.applications(viewer), state, benefit)
    current = Prefetch("decisions", Decision.objects.filter(current=True), to_attr="standing")
    pages = Paginator(found.order_by("-pk").prefetch_related(current, "case__parts"), ROWS)
    here = pages.get_page(query.get("page"))
    return {
        "state": state, "benefit": benefit, "states": STATES, "page": here, "misread": asked.misread,
        "rows": [(application, shown(viewer, application)) for application in here],
    }  # fmt: skip


def known(viewer: Viewer, book: Rulebook) -> set[str]:
    """Names of benefits: those that the city offers, and those that were applied for when it did."""
    applied = Application.objects.visible_to(viewer).order_by().values_list("benefit", flat=True).distinct()
    return {*book.benefits, *applied}


def narrowed(found: ApplicationQuerySet, state: str, benefit: str) -> ApplicationQuerySet:
    """Those in a state (a key of STATES), of one benefit or of all."""
    in_state = found.filter(STATES[state][1])
    return in_state.filter(benefit=benefit) if benefit else in_state


@dataclass(frozen=True)
class Standing:
    """One benefit in the year: received, granted, won granted, waiting, and its places (None: no limit)."""

    name: str
    korean: str
    received: int
    granted: int
    won: int
    waiting: int
    places: int | None


def standing(viewer: Viewer, book: Rulebook) -> list[Standing]:
    """The benefits that were applied for this year, by number received, of what the viewer may see."""
    year = viewer.day.year
    granted = Q(decisions__current=True, decisions__status="granted")
    rows = (
        Application.objects.visible_to(viewer).filter(year=year).values("benefit", "benefit_name").annotate(
            received=Count("pk", distinct=True), granted=Count("pk", filter=granted, distinct=True),
            won=Sum("decisions__amount", filter=granted, default=0),
            waiting=Count("pk", filter=Q(decisions__current=True, decisions__status="waiting"), distinct=True),
        ).order_by("-received")
    )  # fmt: skip
    return [
        Standing(
            row["benefit"], row["benefit_name"], row["received"], row["granted"], row["won"], row["waiting"],
            _places(book, row["benefit"], viewer),
        )
        for row in rows
    ]  # fmt: skip


def _places(book: Rulebook, name: str, viewer: Viewer) -> int | None:
    rule = book.benefits.get(name)
    law = rule.law_on(viewer.day) if rule and rule.quota else None
    return int(getattr(law, rule.quota)) if rule and law else None
