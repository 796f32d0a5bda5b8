"""Lists: my work and all cases."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sijeong.org.access import units
from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Request, Viewer

from .. import upkeep, work
from ..at_hand import at_hand
from ..forms import divisions
from ..listing import DUE, Filters, lines_page
from ..models.types import InForce, in_force
from ..narrowing import EXTENDED, FATES
from ..permissions import may_intake
from ..understood import understood

SHOWN = 10


@require_GET
def my_work(request: Request) -> HttpResponse:
    """What waits for the person who signed in."""
    viewer = request.viewer
    piles = [
        (pile, pile.cases.count(), list(pile.cases[:SHOWN])) for pile in work.piles(viewer) if pile.listed
    ]
    facts = {
        "piles": piles,
        "agenda": work.agenda(piles),
        "load": work.load(viewer) if viewer.units else [],
        "when": work.WHEN,
        "deliveries": work.unread_deliveries(viewer),
        "promises": work.open_promises(viewer),
        "most_promises": work.PROMISES,
        "chores": upkeep.chores(viewer),
    }
    return render(request, "cases/my_work.html", facts)


@require_GET
def cases(request: Request) -> HttpResponse:
    """Cases the viewer may see, filtered by the address."""
    in_use = in_force(request.viewer.government_id, at_hand(request).types)
    filters = understood(Filters.of(request.GET), request.viewer, in_use)
    # A number of the statistics led here: the list says its own, which is the same.
    counted = filters.counted or request.GET.get("count") == "1"
    shown = lines_page(request.viewer, filters, request.GET.get("after", ""))
    asked = [(name, value) for name, values in request.GET.lists() for value in values if name != "after"]
    types, states = _choices(in_use)
    facts = {
        "filters": filters, "page": shown, "query": urlencode(asked), "types": types, "due_choices": DUE,
        "unit": _unit(request, filters.unit),
        "first": not request.GET.get("after"), "states": states, "fates": FATES, "extended_choices": EXTENDED,
        "counted": filters.applied(request.viewer).count() if counted else None, "pile": work.title_of(request.viewer, filters.pile),
        "divisions": _divisions(request.viewer), "may_ask": may_intake(request.viewer),
        "leads": _names(request, filters.narrowing.lead),
    }  # fmt: skip
    if request.htmx.target == "rows":
        return render(request, "cases/rows.html", facts)
    return render(request, "cases/cases.html", facts)


def _divisions(viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Keys and names of those to which the viewer may assign from the list."""
    if not viewer.has(Role.PLANNING_OFFICER):
        return ()
    return tuple([(unit.pk, unit.name) for unit in divisions(viewer.government_id)])


def _names(request: Request, leads: tuple[int, ...]) -> str:
    """The lead divisions that the list is narrowed to, in words."""
    if not leads:
        return ""
    named = units(request.viewer).filter(pk__in=leads).order_by("pk").values_list("name", flat=True)
    names = ["배정 전"] * (0 in leads) + list(named)
    return names[0] + (f" 등 {len(names)}곳" if len(names) > 1 else "") if names else ""


def _unit(request: Request, pk: int | None) -> Unit | None:
    """The unit that the address names, if any."""
    return units(request.viewer).filter(pk=pk).first() if pk else None


Choices = tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _choices(types: tuple[InForce, ...]) -> tuple[Choices, Choices]:
    """Codes and names of the types, and of their states."""
    states = {state.code: state.name for one in types for state in one.case_type.states}
    return tuple((one.code, one.name) for one in types), tuple(states.items())
