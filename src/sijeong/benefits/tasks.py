"""What the worker does for benefits."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from sijeong.documents.actions import local_path
from sijeong.org.models import User
from sijeong.org.viewer import viewer_for

from . import actions
from .books import assumptions_of, book_of
from .models import Handover, Simulation
from .rules import runs
from .rules.columns import BadPopulation
from .rules.marks import Problem

UNFORESEEN = "예기치 못한 오류로 멈추었습니다. 다시 해 보고, 또 멈추면 관리자에게 알리십시오."
TRIES = 2  # workers that may die of one run
OFTEN = 0.5  # seconds between two words on how far it is


def _progress(simulation: Simulation, before: int, total: int) -> Callable[[int, int], None]:
    """Tell the row how far the work is, not too often."""
    told = [0.0]

    def progress(done: int, rows: int) -> None:
        if time.monotonic() - told[0] > OFTEN:
            told[0] = time.monotonic()
            Simulation.objects.filter(pk=simulation.pk).update(
                done=before + done, people=total or before + rows
            )

    return progress


@task
def run_simulation(simulation_id: int) -> None:
    """Run what was asked; run again after a dead worker it begins anew and ends with the same figures."""
    simulation = Simulation.objects.select_related("government", "file").get(pk=simulation_id)
    if not simulation.busy:
        return
    if simulation.tries >= TRIES:
        why = "셈하던 일꾼이 두 번 멈추었습니다. 사람 수를 줄이거나 관리자에게 알리십시오."
        actions.give_up(simulation=simulation, why=why)
        return
    Simulation.objects.filter(pk=simulation.pk).update(
        state=Simulation.State.RUNNING, done=0, tries=simulation.tries + 1
    )
    try:
        people, before = _people(simulation)
        progress = _progress(simulation, before, before * 2)
        run = runs.run(book_of(simulation.government), simulation.request, people, progress)
    except (BadPopulation, Problem, runs.BadRequest) as error:
        actions.give_up(simulation=simulation, why=str(error))
    except Exception:
        actions.give_up(simulation=simulation, why=UNFORESEEN)
        raise
    else:
        actions.finish(simulation=simulation, run=run)


@task
def take_places(handover_id: int, user_id: int) -> None:
    """Take the result of an allocation back; after a dead worker it goes on with those who are left."""
    handover = Handover.objects.select_related("government").get(pk=handover_id)
    if handover.state != Handover.State.TAKING:
        return
    try:
        by = viewer_for(User.objects.get(pk=user_id), timezone.localdate())
        actions.take_back(handover=handover, by=by)
    except Exception:
        told = {"state": Handover.State.OUT, "left": [[handover.handed[0], UNFORESEEN]]}
        Handover.objects.filter(pk=handover.pk, state=Handover.State.TAKING).update(**told)
        raise


def _people(simulation: Simulation) -> tuple[Path, int]:
    """The population's file, and how many persons had to be drawn for it."""
    if simulation.file:
        return local_path(simulation.file), 0
    asked = simulation.request["population"]
    given, book = assumptions_of(simulation.government), book_of(simulation.government)
    progress = _progress(simulation, 0, asked["people"] * 2)
    folder = settings.DATA / "cache" / "populations"
    return runs.synthetic(folder, book, given, **asked, progress=progress), asked["people"]
