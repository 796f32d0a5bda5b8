"""Programmes: the list of a year, and one with its parts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from sijeong.org.address import Address
from sijeong.org.viewer import Request

from .. import access, actions
from ..building import faults, preview
from ..forms import NewProgramme, ProgrammeForm
from ..writing.html import html_body

MOST = 20_000  # letters of a part that are looked at while they are typed


@require_http_methods(["GET", "POST"])
def programmes(request: Request) -> HttpResponse:
    """A year's programmes; below, where a new one begins."""
    viewer = request.viewer
    if not access.is_staff(viewer):
        raise PermissionDenied
    writes = access.writes_any(viewer)
    form = NewProgramme(viewer, request.POST if request.method == "POST" else None) if writes else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            return redirect("programme", actions.add_programme(**form.cleaned_data, by=viewer).pk)
    seen = access.programmes(viewer)
    years = sorted({*seen.values_list("year", flat=True), timezone.localdate().year}, reverse=True)
    asked = Address(request.GET)
    year = int(asked.choice("year", "연도", set(map(str, years)), str(years[0])))
    facts = {
        "programmes": seen.filter(year=year).order_by("unit__path", "order", "pk"), "years": years, "year": year,
        "form": form, "misread": asked.misread,
    }  # fmt: skip
    return render(request, "reports/programmes.html", facts, status=422 if form and form.errors else 200)


@require_POST
def shown(request: Request, pk: int) -> HttpResponse:
    """What is being typed as the report would show it, and what in it does not tie; nothing is kept."""
    found = access.programme(request.viewer, pk)
    if not access.writes(request.viewer, found.unit):
        raise PermissionDenied
    for name in ("title", "summary", *found.PARTS):
        setattr(found, name, request.POST.get(name, "")[:MOST])
    whole = preview(found, timezone.localdate())
    facts = {"body": mark_safe("\n".join(html_body(whole))), "wrong": faults(whole)}
    return render(request, "reports/programme_preview.html", facts)


@require_http_methods(["GET", "POST"])
def programme(request: Request, pk: int) -> HttpResponse:
    """A programme's parts, to be read, or written by its division."""
    found = access.programme(request.viewer, pk)
    writes = access.writes(request.viewer, found.unit)
    now = found.version
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, instance=found, initial={"version": now}
    )
    theirs = None
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        if form.is_valid():
            values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
            try:
                actions.write_programme(
                    programme=found, values=values, version=form.cleaned_data["version"], by=request.viewer
                )
            except actions.Overtaken as error:
                theirs = access.programme(request.viewer, pk)
                form.add_error(None, f"{error} 아래에서 견주고, 그대로 두려면 다시 저장하십시오.")
                form.data = request.POST.dict() | {"version": str(theirs.version)}
            else:
                messages.success(request, "저장했습니다.")
                return redirect("programme", found.pk)
    facts = {
        "programme": access.programme(request.viewer, pk),
        "form": form,
        "writes": writes,
        "theirs": theirs,
    }
    return render(request, "reports/programme.html", facts, status=422 if form.errors else 200)
