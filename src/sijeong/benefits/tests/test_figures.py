"""The bars of a reform: every bar between the ends, the line of nought where all of them begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.benefits.figures import bars, span


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30))
def test_every_bar_begins_at_nought_and_stays_inside(values):
    rows = [(str(place), value) for place, value in enumerate(values)]
    nought = 100 * span(rows)[0]
    for bar, value in zip(bars(rows), values, strict=True):
        begins = bar.x if value >= 0 else bar.x + bar.width
        assert begins == pytest.approx(nought) and bar.x >= -1e-6 and bar.x + bar.width <= 100 + 1e-6


def test_what_is_only_lost_fills_the_chart():
    rows = [("가", -4), ("나", -1)]
    assert span(rows)[0] == 1.0 and [bar.width for bar in bars(rows)] == [100.0, 25.0]
