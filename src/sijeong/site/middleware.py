"""What happens around every request."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

import structlog
from allauth.usersessions.middleware import UserSessionsMiddleware
from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect

from sijeong.cleaned import cleaned
from sijeong.documents.actions import limit_told
from sijeong.links.problems import MEDIA, Kind, Problem, of_status
from sijeong.org.signed_in import person
from sijeong.org.viewer import viewer_for

from .views import bare_problem, no_page, page_of

log = structlog.get_logger("sijeong.request")
Answer = Callable[[HttpRequest], HttpResponseBase]
ID = re.compile(r"[A-Za-z0-9-]{8,64}")
API = "/api/v1/"
MINUTE = 60.0
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
# Open without signing in: by first part of the path. Everything else is behind the sign-in.
OPEN = (
    "account", "health", "static", "about", "unsubscribe", "public", "ical", "sitemap.xml", "robots.txt"
)  # fmt: skip


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


class ApiProblems:
    """Whatever refuses a program's request, a program is told in its own way: problem details, never a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith(API):
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA):
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        told = of_status(response.status_code)
        told.headers |= kept
        return told.response()


class ContentPolicy:
    """Says which sources a page may use: the same of every page, so it is put together once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class Head:
    """Answers HEAD as GET would be, without what GET would give (RFC 9110 9.3.2), for pages, files and programs alike."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = request.META["REQUEST_METHOD"] = "GET"
        response = self.get_response(request)
        request.method = "HEAD"  # as the log has it
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = []
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class BodyLimit:
    """Refuses what is larger than the largest file before a byte of it is read."""

    FORM = 1024 * 1024  # what a form weighs beside its file

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if not told.isdecimal() or int(told) <= settings.UPLOAD_LIMIT + self.FORM:
            return self.get_response(request)
        text = (
            f"보낸 것이 {limit_told()}를 넘어 받지 않았습니다. 앞 화면으로 돌아가 파일을 나누어 올리십시오."
        )
        response = bare_problem(413, "파일이 너무 큽니다", text)
        response["Connection"] = "close"
        return response


class Typed:
    """Takes what was typed or pasted into a form as it is kept (``sijeong.cleaned``), before any view or form sees it.

    A password stays as it is: nobody sees it, and it must open what it once opened.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *called: object) -> None:
        if request.method != "POST" or request.content_type not in FORMS:
            return
        told = request.POST.copy()
        for name, values in request.POST.lists():
            if "password" not in name:
                told.setlist(name, [cleaned(value) for value in values])
        told._mutable = False
        request.POST = told  # type: ignore[assignment]


class Uploads:
    """Tells a script that sent a form with a file where to go: it could not follow without reading the page, and its
    messages, away from who sent it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 302 and "X-Upload" in request.headers:
            response.status_code = 204
        return response


class Seen(UserSessionsMiddleware):
    """Keeps when a session was last seen, to the minute: a write for every page would cost more than the page."""

    KEPT = 10_000

    def __init__(self, get_response: Answer) -> None:
        super().__init__(get_response)
        self.told: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key, now = request.session.session_key, time.monotonic()
        if key is None or now - self.told.get(key, -MINUTE) < MINUTE:
            return self.get_response(request)
        if len(self.told) >= self.KEPT:
            self.told.clear()
        self.told[key] = now
        response: HttpResponseBase = super().__call__(request)
        return response


class SignedIn:
    """Puts the viewer on the request, and sends who is not signed in to the sign-in page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        to_api = request.path.startswith(API)
        if to_api and "Authorization" in request.headers:
            return self.get_response(request)  # a token's request is nobody's session
        request.user, posts = person(request)
        if request.user.is_authenticated:
            request.viewer = viewer_for(request.user, request.session.day, posts)  # type: ignore[attr-defined]
            structlog.contextvars.bind_contextvars(user=request.user.pk)
            if request.user.password_is_temporary and request.path.split("/")[1] not in OPEN:
                if to_api:
                    return Problem(Kind.PASSWORD).response()
                return redirect("account_change_password")
        elif request.path.split("/")[1] not in OPEN and not to_api:
            return _to_sign_in(request)
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not to_api:
            return no_page(request, response["Allow"])
        return response


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there on to what was seen."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect(f"/account/login/?{urlencode({'next': page_of(request)}, safe='/')}")
