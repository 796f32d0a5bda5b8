"""Lists: my work, all cases, planning's assignment."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Request

from .. import access, actions, work
from ..errors import CaseError
from ..forms import AssignForm, divisions
from ..listing import DUE, Filters, page
from ..models import Case, CaseTypeVersion
from ..narrowing import FATES

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
    }
    return render(request, "cases/my_work.html", facts)


@require_GET
def cases(request: Request) -> HttpResponse:
    """Cases the viewer may see, filtered by the address."""
    filters = Filters.of(request.GET)
    found = filters.applied(request.viewer)
    shown = page(found, filters.order, request.GET.get("after", ""))
    query = request.GET.copy()
    query.pop("after", None)
    types = CaseTypeVersion.objects.filter(government_id=request.viewer.government_id, current=True).order_by(
        "code"
    )
    facts = {
        "filters": filters, "page": shown, "query": query.urlencode(), "types": types, "due_choices": DUE,
        "unit": Unit.objects.filter(pk=filters.unit or 0, government_id=request.viewer.government_id).first(),
        "first": not request.GET.get("after"), "states": _states(list(types)), "fates": FATES,
        # Counted only where a number of the statistics led here, which must be the same.
        "counted": found.count() if filters.narrowing.active else None,
        "divisions": divisions(request.viewer.government_id) if request.viewer.has(Role.PLANNING_OFFICER) else (),
        "leads": _names(request, filters.narrowing.lead),
    }  # fmt: skip
    if request.htmx.target == "rows":
        return render(request, "cases/rows.html", facts)
    return render(request, "cases/cases.html", facts)


def _names(request: Request, leads: tuple[int, ...]) -> str:
    """The lead divisions that the list is narrowed to, in words."""
    units = Unit.objects.filter(government_id=request.viewer.government_id, pk__in=leads).order_by("pk")
    names = ["배정 전"] * (0 in leads) + list(units.values_list("name", flat=True))
    return names[0] + (f" 등 {len(names)}곳" if len(names) > 1 else "") if names else ""


def _states(versions: list[CaseTypeVersion]) -> dict[str, str]:
    """State codes and labels of the types in force."""
    return {state.code: state.name for version in versions for state in version.case_type.states}


@require_http_methods(["GET", "POST"])
def planning(request: Request) -> HttpResponse:
    """Planning's list of what has no division yet; several assigned at once."""
    viewer = request.viewer
    if not viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied
    waiting = work.open_cases(viewer).filter(state="received")
    if request.method == "POST":
        return _assign_chosen(request)
    shown = page(waiting, "due", request.GET.get("after", ""))
    form = AssignForm(Case(government_id=viewer.government_id), viewer)
    facts = {"page": shown, "count": waiting.count(), "form": form, "piles": _planning_piles(request)}
    return render(request, "cases/planning.html", facts)


def _planning_piles(request: Request) -> list[tuple[work.Pile, int]]:
    return [
        (pile, pile.cases.count()) for pile in work.piles(request.viewer) if pile.code in {"late", "soon"}
    ]


def _assign_chosen(request: Request) -> HttpResponse:
    """Assign each chosen case; those that cannot be are told by number, the others are done."""
    units = {str(unit.pk): unit for unit in divisions(request.viewer.government_id)}
    joint = [units[key] for key in request.POST.getlist("joint") if key in units]
    assign_all(request, units.get(request.POST.get("lead", "")), joint)
    return redirect("planning")


def assign_all(request: Request, lead: Unit | None, joint: list[Unit]) -> None:
    """Assign the cases that the form names, and say how it went."""
    numbers = request.POST.getlist("case")
    if lead is None or not numbers:
        messages.error(request, "사안을 하나 이상 고르고 주관부서를 정하십시오.")
        return
    done = 0
    for number in numbers:
        try:
            actions.assign(
                case=access.case(request.viewer, number), lead=lead, joint=joint, by=request.viewer
            )
            done += 1
        except CaseError as error:
            messages.error(request, str(error))
    if done:
        messages.success(request, f"{done}건을 {lead.name}에 배정했습니다.")
