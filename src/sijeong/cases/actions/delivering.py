"""Reported means delivered: an answer counts as made only with proof that it reached the asker."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sijeong.documents.models import File
from sijeong.org.models import Post, Role, User
from sijeong.org.viewer import Viewer

from .. import telling
from ..errors import CaseError
from ..models import Answer, Case, Delivery, FollowUp, OutcomeBasis
from .acts import begin, entering, moment


@transaction.atomic
def deliver(
    *,
    case: Case,
    channel: str,
    by: Viewer | None,
    recipient: User | None = None,
    recipient_name: str = "",
    receipt: str = "",
    file: File | None = None,
    at: dt.datetime | None = None,
) -> Delivery:
    """Record the delivery of the approved answer: to whom, how, when, and by what proof.

    Through this system (``here``) the answer reaches the recipient when it enters their page (전자문서 및 전자거래
    기본법 제6조 제2항); every other channel needs a receipt number or a file. With it the outcome stands and the
    answer's plans become follow-ups. Raises CaseError where the proof is missing.
    """
    case, transition = begin(case, "deliver", by)
    answer = case.answers.filter(state=Answer.State.APPROVED).order_by("-number").first()
    if answer is None or answer.signed_at is None:
        raise CaseError("결재를 마친 답변이 없어 전달할 수 없습니다.")
    recipient = recipient or (case.asker if channel == Delivery.Channel.HERE else None)
    _check_proof(case, channel, recipient, receipt, file)
    when = moment(
        None if channel == Delivery.Channel.HERE and at is None else at, not_before=answer.signed_at
    )
    delivery = Delivery.objects.create(
        case=case, answer=answer, recipient=recipient, channel=channel, delivered_at=when, receipt=receipt.strip(),
        recipient_name=recipient_name.strip() or (recipient.name if recipient else case.asker_name), file=file,
        recorded_by=by.user if by else None,
    )  # fmt: skip
    case.follow_ups.filter(state=FollowUp.State.PLANNED).update(state=FollowUp.State.OPEN)
    case.move(
        "deliver", by=by, at=when, answer=answer.number, channel=channel, recipient=delivery.recipient_name,
        receipt=delivery.receipt, file=file.sha256 if file else "",
        changes={
            **entering(case, transition), "delivered_at": when, "outcome": answer.outcome,
            "outcome_basis": OutcomeBasis.DELIVERY if answer.outcome else "",
        },
    )  # fmt: skip
    return delivery


def _check_proof(case: Case, channel: str, recipient: User | None, receipt: str, file: File | None) -> None:
    if channel not in Delivery.Channel.values:
        raise CaseError(
            f"전달 방법 ‘{channel}’이(가) 없습니다. 가능한 값: {', '.join(Delivery.Channel.labels)}",
            field="channel",
        )
    if channel == Delivery.Channel.HERE:
        if recipient is None or recipient.government_id != case.government_id:
            raise CaseError(
                "이 시스템으로 전달하려면 받는 사람이 시스템 사용자여야 합니다. 다른 전달 방법을 고르십시오.",
                field="channel",
            )
    elif not receipt.strip() and file is None:
        raise CaseError("전달을 증명할 접수번호나 수령 확인 파일이 필요합니다.", field="receipt")


@transaction.atomic
def acknowledge(*, delivery: Delivery, by: Viewer) -> bool:
    """The recipient, or an aide for them, confirms receipt here. A second time changes nothing, and says so."""
    case = Case.objects.locked(delivery.case_id)
    delivery = Delivery.objects.select_related("recipient").get(pk=delivery.pk)
    expected = delivery.recipient_id or case.asker_id
    if expected not in by.members and expected != by.pk:
        raise PermissionDenied
    if delivery.acknowledged_at is not None:
        return False
    delivery.acknowledged_at, delivery.acknowledged_by = timezone.now(), by.user
    delivery.save(update_fields=["acknowledged_at", "acknowledged_by"])
    event = case.record("acknowledge", by=by, recipient=delivery.recipient_name, delivery=delivery.pk)
    telling.after(case, event)
    return True


def members_of(government_id: int, day: dt.date) -> list[User]:
    """Council members in office: who an answer may be delivered to here."""
    seats = Post.objects.on(day).filter(role=Role.COUNCIL_MEMBER, unit__government_id=government_id)
    return list(User.objects.filter(pk__in=seats.values("user_id"), is_active=True).order_by("name"))
