"""The search of every page for other systems: what is found, where it is said, and what to narrow it by."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import reads
from sijeong.links.listing import Paged, bad_key, listed, understood
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import line
from sijeong.org.address import Address
from sijeong.search import lines, searching
from sijeong.search.engine import Asked, Found
from sijeong.search.highlight import Marked

from ..views.search import FACETS, MOST_PAGES, SHOWN, kinds, labels_of, narrowed_by

router = Router(tags=["검색"])


class SearchAsked(Paged):
    """What is looked for, and the page's filters."""

    q: line(200, 1) = Field(description="찾을 말. 띄어쓰기와 조사는 달라도 됩니다")  # type: ignore[valid-type]
    type: line(40) = ""  # type: ignore[valid-type]
    state: line(40) = ""  # type: ignore[valid-type]
    unit: line(40) = ""  # type: ignore[valid-type]
    year: line(4) = ""  # type: ignore[valid-type]
    file: Literal["", "yes"] = ""
    order: Literal["", "newest"] = Field("", description="없으면 가까운 것부터")
    size: int = Field(SHOWN, ge=1, le=50)


class Piece(Schema):
    """A stretch of text; ``hit``: it answers the question."""

    text: str
    hit: bool


class HitShape(Schema):
    """What was found. ``key``: the number of a case, the id of a meeting; ``inner``: of what is still being written."""

    kind: str
    key: str
    address: str
    title: list[Piece]
    text: list[Piece]
    inner: list[Piece]


class FacetValue(Schema):
    value: str
    label: str
    count: int


class HitsFound(Schema):
    """``behind``: changes that the index does not know yet; ``facets``: by what to narrow, as the parameters are named."""

    total: int
    behind: int
    hits: list[HitShape]
    facets: dict[str, list[FacetValue]]
    next: str | None


@reads(router, "/search", "검색", scope=Scope.CASES_READ, gives=HitsFound, others=(503,))
def search(request: Asking, asked: Query[SearchAsked]) -> HttpResponse:
    """Cases and meetings that say it, as far as the asker sees them; a token without ``meetings:read`` finds cases."""
    page = _page(asked.after)
    address = Address(asked.query())
    tags = narrowed_by(address, request.viewer)
    understood(address.misread)
    found = searching.search(
        request.viewer.user.government,
        Asked(
            asked.q, lines.reaches(request.viewer), kinds=kinds(request.scopes), tags=tags, facets=tuple(FACETS),
            newest=asked.order == "newest", offset=(page - 1) * asked.size, limit=asked.size,
        ),
    )  # fmt: skip
    if found.found is None:
        raise Problem(Kind.UNREADY, "검색 색인을 만들고 있습니다. 잠시 뒤에 다시 하십시오.")
    hits = lines.lines(request.viewer, found.found.hits, asked.q)
    told = {
        "total": found.found.total, "behind": found.behind, "hits": [_hit(one) for one in hits],
        "facets": _facets(request, found.found),
    }  # fmt: skip
    more = page < MOST_PAGES and page * asked.size < found.found.total
    return listed(request, told, asked, str(page + 1) if more else "")


def _page(after: str) -> int:
    """The key of a search is the number of the page: what is near has no place that a row could keep."""
    if not after:
        return 1
    if not (after.isascii() and after.isdecimal() and len(after) < 4 and 1 <= int(after) <= MOST_PAGES):
        raise bad_key()
    return int(after)


def _pieces(told: Marked) -> list[dict[str, Any]]:
    return [{"text": text, "hit": on} for text, on in told]


def _hit(one: lines.Line) -> dict[str, Any]:
    return {
        "kind": one.kind, "key": one.key, "address": one.address, "title": _pieces(one.title), "text": _pieces(one.text),
        "inner": _pieces(one.inner),
    }  # fmt: skip


def _facets(request: Asking, found: Found) -> dict[str, list[dict[str, Any]]]:
    labels = labels_of(request.viewer, found.facets)
    return {
        facet: [
            {"value": value, "label": labels.get(facet, {}).get(value, value), "count": n}
            for value, n in sorted(values.items(), key=lambda item: (-item[1], item[0]))
        ]
        for facet, values in found.facets.items()
    }
