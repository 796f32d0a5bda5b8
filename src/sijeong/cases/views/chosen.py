"""What is done to rows chosen in a list: handed out as a sheet, or assigned."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sijeong.org.models import Role
from sijeong.org.viewer import Request
from sijeong.search.saved import told

from .. import access
from ..exports import SheetKind, write_cases, write_rows
from ..forms import divisions
from ..models import CaseTypeVersion
from ..promises import COLUMNS, values_of
from .planning import assign_all

# A list shows fifty rows a page: more than this no page sends.
MOST = 500


def _back(request: Request, list: str) -> HttpResponse:
    return redirect(f"{reverse(list)}?{told(request.POST.get('back', '')) or 'view='}")


def _sheet(request: Request) -> SheetKind:
    return SheetKind.CSV if request.POST.get("do") == "csv" else SheetKind.XLSX


@require_POST
def cases(request: Request) -> HttpResponseBase:
    """Chosen cases as a sheet, or assigned to a division."""
    if request.POST.get("do") == "assign":
        if not request.viewer.has(Role.PLANNING_OFFICER):
            raise PermissionDenied
        units = {str(unit.pk): unit for unit in divisions(request.viewer.government_id)}
        assign_all(request, units.get(request.POST.get("lead", "")), [])
        return _back(request, "cases")
    found = access.cases(request.viewer).filter(number__in=request.POST.getlist("case")[:MOST])
    codes = set(found.order_by().values_list("type_code", flat=True))
    if len(codes) != 1:
        messages.error(
            request,
            "한 종류의 사안만 골라 내려받습니다. 종류마다 열이 다릅니다."
            if codes
            else "내려받을 사안을 고르십시오.",
        )
        return _back(request, "cases")
    version = CaseTypeVersion.objects.get(
        government_id=request.viewer.government_id, code=codes.pop(), current=True
    )
    kind = _sheet(request)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    asked = QueryDict(request.POST.get("back", "")).getlist("col")
    write_cases(version.case_type, found, out, kind, viewer=request.viewer, asked=asked)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{version.name} 고른 것.{kind}")


@require_POST
def follow_ups(request: Request) -> HttpResponseBase:
    """Chosen follow-ups as a sheet."""
    keys = [int(key) for key in request.POST.getlist("promise")[:MOST] if key.isdecimal() and len(key) < 19]
    found = access.follow_ups(request.viewer).filter(pk__in=keys).select_related("case", "unit")
    if not found:
        messages.error(request, "내려받을 향후계획을 고르십시오.")
        return _back(request, "follow_ups")
    kind = _sheet(request)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_rows("향후계획", COLUMNS, map(values_of, found), out, kind)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"향후계획.{kind}")
