"""Meetings as a sheet."""

from __future__ import annotations

from typing import BinaryIO

from django.utils import timezone

from sijeong.cases.exports import SheetKind, write_rows
from sijeong.sheets.reading import Column

from .models import Meeting, MeetingQuerySet

COLUMNS = [
    Column("held_at", "일시"), Column("kind", "종류"), Column("place", "장소"), Column("subject", "주제"),
    Column("members", "참석 의원"), Column("units", "참석 부서"), Column("officers", "참석 직원"),
    Column("content", "내용"), Column("suggestions", "건의와 사안"), Column("state", "상태"),
]  # fmt: skip


def row_of(meeting: Meeting) -> list[str]:
    said = [
        f"{one.said_by}: {one.text}" + (f" → {one.case.number}" if one.case else "")
        for one in meeting.suggestions.all()
    ]
    state = "취소" if meeting.cancelled_at else "예정" if meeting.held_at > timezone.now() else "열림"
    return [
        f"{timezone.localtime(meeting.held_at):%Y-%m-%d %H:%M}", meeting.get_kind_display(), meeting.place, meeting.subject,
        ", ".join(user.name for user in meeting.members.all()), ", ".join(unit.name for unit in meeting.units.all()),
        ", ".join(user.name for user in meeting.officers.all()), meeting.content, "\n".join(said), state,
    ]  # fmt: skip


def write(meetings: MeetingQuerySet, out: BinaryIO, kind: SheetKind) -> None:
    """The meetings from the first to the last, a row each."""
    full = meetings.prefetch_related("members", "units", "officers", "suggestions__case").order_by(
        "held_at", "pk"
    )
    write_rows("의회 간담·면담", COLUMNS, map(row_of, full.iterator(500)), out, kind)
