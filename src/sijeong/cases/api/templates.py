"""Templates of answers for other systems: those one may use, and their making."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, changes, reads, writes
from sijeong.links.preconditions import tag
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Key, PathKey, line, text
from sijeong.org.access import units
from sijeong.org.models import Role, Unit

from .. import access, actions
from ..models import AnswerTemplate
from ..permissions import may_keep_templates
from .forming import refusals

router = Router(tags=["답변"])


class TemplateShape(Schema):
    """A template: a text for each field of the answer, with blanks as {제목}. ``unit`` null: of all divisions."""

    id: int
    name: str
    type: str
    unit: int | None
    body: dict[str, str]
    may_change: bool
    etag: str


class Templates(Schema):
    templates: list[TemplateShape]


class TemplateText(Body):
    name: line(60, 1)  # type: ignore[valid-type]
    body: dict[str, text(20000)] = Field(  # type: ignore[valid-type]
        max_length=50, description="항목 코드와 글. 코드는 /case-types에"
    )


class NewTemplate(TemplateText):
    type: line(40, 1)  # type: ignore[valid-type]
    unit: Key | None = Field(None, description="내 부서. 없으면 모든 부서(총괄만)")


def template_of(request: Asking, key: Path[PathKey]) -> AnswerTemplate:
    """A template that the asker may use. Raises Http404."""
    return access.template(request.viewer, key)


@reads(router, "/templates", "답변 서식", scope=Scope.CASES_READ, gives=Templates)
def templates(request: Asking) -> HttpResponse:
    """The templates of the asker's divisions, and those of all."""
    if not request.viewer.units and not request.viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied
    return answer({"templates": [_told(request, one) for one in access.templates(request.viewer)]})


@writes(router, "/templates", "서식 만들기", scope=Scope.CASES_WRITE, gives=TemplateShape)
def template_make(request: Asking, new: NewTemplate) -> HttpResponse:
    """A new template of a division, or of all."""
    told = new.dict(exclude={"type", "unit"})
    unit = _unit(request, new.unit) if new.unit else None
    if not may_keep_templates(request.viewer, unit):
        raise PermissionDenied
    with refusals():
        made = actions.make_template(
            government=request.viewer.user.government, unit=unit, type_code=new.type, by=request.viewer, **told
        )  # fmt: skip
    return answer(_told(request, made), status=201, subject=made)


@changes(
    router, "/templates/{key}/edit", "서식 고치기", scope=Scope.CASES_WRITE, gives=TemplateShape, find=template_of
)  # fmt: skip
def template_edit(request: Asking, template: AnswerTemplate, told: TemplateText) -> HttpResponse:
    """Another name and text; answers already begun with it keep theirs."""
    with refusals():
        made = actions.edit_template(template=template, by=request.viewer, **told.dict())
    return answer(_told(request, made), subject=made)


@changes(
    router, "/templates/{key}/retire", "서식 없애기", scope=Scope.CASES_WRITE, gives=TemplateShape, find=template_of
)  # fmt: skip
def template_retire(request: Asking, template: AnswerTemplate) -> HttpResponse:
    """No longer offered."""
    made = actions.retire_template(template=template, by=request.viewer)
    return answer(_told(request, made), subject=made)


def _unit(request: Asking, pk: int) -> Unit:
    unit = units(request.viewer).filter(pk=pk).first()
    if unit is None:
        raise Problem(Kind.INVALID, errors=[{"where": "body.unit", "message": "없는 부서입니다."}])
    return unit


def _told(request: Asking, one: AnswerTemplate) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "type": one.type_code, "unit": one.unit_id, "body": one.body,
        "may_change": may_keep_templates(request.viewer, one.unit), "etag": tag(one),
    }  # fmt: skip
