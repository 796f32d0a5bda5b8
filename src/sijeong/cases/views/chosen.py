"""What is done to rows chosen in a list: handed out as a sheet, assigned, or acknowledged."""

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

from .. import access, together
from ..exports import SheetKind, write_cases, write_rows
from ..forms import divisions
from ..listing import Filters
from ..models import CaseTypeVersion
from ..ordering import beyond
from ..promises import COLUMNS, values_of
from ..together import Fate
from .planning import assign_all

# A list shows fifty rows a page: more than this no page sends.
MOST = 500


def _back(request: Request, list: str) -> HttpResponse:
    return redirect(f"{reverse(list)}?{told(request.POST.get('back', '')) or 'view='}")


def _sheet(request: Request) -> SheetKind:
    return SheetKind.CSV if request.POST.get("do") == "csv" else SheetKind.XLSX


@require_POST
def cases(request: Request) -> HttpResponseBase:
    """Chosen cases as a sheet, assigned to a division, or with their answers acknowledged."""
    if request.POST.get("do") == "assign":
        if not request.viewer.has(Role.PLANNING_OFFICER):
            raise PermissionDenied
        units = {str(unit.pk): unit for unit in divisions(request.viewer.government_id)}
        assign_all(request, units.get(request.POST.get("lead", "")), [])
        return _back(request, "cases")
    if request.POST.get("do") == "acknowledge":
        _acknowledge_answers(request, request.POST.getlist("case")[:MOST])
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
    back = QueryDict(request.POST.get("back", ""))
    listed = beyond(found, Filters.of(back).order)
    write_cases(version.case_type, listed, out, kind, viewer=request.viewer, asked=back.getlist("col"))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{version.name} 고른 것.{kind}")


def _acknowledge_answers(request: Request, numbers: list[str]) -> None:
    """Every answer of the cases that was not acknowledged yet; cases that have none are named."""
    waiting = access.deliveries(request.viewer).filter(case__number__in=numbers, acknowledged_at=None)
    keys = dict(waiting.values_list("pk", "case__number"))
    without = [number for number in dict.fromkeys(numbers) if number not in keys.values()]
    if without:
        messages.warning(request, f"확인할 답변이 없는 사안: {', '.join(without)}")
    if keys or not numbers:
        _acknowledge(request, list(keys))


@require_POST
def acknowledge(request: Request) -> HttpResponse:
    """Confirm the receipt of chosen answers; those that are not the viewer's, or confirmed already, are named."""
    keys = [int(key) for key in request.POST.getlist("delivery")[:MOST] if key.isdecimal() and len(key) < 19]
    _acknowledge(request, keys)
    return redirect("my_work")


LEFT = {
    Fate.ALREADY: "이미 수령을 확인한 답변",
    Fate.FORBIDDEN: "받는 사람이 아니어서 그대로 둔 답변",
    Fate.REFUSED: "확인할 수 없는 답변",
}


def _acknowledge(request: Request, keys: list[int]) -> None:
    if not keys:
        messages.error(request, "수령을 확인할 답변을 고르십시오.")
        return
    results = together.acknowledge(request.viewer, keys)
    if done := sum(one.fate is Fate.DONE for one in results):
        messages.success(request, f"답변 {done}건의 수령을 확인했습니다.")
    for fate, words in LEFT.items():
        if numbers := [one.case.number for one in results if one.fate is fate and one.case]:
            messages.warning(request, f"{words}: {', '.join(numbers)}")
    if gone := sum(one.fate is Fate.MISSING for one in results):
        messages.warning(request, f"볼 수 없는 답변 {gone}건은 그대로 두었습니다.")


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
