"""Sheets of cases: checked first, then taken in whole or not at all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Day, Key, PathKey, line

from .. import access, runs
from ..forms import ImportForm
from ..models import ImportRun
from ..permissions import may_import
from .forming import facts, own_file, sent

router = Router(tags=["가져오기"])


class Check(Body):
    """What a sheet is: its type, what it is called, and the day for rows without one."""

    file: Key = Field(description="/files로 올린 XLSX·CSV")
    type_code: line(40, 1) = Field(description="/case-types의 code")  # type: ignore[valid-type]
    label: line(60, 1) = Field(description="회차·출처")  # type: ignore[valid-type]
    received_on: Day


class Run(Schema):
    """A sheet on its way in. ``state``: checking, checked, running, done, failed; ``report`` is the page's."""

    id: int
    state: str
    type_code: str
    label: str
    rows: int
    report: dict[str, Any]


def _require(request: Asking) -> None:
    if not may_import(request.viewer):
        raise PermissionDenied


def _told(run: ImportRun) -> dict[str, Any]:
    return {
        "id": run.pk, "state": run.state, "type_code": run.type_code, "label": run.label, "rows": run.rows,
        "report": run.report,
    }  # fmt: skip


@writes(router, "/imports", "표 파일 확인", scope=Scope.CASES_IMPORT, gives=Run, status=202)
def import_check(request: Asking, check: Check) -> HttpResponse:
    """Have a sheet checked: nothing is taken in. Ask for its report until ``state`` is no longer checking."""
    _require(request)
    values = check.dict()
    told = facts(ImportForm(request.viewer, sent(values), own_file(request, values.pop("file"))))
    run = runs.begin(by=request.viewer, **told)
    return answer(_told(run), status=202, Location=f"/api/v1/imports/{run.pk}")


@reads(router, "/imports/{key}", "확인 결과", scope=Scope.CASES_IMPORT, gives=Run)
def import_run(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """How far the check or the taking in is, and what must be mended."""
    _require(request)
    return answer(_told(access.import_run(request.viewer, key)))


@writes(
    router, "/imports/{key}/confirm", "확인한 표 가져오기", scope=Scope.CASES_IMPORT, gives=Run, status=202
)
def import_confirm(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """Take the checked rows in, all of them."""
    _require(request)
    run = access.import_run(request.viewer, key)
    if not runs.confirm(run):
        raise Problem(Kind.CONFLICT, "고칠 칸이 남았거나, 아직 확인 중이거나, 이미 가져온 파일입니다.")
    run.refresh_from_db()
    return answer(_told(run), status=202)
