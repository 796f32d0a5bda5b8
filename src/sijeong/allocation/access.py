"""The one door to definitions and rounds: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.db.models import QuerySet
from django.http import Http404

from sijeong.org.viewer import Viewer

from .models import Decision, Round, RoundQuerySet, Run, Scheme
from .permissions import sees_room

log = structlog.get_logger("sijeong.access")


def _deny(viewer: Viewer | None, what: str) -> Http404:
    log.warning("denied", room="allocation", what=what, user=viewer.pk if viewer else None)
    return Http404(what)


def schemes(viewer: Viewer) -> QuerySet[Scheme]:
    """Definitions in force of the viewer's government, for those who work here."""
    if not sees_room(viewer):
        raise _deny(viewer, "scheme")
    return Scheme.objects.filter(government_id=viewer.government_id, current=True).order_by("pk")


def scheme(viewer: Viewer, code: str) -> Scheme:
    found = schemes(viewer).filter(code=code).select_related("unit").first()
    if found is None:
        raise _deny(viewer, "scheme")
    return found


def rounds(viewer: Viewer) -> RoundQuerySet:
    return Round.objects.visible_to(viewer)


def round_(viewer: Viewer, pk: int) -> Round:
    """The round with what its page shows. Raises Http404."""
    found = (
        rounds(viewer)
        .filter(pk=pk)
        .select_related(
            "scheme", "unit", "run", "run__bundle", "replaces", "government", "created_by", "released_by"
        )
        .first()
    )
    if found is None:
        raise _deny(viewer, "round")
    return found


def solved(viewer: Viewer, pk: int) -> tuple[Round, Run]:
    """A round with results to look at. Raises Http404."""
    found = round_(viewer, pk)
    if found.run is None:
        raise _deny(viewer, "run")
    return found, found.run


def decision(viewer: Viewer, pk: int, number: str) -> tuple[Round, Decision]:
    found, run = solved(viewer, pk)
    row = run.decisions.filter(number=number).select_related("run", "place").first()
    if row is None:
        raise _deny(viewer, "decision")
    return found, row


def public_round(pk: int) -> Round:
    """A round that anyone may look at: frozen before its lottery, or released. Raises Http404."""
    found = (
        Round.objects.published().filter(pk=pk).select_related("scheme", "unit", "government", "run").first()
    )
    if found is None:
        raise _deny(None, "round")
    return found
