"""What holds for every period, whatever its facts."""

import datetime as dt
import json

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from sijeong.legaltime import (
    KST,
    Calendar,
    LegalTimeError,
    Length,
    Rule,
    Term,
    Unit,
    count,
    needs_time,
)
from sijeong.legaltime.batch import last_days
from sijeong.legaltime.tests import reference as slow

CALENDAR = Calendar.korea()
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2040, 12, 31))
MOMENTS = st.datetimes(dt.datetime(2018, 1, 1), dt.datetime(2040, 12, 31), timezones=st.just(KST))  # noqa: DTZ001
HALF_HOURS = st.builds(
    lambda day, half_hours: dt.datetime.combine(day, dt.time(), KST) + dt.timedelta(minutes=30 * half_hours),
    st.dates(dt.date(2018, 1, 1), dt.date(2027, 6, 30)),
    st.integers(0, 47),
)
RULES = st.sampled_from(Rule)
AMOUNTS = {Unit.HOURS: 200, Unit.DAYS: 200, Unit.WEEKS: 60, Unit.MONTHS: 40, Unit.YEARS: 10}
UNITS = st.sampled_from(Unit)
LENGTHS = UNITS.flatmap(lambda unit: st.integers(1, AMOUNTS[unit]).map(lambda amount: Length(amount, unit)))
LONGER = LENGTHS.filter(lambda length: length.unit is not Unit.HOURS)
# A rule, a start and a length that it can count: hours need the time of day.
PERIODS = st.tuples(RULES, st.one_of(DAYS, MOMENTS), LENGTHS).filter(
    lambda period: isinstance(period[1], dt.datetime) or not needs_time(period[0], period[2])
)
PAUSES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3)


def counted(rule, start, length, **more):
    return count(rule=rule, start=start, length=length, calendar=CALENDAR, **more)


def paused(term, pauses):
    for after, days in pauses:
        from_day = term.start_day + dt.timedelta(days=after)
        if from_day <= term.last_day:
            term = term.paused(from_day, from_day + dt.timedelta(days=days), reason="물음", calendar=CALENDAR)
    return term


def days_of(term):
    """The days from the start to the end that were not paused."""
    days = (term.last_day - term.start_day).days + 1
    return [
        day
        for day in (term.start_day + dt.timedelta(days=number) for number in range(days))
        if not any(pause.covers(day) for pause in term.pauses)
    ]


def end_of(term):
    return term.last_moment or dt.datetime.combine(term.last_day, dt.time(), KST)


@given(RULES, st.tuples(MOMENTS, MOMENTS), LENGTHS)
def test_a_later_start_never_ends_sooner(rule, starts, length):
    first, second = sorted(starts)
    assert end_of(counted(rule, first, length)) <= end_of(counted(rule, second, length))


@given(PERIODS.filter(lambda period: not isinstance(period[1], dt.datetime)), DAYS)
def test_a_later_day_never_ends_sooner(period, other):
    rule, start, length = period
    first, second = sorted([start, other])
    assert counted(rule, first, length).last_day <= counted(rule, second, length).last_day


@given(RULES, MOMENTS, LENGTHS)
def test_a_longer_period_never_ends_sooner(rule, start, length):
    longer = Length(length.amount + 1, length.unit)
    assert counted(rule, start, length).last_day <= counted(rule, start, longer).last_day


@given(RULES, MOMENTS, LENGTHS, PAUSES, st.booleans())
def test_a_period_ends_on_no_off_day_and_in_no_pause_where_the_rule_forbids_it(
    rule, start, length, pauses, against
):
    against = against and rule is Rule.BURDEN
    may = (rule is Rule.BURDEN and not against) or (length.unit is Unit.HOURS and rule is not Rule.PETITION)
    term = paused(counted(rule, start, length, against=against), pauses)
    assert may or not CALENDAR.is_off(term.last_day)
    assert not any(pause.covers(term.last_day) for pause in term.pauses)


@given(st.sampled_from(["petition", "disclosure"]), DAYS, st.integers(6, 120), st.integers(1, 60), PAUSES)
def test_open_days_are_as_many_as_the_law_gives(rule, start, days, more, pauses):
    term = paused(counted(rule, start, Length(days, "days")), pauses)
    term = term.extended(Length(more, "days"), reason="", calendar=CALENDAR)
    open_days = [day for day in days_of(term) if not CALENDAR.is_off(day)]
    assert len(open_days) == days + more
    assert open_days[-1] == term.last_day


@given(DAYS, st.integers(1, 120), st.integers(1, 60), PAUSES)
def test_days_of_a_burden_are_as_many_as_it_has(start, days, more, pauses):
    term = paused(counted("burden", start, Length(days, "days")), pauses)
    term = term.extended(Length(more, "days"), reason="", calendar=CALENDAR)
    assert len(days_of(term)) == days + more


@given(DAYS, st.integers(1, 120), PAUSES)
def test_a_civil_period_ends_on_its_last_day_or_the_next_open_one(start, days, pauses):
    term = paused(counted("civil", start, Length(days, "days")), pauses)
    after_first = days_of(term)[not any(pause.covers(start) for pause in term.pauses) :]
    assert len(after_first) >= days
    assert all(CALENDAR.is_off(day) for day in after_first[days - 1 : -1])


@given(HALF_HOURS, st.integers(1, 5), st.integers(1, 8), PAUSES)
def test_working_hours_are_as_many_as_the_law_gives(start, days, more, pauses):
    term = paused(counted("petition", start, Length(days, "days")), pauses)
    term = term.extended(Length(more, "hours"), reason="", calendar=CALENDAR)
    without = {
        day for day in slow.span(start.date(), term.last_day) if any(p.covers(day) for p in term.pauses)
    }
    span = (start.replace(tzinfo=None), term.last_moment.replace(tzinfo=None))
    assert slow.working_half_hours(*span, without) == 2 * (8 * days + more)


@given(RULES, MOMENTS, LENGTHS, PAUSES)
def test_a_pause_never_brings_the_end_forward(rule, start, length, pauses):
    term = counted(rule, start, length)
    assert end_of(paused(term, pauses)) >= end_of(term)


@given(RULES, MOMENTS, LENGTHS, LENGTHS)
def test_an_extension_ends_later_or_is_refused(rule, start, length, more):
    term = counted(rule, start, length)
    try:
        longer = term.extended(more, reason="", calendar=CALENDAR)
    except LegalTimeError as refusal:
        assert "단위로만" in str(refusal)
    else:
        assert end_of(longer) > end_of(term)


@given(PERIODS, PAUSES, st.booleans(), st.booleans(), st.text())
def test_a_term_comes_back_from_json_as_it_was(period, pauses, open_pause, against, reason):
    against = against and period[0] is Rule.BURDEN
    term = paused(counted(*period, article=reason, against=against), pauses)
    if term.last_moment is None:
        term = term.extended(Length(3, "days"), reason=reason, calendar=CALENDAR)
    if open_pause:
        term = term.paused_since(term.last_day, reason=reason)
    back = Term.from_json(json.loads(json.dumps(term.as_json())))
    assert back == term
    assert repr(back) == repr(term)
    assert back.recounted(CALENDAR) == term


@given(PERIODS, PAUSES)
def test_steps_start_at_the_start_and_end_at_the_end(period, pauses):
    term = paused(counted(*period), pauses)
    assert term.steps[0].kind == "start"
    assert term.steps[0].first == term.start_day
    assert [step.last for step in term.steps if step.kind == "end"] == [term.last_day]
    assert all(step.first <= step.last and step.text for step in term.steps)


@given(RULES, st.lists(MOMENTS, min_size=1, max_size=20), LENGTHS)
def test_a_batch_of_moments_is_each_of_them(rule, starts, length):
    naive = np.array([start.replace(tzinfo=None) for start in starts], "M8[us]")
    assert last_days(rule, naive, length, CALENDAR).tolist() == [
        counted(rule, start, length).last_day for start in starts
    ]


@given(RULES, st.lists(DAYS, min_size=1, max_size=20), LONGER, st.booleans())
def test_a_batch_of_days_is_each_of_them(rule, starts, length, against):
    assume(not needs_time(rule, length))
    against = against and rule is Rule.BURDEN
    assert last_days(rule, np.array(starts, "M8[D]"), length, CALENDAR, against=against).tolist() == [
        counted(rule, start, length, against=against).last_day for start in starts
    ]
