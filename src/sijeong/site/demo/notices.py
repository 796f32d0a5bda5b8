"""What the demo's people were told: by the same acts and the same daily look as everywhere."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.terms import calendar
from sijeong.notices.actions import mark_all_read, subscribe
from sijeong.org.models import User

from .organisation import DemoCity

LISTENING = ("auditor", "mayor")
# Everything older than this the demo's own accounts have read.
READ_UNTIL = dt.timedelta(days=2)


def listen(city: DemoCity) -> None:
    """The audit office and the mayor's follow what the demo's member asks."""
    member = city.members[0]
    for person in User.objects.filter(username__in=LISTENING):
        subscribe(
            person=person, subject=f"asker:{member.pk}", label=f"{member.name} 의원의 모든 사안",
            address=f"{reverse('cases')}?scope=all&q={member.name}", by=person,
        )  # fmt: skip


def lay(city: DemoCity, usernames: list[str]) -> None:
    """Remind of today, and of the last working day where today is none; then let the old ones be read."""
    today, days = timezone.localdate(), calendar(city.government)
    worked = today
    while days.is_off(worked):
        worked -= dt.timedelta(days=1)
    for day in sorted({worked, today}):
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(8, 5)))
        actions.remind(government=city.government, day=day, at=min(at, timezone.now()))
    for person in User.objects.filter(username__in=usernames):
        mark_all_read(person=person, until=timezone.now() - READ_UNTIL)
