"""Whose case it is, and where it stands: assigned, passed on, started, paused, ended, taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from sijeong.catalog.case_type import Transition
from sijeong.catalog.vocabulary import Clock
from sijeong.legaltime import LegalTimeError
from sijeong.org.models import Unit, User
from sijeong.org.viewer import Viewer

from ..errors import CaseError
from ..models import Case, Part
from ..terms import calendar
from .acts import begin, entering, moment


def hold_units(units: Iterable[Unit]) -> dict[int, Unit]:
    """The units as they stand, by key, held before the case: a reorganisation, too, takes units first and cases then."""
    return {pk: Unit.objects.locked(pk) for pk in sorted({unit.pk for unit in units})}


def _locked_units(units: list[Unit]) -> list[Unit]:
    rows = hold_units(units)
    return [rows[unit.pk] for unit in units]


def _check_unit(case: Case, unit: Unit) -> None:
    if unit.government_id != case.government_id:
        raise CaseError(f"{unit.name}은(는) 이 기관의 부서가 아닙니다.")
    if unit.valid_to is not None:
        heir = f" 업무를 이어받은 {unit.successor.name}에 배정하십시오." if unit.successor else ""
        raise CaseError(f"{unit.name}은(는) {unit.valid_to:%Y. %m. %d.} 폐지된 부서입니다.{heir}")
    if not unit.answers_cases:
        raise CaseError(f"{unit.name}은(는) 사안을 맡는 부서(과·담당관, 기관)가 아닙니다.")


def set_parts(case: Case, lead: Unit | None, joint: Iterable[Unit], at: dt.datetime) -> None:
    """Make these the divisions of the case: shares that end keep their text, those that stay are untouched."""
    wanted = {unit.pk: (unit, Part.Kind.JOINT) for unit in joint}
    if lead:
        wanted[lead.pk] = (lead, Part.Kind.LEAD)
    for part in case.parts.filter(active=True).order_by("-kind"):
        if wanted.get(part.unit_id, (None, None))[1] == part.kind:
            del wanted[part.unit_id]
        else:
            part.active, part.until = False, at
            part.save(update_fields=["active", "until"])
    Part.objects.bulk_create(
        Part(case=case, unit=unit, kind=kind, since=at, received_at=case.received_at)
        for unit, kind in wanted.values()
    )


@transaction.atomic
def assign(
    *, case: Case, lead: Unit, by: Viewer | None, joint: Iterable[Unit] = (), at: dt.datetime | None = None
) -> Case:
    """Give the case to a lead division and, where needed, joint ones."""
    lead, *joint = _locked_units([lead, *(unit for unit in joint if unit.pk != lead.pk)])
    case, transition = begin(case, "assign", by)
    for unit in (lead, *joint):
        _check_unit(case, unit)
    when = moment(at, not_before=case.received_at)
    set_parts(case, lead, joint, when)
    case.move(
        "assign", by=by, at=when, lead=lead.name, joint=[unit.name for unit in joint],
        changes={**entering(case, transition), "lead_id": lead.pk, "officer_id": None},
    )  # fmt: skip
    return case


@transaction.atomic
def pass_on(*, case: Case, to: Unit, reason: str, by: Viewer | None, at: dt.datetime | None = None) -> Case:
    """The lead division hands the case to the right one (이송), with a reason; joint divisions stay."""
    (to,) = _locked_units([to])
    case, transition = begin(case, "pass_on", by, reason=reason)
    _check_unit(case, to)
    if to.pk == case.lead_id:
        raise CaseError(f"{to.name}은(는) 이미 주관부서입니다.", field="to")
    when = moment(at, not_before=case.received_at)
    old = case.lead.name if case.lead else ""
    joint = [part.unit for part in case.parts.filter(active=True, kind="joint").select_related("unit")]
    set_parts(case, to, [unit for unit in joint if unit.pk != to.pk], when)
    case.move(
        "pass_on", by=by, at=when, reason=reason, out_of=old, lead=to.name,
        changes={**entering(case, transition), "lead_id": to.pk, "officer_id": None},
    )  # fmt: skip
    return case


@transaction.atomic
def return_to_planning(*, case: Case, reason: str, by: Viewer | None) -> Case:
    """The division gives the case back to planning, with a reason."""
    case, transition = begin(case, "return_to_planning", by, reason=reason)
    when = timezone.now()
    set_parts(case, None, [], when)
    case.move(
        "return_to_planning", by=by, at=when, reason=reason,
        changes={**entering(case, transition), "lead_id": None, "officer_id": None},
    )  # fmt: skip
    return case


@transaction.atomic
def start(
    *, case: Case, by: Viewer | None, officer: User | None = None, at: dt.datetime | None = None
) -> Case:
    """Take the case in hand; the officer in charge is the one who starts it, unless another is named."""
    case, transition = begin(case, "start", by)
    officer = officer or (by.user if by else None)
    case.move(
        "start", by=by, at=moment(at, not_before=case.received_at), officer=officer.label if officer else "",
        changes={**entering(case, transition), "officer_id": officer.pk if officer else None},
    )  # fmt: skip
    return case


@transaction.atomic
def pause(*, case: Case, reason: str, by: Viewer | None, at: dt.datetime | None = None) -> Case:
    """Ask the asker something and wait; the clock stops where the type's law lets it."""
    case, transition = begin(case, "pause", by, reason=reason)
    when = moment(at, not_before=case.received_at)
    changes = entering(case, transition)
    if case.term and case.case_type.state(changes["state"]).clock == Clock.STOPPED:
        changes["paused_on"] = timezone.localtime(when).date()
        try:
            case.term_data = case.term.paused_since(changes["paused_on"], reason=reason).as_json()
        except LegalTimeError as error:
            raise CaseError(str(error)) from error
    case.move("pause", by=by, at=when, reason=reason, changes=changes)
    return case


@transaction.atomic
def resume(*, case: Case, by: Viewer | None, note: str = "", at: dt.datetime | None = None) -> Case:
    """Start the clock again; the days in between do not count."""
    case, transition = begin(case, "resume", by, reason=note)
    when = moment(at, not_before=case.received_at)
    changes = {**entering(case, transition), "paused_on": None}
    if case.term and case.paused_on:
        term = case.term.resumed(timezone.localtime(when).date(), calendar=calendar(case.government))
        case.term_data, changes["due_on"] = term.as_json(), term.last_day
    case.move("resume", by=by, at=when, note=note, changes=changes)
    return case


@transaction.atomic
def withdraw(*, case: Case, reason: str, by: Viewer | None) -> Case:
    """The asker takes the case back."""
    case, transition = begin(case, "withdraw", by, reason=reason)
    case.move("withdraw", by=by, reason=reason, changes=entering(case, transition))
    return case


@transaction.atomic
def merge(*, case: Case, into: Case, reason: str, by: Viewer | None) -> Case:
    """Close the case as the same as another, which goes on and answers both."""
    if into.pk == case.pk:
        raise CaseError("자기 자신과는 병합할 수 없습니다.", field="into")
    # Both rows in key order, so that two opposite merges cannot wait for each other.
    for pk in sorted((case.pk, into.pk)):
        Case.objects.locked(pk)
    case, transition = begin(case, "merge", by, reason=reason)
    into = Case.objects.locked(into.pk)
    if into.government_id != case.government_id or into.type_code != case.type_code:
        raise CaseError("같은 기관의 같은 종류 사안끼리만 병합할 수 있습니다.", field="into")
    if not into.open or into.merged_into_id:
        raise CaseError(
            f"{into.number}은(는) 이미 끝난 사안입니다. 처리 중인 사안과 병합하십시오.", field="into"
        )
    case.move(
        "merge", by=by, reason=reason, into=into.number,
        changes={**entering(case, transition), "merged_into_id": into.pk},
    )  # fmt: skip
    into.record("merge", by=by, reason=reason, out_of=case.number)
    return case


@transaction.atomic
def reopen(*, case: Case, reason: str, by: Viewer | None) -> Case:
    """Take an answered case up again; what was delivered stays on record, the outcome is open anew."""
    case, transition = begin(case, "reopen", by, reason=reason)
    return take_up_again(case, transition, reason=reason, by=by)


def take_up_again(case: Case, transition: Transition, *, reason: str, by: Viewer | None) -> Case:
    """Back into work by the transition, whoever asked for it. The caller holds the lock."""
    case.move(
        transition.act, by=by, reason=reason, outcome_before=case.outcome,
        changes={
            **entering(case, transition), "outcome": "", "outcome_basis": "", "answered_at": None,
            "delivered_at": None, "published_at": None,
        },
    )  # fmt: skip
    return case
