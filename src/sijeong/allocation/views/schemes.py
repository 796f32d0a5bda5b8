"""Definitions: which there are, what each says, a new round of one, an application for one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.org.viewer import Request

from .. import access, actions
from ..errors import AllocationError
from ..forms import ApplicationForm, RoundForm
from ..models import Application
from ..permissions import may_found
from ..solving.intake import BadTable
from ..told import definition_told


@require_GET
def allocations(request: Request) -> HttpResponse:
    """Every definition in force, and the latest rounds the viewer may see."""
    facts = {
        "schemes": access.schemes(request.viewer),
        "rounds": access.rounds(request.viewer).select_related("scheme", "unit").order_by("-pk")[:30],
        "may_found": may_found(request.viewer),
    }
    return render(request, "allocation/allocations.html", facts)


@require_GET
def scheme(request: Request, code: str) -> HttpResponse:
    """The definition in words, its source, and its rounds."""
    form = None
    found = access.scheme(request.viewer, code)
    if may_found(request.viewer):
        form = RoundForm(found, request.viewer)
    return _scheme(request, code, form)


def _scheme(request: Request, code: str, form: RoundForm | None, status: int = 200) -> HttpResponse:
    found = access.scheme(request.viewer, code)
    rounds = access.rounds(request.viewer).filter(scheme__code=code).select_related("unit", "scheme")
    filed = Application.objects.filter(government_id=found.government_id, scheme_code=code, round=None)
    facts = {
        "scheme": found, "sections": definition_told(found.definition), "form": form, "rounds": rounds.order_by("-pk")[:30],
        "waiting": filed.count(), "takes_applications": found.definition.structure in {"places", "nights"},
    }  # fmt: skip
    return render(request, "allocation/scheme.html", facts, status=status)


@require_POST
def begin(request: Request, code: str) -> HttpResponse:
    """Begin a round."""
    if not may_found(request.viewer):
        raise PermissionDenied
    scheme_ = access.scheme(request.viewer, code)
    form = RoundForm(scheme_, request.viewer, request.POST)
    if not form.is_valid():
        return _scheme(request, code, form, 422)
    data = form.cleaned_data
    season = scheme_.definition.nights
    dates = (season.first, season.last) if season else (data["valid_from"], data["valid_to"])
    try:
        made = actions.found(
            scheme=scheme_, unit=form.chosen(), title=data["title"], valid_from=dates[0], valid_to=dates[1],
            by=request.viewer,
        )  # fmt: skip
    except AllocationError as error:
        form.add_error("valid_to", str(error))
        return _scheme(request, code, form, 422)
    return redirect("allocation_round", made.pk)


@require_http_methods(["GET", "POST"])
def apply(request: Request, code: str) -> HttpResponse:
    """File an application here."""
    found = access.scheme(request.viewer, code)
    form = ApplicationForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            filed = actions.file_application(scheme=found, values=form.values(), by=request.viewer)
        except BadTable as bad:
            for fault in bad.faults:
                form.add_error(fault.column if fault.column in form.fields else None, fault.reason)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"신청을 받았습니다. 접수번호는 {filed.number}입니다.")
            return redirect("allocation_scheme", code)
    mine = Application.objects.filter(
        government_id=found.government_id, scheme_code=code, filed_by=request.viewer.user
    )
    facts = {"scheme": found, "form": form, "mine": mine.select_related("round").order_by("-pk")[:20]}
    return render(request, "allocation/apply.html", facts, status=422 if form.errors else 200)
