"""Rates of few cases: the interval, and who is not ranked."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.statistics.figures import Figures
from sijeong.statistics.rates import LEAST, median, wilson


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_wilson_as_published(good, of, low, high):
    """The last two rows: R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I."""
    assert wilson(good, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 10**6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(pair):
    good, of = pair
    low, high = wilson(good, of)
    assert 0 <= low <= good / of <= high <= 1
    assert (low, high) == pytest.approx(tuple(1 - end for end in reversed(wilson(of - good, of))))


@pytest.mark.parametrize("pair", [(1, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(pair):
    with pytest.raises(ValueError, match=" of "):
        wilson(*pair)


@given(st.lists(st.integers(0, 400), min_size=1))
def test_the_median_of_a_histogram_is_that_of_its_values(values):
    assert median({value: values.count(value) for value in values}) == statistics.median(values)


def test_a_small_office_is_not_compared():
    few, many = (
        Figures(on_time=LEAST - 1, received=LEAST - 1),
        Figures(on_time=30, late=30, received=60),
    )
    assert (few.ranked, few.beside(0.5), few.interval is not None) == (False, "", True)
    assert (many.beside(0.5), many.beside(0.9), many.beside(0.1)) == ("same", "below", "above")


def test_nothing_rated_has_no_rate():
    assert (Figures().rate, Figures().interval, Figures().median, median({})) == (None, None, None, None)
