"""Payments: only what was granted, approved, and not changed on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from sijeong.cases.models import Answer, Case
from sijeong.org.viewer import Viewer

from ..errors import BenefitError
from ..models import Application, Decision
from ..permissions import handles, require


def payable() -> QuerySet[Decision]:
    """Standing grants in won whose letter, as the rule wrote it, a head has approved."""
    signed = Answer.objects.annotate(of=KT("body__decision_no")).filter(
        case=OuterRef("application__case"), state=Answer.State.APPROVED, outcome="done", of=OuterRef("label")
    )
    return Decision.objects.filter(
        Exists(signed), current=True, status=Decision.Status.GRANTED, in_kind="", amount__gt=0
    ).exclude(application__case__state__in=["withdrawn", "in_hand", "in_approval"])


@transaction.atomic
def pay(*, decisions: Sequence[Decision], on: dt.date, by: Viewer) -> int:
    """Record that these were paid on a day, all or none; returns the won.

    Raises BenefitError for a day to come, for what is no longer payable, or was paid by someone in between.
    """
    if on > timezone.localdate():
        raise BenefitError("아직 오지 않은 날에는 지급할 수 없습니다.")
    keys = sorted(decision.application.case_id for decision in decisions)
    for pk in keys:
        Case.objects.locked(pk)
    found = payable().filter(pk__in=[decision.pk for decision in decisions], paid_on=None)
    rows = list(found.select_related("application__case").order_by("pk"))
    if len(rows) != len(set(keys)):
        raise BenefitError("그 사이 지급했거나 결정이 바뀐 건이 있습니다. 목록을 새로 보고 다시 하십시오.")
    for decision in rows:
        require(handles(by, decision.application))
        if not decision.application.account:
            raise BenefitError(f"{decision.label}: 계좌번호가 없습니다.")
    for decision in rows:
        decision.paid_on, decision.paid_by = on, by.user
        decision.save(update_fields=["paid_on", "paid_by"])
        application = Application.objects.get(pk=decision.application_id)
        application.record("pay", by=by, decision=decision.number, amount=decision.amount, on=on)
    return sum(decision.amount for decision in rows)
