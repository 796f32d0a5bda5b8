"""What the law cannot count is refused with the value and what is allowed."""

import datetime as dt

import numpy as np
import pytest

from sijeong.legaltime import KST, Calendar, LegalTimeError, Length, Override, count, needs_time
from sijeong.legaltime.batch import last_days

DAY = dt.date(2024, 9, 12)


@pytest.mark.parametrize(
    ("amount", "unit", "message"),
    [
        (-1, "days", "기간 -1: 1부터 99999까지"),
        (0, "days", "기간 0: 1부터"),
        (100_000, "days", "기간 100000: 1부터"),
        (1.5, "days", "기간 1.5: 자연수"),
        ("10", "days", "기간 '10': 자연수"),
        (True, "days", "기간 True: 자연수"),
        (10, "fortnights", "'fortnights': hours, days, weeks, months, years 가운데"),
        (10, None, "None: hours, days"),
    ],
)
def test_lengths(amount, unit, message):
    with pytest.raises(LegalTimeError, match=message):
        Length(amount, unit)


@pytest.mark.parametrize("rule", ["", "Civil", "민법", None])
def test_rules(korea, rule):
    allowed = "civil, petition, disclosure, burden 가운데"
    with pytest.raises(LegalTimeError, match=f"규칙 {rule!r}: {allowed}"):
        count(rule=rule, start=DAY, length=Length(10, "days"), calendar=korea)
    with pytest.raises(LegalTimeError, match=allowed):
        last_days(rule, np.array([DAY], "M8[D]"), Length(10, "days"), korea)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("2024-09-12", "시작 '2024-09-12': 날짜"),
        (None, "시작 None: 날짜"),
        (dt.datetime(2024, 9, 12, 9), r"시작 2024-09-12 09:00:00: .*시간대.*\+09:00"),  # noqa: DTZ001
        (dt.date(2007, 12, 31), "2007-12-31: 달력은 2008-01-01부터 2100-12-31까지"),
        (dt.date(2101, 1, 1), "2101-01-01: 달력은"),
        (dt.date.max, "9999-12-31: 달력은"),
    ],
)
def test_starts(korea, start, message):
    with pytest.raises(LegalTimeError, match=message):
        count(rule="civil", start=start, length=Length(10, "days"), calendar=korea)


@pytest.mark.parametrize("rule", ["civil", "petition", "disclosure", "burden"])
@pytest.mark.parametrize("unit", ["hours", "days", "weeks", "months", "years"])
def test_ends_the_calendar_does_not_reach(korea, rule, unit):
    start = dt.datetime(2100, 12, 20, 9, tzinfo=KST)
    length = Length(99_999, unit)
    with pytest.raises(LegalTimeError, match="달력은 2008-01-01부터 2100-12-31까지"):
        count(rule=rule, start=start, length=length, calendar=korea)
    with pytest.raises(LegalTimeError, match=r"시작 2100-12-20T09:00: 기간이 달력\(2008-01-01부터"):
        last_days(rule, np.array(["2100-12-20T09:00"], "M8[m]"), length, korea)


def test_an_end_that_rolls_off_the_calendar():
    calendar = Calendar.korea(years=range(2022, 2023))  # ends on a Saturday
    with pytest.raises(LegalTimeError, match="2023-01-01: 달력은"):
        count(rule="civil", start=dt.date(2022, 12, 21), length=Length(10, "days"), calendar=calendar)
    with pytest.raises(LegalTimeError, match="시작 2022-12-21: 기간이 달력"):
        last_days("civil", np.array(["2022-12-21"], "M8[D]"), Length(10, "days"), calendar)


def test_a_moment_abroad_is_a_moment_in_korea(korea):
    evening_in_london = dt.datetime(2024, 9, 11, 16, 30, tzinfo=dt.UTC)
    term = count(rule="civil", start=evening_in_london, length=Length(10, "days"), calendar=korea)
    assert term.start.isoformat() == "2024-09-12T01:30:00+09:00"
    assert str(term.last_day) == "2024-09-23"


@pytest.mark.parametrize(
    ("rule", "amount", "unit", "needs"),
    [
        ("petition", 5, "days", True),
        ("petition", 6, "days", False),
        ("petition", 1, "weeks", False),
        ("petition", 3, "hours", True),
        ("civil", 48, "hours", True),
        ("civil", 1, "days", False),
    ],
)
def test_whether_the_time_of_day_is_needed_can_be_asked_beforehand(rule, amount, unit, needs):
    assert needs_time(rule, Length(amount, unit)) is needs


@pytest.mark.parametrize("dtype", ["M8[M]", "M8[W]", "M8[ns]", "i8"])
def test_starts_of_a_batch_are_days_or_moments(korea, dtype):
    with pytest.raises(LegalTimeError, match=r"datetime64\[D\]부터 datetime64\[us\]까지"):
        last_days("civil", np.zeros(1, dtype), Length(10, "days"), korea)


def test_a_batch_names_the_first_start_it_cannot_count(korea):
    for bad in ("NaT", "2007-12-31", "2100-12-31"):
        starts = np.array(["2024-09-12", bad, "1999-01-01"], "M8[D]")
        with pytest.raises(LegalTimeError, match=f"시작 {bad}: 기간이 달력"):
            last_days("civil", starts, Length(10, "days"), korea)


def test_a_batch_of_days_alone_does_not_do_where_hours_are_counted(korea):
    with pytest.raises(LegalTimeError, match=r"3일: 시간으로 세므로.*시각 배열"):
        last_days("petition", np.array([DAY], "M8[D]"), Length(3, "days"), korea)


def test_a_calendar_without_its_overrides_is_what_is_left():
    assert Calendar.korea(overrides=iter([Override(DAY, "하루", "시험")])).is_off(DAY)
