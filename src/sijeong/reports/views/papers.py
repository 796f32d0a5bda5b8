"""Documents to be read: given with progress, looked at beside their verdicts, taken into the records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.cases.errors import CaseError
from sijeong.cases.permissions import may_import
from sijeong.documents.actions import FileRefused, store
from sijeong.figures.access import keeps, keeps_any
from sijeong.figures.actions import FiguresRefused
from sijeong.org.errors import OrgError
from sijeong.org.permissions import may_administer
from sijeong.org.viewer import Request

from .. import access, actions, taking
from ..checks import Checked
from ..checks.export import FACTS, source_html
from ..forms import PaperForm, TakeBudget, TakeFindings, TakeStaffing
from ..models import Paper
from ..reading.documents import Unreadable
from ..tasks import checked, read_paper


@require_http_methods(["GET", "POST"])
def papers(request: Request) -> HttpResponse:
    """Give a document; those given before below."""
    if not access.is_staff(request.viewer):
        raise PermissionDenied
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("paper", _given(request, form).pk)
        except FileRefused as error:
            form.add_error("file", str(error))
    facts = {"form": form, "papers": access.papers(request.viewer).order_by("-pk")[:50]}
    return render(request, "reports/papers.html", facts, status=422 if form.errors else 200)


@transaction.atomic
def _given(request: Request, form: PaperForm) -> Paper:
    viewer, given = request.viewer, form.cleaned_data["file"]
    file = store(stream=given, name=given.name, government=viewer.user.government, by=viewer.user)
    paper = Paper.objects.create(government=viewer.user.government, file=file, given_by=viewer.user)
    read_paper.enqueue(paper_id=paper.pk)
    return paper


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """The document on the left, what was found on the right; while it is being read the page asks again."""
    found = access.paper(request.viewer, pk)
    if found.state != Paper.State.READ:
        template = "reports/paper_status.html" if request.htmx else "reports/paper_waiting.html"
        return render(request, template, {"paper": found})
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    try:
        return _shown(request, found)
    except Unreadable as error:  # read by another version, or the file was changed since
        found.state = Paper.State.FAILED
        found.why = f"전에는 읽었으나 지금은 읽지 못합니다: {error} 같은 문서를 다시 올리십시오."
        return render(request, "reports/paper_waiting.html", {"paper": found})


def _shown(request: Request, found: Paper, **forms: Form) -> HttpResponse:
    read, viewer = checked(found), request.viewer
    facts = {name: (title, getattr(read.facts, name)) for name, title in FACTS.items()}
    first = read.facts.budget[0].place.table if read.facts.budget else None
    shown: dict[str, Any] = {
        "paper": found, "facts": facts,
        "verdicts": read.verdicts, "source": mark_safe("\n".join(source_html(read))),
        "take_findings": TakeFindings() if read.facts.findings and may_import(viewer) else None,
        "take_staffing": TakeStaffing(viewer) if read.facts.staffing and may_administer(viewer) else None,
        "take_budget": TakeBudget(viewer, initial={"table": first}) if first and keeps_any(viewer) else None,
        "tables": sorted({line.place.table for line in read.facts.budget if line.place.table}),
    }  # fmt: skip
    errors = any(form.errors for form in forms.values())
    return render(request, "reports/paper.html", shown | forms, status=422 if errors else 200)


@require_POST
def take(request: Request, pk: int, what: str) -> HttpResponse:
    """Take what was ticked into the records; the records' own checks follow."""
    found = access.paper(request.viewer, pk)
    may = {"findings": may_import, "staffing": may_administer, "budget": keeps_any}[what]
    if not may(request.viewer):
        raise PermissionDenied
    if found.state != Paper.State.READ:
        messages.error(request, "아직 읽지 않은 문서입니다.")
        return redirect("paper", found.pk)
    form = {"findings": lambda: TakeFindings(request.POST), "staffing": lambda: TakeStaffing(request.viewer, request.POST),
            "budget": lambda: TakeBudget(request.viewer, request.POST)}[what]()  # fmt: skip
    if form.is_valid():
        try:
            return TAKE[what](request, found, checked(found), form.cleaned_data)
        except Unreadable:
            return redirect("paper", found.pk)
        except (actions.ReportsRefused, FiguresRefused, OrgError, CaseError) as error:
            form.add_error(None, str(error))
    return _shown(request, found, **{f"take_{what}": form})


def _findings(request: Request, paper: Paper, read: Checked, data: dict[str, Any]) -> HttpResponse:
    ticked = set(request.POST.getlist("pick"))
    chosen = [one for one in read.facts.findings if str(one.number) in ticked]
    run = taking.take_findings(paper=paper, findings=chosen, by=request.viewer, **data)
    return redirect("import_run", run.pk)


def _staffing(request: Request, paper: Paper, read: Checked, data: dict[str, Any]) -> HttpResponse:
    chosen = taking.posts(read.facts.staffing, data["unit"], data["on"])
    changed = taking.take_staffing(chosen=chosen, unit=data["unit"], on=data["on"], by=request.viewer)
    messages.success(
        request, f"{data['unit']}의 정원 {changed}줄을 고쳤습니다." if changed else "정원이 기록과 같습니다."
    )
    return redirect("unit", data["unit"].pk)


def _budget(request: Request, paper: Paper, read: Checked, data: dict[str, Any]) -> HttpResponse:
    if not keeps(request.viewer, data["unit"]):
        raise PermissionDenied
    table = data.pop("table")
    lines = [line for line in read.facts.budget if line.place.table == table]
    return redirect("budget_book", taking.take_budget(paper=paper, lines=lines, by=request.viewer, **data).pk)


TAKE = {"findings": _findings, "staffing": _staffing, "budget": _budget}
