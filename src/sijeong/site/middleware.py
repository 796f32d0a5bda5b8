"""What happens around every request."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from sijeong.org.viewer import viewer_for

log = structlog.get_logger("sijeong.request")
Answer = Callable[[HttpRequest], HttpResponseBase]
ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Open without signing in: by first part of the path. Everything else is behind the sign-in.
OPEN = ("account", "health", "static", "about", "unsubscribe")


class RequestId:
    """Gives each request an id (or keeps the proxy's), answers with it, and writes the request's one log line."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        match = request.resolver_match
        if not (match and match.url_name in {"live", "ready"}):
            log.info(
                "request",
                method=request.method,
                route=match.route if match else "(none)",
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
        return response


class SignedIn:
    """Puts the viewer on the request, and sends who is not signed in to the sign-in page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            request.viewer = viewer_for(request.user, timezone.localdate())  # type: ignore[attr-defined]
            structlog.contextvars.bind_contextvars(user=request.user.pk)
            if request.user.password_is_temporary and request.path.split("/")[1] not in OPEN:
                return redirect("account_change_password")
        elif request.path.split("/")[1] not in OPEN:
            if request.htmx:  # type: ignore[attr-defined]
                return HttpResponse(status=401, headers={"HX-Refresh": "true"})
            return redirect(f"/account/login/?next={request.path}")
        return self.get_response(request)
