"""The daily look at a whole government, and what acts tell."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.actions.reminding import missing, owed_on
from sijeong.cases.models import Case
from sijeong.notices import models as notices
from sijeong.notices.models import Delivery, Notice
from sijeong.org import actions as org

from .filed import ask, bring

DAY = dt.timedelta(days=1)


def told(**by):
    """(who, kind) of every notice."""
    return set(Notice.objects.filter(**by).values_list("person__username", "kind"))


def working(day, step):
    while day.weekday() >= 5:
        day += DAY * step
    return day


@pytest.fixture
def today(monkeypatch):
    """A Tuesday on which nobody is away."""
    return dt.date(2026, 11, 24)


def look(city, day):
    return actions.remind(government=city.seoul, day=day)


def due(case, day):
    Case.objects.filter(pk=case.pk).update(due_on=day)


def test_the_officer_in_charge_is_reminded_and_nobody_else(applied, case, today):
    bring(applied, case, "in_hand")
    due(case, today)
    Notice.objects.all().delete()
    assert look(applied, today) == 2  # the officer's, and the week's digest
    assert told() == {("officer", "due"), ("planning_officer", "digest")}
    assert look(applied, today) == 0


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("received", {"planning_officer"}),
        ("assigned", {"officer", "colleague", "team_officer"}),
        ("answered", {"officer"}),
    ],
)
def test_who_answers_for_a_case_is_reminded_of_it(applied, case, today, state, who):
    bring(applied, case, state)
    due(case, today)
    look(applied, today)
    assert told(kind="due") == {(one, "due") for one in who}


def test_an_officer_who_left_the_division_is_not_reminded_but_those_who_sit_there(applied, case, today):
    bring(applied, case, "in_hand")
    applied.people["officer"].posts.update(valid_to=today - DAY)
    due(case, today)
    look(applied, today)
    assert told(kind="due") == {("colleague", "due"), ("team_officer", "due")}


def test_late_is_told_every_day_first_to_the_officer_then_to_the_head(applied, case, today):
    bring(applied, case, "in_hand")
    due(case, today)
    for n, expected in ((1, 1), (2, 2), (3, 2), (4, 2)):  # Friday to Sunday too
        look(applied, today + DAY * n)
        assert Notice.objects.filter(kind="late", key=f"late:{today + DAY * n}").count() == expected
    assert told(kind="late") == {("officer", "late"), ("head", "late")}


@pytest.mark.parametrize("state", ["delivered", "paused"])
def test_what_is_delivered_or_stands_still_is_not_reminded_of(applied, case, today, state):
    bring(applied, case, "delivered" if state == "delivered" else "in_hand")
    Case.objects.filter(pk=case.pk).update(
        due_on=today - DAY, paused_on=today - DAY * 3 if state == "paused" else None
    )
    look(applied, today)
    assert told(kind__in=["due", "late"]) == set()


def test_what_a_source_says_is_in_progress_is_not_called_late(applied, case, today):
    Case.objects.filter(pk=case.pk).update(due_on=today - DAY, outcome="in_progress", outcome_basis="source")
    look(applied, today)
    assert told(kind="late") == set()


def test_who_is_away_and_who_stands_in_are_both_told(applied, case):
    today = timezone.localdate()
    people = applied.people
    org.set_absence(
        user=people["head"],
        deputy=people["colleague"],
        first=today,
        last=today + DAY * 9,
        reason="연가",
        by=None,
    )
    bring(applied, case, "in_approval")
    assert told(kind="approval") == {("head", "approval"), ("colleague", "approval")}
    due(case, today - DAY * 5)
    look(applied, today)
    assert {who for who, _ in told(kind="late")} == {"officer", "head", "colleague"}


def test_a_look_that_dies_in_the_middle_made_nothing_and_the_next_makes_all(
    applied, case, today, monkeypatch, settings
):
    settings.MAIL = True
    applied.people["planning_officer"].email = "p@example.go.kr"
    applied.people["planning_officer"].save()
    due(case, today)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(notices.Delivery.objects, "bulk_create", die)
        with pytest.raises(KeyboardInterrupt):
            look(applied, today)
    assert not Notice.objects.exists()
    assert look(applied, today) == 2
    assert Delivery.objects.count() == 2
    assert look(applied, today) == 0


def test_another_government_owes_nothing_for_ours(applied, case, today):
    due(case, today)
    assert {one.person for one in owed_on(applied.jung_gu, today)} == {applied.people["jung_gu_officer"].pk}


def test_hundreds_of_cases_are_looked_at_in_few_queries(applied, today, django_assert_max_num_queries):
    case = bring(applied, ask(applied), "in_hand")
    rows = []
    for n in range(200):
        case.pk, case.number, case._state.adding = None, f"자료요구-2026-9{n:04}", True
        case.due_on = today + DAY * (n % 5 - 2)
        rows.append(
            Case(
                **{f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields if f.name != "id"}
            )
        )
    Case.objects.bulk_create(rows)
    with django_assert_max_num_queries(30):
        made = look(applied, today)
    assert made > 100
    with django_assert_max_num_queries(16):
        assert look(applied, today) == 0


def test_doctor_counts_what_nobody_made(applied, case, today, monkeypatch):
    due(case, today)
    at = timezone.make_aware(dt.datetime.combine(today, dt.time(9, 30)))
    monkeypatch.setattr("sijeong.cases.actions.reminding.timezone.localtime", lambda *a: at)
    assert missing(applied.seoul) == 2
    look(applied, today)
    assert missing(applied.seoul) == 0
