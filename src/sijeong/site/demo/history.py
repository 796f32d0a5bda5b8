"""The data requests of the tenth council in their yearly numbers: 41,624 of them, answered, delivered, journalled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils import timezone

from sijeong.audit import rows
from sijeong.audit.models import Event
from sijeong.cases.actions.intake import current_type, take_numbers
from sijeong.cases.models import Answer, Case, Delivery, OutcomeBasis, Part
from sijeong.cases.models.tally import count_new
from sijeong.cases.terms import calendar, term_for
from sijeong.legaltime import Length
from sijeong.legaltime import Unit as TermUnit
from sijeong.org.models import Unit, User
from sijeong.search import outbox

from .organisation import DemoCity
from .publishing import publish
from .topics import ANSWERS, request

# 의원요구자료 of the tenth council: from July to December 2018, and three whole years.
YEARLY = {2018: 8_265, 2019: 11_664, 2020: 10_972, 2021: 10_723}
# Beside them what was delivered of late, so that divisions have a pace: some more than in ten weeks of 2021, received how
# many days ago. The division of the demo's own officer has many open cases, and works off as many.
LATELY, DAYS_AGO = 2_600, (20, 70)
BUSY, SHARE = "총무과", 0.3
PUBLISHED_2021 = 186
LATE, EXTENDED, JOINT = 0.052, 0.083, 0.06
BATCH = 2000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Course:
    """How one request went: who, where, and when each thing happened."""

    number: str
    asker: User
    lead: Unit
    joint: Unit | None
    officer: User
    head: User
    received: dt.datetime
    assigned: dt.datetime
    approved: dt.datetime
    delivered: dt.datetime
    published: dt.datetime | None
    extended: bool


class History:
    """Lays the past down year by year."""

    def __init__(self, city: DemoCity, random: Random) -> None:
        self.city, self.random = city, random
        self.version = current_type(city.government, "data_request")
        self.case_type = self.version.case_type
        self.calendar = calendar(city.government)
        self.divisions = city.divisions
        # Some divisions are asked far more than others: weights fall off as they do in offices.
        self.weights = [1 / (1 + rank) ** 0.6 for rank in range(len(self.divisions))]
        random.shuffle(self.weights)
        self.planning = city.planning_viewer()
        today = timezone.localdate()
        self.last_days = self._office_days(today - dt.timedelta(days=10), today)[-2:]
        self.terms: dict[tuple[dt.date, bool], tuple[dict[str, Any], dt.date]] = {}

    def lay(self, progress: Progress) -> None:
        """Every year's requests, in batches, and the last weeks'."""
        spans = list(self._spans())
        done, total = 0, sum(how_many for _, _, how_many in spans)
        for year, days, how_many in spans:
            numbers = take_numbers(self.city.government, self.case_type, year, how_many)
            received = sorted(self._moment(self.random.choice(days)) for _ in range(how_many))
            published = set(self.random.sample(range(how_many), PUBLISHED_2021)) if year == 2021 else set()
            for start in range(0, how_many, BATCH):
                span = range(start, min(start + BATCH, how_many))
                self._write([self._course(numbers[i], received[i], i in published) for i in span])
                done += len(span)
                progress(done, total)

    def _spans(self) -> Iterator[tuple[int, list[dt.date], int]]:
        """Year of the numbers, the office days on which requests came, and how many."""
        for year, how_many in YEARLY.items():
            first = dt.date(year, 7, 2) if year == 2018 else dt.date(year, 1, 2)
            yield year, self._office_days(first, dt.date(year, 12, 20)), how_many
        newest, oldest = (timezone.localdate() - dt.timedelta(days=ago) for ago in DAYS_AGO)
        for year in range(oldest.year, newest.year + 1):
            first, last = max(oldest, dt.date(year, 1, 1)), min(newest, dt.date(year + 1, 1, 1))
            share = LATELY * (last - first).days // (newest - oldest).days
            self.weights[self.divisions.index(self.city.units[BUSY])] = SHARE * sum(self.weights)
            if share:
                yield year, self._office_days(first, last), share

    def _office_days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        days = (first + dt.timedelta(days=n) for n in range((last - first).days))
        return [day for day in days if not self.calendar.is_off(day)]

    def _moment(self, day: dt.date) -> dt.datetime:
        minutes = self.random.randint(9 * 60, 17 * 60 + 59)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60)))

    def _due(self, received: dt.datetime, extended: bool) -> tuple[dict[str, Any], dt.date]:
        key = (timezone.localtime(received).date(), extended)
        if key not in self.terms:
            term = term_for(self.case_type, received, self.city.government)
            if extended:
                term = term.extended(
                    Length(10, TermUnit.DAYS), reason="자료가 방대함", calendar=self.calendar
                )
            self.terms[key] = (term.as_json(), term.last_day)
        return self.terms[key]

    def _course(self, number: str, received: dt.datetime, published: bool) -> Course:
        random = self.random
        lead = random.choices(self.divisions, self.weights)[0]
        joint = random.choice(self.divisions) if random.random() < JOINT else None
        extended = random.random() < EXTENDED
        due = self._due(received, extended)[1]
        own = self._due(received, False)[1]
        if random.random() < LATE:
            day = due + dt.timedelta(days=random.randint(1, 25))
        else:
            earliest = own + dt.timedelta(days=1) if extended else received.date() + dt.timedelta(days=2)
            day = earliest + dt.timedelta(days=random.randint(0, max(0, (due - earliest).days)))
        delivered = max(self._moment(day), received + dt.timedelta(hours=30))
        if delivered.date() > self.last_days[-1]:
            delivered = self._moment(random.choice(self.last_days))
        return Course(
            number, random.choice(self.city.former_members), lead, joint if joint != lead else None,
            random.choice(self.city.officers[lead.pk]), self.city.heads[lead.pk], received,
            received + dt.timedelta(hours=random.randint(1, 20)), delivered - dt.timedelta(hours=random.randint(1, 6)),
            delivered, delivered + dt.timedelta(days=3) if published else None, extended,
        )  # fmt: skip

    def _write(self, courses: list[Course]) -> None:
        cases = [self._case(course) for course in courses]
        rows.number(cases)
        answers = [self._answer(case, course) for case, course in zip(cases, courses, strict=True)]
        rows.number(answers)
        told = list(zip(cases, courses, answers, strict=True))
        events = [event for one in told for event in self._events(*one)]
        rows.write(cases)  # with the version and head that their events gave them
        rows.write(answers)
        rows.write(events)
        outbox.changed(self.city.government.pk, Case.SUBJECT, (case.pk for case in cases))
        count_new(self.city.government.pk, (case.facts for case in cases))
        rows.write(part for case, course, _ in told for part in _parts(case, course))
        rows.write(_delivery(*one) for one in told)
        for case, course, _ in told:
            if course.published:
                publish(case, by=self.planning, at=course.published)

    def _case(self, course: Course) -> Case:
        term, due_on = self._due(course.received, course.extended)
        question = request(course.lead.name, self.random)
        return Case(
            government=self.city.government, type=self.version, type_code=self.version.code, number=course.number,
            title=question, question=question, asker=course.asker, asker_name=course.asker.name, source="page",
            received_at=course.received, state="delivered", open=False, state_before="answered", outcome="done",
            outcome_basis=OutcomeBasis.DELIVERY, term_data=term, due_on=due_on, extensions=int(course.extended),
            lead=course.lead, officer=course.officer, answered_at=course.approved, delivered_at=course.delivered,
            created_by=course.asker,
        )  # fmt: skip

    def _answer(self, case: Case, course: Course) -> Answer:
        return Answer(
            case=case, number=1, body={"answer": self.random.choice(ANSWERS)}, outcome="done", author=course.officer,
            state=Answer.State.APPROVED, saved_at=course.approved - dt.timedelta(hours=1), signer=course.head,
            signed_at=course.approved,
        )  # fmt: skip

    def _events(self, case: Case, course: Course, answer: Answer) -> Iterator[Event]:
        """The events in their order; the version and head of the case end on the last."""
        first_due = self._due(course.received, False)[1]
        yield case.next_event(
            "receive", by=course.asker, at=course.received, number=case.number, asker=case.asker_name, source="page",
            type=f"{self.version.code}@{self.version.number}", set={
                "state": "received", "open": True, "due_on": first_due, "kind": "", "received_at": course.received,
            },
        )  # fmt: skip
        yield case.next_event(
            "assign", by=self.city.planning, at=course.assigned, lead=course.lead.name,
            joint=[course.joint.name] if course.joint else [],
            set={"state": "assigned", "lead_id": course.lead.pk, "officer_id": None},
        )  # fmt: skip
        yield case.next_event(
            "start", by=course.officer, at=course.assigned + dt.timedelta(minutes=50), officer=course.officer.label,
            set={"state": "in_hand", "officer_id": course.officer.pk},
        )  # fmt: skip
        if course.extended:
            yield case.next_event(
                "extend", by=course.officer, at=self._moment(first_due), reason="자료가 방대함",
                set={"due_on": case.due_on, "extensions": 1},
            )  # fmt: skip
        yield case.next_event(
            "approve", by=course.head, at=course.approved, answer=1, signed_for="",
            set={"state": "answered", "answered_at": course.approved},
        )  # fmt: skip
        yield case.next_event(
            "deliver", by=course.officer, at=course.delivered, answer=1, channel="document",
            recipient=case.asker_name, receipt=_receipt(case, course), file="",
            set={
                "state": "delivered", "open": False, "delivered_at": course.delivered, "outcome": "done",
                "outcome_basis": "delivery",
            },
        )  # fmt: skip


def _receipt(case: Case, course: Course) -> str:
    return f"{course.lead.name}-{case.number.rsplit('-', 1)[-1].lstrip('0')}"


def _parts(case: Case, course: Course) -> Iterator[Part]:
    yield Part(
        case=case, unit=course.lead, kind=Part.Kind.LEAD, since=course.assigned, received_at=case.received_at
    )
    if course.joint:
        yield Part(
            case=case,
            unit=course.joint,
            kind=Part.Kind.JOINT,
            since=course.assigned,
            received_at=case.received_at,
        )


def _delivery(case: Case, course: Course, answer: Answer) -> Delivery:
    return Delivery(
        case=case, answer=answer, recipient=course.asker, recipient_name=case.asker_name,
        channel=Delivery.Channel.DOCUMENT, delivered_at=course.delivered, receipt=_receipt(case, course),
        recorded_by=course.officer,
    )  # fmt: skip
