"""The government proclaims days late; 1 October 2024 was proclaimed a holiday on 3 September."""

import datetime as dt

import pytest

from sijeong.legaltime import KST, Calendar, Length, Override, count

PROCLAIMED = dt.date(2024, 10, 1)
BEFORE = Calendar.korea(overrides=[Override(PROCLAIMED, None, "의결 전")])
AFTER = Calendar.korea(overrides=[Override(PROCLAIMED, "임시공휴일", "국무회의 의결", dt.date(2024, 9, 3))])

TERMS = [
    ("civil", dt.date(2024, 9, 21), Length(10, "days"), "2024-10-01", "2024-10-02"),
    ("disclosure", dt.date(2024, 9, 20), Length(10, "days"), "2024-10-04", "2024-10-07"),
    ("petition", dt.datetime(2024, 9, 27, 14, 30, tzinfo=KST), Length(3, "days"), "2024-10-02", "2024-10-04"),
    ("burden", dt.date(2024, 9, 22), Length(10, "days"), "2024-10-01", "2024-10-01"),
]


@pytest.mark.parametrize(("rule", "start", "length", "before", "after"), TERMS)
def test_a_day_proclaimed_late_moves_the_terms_it_lies_in(rule, start, length, before, after):
    term = count(rule=rule, start=start, length=length, calendar=BEFORE)
    moved = term.recounted(AFTER)

    assert (str(term.last_day), str(moved.last_day)) == (before, after)
    assert moved == count(rule=rule, start=start, length=length, calendar=AFTER)
    assert (term.calendar_version, moved.calendar_version) == (BEFORE.version, AFTER.version)
    assert moved.recounted(BEFORE) == term


def test_a_recount_keeps_article_pauses_and_extensions():
    term = count(
        rule="disclosure",
        start=dt.date(2024, 9, 20),
        length=Length(10, "days"),
        calendar=BEFORE,
        article="제11조",
    )
    term = term.paused(dt.date(2024, 9, 24), dt.date(2024, 9, 25), reason="물음", calendar=BEFORE)
    term = term.extended(Length(10, "days"), reason="방대함", calendar=BEFORE)
    moved = term.recounted(AFTER)

    assert (moved.article, moved.pauses, moved.extensions) == (term.article, term.pauses, term.extensions)
    assert moved.last_day > term.last_day


@pytest.mark.parametrize(
    ("start", "last", "provisional"),
    [("2027-12-10", "2027-12-31", False), ("2027-12-13", "2028-01-03", True)],
)
def test_a_term_that_ends_after_the_last_known_year_is_provisional(
    last_day, counted, start, last, provisional
):
    term = counted("civil", start, 21, "days")
    assert str(term.last_day) == last
    assert term.provisional is provisional
    assert (term.steps[-1].kind == "provisional") is provisional


def test_a_provisional_term_says_so_and_becomes_certain_when_the_almanac_is_out(counted):
    term = counted("civil", "2027-12-13", 21, "days")
    assert term.steps[-1].text == "2027년 뒤의 공휴일은 아직 정해지지 않아 말일이 바뀔 수 있음"
    assert not term.recounted(Calendar.korea(last_known=2028)).provisional


@pytest.mark.parametrize(
    ("rule", "start", "unit"), [("burden", "2027-12-13", "days"), ("civil", "2027-12-30T10:00", "hours")]
)
def test_what_no_holiday_can_move_is_never_provisional(counted, rule, start, unit):
    assert not counted(rule, start, 60, unit).provisional
