"""Work reports: the list, one as it grows, put before the head, released, corrected."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.documents.answers import download
from sijeong.org.viewer import Request

from .. import access, actions
from ..building import faults
from ..forms import ErratumForm, NewReport
from ..models import WorkReport
from ..writing import FORMATS
from ..writing.html import html_parts
from ..writing.storing import as_json, digest

PAGE = 100


@require_http_methods(["GET", "POST"])
def reports(request: Request) -> HttpResponse:
    """Reports that one may read, and where a new one begins."""
    viewer = request.viewer
    form = (
        NewReport(viewer, request.POST if request.method == "POST" else None)
        if access.writes_any(viewer)
        else None
    )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                title = form.known[form.cleaned_data["design"]].title
                return redirect(
                    "work_report", actions.make_report(**form.cleaned_data, title=title, by=viewer).pk
                )
            except actions.ReportsRefused as error:
                form.add_error(error.field or None, str(error))
    facts = {
        "reports": access.reports(viewer).order_by("-base_on", "-pk")[:100], "form": form,
        "staff": access.is_staff(viewer),
    }  # fmt: skip
    return render(request, "reports/reports.html", facts, status=422 if form and form.errors else 200)


@require_GET
def report(request: Request, pk: int) -> HttpResponse:
    """The report as it stands, every figure a way to its source; what stops it, above."""
    return _shown(request, access.report(request.viewer, pk), ErratumForm())


def _shown(
    request: Request, found: WorkReport, form: ErratumForm, wrong: list[str] | None = None
) -> HttpResponse:
    whole = found.frozen or actions.built(found)
    writes = access.writes(request.viewer, found.unit)
    have = digest(as_json(whole)) if found.state == WorkReport.State.DRAFT else ""
    if request.htmx and have == request.GET.get("have"):
        return HttpResponse(status=204)  # nothing has moved since the page asked last
    if wrong is None and have:
        wrong = faults(whole)
    shown = replace(whole, sources=access.opened(request.viewer, whole.sources))
    facts = {
        "report": found, "body": mark_safe("\n".join(html_parts(shown))),
        "figures": sum(1 for _ in whole.figures()), "sources": len(whole.sources), "wrong": wrong or [],
        "writes": writes, "signs": access.signs(request.viewer, found), "form": form if writes else None,
        "have": have, "formats": FORMATS, "errata": found.errata.select_related("told_by"),
    }  # fmt: skip
    inside = request.htmx and have and not form.errors
    template = "reports/live.html" if inside else "reports/report.html"
    return render(request, template, facts, status=422 if form.errors else 200)


@require_POST
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """Freeze, send back, release."""
    found, viewer = access.report(request.viewer, pk), request.viewer
    if not (access.writes(viewer, found.unit) if act == "freeze" else access.signs(viewer, found)):
        raise PermissionDenied
    try:
        if act == "freeze":
            actions.freeze(report=found, by=viewer)
            messages.success(request, "기준일의 수로 굳혀 결재에 올렸습니다.")
        elif act == "send-back":
            actions.send_back(report=found, reason=request.POST.get("reason", "")[:300], by=viewer)
            messages.success(request, "돌려보냈습니다.")
        else:
            actions.release(report=found, by=viewer)
            messages.success(request, "확정하고 다섯 가지 파일로 썼습니다.")
    except actions.ReportsRefused as error:
        messages.error(request, error.reasons[0])
        return _shown(request, access.report(viewer, pk), ErratumForm(), error.reasons)
    return redirect("work_report", found.pk)


@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Add an erratum."""
    found = access.report(request.viewer, pk)
    if not access.writes(request.viewer, found.unit):
        raise PermissionDenied
    form = ErratumForm(request.POST)
    if form.is_valid():
        try:
            actions.correct(report=found, **form.cleaned_data, by=request.viewer)
        except actions.ReportsRefused as error:
            form.add_error(None, str(error))
        else:
            return redirect("work_report", found.pk)
    return _shown(request, found, form)


@require_GET
def source(request: Request, pk: int) -> HttpResponse:
    """The very cases or promises behind a figure, as they were counted; those that the reader may see."""
    found = access.report(request.viewer, pk)
    key, whole = request.GET.get("key", ""), found.frozen or actions.built(found)
    counted = whole.sources.get(key)
    if counted is None:
        raise Http404(key)
    rows = access.counted(request.viewer, key, counted.rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    facts = {"report": found, "source": counted, "page": page, "promises": key.startswith("promises:")}
    return render(request, "reports/source.html", facts)


@require_GET
def edition(request: Request, pk: int, format_: str) -> FileResponse:
    """A released report's file, as it was handed over."""
    return download(access.edition(request.viewer, pk, format_))
