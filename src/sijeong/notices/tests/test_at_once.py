"""Two workers at once: what is told is told once, and a mail is sent by one. PostgreSQL lets both in."""

import datetime as dt
from collections import Counter
from functools import partial

import pytest

from sijeong.audit.models import Event
from sijeong.cases import actions, checks
from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring
from sijeong.cases.tests.test_concurrency import at_once
from sijeong.cases.tests.test_recalendar import folder
from sijeong.notices.models import Delivery, Notice
from sijeong.notices.sending import send_waiting

from .test_telling import tell, told

__all__ = ["folder"]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def everything(person, abouts):
    return set(abouts)


def test_two_workers_remind_once(applied, mail):
    today = dt.date(2026, 11, 24)
    for _ in range(5):
        bring(applied, ask(applied), "in_hand")
    Case.objects.update(due_on=today)
    Delivery.objects.all().delete()
    Notice.objects.all().delete()
    assert at_once(*[lambda: actions.remind(government=applied.seoul, day=today)] * 4) == [None] * 4
    assert Counter(Notice.objects.values_list("kind", flat=True)) == {"due": 5, "digest": 1}
    assert Delivery.objects.count() == 6


def test_two_workers_send_each_mail_once(applied, postbox):
    people = [applied.people[who] for who in ("officer", "head", "member")]
    tell(applied, *[told(person, f"k{n}") for n in range(40) for person in people])
    at_once(*[lambda: send_waiting(sight=everything)] * 3)
    assert len(postbox.taken) == len(set(postbox.ids())) == 120
    assert set(Delivery.objects.values_list("state", "attempts", "unsure")) == {("sent", 1, False)}


def test_dates_move_once_while_cases_come_in_and_are_assigned(applied, folder):
    cases = [ask(applied) for _ in range(8)]
    due, planning = cases[0].due_on, applied.viewer("planning_officer")
    folder.proclaim(due)
    assign = [
        partial(actions.assign, case=c, lead=applied.units["personnel"], by=planning) for c in cases[:4]
    ]
    receive = [partial(ask, applied)] * 4
    move = [partial(actions.recalendar, government=applied.seoul, by=None)] * 3
    assert at_once(*move, *receive, *assign) == [None] * 11
    if actions.stragglers(applied.seoul):
        actions.recalendar(government=applied.seoul, by=None)
    (now,) = {case.due_on for case in Case.objects.all()}
    assert now > due
    acts = Event.objects.filter(act="recalendar", subject="case").values_list("subject_id", flat=True)
    assert sorted(acts) == sorted(case.pk for case in cases)
    assert not [*checks.journal_faults()]
