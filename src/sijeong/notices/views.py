"""One's notices, what one chose, and the mails that could not be sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.org.address import Address
from sijeong.org.viewer import Request

from . import access, actions, stopping
from .kinds import KINDS, Channel
from .listing import page
from .models import Subscription
from .permissions import may_see_undelivered
from .sending import Sight

SHOWN = 100


@require_GET
def listed(request: Request, *, sight: Sight) -> HttpResponse:
    """The viewer's notices, the newest first; of what they may no longer see, only that there was something."""
    asked = Address(request.GET)
    unread = asked.choice("unread", "읽지 않은 것만", {"1"}) == "1"
    kind = asked.choice("kind", "종류", KINDS)
    after = request.GET.get("after", "")
    found = page(access.notices(request.viewer), unread=unread, kind=kind, after=after)
    query = request.GET.copy()
    query.pop("after", None)
    facts = {
        "page": found, "days": found.by_day(sight(request.viewer.user, found.abouts)), "kinds": KINDS, "kind": kind, "unread": unread, "misread": asked.misread,
        "now": timezone.now(), "query": query.urlencode(), "first": not after,
    }  # fmt: skip
    return render(request, "notices/notices.html", facts)


@require_GET
def opened(request: Request, pk: int) -> HttpResponse:
    """To what the notice tells of; it is read then."""
    notice = access.notice(request.viewer, pk)
    actions.mark_read(notice=notice)
    return redirect(notice.address)


@require_POST
def read(request: Request) -> HttpResponse:
    """Mark one read, or all that the page was made with."""
    if one := request.POST.get("notice", ""):
        actions.mark_read(
            notice=access.notice(request.viewer, int(one) if one.isdecimal() and len(one) < 19 else 0)
        )
    elif until := _moment(request.POST.get("until", "")):
        actions.mark_all_read(person=request.viewer.user, until=until)
    back = request.POST.get("query", "")
    return redirect(reverse("notices") + (f"?{back}" if back else ""))


def _moment(text: str) -> Any:
    try:
        told = parse_datetime(text)
    except ValueError:
        return None
    # Years that a database reckons with in any zone.
    return told if told and timezone.is_aware(told) and dt.MINYEAR < told.year < dt.MAXYEAR else None


@require_GET
def bell(request: Request) -> HttpResponse:
    """The bell of every page, as it is now."""
    return render(request, "notices/bell.html", {"waiting": access.unread(request.viewer)})


@require_http_methods(["GET", "POST"])
def choices(request: Request) -> HttpResponse:
    """Which kinds come by which channel, and what one is subscribed to."""
    person = request.viewer.user
    if request.method == "POST":
        told = {(kind, way.value): f"{kind}.{way}" in request.POST for kind in KINDS for way in _ways()}
        actions.choose(person=person, chosen=told, by=request.viewer)
        messages.success(request, "알림 설정을 저장했습니다.")
        return redirect("notice_choices")
    chosen = access.choices(request.viewer)
    facts = {
        "rows": [(k, [(way, k.is_on(way, chosen.get((k.code, way)))) for way in Channel]) for k in KINDS.values()],
        "mail": settings.MAIL, "subscriptions": Subscription.objects.filter(person=person)[:SHOWN],
    }  # fmt: skip
    return render(request, "notices/choices.html", facts)


def _ways() -> list[Channel]:
    """The channels that the page offers: without a mail server nothing is said of mail, and nothing changed."""
    return list(Channel) if settings.MAIL else [Channel.HERE]


@require_POST
def unsubscribe(request: Request, pk: int) -> HttpResponse:
    """End one of one's own subscriptions."""
    held = Subscription.objects.filter(person_id=request.viewer.pk, pk=pk).first()
    if held:
        actions.unsubscribe(person=request.viewer.user, subject=held.subject, by=request.viewer)
        messages.success(request, f"{held.label} 구독을 그만두었습니다.")
    return redirect("notice_choices")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail, without signing in: asked by its reader's click, done at once by a mail program (RFC 8058).

    Opening the address alone changes nothing: mail servers open links to look at them.
    """
    found = stopping.read(token)
    if found is None:
        return render(request, "notices/stop.html", {"stop": None, "done": False}, status=404)
    if request.method == "POST":
        found.carry_out()
    return render(request, "notices/stop.html", {"stop": found, "done": request.method == "POST"})


@require_http_methods(["GET", "POST"])
def undelivered(request: Request) -> HttpResponse:
    """Mails that were given up, each with why; sent again when asked."""
    if not may_see_undelivered(request.viewer):
        raise PermissionDenied
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("delivery") if key.isdecimal() and len(key) < 19]
        done = actions.send_again(
            government=request.viewer.user.government, deliveries=keys, by=request.viewer
        )
        messages.success(request, f"메일 {done}건을 다시 보냅니다.")
        return redirect("undelivered")
    dead = access.undelivered(request.viewer)
    facts = {"deliveries": dead[:SHOWN], "count": dead.count(), "mail": settings.MAIL}
    return render(request, "notices/undelivered.html", facts)
