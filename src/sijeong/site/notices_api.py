"""A person's notices for other systems: what the bell shows, and taking note of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.cases.sight import seen
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.scopes import Scope
from sijeong.links.shapes import PathKey, line
from sijeong.notices import access, actions
from sijeong.notices.listing import Shown, page, shown

router = Router(tags=["알림"])


class NoticeShape(Schema):
    """A notice; of what the asker may no longer see, only that there was one (``visible`` false)."""

    id: int
    kind: str
    made_at: dt.datetime
    read_at: dt.datetime | None
    visible: bool
    title: str
    text: str
    address: str
    lines: list[str]


class Notices(Schema):
    notices: list[NoticeShape]
    next: str | None


class Read(Schema):
    id: int
    read: bool


class Asked(Schema):
    """The page's filters."""

    unread: bool = False
    kind: line(40) = ""  # type: ignore[valid-type]
    after: line(200) = Field("", description="앞 쪽의 next가 주는 열쇠")  # type: ignore[valid-type]


@reads(router, "/notices", "내 알림", scope=Scope.NOTICES, gives=Notices)
def notices(request: Asking, asked: Query[Asked]) -> HttpResponse:
    """The asker's notices, the newest first."""
    found = page(access.notices(request.viewer), unread=asked.unread, kind=asked.kind, after=asked.after)
    visible = seen(request.viewer.user, found.abouts)
    query = {"unread": asked.unread, "kind": asked.kind, "after": found.next}
    more = f"{request.path}?{urlencode(query)}" if found.next else None
    return answer({"notices": [_told(shown(one, visible)) for one in found.notices], "next": more})


@writes(router, "/notices/{key}/read", "알림 읽음", scope=Scope.NOTICES, gives=Read, status=200)
def notice_read(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """Take note of one; a second time changes nothing."""
    actions.mark_read(notice=access.notice(request.viewer, key))
    return answer({"id": key, "read": True})


def _told(one: Shown) -> dict[str, Any]:
    notice = one.notice
    return {
        "id": notice.pk, "kind": notice.kind, "made_at": notice.made_at, "read_at": notice.read_at,
        "visible": one.visible, "title": (notice.title or notice.subject) if one.visible else "",
        "text": notice.text if one.visible else "", "address": notice.address if one.visible else "",
        "lines": [told.text for told in one.lines],
    }  # fmt: skip
