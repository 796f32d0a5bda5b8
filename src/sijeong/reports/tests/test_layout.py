"""How a written page is filled: words stay whole, figures stay whole, columns are as wide as what stands in them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sijeong
from sijeong.reports.writing.holding import at_risk
from sijeong.reports.writing.model import Grid, Statement
from sijeong.reports.writing.pdf import write_pdf
from sijeong.reports.writing.widths import breadth, fit

from .written import cell, figure, full, head

FONTS = Path(sijeong.__file__).parent / "site" / "static" / "dist" / "print"
SYLLABLES = "가나다라마바사아자차카타파하청년의권익증진과자립기반조성"


def lines_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pages:
        return [line for page in pages for line in page.get_textpage().get_text_range().splitlines()]


@pytest.mark.parametrize("marker", ["□", "○", "-", "·", "※", ""])
def test_no_line_of_the_pdf_ends_inside_a_word(marker):
    dice = random.Random(marker)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 9))) for _ in range(900)]
    words[::17] = [f"{dice.randint(1, 99_999_999):,}천원(△{dice.random():.1%})" for _ in words[::17]]
    told = [Statement(marker, (" ".join(words[at : at + 30]),)) for at in range(0, 900, 30)]
    found = lines_of(write_pdf(replace(full(), parts=[full().parts[0], *told]), FONTS))
    pieces = {piece for line in found for piece in line.split()}
    assert set(words) <= pieces


def test_words_in_cells_stay_whole_too():
    dice = random.Random(7)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 7))) for _ in range(300)]
    rows = [(head("내용"), head("금액"))]
    rows += [(cell(" ".join(words[at : at + 25])), figure(at * 1_234_567, "x")) for at in range(0, 300, 25)]
    report = full()
    report.parts.append(Grid(tuple(rows), "긴 표"))
    pieces = {piece for line in lines_of(write_pdf(report, FONTS)) for piece in line.split()}
    assert set(words) <= pieces and f"{275 * 1_234_567:,}" in pieces


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.3, 9), min_size=1, max_size=60), st.floats(10, 40))
def test_every_word_that_a_line_ends_before_is_held(widths, room):
    """Filling first-fit, the word that no longer fits is named; words wider than a line cannot be."""
    risky, used = at_risk(widths, 0.3, room, room), 0.0
    for number, width in enumerate(widths):
        if used + width > room:
            assert number in risky or width > room
            used = 0.0
        used += width + 0.3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10**9), min_size=2, max_size=8), min_size=1, max_size=6))
def test_a_figure_has_its_column(rows):
    width = min(map(len, rows))
    grid = Grid(tuple(tuple(figure(value, "x") for value in row[:width]) for row in rows))
    fitted = fit(grid, 80)
    assert sum(fitted.shares) == pytest.approx(1)
    for row in grid.rows:
        for share, square in zip(fitted.shares, row, strict=True):
            assert breadth(square.texts[0]) <= 80 / fitted.scale * share + 0.01


def test_a_long_label_gets_more_than_a_short_one_and_long_text_shares_the_rest():
    rows = (
        (head("구분"), head("내용"), head("계")),
        (head("기관운영업무추진비"), cell("조직 운영과 대민 활동에 드는 경비 " * 8), figure(12_345, "x")),
    )
    label, text, number = fit(Grid(rows), 80).shares
    assert text > label > number and label * 80 >= breadth("기관운영업무추진비")
