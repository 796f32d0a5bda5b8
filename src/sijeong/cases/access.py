"""The one door to cases: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.db.models import Q, QuerySet
from django.http import Http404

from sijeong.documents.models import File
from sijeong.org.models import Role
from sijeong.org.viewer import Viewer

from . import whole
from .models import AnswerTemplate, Attachment, Case, CaseQuerySet, Delivery, FollowUp, ImportRun
from .permissions import relations

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
    found = whole.found(viewer, number)
    if found is None:
        raise _deny(viewer, "case")
    return found


def delivery(viewer: Viewer, number: str, pk: int) -> Delivery:
    """A delivery of a case the viewer may see. Raises Http404."""
    found = case(viewer, number).deliveries.filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "delivery")
    return found


def deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """Deliveries of the cases the viewer may see."""
    return Delivery.objects.filter(case__in=cases(viewer)).select_related("case__type")


def follow_up(viewer: Viewer, number: str, pk: int) -> FollowUp:
    """A follow-up of a case the viewer may see. Raises Http404."""
    found = case(viewer, number).follow_ups.filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "follow-up")
    return found


def file(viewer: Viewer, number: str, pk: int) -> File:
    """A file attached to a case the viewer may see. Raises Http404."""
    seen = case(viewer, number)
    insiders = bool(relations(viewer, seen) - {"asker"}) or viewer.sees_government
    read = whole.readable_answers(seen, insiders=insiders)
    attached = [
        *seen.deliveries.values_list("file_id", flat=True),
        *seen.follow_ups.values_list("file_id", flat=True),
        *(one.file_id for answer in read for one in answer.attachments.all()),
        *(
            one.file_id
            for one in Attachment.objects.filter(answer__case=seen, answer__state="draft")
            if insiders
        ),
    ]
    if pk not in attached:
        raise _deny(viewer, "file")
    return File.objects.get(pk=pk)


def attachment(viewer: Viewer, number: str, pk: int) -> Attachment:
    """A file of an answer of a case the viewer may see. Raises Http404."""
    return _attachment(viewer, number, Q(pk=pk))


def attachment_of_draft(viewer: Viewer, number: str, stored: int) -> Attachment:
    """The file of the newest version, by the id of the stored file. Raises Http404."""
    return _attachment(viewer, number, Q(file=stored))


def _attachment(viewer: Viewer, number: str, which: Q) -> Attachment:
    found = Attachment.objects.filter(which, answer__case=case(viewer, number)).select_related(
        "answer", "file"
    )
    if not (one := found.order_by("-answer__number").first()):
        raise _deny(viewer, "attachment")
    return one


def templates(viewer: Viewer) -> QuerySet[AnswerTemplate]:
    """The templates of the viewer's divisions and those of all."""
    own = Q(unit=None) | Q(unit_id__in=viewer.units)
    return AnswerTemplate.objects.filter(own, government_id=viewer.government_id, active=True).select_related(
        "unit"
    )


def template(viewer: Viewer, pk: int) -> AnswerTemplate:
    """A template that the viewer may use. Raises Http404."""
    found = templates(viewer).select_related("government").filter(pk=pk).first()
    if found is None or not (viewer.units or viewer.has(Role.PLANNING_OFFICER)):
        raise _deny(viewer, "template")
    return found


def import_runs(viewer: Viewer) -> QuerySet[ImportRun]:
    """Imports of the viewer's government, for those who plan."""
    runs = ImportRun.objects.filter(government_id=viewer.government_id)
    return runs if viewer.sees_government else runs.none()


def follow_ups(viewer: Viewer) -> QuerySet[FollowUp]:
    """Follow-ups of the cases the viewer may see: promises made, not those of an answer still being written."""
    made = FollowUp.objects.exclude(state=FollowUp.State.PLANNED)
    return made.filter(case__in=cases(viewer))


def import_run(viewer: Viewer, pk: int) -> ImportRun:
    """An import of the viewer's government, for those who plan. Raises Http404."""
    found = ImportRun.objects.filter(government_id=viewer.government_id, pk=pk).select_related("file").first()
    if found is None or not viewer.sees_government:
        raise _deny(viewer, "import")
    return found
