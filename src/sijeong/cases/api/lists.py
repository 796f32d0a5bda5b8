"""The list: the page's filters, its order and its keys, rows straight from the columns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse, QueryDict
from django.utils.http import urlencode
from ninja import Query, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import line
from sijeong.org.paging import BadKey, following, key_of

from ..listing import ORDERS, PAGE, Filters
from .shapes import Rows

router = Router(tags=["사안"])
COLUMNS = (
    "number", "title", "type_code", "kind", "state", "open", "outcome", "outcome_basis", "received_at", "due_on",
    "delivered_at", "paused_on", "asker_name", "lead_id", "lead__name", "officer_id", "officer__name", "version",
    "head", "pk",
)  # fmt: skip


class Asked(Schema):
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
    order: Literal["due", "received"] | None = None
    scope: Literal["open", "closed", "all"] = "open"
    pile: line(20) = Field("", description="내 업무의 묶음: approval, extension, unassigned, late, soon …")  # type: ignore[valid-type]
    after: line(200) = Field("", description="앞 쪽의 next가 주는 열쇠")  # type: ignore[valid-type]
    size: int = Field(PAGE, ge=1, le=200)

    def query(self) -> QueryDict:
        """As the page's address has them."""
        given = {key: value for key, value in self.dict().items() if value not in {"", None}}
        return QueryDict(urlencode(given), mutable=True)


@reads(router, "/cases", "사안 목록", scope=Scope.CASES_READ, gives=Rows)
def cases(request: Asking, asked: Query[Asked]) -> HttpResponse:
    """Cases the asker may see, by the page's filters, one key-set page at a time."""
    query = asked.query()
    filters = Filters.of(query)
    by = ORDERS[filters.order]
    try:
        found = following(filters.applied(request.viewer), by, asked.after)
    except BadKey as error:
        wrong = {"where": "query.after", "message": "next가 준 열쇠를 그대로 보내십시오."}
        raise Problem(Kind.INVALID, errors=[wrong]) from error
    listed = list(found.values(*COLUMNS)[: asked.size + 1])
    more = None
    if len(listed) > asked.size:
        listed.pop()
        query["after"] = key_of(by, listed[-1])
        more = f"{request.path}?{query.urlencode()}"
    response = answer({"cases": [_row(row) for row in listed], "next": more})
    if more:
        response["Link"] = f'<{more}>; rel="next"'
    return response


def _row(row: dict[str, Any]) -> dict[str, Any]:
    lead, officer = row.pop("lead_id"), row.pop("officer_id")
    lead_name, officer_name = row.pop("lead__name"), row.pop("officer__name")
    version, head = row.pop("version"), row.pop("head")
    del row["pk"]
    row["type"], row["asker"] = row.pop("type_code"), row.pop("asker_name")
    row["lead"] = {"id": lead, "name": lead_name} if lead else None
    row["officer"] = {"id": officer, "name": officer_name} if officer else None
    row["etag"] = f'"{version}-{head[:16]}"'
    return row
