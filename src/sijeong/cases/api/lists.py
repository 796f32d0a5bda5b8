"""The list: the page's filters, its order and its keys, rows straight from the columns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import reads
from sijeong.links.listing import Paged, bad_key, listed, understood
from sijeong.links.scopes import Scope
from sijeong.links.shapes import line, one_of
from sijeong.org.paging import BadKey

from ..listing import Filters, rows
from ..narrowing import FATES
from ..ordering import key_of, place_of
from ..understood import understood as known
from .shapes import Rows

router = Router(tags=["사안"])
COLUMNS = (
    "number", "title", "type_code", "kind", "state", "open", "outcome", "outcome_basis", "received_at", "due_on",
    "delivered_at", "paused_on", "asker_name", "lead_id", "lead__name", "officer_id", "officer__name", "version",
    "head", "pk",
)  # fmt: skip


Fate = one_of(["", *FATES])


class CasesAsked(Paged):
    """The filters of the page ``/cases/``, by the same names."""

    q: line(100) = Field("", description="번호, 제목, 내용, 요구자")  # type: ignore[valid-type]
    type: line(40) = ""  # type: ignore[valid-type]
    state: line(20) = ""  # type: ignore[valid-type]
    due: Literal["", "late", "today", "soon", "week"] = ""
    unit: Annotated[int, Field(ge=1, lt=10**9)] | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    basis: Literal["", "source", "delivery"] = ""
    extended: Literal["", "1", "asked"] = Field(
        "", description="1: 연장한 것, asked: 연장 요청을 정하지 않은 것"
    )
    lead: line(6000) = Field("", description="주관부서들의 id, 쉼표로. 0은 배정 전")  # type: ignore[valid-type]
    month: line(7) = Field("", description="접수한 달. 예: 2026-03")  # type: ignore[valid-type]
    fate: Fate = Field("", description="통계의 수 뒤에 있는 사안")  # type: ignore[valid-type]
    kind: line(40) = Field("", description="종류 안의 구분. -는 없음")  # type: ignore[valid-type]
    outcome: line(20) = Field("", description="처리 결과. -는 없음")  # type: ignore[valid-type]
    order: Literal["due", "received"] | None = None
    scope: Literal["open", "closed", "all"] = "open"
    pile: line(20) = Field("", description="내 업무의 묶음: approval, extension, unassigned, late, soon …")  # type: ignore[valid-type]


@reads(router, "/cases", "사안 목록", scope=Scope.CASES_READ, gives=Rows)
def cases(request: Asking, asked: Query[CasesAsked]) -> HttpResponse:
    """Cases the asker may see, by the page's filters, one key-set page at a time."""
    filters = known(Filters.of(asked.query()), request.viewer)
    understood(filters.misread)
    try:
        behind = place_of(filters.order, asked.after)
    except BadKey as error:
        raise bad_key() from error
    found = rows(request.viewer, filters, behind, asked.size + 1, COLUMNS)
    key = ""
    if len(found) > asked.size:
        found.pop()
        key = key_of(filters.order, dict(zip(COLUMNS, found[-1], strict=True)))
    return listed(request, {"cases": [_row(row) for row in found]}, asked, key)


def _row(row: tuple[Any, ...]) -> dict[str, Any]:
    (
        number, title, type_code, kind, state, open, outcome, basis, received, due, delivered, paused, asker,
        lead, lead_name, officer, officer_name, version, head, _,
    ) = row  # fmt: skip
    return {
        "number": number, "title": title, "type": type_code, "kind": kind, "state": state, "open": open,
        "outcome": outcome, "outcome_basis": basis, "received_at": received, "due_on": due,
        "delivered_at": delivered, "paused_on": paused, "asker": asker,
        "lead": {"id": lead, "name": lead_name} if lead else None,
        "officer": {"id": officer, "name": officer_name} if officer else None,
        "etag": f'"{version}-{head[:16]}"',
    }  # fmt: skip
