"""The secret addresses under which a calendar reads a person's own due dates: made, listed, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Router, Schema

from sijeong.cases.api.forming import refusals
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, PathKey, line

from .. import access, actions
from ..models import CalendarKey

router = Router(tags=["내 달력"])
SCOPE = Scope.CALENDAR


class KeyMade(Body):
    name: line(40) = ""  # type: ignore[valid-type]


class KeyShape(Schema):
    """An address by its name; what it is itself is told once, when it is made."""

    id: int
    name: str
    made_at: dt.datetime
    revoked_at: dt.datetime | None


class NewKey(KeyShape):
    """``address`` is the iCalendar address. It is kept nowhere: told again (the same Idempotency-Key), it is null."""

    address: str | None


class Keys(Schema):
    keys: list[KeyShape]


def _told(key: CalendarKey) -> dict[str, Any]:
    return {"id": key.pk, "name": key.name, "made_at": key.made_at, "revoked_at": key.revoked_at}


@reads(router, "/calendar-keys", "내 달력 주소", scope=SCOPE, gives=Keys)
def calendar_keys(request: Asking) -> HttpResponse:
    """The asker's own, the newest first; those taken back too."""
    return answer({"keys": [_told(key) for key in access.calendar_keys(request.viewer)]})


@writes(router, "/calendar-keys", "달력 주소 만들기", scope=SCOPE, gives=NewKey, told_once="address")
def calendar_key_make(request: Asking, told: KeyMade) -> HttpResponse:
    """A new address. Whoever has it reads the due dates, without signing in, until it is taken back."""
    with refusals():
        secret = actions.make_key(name=told.name, by=request.viewer)
    key = access.calendar_keys(request.viewer)[0]
    address = request.build_absolute_uri(reverse("own_calendar", args=[secret]))
    return answer(_told(key) | {"address": address}, status=201)


@writes(router, "/calendar-keys/{key}/revoke", "달력 주소 거두기", scope=SCOPE, gives=KeyShape, status=200)
def calendar_key_revoke(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """From now on the address is not there. A second time changes nothing."""
    found = access.calendar_key(request.viewer, key)
    actions.revoke_key(key=found, by=request.viewer)
    found.refresh_from_db()
    return answer(_told(found))
