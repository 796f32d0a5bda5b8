"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The viewer, whether this is the demo, and the path for the menu's mark."""
    viewer = getattr(request, "viewer", None)
    return {"viewer": viewer, "demo": settings.MODE == "demo", "path": request.path}
