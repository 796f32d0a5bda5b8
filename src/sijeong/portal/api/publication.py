"""Publication for other systems: what was found, what is decided of it, opening and taking back."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.cases.api.finding import Number
from sijeong.cases.api.forming import refusals
from sijeong.cases.models import Case
from sijeong.documents.contents import read_soon
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, changes, reads
from sijeong.links.preconditions import tag
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, line, text

from .. import access, actions
from ..models import PublicCase
from ..permissions import may_list
from ..queues import cases_of
from ..review import Place, Review

router = Router(tags=["공개"])
SCOPE = Scope.PUBLICATION
Tab = Literal["waiting", "begun", "changed", "open", "withdrawn"]


class Waiting(Schema):
    """A case of the list. ``etag`` is what a change needs as If-Match."""

    number: str
    title: str
    delivered_at: dt.datetime | None
    published_at: dt.datetime | None
    etag: str


class Publications(Schema):
    cases: list[Waiting]


class Tabbed(Schema):
    """A tab of the page: to be published, begun, changed since, open, taken back."""

    tab: Tab = "waiting"


class PlaceShape(Schema):
    """Something to decide. ``piece``, ``digest``, ``start``, ``end`` and ``kind`` name the place."""

    piece: str
    digest: str
    start: int
    end: int
    kind: str
    label: str
    text: str
    masked: str
    where: str = Field(
        "", description="What of a file says it where its pages do not show it: 문서 속성: 작성자"
    )
    before: str
    after: str
    why: str
    choice: str | None
    reason: str


class EnclosureShape(Schema):
    """A file of the answer: whether it was read, and whether it is kept back whole."""

    piece: str
    sha256: str
    name: str
    read: bool
    withheld: bool


class PublicShape(Schema):
    """What citizens have; ``changed``: the texts are no longer those it was made of."""

    address: str
    published_at: dt.datetime
    changed_at: dt.datetime
    withdrawn_at: dt.datetime | None
    withdrawn_why: str
    masked: int
    withheld: int
    changed: bool


class ReviewShape(Schema):
    """The review of a case. It may be published when ``ready``: all decided, every file read."""

    number: str
    state: str
    etag: str
    ready: bool
    undecided: int
    reading: int
    places: list[PlaceShape]
    files: list[EnclosureShape]
    public: PublicShape | None


class Choice(Body):
    """A decision on one place. To keep a file back: its ``piece`` and ``sha256`` as ``digest``, 0, 0, ``file``."""

    piece: line(80, 1)  # type: ignore[valid-type]
    digest: line(64, 64)  # type: ignore[valid-type]
    start: int = Field(ge=0, le=10**8, strict=True)
    end: int = Field(ge=0, le=10**8, strict=True)
    kind: line(20, 1)  # type: ignore[valid-type]
    choice: Literal["mask", "clear", "withhold"]
    reason: line(200) = Field("", description="그대로 두거나 공개하지 않는 까닭")  # type: ignore[valid-type]


class Choices(Body):
    decisions: list[Choice] = Field(min_length=1, max_length=500)


class ByHand(Body):
    text: line(200, 2) = Field(description="나오는 곳마다 가릴 글")  # type: ignore[valid-type]


class Withdraw(Body):
    why: Literal["personal", "correction", "law", "request"]
    note: text(1000) = Field("", description="기록에만 남는 글")  # type: ignore[valid-type]


def reviewed(request: Asking, number: Path[Number]) -> Case:
    """The case for who may publish it. Raises Http404, PermissionDenied."""
    return access.case_under_review(request.viewer, number)


@reads(router, "/publications", "공개할 것", scope=SCOPE, gives=Publications)
def publications(request: Asking, asked: Query[Tabbed]) -> HttpResponse:
    """What waits to be published, and what is: the tabs of the page, each at most 300."""
    if not may_list(request.viewer):
        raise PermissionDenied
    told = [
        {
            "number": case.number, "title": case.title, "delivered_at": case.delivered_at,
            "published_at": case.published_at, "etag": tag(case),
        }
        for case in cases_of(asked.tab, request.viewer)
    ]  # fmt: skip
    return answer({"cases": told})


@reads(router, "/cases/{number}/publication", "공개 검토", scope=SCOPE, gives=ReviewShape)
def publication(request: Asking, number: Path[Number]) -> HttpResponse:
    """Every place that was found in the texts and files, and what was decided of it."""
    return _told(reviewed(request, number))


@changes(
    router, "/cases/{number}/publication/decide", "가림 판단", scope=SCOPE, gives=ReviewShape, find=reviewed
)
def publication_decide(request: Asking, case: Case, choices: Choices) -> HttpResponse:
    """Mask places, clear them with a reason, or keep a file back; all of it or nothing."""
    with refusals():
        chosen = [actions.Chosen(**one.dict()) for one in choices.decisions]
        actions.decide(case=case, chosen=chosen, by=request.viewer)
    return _told(case)


@changes(
    router, "/cases/{number}/publication/by-hand", "직접 골라 가리기", scope=SCOPE, gives=ReviewShape, find=reviewed
)  # fmt: skip
def publication_by_hand(request: Asking, case: Case, chosen: ByHand) -> HttpResponse:
    """Mask a text wherever it stands in the case."""
    with refusals():
        actions.mask_by_hand(case=case, text=chosen.text, by=request.viewer)
    return _told(case)


@changes(router, "/cases/{number}/publication/publish", "공개", scope=SCOPE, gives=ReviewShape, find=reviewed)
def publication_publish(request: Asking, case: Case) -> HttpResponse:
    """Open it to citizens, or put the new version in place of the old."""
    with refusals():
        actions.publish(case=case, by=request.viewer)
    return _told(case)


@changes(
    router, "/cases/{number}/publication/withdraw", "내리기", scope=SCOPE, gives=ReviewShape, find=reviewed
)
def publication_withdraw(request: Asking, case: Case, told: Withdraw) -> HttpResponse:
    """Take it back from citizens; a tombstone with the kind of reason stays at its address."""
    with refusals():
        actions.withdraw(case=case, by=request.viewer, **told.dict())
    return _told(case)


def _told(case: Case) -> HttpResponse:
    case = Case.objects.with_type("government", "lead", "asker", "asker_unit").get(pk=case.pk)
    review = Review(case)
    read_soon(enclosure.file for enclosure in review.reading)
    told = {
        "number": case.number, "state": case.state, "etag": tag(case), "ready": review.ready,
        "undecided": len(review.undecided), "reading": len(review.reading),
        "places": [_place(place) for place in review.places], "public": _public(case, review),
        "files": [
            {
                "piece": one.text_key, "sha256": one.file.sha256, "name": one.file.name,
                "read": one.contents is not None, "withheld": one.text_key in review.withheld,
            }
            for one in review.material.enclosures
        ],
    }  # fmt: skip
    return answer(told, subject=case)


def _place(place: Place) -> dict[str, Any]:
    decision = place.decision
    return {
        "piece": place.piece.key, "digest": place.piece.digest, "start": place.start, "end": place.end,
        "kind": place.kind, "label": place.label, "text": place.text, "masked": place.masked, "where": place.where, "before": place.before,
        "after": place.after, "why": place.why, "choice": decision.choice if decision else None,
        "reason": decision.reason if decision else "",
    }  # fmt: skip


def _public(case: Case, review: Review) -> dict[str, Any] | None:
    public = PublicCase.objects.filter(case=case).first()
    if public is None:
        return None
    return {
        "address": reverse("public_case", args=[case.government.code, case.number]), "published_at": public.published_at,
        "changed_at": public.changed_at, "withdrawn_at": public.withdrawn_at, "withdrawn_why": public.withdrawn_why,
        "masked": public.masked, "withheld": public.withheld, "changed": public.material != review.material.digest,
    }  # fmt: skip
