"""Every write to a meeting: the lock, the check, the change and its event, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sijeong.cases.actions import receive
from sijeong.cases.actions.intake import current_type
from sijeong.cases.models import Case
from sijeong.catalog import CaseType
from sijeong.cleaned import line
from sijeong.documents.actions import discard
from sijeong.documents.models import File
from sijeong.org.models import Government, Post, Role, Unit, User
from sijeong.org.viewer import Viewer

from .errors import MeetingError, Overtaken
from .models import Meeting, MeetingFile, Suggestion
from .permissions import may_record, require_edit

# What a type of case asks of a meeting, and how its kinds are called there.
KINDS = {"briefing": "briefing", "talk": "committee", "single": "single", "policy": "group"}
TOLD = {"meeting", "met_on"}
EARLIEST, PLANNED_AHEAD = dt.datetime(1990, 1, 1, tzinfo=dt.UTC), dt.timedelta(days=730)


def _check(
    *, government: Government, kind: str, held_at: dt.datetime, subject: str, place: str, units: Sequence[Unit],
    members: Sequence[User], officers: Sequence[User], by: Viewer,
) -> None:  # fmt: skip
    if kind not in Meeting.Kind.values:
        raise MeetingError(
            f"‘{kind}’이라는 종류는 없습니다. 가능한 값: {', '.join(Meeting.Kind.labels)}", field="kind"
        )
    if not subject.strip() or not place.strip():
        raise MeetingError("주제와 장소를 적어야 합니다.")
    latest = timezone.now() + PLANNED_AHEAD
    if not EARLIEST <= held_at <= latest:
        told = f"{EARLIEST.year}년부터 {latest.year}년까지의 일시를 적어야 합니다."
        raise MeetingError(told, field="held_at")
    if not units or not members:
        raise MeetingError("참석한 의원과 부서를 하나 이상 골라야 합니다.")
    if any(one.government_id != government.pk for one in (*units, *members, *officers)):
        raise MeetingError("다른 기관의 사람이나 부서는 넣을 수 없습니다.")
    seated = Post.objects.filter(user__in=members, role=Role.COUNCIL_MEMBER).values_list("user_id", flat=True)
    if strangers := [member.name for member in members if member.pk not in set(seated)]:
        raise MeetingError(f"{', '.join(strangers)}: 의원이 아닙니다.", field="members")
    if not by.has(Role.PLANNING_OFFICER) and not any(unit.pk in by.units for unit in units):
        raise MeetingError("참석 부서에 우리 부서를 넣어야 합니다.", field="units")


def _told(kind: str, held_at: dt.datetime, place: str, subject: str, content: str) -> dict[str, Any]:
    return {
        "kind": kind, "held_at": held_at, "place": line(place), "subject": line(subject), "content": content.strip(),
    }  # fmt: skip


@transaction.atomic
def record_meeting(
    *, government: Government, kind: str, held_at: dt.datetime, place: str, subject: str, units: Sequence[Unit],
    members: Sequence[User], by: Viewer, officers: Sequence[User] = (), content: str = "",
) -> Meeting:  # fmt: skip
    """A meeting, planned or held, with who takes part. Raises MeetingError."""
    if not may_record(by) or by.government_id != government.pk:
        raise PermissionDenied
    _check(
        government=government, kind=kind, held_at=held_at, subject=subject, place=place, units=units,
        members=members, officers=officers, by=by,
    )  # fmt: skip
    told = _told(kind, held_at, place, subject, content)
    meeting = Meeting.objects.create(government=government, created_by=by.user, **told)
    _seat(meeting, units, members, officers)
    meeting.record("recorded", by=by, **told, **_names(units, members, officers))
    return meeting


@transaction.atomic
def amend_meeting(
    *, meeting: Meeting, kind: str, held_at: dt.datetime, place: str, subject: str, units: Sequence[Unit],
    members: Sequence[User], by: Viewer, officers: Sequence[User] = (), content: str = "", seen: str = "",
) -> Meeting:  # fmt: skip
    """What was planned otherwise, or what is now known of it. A suggestion's member stays among those who met.

    ``seen`` is the fingerprint of what the writer began from. Raises Overtaken where it has changed since.
    """
    meeting = _open(meeting, by)
    if seen and seen != meeting.fingerprint():
        raise Overtaken("쓰는 사이에 다른 사람이 고쳤습니다. 아래에서 견주어 보고 다시 저장하십시오.")
    _check(
        government=meeting.government, kind=kind, held_at=held_at, subject=subject, place=place, units=units,
        members=members, officers=officers, by=by,
    )  # fmt: skip
    if held_at > timezone.now() and meeting.suggestions.exists():
        raise MeetingError("건의가 나온 모임은 앞날로 옮길 수 없습니다.", field="held_at")
    told = _told(kind, held_at, place, subject, content)
    for name, value in told.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(told))
    _seat(meeting, units, members, officers)
    meeting.record("amended", by=by, **told, **_names(units, members, officers))
    return meeting


def _seat(meeting: Meeting, units: Sequence[Unit], members: Sequence[User], officers: Sequence[User]) -> None:
    meeting.units.set(units)
    meeting.members.set(members)
    meeting.officers.set(officers)


def _names(units: Sequence[Unit], members: Sequence[User], officers: Sequence[User]) -> dict[str, Any]:
    return {
        "units": [unit.name for unit in units], "members": [user.label for user in members],
        "officers": [user.label for user in officers],
    }  # fmt: skip


def _open(meeting: Meeting, by: Viewer) -> Meeting:
    meeting = Meeting.objects.locked(meeting.pk)
    require_edit(by, meeting)
    if meeting.cancelled_at:
        raise MeetingError("취소한 모임입니다. 새로 등록하십시오.")
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Viewer) -> Meeting:
    """Call it off. What was said at a meeting shows that it took place."""
    meeting = _open(meeting, by)
    if not reason.strip():
        raise MeetingError("취소하는 사유를 적어야 합니다.", field="reason")
    if meeting.suggestions.exists():
        raise MeetingError("건의가 나온 모임은 취소할 수 없습니다.")
    meeting.cancelled_at = timezone.now()
    meeting.save(update_fields=["cancelled_at"])
    meeting.record("cancelled", by=by, reason=reason.strip())
    return meeting


@transaction.atomic
def add_file(*, meeting: Meeting, file: File, by: Viewer) -> MeetingFile:
    """A file that was handed out, or the record."""
    meeting = _open(meeting, by)
    if meeting.files.filter(file__sha256=file.sha256).exists():
        raise MeetingError(f"{file.name}: 이미 올린 파일입니다.")
    added = MeetingFile.objects.create(meeting=meeting, file=file, added_by=by.user, added_at=timezone.now())
    meeting.record("file_added", by=by, name=file.name, size=file.size, sha256=file.sha256)
    return added


@transaction.atomic
def remove_file(*, file: MeetingFile, by: Viewer) -> None:
    """Take a file off; its digest stays in the journal."""
    meeting = _open(file.meeting, by)
    stored = file.file
    meeting.record("file_removed", by=by, name=stored.name, size=stored.size, sha256=stored.sha256)
    file.delete()
    discard(stored)


@transaction.atomic
def suggest(
    *, meeting: Meeting, text: str, by: Viewer, member: User | None = None, said_by: str = ""
) -> Suggestion:
    """Note what was suggested at a meeting that took place, by one of its members or by another present."""
    meeting = _open(meeting, by)
    if meeting.held_at > timezone.now():
        raise MeetingError("아직 열리지 않은 모임입니다. 열린 뒤에 건의를 적으십시오.")
    if not text.strip():
        raise MeetingError("건의 내용을 적어야 합니다.", field="text")
    if member and not meeting.members.filter(pk=member.pk).exists():
        raise MeetingError(
            f"{member.name} 의원은 이 모임에 참석하지 않았습니다. 참석자를 먼저 고치십시오.", field="member"
        )
    name = member.name if member else said_by.strip()
    if not name:
        raise MeetingError("누가 건의했는지 고르거나 적어야 합니다.", field="said_by")
    suggestion = Suggestion.objects.create(meeting=meeting, text=text.strip(), member=member, said_by=name)
    meeting.record("suggested", by=by, suggestion=suggestion.pk, said_by=name, text=suggestion.text)
    return suggestion


def fits(case_type: CaseType) -> bool:
    """Whether a meeting tells all that the type must know: what was said, where, when."""
    needed = {str(field.code) for field in case_type.extra_fields if field.required}
    return needed <= TOLD and not case_type.kinds and "council_member" in case_type.askers


@transaction.atomic
def take_up(*, suggestion: Suggestion, type_code: str, title: str, by: Viewer) -> Case:
    """Receive the suggestion as a case, whose term runs from the day of the meeting where its type says so.

    Pressed twice, or by two, the case of the first time is given. Raises MeetingError, CaseError.
    """
    meeting = Meeting.objects.locked(suggestion.meeting_id)
    require_edit(by, meeting)
    suggestion = Suggestion.objects.select_related("case", "member").get(pk=suggestion.pk)
    if suggestion.case:
        return suggestion.case
    known = {"meeting": KINDS[meeting.kind], "met_on": timezone.localtime(meeting.held_at).date().isoformat()}
    case = receive(
        government=meeting.government, type_code=type_code, title=title, question=suggestion.text,
        asker=suggestion.member, asker_name=suggestion.said_by, by=by, source="meeting",
        fields=_asked(meeting.government, type_code, known),
    )  # fmt: skip
    suggestion.case = case
    suggestion.save(update_fields=["case"])
    meeting.record("taken_up", by=by, suggestion=suggestion.pk, case=case.number)
    return case


def _asked(government: Government, type_code: str, known: dict[str, str]) -> dict[str, str]:
    """Of what the meeting tells, that for which the type has a field."""
    case_type = current_type(government, type_code).case_type
    if not fits(case_type):
        raise MeetingError(
            f"{case_type.name}은 모임에서 바로 접수할 수 없습니다. 새 사안에서 접수하십시오.",
            field="type_code",
        )
    return {str(f.code): known[f.code] for f in case_type.extra_fields if f.code in known}
