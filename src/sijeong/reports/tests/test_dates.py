"""Dates in all the ways reports write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.reports.facts.dates import WEEKDAYS, spans

CASES = [
    ("'22.1.31.", (2022, 1, 31), (2022, 1, 31)),
    ("′21.4~10월", (2021, 4, None), (2021, 10, None)),
    ("’22.10~11월", (2022, 10, None), (2022, 11, None)),
    ("2021. 3. 1. ~ 2023. 2. 28.(2년)", (2021, 3, 1), (2023, 2, 28)),
    ("'22.4.1.~12.31. (275일)", (2022, 4, 1), (2022, 12, 31)),
    ("′22.1.17.~ 2.6.", (2022, 1, 17), (2022, 2, 6)),
    ("'22.9.16.~'23.7.12.", (2022, 9, 16), (2023, 7, 12)),
    ("2025년 1월 1일 ~ 2025년 12월 31일", (2025, 1, 1), (2025, 12, 31)),
    ("21.7.23 ~ 21.9.3", (2021, 7, 23), (2021, 9, 3)),
    ("2024-04-18", (2024, 4, 18), (2024, 4, 18)),
    ("'24년", (2024, None, None), (2024, None, None)),
]


@pytest.mark.parametrize(("text", "start", "end"), CASES)
def test_dates_and_ranges(text, start, end):
    span = spans(text)[0]
    assert (tuple(span.start[:3]), tuple(span.end[:3])) == (start, end)


@pytest.mark.parametrize("text", ["’22.1월~", "'23. 3. 25. ~)", "'24년~, 연 100명"])
def test_open_ends_stay_open(text):
    assert spans(text)[0].end is None


def test_weekday_and_time_are_kept():
    start = spans("일시 : '23. 4. 2.(일) 11:53 / 종로구")[0].start
    assert (start.weekday, start.time) == ("일", "11:53")


@pytest.mark.parametrize("text", ["연중", "매월 1회", "3.1%", "1,234", "제3조", "전화 02-2133-0000"])
def test_what_is_no_date_is_left_alone(text):
    assert spans(text) == []


@given(st.dates(date(2000, 1, 1), date(2039, 12, 31)), st.integers(0, 900))
def test_any_range_reads_back_with_its_days(start, days):
    end = start + timedelta(days)
    for text in (
        f"'{start:%y}. {start.month}. {start.day}.({WEEKDAYS[start.weekday()]}) ~ '{end:%y}. {end.month}. {end.day}.",
        f"{start.year}년 {start.month}월 {start.day}일 ~ {end.year}년 {end.month}월 {end.day}일",
        f"{start:%Y-%m-%d} ~ {end:%Y-%m-%d}",
    ):
        span = spans(text)[0]
        assert (span.start.date(), span.end.date(), span.days()) == (start, end, days + 1)


@given(st.text(alphabet="'’0123456789.~년월일() -/", max_size=40))
def test_no_text_breaks_the_reader_of_dates(text):
    for span in spans(text):
        assert span.start.year > 1900
