"""Two texts joined, and two texts compared: nothing either writer added goes missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.cases.blanks import BLANKS, filled, unknown
from sijeong.cases.differences import compared, tokens
from sijeong.cases.merging import merged

LINE = st.text("가나다 .", max_size=4)
TEXT = st.lists(LINE, max_size=8).map("\n".join)
WORDS = st.text("예산을이가총무과에서 12,345.\n○ab", max_size=60)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_every_line_either_added_stands_in_the_joined_text(base, mine, theirs):
    joined = set(merged(base, mine, theirs).text.splitlines())
    before = {*base.splitlines(), ""}
    assert (set(mine.splitlines()) - before) | (set(theirs.splitlines()) - before) <= joined
    assert set(mine.splitlines()) & set(theirs.splitlines()) & set(base.splitlines()) - {""} <= joined


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_who_changed_nothing_gets_the_others_text(base, text):
    assert merged(base, text, base).text == text
    assert merged(base, base, text).text == text
    assert merged(base, text, text).text == text


def test_changes_in_different_places_join_without_a_clash():
    base = "□ 현황\n- 예산 10억 원\n□ 계획\n- 하반기 점검"
    mine = base.replace("10억", "12억")
    theirs = base.replace("하반기", "11월")
    told = merged(base, mine, theirs)
    assert (told.text, told.clashes) == ("□ 현황\n- 예산 12억 원\n□ 계획\n- 11월 점검", 0)


def test_the_same_line_changed_by_both_is_kept_twice():
    told = merged("예산 10억", "예산 11억", "예산 12억")
    assert (told.text, told.clashes) == ("예산 12억\n예산 11억", 1)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_a_comparison_holds_both_texts_whole(old, new):
    lines = compared(old, new)
    left = ["".join(p.text for p in line.old) for line in lines if line.old is not None]
    right = ["".join(p.text for p in line.new) for line in lines if line.new is not None]
    assert (left, right) == (old.splitlines(), new.splitlines())
    for line in lines:
        kept = "".join(p.text for p in line.inline if p.kind != "new")
        assert kept == ("".join(p.text for p in line.old) if line.old is not None else "")


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("예산을 집행함", "예산이 집행함", ["을"], ["이"]),
        ("41,624건 제출", "41,625건 제출", ["41,624"], ["41,625"]),
        ("총무과에서 답변", "인사과에서 답변", ["총무과"], ["인사과"]),
    ],
)
def test_a_particle_a_number_a_word_is_told_by_itself(old, new, gone, came):
    (line,) = compared(old, new)
    assert [p.text for p in line.old if p.kind == "gone"] == gone
    assert [p.text for p in line.new if p.kind == "new"] == came


def test_blanks_are_filled_and_unknown_ones_named():
    assert (
        filled("{번호} {질문}에 대하여 {부서}", {"번호": "자료요구-1", "질문": "예산"})
        == "자료요구-1 예산에 대하여 {부서}"
    )
    assert unknown("{번호} {전화} {전화} {오늘}") == ["전화"]
    assert unknown("".join(f"{{{name}}}" for name in BLANKS)) == []
