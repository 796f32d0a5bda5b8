"""The one door to cases: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.http import Http404

from sijeong.documents.models import File
from sijeong.org.viewer import Viewer

from .models import Case, CaseQuerySet, Delivery, FollowUp, ImportRun

log = structlog.get_logger("sijeong.access")


def _deny(viewer: Viewer, what: str) -> Http404:
    # Which number was asked for may itself tell something: only who and what kind is logged.
    log.warning("denied", room="cases", what=what, user=viewer.pk)
    return Http404(what)


def cases(viewer: Viewer) -> CaseQuerySet:
    """Every case the viewer may see."""
    return Case.objects.visible_to(viewer)


def case(viewer: Viewer, number: str) -> Case:
    """The case of that number, with what its page shows. Raises Http404."""
    found = (
        cases(viewer)
        .filter(number=number)
        .select_related("type", "government", "lead", "officer", "asker", "asker_unit", "merged_into")
        .first()
    )
    if found is None:
        raise _deny(viewer, "case")
    return found


def delivery(viewer: Viewer, number: str, pk: int) -> Delivery:
    """A delivery of a case the viewer may see. Raises Http404."""
    found = case(viewer, number).deliveries.filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "delivery")
    return found


def follow_up(viewer: Viewer, number: str, pk: int) -> FollowUp:
    """A follow-up of a case the viewer may see. Raises Http404."""
    found = case(viewer, number).follow_ups.filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "follow-up")
    return found


def file(viewer: Viewer, number: str, pk: int) -> File:
    """A file attached to a case the viewer may see. Raises Http404."""
    seen = case(viewer, number)
    attached = [
        *seen.deliveries.values_list("file_id", flat=True),
        *seen.follow_ups.values_list("file_id", flat=True),
    ]
    if pk not in attached:
        raise _deny(viewer, "file")
    return File.objects.get(pk=pk)


def import_run(viewer: Viewer, pk: int) -> ImportRun:
    """An import of the viewer's government, for those who plan. Raises Http404."""
    found = ImportRun.objects.filter(government_id=viewer.government_id, pk=pk).select_related("file").first()
    if found is None or not viewer.sees_government:
        raise _deny(viewer, "import")
    return found
