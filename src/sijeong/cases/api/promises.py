"""Promises made inside answers: closed, postponed, dropped."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import changes, reads
from sijeong.links.listing import Paged, listed, page, understood
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Day, Key, PathKey, line, text

from .. import access
from ..forms import PROMISE_FORMS
from ..models import Case
from ..permissions import require_relation
from ..promises import PromiseFilters
from ..views.case import PROMISE_ACTS
from .finding import case_of
from .forming import done, facts, own_file, refusals, sent
from .shapes import Done, PromiseShape
from .whole import promise_told

router = Router(tags=["향후계획"])


class PromisesAsked(Paged):
    """The filters of the page ``/follow-ups/``."""

    q: line(100) = Field("", description="할 일, 사안의 제목과 번호")  # type: ignore[valid-type]
    state: Literal["open", "closed", "dropped", "all"] = "open"
    due: Literal["", "late", "soon", "month"] = ""
    unit: Annotated[int, Field(ge=1, lt=10**9)] | None = None
    mine: Literal["", "1"] = ""


class PromiseRow(PromiseShape):
    """A promise with the case that it belongs to."""

    case: str


class Promises(Schema):
    follow_ups: list[PromiseRow]
    next: str | None


@reads(router, "/follow-ups", "향후계획 목록", scope=Scope.CASES_READ, gives=Promises)
def follow_ups(request: Asking, asked: Query[PromisesAsked]) -> HttpResponse:
    """What was promised in the cases the asker may see, the soonest due first."""
    filters = PromiseFilters.of(asked.query(), request.viewer)
    understood(filters.misread)
    found = filters.applied(request.viewer).select_related("case", "unit", "owner", "file")
    rows, key = page(found, "due_on", asked)
    told = [promise_told(row) | {"case": row.case.number} for row in rows]
    return listed(request, {"follow_ups": told}, asked, key)


class Close(Body):
    """What was done, and a file that shows it."""

    evidence: text(5000, 1)  # type: ignore[valid-type]
    file: Key | None = Field(None, description="/files로 올린 증빙 파일")


class Postpone(Body):
    due_on: Day
    reason: text(2000, 1)  # type: ignore[valid-type]


class Drop(Body):
    reason: text(2000, 1)  # type: ignore[valid-type]


def _keep(request: Asking, case: Case, key: int, act: str, body: Body) -> HttpResponse:
    promise = access.follow_up(request.viewer, case.number, key)
    require_relation(request.viewer, case, "lead_officer", "joint_officer")
    values: dict[str, Any] = body.dict()
    files = own_file(request, values.pop("file", None))
    told = facts(PROMISE_FORMS[act](promise, sent(values), files))
    with refusals():
        PROMISE_ACTS[act](follow_up=promise, by=request.viewer, **told)
    return done(request, case)


PATH = "/cases/{number}/follow-ups/{key}/"


@changes(router, PATH + "close", "이행 완료", scope=Scope.CASES_WRITE, gives=Done, find=case_of)
def follow_up_close(request: Asking, case: Case, key: Path[PathKey], body: Close) -> HttpResponse:
    """What was promised is done."""
    return _keep(request, case, key, "close", body)


@changes(router, PATH + "postpone", "기한 변경", scope=Scope.CASES_WRITE, gives=Done, find=case_of)
def follow_up_postpone(request: Asking, case: Case, key: Path[PathKey], body: Postpone) -> HttpResponse:
    """Another, later date."""
    return _keep(request, case, key, "postpone", body)


@changes(router, PATH + "drop", "중단", scope=Scope.CASES_WRITE, gives=Done, find=case_of)
def follow_up_drop(request: Asking, case: Case, key: Path[PathKey], body: Drop) -> HttpResponse:
    """What was promised will not be done."""
    return _keep(request, case, key, "drop", body)
