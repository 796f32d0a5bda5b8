"""Due dates as calendars other programs subscribe to (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import Q
from django.utils import timezone
from icalendar import Calendar, Event

from sijeong.cases.models import Case, FollowUp
from sijeong.org.models import Government
from sijeong.org.viewer import Viewer

from . import access
from .models import PublicFollowUp

DAY = dt.timedelta(days=1)
KEPT = dt.timedelta(days=365)
Address = Callable[[str], str]


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//sijeong//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Seoul")
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"value": "DURATION"})
    return calendar


def _event(uid: str, day: dt.date, *, title: str, text: str, url: str, changed: dt.datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", title)
    event.add("description", text)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def public_calendar(government: Government, address: Address, host: str, today: dt.date) -> bytes:
    """Follow-ups promised in public answers, of the last year and all to come."""
    calendar = _calendar(f"{government.name} 답변에서 약속한 일")
    rows = PublicFollowUp.objects.filter(
        public__in=access.public_cases(government), follow_up__due_on__gte=today - KEPT
    ).select_related("public", "follow_up__unit")
    for promise in rows.order_by("follow_up__due_on", "pk").iterator(500):
        kept, public = promise.follow_up, promise.public
        state = kept.get_state_display()
        event = _event(
            f"public-{kept.pk}@{host}", kept.due_on, title=f"[{state}] {promise.text}",
            text=f"{public.title}\n{kept.unit.name} · {state}", url=address(public.number), changed=public.changed_at,
        )  # fmt: skip
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def own_calendar(viewer: Viewer, address: Address, host: str) -> bytes:
    """The open cases and promises of one person: what they handle, what they asked, whatever their rights show today."""
    calendar = _calendar(f"{viewer.user.name}의 기한")
    for case in _own_cases(viewer):
        assert case.due_on is not None  # noqa: S101 - the query says so
        event = _event(
            f"case-{case.pk}@{host}", case.due_on, title=f"[기한] {case.title}",
            text=f"{case.type.name} · {case.lead.name if case.lead else '배정 전'}", url=address(case.number),
            changed=case.received_at,
        )  # fmt: skip
        calendar.add_component(event)
    for promise in _own_promises(viewer):
        event = _event(
            f"follow-up-{promise.pk}@{host}", promise.due_on, title=f"[이행] {promise.text}", text=promise.case.title,
            url=address(promise.case.number), changed=promise.case.delivered_at or timezone.now(),
        )  # fmt: skip
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _own_cases(viewer: Viewer) -> Iterable[Case]:
    mine = Q(officer_id=viewer.pk) | Q(asker_id__in=viewer.members)
    cases = Case.objects.visible_to(viewer).filter(mine, open=True, paused_on=None, due_on__isnull=False)
    return cases.select_related("type", "lead").order_by("due_on", "pk")[:2000]


def _own_promises(viewer: Viewer) -> Iterable[FollowUp]:
    mine = Q(owner_id=viewer.pk) | Q(case__asker_id__in=viewer.members)
    seen = Case.objects.visible_to(viewer).values("pk")
    rows = FollowUp.objects.filter(mine, state=FollowUp.State.OPEN, case__in=seen)
    return rows.select_related("case").order_by("due_on", "pk")[:2000]
