"""Meetings for other systems: planned, recorded, and what was suggested there taken up as cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.encoding import iri_to_uri
from ninja import Path, Query, Router

from sijeong.cases.api.files import told as told_file
from sijeong.cases.api.forming import facts, named_file, refusals, sent
from sijeong.documents.answers import download
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, changes, not_modified, reads, writes
from sijeong.links.listing import listed, page, understood
from sijeong.links.preconditions import tag, unchanged
from sijeong.links.scopes import Scope
from sijeong.links.shapes import PathKey

from .. import access, actions
from ..errors import MeetingError
from ..forms import CancelForm, MeetingForm, SuggestForm, TakeUpForm
from ..listing import Filters
from ..models import Meeting, Suggestion
from ..permissions import require_edit, require_record
from .shapes import Cancel, FileNamed, Meetings, MeetingsAsked, MeetingShape, NewMeeting, Suggest, TakeUp

router = Router(tags=["의회 간담·면담"])
READ, WRITE = Scope.MEETINGS_READ, Scope.MEETINGS_WRITE


def meeting_of(request: Asking, key: Path[PathKey]) -> Meeting:
    """The meeting of that id. Raises Http404 for one that the asker may not see."""
    return access.meeting(request.viewer, key)


@reads(router, "/meetings", "간담·면담 목록", scope=READ, gives=Meetings)
def meetings(request: Asking, asked: Query[MeetingsAsked]) -> HttpResponse:
    """Meetings the asker may see, by the page's filters, the newest first."""
    filters = Filters.of(asked.query(), request.viewer)
    understood(filters.misread)
    found = filters.applied(access.meetings(request.viewer))
    rows, key = page(found.prefetch_related("members", "units", "suggestions"), "-held_at", asked)
    return listed(request, {"meetings": [_row(row) for row in rows]}, asked, key)


@writes(router, "/meetings", "간담·면담 등록", scope=WRITE, gives=MeetingShape)
def meeting_record(request: Asking, new: NewMeeting) -> HttpResponse:
    """A meeting, planned or held: planning for anyone, divisions for their own."""
    require_record(request.viewer)
    told = facts(MeetingForm(request.viewer, None, sent(_as_form(new))))
    with refusals(MeetingError):
        made = actions.record_meeting(
            government=request.viewer.user.government, by=request.viewer, **told
        )  # fmt: skip
    response = done(request, made, status=201)
    response["Location"] = iri_to_uri(f"/api/v1/meetings/{made.pk}")
    return response


@reads(router, "/meetings/{key}", "간담·면담 하나", scope=READ, gives=MeetingShape, tagged=True)
def meeting(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """All of a meeting: who took part, what was said, what was suggested, files."""
    found = access.meeting(request.viewer, key)
    return not_modified(found) if unchanged(request, found) else done(request, found)


@changes(router, "/meetings/{key}/amend", "간담·면담 수정", scope=WRITE, gives=MeetingShape, find=meeting_of)
def meeting_amend(request: Asking, meeting: Meeting, new: NewMeeting) -> HttpResponse:
    """What was planned otherwise, or what is now known: all of it, in place of what stands."""
    require_edit(request.viewer, meeting)
    told = facts(MeetingForm(request.viewer, meeting, sent(_as_form(new))))
    with refusals(MeetingError):
        actions.amend_meeting(meeting=meeting, by=request.viewer, **told)
    return done(request, meeting)


@changes(router, "/meetings/{key}/cancel", "간담·면담 취소", scope=WRITE, gives=MeetingShape, find=meeting_of)
def meeting_cancel(request: Asking, meeting: Meeting, cancel: Cancel) -> HttpResponse:
    """Call it off, with the reason."""
    require_edit(request.viewer, meeting)
    with refusals(MeetingError):
        actions.cancel_meeting(meeting=meeting, by=request.viewer, **facts(CancelForm(sent(cancel.dict()))))
    return done(request, meeting)


@changes(
    router, "/meetings/{key}/suggestions", "건의 적기", scope=WRITE, gives=MeetingShape, find=meeting_of
)  # fmt: skip
def meeting_suggest(request: Asking, meeting: Meeting, said: Suggest) -> HttpResponse:
    """Note what was suggested at a meeting that took place."""
    require_edit(request.viewer, meeting)
    told = facts(SuggestForm(meeting, sent(said.dict())))
    with refusals(MeetingError):
        actions.suggest(meeting=meeting, by=request.viewer, **told)
    return done(request, meeting)


@changes(
    router, "/meetings/{key}/suggestions/{suggestion}/take-up", "건의를 사안으로 접수", scope=WRITE, gives=MeetingShape,
    find=meeting_of,
)  # fmt: skip
def meeting_take_up(
    request: Asking, meeting: Meeting, suggestion: Path[PathKey], case: TakeUp
) -> HttpResponse:
    """Receive a suggestion as a case. A second time the case of the first stands."""
    found = access.suggestion(request.viewer, meeting.pk, suggestion)
    require_edit(request.viewer, meeting)
    values = {f"s{found.pk}-title": case.title, f"s{found.pk}-type_code": case.type}
    told = facts(TakeUpForm(found, sent(values)))
    with refusals(MeetingError):
        actions.take_up(suggestion=found, by=request.viewer, **told)
    return done(request, meeting)


@changes(router, "/meetings/{key}/files", "파일 더하기", scope=WRITE, gives=MeetingShape, find=meeting_of)
def meeting_add_file(request: Asking, meeting: Meeting, named: FileNamed) -> HttpResponse:
    """A file that was handed out, or the record."""
    require_edit(request.viewer, meeting)
    file = named_file(request, named.file)
    with refusals(MeetingError):
        actions.add_file(meeting=meeting, file=file, by=request.viewer)
    return done(request, meeting)


@changes(
    router, "/meetings/{key}/files/{file}/remove", "파일 빼기", scope=WRITE, gives=MeetingShape, find=meeting_of
)  # fmt: skip
def meeting_remove_file(request: Asking, meeting: Meeting, file: Path[PathKey]) -> HttpResponse:
    """Take a file off; its digest stays in the journal."""
    found = access.file_named(request.viewer, meeting.pk, file)
    require_edit(request.viewer, meeting)
    with refusals(MeetingError):
        actions.remove_file(file=found, by=request.viewer)
    return done(request, meeting)


@reads(router, "/meetings/{key}/files/{file}", "간담·면담 파일", scope=READ, gives=None, file=True)
def meeting_file(request: Asking, key: Path[PathKey], file: Path[PathKey]) -> HttpResponse:
    """A file of a meeting the asker may see."""
    return download(access.file_named(request.viewer, key, file).file)  # type: ignore[return-value]


def _as_form(new: NewMeeting) -> dict[str, Any]:
    return new.dict() | {"officers": ", ".join(new.officers)}


def done(request: Asking, meeting: Meeting, status: int = 200) -> HttpResponse:
    """The meeting as it is now, with its ETag."""
    found = access.meetings(request.viewer).prefetch_related(
        "units", "members", "officers", "suggestions__case", "suggestions__member", "files__file"
    ).filter(pk=meeting.pk).get()  # fmt: skip
    return answer(_whole(found), status=status, subject=found)


def _row(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.pk, "kind": meeting.kind, "held_at": meeting.held_at, "place": meeting.place,
        "subject": meeting.subject, "units": _named(meeting.units), "members": _named(meeting.members),
        "suggestions": len(meeting.suggestions.all()), "cancelled_at": meeting.cancelled_at, "etag": tag(meeting),
    }  # fmt: skip


def _whole(meeting: Meeting) -> dict[str, Any]:
    return _row(meeting) | {
        "content": meeting.content, "officers": _named(meeting.officers),
        "suggestions": [_suggestion(one) for one in meeting.suggestions.all()],
        "files": [told_file(one.file) for one in meeting.files.all()],
    }  # fmt: skip


def _named(many: Any) -> list[dict[str, Any]]:
    return [{"id": one.pk, "name": one.name} for one in many.all()]


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "id": one.pk, "text": one.text, "member": {"id": one.member.pk, "name": one.member.name} if one.member else None,
        "said_by": one.said_by, "case": one.case.number if one.case else None, "noted_at": one.noted_at,
    }  # fmt: skip
