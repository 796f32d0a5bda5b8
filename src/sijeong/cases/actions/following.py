"""Promises made inside answers: closed only with evidence."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from sijeong.documents.models import File
from sijeong.org.viewer import Viewer

from ..errors import CaseError
from ..models import Case, FollowUp
from ..permissions import require_relation


def _open(follow_up: FollowUp, by: Viewer) -> tuple[Case, FollowUp]:
    case = Case.objects.locked(follow_up.case_id)
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    require_relation(by, case, "lead_officer", "joint_officer")
    if follow_up.state != FollowUp.State.OPEN:
        raise CaseError(f"‘{follow_up.text}’은(는) {follow_up.get_state_display()} 상태라 바꿀 수 없습니다.")
    return case, follow_up


def _end(
    case: Case, follow_up: FollowUp, *, state: str, act: str, evidence: str, by: Viewer, file: File | None
) -> FollowUp:
    follow_up.state, follow_up.evidence, follow_up.file = state, evidence.strip(), file
    follow_up.closed_at, follow_up.closed_by = timezone.now(), by.user
    follow_up.save(update_fields=["state", "evidence", "file", "closed_at", "closed_by"])
    case.record(
        act, by=by, follow_up=follow_up.pk, text=follow_up.text, due_on=follow_up.due_on,
        evidence=follow_up.evidence, file=file.sha256 if file else "",
    )  # fmt: skip
    return follow_up


@transaction.atomic
def close_follow_up(*, follow_up: FollowUp, evidence: str, by: Viewer, file: File | None = None) -> FollowUp:
    """What was promised is done: what was done, and a file that shows it where there is one."""
    case, follow_up = _open(follow_up, by)
    if not evidence.strip():
        raise CaseError("무엇을 언제 어떻게 이행했는지 적어야 합니다.", field="evidence")
    return _end(
        case,
        follow_up,
        state=FollowUp.State.CLOSED,
        act="follow_up_closed",
        evidence=evidence,
        by=by,
        file=file,
    )


@transaction.atomic
def drop_follow_up(*, follow_up: FollowUp, reason: str, by: Viewer) -> FollowUp:
    """What was promised will not be done: the reason stays on the case and is shown to the member."""
    case, follow_up = _open(follow_up, by)
    if not reason.strip():
        raise CaseError("중단하는 사유를 적어야 합니다.", field="reason")
    return _end(
        case,
        follow_up,
        state=FollowUp.State.DROPPED,
        act="follow_up_dropped",
        evidence=reason,
        by=by,
        file=None,
    )


@transaction.atomic
def postpone_follow_up(*, follow_up: FollowUp, due_on: dt.date, reason: str, by: Viewer) -> FollowUp:
    """Another date for a promise: the first one stays in the journal."""
    case, follow_up = _open(follow_up, by)
    if not reason.strip():
        raise CaseError("기한을 바꾸는 사유를 적어야 합니다.", field="reason")
    if due_on <= follow_up.due_on:
        raise CaseError(
            f"새 기한은 지금 기한({follow_up.due_on:%Y. %m. %d.})보다 뒤여야 합니다.", field="due_on"
        )
    before = follow_up.due_on
    follow_up.due_on = due_on
    follow_up.save(update_fields=["due_on"])
    case.record("follow_up_moved", by=by, follow_up=follow_up.pk, before=before, due_on=due_on, reason=reason)
    return follow_up
