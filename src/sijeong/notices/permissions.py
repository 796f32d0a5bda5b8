"""Who may do what with notices: everyone with their own, administrators with mails that could not be sent."""

from __future__ import annotations

from sijeong.org.models import Role
from sijeong.org.viewer import Viewer


def may_see_undelivered(viewer: Viewer) -> bool:
    return viewer.has(Role.ADMINISTRATOR)
