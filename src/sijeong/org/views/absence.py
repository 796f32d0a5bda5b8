"""부재·대결: a head says when they are away and who decides meanwhile."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from .. import access, actions
from ..errors import OrgError
from ..forms import AbsenceForm, carried_out, sent
from ..permissions import may_set_absence
from ..viewer import Request


@require_http_methods(["GET", "POST"])
def my_absence(request: Request) -> HttpResponse:
    """One's own absences, and whose place one takes."""
    user, may_set = request.viewer.user, bool(request.viewer.headed)
    form = AbsenceForm(user, sent(request))
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied
        if carried_out(form, actions.set_absence, user=user, by=request.viewer):
            deputy = form.cleaned_data["deputy"]
            messages.success(request, f"부재를 등록했습니다. 그동안 {deputy} 님이 대결합니다.")
            return redirect("my_absence")
    facts = {
        "form": form, "may_set": may_set,
        "own": user.absences.select_related("deputy").order_by("-valid_from")[:50],
        "standing": user.deputises.filter(valid_to__gte=request.viewer.day).select_related("user"),
    }  # fmt: skip
    return render(request, "org/my_absence.html", facts, status=422 if form.errors else 200)


@require_POST
def absence_cancel(request: Request, pk: int) -> HttpResponse:
    """Take an absence back, or end it from today."""
    absence = access.absence(request.viewer, pk)
    if not may_set_absence(request.viewer, absence.user):
        raise PermissionDenied
    try:
        actions.cancel_absence(absence=absence, by=request.viewer)
    except OrgError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "부재를 취소했습니다. 오늘부터 대결하지 않습니다.")
    if absence.user_id == request.viewer.pk:
        return redirect("my_absence")
    return redirect("person", absence.user_id)
