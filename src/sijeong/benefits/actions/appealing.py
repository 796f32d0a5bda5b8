"""An appeal reopens what was decided; the decision stands until the next one takes its place."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from sijeong.cases import actions as cases
from sijeong.cases.terms import calendar
from sijeong.legaltime import Length, Unit, count
from sijeong.org.viewer import Viewer

from ..errors import BenefitError
from ..models import Application, Decision
from ..permissions import handles, require
from .receiving import locked

TERM = Length(30, Unit.DAYS)  # 행정기본법 제36조 ①: from the day the decision was received


def last_day(application: Application) -> dt.date | None:
    """The last day of an appeal; None before the decision reached the applicant."""
    told = application.case.delivered_at
    if told is None:
        return None
    start = timezone.localtime(told).date()
    return count(rule="civil", start=start, length=TERM, calendar=calendar(application.government)).last_day


@transaction.atomic
def appeal(
    *, application: Application, reason: str, by: Viewer, filed_on: dt.date | None = None, ex_officio: bool = False
) -> Decision:  # fmt: skip
    """Take up again what was decided: for an appeal filed in time, or because the office itself saw a mistake.

    The case is reopened; a grant keeps its place and its money until the new decision. Raises BenefitError for an
    appeal out of time, before the decision was delivered, or of what is paid already.
    """
    case, application = locked(application)
    require(handles(by, application))
    decision = application.latest
    if decision is None or decision.may_be_followed:
        raise BenefitError("다시 열 결정이 없습니다.")
    if decision.paid_on:
        raise BenefitError("이미 지급했습니다. 돌려받을 일은 이 화면에서 하지 않습니다.")
    if not ex_officio:
        _in_time(application, filed_on or timezone.localdate())
    cases.reopen(case=case, reason=reason, by=by)
    decision.appealed_on, decision.appeal = filed_on or timezone.localdate(), reason
    decision.save(update_fields=["appealed_on", "appeal"])
    application.record(
        "appeal", by=by, decision=decision.number, reason=reason, filed_on=filed_on, ex_officio=ex_officio
    )
    return decision


def _in_time(application: Application, filed_on: dt.date) -> None:
    last = last_day(application)
    if last is None:
        raise BenefitError(
            "결정을 통지하기 전에는 이의신청이 없습니다. 잘못을 스스로 고칠 때는 직권을 고르십시오."
        )
    if filed_on > last:
        raise BenefitError(
            f"이의신청 기한({last:%Y. %m. %d.})이 지났습니다. 스스로 고칠 때는 직권을 고르십시오."
        )
