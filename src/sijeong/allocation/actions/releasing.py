"""Signing a result: sent up, sent back, or released, and then no more undone but by a new one."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sijeong.org.viewer import Viewer

from .. import telling
from ..errors import AllocationError
from ..models import Application, Decision, Round, Sheet
from .acts import State, begin
from .holding import hold


@transaction.atomic
def submit(*, found: Round, by: Viewer) -> None:
    """Send the result up to who signs for the division."""
    found = begin(found, "submit", by)
    found.move("submit", by=by, changes={"state": State.SUBMITTED, "submitted_by": by.user})
    telling.submitted(found, by)


@transaction.atomic
def send_back(*, found: Round, reason: str, by: Viewer) -> None:
    """Send it back with a reason."""
    found = begin(found, "send_back", by)
    if not reason.strip():
        raise AllocationError("반려하는 사유를 적으십시오.")
    found.move("send_back", by=by, reason=reason.strip(), changes={"state": State.SOLVED})
    telling.sent_back(found, reason.strip(), by)


@transaction.atomic
def release(*, found: Round, by: Viewer) -> Round:
    """Make the result binding: its seats are held, and what it replaces is over.

    Raises AllocationError where a seat is held by another release, or an applicant is served by one.
    """
    before = Round.objects.locked(found.replaces_id) if found.replaces_id else None
    found = begin(found, "release", by)
    if before and before.state != State.RELEASED:
        raise AllocationError(f"‘{before.title}’은 이미 다른 배정으로 바뀌었습니다.")
    now = timezone.now()
    if before:
        before.holdings.filter(ended_at=None).update(ended_at=now)
        before.move("superseded", by=by, changes={"state": State.SUPERSEDED}, replaced_by=found.pk)
    refuse_double(found)
    try:
        with transaction.atomic():
            held = hold(found)
    except IntegrityError:
        raise AllocationError(
            "바로 지금 다른 배정이 같은 자리를 확정했습니다. 남은 자리를 보고 다시 확정하십시오."
        ) from None
    take_applications(found)
    found.move(
        "release", by=by, holdings=held, run=found.run.number if found.run else 0,
        deputising=by.deputised.get(found.unit_id, ""),
        changes={"state": State.RELEASED, "released_by": by.user, "released_at": now},
    )  # fmt: skip
    telling.released(found, by)
    return found


def refuse_double(found: Round) -> None:
    """Raises AllocationError where an applicant is served by another standing release over the same days."""
    served = Decision.objects.filter(run=found.run, served=True).values("number")
    twice = (
        Decision.objects.filter(
            served=True, number__in=served, run__round__run=F("run"), run__round__state=State.RELEASED,
            run__round__scheme__code=found.scheme.code, run__round__government_id=found.government_id,
            run__round__valid_from__lte=found.valid_to, run__round__valid_to__gte=found.valid_from,
        )
        .exclude(run__round=found)
        .values_list("number", "run__round__title")
        .first()
    )  # fmt: skip
    if twice:
        raise AllocationError(f"{twice[0]}은 이미 확정된 ‘{twice[1]}’에서 배정받았습니다.")


def take_applications(found: Round) -> None:
    """Applications filed here that this round has decided are taken, and go into no further one."""
    drawn = Sheet.objects.filter(round=found, role="applicants", source=Sheet.Source.RECORDS)
    if drawn.exists():
        numbers = Decision.objects.filter(run=found.run).values("number")
        Application.objects.filter(
            government_id=found.government_id, scheme_code=found.scheme.code, number__in=numbers
        ).update(round=found)
