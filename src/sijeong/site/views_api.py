"""Saved views of lists for other systems: a list's filters under a name, one's own or shared with one's unit."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Key, PathKey, line, one_of
from sijeong.search import actions, saved
from sijeong.search.models import SavedView

router = Router(tags=["목록 보기"])
SCOPE = Scope.VIEWS
List = one_of(settings.SAVED_LISTS)


class ViewShape(Schema):
    """A view. ``query`` is what stands behind the ? of ``address``; ``opens``: the list opens with it."""

    id: int
    list: str
    name: str
    query: str
    address: str
    unit: int | None
    own: bool
    opens: bool


class Views(Schema):
    views: list[ViewShape]


class Of(Schema):
    list: List = Field("cases", description="목록의 이름")  # type: ignore[valid-type]


class NewView(Body):
    """A view; the same name again changes it."""

    list: List  # type: ignore[valid-type]
    name: line(40, 1)  # type: ignore[valid-type]
    query: line(1000) = Field("", description="목록 주소의 ? 뒤")  # type: ignore[valid-type]
    unit: Key | None = Field(None, description="함께 볼 내 부서. /units의 id")
    opens: bool = Field(False, strict=True, description="목록이 이 보기로 열립니다")


@reads(router, "/views", "목록 보기", scope=SCOPE, gives=Views)
def views(request: Asking, of: Query[Of]) -> HttpResponse:
    """The views of a list that the asker sees."""
    return _told(request, of.list)


@writes(router, "/views", "보기 저장", scope=SCOPE, gives=Views)
def view_save(request: Asking, new: NewView) -> HttpResponse:
    """Keep the filters of a list under a name."""
    unit = next((one for one in saved.units_of(request.viewer) if one.pk == new.unit), None)
    if new.unit and unit is None:
        raise Problem(Kind.INVALID, errors=[{"where": "body.unit", "message": "내가 속한 부서가 아닙니다."}])
    try:
        actions.save_view(**new.dict(exclude={"unit"}), unit=unit, by=request.viewer)
    except actions.CannotSave as refusal:
        raise Problem(Kind.INVALID, str(refusal)) from refusal
    return _told(request, new.list, 201)


@writes(router, "/views/{key}/{act}", "보기 열기·지우기", scope=SCOPE, gives=Views, status=200)
def view_change(
    request: Asking, key: Path[PathKey], act: Path[Literal["open", "plain", "forget"]]
) -> HttpResponse:
    """Open the list with the view, or without it again; delete one's own."""
    view = saved.view(request.viewer, key)
    do = {"open": actions.open_with, "plain": actions.open_plain, "forget": actions.forget_view}[act]
    do(view=view, by=request.viewer)
    return _told(request, view.list)


def _told(request: Asking, name: str, status: int = 200) -> HttpResponse:
    opening = saved.default_of(request.viewer, name)
    shown = [_view(request, one, opening) for one in saved.views(request.viewer, name)]
    return answer({"views": shown}, status=status)


def _view(request: Asking, one: SavedView, opening: SavedView | None) -> dict[str, Any]:
    return {
        "id": one.pk, "list": one.list, "name": one.name, "query": one.query, "address": saved.address(one),
        "unit": one.unit_id, "own": one.owner_id == request.viewer.pk, "opens": opening is not None and opening.pk == one.pk,
    }  # fmt: skip
