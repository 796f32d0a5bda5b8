"""Whatever somebody types or brings in, a report of it is written in five formats, sound, and says the same."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package

import sijeong
from sijeong.reports.reading import read
from sijeong.reports.writing import FORMATS, write
from sijeong.reports.writing.model import Bar, Grid, Report, Statement, document

from .written import cell, figure, full, head

FONTS = Path(sijeong.__file__).parent / "site" / "static" / "dist" / "print"
TYPED = (
    "# 제목 $x$ *굵게* _밑_ `코드` @참조 <나> [다] ] \\줄 // 주석 ... -- ---",
    "&lt; &amp; <b>굵게</b> & <참고> ]]> \"겹\" '홑'", '#let x = 1 #import "x"', "\\u{41} \\n 글", "=SUM(A1)", "+1", "@cmd",
    "~~지움~~ *** --- > 인용", "1) 가짜 번호", "https://example.kr/" + "a" * 300, "긴" * 700,
)  # fmt: skip
CONTROL = "앞\x00\x07\x1b\x0b\x0c\ufffe\x7f뒤"


def squeezed(text: str) -> str:
    return "".join(text.split())


def told(*parts) -> Report:
    return replace(full(), parts=[Bar(1, 1, "일반현황"), Bar(2, 1, "절"), *parts])


def words_of(read_document) -> str:
    cells = [c.text for table in read_document.tables for c in table.cells]
    return squeezed(" ".join([*(p.text for p in read_document.paragraphs), *cells]))


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_typed_comes_back_as_it_was_typed(format_):
    said = [Statement("○", (text,)) for text in TYPED]
    boxed = [Grid(((head("구분"), head("금액")), (cell(text), figure(7, "org:quota")))) for text in TYPED]
    found = words_of(read(write(told(*said, *boxed), format_, FONTS)))
    for text in TYPED:
        assert found.count(squeezed(text)) >= 2, text


@pytest.mark.parametrize("format_", FORMATS)
def test_control_characters_are_left_out_and_the_rest_stays(format_):
    report = told(
        Statement("○", (CONTROL,)), Grid(((head("가"), head("나")), (cell(CONTROL), cell(CONTROL))))
    )
    assert words_of(read(write(replace(report, title=CONTROL), format_, FONTS))).count("앞뒤") >= 4


@pytest.mark.parametrize("text", ["😀 축하", "﷽ 서예", "עברית 혼합", "\u200b\u2060"])
def test_letters_that_the_font_lacks_do_not_stop_the_pdf(text):
    report = told(Statement("○", (text,)), Grid(((head(text), head("나")), (cell(text), cell("글")))))
    assert write(report, "pdf", FONTS).startswith(b"%PDF-")
    for format_ in ("hwpx", "html", "md", "xlsx"):
        assert squeezed(text) in words_of(read(write(report, format_, FONTS))), format_


def columns(count: int) -> Grid:
    return Grid((
        tuple(head(f"열{n}") for n in range(count)), tuple(figure(n * 123_456, "org:quota") for n in range(count)),
    ))  # fmt: skip


SHAPES = {
    "no rows": Grid((), "빈 표"),
    "a head only": Grid(((head("가"), head("나"), head("다")),)),
    "one cell": Grid(((cell("혼자"),),)),
    "forty columns": columns(40),
    "merged over a page's end": Grid((
        (head("가"), head("나")), (head("묶음", 120), figure(0, "org:quota")),
        *((figure(n, "org:quota"),) for n in range(1, 120)),
    )),
    "merged throughout": Grid(((head("가", 1, 3),), (head("나", 2), cell("x", 1, 2)), (cell("y"), cell("z")))),
    "hundreds of rows": Grid((
        (head("가"), head("나")), *((head(f"줄 {n}"), figure(n, "org:quota")) for n in range(400)),
    )),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_tables_of_any_shape_are_sound_and_keep_their_cells(shape):
    report = told(Statement("○", ("앞",)), SHAPES[shape], Statement("○", ("뒤",)))
    meant = [squeezed(c.text) for table in document(report).tables for c in table.cells]
    for format_ in FORMATS:
        data = write(report, format_, FONTS)
        found = words_of(read(data))
        assert all(text in found for text in meant), format_
        if format_ == "hwpx":
            assert not HwpxDocument.open(io.BytesIO(data)).validate().issues
            assert validate_package(io.BytesIO(data)).ok


@pytest.mark.parametrize("format_", FORMATS)
def test_a_cell_longer_than_a_page_loses_no_word(format_):
    grid = Grid(((head("가"), head("나")), (cell("낱말 여럿 " * 1500), figure(1, "org:quota"))))
    assert (
        words_of(read(write(told(grid), format_, FONTS))).count("낱말여럿") >= 1490
    )  # a page's head stands between
