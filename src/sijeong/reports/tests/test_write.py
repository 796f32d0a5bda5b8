"""What is written is read back equal: by our own reader in five formats, and as HWPX by three readers of others."""

from __future__ import annotations

import ctypes
import ctypes.util
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import hwp_hwpx_parser
import pytest
import unhwp
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sijeong
from sijeong.reports.checks import check
from sijeong.reports.facts import extract, reading
from sijeong.reports.reading import read
from sijeong.reports.writing import FORMATS, write
from sijeong.reports.writing.model import Bar, Grid, Statement, document

from .written import cell, figure, full, head

FONTS = Path(sijeong.__file__).parent / "site" / "static" / "dist" / "print"
KINDS = (
    "staffing",
    "budget",
    "programmes",
    "events",
    "findings",
    "agreements",
    "legal_bases",
    "counts",
    "improvements",
)
_CAPTION = re.compile(r"【.*】|\((기준|단위).*\)")


def told(found) -> dict[str, list[str]]:
    """Facts without their places: those differ from format to format."""
    bare = re.compile(r"place=Place\([^)]*\)")
    return {kind: [bare.sub("", repr(fact)) for fact in getattr(found, kind)] for kind in KINDS}


def facts_of(read_document) -> dict[str, list[str]]:
    return told(extract(reading(read_document)))


def statements(read_document, cover: list[str]) -> list[tuple[float, str]]:
    """Outline without the cover and the captions, which each format sets in its own way."""
    items = reading(read_document).items
    return [(i.level, i.text) for i in items if i.text not in cover and not _CAPTION.fullmatch(i.text)]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_full_report_reads_back_equal(format_):
    report = full()
    meant, back = document(report), read(write(report, format_, FONTS))
    assert statements(back, report.cover) == statements(meant, report.cover)
    assert facts_of(back) == facts_of(meant)
    assert [[c.text for c in table.cells] for table in back.tables if len(table.cells) > 2] == [
        [c.text for c in table.cells] for table in meant.tables
    ]
    assert facts_of(back)["staffing"] and facts_of(back)["budget"] and facts_of(back)["programmes"]
    assert not check(back).verdicts


words = st.text(alphabet="가나다라마바사아자차카타파하", min_size=2, max_size=6)
sentences = st.lists(words, min_size=2, max_size=12).map(" ".join)
numbers = st.integers(0, 99_999_999)


@st.composite
def grids(draw) -> Grid:
    columns, rows = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    named = draw(st.lists(words, min_size=columns + rows, max_size=columns + rows, unique=True))
    top = (head("구분"), *(head(name) for name in named[: columns - 1]))
    body = [
        (head(named[columns + r]), *(figure(draw(numbers), "x") for _ in range(columns - 1)))
        for r in range(rows)
    ]
    if draw(st.booleans()):
        wide = [head("구분", 2), head(draw(words), 1, columns - 1)]
        return Grid((tuple(wide), top[1:], *body), draw(words), "′23.4.19.", "명")
    return Grid((top, *body), draw(words), "′23.4.19.", "건")


parts = st.one_of(
    st.builds(lambda text, mark: Statement(mark, (text,)), sentences, st.sampled_from("□○-·※")), grids()
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(parts, min_size=1, max_size=8), sentences)
def test_any_report_reads_back_equal_in_every_format(drawn, title):
    report = replace(full(), parts=[Bar(1, 1, "일반현황"), Bar(2, 1, title[:30].strip()), *drawn])
    report.sources["x"] = report.sources["org:quota"]
    meant = document(report)
    for format_ in FORMATS:
        back = read(write(report, format_, FONTS))
        assert facts_of(back) == facts_of(meant), format_
        assert statements(back, report.cover) == statements(meant, report.cover), format_


AWKWARD = '<script>&amp; "따옴표" \\n #let x = 1 $ {{x}} =SUM(A1) |표| *별* _밑줄_ ... ‥ `코드` @home [가](나) ~1 ^2'


@pytest.mark.parametrize("format_", FORMATS)
def test_no_letter_is_taken_for_markup(format_):
    report = replace(
        full(),
        parts=[Statement("○", (AWKWARD,)), Grid(((head("갑"), head("을")), (cell(AWKWARD), cell("=1+1"))))],
    )
    back = read(write(report, format_, FONTS))
    spaced = " ".join(AWKWARD.split())
    assert spaced in [item.text for item in reading(back).items]
    assert {" ".join(c.text.split()) for c in back.tables[-1].cells} == {"갑", "을", spaced, "=1+1"}


def test_the_package_is_sound_owpml():
    data = write(full(), "hwpx", FONTS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        section = archive.read("Contents/section0.xml").decode()
    assert not HwpxDocument.open(io.BytesIO(data)).validate().issues
    assert validate_package(io.BytesIO(data)).ok
    ids = re.findall(r'<hp:(?:p|tbl) id="(\d+)"', section)
    assert max(Counter(ids).values()) == 1
    assert data == write(full(), "hwpx", FONTS), "equal reports give equal bytes"


@cache
def rhwp():
    """rhwp's bundled library lacks a symbol that the system's freetype has."""
    ctypes.CDLL(ctypes.util.find_library("freetype"), mode=ctypes.RTLD_GLOBAL)
    import rhwp as library

    return library


def spoken(part) -> Iterator[str]:
    """Every text of rhwp's own tree of a document."""
    if isinstance(part, dict):
        yield from [part["text"]] if isinstance(part.get("text"), str) else []
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        yield from spoken(inner)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_other_readers_get_the_same_words_and_tables(tmp_path):
    path = tmp_path / "full.hwpx"
    path.write_bytes(write(full(), "hwpx", FONTS))
    with hwp_hwpx_parser.Reader(str(path)) as reader:
        tables = [[squeezed(cell) for row in table.rows for cell in row] for table in reader.tables]
        theirs = reader.text + "".join(map("".join, tables))
    # What stands in the boxes of titles and chapters is a table to them.
    texts = [
        unhwp.extract_text(str(path)),
        unhwp.to_markdown(str(path)),
        json.loads(rhwp().parse(str(path)).to_ir_json()),
    ]
    for part in (*document(full()).paragraphs, *(c for t in document(full()).tables for c in t.cells)):
        words = squeezed(part.text.partition(". ")[2] if getattr(part, "heading", 0) else part.text)
        assert words in squeezed(theirs)
        assert words in squeezed("".join(texts[:2])).replace("<br>", "").replace("\\", "")
        assert words in squeezed("".join(spoken(texts[2])))
    for table in document(full()).tables:
        assert any({squeezed(cell.text) for cell in table.cells} <= set(found) for found in tables)
