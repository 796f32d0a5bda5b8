"""The one door to meetings: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.db.models import Q
from django.http import Http404

from sijeong.cases.models import Case
from sijeong.org.viewer import Viewer

from .models import Meeting, MeetingFile, MeetingQuerySet, Suggestion

log = structlog.get_logger("sijeong.access")


def _deny(viewer: Viewer, what: str) -> Http404:
    log.warning("denied", room="council", what=what, user=viewer.pk)
    return Http404(what)


def meetings(viewer: Viewer) -> MeetingQuerySet:
    """Every meeting the viewer may see."""
    return Meeting.objects.visible_to(viewer)


def meeting(viewer: Viewer, pk: int) -> Meeting:
    """The meeting. Raises Http404."""
    found = meetings(viewer).select_related("government", "created_by").filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "meeting")
    return found


def file(viewer: Viewer, pk: int, file_pk: int) -> MeetingFile:
    """A file of a meeting the viewer may see. Raises Http404."""
    return _file(viewer, pk, Q(pk=file_pk))


def file_named(viewer: Viewer, pk: int, stored: int) -> MeetingFile:
    """The same, by the id of the stored file, which is what other systems know. Raises Http404."""
    return _file(viewer, pk, Q(file=stored))


def _file(viewer: Viewer, pk: int, which: Q) -> MeetingFile:
    found = meeting(viewer, pk).files.select_related("file", "meeting").filter(which).first()
    if found is None:
        raise _deny(viewer, "file")
    return found


def suggestion(viewer: Viewer, pk: int, suggestion_pk: int) -> Suggestion:
    """A suggestion made at a meeting the viewer may see. Raises Http404."""
    found = (
        meeting(viewer, pk).suggestions.select_related("meeting", "case", "member").filter(pk=suggestion_pk)
    )
    if not (one := found.first()):
        raise _deny(viewer, "suggestion")
    return one


def meeting_of(viewer: Viewer, case: Case) -> Meeting | None:
    """The meeting at which a case was suggested, if there is one that the viewer may see."""
    if case.source != "meeting":
        return None
    return meetings(viewer).filter(suggestions__case=case).first()


def visible_cases(viewer: Viewer, keys: list[int]) -> list[int]:
    """Those of the cases that the viewer may see: a division that met need not be the one that answers."""
    return list(Case.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
