"""Files of an answer: onto the draft and off it."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sijeong.documents.actions import FileRefused, FileTooLarge, store
from sijeong.org.viewer import Request

from .. import access, actions, editing
from ..errors import CaseError
from ..models import Case
from ..permissions import require_relation


@require_POST
def attach(request: Request, number: str) -> HttpResponse:
    """Take files in and add them to the draft. One refused is told by name; the others are added."""
    case = access.case(request.viewer, number)
    require_relation(request.viewer, case, "lead_officer")
    faults, status = [], 200
    uploads = request.FILES.getlist("files")
    for upload in uploads:
        try:
            _take_in(request, case, upload)
        except (FileRefused, CaseError) as error:
            faults.append(str(error))
            status = 413 if isinstance(error, FileTooLarge) else 422
    if not uploads:
        faults, status = ["붙일 파일을 고르십시오."], 422
    return _answer(request, case, faults, status)


def _take_in(request: Request, case: Case, upload: UploadedFile) -> None:
    """One file, streamed in before any lock is taken; refused by the case, it leaves no row."""
    file = store(
        stream=cast("BinaryIO", upload),
        name=upload.name or "",
        government=case.government,
        by=request.viewer.user,
    )
    try:
        actions.attach(case=case, file=file, by=request.viewer)
    except CaseError:
        file.delete()
        raise


@require_POST
def detach(request: Request, number: str, pk: int) -> HttpResponse:
    """Take a file off the draft."""
    attachment = access.attachment(request.viewer, number, pk)
    case = access.case(request.viewer, number)
    require_relation(request.viewer, case, "lead_officer")
    try:
        actions.detach(attachment=attachment, by=request.viewer)
    except CaseError as error:
        return _answer(request, case, [str(error)], 409)
    return _answer(request, case, [], 200)


def _answer(request: Request, case: Case, faults: list[str], status: int) -> HttpResponse:
    """The list of files again; without scripts, the editor."""
    if not request.htmx:
        for fault in faults:
            messages.error(request, fault)
        return redirect("case_write", case.number)
    facts = editing.page_facts(case, request.viewer) | {"faults": faults}
    return render(request, "cases/attachments.html", facts, status=status)
