"""The one door to the room's rows: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.db.models import QuerySet
from django.http import Http404

from sijeong.org.models import Government
from sijeong.org.viewer import Viewer

from .models import Application, ApplicationQuerySet, Handover, Simulation
from .permissions import may_read

log = structlog.get_logger("sijeong.access")


def government(code: str) -> Government:
    """The government whose public pages these are. Raises Http404."""
    found = Government.objects.filter(code=code).first()
    if found is None:
        raise Http404("government")
    return found


def _deny(viewer: Viewer, what: str) -> Http404:
    log.warning("denied", room="benefits", what=what, user=viewer.pk)
    return Http404(what)


def applications(viewer: Viewer) -> ApplicationQuerySet:
    """Every application the viewer may see."""
    return Application.objects.visible_to(viewer).select_related(
        "case", "case__type", "case__lead", "case__government"
    )


def application(viewer: Viewer, number: str) -> Application:
    """The application of that case number. Raises Http404."""
    found = applications(viewer).filter(case__number=number).first()
    if found is None:
        raise _deny(viewer, "application")
    return found


def simulations(viewer: Viewer) -> QuerySet[Simulation]:
    """The government's simulations, for whoever works for it."""
    if not may_read(viewer):
        return Simulation.objects.none()
    return Simulation.objects.filter(government_id=viewer.government_id).select_related("created_by", "file")


def simulation(viewer: Viewer, pk: int) -> Simulation:
    """Raises Http404."""
    found = simulations(viewer).filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "simulation")
    return found


def handovers(viewer: Viewer, benefit: str, year: int) -> QuerySet[Handover]:
    """What was handed to allocations for the places of a year, newest first, for whoever works for the government."""
    if not may_read(viewer):
        return Handover.objects.none()
    found = Handover.objects.filter(government_id=viewer.government_id, benefit=benefit, year=year)
    return found.select_related("government", "made_by")


def handover(viewer: Viewer, benefit: str, year: int, number: int) -> Handover:
    """Raises Http404."""
    found = handovers(viewer, benefit, year).filter(number=number).first()
    if found is None:
        raise _deny(viewer, "handover")
    return found
