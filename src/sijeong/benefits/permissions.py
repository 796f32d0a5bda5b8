"""Who may do what with applications and simulations."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from sijeong.cases.permissions import relations
from sijeong.org.models import Role
from sijeong.org.viewer import Viewer

from .models import Application

OFFICE = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
READERS = (Role.PLANNING_OFFICER, Role.MAYORS_OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)
LEAD = {"lead_officer", "lead_head"}


def may_receive(viewer: Viewer) -> bool:
    """Take an application at the counter."""
    return viewer.has(*OFFICE)


def may_simulate(viewer: Viewer) -> bool:
    return viewer.has(*OFFICE, Role.BUREAU_HEAD, Role.PLANNING_OFFICER)


def may_read(viewer: Viewer) -> bool:
    """See the desk of benefits and its simulations: whoever works for the government, not council members."""
    return viewer.has(*OFFICE, Role.BUREAU_HEAD, *READERS)


def handles(viewer: Viewer, application: Application) -> bool:
    """Whether the division of the viewer leads the case: who decides and pays."""
    return bool(relations(viewer, application.case) & LEAD)


def sees_person(viewer: Viewer, application: Application) -> bool:
    """Name, birth, phone and account unmasked: only those who need them to decide and to pay."""
    return handles(viewer, application)


def require(allowed: bool) -> None:
    """PermissionDenied unless allowed."""
    if not allowed:
        raise PermissionDenied
