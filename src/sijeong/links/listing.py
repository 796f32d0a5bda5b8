"""Lists of the API: a page by key, and the address of the page after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.http import urlencode
from ninja import Schema
from pydantic import Field

from sijeong.org.address import Misread
from sijeong.org.paging import BadKey, following, key_of

from .bearer import Asking
from .endpoints import answer
from .problems import Kind, Problem
from .shapes import line

Row = TypeVar("Row", bound=Model)


class Filtered(Schema):
    """Filters, by the names that the page has."""

    def query(self) -> QueryDict:
        """As the page's address has them."""
        asked = QueryDict(mutable=True)
        for name, value in self.given().items():
            asked[name] = str(value)
        return asked

    def given(self) -> dict[str, Any]:
        """What was asked for; a filter that is off is not."""
        return {name: value for name, value in self.dict().items() if value not in {"", None, False}}


class Paged(Filtered):
    """What every list may be asked for; a list adds its filters."""

    after: line(200) = Field("", description="앞 쪽의 next가 주는 열쇠")  # type: ignore[valid-type]
    size: int = Field(50, ge=1, le=200)


def page(rows: QuerySet[Row], by: str, asked: Paged) -> tuple[list[Row], str]:
    """The rows of the page, and the key of the next. Raises Problem (422) for a key that is not this list's."""
    try:
        found = list(following(rows, by, asked.after)[: asked.size + 1])
    except BadKey as error:
        raise bad_key() from error
    last = found[asked.size - 1] if len(found) > asked.size else None
    return found[: asked.size], key_of(by, vars(last) | {"pk": last.pk}) if last else ""


def understood(misread: Iterable[Misread]) -> None:
    """Raises Problem (422) where a filter's value is none that anybody understands: a program is not shown another list."""
    if told := list(misread):
        raise refusal(told)


def refusal(misread: Iterable[Misread]) -> Problem:
    """What names each filter that was not understood."""
    wrong = [
        {"where": f"query.{one.name}", "message": f"알 수 없는 값입니다: {one.value}"} for one in misread
    ]
    return Problem(Kind.INVALID, errors=wrong)


def bad_key() -> Problem:
    """What is told to who made up a key."""
    wrong = {"where": "query.after", "message": "next가 준 열쇠를 그대로 보내십시오."}
    return Problem(Kind.INVALID, errors=[wrong])


def listed(request: Asking, told: Mapping[str, Any], asked: Paged, key: str) -> HttpResponse:
    """The answer of a list: what is told, and ``next``, also as a Link (RFC 8288)."""
    more = f"{request.path}?{urlencode(asked.given() | {'after': key})}" if key else None
    response = answer({**told, "next": more})
    if more:
        response["Link"] = f'<{more}>; rel="next"'
    return response
