"""Who may do what with meetings."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from sijeong.org.models import Role
from sijeong.org.viewer import Viewer

from .models import Meeting


def may_record(viewer: Viewer) -> bool:
    """New meetings: planning for anyone, divisions for their own."""
    return viewer.has(Role.PLANNING_OFFICER) or bool(viewer.units)


def require_record(viewer: Viewer) -> None:
    if not may_record(viewer):
        raise PermissionDenied


def may_edit(viewer: Viewer, meeting: Meeting) -> bool:
    """Planning, and the units that took part."""
    if viewer.government_id != meeting.government_id:
        return False
    return viewer.has(Role.PLANNING_OFFICER) or any(unit.pk in viewer.units for unit in meeting.units.all())


def require_edit(viewer: Viewer, meeting: Meeting) -> None:
    if not may_edit(viewer, meeting):
        raise PermissionDenied
