"""Taking cases in from other systems, and what kinds there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from ninja import Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Key, Moment, Named, line, text

from .. import actions
from ..actions.delivering import members_of
from ..forms import NewCaseForm
from ..models import CaseTypeVersion
from ..views.intake import types_for
from . import lists
from .forming import done, facts, refusals, sent
from .shapes import Made

router = Router(tags=["접수"])


class TypeShape(Schema):
    """A case type in force; ``definition`` is the text of the city folder."""

    code: str
    name: str
    version: int
    definition: dict[str, Any]


class Types(Schema):
    types: list[TypeShape]


class Members(Schema):
    members: list[Named]


class NewCase(Body):
    """A new case. ``member``, ``asker_name`` and ``received_at`` are for planning, which files for others."""

    type: line(40, 1) = Field(description="/case-types의 code")  # type: ignore[valid-type]
    title: line(200, 1)  # type: ignore[valid-type]
    question: text(20000, 1)  # type: ignore[valid-type]
    kind: line(40) = ""  # type: ignore[valid-type]
    fields: dict[str, line(2000) | int | bool] = Field(default={}, max_length=50)  # type: ignore[valid-type]
    member: Key | None = Field(None, description="/members의 id")
    asker_name: line(80) = ""  # type: ignore[valid-type]
    received_at: Moment | None = Field(None, description="총괄이 대신 접수할 때. 없으면 지금")


@reads(router, "/case-types", "사안 종류", scope=Scope.CASES_READ, gives=Types)
def case_types(request: Asking) -> HttpResponse:
    """The case types in force: kinds, fields, states, outcomes, terms."""
    versions = CaseTypeVersion.objects.filter(government_id=request.viewer.government_id, current=True)
    types = [
        {"code": v.code, "name": v.name, "version": v.number, "definition": v.definition}
        for v in versions.order_by("code")
    ]
    return answer({"types": types})


@reads(router, "/members", "의원", scope=Scope.ORG_READ, gives=Members)
def members(request: Asking) -> HttpResponse:
    """Council members in office: whom planning files for, and whom an answer may be delivered to here."""
    found = members_of(request.viewer.government_id, request.viewer.day)
    return answer({"members": [{"id": user.pk, "name": user.name} for user in found]})


@writes(lists.router, "/cases", "사안 접수", scope=Scope.CASES_WRITE, gives=Made)
def case_receive(request: Asking, new: NewCase) -> HttpResponse:
    """File a case: planning for anyone, members and aides for themselves, divisions for what is theirs to ask."""
    version = next((v for v in types_for(request.viewer) if v.code == new.type), None)
    if version is None:
        wrong = {
            "where": "body.type",
            "message": "접수할 수 있는 종류가 아닙니다. /case-types에 있는 종류를 보내십시오.",
        }
        raise Problem(Kind.INVALID, errors=[wrong])
    told = facts(NewCaseForm(version, request.viewer, sent(_as_form(version, new, request))))
    with refusals():
        case = actions.receive(
            government=request.viewer.user.government,
            type_code=new.type,
            by=request.viewer,
            source="api",
            **told,
        )
    response = done(request, case, status=201, received_at=case.received_at)
    response["Location"] = iri_to_uri(f"/api/v1/cases/{case.number}")
    return response


def _as_form(version: CaseTypeVersion, new: NewCase, request: Asking) -> dict[str, Any]:
    codes = [field.code for field in version.case_type.extra_fields]
    if unknown := [code for code in new.fields if code not in codes]:
        listed = ", ".join(codes) or "없음"
        wrong = [{"where": f"body.fields.{code}", "message": f"있는 항목: {listed}"} for code in unknown]
        raise Problem(Kind.INVALID, errors=wrong)
    values = new.dict(exclude={"type", "fields"})
    values["received_at"] = new.received_at or timezone.now()
    return values | {f"x_{code}": value for code, value in new.fields.items()}
