"""What a worker does by the clock, and what the command line says of a new holiday."""

import datetime as dt

import orjson
import pytest
from click.testing import CliRunner
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.models import Case
from sijeong.cases.tests.filed import applied, ask
from sijeong.cases.tests.test_recalendar import folder
from sijeong.notices.models import Notice
from sijeong.org.models import Session
from sijeong.org.tests.people import city
from sijeong.site import clock
from sijeong.site.commands import calendar, catalog_apply

__all__ = ["applied", "city", "folder"]
pytestmark = pytest.mark.django_db
TUESDAY = dt.date(2026, 11, 24)


def at(hour, minute=0):
    return timezone.make_aware(dt.datetime.combine(TUESDAY, dt.time(hour, minute)))


@pytest.fixture
def case(applied):
    """A case due on that Tuesday, which nobody was given yet."""
    case = ask(applied)
    Case.objects.update(due_on=TUESDAY)
    return case


def test_people_are_reminded_from_eight_o_clock_on_and_once(case):
    assert [clock.remind_all(moment) for moment in (at(0, 1), at(7, 59), at(8), at(8, 10), at(23, 59))] == [
        0, 0, 3, 0, 0,
    ]  # fmt: skip
    assert set(Notice.objects.values_list("person__username", "kind")) == {
        ("planning_officer", "due"), ("planning_officer", "digest"), ("jung_gu_officer", "digest"),
    }  # fmt: skip


def test_sessions_that_ended_are_let_go(applied):
    now = timezone.now()
    for key, left in (("gone", -1), ("alive", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + dt.timedelta(hours=left))
    clock.Hand()()
    assert list(Session.objects.values_list("pk", flat=True)) == ["alive"]


def test_a_government_whose_folder_is_broken_keeps_no_other_waiting(applied, case, folder):
    applied.jung_gu.city = "none"
    applied.jung_gu.save()
    assert clock.remind_all(at(9)) == 2


def test_a_case_that_missed_a_new_holiday_is_counted_anew_by_the_worker(applied, folder):
    case = ask(applied)
    old, due = case.term_data, case.due_on
    folder.proclaim(due)
    clock.remind_all(at(9))
    case.refresh_from_db()
    assert case.due_on == due  # nobody has applied it
    actions.recalendar(government=applied.seoul, by=None)
    Case.objects.update(term_data=old, due_on=due)
    clock.remind_all(at(9))
    case.refresh_from_db()
    assert case.due_on > due


def said(command, *words):
    done = CliRunner().invoke(command, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_line_shows_the_moves_and_makes_them(applied, folder):
    case = ask(applied)
    due = case.due_on
    seoul = ("--government", "seoul")
    assert said(calendar.plan, *seoul) == "옮길 기한이 없습니다.\n"
    folder.proclaim(due)
    plan = said(calendar.plan, *seoul)
    assert f"* {due} 임시공휴일: 새로 쉬는 날" in plan
    assert f"~ {case.number} " in plan
    assert case.number in said(catalog_apply.plan, *seoul)
    told = orjson.loads(said(calendar.plan, *seoul, "--json"))
    assert [(row["case"], row["before"]) for row in told["moving"]] == [(case.number, str(due))]
    assert orjson.loads(said(catalog_apply.plan, *seoul, "--json"))["calendar"] == told
    said(calendar.apply, *seoul)
    case.refresh_from_db()
    assert str(case.due_on) == told["moving"][0]["due_on"]
    assert said(calendar.apply, *seoul) == "옮길 기한이 없습니다.\n"
