"""Solving a round: asked for here, done by the worker, looked at, and undone while nothing is released."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from sijeong.org.viewer import Viewer

from ..errors import AllocationError
from ..models import Decision, Place, Round, Run, Sheet
from ..tables import roles
from .acts import State, begin

SILENT = dt.timedelta(seconds=20)  # less than it takes until a dead worker's task is put back in the queue
ATTEMPTS = 2
GAVE_UP = (
    "계산하던 일꾼이 두 번 멈추어 끝내지 못했습니다. 아무것도 배정되지 않았고 자료는 그대로입니다. "
    "관리자에게 알려 일꾼의 기록(기억 부족)을 살핀 뒤 계산을 다시 시작하십시오."
)


def start(found: Round, kind: str, by: Viewer, act: str, changes: dict[str, Any]) -> Run:
    """A run of the locked round, for the caller to give to the worker. Raises AllocationError for a table that is lacking."""
    have = set(Sheet.objects.filter(round=found).values_list("role", flat=True))
    lacking = [name for role, (name, must) in roles(found).items() if must and role not in have]
    if lacking:
        raise AllocationError(f"{', '.join(lacking)}을 넣은 뒤에 할 수 있습니다.")
    run = Run.objects.create(round=found, number=found.runs.count() + 1, kind=kind, started_by=by.user)
    found.move(act, by=by, changes={**changes, "state": State.SOLVING}, run=run.number)
    return run


@transaction.atomic
def solve(*, found: Round, by: Viewer, beacon_value: str = "") -> Run:
    """Have the round solved. A lottery needs its frozen list, and a beacon's value where one was announced."""
    found = begin(found, "solve", by)
    if found.by_lottery and found.state != State.FROZEN:
        raise AllocationError("추첨은 명단을 동결하여 공고한 뒤에 합니다.")
    value = beacon_value.strip().lower()
    if found.beacon_round:
        try:
            known = len(bytes.fromhex(value)) >= 16
        except ValueError:
            known = False
        if not known:
            raise AllocationError("공고한 회차의 공개 난수 값을 16진수로 적으십시오(32자리 이상).")
    return start(found, Run.Kind.SOLVE, by, "solve", {"beacon_value": value})


def resting(found: Round) -> str:
    """The state to which a round falls back."""
    return State.FROZEN if found.frozen_at else State.PREPARING


@transaction.atomic
def cancel(*, found: Round, by: Viewer) -> None:
    """Stop: whatever the worker still brings of this run is thrown away."""
    found = begin(found, "cancel", by)
    found.runs.filter(state__in=[Run.State.WAITING, Run.State.RUNNING]).update(
        state=Run.State.CANCELLED, finished_at=timezone.now()
    )
    found.move("cancel", by=by, changes={"state": resting(found)})


@transaction.atomic
def undo(*, found: Round, reason: str, by: Viewer) -> None:
    """Put the result aside, with a reason. Its rows stay on record, and the round can be solved again."""
    found = begin(found, "undo", by)
    if not reason.strip():
        raise AllocationError("되돌리는 사유를 적으십시오.")
    number = found.run.number if found.run else 0
    found.move(
        "undo", by=by, reason=reason.strip(), run=number, changes={"state": resting(found), "run": None}
    )


@transaction.atomic
def fail(*, run: Run, why: list[list[Any]]) -> None:
    """Write down why nothing was solved; the round can be mended and solved again."""
    found = Round.objects.locked(run.round_id)
    if not _settle(run, Run.State.FAILED, faults=why):
        return
    clear(run)
    found.move("failed", by=None, run=run.number, faults=len(why), changes={"state": resting(found)})


def take(run_id: int, now: dt.datetime) -> Run | None:
    """The run for a worker to begin, or to begin again where the worker that had it is silent; None where it is not
    there to be taken. What was half written is cleared away.

    A run that two workers died of is failed: what stops one after the other would stop the third.
    """
    there = Q(state=Run.State.WAITING) | Q(state=Run.State.RUNNING, beat_at__lt=now - SILENT)
    taken = Run.objects.filter(there, pk=run_id).update(
        state=Run.State.RUNNING, beat_at=now, attempts=F("attempts") + 1
    )
    if not taken:
        return None
    run = Run.objects.select_related("round", "round__scheme", "round__government", "round__replaces").get(
        pk=run_id
    )
    if run.attempts > ATTEMPTS:
        fail(run=run, why=[["", 0, "", GAVE_UP]])
        return None
    if run.attempts > 1:
        clear(run)
    return run


def clear(run: Run) -> None:
    """Take away rows that nothing points at."""
    Decision.objects.filter(run=run).delete()
    Place.objects.filter(run=run).delete()


@transaction.atomic
def finish(*, run: Run, outcome: dict[str, Any], told: dict[str, Any]) -> bool:
    """Make the run's rows the round's result; False where it was cancelled meanwhile."""
    found = Round.objects.locked(run.round_id)
    if not _settle(run, Run.State.DONE, outcome=outcome, bundle=run.bundle):
        return False
    state = State.CONFLICTING if outcome["status"] == "infeasible" else State.SOLVED
    found.move("solved", by=None, run=run.number, changes={"state": state, "run": run}, **told)
    return True


@transaction.atomic
def frozen(*, run: Run, list_sha256: str) -> bool:
    """The list is frozen and published with its fingerprint; False where it was cancelled meanwhile."""
    found = Round.objects.locked(run.round_id)
    if not _settle(run, Run.State.DONE):
        return False
    found.move(
        "frozen", by=None, list_sha256=list_sha256,
        changes={"state": State.FROZEN, "list_sha256": list_sha256, "frozen_at": timezone.now()},
    )  # fmt: skip
    return True


def _settle(run: Run, state: str, **changes: Any) -> bool:
    """End the run unless somebody did; the round is locked."""
    told = {"state": state, "finished_at": timezone.now(), **changes}
    if not run.standing.update(**told):
        return False
    for name, value in told.items():
        setattr(run, name, value)
    return True
