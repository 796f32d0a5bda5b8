"""Damaged files: whatever is cut off, flipped or wiped, there is a document or one clear line."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.reports.checks import check
from sijeong.reports.reading import read
from sijeong.reports.reading.documents import Document, Unreadable
from sijeong.reports.tests.making import (
    docx,
    hwp,
    hwp_p,
    hwp_table,
    hwpx,
    p,
    pdf,
    pdf_table,
    record,
    text_at,
    tp,
    wp,
    wtc,
)

ROWS = [["구분", "정원", "현원"], ["계", "34", "32"], ["일반직", "9", "11"], ["별정직", "25", "21"]]
LINES = [f"○ 사업 {n} : 총 112건 접수(폐지42, 보류25, 제외45) '23. 4. 2.(일)" for n in range(12)]


@cache
def whole(kind: str) -> bytes:
    if kind == "hwpx":
        return hwpx("".join(map(p, LINES)) + tp(ROWS))
    if kind == "hwp":
        return hwp(*map(hwp_p, LINES), hwp_table(ROWS))
    if kind == "docx":
        rows = "".join(f"<w:tr>{''.join(map(wtc, row))}</w:tr>" for row in ROWS)
        return docx("".join(map(wp, LINES)) + f"<w:tbl>{rows}</w:tbl>")
    texts = [text_at(50, 800 - 20 * n, line) for n, line in enumerate(LINES)]
    return pdf([[*texts, *pdf_table(50, 500, ROWS)]])


def attempt(data: bytes) -> Document | None:
    """The document, or None for one line of refusal; anything else fails the test."""
    try:
        document = read(data)
    except Unreadable as error:
        assert str(error) and "\n" not in str(error)
        return None
    check(document)
    return document


KINDS = st.sampled_from(["hwpx", "hwp", "docx", "pdf"])


@settings(max_examples=120, deadline=None)
@given(KINDS, st.floats(0.001, 0.999))
def test_a_file_cut_short_is_never_called_whole(kind, share):
    data = whole(kind)
    kept = data[: max(16, int(len(data) * share))]
    document = attempt(kept)
    assert document is None or document.text() == read(data).text() or document.unread


@settings(max_examples=200, deadline=None)
@given(KINDS, st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 7)), min_size=1, max_size=4))
def test_flipped_bits_give_a_document_or_one_line(kind, flips):
    data = bytearray(whole(kind))
    for share, bit in flips:
        data[int(len(data) * share)] ^= 1 << bit
    attempt(bytes(data))


@settings(max_examples=80, deadline=None)
@given(KINDS, st.floats(0, 0.99), st.integers(1, 3000))
def test_wiped_bytes_give_a_document_or_one_line(kind, share, size):
    data = bytearray(whole(kind))
    start = int(len(data) * share)
    data[start : start + size] = bytes(len(data[start : start + size]))
    attempt(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_door(data):
    attempt(data)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_door(text):
    attempt(text.encode("utf-8", "surrogatepass"))


def test_an_hwp_that_promises_more_letters_or_cells_than_it_holds_is_not_called_whole():
    paragraph = bytearray(hwp_p("가나다"))
    paragraph[4] += 5  # the count of letters in its head
    assert read(hwp(bytes(paragraph))).unread == ["문단 일부(파일이 손상됨)"]
    lost = hwp_table(ROWS).replace("별정직".encode("utf-16-le"), "임기제".encode("utf-16-le"))
    assert read(hwp(lost)).unread == []
    table = bytearray(lost)
    at = table.index(b"\x03\x00" * 4)  # three cells in each of four rows
    table[at] = 4
    assert read(hwp(bytes(table))).unread == ["표 일부(파일이 손상됨)"]


def test_an_hwp_of_which_a_section_is_missing_is_refused():
    with pytest.raises(Unreadable, match="구역 3개 가운데 1개"):
        read(hwp(hwp_p("가"), info=record(16, 0, b"\x03" + b"\0" * 25)))
