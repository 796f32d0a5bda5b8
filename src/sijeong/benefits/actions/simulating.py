"""Simulations: asked for on the page, run by the worker, kept with what they are repeated by."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from sijeong.documents.models import File
from sijeong.org.viewer import Viewer

from ..models import Simulation
from ..permissions import may_simulate, require
from ..rules.runs import Run


@transaction.atomic
def ask(*, title: str, request: dict[str, Any], by: Viewer, file: File | None = None) -> Simulation:
    """Put a run in the queue's way; the caller enqueues the task in the same transaction."""
    require(may_simulate(by))
    simulation = Simulation.objects.create(
        government=by.user.government,
        title=title.strip()[:80],
        request=request,
        file=file,
        created_by=by.user,
    )
    simulation.record("ask", by=by, title=simulation.title, request=request)
    return simulation


@transaction.atomic
def finish(*, simulation: Simulation, run: Run) -> Simulation:
    """Keep the figures and the digests they can be repeated by."""
    simulation = Simulation.objects.select_for_update().get(pk=simulation.pk)
    simulation.state, simulation.result, simulation.digests = Simulation.State.DONE, run.result, run.digests
    simulation.done, simulation.finished_at = simulation.people, timezone.now()
    simulation.save(update_fields=["state", "result", "digests", "done", "finished_at"])
    simulation.record("done", by=None, digests=run.digests)
    return simulation


@transaction.atomic
def give_up(*, simulation: Simulation, why: str) -> Simulation:
    """Say why it could not be run."""
    simulation = Simulation.objects.select_for_update().get(pk=simulation.pk)
    simulation.state, simulation.problem = Simulation.State.FAILED, why
    simulation.finished_at = timezone.now()
    simulation.save(update_fields=["state", "problem", "finished_at"])
    simulation.record("failed", by=None, why=why)
    return simulation
