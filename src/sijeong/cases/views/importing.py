"""Sheets in and out: upload, dry run, taking in, template, export."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.documents.actions import FileRefused, store
from sijeong.org import paging
from sijeong.org.address import Address
from sijeong.org.viewer import Request

from .. import access, runs
from ..exports import SheetKind, write_cases, write_template
from ..forms import ImportForm
from ..listing import Filters
from ..models import CaseTypeVersion, ImportRun
from ..ordering import beyond
from ..permissions import may_import
from ..understood import understood

RUNS = 20


def _may(request: Request) -> None:
    if not may_import(request.viewer):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Take a sheet and have it checked; the runs before it below."""
    _may(request)
    form = ImportForm(request.viewer, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = _begin(request, form)
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            return redirect("import_run", run.pk)
    earlier = access.import_runs(request.viewer).select_related("file", "started_by")
    asked = Address(request.GET)
    if state := asked.choice("state", "상태", ImportRun.State.values):
        earlier = earlier.filter(state=state)
    shown, following = paging.page(earlier, "-started_at", request.GET.get("after", ""), RUNS)
    types = CaseTypeVersion.objects.filter(government_id=request.viewer.government_id, current=True).order_by(
        "code"
    )
    facts = {
        "form": form,
        "runs": shown,
        "next": following,
        "types": types,
        "states": ImportRun.State.choices,
        "misread": asked.misread,
    }
    return render(request, "cases/import.html", facts, status=422 if form.errors else 200)


@transaction.atomic
def _begin(request: Request, form: ImportForm) -> ImportRun:
    data = dict(form.cleaned_data)
    viewer, sent = request.viewer, data.pop("file")
    file = store(stream=sent, name=sent.name, government=viewer.user.government, by=viewer.user)
    return runs.begin(file=file, by=viewer, **data)


@require_GET
def run(request: Request, pk: int) -> HttpResponse:
    """The dry run's report; while work goes on the page asks again by itself."""
    _may(request)
    facts = {"run": access.import_run(request.viewer, pk)}
    return render(request, "cases/import_status.html" if request.htmx else "cases/import_run.html", facts)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Take the checked rows in. A second press, or another person's, finds the run begun."""
    _may(request)
    found = access.import_run(request.viewer, pk)
    if not runs.confirm(found):
        messages.error(request, "고칠 칸이 남았거나 이미 가져온 파일입니다.")
    return redirect("import_run", found.pk)


@require_GET
def template(request: Request, code: str) -> FileResponse:
    """An empty sheet of the type, with what each column takes."""
    _may(request)
    version = CaseTypeVersion.objects.filter(
        government_id=request.viewer.government_id, code=code, current=True
    ).first()
    if version is None:
        raise Http404("type")
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_template(version.case_type, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{version.name} 양식.xlsx")


@require_GET
def export(request: Request) -> FileResponse:
    """The cases of the address's filters in the columns that the import reads, and those of the list. One type at a time."""
    filters = understood(Filters.of(request.GET), request.viewer)
    version = CaseTypeVersion.objects.filter(
        government_id=request.viewer.government_id, code=filters.type, current=True
    ).first()
    if version is None:
        raise Http404("type")
    kind = SheetKind.CSV if request.GET.get("as") == "csv" else SheetKind.XLSX
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_cases(
        version.case_type, beyond(filters.applied(request.viewer), filters.order), out, kind, viewer=request.viewer,
        asked=request.GET.getlist("col"),
    )  # fmt: skip
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{version.name}.{kind}")
