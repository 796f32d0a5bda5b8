"""A round: its tables, its run, its result, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sijeong.audit import journal
from sijeong.documents.actions import FileRefused
from sijeong.org.viewer import Request

from .. import access, actions
from ..actions.acts import TOLD, may_now
from ..errors import AllocationError
from ..forms import BeaconForm, FollowForm, FreezeForm, ReasonForm, SheetForm
from ..models import Round, Run
from ..permissions import may, require
from ..picture import bars, tiles
from ..solving.intake import BadTable
from ..solving.lottery import commitment
from ..tables import city_folder, from_applications, from_units, headings, roles
from ..tasks import work
from ..told import definition_told

# act: (button, kind, what will happen, form of its dialog).
BUTTONS: dict[str, tuple[str, str, str, type[forms.Form] | None]] = {
    "freeze": ("명단 동결·공고", "primary", "명단을 굳히고 지문을 공고합니다. 굳힌 뒤에는 표를 바꿀 수 없습니다.", FreezeForm),
    "thaw": ("동결 풀기", "tertiary", "공고를 거두고 표를 다시 고칩니다. 사유가 공개됩니다.", ReasonForm),
    "solve": ("계산하기", "primary", "모든 행을 확인한 뒤 풉니다. 틀린 행이 하나라도 있으면 아무것도 돌리지 않습니다.", BeaconForm),
    "cancel": ("그만두기", "danger", "계산을 그만둡니다. 아무 결과도 남지 않습니다.", None),
    "undo": ("결과 되돌리기", "tertiary", "결과를 물리고 자료 준비로 돌아갑니다. 물린 결과와 사유는 기록에 남습니다.", ReasonForm),
    "submit": ("결재 올리기", "primary", "부서장에게 올립니다. 결재가 끝나거나 반려될 때까지 고칠 수 없습니다.", None),
    "send_back": ("반려", "tertiary", "담당자에게 돌려보냅니다.", ReasonForm),
    "release": ("결재하고 확정", "primary", "배정을 확정합니다. 자리가 잡히고 결과가 공개되며, 되돌릴 수 없습니다. 바꾸려면 새 배정을 해야 합니다.", None),
    "follow": ("다음 배정", "secondary", "이 배정을 이어 가거나 대신할 새 배정을 시작합니다. 새 배정이 확정될 때까지 이 배정이 그대로 섭니다.", FollowForm),
}  # fmt: skip


@require_GET
def round_page(request: Request, pk: int) -> HttpResponse:
    """The whole frame; while the worker is busy the part that changes asks again by itself."""
    found = access.round_(request.viewer, pk)
    if request.htmx:
        busy = found.runs.order_by("-pk").first()
        page = render(request, "allocation/progress.html", {"round": found, "run": busy})
        if found.state != Round.State.SOLVING:
            page["HX-Refresh"] = "true"
        return page
    return shown(request, found)


def shown(
    request: Request, found: Round, *, act: str = "", form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The page; `act` is the dialog to open again with its form, which came back with errors."""
    last = found.runs.order_by("-pk").first()
    offered = [
        (code, *BUTTONS[code][:3], form if act == code and form else fresh(code, found))
        for code in BUTTONS
        if may(request.viewer, code, found) and may_now(found, code)
    ]
    facts = {
        "round": found, "offered": offered, "open": act, "run": found.run, "last": last,
        "tables": tables_of(found, form if act == "bring" else None), "may_bring": may(request.viewer, "bring", found) and may_now(found, "bring"),
        "sheet_form": form if act == "bring" else None, "sections": definition_told(found.definition),
        "commitment": commitment(bytes(found.seed)) if found.by_lottery else "",
        "events": [(event, TOLD.get(event.act, event.act)) for event in journal.of(found).reverse()],
        "follower": found.replaced_by.order_by("-pk").first(),
    }  # fmt: skip
    return render(request, "allocation/round.html", facts | drawn(found), status=status)


def fresh(code: str, found: Round) -> forms.Form | None:
    form = BUTTONS[code][3]
    if form is None or (form is BeaconForm and not found.beacon_round):
        return None
    return FollowForm(found) if form is FollowForm else form()


def tables_of(found: Round, refused: forms.Form | None) -> list[dict[str, Any]]:
    """What each table is, has, and what was refused of it."""
    have = {sheet.role: sheet for sheet in found.sheets.select_related("file", "brought_by")}
    definition = found.definition
    return [
        {
            "role": role,
            "name": name,
            "must": must,
            "sheet": have.get(role),
            "headings": headings(definition, role),
            "faults": refused.errors.get("file", []) if refused and refused.data.get("role") == role else [],
        }
        for role, (name, must) in roles(found).items()
    ]


def drawn(found: Round) -> dict[str, Any]:
    """The map or the bars of a result."""
    if found.run is None or found.run.outcome["status"] == "infeasible":
        return {"tiles": [], "bars": [], "most_used": []}
    map_ = tiles(found.run, city_folder(found))
    told, most = bars(found.run)
    return {"tiles": map_, "bars": told, "most_used": most}


@require_POST
def bring(request: Request, pk: int) -> HttpResponse:
    """Put a table in, from a file or from what is recorded here."""
    found = access.round_(request.viewer, pk)
    require(request.viewer, "bring", found)
    form = SheetForm(request.POST, request.FILES, auto_id=f"%s-{request.POST.get('role')}")
    if not form.is_valid():
        return shown(request, found, act="bring", form=form, status=422)
    data = form.cleaned_data
    more: dict[str, Any] = {}
    if data["source"] == "applications":
        more = {"rows": from_applications(found), "source": "records"}
    elif data["source"] == "units":
        more = {"rows": from_units(found, data["role"]), "source": "records"}
    elif data["file"]:
        more = {"stream": data["file"], "name": data["file"].name}
    try:
        actions.bring(found=found, role=data["role"], by=request.viewer, **more)
    except BadTable as bad:
        for fault in bad.faults:
            form.add_error("file", f"{fault.table} {fault.row}행 ‘{fault.column}’: {fault.reason}")
    except (FileRefused, AllocationError) as error:
        form.add_error("file", str(error))
    if form.errors:
        return shown(request, found, act="bring", form=form, status=422)
    return redirect("allocation_round", pk)


@require_POST
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """Do one act; a refusal comes back in its dialog with what was typed."""
    found = access.round_(request.viewer, pk)
    require(request.viewer, act, found)
    form_type = BUTTONS[act][3]
    form = None
    if form_type:
        form = FollowForm(found, request.POST) if form_type is FollowForm else form_type(request.POST)
        if not form.is_valid():
            return shown(request, found, act=act, form=form, status=422)
    try:
        told = DOING[act](request, found, form.cleaned_data if form else {})
    except AllocationError as error:
        if form is None:
            messages.error(request, str(error))
            return redirect("allocation_round", pk)
        form.add_error(None, str(error))
        return shown(request, found, act=act, form=form, status=422)
    return redirect("allocation_round", told)


def _queued(action: Callable[..., Run], request: Request, found: Round, data: dict[str, Any]) -> int:
    """Begin a run and give it to the worker, both or neither."""
    with transaction.atomic():
        run = action(found=found, by=request.viewer, **data)
        work.enqueue(run_id=run.pk)
    return found.pk


def _done(action: Callable[..., object], request: Request, found: Round, data: dict[str, Any]) -> int:
    action(found=found, by=request.viewer, **data)
    return found.pk


def _follow(request: Request, found: Round, data: dict[str, Any]) -> int:
    return actions.follow(found_=found, by=request.viewer, **{"daily": False, **data}).pk


DOING: dict[str, Callable[[Request, Round, dict[str, Any]], int]] = {
    "freeze": partial(_queued, actions.freeze),
    "thaw": partial(_done, actions.thaw),
    "solve": partial(_queued, actions.solve),
    "cancel": partial(_done, actions.cancel),
    "undo": partial(_done, actions.undo),
    "submit": partial(_done, actions.submit),
    "send_back": partial(_done, actions.send_back),
    "release": partial(_done, actions.release),
    "follow": _follow,
}
