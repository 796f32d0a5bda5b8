"""What every page knows."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sijeong.cases.at_hand import at_hand

from . import unforged
from .demo.loading import signins


def site(request: HttpRequest) -> dict[str, Any]:
    """The viewer, how much waits for them, whether this is the demo, and the path for the menu's mark."""
    viewer = getattr(request, "viewer", None)
    demo = settings.MODE == "demo"
    # Every page behind the sign-in has a form; one before it may have none, and then sets no cookie.
    token = unforged.token(request) if viewer else SimpleLazyObject(partial(unforged.token, request))
    return {
        "csrf_token": token,
        "csrf_input": unforged.field(token) if viewer else SimpleLazyObject(partial(unforged.field, token)),
        "viewer": viewer,
        "at_hand": at_hand(request) if viewer else None,
        "demo": demo,
        "demo_signins": signins() if demo and not viewer else [],
        "path": request.path,
    }
