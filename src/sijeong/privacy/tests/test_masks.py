"""A masked text tells nothing that was masked, and is as long as before."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.privacy import Kind, find, mask, redacted
from sijeong.privacy.plain import flat
from sijeong.privacy.planted import corpus


@pytest.mark.parametrize(
    ("kind", "text", "masked"),
    [
        ("resident_number", "900101-1234567", "******-*******"),
        ("phone", "010-1234-5678", "010-****-5678"),
        ("phone", "02)345-6789", "02)***-6789"),
        ("phone", "+82 10-1234-5678", "+82 10-****-5678"),
        ("email", "gildong@example.com", "gi*****@example.com"),
        ("email", "a@b.kr", "*@b.kr"),
        ("account", "110-123-456789", "110-***-******"),
        ("card", "4111-1111-1111-1111", "4111-11**-****-1111"),
        ("plate", "123가 4567", "123가 ****"),
        ("passport", "M123A4567", "M********"),
        ("driving_licence", "11-12-345678-90", "11-**-******-**"),
        ("address", "가람로 110, 101동 1203호", "가람로 ***, ***동 ****호"),
        ("name", "홍길동", "홍*동"),
        ("name", "이산", "이*"),
        ("birth_date", "1990. 1. 1.", "****. *. *."),
        ("manual", "그 이웃", "* **"),
    ],
)
def test_masks(kind, text, masked):
    assert mask(kind, text) == masked


def test_a_length_may_tell_too():
    assert mask("email", "gildong@example.com", keep_length=False) == "gi***@example.com"


def test_every_planted_one_is_hidden_and_found_no_more():
    for one in corpus(11, 15):
        told = find(one.text)
        clean = redacted(one.text, [(f.start, f.end, f.kind) for f in told])
        assert len(clean) == len(one.text)
        assert find(clean) == [], (one.text, clean)
        assert all(f.text not in clean for f in told), (one.text, clean)


@given(st.text(max_size=60))
def test_a_flat_text_is_as_long(text):
    assert len(flat(text)) == len(text)


@given(st.text(alphabet="0123456789-. ()@+가로동호조은행주소계좌:\n０１a*", max_size=80))
def test_findings_lie_in_the_text_in_order_and_apart(text):
    told = find(text)
    assert all(text[f.start : f.end] == f.text and f.text for f in told)
    assert all(a.end <= b.start for a, b in pairwise(told))
    assert len(redacted(text, [(f.start, f.end, f.kind) for f in told])) == len(text)


@given(st.sampled_from(list(Kind)), st.text(alphabet="0123456789-가나다동호@.ab ", min_size=1, max_size=30))
def test_a_mask_only_puts_stars(kind, text):
    masked = mask(kind, text)
    assert len(masked) == len(text)
    assert all(after in ("*", before) for before, after in zip(text, masked, strict=True))
