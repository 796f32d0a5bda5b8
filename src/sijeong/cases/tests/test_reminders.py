"""What is owed on a day, over any calendar and any way of looking at it."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.cases.reminders import Owing, Promise, Watched, Week, days_left, horizon, owed
from sijeong.legaltime import Calendar

MONDAY = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)
OFFICER, HEAD, DEPUTY, PLANNER = 1, 2, 3, 4
days = st.integers(0, 40).map(lambda n: MONDAY + DAY * n)


def calendar(off=()):
    return Calendar(dict.fromkeys(off, "공휴일"), range(2026, 2028))


calendars = st.sets(days, max_size=12).map(calendar)


def case(due_on, pk=1, **more):
    return Watched(
        pk=pk, number=f"자료요구-2026-{pk:05}", title="청사", address=f"/cases/{pk}/", due_on=due_on,
        people=(OFFICER,), heads=(HEAD,), **more,
    )  # fmt: skip


def told(owing, day, days=None):
    return [(one.person, one.kind, one.key) for one in owed(owing, day, days or calendar())]


def open_days(after, upto, days):
    """Counted one by one, as a clerk does."""
    count = 0
    while after < upto:
        after += DAY
        if after.weekday() < 5 and after not in days.names:
            count += 1
    return count


@given(days, days, calendars)
def test_days_left_are_those_a_clerk_counts(day, due_on, days):
    assert days_left(day, due_on, days) == (open_days(day, due_on, days) if day < due_on else 0)


@given(days, st.integers(0, 8), calendars)
def test_the_horizon_is_the_last_due_date_that_can_be_reminded_of(day, most, days):
    last = horizon(day, most, days)
    assert days_left(day, last, days) <= most < days_left(day, last + DAY, days)


@given(days, calendars, st.lists(days, max_size=30), st.sampled_from([(3, 1, 0), (5, 2), (0,), (7, 3, 1)]))
@settings(max_examples=200)
def test_each_stage_is_told_once_however_one_looks(due_on, days, looks, before):
    """Looks in any order: late, twice, with gaps, a clock set back. Told: what was true at one of them, once."""
    owing, made, at = Owing([case(due_on, before=before)]), {}, Counter()
    for day in looks:
        for one in owed(owing, day, days):
            if made.setdefault((one.key, one.person), day) == day and one.person == OFFICER:
                at[day, one.key] += 1
    stages = {
        min(stage for stage in before if stage >= left)
        for day in looks
        if day <= due_on and not days.is_off(day)
        and (left := open_days(day, due_on, days)) <= max(before)
    }  # fmt: skip
    reminded = [key for key, person in made if key.startswith("due:") and person == OFFICER]
    assert sorted(reminded) == sorted(f"due:1:{due_on}:{stage}" for stage in stages)
    late = {day for day in looks if day > due_on}
    assert {key for key, person in made if person == OFFICER} - set(reminded) == {
        f"late:{day}" for day in late
    }
    assert {key for key, person in made if person == HEAD} == {
        f"late:{day}" for day in late if day - due_on > DAY
    }


@given(days, calendars)
def test_who_looks_every_day_is_told_every_stage_and_never_two_things_of_a_case_a_day(due_on, days):
    owing, made = Owing([case(due_on)]), set()
    for n in range(-30, 50):
        fresh = [o for o in owed(owing, MONDAY + DAY * n, days) if (o.key, o.person) not in made]
        assert max(Counter(one.person for one in fresh).values(), default=0) <= 1
        made |= {(one.key, one.person) for one in fresh}
    due = {key.rsplit(":", 1)[1] for key, _ in made if key.startswith("due:")}
    assert due == {"3", "1", "0"} or not any(
        open_days(MONDAY + DAY * n, due_on, days) == 0 and not days.is_off(MONDAY + DAY * n)
        for n in range(-30, (due_on - MONDAY).days + 1)
    )


@given(days, calendars, st.lists(days, min_size=1, max_size=4))
def test_on_a_day_off_only_what_is_late_is_told(day, days, dues):
    owing = Owing([case(due, n) for n, due in enumerate(dues)], week=Week((PLANNER,), (), "/"))
    kinds = {one.kind for one in owed(owing, day, days)}
    assert kinds <= ({"late"} if days.is_off(day) else {"late", "due", "digest"})


def test_three_working_days_before_a_monday_is_the_wednesday():
    due = dt.date(2026, 11, 23)
    reminded = [day for n in range(8) if told(Owing([case(due)]), day := MONDAY + DAY * n)]
    assert [f"{day:%a}" for day in reminded] == ["Wed", "Thu", "Fri", "Mon"]


def test_the_feast_moves_the_reminder_before_it():
    due, feast = dt.date(2026, 11, 20), [dt.date(2026, 11, 17), dt.date(2026, 11, 18)]
    assert told(Owing([case(due)]), MONDAY, calendar(feast)) == [(OFFICER, "due", "due:1:2026-11-20:3")]


def test_a_date_that_moved_is_reminded_of_anew():
    keys = {told(Owing([case(due)]), due)[0][2] for due in (MONDAY, MONDAY + DAY)}
    assert len(keys) == 2


def test_whatever_is_late_is_one_notice_a_person_a_day():
    late = [case(MONDAY - DAY * n, n) for n in range(1, 80)]
    found = owed(Owing(late), MONDAY, calendar())
    assert sorted((one.person, one.subject, len(one.lines)) for one in found) == [
        (OFFICER, "기한 지난 사안 79건", 30),
        (HEAD, "기한 지난 사안 78건", 30),
    ]


def test_the_head_hears_of_lateness_when_the_type_says():
    late = [case(MONDAY - DAY, head_from=1)]
    assert {person for person, *_ in told(Owing(late), MONDAY)} == {OFFICER, HEAD}


def test_who_stands_in_is_told_too_and_only_once():
    owing = Owing([case(MONDAY - DAY * 3)], deputies={HEAD: (DEPUTY, OFFICER)})
    assert sorted(person for person, *_ in told(owing, MONDAY)) == [OFFICER, HEAD, DEPUTY]


@pytest.mark.parametrize(
    ("day", "off", "owes"),
    [
        (MONDAY, [], True), (MONDAY, [MONDAY], False), (MONDAY + DAY, [MONDAY], True), (MONDAY + DAY * 5, [], False),
    ],
)  # fmt: skip
def test_the_week_begins_on_its_first_working_day(day, off, owes):
    week = Owing(week=Week((PLANNER,), (("처리 중 3건", "/cases/"),), "/"))
    assert told(week, day, calendar(off)) == ([(PLANNER, "digest", "digest:2026-W47")] if owes else [])


def test_a_promise_is_reminded_of_before_its_day_and_once_a_week_after_it():
    promise = Promise(5, 1, "자료요구-2026-00001", "보고", "/", MONDAY, (OFFICER,))
    made = {key for n in range(-10, 21) for *_, key in told(Owing(promises=[promise]), MONDAY + DAY * n)}
    assert made == {
        "follow_up:5:2026-11-16:3", "follow_up:5:2026-11-16:0", "follow_up:2026-W47", "follow_up:2026-W48",
        "follow_up:2026-W49",
    }  # fmt: skip
