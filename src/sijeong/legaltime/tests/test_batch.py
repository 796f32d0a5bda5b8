import time

import numpy as np
import pytest

from sijeong.legaltime import Length, last_days

MILLION = 1_000_000


@pytest.fixture(scope="module")
def starts():
    days = np.random.default_rng(20240912).integers(0, 3652 * 24 * 60, MILLION)
    return np.datetime64("2018-01-01T00:00") + days


@pytest.mark.parametrize("rule", ["civil", "petition", "disclosure", "burden"])
@pytest.mark.parametrize(
    "length", [Length(10, "days"), Length(2, "weeks"), Length(3, "months"), Length(1, "years")], ids=str
)
def test_a_million_due_dates_take_two_seconds_at_most(korea, starts, rule, length):
    days = starts.astype("M8[D]")
    begin = time.perf_counter()
    ends = last_days(rule, days, length, korea)
    assert time.perf_counter() - begin <= 2
    assert (ends >= days).all()


def test_a_million_petitions_in_working_hours_take_two_seconds_at_most(korea, starts):
    begin = time.perf_counter()
    ends = last_days("petition", starts, Length(3, "days"), korea)
    assert time.perf_counter() - begin <= 2
    assert (ends >= starts.astype("M8[D]")).all()


def test_a_batch_keeps_its_shape(korea):
    starts = np.array([["2024-09-12", "2024-09-13"], ["2024-09-14", "2024-09-15"]], "M8[D]")
    expected = np.array([["2024-09-30", "2024-10-02"], ["2024-10-04", "2024-10-04"]], "M8[D]")
    ends = last_days("disclosure", starts, Length(10, "days"), korea)
    assert ends.dtype == expected.dtype
    assert np.array_equal(ends, expected)


def test_an_empty_batch_is_empty(korea):
    assert last_days("civil", np.array([], "M8[D]"), Length(10, "days"), korea).tolist() == []
