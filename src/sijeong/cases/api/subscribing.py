"""Hearing of cases: one's own subscriptions."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Path, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, PathKey, line
from sijeong.notices.actions import subscribe, unsubscribe
from sijeong.notices.models import Subscription

from .. import access
from ..views.subscribing import AskerForm, case_subject
from .finding import Number
from .forming import facts, sent

router = Router(tags=["구독"])


class SubscriptionShape(Schema):
    """``subject``: ``case:…``, or everything that a member (``asker:…``) or a committee (``asker_unit:…``) asks."""

    id: int
    subject: str
    label: str
    address: str
    since: dt.datetime


class Subscriptions(Schema):
    subscriptions: list[SubscriptionShape]


class Asker(Body):
    asker: line(40, 1) = Field(  # type: ignore[valid-type]
        description="asker:<의원의 id> 또는 asker_unit:<위원회의 id>"
    )


def _told(one: Subscription) -> dict[str, object]:
    return {
        "id": one.pk, "subject": one.subject, "label": one.label, "address": one.address, "since": one.since
    }  # fmt: skip


def _all(request: Asking, status: int = 200) -> HttpResponse:
    mine = Subscription.objects.filter(person_id=request.viewer.pk)
    return answer({"subscriptions": [_told(one) for one in mine]}, status=status)


@reads(router, "/subscriptions", "내 구독", scope=Scope.NOTICES, gives=Subscriptions)
def subscriptions(request: Asking) -> HttpResponse:
    """What the asker hears of."""
    return _all(request)


@writes(router, "/subscriptions", "의원·위원회 구독", scope=Scope.NOTICES, gives=Subscriptions)
def subscription_begin(request: Asking, asker: Asker) -> HttpResponse:
    """Hear of all that a member or a committee asks, as far as one sees it. Twice changes nothing."""
    form = AskerForm(request.viewer, sent(asker.dict()))  # type: ignore[arg-type]
    facts(form)
    subscribe(person=request.viewer.user, by=request.viewer, **form.subject())
    return _all(request, 201)


@writes(router, "/cases/{number}/subscribe", "사안 구독", scope=Scope.NOTICES, gives=Subscriptions)
def case_subscribe(request: Asking, number: Path[Number]) -> HttpResponse:
    """Hear of the case from now on. Twice changes nothing."""
    case = access.case(request.viewer, number)
    subscribe(
        person=request.viewer.user, subject=case_subject(case), label=case.number,
        address=reverse("case", args=[case.number]), by=request.viewer,
    )  # fmt: skip
    return _all(request, 201)


@writes(
    router, "/subscriptions/{key}/end", "구독 끝내기", scope=Scope.NOTICES, gives=Subscriptions, status=200
)  # fmt: skip
def subscription_end(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """No more of it."""
    held = Subscription.objects.filter(person_id=request.viewer.pk, pk=key).first()
    if held is None:
        raise Http404("subscription")
    unsubscribe(person=request.viewer.user, subject=held.subject, by=request.viewer)
    return _all(request)
