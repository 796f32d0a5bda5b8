"""Planning for other systems: the load of each division, and what a new holiday would move."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from ninja import Router, Schema

from sijeong.legaltime import LegalTimeError
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Named, line
from sijeong.org.models import Role

from .. import actions
from ..actions.recalendaring import CalendarPlan
from ..load import Load, loads
from ..models import Case
from ..permissions import may_recalendar
from ..recount import Counted
from .forming import refusals

router = Router(tags=["총괄"])


class Coming(Schema):
    """A case in time today that is expected after its due date at the present pace."""

    number: str
    due_on: dt.date
    expected_on: dt.date


class LoadShape(Schema):
    """A division: open cases, late ones, those due within a week, deliveries a week of five working days.

    ``thin``: too little was delivered lately to speak of a pace, so nothing is expected.
    """

    unit: Named
    open: int
    late: int
    week: int
    weekly: float
    thin: bool
    will_be_late: list[Coming]


class Loads(Schema):
    day: dt.date
    divisions: list[LoadShape]


class Day(Schema):
    """A day whose standing differs from the calendar that was applied last."""

    day: dt.date
    text: str


class Move(Schema):
    """An open case whose due date moves, or (``why``) stays where it is."""

    number: str
    before: dt.date
    after: dt.date
    why: str


class Calendar(Schema):
    """What the city folder's calendar would do; ``version`` is what is sent back to have it done."""

    version: str
    days: list[Day]
    moving: list[Move]
    staying: list[Move]


class Apply(Body):
    version: line(80, 1)  # type: ignore[valid-type]


class Applied(Schema):
    version: str
    moved: int


@reads(router, "/planning/load", "부서별 업무량과 예측", scope=Scope.PLANNING, gives=Loads)
def planning_load(request: Asking) -> HttpResponse:
    """Divisions with open cases, those with most to be late first: what the planning desk shows."""
    if not request.viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied
    found = loads(request.viewer.user.government, request.viewer.day)
    keys = [one.case for load in found for one in load.will_be_late]
    numbers = dict(Case.objects.filter(pk__in=keys).values_list("pk", "number"))
    return answer({"day": request.viewer.day, "divisions": [_load(load, numbers) for load in found]})


@reads(router, "/planning/calendar", "새 공휴일이 옮길 기한", scope=Scope.PLANNING, gives=Calendar)
def planning_calendar(request: Asking) -> HttpResponse:
    """The preview: days that changed, every open due date that would move, and those that stay."""
    _may(request)
    try:
        plan = actions.plan_calendar(request.viewer.user.government)
    except LegalTimeError as error:
        raise Problem(Kind.CONFLICT, str(error)) from error
    return answer(_plan(plan))


@writes(
    router, "/planning/calendar", "기한 옮기기", scope=Scope.PLANNING, gives=Applied, status=200
)  # fmt: skip
def planning_calendar_apply(request: Asking, told: Apply) -> HttpResponse:
    """Move them all in one act, if the preview is still the one that was read."""
    _may(request)
    try:
        with refusals():
            done = actions.recalendar(
                government=request.viewer.user.government, by=request.viewer, version=told.version
            )  # fmt: skip
    except LegalTimeError as error:
        raise Problem(Kind.CONFLICT, str(error)) from error
    return answer({"version": done.version, "moved": len(done.moving)})


def _may(request: Asking) -> None:
    if not may_recalendar(request.viewer):
        raise PermissionDenied


def _load(load: Load, numbers: dict[int, str]) -> dict[str, Any]:
    return {
        "unit": {"id": load.unit.pk, "name": load.unit.name}, "open": load.open, "late": load.late, "week": load.week,
        "weekly": load.weekly, "thin": load.thin,
        "will_be_late": [
            {"number": numbers[one.case], "due_on": one.due_on, "expected_on": one.day}
            for one in load.will_be_late if one.case in numbers
        ],
    }  # fmt: skip


def _plan(plan: CalendarPlan) -> dict[str, Any]:
    stay = [term for terms in plan.staying.values() for term in terms]
    keys = [term.pk for term in (*plan.moving, *stay)]
    numbers = dict(Case.objects.filter(pk__in=keys).values_list("pk", "number"))

    def told(terms: list[Counted]) -> list[dict[str, Any]]:
        return [
            {"number": numbers[one.pk], "before": one.before, "after": one.due_on, "why": one.why}
            for one in terms
        ]

    days = [{"day": one.day, "text": str(one)} for one in plan.days]
    return {"version": plan.version, "days": days, "moving": told(plan.moving), "staying": told(stay)}
