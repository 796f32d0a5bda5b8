"""Who a browser's session is of, asked for with every page: as Django and allauth do it, by statements kept ready."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from sijeong.prepared import Prepared

from .models import User


def _session(key: str, now: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


def _user(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


SESSION, USER = Prepared(_session), Prepared(_user)


class SessionStore(DatabaseStore):
    """Sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = SESSION.first(self.session_key, timezone.now())
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):
    """Accounts and their passwords."""

    def get_user(self, user_id: Any) -> User | None:
        found = USER.first(int(user_id))
        return found if found and self.user_can_authenticate(found) else None
