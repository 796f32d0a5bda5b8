"""Who asks: the person of a token, or of a browser's session. Both get the same viewer; a token's scopes narrow."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from sijeong.org.viewer import Request, Viewer, viewer_for
from sijeong.prepared import Prepared

from .actions import digest_of
from .models import Token
from .problems import Kind, Problem
from .rates import seconds_to_wait
from .scopes import Scope, known


class Asking(Request):
    """A request behind the API's door."""

    scopes: frozenset[str]
    method: str


_TOKEN = Prepared(lambda digest: Token.objects.filter(digest=digest).select_related("user__government"))


class Bearer(HttpBearer):
    """``Authorization: Bearer sijeong_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The token's person, while the token lives and the person's account is open."""
        found = _TOKEN.first(digest_of(token))
        today = timezone.localdate()
        if found is None or not found.works(today) or not found.user.is_active:
            return None
        if wait := seconds_to_wait(found):
            raise Problem(Kind.THROTTLED, headers={"Retry-After": str(wait)})
        if found.user.password_is_temporary:
            raise Problem(Kind.PASSWORD)
        structlog.contextvars.bind_contextvars(user=found.user_id, token=found.prefix)
        return admitted(request, viewer_for(found.user, today), known(found.scopes))


class Session(APIKeyCookie):
    """The browser's own sign-in, which the site's middleware has read; writes prove that a page of ours sent them."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        # Who sends a token means it: a session that comes along by chance does not stand in for a dead one.
        viewer = getattr(request, "viewer", None)
        if viewer is None or "Authorization" in request.headers:
            return None
        if check_csrf(request):
            raise Problem(Kind.CSRF)
        return admitted(request, viewer, frozenset(Scope))

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Never asked: the session was read before."""
        raise NotImplementedError


def admitted(request: HttpRequest, viewer: Viewer, scopes: frozenset[str]) -> Viewer:
    """Put the viewer and what the token is for on the request."""
    request.viewer, request.scopes = viewer, scopes  # type: ignore[attr-defined]
    return viewer


def require_scope(request: Asking, scope: str | None) -> None:
    """Raises Problem where the token was not made for this."""
    if scope and scope not in request.scopes:
        raise Problem(Kind.SCOPE_MISSING, f"이 요청에는 {scope} 범위가 필요합니다.", scope=scope)
