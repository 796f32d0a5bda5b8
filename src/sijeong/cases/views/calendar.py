"""A newly proclaimed holiday: what it would move, and moving it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sijeong.legaltime import LegalTimeError
from sijeong.org.viewer import Request

from ..actions import plan_calendar, recalendar
from ..errors import CaseError
from ..models import Case
from ..permissions import may_recalendar
from ..recount import Counted

SHOWN = 200


@require_http_methods(["GET", "POST"])
def calendar(request: Request) -> HttpResponse:
    """The plan, case by case; applied when asked, if it is still the one that was shown."""
    if not may_recalendar(request.viewer):
        raise PermissionDenied
    fault = ""
    try:
        if request.method == "POST":
            version = request.POST.get("version", "")
            done = recalendar(government=request.viewer.user.government, by=request.viewer, version=version)
            messages.success(request, f"기한 {len(done.moving):,}건을 옮기고 관계된 사람에게 알렸습니다.")
            return redirect("calendar")
        facts = _facts(request)
    except CaseError as error:
        fault, facts = str(error), _facts(request)
    except LegalTimeError as error:
        fault, facts = str(error), {"plan": None}
    return render(request, "cases/calendar.html", {**facts, "fault": fault}, status=409 if fault else 200)


def _facts(request: Request) -> dict[str, object]:
    plan = plan_calendar(request.viewer.user.government)
    moving, staying = plan.moving, plan.staying
    shown = [*moving[:SHOWN], *(term for terms in staying.values() for term in terms[:SHOWN])]
    cases = Case.objects.select_related("lead").in_bulk([term.pk for term in shown])

    def rows(terms: list[Counted]) -> list[tuple[Case, Counted]]:
        return [(cases[term.pk], term) for term in terms[:SHOWN] if term.pk in cases]

    return {
        "plan": plan, "count": len(moving), "moving": rows(moving), "shown": SHOWN,
        "staying": [(why, len(terms), rows(terms)) for why, terms in staying.items()],
    }  # fmt: skip
