"""A new case: first what kind, then its form."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sijeong.catalog.vocabulary import Asker
from sijeong.org.forms import tell_refusal
from sijeong.org.viewer import Request, Viewer

from .. import actions
from ..errors import CaseError
from ..forms import ManyForm, NewCaseForm
from ..korean import day
from ..models import CaseTypeVersion
from ..permissions import may_import, may_intake


def types_for(viewer: Viewer) -> list[CaseTypeVersion]:
    """The types that the viewer may ask. Raises PermissionDenied for who asks nothing."""
    if not may_intake(viewer):
        raise PermissionDenied
    found = CaseTypeVersion.objects.filter(government_id=viewer.government_id, current=True).order_by("code")
    # What citizens alone ask for is taken in by a room of its own, with what this form does not ask.
    versions = [version for version in found if set(version.case_type.askers) != {Asker.CITIZEN}]
    if may_import(viewer):
        return versions
    asker = Asker.COUNCIL_MEMBER if viewer.members else Asker.UNIT
    return [version for version in versions if asker in version.case_type.askers]


@require_GET
def choose(request: Request) -> HttpResponse:
    """What kind of case, with what it promises; straight to the form where there is one kind only."""
    types = types_for(request.viewer)
    if len(types) == 1:
        return redirect("case_new_of", types[0].code)
    return render(request, "cases/choose.html", {"types": types})


@require_http_methods(["GET", "POST"])
def new(request: Request, code: str) -> HttpResponse:
    """The form of a type; what was typed stays when something is wrong."""
    version = next((version for version in types_for(request.viewer) if version.code == code), None)
    if version is None:
        raise Http404("type")
    form = NewCaseForm(version, request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            (case,) = actions.receive_many(
                government=request.viewer.user.government, type_code=code, by=request.viewer, rows=[form.facts()],
                once=form.cleaned_data["once"] or uuid.uuid4().hex,
            )  # fmt: skip
        except CaseError as error:
            tell_refusal(form, error)
        else:
            messages.success(
                request,
                f"{case.number} 번호로 접수했습니다. 기한은 {day(case.due_on) if case.due_on else '없음'}입니다.",
            )
            return redirect("case", case.number)
    status = 422 if form.errors else 200
    return render(
        request, "cases/new.html", {"version": version, "ct": version.case_type, "form": form}, status=status
    )


@require_http_methods(["GET", "POST"])
def many(request: Request, code: str) -> HttpResponse:
    """A sheet of cases that a member, or an aide for them, files at once: all of its rows or none."""
    if not request.viewer.members:
        raise PermissionDenied
    version = next((version for version in types_for(request.viewer) if version.code == code), None)
    if version is None:
        raise Http404("type")
    form = ManyForm(version, request.viewer, request.POST or None)
    filing = "split" not in request.POST and "more" not in request.POST
    if request.method == "POST" and not filing:
        form.errors  # noqa: B018  so that what was typed is checked before rows move
        if "split" in request.POST:
            form.spread()
        else:
            form.add_rows([], spare=5)
        return _sheet(request, version, form, checked=False)
    if request.method == "POST" and form.is_valid():
        try:
            cases = actions.receive_many(
                government=request.viewer.user.government, type_code=code, rows=form.facts(),
                once=form.cleaned_data["once"] or uuid.uuid4().hex, by=request.viewer,
            )  # fmt: skip
        except CaseError as error:
            tell_refusal(form, error)
        else:
            messages.success(
                request, f"{len(cases)}건을 접수했습니다. {cases[0].number} ~ {cases[-1].number}"
            )
            return redirect("my_work")
    return _sheet(request, version, form, checked=request.method == "POST")


def _sheet(request: Request, version: CaseTypeVersion, form: ManyForm, *, checked: bool) -> HttpResponse:
    """The sheet; errors are told only once it was to be filed."""
    facts = {"version": version, "ct": version.case_type, "form": form, "checked": checked}
    return render(request, "cases/many.html", facts, status=422 if checked and form.errors else 200)
