"""Charts: every mark inside its drawing, in proportion, and read out with its number."""

import pytest
from django.template import engines
from hypothesis import example, given
from hypothesis import strategies as st

from sijeong.site import charts

amounts = st.integers(0, 10**7)


@given(st.floats(0, 1e9, allow_nan=False))
def test_a_scale_begins_at_nought_reaches_the_highest_and_has_few_lines(top):
    marks = charts.ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(marks) <= 6


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=60))
def test_columns_stack_to_their_sum_and_stay_inside(values):
    labels = [str(i) for i in range(len(values))]
    chart = charts.columns(labels, [("가", [v[0] for v in values]), ("나", [v[1] for v in values])])
    assert len(chart.below) <= charts.LABELS
    tall = {}
    for box in chart.boxes:
        assert 0 <= box.x <= box.x + box.width <= 100
        assert -1e-6 <= box.y <= box.y + box.height <= chart.height + 1e-6
        tall[box.title.split()[0]] = tall.get(box.title.split()[0], 0) + box.height
    highest = max(sum(v) for v in values)
    if highest:
        most = tall[labels[[sum(v) for v in values].index(highest)]]
        for label, value in zip(labels, values, strict=True):
            assert tall.get(label, 0) / most == pytest.approx(sum(value) / highest, abs=1e-9)


def test_a_line_breaks_where_nothing_is_known():
    chart = charts.lines(["1월", "2월", "3월"], [("준수율", [90, None, 95])], unit="%", top=100)
    assert (len(chart.dots), len(chart.strokes)) == (2, 0)
    assert chart.dots[0].title == "1월 준수율 90%"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
@example([100.0])
@example([99.9999999999])
def test_lines_stay_inside_though_the_scale_begins_near_the_lowest(values):
    chart = charts.lines([""] * len(values), [("가", values)], top=100)
    assert all(-1e-6 <= dot.y <= chart.height + 1e-6 for dot in chart.dots)
    assert len(chart.scale) <= 7


def test_other_lengths_are_refused():
    with pytest.raises(ValueError, match="2 labels, 1 values"):
        charts.columns(["1월", "2월"], [("접수", [3])])


def test_a_drawing_names_itself_and_escapes_what_it_is_given():
    page = (
        engines["jinja2"]
        .from_string(
            """{% import "charts.html" as charts %}{{ charts.ranges("부서별", [("<과>", 90.0, 80.0, 95.0, "main")], mark=(92, "시 전체")) }}"""
        )
        .render({})
    )
    assert 'role="img"' in page
    assert 'aria-label="부서별. 값은 아래 표에 있습니다."' in page
    assert "&lt;과&gt; 90% (80~95%)" in page
    assert "style=" not in page
