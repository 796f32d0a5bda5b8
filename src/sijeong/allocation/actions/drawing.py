"""A lottery's list: frozen and published before its value is known, or given free again while it is not."""

from __future__ import annotations

from django.db import transaction

from sijeong.org.viewer import Viewer

from ..errors import AllocationError
from ..models import Round, Run
from .acts import begin
from .solving import start


@transaction.atomic
def freeze(*, found: Round, by: Viewer, beacon_round: str = "") -> Run:
    """Have the list read, made anonymous and fingerprinted; the task then publishes it.

    `beacon_round` names the round of a public random source whose value will be used instead of the secret seed.
    """
    found = begin(found, "freeze", by)
    if not found.by_lottery:
        raise AllocationError("접수 순으로 정하는 배정에는 추첨이 없습니다.")
    return start(found, Run.Kind.FREEZE, by, "freeze", {"beacon_round": beacon_round.strip()})


@transaction.atomic
def thaw(*, found: Round, reason: str, by: Viewer) -> None:
    """Give the list free, with a reason that stays on record. Once a result was seen it is too late."""
    found = begin(found, "thaw", by)
    if not reason.strip():
        raise AllocationError("동결을 푸는 사유를 적으십시오.")
    if found.runs.filter(kind=Run.Kind.SOLVE, state=Run.State.DONE).exists():
        raise AllocationError(
            "추첨 값으로 이미 계산한 명단은 풀 수 없습니다. 명단이 틀렸으면 새 배정을 시작하십시오."
        )
    found.move(
        "thaw", by=by, reason=reason.strip(),
        changes={"state": Round.State.PREPARING, "list_sha256": "", "frozen_at": None, "beacon_round": ""},
    )  # fmt: skip
