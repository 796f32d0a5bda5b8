"""A person's notices for other systems: what the bell shows, and taking note of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.cases.sight import seen
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Moment, PathKey, line, one_of
from sijeong.notices import access, actions
from sijeong.notices.kinds import KINDS, Channel
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


KindAsked = one_of(["", *KINDS])


class NoticesAsked(Schema):
    """The page's filters."""

    unread: bool = False
    kind: KindAsked = ""  # type: ignore[valid-type]
    after: line(200) = Field("", description="앞 쪽의 next가 주는 열쇠")  # type: ignore[valid-type]


@reads(router, "/notices", "내 알림", scope=Scope.NOTICES, gives=Notices)
def notices(request: Asking, asked: Query[NoticesAsked]) -> HttpResponse:
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


class ChannelShape(Schema):
    kind: str
    channel: str
    on: bool
    binding: bool


class ChoicesShape(Schema):
    """Which kinds come by which channel; ``binding``: its notice on the page cannot be switched off."""

    choices: list[ChannelShape]


class Choose(Body):
    kind: one_of(KINDS)  # type: ignore[valid-type]
    channel: Channel
    on: bool = Field(strict=True)


class Chosen(Body):
    choices: list[Choose] = Field(min_length=1, max_length=100)


class Until(Body):
    until: Moment = Field(description="이때까지 온 알림. 그 뒤에 온 것은 그대로 남는다")


class Marked(Schema):
    read: int


@writes(router, "/notices/read", "모두 읽음", scope=Scope.NOTICES, gives=Marked, status=200)
def notices_read(request: Asking, told: Until) -> HttpResponse:
    """Take note of all that came until a moment."""
    until = told.until if timezone.is_aware(told.until) else timezone.make_aware(told.until)
    return answer({"read": actions.mark_all_read(person=request.viewer.user, until=until)})


@reads(router, "/notices/choices", "알림 설정", scope=Scope.NOTICES, gives=ChoicesShape)
def notice_choices(request: Asking) -> HttpResponse:
    """Which kinds of notices come by which channel."""
    return _choices(request)


@writes(router, "/notices/choices", "알림 설정 바꾸기", scope=Scope.NOTICES, gives=ChoicesShape, status=200)
def notice_choose(request: Asking, chosen: Chosen) -> HttpResponse:
    """Choose; what is not named stays as it was."""
    told = {(one.kind, one.channel.value): one.on for one in chosen.choices}
    actions.choose(person=request.viewer.user, chosen=told, by=request.viewer)
    return _choices(request)


def _choices(request: Asking) -> HttpResponse:
    chosen = access.choices(request.viewer)
    told = [
        {
            "kind": kind.code, "channel": way.value, "on": kind.is_on(way, chosen.get((kind.code, way))),
            "binding": kind.binding and way == Channel.HERE,
        }
        for kind in KINDS.values() for way in Channel
    ]  # fmt: skip
    return answer({"choices": told})


def _told(one: Shown) -> dict[str, Any]:
    notice = one.notice
    return {
        "id": notice.pk, "kind": notice.kind, "made_at": notice.made_at, "read_at": notice.read_at,
        "visible": one.visible, "title": (notice.title or notice.subject) if one.visible else "",
        "text": notice.text if one.visible else "", "address": notice.address if one.visible else "",
        "lines": [told.text for told in one.lines],
    }  # fmt: skip
