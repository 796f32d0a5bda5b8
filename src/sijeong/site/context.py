"""What every page knows."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sijeong.cases.work import waiting_count
from sijeong.notices.access import unread

from .demo.loading import signins


def site(request: HttpRequest) -> dict[str, Any]:
    """The viewer, how much waits for them, whether this is the demo, and the path for the menu's mark."""
    viewer = getattr(request, "viewer", None)
    demo = settings.MODE == "demo"
    return {
        "viewer": viewer,
        "my_work": waiting_count(viewer) if viewer else 0,
        "unread": partial(unread, viewer) if viewer else int,
        "demo": demo,
        "demo_signins": signins() if demo and not viewer else [],
        "path": request.path,
    }
