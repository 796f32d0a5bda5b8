"""Planning's desk: what has no division yet and whom it is for, what is late or will be, who carries how much."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Request
from sijeong.search.searching import is_there

from .. import access, actions, together, work
from ..errors import CaseError
from ..forecast import WINDOW, Expected
from ..forms import AssignForm, divisions
from ..listing import page
from ..load import coming, loads
from ..models import Case, FollowUp
from ..suggesting import suggestions
from ..together import MOST, Fate

SHOWN = 10
PILES = {"late", "soon"}
ASSIGNED = "assigned"  # in the session: what was assigned last, and can be taken back
BACK = "배정을 되돌림"


def _may(request: Request) -> None:
    if not request.viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def desk(request: Request) -> HttpResponse:
    """What planning begins its day with; several cases assigned at once, each where it is suggested or all to one."""
    _may(request)
    viewer = request.viewer
    if request.method == "POST":
        _assign_chosen(request)
        return redirect("planning")
    waiting = work.open_cases(viewer).filter(state="received")
    shown = page(waiting, "due", request.GET.get("after", ""))
    carried = loads(viewer.user.government, viewer.day)
    late = coming(carried)
    asked = work.requests(viewer)
    facts = {
        "page": shown, "count": waiting.count(), "form": AssignForm(Case(government_id=viewer.government_id), viewer),
        "suggested": suggestions(viewer, shown.cases), "indexed": not shown.cases or is_there(viewer.user.government), "piles": _piles(request), "loads": carried[:SHOWN],
        "divisions": len(carried), "coming": _named(late[:SHOWN]), "how_many_coming": len(late),
        "promises": _overdue(request)[:SHOWN], "overdue": _overdue(request).count(), "window": WINDOW,
        "requests": asked[:SHOWN], "requested": asked.count(),
        "undo": request.session.get(ASSIGNED, []),
    }  # fmt: skip
    return render(request, "cases/planning.html", facts)


@require_GET
def load(request: Request) -> HttpResponse:
    """The load of every division, and each case that is expected too late."""
    _may(request)
    carried = loads(request.viewer.user.government, request.viewer.day)
    late = coming(carried)
    bars = [(one.unit.name, one.open, "bad" if one.late else "main") for one in carried[:SHOWN]]
    facts = {
        "bars": bars,
        "loads": carried,
        "coming": _named(late),
        "how_many_coming": len(late),
        "window": WINDOW,
    }
    return render(request, "cases/planning_load.html", facts)


def _piles(request: Request) -> dict[str, int]:
    return {pile.code: pile.cases.count() for pile in work.piles(request.viewer) if pile.code in PILES}


def _overdue(request: Request) -> QuerySet[FollowUp]:
    late = access.follow_ups(request.viewer).filter(state=FollowUp.State.OPEN, due_on__lt=request.viewer.day)
    return late.select_related("case", "unit").order_by("due_on", "pk")


def _named(late: list[Expected]) -> list[tuple[Case, dt.date | None]]:
    """The cases, each with the day it is expected on."""
    cases = Case.objects.select_related("lead", "type", "officer").in_bulk([one.case for one in late])
    return [(cases[one.case], one.day) for one in late if one.case in cases]


def _assign_chosen(request: Request) -> None:
    """Assign each chosen case to the division that the form names, or that was suggested beside it."""
    units = {str(unit.pk): unit for unit in divisions(request.viewer.government_id)}
    joint = [units[key] for key in request.POST.getlist("joint") if key in units]
    if request.POST.get("do") != "suggested":
        assign_all(request, units.get(request.POST.get("lead", "")), joint)
        return
    leads = {
        number: units.get(request.POST.get(f"for:{number}", "")) for number in request.POST.getlist("case")
    }
    if not leads:
        messages.error(request, "배정할 사안을 하나 이상 고르십시오.")
    without = [number for number, lead in leads.items() if lead is None]
    if without:
        messages.warning(request, f"제안된 부서가 없어 그대로 둔 사안: {', '.join(without)}")
    _assign(request, {number: lead for number, lead in leads.items() if lead}, [])


def assign_all(request: Request, lead: Unit | None, joint: list[Unit]) -> None:
    """Assign the cases that the form names to one division, and say how it went."""
    numbers = request.POST.getlist("case")
    if lead is None or not numbers:
        messages.error(request, "사안을 하나 이상 고르고 주관부서를 정하십시오.")
        return
    _assign(request, dict.fromkeys(numbers, lead), joint)


def _assign(request: Request, leads: dict[str, Unit], joint: list[Unit]) -> None:
    """Those that cannot be assigned are told by number, the others are done, and can be taken back."""
    wanted = [together.Assignment(number, lead, tuple(joint)) for number, lead in leads.items()]
    if len(wanted) > MOST:
        messages.error(request, f"한 번에 {MOST}건까지 배정합니다. 나누어 고르십시오.")
        return
    results = together.assign(request.viewer, wanted)
    for one in results:
        if one.fate is not Fate.DONE:
            messages.error(request, one.why if one.fate is Fate.REFUSED else f"{one.key}: {one.why}")
    done = [[one.case.number, one.case.version] for one in results if one.fate is Fate.DONE and one.case]
    if done:
        request.session[ASSIGNED] = done
        names = sorted({lead.name for lead in leads.values()})
        where = names[0] if len(names) == 1 else f"{len(names)}개 부서"
        messages.success(request, f"{len(done)}건을 {where}에 배정했습니다.")


@require_POST
def undo(request: Request) -> HttpResponse:
    """Take the last assignment back, but for cases that somebody has touched since."""
    _may(request)
    done, kept = 0, []
    for number, version in request.session.pop(ASSIGNED, []):
        case = access.case(request.viewer, number)
        try:
            if case.version != version:
                raise CaseError(number)
            actions.return_to_planning(case=case, reason=BACK, by=request.viewer)
            done += 1
        except CaseError:
            kept.append(number)
    if done:
        messages.success(request, f"{done}건의 배정을 되돌렸습니다.")
    if kept:
        told = "부서가 이미 손댄 사안은 되돌리지 않았습니다"
        messages.warning(request, f"{told}: {', '.join(kept)}")
    return redirect("planning")
