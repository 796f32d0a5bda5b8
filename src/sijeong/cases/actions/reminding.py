"""The daily look: which notices are owed today, made once however often and by however many one looks."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sijeong.catalog.case_type import Reminders
from sijeong.legaltime import Calendar
from sijeong.notices.actions import tell
from sijeong.notices.models import Notice
from sijeong.notices.told import Told
from sijeong.org.models import Government, User

from ..models import Case, CaseQuerySet, CaseTypeVersion, FollowUp
from ..reminders import Owing, Promise, Watched, Week, horizon, owed
from ..roster import Roster, roster
from ..terms import calendar

FROM = dt.time(8)
"""From when on people are reminded: what is owed from midnight on is told when offices wake."""


@transaction.atomic
def remind(*, government: Government, day: dt.date, at: dt.datetime | None = None) -> int:
    """Make what is owed on ``day`` and not made yet; how many notices that were.

    Nothing is remembered from one look to the next: see ``cases.reminders``.
    """
    return tell(government_id=government.pk, told=owed_on(government, day), at=at)


def owed_on(government: Government, day: dt.date) -> list[Told]:
    """Every notice owed on ``day``, made or not: seven queries, however many cases."""
    days = calendar(government)
    rules = _rules(government)
    until = horizon(day, max((max(rule.before) for rule in rules.values()), default=3), days)
    cases = list(_running(government).filter(due_on__lte=until))
    promises = list(
        FollowUp.objects.filter(case__government=government, state=FollowUp.State.OPEN, due_on__lte=until)
        .select_related("case")
        .only("text", "due_on", "unit_id", "owner_id", "case__number")
    )
    units = {case.lead_id for case in cases if case.lead_id} | {promise.unit_id for promise in promises}
    people = roster(government.pk, units, day)
    return owed(
        Owing(
            cases=[_watched(case, rules[case.type_id], people) for case in cases],
            promises=[_promise(promise, people) for promise in promises],
            week=_week(government, day, days, people), deputies=people.deputies, home=reverse("my_work"),
        ),
        day,
        days,
    )  # fmt: skip


def _running(government: Government) -> CaseQuerySet:
    """Open cases whose clock runs; what a source merely says is in progress is counted apart, and not late."""
    cases = Case.objects.filter(government=government, open=True, paused_on=None, due_on__isnull=False)
    told = ("number", "title", "due_on", "lead_id", "officer_id", "type_id", "extension_asked_at")
    return cases.exclude(outcome_basis="source").only(*told).order_by("due_on", "pk")


def _rules(government: Government) -> dict[int, Reminders]:
    """The reminders of each version that an open case has, by the version's key."""
    held = Case.objects.filter(government=government, open=True).values("type_id")
    return {
        v.pk: v.case_type.reminders for v in CaseTypeVersion.objects.filter(pk__in=held).defer("definition")
    }


def _watched(case: Case, rule: Reminders, people: Roster) -> Watched:
    return Watched(
        pk=case.pk, number=case.number, title=case.title, address=reverse("case", args=[case.number]),
        due_on=case.due_on or dt.date.max, people=people.answers(case.lead_id, case.officer_id),
        heads=tuple(people.heads.get(case.lead_id or 0, ())), before=rule.before, head_from=rule.head_from,
        deciding=people.deciding(case.lead_id) if case.extension_asked_at else (),
    )  # fmt: skip


def _promise(promise: FollowUp, people: Roster) -> Promise:
    return Promise(
        pk=promise.pk, case=promise.case_id, number=promise.case.number, text=promise.text,
        address=reverse("case", args=[promise.case.number]) + "#follow-ups", due_on=promise.due_on,
        people=people.answers(promise.unit_id, promise.owner_id),
    )  # fmt: skip


def _week(government: Government, day: dt.date, days: Calendar, people: Roster) -> Week | None:
    """What planning begins its week with; None on a day on which it is not owed."""
    if days.is_off(day) or not people.planning:
        return None
    running, cases = _running(government), reverse("cases")
    sunday = day + dt.timedelta(days=6 - day.weekday())
    figures = (
        ("배정을 기다리는 사안", running.filter(state="received"), reverse("planning")),
        (
            "정하지 않은 연장 요청",
            running.filter(extension_asked_at__isnull=False),
            f"{cases}?extended=asked&order=due",
        ),
        ("기한이 지난 사안", running.filter(due_on__lt=day), f"{cases}?due=late&order=due"),
        (
            "이번 주에 기한이 오는 사안",
            running.filter(due_on__range=(day, sunday)),
            f"{cases}?due=week&order=due",
        ),
        ("처리 중인 사안", running, f"{cases}?order=due"),
    )
    lines = [(f"{name} {found.count():,}건", address) for name, found, address in figures]
    return Week(tuple(people.planning), tuple(lines), reverse("my_work"))


def is_time(now: dt.datetime) -> bool:
    """Whether people may be reminded at this moment of their day."""
    return timezone.localtime(now).time() >= FROM


NOTICED_BY = dt.time(9)
"""By when a worker that runs has told everything owed on a day."""


def missing(government: Government) -> int:
    """How many notices owed today nobody has made, an hour after they should have been."""
    now = timezone.localtime()
    if now.time() < NOTICED_BY:
        return 0
    told = owed_on(government, now.date())
    keys = {one.key for one in told}
    people = set(
        User.objects.filter(pk__in={one.person for one in told}, is_active=True).values_list("pk", flat=True)
    )
    made = set(Notice.objects.filter(government=government, key__in=keys).values_list("key", "person_id"))
    return sum((one.key, one.person) not in made and one.person in people for one in told)
