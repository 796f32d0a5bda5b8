"""Addresses written the short way are those that the routes give."""

import pytest
from django.urls import clear_script_prefix, resolve, reverse, set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from sijeong.cases.urls import Number
from sijeong.site.addresses import case_url, url

NUMBERS = st.from_regex(Number.regex, fullmatch=True)


@given(NUMBERS)
def test_the_address_of_a_case_is_its_route_s(number):
    assert case_url(number) == url("case", number) == reverse("case", args=[number])


@pytest.mark.parametrize(
    "number", ["자료요구-2026-00001", "a%b-2026-001", "<\"'>-2026-001", "?&#;-2026-12345", "가:@-2026-001"]
)
def test_an_address_leads_to_its_case(number):
    assert case_url(number) == reverse("case", args=[number])
    assert (
        resolve(
            case_url("자료요구-2026-00001").replace("%EC%9E%90%EB%A3%8C%EC%9A%94%EA%B5%AC", "자료요구")
        ).url_name
        == "case"
    )


def test_under_another_prefix_the_address_is_there():
    plain = case_url("가-2026-001")
    set_script_prefix("/city/")
    try:
        assert case_url("가-2026-001") == "/city" + plain
    finally:
        clear_script_prefix()
    assert case_url("가-2026-001") == plain
