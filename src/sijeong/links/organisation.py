"""The organisation for other systems: which units there are, and which take cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from ninja import Path, Router, Schema

from sijeong.org import access
from sijeong.org.models import Unit

from .bearer import Asking
from .endpoints import answer, reads
from .scopes import Scope
from .shapes import PathKey

router = Router(tags=["조직"])


class UnitShape(Schema):
    """A unit; one whose ``valid_to`` is past is abolished, ``successor`` took over its work."""

    id: int
    code: str
    name: str
    level: str
    parent: int | None
    valid_from: dt.date
    valid_to: dt.date | None
    successor: int | None
    answers_cases: bool


class Units(Schema):
    units: list[UnitShape]


def _told(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.pk, "code": unit.code, "name": unit.name, "level": unit.level, "parent": unit.parent_id,
        "valid_from": unit.valid_from, "valid_to": unit.valid_to, "successor": unit.successor_id,
        "answers_cases": unit.answers_cases,
    }  # fmt: skip


@reads(router, "/units", "부서", scope=Scope.ORG_READ, gives=Units)
def units(request: Asking) -> HttpResponse:
    """The units of today."""
    found = access.units(request.viewer).filter(valid_to=None).order_by("path")
    return answer({"units": [_told(unit) for unit in found]})


@reads(router, "/units/{key}", "부서 하나", scope=Scope.ORG_READ, gives=UnitShape)
def unit(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """A unit of today or before."""
    return answer(_told(access.unit(request.viewer, key)))
