"""Who asks: the person of a token, or of a browser's session. Both get the same viewer; a token's scopes narrow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import structlog
from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from sijeong.org.models import User
from sijeong.org.viewer import Request, Viewer, posts_of, viewer_for
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


def _asking(digest: str, day: dt.date) -> QuerySet[Any]:
    """The posts of the day of a living token's person, with the person and what the token says."""
    posts = posts_of(day).select_related("user", "unit")
    living = posts.filter(
        user__tokens__digest=digest, user__tokens__revoked_at=None, user__tokens__expires_on__gte=day
    )
    return living.annotate(prefix=F("user__tokens__prefix"), scopes=F("user__tokens__scopes"))


_ASKING = Prepared(_asking)


def _asker(digest: str, day: dt.date) -> tuple[User, list[Any], str, list[str]] | None:
    """Person, posts, prefix and scopes of a token that lives on the day."""
    if posts := _ASKING(digest, day):
        return posts[0].user, posts, posts[0].prefix, posts[0].scopes
    # Of somebody who holds no post, or of nobody.
    found = Token.objects.filter(digest=digest).select_related("user").first()
    return (found.user, [], found.prefix, found.scopes) if found and found.works(day) else None


class Bearer(HttpBearer):
    """``Authorization: Bearer sijeong_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The token's person, while the token lives and the person's account is open."""
        digest, today = digest_of(token), timezone.localdate()
        found = _asker(digest, today)
        if found is None or not found[0].is_active:
            return None
        user, posts, prefix, scopes = found
        if wait := seconds_to_wait(digest):
            raise Problem(Kind.THROTTLED, headers={"Retry-After": str(wait)})
        if user.password_is_temporary:
            raise Problem(Kind.PASSWORD)
        structlog.contextvars.bind_contextvars(user=user.pk, token=prefix)
        return admitted(request, viewer_for(user, today, posts), known(scopes))


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
