"""One meeting: its page, its form, its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.documents.actions import FileRefused, FileTooLarge, store
from sijeong.documents.answers import download
from sijeong.org.forms import tell_refusal
from sijeong.org.viewer import Request

from .. import access, actions
from ..errors import MeetingError, Overtaken
from ..forms import CancelForm, MeetingForm, SuggestForm, TakeUpForm
from ..models import Meeting
from ..permissions import may_edit, require_edit, require_record

UNSEEN = "unseen"  # whoever does not say what they began from is shown what stands


@require_GET
def meeting(request: Request, pk: int) -> HttpResponse:
    """All of one meeting on one page."""
    return page(request, access.meeting(request.viewer, pk))


def page(
    request: Request,
    meeting: Meeting,
    *,
    failed: tuple[str, forms.Form] | None = None,
    file_faults: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, with the form that was refused opened again."""
    code, form = failed or ("", None)
    mine = may_edit(request.viewer, meeting) and meeting.cancelled_at is None
    held = meeting.held_at <= timezone.now()
    suggestions = list(meeting.suggestions.select_related("case", "member", "meeting"))
    offered = {f"take_{one.pk}" for one in suggestions if mine and not one.case}
    offered |= ({"suggest"} if mine and held else set()) | ({"cancel"} if mine and not suggestions else set())
    facts: dict[str, Any] = {
        "meeting": meeting, "gone": form if code and code not in offered else None, "mine": mine, "held": held, "failed": code, "file_faults": file_faults,
        "suggestions": [
            (one, form if code == f"take_{one.pk}" else TakeUpForm(one) if mine and not one.case else None)
            for one in suggestions
        ],
        "seen": set(access.visible_cases(request.viewer, [one.case_id for one in suggestions if one.case_id])),
        "suggest_form": (form if code == "suggest" else SuggestForm(meeting)) if mine and held else None,
        "cancel_form": (form if code == "cancel" else CancelForm()) if mine and not suggestions else None,
        "files": list(meeting.files.select_related("file", "added_by")),
    }  # fmt: skip
    return render(request, "council/meeting.html", facts, status=status)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A meeting, planned or held."""
    require_record(request.viewer)
    form = MeetingForm(request.viewer, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_meeting(
                government=request.viewer.user.government, by=request.viewer, **form.facts()
            )
        except MeetingError as error:
            tell_refusal(form, error)
        else:
            messages.success(request, "등록했습니다.")
            return redirect("meeting", made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """What was planned otherwise, or what is now known. Who comes second sees both texts."""
    found = access.meeting(request.viewer, pk)
    require_edit(request.viewer, found)
    form = MeetingForm(request.viewer, found, request.POST or None, initial=MeetingForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_meeting(
                meeting=found, by=request.viewer, seen=form.cleaned_data["seen"] or UNSEEN, **form.facts()
            )
        except Overtaken as error:
            found = access.meeting(request.viewer, pk)
            # From here on what is shown beside counts as seen.
            data = request.POST.copy()
            data["seen"] = found.fingerprint()
            form = MeetingForm(request.viewer, found, data)
            tell_refusal(form, error)
            return _form(request, form, found, theirs=found)
        except MeetingError as error:
            tell_refusal(form, error)
        else:
            messages.success(request, "고쳤습니다.")
            return redirect("meeting", pk)
    return _form(request, form, found)


def _form(
    request: Request, form: MeetingForm, meeting: Meeting | None, theirs: Meeting | None = None
) -> HttpResponse:
    status = 409 if theirs else 422 if form.errors else 200
    facts = {"form": form, "meeting": meeting, "theirs": theirs}
    return render(request, "council/meeting_form.html", facts, status=status)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off, with the reason."""
    found = access.meeting(request.viewer, pk)
    require_edit(request.viewer, found)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return page(request, found, failed=("cancel", form), status=422)
    try:
        actions.cancel_meeting(meeting=found, by=request.viewer, **form.cleaned_data)
    except MeetingError as error:
        tell_refusal(form, error)
        return page(request, found, failed=("cancel", form), status=409)
    messages.success(request, "모임을 취소했습니다.")
    return redirect("meeting", pk)


@require_POST
def add_files(request: Request, pk: int) -> HttpResponse:
    """Take files in; one refused is told by name, the others are added."""
    found = access.meeting(request.viewer, pk)
    require_edit(request.viewer, found)
    uploads = request.FILES.getlist("files")
    faults, status = ([], 422) if uploads else (["올릴 파일을 고르십시오."], 422)
    for upload in uploads:
        try:
            _take_in(request, found, upload)
        except (FileRefused, MeetingError) as error:
            faults.append(str(error))
            status = 413 if isinstance(error, FileTooLarge) else 422
    if faults:
        return page(request, found, file_faults=faults, status=status)
    return redirect("meeting", pk)


def _take_in(request: Request, meeting: Meeting, upload: UploadedFile) -> None:
    """One file, streamed in before any lock is taken; refused by the meeting, it leaves no row."""
    file = store(
        stream=cast("BinaryIO", upload),
        name=upload.name or "",
        government=meeting.government,
        by=request.viewer.user,
    )
    try:
        actions.add_file(meeting=meeting, file=file, by=request.viewer)
    except MeetingError:
        file.delete()
        raise


@require_GET
def file(request: Request, pk: int, file_pk: int) -> HttpResponse:
    """A file of the meeting."""
    return download(access.file(request.viewer, pk, file_pk).file)  # type: ignore[return-value]


@require_POST
def remove_file(request: Request, pk: int, file_pk: int) -> HttpResponse:
    """Take a file off."""
    found = access.file(request.viewer, pk, file_pk)
    require_edit(request.viewer, found.meeting)
    try:
        actions.remove_file(file=found, by=request.viewer)
    except MeetingError as error:
        messages.error(request, str(error))
    return redirect("meeting", pk)
