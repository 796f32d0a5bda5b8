"""What has no division yet, each case with the division that earlier ones of like text went to, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from ninja import Query, Router, Schema

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import reads
from sijeong.links.listing import Paged, bad_key, listed
from sijeong.links.preconditions import tag
from sijeong.links.scopes import Scope
from sijeong.org.models import Role
from sijeong.org.paging import BadKey

from .. import work
from ..listing import page_behind
from ..models import Case
from ..ordering import place_of
from ..suggesting import Suggestion, suggestions
from .shapes import SuggestedLead
from .whole import suggestion_told

router = Router(tags=["총괄"])


class UnassignedCase(Schema):
    """A case without a division; null where nothing like it went to one. ``etag`` is for the assignment."""

    number: str
    title: str
    type: str
    received_at: dt.datetime
    due_on: dt.date | None
    etag: str
    suggestion: SuggestedLead | None


class Unassigned(Schema):
    cases: list[UnassignedCase]
    next: str | None


@reads(router, "/planning/unassigned", "배정 대기와 제안", scope=Scope.PLANNING, gives=Unassigned)
def planning_unassigned(request: Asking, asked: Query[Paged]) -> HttpResponse:
    """The planning desk's list, the earliest due first. ``POST /cases/{number}/assign`` assigns."""
    if not request.viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied
    waiting = work.open_cases(request.viewer).filter(state="received")
    try:
        shown = page_behind(waiting, "due", place_of("due", asked.after), asked.size)
    except BadKey as error:
        raise bad_key() from error
    found = suggestions(request.viewer, shown.cases)
    told = [_waiting(row, found.get(row.pk)) for row in shown.cases]
    return listed(request, {"cases": told}, asked, shown.next)


def _waiting(case: Case, found: Suggestion | None) -> dict[str, Any]:
    return {
        "number": case.number, "title": case.title, "type": case.type_code, "received_at": case.received_at,
        "due_on": case.due_on, "etag": tag(case), "suggestion": suggestion_told(found) if found else None,
    }  # fmt: skip
