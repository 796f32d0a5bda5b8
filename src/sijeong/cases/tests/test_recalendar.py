"""A newly proclaimed holiday moves every open due date in one act."""

import datetime as dt
import os
import shutil

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijeong.audit import journal
from sijeong.cases import actions, checks
from sijeong.cases.errors import CaseError
from sijeong.cases.models import AppliedCalendar, Case, TallyDelta
from sijeong.cases.recount import PAUSED, SAME
from sijeong.cases.terms import calendar
from sijeong.notices.models import Notice
from sijeong.search.models import Change
from sijeong.statistics import checks as statistics

from .filed import SEOUL, ask, bring

DAY = dt.timedelta(days=1)


@pytest.fixture
def folder(settings, tmp_path, applied):
    """A city folder of the test's own: ``proclaim(day, …)`` makes these, and only these, new holidays in it."""
    shutil.copytree(SEOUL, tmp_path / "cities" / "seoul")
    settings.CITIES = tmp_path / "cities"
    file = tmp_path / "cities" / "seoul" / "holidays.yaml"
    return Folder(file, file.read_text("utf-8"))


class Folder:
    def __init__(self, file, text):
        self.file, self.text, self.stamp = file, text, 0

    def proclaim(self, *days):
        new = [f"  - {{add: {day}, name: 임시공휴일, basis: 국무회의 의결}}\n" for day in days]
        self.file.write_text(self.text + "\n" + "".join(new), "utf-8")
        # The calendar is read again when the file is newer; two writes of one test can fall into one tick.
        self.stamp += 1
        os.utime(self.file, ns=(self.stamp, self.stamp))


def end_of(case):
    """The next open day from the case's due date on, which it ends on."""
    case.refresh_from_db()
    return case.due_on


def fresh(case):
    """The stored term, and the same facts counted by the folder's calendar."""
    case.refresh_from_db()
    return case.term, case.term.recounted(calendar(case.government))


def test_the_plan_says_what_would_move_and_writes_nothing(applied, case, folder):
    due = end_of(case)
    folder.proclaim(due)
    plan = actions.plan_calendar(applied.seoul)
    assert [(term.before, term.due_on > due) for term in plan.moving] == [(due, True)]
    assert [(c.day, c.before, c.after) for c in plan.days] == [(due, "", "임시공휴일")]
    assert end_of(case) == due


def test_every_open_term_moves_with_an_event_a_notice_and_its_count(applied, case, folder):
    bring(applied, case, "in_hand")
    due = end_of(case)
    TallyDelta.objects.all().delete()
    Change.objects.all().delete()
    folder.proclaim(due)
    actions.recalendar(government=applied.seoul, by=applied.viewer("administrator"))
    stored, counted = fresh(case)
    assert stored == counted
    assert case.due_on == counted.last_day > due
    event = journal.of(case).last()
    assert (event.act, event.data["before"], event.data["set"]) == (
        "recalendar", due.isoformat(), {"due_on": case.due_on.isoformat()},
    )  # fmt: skip
    told = Notice.objects.filter(kind="due_moved")
    assert {n.person.username for n in told} == {"officer", "member", "aide"}
    counts = TallyDelta.objects.get().counts
    assert counts == {f"due:{due}": -1, f"due:{case.due_on}": 1}
    assert case.pk in Change.objects.get().keys
    assert [*checks.journal_faults()] == []


def test_doing_it_twice_changes_nothing(applied, case, folder):
    folder.proclaim(end_of(case))
    for _ in range(3):
        actions.recalendar(government=applied.seoul, by=None)
    assert [event.act for event in journal.of(case)].count("recalendar") == 1
    assert AppliedCalendar.objects.filter(government=applied.seoul).count() == 2
    assert Notice.objects.filter(kind="due_moved", person=applied.people["member"]).count() == 1


def test_what_does_not_move_is_told_with_why(applied, folder):
    closed, same, paused = (ask(applied, days_ago=n) for n in (3, 1, 2))
    audit = ask(applied, type_code="audit_finding", kind="suggestion")
    bring(applied, closed, "delivered")
    bring(applied, audit, "in_hand")
    actions.pause(case=audit, reason="확인", by=applied.viewer("officer"))
    folder.proclaim(max(end_of(same), end_of(paused)) + DAY * 200)
    plan = actions.plan_calendar(applied.seoul)
    assert plan.moving == []
    assert {why: len(terms) for why, terms in plan.staying.items()} == {SAME: 2, PAUSED: 1}
    actions.recalendar(government=applied.seoul, by=None)
    assert {fresh(case)[0] == fresh(case)[1] for case in (same, paused, audit)} == {True}
    assert fresh(closed)[0] != fresh(closed)[1]  # what ended was counted as the calendar then was


def test_a_paused_term_ends_by_the_new_calendar_when_it_runs_again(applied, folder):
    case = bring(applied, ask(applied, type_code="audit_finding", kind="suggestion"), "in_hand")
    due = end_of(case)
    actions.pause(case=case, reason="확인", by=applied.viewer("officer"))
    folder.proclaim(due)
    actions.recalendar(government=applied.seoul, by=None)
    actions.resume(case=case, by=applied.viewer("officer"), note="회신")
    assert fresh(case)[0] == fresh(case)[1]
    assert case.due_on > due
    assert not Notice.objects.filter(kind="due_moved").exists()


def test_an_extended_term_moves_through_its_extension(applied, case, folder):
    bring(applied, case, "in_hand")
    first = end_of(case)
    actions.extend(case=case, reason="많음", by=applied.viewer("head"))
    due = end_of(case)
    folder.proclaim(first, due)
    actions.recalendar(government=applied.seoul, by=None)
    assert end_of(case) > due
    assert fresh(case)[0] == fresh(case)[1]


def test_promises_stay(applied, promise, folder):
    folder.proclaim(promise.due_on)
    actions.recalendar(government=applied.seoul, by=None)
    before = promise.due_on
    promise.refresh_from_db()
    assert promise.due_on == before


def test_a_holiday_taken_back_brings_the_dates_back(applied, case, folder):
    due = end_of(case)
    folder.proclaim(due)
    actions.recalendar(government=applied.seoul, by=None)
    folder.proclaim()
    plan = actions.recalendar(government=applied.seoul, by=None)
    assert (end_of(case), [str(c) for c in plan.days]) == (due, [f"{due} 임시공휴일: 쉬지 않게 됨"])


def test_the_plan_that_was_seen_is_the_one_that_is_applied(applied, case, folder):
    due = end_of(case)
    folder.proclaim(due)
    seen = actions.plan_calendar(applied.seoul).version
    folder.proclaim(due, due + DAY)
    with pytest.raises(CaseError, match="또 바뀌었습니다"):
        actions.recalendar(government=applied.seoul, by=None, version=seen)
    assert end_of(case) == due


def test_it_moves_all_or_nothing(applied, folder, monkeypatch):
    cases = [ask(applied) for _ in range(3)]
    folder.proclaim(end_of(cases[0]))

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("sijeong.cases.actions.recalendaring.tell", die)
    before = [end_of(case) for case in cases]
    with pytest.raises(KeyboardInterrupt):
        actions.recalendar(government=applied.seoul, by=None)
    assert [end_of(case) for case in cases] == before
    assert not [*checks.journal_faults()]


def test_a_case_counted_by_the_old_calendar_meanwhile_is_found_and_moved(applied, case, folder):
    """Its receipt had read the old folder, and was committed after the new one was applied."""
    old = case.term_data
    due = end_of(case)
    folder.proclaim(due)
    actions.recalendar(government=applied.seoul, by=None)
    late = ask(applied)
    Case.objects.filter(pk=late.pk).update(term_data=old, due_on=due)
    assert actions.stragglers(applied.seoul) == 1
    actions.recalendar(government=applied.seoul, by=None)
    assert actions.stragglers(applied.seoul) == 0
    assert end_of(late) == end_of(case)
    assert AppliedCalendar.objects.filter(government=applied.seoul).count() == 2


def test_before_anybody_applied_it_a_new_holiday_moves_nothing_by_itself(applied, case, folder):
    folder.proclaim(end_of(case))
    assert actions.stragglers(applied.seoul) == 0


def test_who_has_many_cases_is_told_in_one_list(applied, folder):
    cases = [bring(applied, ask(applied), "in_hand") for _ in range(7)]
    folder.proclaim(end_of(cases[0]))
    actions.recalendar(government=applied.seoul, by=None)
    told = Notice.objects.get(kind="due_moved", person=applied.people["officer"])
    assert (told.subject, len(told.lines)) == ("기한이 바뀐 사안 7건", 7)


@given(
    asked=st.lists(
        st.tuples(
            st.sampled_from(["data_request", "audit_finding", "meeting_suggestion", "interview_request"]),
            st.integers(0, 9),
            st.sampled_from(["", "extend", "pause", "deliver"]),
        ),
        min_size=1, max_size=4,
    ),
    ahead=st.lists(st.sets(st.integers(-9, 40), max_size=5), min_size=1, max_size=3),
)  # fmt: skip
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_afterwards_every_open_term_is_a_fresh_count(applied, folder, asked, ahead):
    """Whatever was asked, done and proclaimed, in whatever order; and the journal and the sums agree."""
    with transaction.atomic():
        folder.proclaim()
        cases = [filed(applied, *one) for one in asked]
        for days in ahead:
            folder.proclaim(*[timezone.localdate() + DAY * n for n in sorted(days)])
            plan = actions.recalendar(government=applied.seoul, by=None)
            assert not actions.plan_calendar(applied.seoul)
            for case in Case.objects.filter(open=True):
                assert case.term == case.term.recounted(calendar(applied.seoul))
                assert (case.due_on, case.term.calendar_version) == (case.term.last_day, plan.version)
        assert len(cases) == Case.objects.count()
        assert [*checks.journal_faults()] == []
        assert [*statistics.differences(applied.seoul)] == []
        transaction.set_rollback(True)


def filed(city, code, days_ago, done):
    """A case of the type, asked some days ago and in hand, to which this was done if its type has it."""
    known = {f.code for f in actions.intake.current_type(city.seoul, code).case_type.extra_fields}
    fields = {
        "applicant": "시민",
        "contact": "비공개",
        "meeting": "briefing",
        "met_on": str(timezone.localdate()),
    }
    kind = {"kind": "suggestion"} if code == "audit_finding" else {}
    told = {name: value for name, value in fields.items() if name in known}
    case = ask(city, type_code=code, days_ago=days_ago, fields=told, **kind)
    bring(city, case, "delivered" if done == "deliver" else "in_hand")
    if done in {t.act for t in case.case_type.acts_from(case.state)} - {"deliver"}:
        getattr(actions, done)(case=case, reason="사유", by=city.viewer("head"))
    return case
