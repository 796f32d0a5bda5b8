"""Figures as offices print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.reports.facts.values import cell_value, find_values, hangul_number

NUMBERS = [
    ("22조 9,953억원", 22_995_300_000_000, 10**8, "원"),
    ("3천만 원", 30_000_000, 10**7, "원"),
    ("1,234백만원", 1_234_000_000, 10**6, "원"),
    ("1천2백만원", 12_000_000, 10**6, "원"),
    ("1억 2,000만원", 120_000_000, 10**4, "원"),
    ("375천명", 375_000, 1000, "명"),
    ("65.5억", 6_550_000_000, 10**7, ""),
    ("△36.4%", Decimal("-36.4"), Decimal("0.1"), "%"),
    ("▲ 3", -3, 1, ""),
    ("(17.8)", Decimal("-17.8"), Decimal("0.1"), ""),
    ("(25.0%)", 25, Decimal("0.1"), "%"),
    ("3.2%p", Decimal("3.2"), Decimal("0.1"), "%p"),
    ("약 150여 명", 150, 1, "명"),
    ("341,200", 341_200, 1, ""),
]


@pytest.mark.parametrize(("text", "amount", "step", "unit"), NUMBERS)
def test_numbers_carry_scale_sign_precision_and_unit(text, amount, step, unit):
    value = cell_value(text)
    assert (value.kind, value.amount, value.step, value.unit) == ("number", amount, step, unit)


@pytest.mark.parametrize("text", ["35,498,8000", "3226만4200만", "3226만4200만원", "12,34,567", "1234,567"])
def test_what_is_no_number_is_called_malformed(text):
    assert cell_value(text).kind == "malformed"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("-", "dash"), ("", "blank"), ("1,2", "text"), ("3급상당", "text"), ("2024.10.1.", "text")],
)
def test_dash_blank_and_words_are_told_apart(text, kind):
    assert cell_value(text).kind == kind


def test_quota_and_actual_stand_in_one_cell():
    value = cell_value("31/33")
    assert (value.kind, value.amount, value.second) == ("pair", 31, 33)


def test_a_rate_beside_a_figure_is_kept():
    value = cell_value("43,544\n(12.8%)")
    assert (value.amount, value.aside.amount, value.aside.unit) == (43_544, Decimal("12.8"), "%")


def test_words_that_loosen_a_number_are_kept():
    assert cell_value("1,000명 이상").loose == "이상"


def test_values_are_found_in_running_text():
    found = [
        (f.value.amount, f.value.unit) for f in find_values("헬기 15대 등 진화장비 188대, 사업비 1,007백만원")
    ]
    assert found == [(15, "대"), (188, "대"), (1_007_000_000, "원")]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("칠십삼억오천사백구십사만팔천", 7_354_948_000),
        ("칠천이백삼십만", 72_300_000),
        ("일십만", 100_000),
        ("금일", None),
    ],
)
def test_amounts_in_words(words, number):
    assert hangul_number(words) == number


@given(st.integers(-(10**15), 10**15))
def test_any_grouped_number_reads_back(number):
    value = cell_value(f"{'△' if number < 0 else ''}{abs(number):,}")
    assert (value.kind, value.amount) == ("number", number)


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 9999))
def test_any_compound_of_falling_scales_adds_up(trillions, hundreds, tens):
    value = cell_value(f"{trillions:,}조 {hundreds:,}억 {tens:,}만원")
    assert value.amount == trillions * 10**12 + hundreds * 10**8 + tens * 10**4


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader_of_values(text):
    assert cell_value(text).kind in ("number", "pair", "dash", "blank", "text", "malformed")
    list(find_values(text))
