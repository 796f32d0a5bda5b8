"""Allocations for other systems: bring a table to a round, have it solved, and read how it stands."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, PathKey, line

from . import access, actions
from .errors import AllocationError
from .models import Round, Run
from .permissions import require
from .solving.intake import BadTable
from .tables import roles
from .tasks import work

router = Router(tags=["배정"])
Role = Literal["applicants", "resources", "scores", "mentors", "departures"]


class Table(Body):
    """A table as rows of text; the first row holds the headings that the definition names."""

    rows: list[list[line(200)]] = Field(min_length=1, max_length=200_000)  # type: ignore[valid-type]


class Standing(Schema):
    """How a round stands. ``faults``: table, row, column and reason of what must be mended, of its last run."""

    id: int
    title: str
    state: str
    phase: str
    served: int | None
    refused: int | None
    conflict: list[str]
    faults: list[list[Any]]


def _told(found: Round) -> dict[str, Any]:
    last = found.runs.order_by("-pk").first()
    outcome = found.run.outcome if found.run else {}
    return {
        "id": found.pk, "title": found.title, "state": found.state, "phase": last.phase if last else "",
        "served": outcome.get("served"), "refused": outcome.get("refused"), "conflict": outcome.get("conflict", []),
        "faults": last.faults if last and last.state == Run.State.FAILED else [],
    }  # fmt: skip


@reads(router, "/allocations/{key}", "배정의 상태", scope=Scope.ALLOCATIONS, gives=Standing)
def allocation(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """How the round stands, and what its last run found wrong."""
    return answer(_told(access.round_(request.viewer, key)))


@writes(router, "/allocations/{key}/tables/{role}", "표 넣기", scope=Scope.ALLOCATIONS, gives=Standing)
def allocation_table(request: Asking, key: Path[PathKey], role: Path[Role], table: Table) -> HttpResponse:
    """Put a table in, in place of the one that is there. Every cell is checked when the round is solved."""
    found = access.round_(request.viewer, key)
    require(request.viewer, "bring", found)
    if role not in roles(found):
        raise Problem(Kind.INVALID, f"이 배정에는 {role} 표가 없습니다.")
    try:
        actions.bring(found=found, role=role, rows=table.rows, source="api", by=request.viewer)
    except BadTable as bad:
        raise Problem(Kind.INVALID, str(bad)) from None
    except AllocationError as error:
        raise Problem(Kind.CONFLICT, str(error)) from None
    found.refresh_from_db()
    return answer(_told(found), status=201)


@writes(router, "/allocations/{key}/solve", "계산", scope=Scope.ALLOCATIONS, gives=Standing, status=202)
def allocation_solve(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """Give the round to the worker. Ask how it stands until ``state`` is no longer solving."""
    found = access.round_(request.viewer, key)
    require(request.viewer, "solve", found)
    try:
        run = actions.solve(found=found, by=request.viewer)
    except AllocationError as error:
        raise Problem(Kind.CONFLICT, str(error)) from None
    work.enqueue(run_id=run.pk)
    found.refresh_from_db()
    return answer(_told(found), status=202)
