"""What the tokenizer promises: neither spacing nor particles hide a hit."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.search.engine import Asked, Document, Reach
from sijeong.search.grams import grams, stem, words
from sijeong.search.highlight import marked, snippet
from sijeong.search.shelf import Tantivy

PARTICLES = ["", "을", "를", "이", "가", "은", "는", "에", "의", "에서", "으로", "에서는", "까지", "부터", "과", "와", "도", "만", "에게"]  # fmt: skip
ME = (Reach(frozenset({"me"})),)
syllable = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
noun = st.text(syllable, min_size=2, max_size=6)
spaces = st.sampled_from(["", " ", "  ", "\n", "·"])


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Ask whether a text is found by a query, in an index of one document."""
    folder: Path = tmp_path_factory.mktemp("shelf")
    engine = Tantivy()
    writer = engine.writer(folder)
    writer.commit({})
    reader = engine.reader(folder)

    def found(text: str, query: str, *, title: str = "제목", number: str = "") -> bool:
        writer.put(Document("case", 1, title, frozenset({"me"}), number=number, text=text))
        writer.commit({})
        reader.refresh()
        return reader.search(Asked(query, ME)).total == 1

    yield found
    writer.close(tidy=False)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("어린이 보호구역을 늘린다", "어린이보호구역"),
        ("어린이보호구역 현황", "어린이 보호구역을"),
        ("어린이 보호구역 현황", "어린이보호구역을"),
        ("어린이의 보호구역", "어린이보호구역에서는"),
        ("시설을 개선하는 예산", "개선한"),
        ("예산과 집행 내역", "예산을"),
        ("물재생센터 운영", "센터"),
        ("한강", "강"),
        ("강 건너", "강"),
        ("CCTV 설치", "cctv"),
        ("CCTV설치", "cct"),
        ("제300회 임시회", "300회"),
        ("총 1,234,567원", "1234567"),
        ("ＡＩ 교육", "ai"),
        ("시설·개선", "시설개선"),
        (unicodedata.normalize("NFD", "보호구역"), "보호구역"),
        ("보호구역", unicodedata.normalize("NFD", "보호구역")),
    ],
)
def test_what_is_found(shelf, text, query):
    assert shelf(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("보호구역", "보호관찰"),
        ("어린이집 확충", "어린이보호구역"),
        ("300회", "301"),
        ("예산", "예산 없는말"),
        ("가나다", "!!!"),
    ],
)
def test_what_is_not_found(shelf, text, query):
    assert not shelf(text, query)


@pytest.mark.parametrize(
    "query",
    [
        "요구-2026-0123", "요구 - 2026 - 0123", "요구–2026–123", "요구 2026 123", "2026-0123", "2026-123", "요구-2026",
        "요구-2026-01", "요구-2026-12",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(shelf, query):
    """Though it stands in no text: nobody repeats a case's number in its title."""
    assert shelf("본문", query, number="요구-2026-0123")


@pytest.mark.parametrize("query", ["2026", "2026-12", "0123", "요구-2025-0123", "구-2026-0123"])
def test_another_number_is_not_taken_for_it(shelf, query):
    assert not shelf("본문", query, number="요구-2026-0123")


@given(noun, noun, st.sampled_from(PARTICLES), st.sampled_from(PARTICLES), spaces, spaces)
def test_spacing_and_particles_hide_nothing(shelf, one, two, said, asked, here, there):
    assert shelf(f"이에 따라 {one}{here}{two}{said} 추진함", f"{one}{there}{two}{asked}")


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_text_breaks_it(shelf, text, query):
    shelf(text, query, title=text[:20], number=query)
    for pieces in (marked(text, query), snippet(text, query, 30)):
        assert all(piece for piece, _ in pieces)
    assert "".join(piece for piece, _ in marked(text, query)) == text


@given(st.text(syllable, min_size=2))
def test_a_stem_is_how_its_word_begins(word):
    assert len(stem(word)) >= 2 and word.startswith(stem(word))


def test_pairs_of_a_text():
    assert grams("어린이 보호, AI 007") == "어린 린이 이보 보호 호 ai 007 7"
    assert [word.stem for word in words("어린이보호구역에서는 제300회")] == ["어린이보호구역", "300"]


def test_what_is_marked_is_what_was_asked():
    text = "지난해 어린이 보호구역을 정비하고 어린이보호구역 안내를 고쳤습니다."
    assert [piece for piece, on in marked(text, "어린이보호구역을") if on] == [
        "어린이 보호구역",
        "어린이보호구역",
    ]
    assert [piece for piece, on in marked("CCTV 30대", "cctv 30") if on] == ["CCTV", "30"]
    long = "가" * 500 + " 보호구역 " + "나" * 500
    assert (
        any(on for _, on in snippet(long, "보호구역"))
        and len("".join(p for p, _ in snippet(long, "보호구역"))) < 180
    )
