"""Who may do what to a case. Who stands how to it is decided here; what the state allows, in its type."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Viewer

from .models import Case, OutcomeBasis


def relations(viewer: Viewer, case: Case) -> set[str]:
    """How the viewer stands to the case, in the words case types use (``who``)."""
    stands: set[str] = set()
    if viewer.government_id != case.government_id:
        return stands
    if viewer.has(Role.PLANNING_OFFICER):
        stands.add("planning")
    if viewer.has(Role.ADMINISTRATOR):
        stands.add("administrator")
    for part in case.parts.all():
        if part.active and part.unit_id in viewer.units:
            stands.add(f"{part.kind}_officer")
            if part.unit_id in viewer.headed or part.unit_id in viewer.deputised:
                stands.add(f"{part.kind}_head")
    if case.asker_id in viewer.members or (
        case.asker_unit_id and case.asker_unit_id in viewer.committees | viewer.units
    ):
        stands.add("asker")
    return stands


def allowed_acts(viewer: Viewer, case: Case) -> set[str]:
    """The acts that this viewer may do to the case as it stands."""
    stands = relations(viewer, case)
    acts = {str(t.act) for t in case.case_type.acts_from(case.state) if stands.intersection(t.who)}
    # What a source merely states has no signed answer to deliver: it is taken up again and answered here.
    never = {"deliver"} if case.outcome_basis == OutcomeBasis.SOURCE else set()
    never |= {"ask_extension"} if case.extension_asked_at else {"refuse_extension"}
    if not case.extendable(viewer.day):
        never |= {"ask_extension", "extend"}
    return acts - never


def may(viewer: Viewer, act: str, case: Case) -> bool:
    return act in allowed_acts(viewer, case)


def require_part(viewer: Viewer, case: Case, act: str) -> None:
    """PermissionDenied unless the act is, in some state of the type, one of somebody who stands so to the case.

    Where the type does not have the act at all, whoever has a part in the case is told that, not refused.
    """
    stands = relations(viewer, case)
    ever = {who for t in case.case_type.transitions if t.act == act for who in t.who}
    if not stands or (ever and not stands & ever):
        raise PermissionDenied


def require_relation(viewer: Viewer, case: Case, *who: str) -> None:
    """PermissionDenied unless the viewer stands to the case in one of these ways."""
    if not relations(viewer, case).intersection(who):
        raise PermissionDenied


def may_intake(viewer: Viewer) -> bool:
    """New cases: planning for anyone, members and aides for themselves, divisions for what is theirs to ask."""
    return viewer.has(
        Role.PLANNING_OFFICER, Role.COUNCIL_MEMBER, Role.AIDE, Role.DIVISION_OFFICER, Role.DIVISION_HEAD
    )


def may_keep_templates(viewer: Viewer, unit: Unit | None) -> bool:
    """Templates of a division: its officers and head; those of all divisions: planning."""
    if unit is None:
        return viewer.has(Role.PLANNING_OFFICER)
    return unit.pk in viewer.units and unit.government_id == viewer.government_id


def may_import(viewer: Viewer) -> bool:
    return viewer.has(Role.PLANNING_OFFICER)


def may_reorganise(viewer: Viewer) -> bool:
    return viewer.has(Role.ADMINISTRATOR, Role.PLANNING_OFFICER)


def may_recalendar(viewer: Viewer) -> bool:
    """Move all open due dates to a new state of the holiday calendar."""
    return viewer.has(Role.ADMINISTRATOR, Role.PLANNING_OFFICER)
