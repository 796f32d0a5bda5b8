"""Who a browser's session is of: session, account and posts of the day in one statement, asked with every page."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core import signing
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from sijeong.prepared import Prepared

from .models import Session, User
from .viewer import posts_of


def _signed_in(key: str, now: dt.datetime, day: dt.date) -> QuerySet[Any]:
    posts = posts_of(day).filter(user__sessions__session_key=key, user__sessions__expire_date__gt=now)
    return posts.select_related("user", "unit").annotate(session_data=F("user__sessions__session_data"))


SIGNED_IN = Prepared(_signed_in)


@lru_cache(maxsize=1024)
def _unsealed(text: str | bytes, salt: str) -> str:
    """What a session holds, whose seal is found to be ours: the same of the same text, however often it is asked."""
    return json.dumps(signing.loads(text, salt=salt))  # type: ignore[arg-type]  # as Django calls it


class SessionStore(DatabaseStore):
    """Sessions in the database. ``posts``: those of the session's person on ``day``, with the person; None where it has
    none."""

    posts: list[Any] | None = None
    day: dt.date

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.user_id = data.get(SESSION_KEY)
        return session

    def load(self) -> dict[str, Any]:
        self.day = timezone.localdate()
        self.posts = SIGNED_IN(self.session_key, timezone.now(), self.day) or None
        return dict(self.decode(self.posts[0].session_data) if self.posts else super().load())

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", json.loads(_unsealed(session_data, self.key_salt)))
        except (signing.BadSignature, ValueError):
            return dict(super().decode(session_data))  # which says so and gives an empty one


def person(request: HttpRequest) -> tuple[User | AnonymousUser, list[Any] | None]:
    """Django's ``get_user``, and the person's posts of the day where they came with the session.

    The account that came with it is who signed in, if all holds that Django asks: that the session was made by a way
    of signing in that is still open, and with the password of now. Where anything does not, Django decides.
    """
    session: SessionBase = request.session
    told = session.get(SESSION_KEY)  # by this it is loaded
    posts: list[Any] | None = getattr(session, "posts", None)
    if posts:
        user: User = posts[0].user
        if (
            str(user.pk) == told
            and user.is_active
            and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
            and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        ):
            return user, posts
    return get_user(request), None
