"""The guided page: a definition from two spreadsheets without writing text."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sijeong.documents.actions import FileRefused
from sijeong.org.viewer import Request

from .. import access, actions
from ..actions.guiding import rows
from ..errors import AllocationError
from ..forms_guide import DraftForm, SketchForm
from ..permissions import may_found
from ..solving import draft as drafting
from ..solving.definition import BadDefinition
from ..solving.intake import BadTable, Fault

SHOWN = 200


@require_http_methods(["GET", "POST"])
def guide(request: Request) -> HttpResponse:
    """Bring the two spreadsheets."""
    if not may_found(request.viewer):
        raise PermissionDenied
    form = SketchForm(request.viewer, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        files = {name: (data[name], data[name].name) for name in ("applicants", "resources")}
        try:
            made = actions.sketch(
                unit=form.units[data["unit"]], structure=data["structure"], by=request.viewer, **files
            )
        except (FileRefused, AllocationError, BadTable) as error:
            form.add_error(None, str(error))
        else:
            return redirect("allocation_draft", made.pk)
    return render(request, "allocation/guide.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def draft(request: Request, pk: int) -> HttpResponse:
    """Say what the columns mean; every row is checked before anything is made."""
    made = access.sketch(request.viewer, pk)
    tables = (rows(made.applicants), rows(made.resources))
    form = DraftForm(made, tables, request.POST or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            text = drafting.draft(form.answers())
            found = actions.make(
                made=made,
                text=text,
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                by=request.viewer,
            )
        except BadTable as bad:
            faults = bad.faults
        except (BadDefinition, AllocationError, ValueError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "정의를 만들고 두 표를 넣었습니다. 모든 행이 맞습니다.")
            return redirect("allocation_round", found.pk)
    facts = {
        "sketch": made, "form": form, "faults": faults[:SHOWN], "count": len(faults),
        "previews": [(name, table[:6], len(table) - 1) for name, table in zip(("신청 표", "자원 표"), tables, strict=True)],
    }  # fmt: skip
    return render(request, "allocation/draft.html", facts, status=422 if form.errors or faults else 200)
