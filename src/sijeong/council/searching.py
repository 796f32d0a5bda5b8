"""What can be found of a meeting, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from sijeong.cases.searching import GOVERNMENT, MOST_TEXT
from sijeong.documents.contents import read_soon
from sijeong.links.scopes import Scope
from sijeong.org.viewer import Viewer
from sijeong.search.engine import Document, Reach
from sijeong.search.sources import Told

from . import access
from .models import Meeting, MeetingFile, Suggestion

KIND = Meeting.SUBJECT


class MeetingSource:
    """Meetings as documents: who took part finds them, with what was suggested and what their files say."""

    kind = KIND
    template = "council/hit.html"
    scope = Scope.MEETINGS_READ

    def concerned(self, kind: str, ids: set[int]) -> set[int]:
        if kind != "file":
            return ids if kind == KIND else set()
        return set(MeetingFile.objects.filter(file__in=ids).values_list("meeting_id", flat=True))

    def ids(self, government_id: int) -> Iterable[int]:
        meetings = Meeting.objects.filter(government_id=government_id).order_by("-pk")
        return meetings.values_list("pk", flat=True).iterator(5000)

    def count(self, government_id: int) -> int:
        return Meeting.objects.filter(government_id=government_id).count()

    def documents(self, government_id: int, ids: Iterable[int]) -> Iterator[Document]:
        meetings = Meeting.objects.filter(government_id=government_id, pk__in=list(ids)).prefetch_related(
            "units", "members", "officers", Prefetch("suggestions", Suggestion.objects.select_related("case")),
            Prefetch("files", MeetingFile.objects.select_related("file__contents")),
        )  # fmt: skip
        unread = [
            one.file
            for meeting in meetings
            for one in meeting.files.all()
            if not hasattr(one.file, "contents")
        ]
        if unread:
            read_soon(unread)
        yield from map(document, meetings)

    def reaches(self, viewer: Viewer) -> tuple[Reach, ...]:
        """The same rule as ``Meeting.objects.visible_to``, which every hit passes again."""
        keys = {f"met_unit:{unit}" for unit in viewer.units} | {f"met:{member}" for member in viewer.members}
        keys |= {f"was_at:{viewer.pk}"} | ({GOVERNMENT} if viewer.sees_government else set())
        return (Reach(frozenset(keys)),)

    def rows(self, viewer: Viewer, ids: list[int]) -> Mapping[int, Meeting]:
        return access.meetings(viewer).prefetch_related("units", "members").in_bulk(ids)

    def told(self, row: Meeting) -> Told:
        return Told(str(row.pk), row.subject, reverse("meeting", args=[row.pk]))

    def labels(self, viewer: Viewer) -> dict[str, dict[str, str]]:
        return {"type": {type_of(code): label for code, label in Meeting.Kind.choices}}


MEETINGS = MeetingSource()


def type_of(kind: str) -> str:
    """A kind of meeting beside the codes of case types."""
    return f"{KIND}:{kind}"


def document(meeting: Meeting) -> Document:
    """What can be found of the meeting."""
    files = [one.file for one in meeting.files.all()]
    units = list(meeting.units.all())
    return Document(
        kind=KIND, id=meeting.pk, title=meeting.subject, sees=_sees(meeting),
        text="\n".join(filter(None, _text(meeting))),
        tags={
            "type": (type_of(meeting.kind),), "year": (str(timezone.localtime(meeting.held_at).year),),
            "unit": tuple(str(unit.pk) for unit in units), "file": ("yes",) if files else (),
        },
        at=int(meeting.held_at.timestamp()),
    )  # fmt: skip


def _sees(meeting: Meeting) -> frozenset[str]:
    units = {f"met_unit:{unit.pk}" for unit in meeting.units.all()}
    members = {f"met:{user.pk}" for user in meeting.members.all()}
    return frozenset(
        {GOVERNMENT} | units | members | {f"was_at:{user.pk}" for user in meeting.officers.all()}
    )


def _text(meeting: Meeting) -> Iterator[str]:
    yield meeting.content
    for one in meeting.suggestions.all():
        yield from (one.text, one.said_by, one.case.number if one.case else "")
    yield meeting.place
    for people in (meeting.members, meeting.officers):
        yield from (person.name for person in people.all())
    yield from (unit.name for unit in meeting.units.all())
    for added in meeting.files.all():
        yield added.file.name
        if hasattr(added.file, "contents"):
            yield added.file.contents.text[:MOST_TEXT]
