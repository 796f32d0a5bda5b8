"""The places of a year that an allocation gives: hand the waiting over, take the result back, or recall the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sijeong.org.viewer import Request

from .. import access, actions
from ..actions.placing import counted, taken, theirs
from ..books import rule_of
from ..errors import BenefitError
from ..forms import HandOverForm, RecallForm
from ..models import Handover
from ..permissions import may_read, may_receive, require
from ..placing import allocator
from ..rules.rulebook import BenefitRule
from ..tasks import take_places


def _rule(request: Request, benefit: str) -> BenefitRule:
    rule = rule_of(request.viewer.user.government, benefit)
    if rule.places_by is None:
        raise Http404("places")
    return rule


@require_http_methods(["GET", "POST"])
def places(request: Request, benefit: str, year: int) -> HttpResponse:
    """How the places stand, and what was handed over; sent, the waiting go to an allocation."""
    require(may_read(request.viewer))
    _rule(request, benefit)
    form = HandOverForm(year, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_receive(request.viewer))
        if form.is_valid() and _did(request, form, lambda: actions.hand_over(
            benefit=benefit, year=year, until=form.cleaned_data["until"], by=request.viewer,
        )):  # fmt: skip
            return redirect("benefit_places", benefit, year)
    return _page(request, benefit, year, form=form)


def _page(request: Request, benefit: str, year: int, **forms: Any) -> HttpResponse:
    rule, government = _rule(request, benefit), request.viewer.user.government
    found = list(access.handovers(request.viewer, benefit, year))
    out = next((one for one in found if one.out), None)
    facts = {
        "rule": rule, "year": year, "counts": counted(government, rule, year), "form": HandOverForm(year),
        "recall": RecallForm(), "may": may_receive(request.viewer),
        "rows": [(one, allocator().standing(one.round)) for one in found],
        "out": out, "mine": out is not None and theirs(out, request.viewer),
    }  # fmt: skip
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "benefits/places.html", facts | forms, status=status)


def _did(request: Request, form: Any, act: Callable[[], object]) -> bool:
    try:
        act()
    except BenefitError as error:
        form.add_error(None, str(error))
        return False
    return True


@require_GET
def progress(request: Request, benefit: str, year: int, number: int) -> HttpResponse:
    """How far the result is taken back; when it is, the page is shown anew."""
    require(may_read(request.viewer))
    found = access.handover(request.viewer, benefit, year, number)
    facts = {"handover": found, "done": taken(found)}
    response = render(request, "benefits/places_taking.html", facts)
    if found.state != Handover.State.TAKING:
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["POST"])
def take(request: Request, benefit: str, year: int, number: int) -> HttpResponse:
    """Have the worker take the released result back."""
    require(may_read(request.viewer))
    found = access.handover(request.viewer, benefit, year, number)
    require(theirs(found, request.viewer))
    try:
        with transaction.atomic():
            actions.begin_taking(handover=found, by=request.viewer)
            take_places.enqueue(handover_id=found.pk, user_id=request.viewer.user.pk)
    except BenefitError as error:
        messages.error(request, str(error))
    return redirect("benefit_places", benefit, year)


@require_http_methods(["POST"])
def recall(request: Request, benefit: str, year: int, number: int) -> HttpResponse:
    """Take the list back, with a reason."""
    require(may_read(request.viewer))
    found = access.handover(request.viewer, benefit, year, number)
    require(theirs(found, request.viewer))
    form = RecallForm(request.POST)
    if form.is_valid() and _did(
        request, form, lambda: actions.recall(handover=found, by=request.viewer, **form.cleaned_data)
    ):
        return redirect("benefit_places", benefit, year)
    return _page(request, benefit, year, recall=form)
