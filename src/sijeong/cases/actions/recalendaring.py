"""A newly proclaimed holiday moves every open due date: previewed, then done in one act, whole or not at all.

Locks: the government, then the cases by key; reading people takes none. A second who applies waits for the first
and finds nothing left. A case that was received meanwhile, its term counted before the folder changed, has the old
calendar's version: ``stragglers`` finds it and the worker's next look counts it anew.

Promises (FollowUp) stay: their dates were given by the division, not counted by law.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from sijeong.audit.journal import append_all
from sijeong.audit.models import Actor, Event
from sijeong.legaltime import Calendar
from sijeong.notices.actions import tell
from sijeong.notices.told import Line, Told
from sijeong.org.models import Government
from sijeong.search import outbox

from ..counts import Counts, change, without_noughts
from ..errors import CaseError
from ..korean import day as written
from ..models import AppliedCalendar, Case
from ..models.tally import append
from ..recount import Changed, Counted, changes, counted
from ..roster import askers, roster
from ..terms import calendar

ONE_EACH = 5
LINES = 50


@dataclass(frozen=True)
class CalendarPlan:
    """What applying the city folder's calendar would do. False in a boolean sense: nothing."""

    version: str
    applied: AppliedCalendar | None
    days: tuple[Changed, ...]
    terms: tuple[Counted, ...]

    def __bool__(self) -> bool:
        return bool(self.days or self.terms)

    @property
    def moving(self) -> list[Counted]:
        """Those whose date moves, the soonest first."""
        return sorted((t for t in self.terms if t.moves), key=lambda term: (term.before, term.pk))

    @property
    def staying(self) -> dict[str, list[Counted]]:
        """Those whose date stays, by why."""
        found: dict[str, list[Counted]] = {}
        for term in self.terms:
            if not term.moves:
                found.setdefault(term.why, []).append(term)
        return found


def latest_calendar(government: Government) -> AppliedCalendar | None:
    """The state of the calendar that was applied last."""
    return AppliedCalendar.objects.filter(government=government).order_by("-pk").first()


def plan_calendar(government: Government) -> CalendarPlan:
    """What ``recalendar`` would do now. Writes nothing."""
    return _plan(government, calendar(government), _stored(government))


def _plan(
    government: Government, days: Calendar, stored: Iterable[tuple[int, dt.date, dict]]
) -> CalendarPlan:
    applied = latest_calendar(government)
    differ = changes(applied.days, days.names) if applied and applied.version != days.version else []
    return CalendarPlan(days.version, applied, tuple(differ), tuple(counted(stored, days)))


def _stored(government: Government, *, locked: bool = False) -> Iterable[tuple[int, dt.date, dict]]:
    """Key, due date and term of every open case that has one, by key; the rows held where ``locked``."""
    cases = Case.objects.filter(
        government=government, open=True, due_on__isnull=False, term_data__isnull=False
    )
    rows = cases.order_by("pk")
    if locked:
        rows = rows.select_for_update(of=("self",))
    return rows.values_list("pk", "due_on", "term_data")  # type: ignore[return-value]


@transaction.atomic
def first_calendar(*, government: Government, by: Actor | None) -> None:
    """What terms are counted by from the beginning; nothing where a calendar was applied before."""
    if not AppliedCalendar.objects.filter(government=government).exists():
        _remember(government, calendar(government), 0, by)


def _remember(government: Government, days: Calendar, moved: int, by: Actor | None) -> None:
    AppliedCalendar.objects.create(
        government=government, version=days.version, moved=moved, applied_by=by.label if by else "시스템",
        days={day.isoformat(): name for day, name in sorted(days.names.items())},
    )  # fmt: skip


@transaction.atomic
def recalendar(*, government: Government, by: Actor | None, version: str | None = None) -> CalendarPlan:
    """Count every open term by the city folder's calendar: an event for each case, and a notice for who is concerned.

    ``version`` is that of the calendar that was previewed. Raises CaseError where the folder has changed since, or a
    term cannot be counted. Doing it twice changes nothing.
    """
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    days = calendar(government)
    if version is not None and version != days.version:
        raise CaseError("미리 본 뒤에 휴일 파일이 또 바뀌었습니다. 다시 보고 적용하십시오.")
    plan = _plan(government, days, _stored(government, locked=True))
    if failed := [term for term in plan.terms if term.failed]:
        raise CaseError(f"셀 수 없는 기한이 {len(failed)}건 있습니다: {failed[0].why}")
    _write(government, plan, by)
    moving = plan.moving
    if plan.applied is None or plan.applied.version != plan.version:
        _remember(government, days, len(moving), by)
        government.record(
            "recalendar", by=by, calendar=plan.version, moved=len(moving),
            days=[str(changed) for changed in plan.days],
        )  # fmt: skip
    _tell(government, plan)
    return plan


def _write(government: Government, plan: CalendarPlan, by: Actor | None) -> None:
    """The terms as counted, in few statements; each case whose date changes gets its event, and counts anew."""
    fresh = {term.pk: term for term in plan.terms if term.due_on != term.before}
    cases = list(Case.objects.defer("question", "fields", "term_data").in_bulk(list(fresh)).values())
    counts: Counts = {}
    for case in cases:
        before, case.due_on = case.facts, fresh[case.pk].due_on
        for place, told in change(before, case.facts).items():
            counts.setdefault(place, Counter()).update(told)
    table = connection.ops.quote_name(Case._meta.db_table)
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET due_on = %s, term_data = %s{cast} WHERE id = %s",  # noqa: S608 - a table's own name
            [(t.due_on.isoformat(), orjson.dumps(t.term_data).decode(), t.pk) for t in plan.terms],
        )
    append_all(cases, [_event(case, fresh[case.pk], plan, by) for case in cases])
    append(government.pk, {place: kept for place, told in counts.items() if (kept := without_noughts(told))})
    outbox.changed(government.pk, Case.SUBJECT, fresh)


def _event(case: Case, term: Counted, plan: CalendarPlan, by: Actor | None) -> Event:
    return case.next_event(
        "recalendar", by=by, before=term.before, calendar=plan.version, set={"due_on": term.due_on},
        days=[str(changed) for changed in plan.days if term.term_data["start"][:10] <= changed.day.isoformat()],
    )  # fmt: skip


def _tell(government: Government, plan: CalendarPlan) -> None:
    """Who answers for a case that moved and who asked it, each told once: of few cases each, of many in one list."""
    moving = {term.pk: term for term in plan.moving}
    cases = list(
        Case.objects.filter(pk__in=moving).only(
            "number", "title", "lead_id", "officer_id", "asker_id", "asker_unit_id"
        )
    )
    cases.sort(key=lambda case: (moving[case.pk].before, case.pk))
    of: dict[int, list[Case]] = {}
    for case, people in zip(cases, _concerned(government, cases), strict=True):
        for person in people:
            of.setdefault(person, []).append(case)
    told = [one for person, theirs in of.items() for one in _told(person, theirs, moving, plan.version)]
    tell(government_id=government.pk, told=told)


def _concerned(government: Government, cases: Sequence[Case]) -> list[list[int]]:
    today = timezone.localdate()
    people = roster(government.pk, {case.lead_id for case in cases if case.lead_id}, today)
    asking = askers(((case.asker_id, case.asker_unit_id) for case in cases), today)
    found = []
    for case, theirs in zip(cases, asking, strict=True):
        working = [
            one
            for who in people.answers(case.lead_id, case.officer_id)
            for one in (who, *people.deputies.get(who, ()))
        ]
        found.append(list(dict.fromkeys([*working, *theirs])))
    return found


def _told(person: int, cases: Sequence[Case], moving: dict[int, Counted], version: str) -> list[Told]:
    def moved(case: Case) -> str:
        return f"{written(moving[case.pk].before)} → {written(moving[case.pk].due_on)}"

    if len(cases) <= ONE_EACH:
        return [
            Told(
                person=person, kind="due_moved", key=f"due_moved:{version}:{case.pk}", about=f"case:{case.pk}",
                subject=case.number, title=case.title, address=reverse("case", args=[case.number]),
                text=f"쉬는 날이 바뀌어 기한이 옮겨졌습니다: {moved(case)}",
            )
            for case in cases
        ]  # fmt: skip
    lines = [
        Line(f"case:{case.pk}", f"{case.number} {moved(case)}", reverse("case", args=[case.number]))
        for case in cases[:LINES]
    ]
    more = f" 기한이 이른 {LINES}건만 적습니다." if len(cases) > LINES else ""
    return [
        Told(
            person=person, kind="due_moved", key=f"due_moved:{version}:{cases[0].pk}+", lines=tuple(lines),
            subject=f"기한이 바뀐 사안 {len(cases):,}건", address=reverse("my_work"),
            text=f"쉬는 날이 바뀌어 기한이 옮겨졌습니다.{more}",
        )
    ]  # fmt: skip


def stragglers(government: Government) -> int:
    """Open cases counted by an older calendar than the applied one, while that is still the folder's."""
    applied, now = latest_calendar(government), calendar(government).version
    if applied is None or applied.version != now:
        return 0
    behind = Case.objects.filter(government=government, open=True, term_data__isnull=False)
    return behind.exclude(term_data__calendar_version=now).count()
