"""The one door to definitions and rounds: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.db.models import QuerySet
from django.http import Http404

from sijeong.org.models import Government
from sijeong.org.viewer import Viewer

from .models import Decision, Round, RoundQuerySet, Run, Scheme, Sketch
from .permissions import sees_room

log = structlog.get_logger("sijeong.access")


def missing(viewer: Viewer | None, what: str) -> Http404:
    log.warning("denied", room="allocation", what=what, user=viewer.pk if viewer else None)
    return Http404(what)


def schemes(viewer: Viewer) -> QuerySet[Scheme]:
    """Definitions in force of the viewer's government, for those who work here."""
    if not sees_room(viewer):
        raise missing(viewer, "scheme")
    return Scheme.objects.filter(government_id=viewer.government_id, current=True).order_by("pk")


def scheme(viewer: Viewer, code: str) -> Scheme:
    found = schemes(viewer).filter(code=code).select_related("unit").first()
    if found is None:
        raise missing(viewer, "scheme")
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
        raise missing(viewer, "round")
    return found


def solved(viewer: Viewer, pk: int) -> tuple[Round, Run]:
    """A round with results to look at. Raises Http404."""
    found = round_(viewer, pk)
    if found.run is None:
        raise missing(viewer, "run")
    return found, found.run


def decision(viewer: Viewer, pk: int, row: int) -> tuple[Round, Decision]:
    found, run = solved(viewer, pk)
    row_ = run.decisions.filter(pk=row).select_related("run", "run__bundle", "place").first()
    if row_ is None:
        raise missing(viewer, "decision")
    return found, row_


def sketch(viewer: Viewer, pk: int) -> Sketch:
    """A definition in the making, for those of its division. Raises Http404."""
    mine = Sketch.objects.filter(government_id=viewer.government_id, unit_id__in=viewer.units)
    found = mine.filter(pk=pk).select_related("applicants", "resources", "unit", "government").first()
    if found is None:
        raise missing(viewer, "sketch")
    return found


def government(code: str) -> Government:
    """A government by its code, for everyone. Raises Http404."""
    found = Government.objects.filter(code=code).first()
    if found is None:
        raise missing(None, "government")
    return found


def public_round(code: str, pk: int) -> Round:
    """A round that anyone may look at: frozen before its lottery, or released. Raises Http404."""
    shown = Round.objects.published().filter(pk=pk, government__code=code)
    found = shown.select_related("scheme", "unit", "government", "run", "run__bundle").first()
    if found is None:
        raise missing(None, "round")
    return found
