"""Many units or people from a sheet: looked at first, then entered as one."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.sheets.reading import Row, SheetRefused

from .. import actions, passwords
from ..entry import COLUMNS, NAMES, SAMPLE, rows_of
from ..forms import SheetForm, sent
from ..permissions import administrators_only
from ..viewer import Request

SALT = "org.entry"
HOUR = 60 * 60
LISTS = {"units": "organisation", "people": "administration"}


@require_http_methods(["GET", "POST"])
@administrators_only
@never_cache
def enter(request: Request, kind: str) -> HttpResponse:
    """The sheet is read and tried; what was tried is carried along signed, and entered when it is confirmed."""
    _known(kind)
    if "rows" in request.POST:
        return _entered(request, kind)
    form = SheetForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = _rows(form.cleaned_data["file"], kind)
        except SheetRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _tried(request, kind, rows)
    return _page(request, kind, form=form, status=422 if form.errors else 200)


@require_GET
@administrators_only
def enter_template(request: Request, kind: str) -> HttpResponse:
    """The columns with one right row, to be filled in."""
    _known(kind)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerows([[column.name for column in COLUMNS[kind]], SAMPLE[kind]])
    return response


def _known(kind: str) -> None:
    if kind not in COLUMNS:
        raise Http404


def _rows(upload: Any, kind: str) -> list[Row]:
    with tempfile.NamedTemporaryFile() as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        return rows_of(Path(file.name), kind)


def _tried(request: Request, kind: str, rows: list[Row]) -> HttpResponse:
    government = request.viewer.user.government
    refused = actions.enter_rows(government=government, kind=kind, rows=rows, by=request.viewer, trial=True)
    kept = signing.dumps([kind, [[r.number, r.values, r.places] for r in rows]], salt=SALT, compress=True)
    shown = {"rows": rows, "refused": refused, "carried": "" if refused else kept}
    return _page(request, kind, form=SheetForm(), status=422 if refused else 200, **shown)


def _entered(request: Request, kind: str) -> HttpResponse:
    try:
        told, kept = signing.loads(request.POST["rows"], salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        told, kept = "", []
    if told != kind:
        messages.error(request, "확인한 지 오래되었거나 바뀐 표입니다. 파일을 다시 올리십시오.")
        return redirect("enter", kind)
    rows = [Row(*one) for one in kept]
    government, given = request.viewer.user.government, {}
    with transaction.atomic():
        refused = actions.enter_rows(government=government, kind=kind, rows=rows, by=request.viewer)
        if not refused and kind == "people" and "passwords" in request.POST:
            names = [row.values["username"].strip().lower() for row in rows]
            given = actions.hand_out_passwords(government=government, usernames=names, by=request.viewer)
    if refused:
        return _page(request, kind, form=SheetForm(), rows=rows, refused=refused, carried="", status=409)
    messages.success(request, f"{NAMES[kind]} {len(rows)}건을 등록했습니다.")
    return _handed_out(request, rows, given) if given else redirect(LISTS[kind])


def _handed_out(request: Request, rows: list[Row], given: dict[str, str]) -> HttpResponse:
    """The passwords, once: no address leads here again."""
    told = [row.values for row in rows]
    issued = [
        passwords.Issued(one.get("unit", ""), one["name"], name, given[name])
        for one, name in zip(told, given, strict=True)
    ]
    kept = passwords.carried(issued, request.viewer.user)
    facts = {"issued": issued, "headings": passwords.HEADINGS, "carried": kept}
    return render(request, "org/passwords.html", facts)


@require_POST
@administrators_only
@never_cache
def enter_passwords(request: Request) -> HttpResponse:
    """The sheet that the page showed, as a file."""
    issued = passwords.taken(request.POST.get("sheet", ""), request.viewer.user)
    if not issued:
        messages.error(
            request,
            "비밀번호 표를 받을 수 있는 10분이 지났습니다. 사람마다 임시 비밀번호를 다시 발급하십시오.",
        )
        return redirect("administration")
    government = request.viewer.user.government
    actions.take_password_sheet(government=government, people=len(issued), by=request.viewer)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(passwords.as_xlsx(issued), content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="passwords.xlsx"'
    return response


def _page(request: Request, kind: str, *, status: int, **shown: Any) -> HttpResponse:
    facts = {
        "kind": kind,
        "name": NAMES[kind],
        "columns": COLUMNS[kind],
        "back": LISTS[kind],
        "rows": [],
        "refused": [],
        "carried": "",
    } | shown
    return render(request, "org/enter.html", facts, status=status)
