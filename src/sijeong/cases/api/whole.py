"""A case whole: what its page shows, as data."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Path, Router

from sijeong.audit import journal
from sijeong.documents.models import File
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, not_modified, reads
from sijeong.links.preconditions import unchanged
from sijeong.links.scopes import Scope
from sijeong.org.models import Unit, User
from sijeong.org.viewer import Viewer

from ..models import Answer, Case, Delivery, FollowUp, Part
from ..permissions import allowed_acts, relations
from ..suggesting import Suggestion, suggestions
from ..whole import readable_answers
from .files import told
from .finding import Number, case_of
from .shapes import Acts, Whole

router = Router(tags=["사안"])


@reads(router, "/cases/{number}", "사안 하나", scope=Scope.CASES_READ, gives=Whole, tagged=True)
def case(request: Asking, number: Path[Number]) -> HttpResponse:
    """All of a case: parts, answers, deliveries, follow-ups, the term with its steps, events."""
    found = case_of(request, number)
    if unchanged(request, found):
        return not_modified(found)
    return answer(whole(found, request.viewer), subject=found)


@reads(router, "/cases/{number}/acts", "할 수 있는 일", scope=Scope.CASES_READ, gives=Acts)
def case_acts(request: Asking, number: Path[Number]) -> HttpResponse:
    """What the asker may do to the case as it stands."""
    found = case_of(request, number)
    acts = allowed_acts(request.viewer, found)
    suggested = suggestions(request.viewer, [found]).get(found.pk) if "assign" in acts else None
    return answer({
        "acts": sorted(acts), "suggestion": suggestion_told(suggested) if suggested else None
    })  # fmt: skip


def whole(case: Case, viewer: Viewer) -> dict[str, Any]:
    """What ``viewer`` may read of the case: who only asked sees what was delivered to them."""
    inside = bool(relations(viewer, case) - {"asker"}) or viewer.sees_government
    deliveries = case.deliveries.select_related("recipient", "file", "acknowledged_by", "answer")
    promises = case.follow_ups.select_related("unit", "owner", "file")
    if not inside:
        promises = promises.exclude(state=FollowUp.State.PLANNED)
    return _facts(case) | {
        "extension_asked": _extension_asked(case) if inside else None,
        "parts": [_part(part, inside) for part in case.parts.select_related("unit").order_by("pk")],
        "answers": [_answer(version) for version in readable_answers(case, insiders=inside)],
        "deliveries": [_delivery(delivery) for delivery in deliveries],
        "follow_ups": [promise_told(promise) for promise in promises],
        "events": [_event(event) for event in journal.told(case)] if inside else [],
    }


def _facts(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "type": case.type_code, "type_version": case.type.number, "title": case.title,
        "question": case.question, "kind": case.kind, "fields": case.fields, "asker": _named(case.asker or case.asker_unit),
        "asker_name": case.asker_name, "received_at": case.received_at, "state": case.state,
        "state_label": case.state_label, "open": case.open, "outcome": case.outcome,
        "outcome_label": case.outcome_label, "outcome_basis": case.outcome_basis, "due_on": case.due_on,
        "extensions": case.extensions, "paused_on": case.paused_on, "lead": _named(case.lead),
        "officer": _named(case.officer), "answered_at": case.answered_at, "delivered_at": case.delivered_at,
        "published_at": case.published_at, "merged_into": case.merged_into.number if case.merged_into else None,
        "term": case.term.as_json() if case.term else None,
    }  # fmt: skip


def _extension_asked(case: Case) -> dict[str, Any] | None:
    if case.extension_asked_at is None:
        return None
    return {
        "at": case.extension_asked_at, "by": _named(case.extension_asked_by), "reason": case.extension_reason,
        "length": case.extension_length,
    }  # fmt: skip


def _named(one: User | Unit | None) -> dict[str, Any] | None:
    return {"id": one.pk, "name": one.name} if one else None


def _file(file: File | None) -> dict[str, Any] | None:
    return told(file) if file else None


def _part(part: Part, inside: bool) -> dict[str, Any]:
    return {
        "unit": _named(part.unit), "kind": part.kind, "active": part.active, "since": part.since, "until": part.until,
        "text": part.text if inside else None, "written_at": part.written_at if inside else None,
    }  # fmt: skip


def _answer(version: Answer) -> dict[str, Any]:
    return {
        "number": version.number, "edition": version.edition, "state": version.state, "body": version.body,
        "outcome": version.outcome, "author": _named(version.author), "saved_at": version.saved_at,
        "signer": _named(version.signer), "signed_for": version.signed_for, "signed_at": version.signed_at,
        "note": version.note, "files": [_file(one.file) for one in version.attachments.all()],
    }  # fmt: skip


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.pk, "answer": delivery.answer.number, "recipient": _named(delivery.recipient),
        "recipient_name": delivery.recipient_name, "channel": delivery.channel, "receipt": delivery.receipt,
        "delivered_at": delivery.delivered_at, "file": _file(delivery.file),
        "acknowledged_at": delivery.acknowledged_at, "acknowledged_by": _named(delivery.acknowledged_by),
    }  # fmt: skip


def promise_told(promise: FollowUp) -> dict[str, Any]:
    """A promise as other systems get it."""
    return {
        "id": promise.pk, "text": promise.text, "due_on": promise.due_on, "unit": _named(promise.unit),
        "owner": _named(promise.owner), "state": promise.state, "evidence": promise.evidence,
        "file": _file(promise.file), "closed_at": promise.closed_at,
    }  # fmt: skip


def _event(event: Any) -> dict[str, Any]:
    told = ("seq", "act", "at", "actor", "data", "digest")
    return {name: getattr(event, name) for name in told}


def suggestion_told(found: Suggestion) -> dict[str, Any]:
    """A division with what speaks for it."""
    return {
        "unit": {"id": found.unit.pk, "name": found.unit.name}, "of": found.of, "all": found.all,
        "earlier": [
            {"number": one.number, "title": one.title, "alike": one.alike, "words": list(one.words)}
            for one in found.earlier
        ],
    }  # fmt: skip
