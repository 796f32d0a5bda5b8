"""Many at once: each by itself, with what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.listing import Paged, listed, page
from sijeong.links.preconditions import tag
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Key, line
from sijeong.org.models import Role

from .. import access, together, work
from ..forms import divisions
from ..together import MOST, Assignment, Result

router = Router(tags=["여러 건"])


class OneAssignment(Body):
    """A case and where it goes."""

    number: line(40, 1)  # type: ignore[valid-type]
    lead: Key = Field(description="주관부서. /units의 id")
    joint: list[Key] = Field(default=[], max_length=20, description="협조부서")
    etag: line(80) = Field("", description="읽을 때 받은 ETag. 그 뒤 바뀐 사안은 그대로 둔다")  # type: ignore[valid-type]


class Assignments(Body):
    cases: list[OneAssignment] = Field(min_length=1, max_length=MOST)


class Acknowledgements(Body):
    deliveries: list[Key] = Field(
        min_length=1, max_length=MOST, description="전달의 id. GET /deliveries가 준다"
    )


class OneResult(Schema):
    """What became of one: ``result`` done, already, changed (since it was read), refused, forbidden, missing."""

    key: str
    number: str | None
    result: Literal["done", "already", "changed", "refused", "forbidden", "missing"]
    message: str
    etag: str | None


class Results(Schema):
    """One result for each that was sent; ``done``: how many of them were done."""

    done: int
    results: list[OneResult]


class WaitingDelivery(Schema):
    """An answer that was delivered to the asker, or to whom they act for, and not acknowledged yet."""

    id: int
    number: str
    title: str
    channel: str
    delivered_at: dt.datetime
    recipient: str


class WaitingDeliveries(Schema):
    deliveries: list[WaitingDelivery]
    next: str | None


def _told(results: list[Result]) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {
            "key": one.key, "number": one.case.number if one.case else None, "result": one.fate, "message": one.why,
            "etag": tag(one.case) if one.case else None,
        }
        for one in results
    ]  # fmt: skip
    return answer({"done": sum(one.fate is together.Fate.DONE for one in results), "results": rows})


@writes(router, "/planning/assign", "여러 건 배정", scope=Scope.CASES_WRITE, gives=Results, status=200)
def planning_assign(request: Asking, told: Assignments) -> HttpResponse:
    """Assign each case to its division. What cannot be assigned is told and left; the others are done."""
    if not request.viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied
    units = {unit.pk: unit for unit in divisions(request.viewer.government_id)}
    wrong = [
        {"where": f"body.cases.{at}", "message": "사안을 맡는 우리 기관의 부서가 아닙니다."}
        for at, one in enumerate(told.cases)
        if not {one.lead, *one.joint} <= units.keys()
    ]
    if wrong:
        raise Problem(Kind.INVALID, errors=wrong)
    wanted = [
        Assignment(one.number, units[one.lead], tuple(units[key] for key in one.joint), one.etag)
        for one in told.cases
    ]
    return _told(together.assign(request.viewer, wanted))


@reads(router, "/deliveries", "수령 확인할 답변", scope=Scope.CASES_READ, gives=WaitingDeliveries)
def deliveries(request: Asking, asked: Query[Paged]) -> HttpResponse:
    """Answers that wait to be acknowledged by the asker, the newest first."""
    waiting = work.waiting_deliveries(request.viewer).filter(case__in=access.cases(request.viewer))
    rows, key = page(waiting.select_related("case"), "-delivered_at", asked)
    told = [
        {
            "id": one.pk, "number": one.case.number, "title": one.case.title, "channel": one.channel,
            "delivered_at": one.delivered_at, "recipient": one.recipient_name,
        }
        for one in rows
    ]  # fmt: skip
    return listed(request, {"deliveries": told}, asked, key)


@writes(
    router, "/deliveries/acknowledge", "여러 답변 수령 확인", scope=Scope.CASES_WRITE, gives=Results, status=200
)  # fmt: skip
def deliveries_acknowledge(request: Asking, told: Acknowledgements) -> HttpResponse:
    """Confirm the receipt of each. Those that are not the asker's, or confirmed already, are told and left."""
    return _told(together.acknowledge(request.viewer, told.deliveries))
