"""Who may what in this room. Which rows they may see at all is the business of ``access``."""

from __future__ import annotations

from .models import Role, User
from .viewer import Viewer


def may_administer(viewer: Viewer) -> bool:
    """Accounts, posts, quotas and reorganisation."""
    return viewer.has(Role.ADMINISTRATOR)


def may_set_absence(viewer: Viewer, user: User) -> bool:
    """Heads say who decides for them; an administrator says it for a head who cannot."""
    if user.government_id != viewer.government_id:
        return False
    return may_administer(viewer) or (user.pk == viewer.pk and bool(viewer.headed))
