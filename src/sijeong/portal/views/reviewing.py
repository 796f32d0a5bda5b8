"""The reviewer's pages: what is to be published, and one case place by place."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sijeong.cases.errors import CaseError
from sijeong.cases.models import Case
from sijeong.documents.contents import read_soon
from sijeong.org.address import Address
from sijeong.org.viewer import Request

from .. import access, actions
from ..models import Decision, PublicCase
from ..permissions import may_list
from ..queues import MOST, QUEUES, cases_of
from ..review import LOOKED, REASONS, UNREAD, Review

Choice = Decision.Choice


@require_GET
def queues(request: Request) -> HttpResponse:
    """What waits to be published, and what is."""
    if not may_list(request.viewer):
        raise PermissionDenied
    asked, queues = Address(request.GET), {each.code: each for each in QUEUES}
    queue = queues[asked.choice("tab", "목록", queues, QUEUES[0].code)]
    facts = {
        "queues": QUEUES, "queue": queue, "cases": cases_of(queue.code, request.viewer), "most": MOST, "misread": asked.misread
    }  # fmt: skip
    return render(request, "portal/queues.html", facts)


@require_GET
def publication(request: Request, number: str) -> HttpResponse:
    """The review of one case; while files are being read, only that part asks again."""
    return _page(request, access.case_under_review(request.viewer, number))


def _page(
    request: Request, case: Case, *, error: str = "", status: int = 200, typed: str = ""
) -> HttpResponse:
    review = Review(case)
    reading = read_soon(enclosure.file for enclosure in review.reading)
    public = PublicCase.objects.filter(case=case).first()
    undecided = review.undecided
    facts = {
        "case": case, "review": review, "reading": reading, "reasons": REASONS, "looked": LOOKED, "error": error,
        "next": undecided[0] if undecided else None, "public": public, "typed": typed,
        "changed": public is not None and public.material != review.material.digest,
        "withdrawals": PublicCase.Withdrawal.choices,
    }  # fmt: skip
    partial = request.htmx.target == "review"
    return render(
        request, "portal/review.html" if partial else "portal/publication.html", facts, status=status
    )


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 10 else 0


@require_POST
def decide(request: Request, number: str) -> HttpResponse:
    """One place, or all that is still open at once."""
    case = access.case_under_review(request.viewer, number)
    told = request.POST
    choice, _, code = told.get("decision", "").partition(":")
    reason = (
        told.get("reason", "").strip()
        or REASONS.get(code, "")
        or (LOOKED if told.get("kind") == UNREAD else "")
    )
    if choice == "mask-all":
        keys = [place.key for place in Review(case).undecided if place.kind != UNREAD]
        choice = Choice.MASK.value
    else:
        place = (
            told.get("piece", ""),
            told.get("digest", ""),
            _number(told.get("start")),
            _number(told.get("end")),
        )
        keys = [(*place, told.get("kind", ""))]
    if choice == Choice.MASK:
        reason = ""
    chosen = [actions.Chosen(*key, choice, reason) for key in keys]
    try:
        actions.decide(case=case, chosen=chosen, by=request.viewer)
    except CaseError as error:
        return _page(request, case, error=str(error), status=409)
    return _page(request, case) if request.htmx else redirect("publication", number)


@require_POST
def mask_by_hand(request: Request, number: str) -> HttpResponse:
    """Mask what the reviewer typed, wherever it stands."""
    case = access.case_under_review(request.viewer, number)
    text = request.POST.get("text", "")
    try:
        places = actions.mask_by_hand(case=case, text=text, by=request.viewer)
    except CaseError as error:
        return _page(request, case, error=str(error), status=409, typed=text)
    messages.success(request, f"‘{text.strip()}’을 {places}군데에서 가립니다.")
    return redirect("publication", number)


@require_POST
def publish(request: Request, number: str) -> HttpResponse:
    """Open it to citizens, or put the new version in place of the old."""
    case = access.case_under_review(request.viewer, number)
    try:
        actions.publish(case=case, by=request.viewer)
    except CaseError as error:
        return _page(request, case, error=str(error), status=409)
    messages.success(request, f"{case.number}: 공개했습니다.")
    return redirect("publication", number)


@require_POST
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take it back from citizens."""
    case = access.case_under_review(request.viewer, number)
    told = request.POST
    try:
        actions.withdraw(
            case=case, why=told.get("why", ""), note=told.get("note", "")[:1000], by=request.viewer
        )
    except CaseError as error:
        return _page(request, case, error=str(error), status=409)
    messages.success(request, f"{case.number}: 시민 화면에서 내렸습니다.")
    return redirect("publication", number)
