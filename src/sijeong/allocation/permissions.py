"""Who may do what with a round. Who stands how to it is decided here; what its state allows, in ``actions``."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from sijeong.org.models import Role
from sijeong.org.viewer import Viewer

from .models import Round

WORKERS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.BUREAU_HEAD)
# Acts of those who prepare a round, and of those who sign for the division.
PREPARING = frozenset({"bring", "freeze", "thaw", "solve", "cancel", "undo", "submit", "follow"})
SIGNING = frozenset({"release", "send_back"})


def sees_room(viewer: Viewer) -> bool:
    """Council members and their aides read released allocations in public like everyone."""
    return viewer.sees_government or viewer.has(*WORKERS)


def may_found(viewer: Viewer) -> bool:
    """New rounds and definitions: anyone who works in a division, for that division."""
    return bool(viewer.units) and viewer.has(*WORKERS)


def may(viewer: Viewer, act: str, found: Round) -> bool:
    if viewer.government_id != found.government_id:
        return False
    if act in SIGNING:
        return found.unit_id in viewer.headed or found.unit_id in viewer.deputised
    return act in PREPARING and found.unit_id in viewer.units


def require(viewer: Viewer, act: str, found: Round) -> None:
    """PermissionDenied unless the viewer may do the act in some state of the round."""
    if not may(viewer, act, found):
        raise PermissionDenied
