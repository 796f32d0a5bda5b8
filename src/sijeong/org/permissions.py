"""Who may what in this room. Which rows they may see at all is the business of ``access``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from .models import Role, User
from .viewer import Request, Viewer

View = Callable[..., HttpResponse]


def may_administer(viewer: Viewer) -> bool:
    """Accounts, posts, quotas and new units."""
    return viewer.has(Role.ADMINISTRATOR)


def may_set_absence(viewer: Viewer, user: User) -> bool:
    """Heads say who decides for them; an administrator says it for a head who cannot."""
    if user.government_id != viewer.government_id:
        return False
    return may_administer(viewer) or (user.pk == viewer.pk and bool(viewer.headed))


def administrators_only(view: View) -> View:
    """Refuse everyone else before any row is looked for, so that the refusal tells nothing of what exists."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_administer(request.viewer):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
