"""개조식: markers and indentation give the level; lines that a page cut are joined."""

import pytest

from sijeong.reports.reading import read
from sijeong.reports.reading.outline import (
    BOX,
    CHAPTER,
    CIRCLE,
    DASH,
    DOT,
    NOTE,
    SUBTITLE,
    TITLE,
    flat,
    marked,
    outline,
)
from sijeong.reports.tests.making import hwpx, p, tp


def items(text: str):
    return flat(read(text.encode()))


@pytest.mark.parametrize(
    ("line", "level", "marker", "rest"),
    [
        ("Ⅰ. 일 반 현 황", CHAPTER, "Ⅰ.", "일 반 현 황"),
        ("II. 주요 업무", CHAPTER, "II.", "주요 업무"),
        ("1 주 요 기 능", TITLE, "1", "주 요 기 능"),
        ("1. 일반 현황", TITLE, "1.", "일반 현황"),
        ("① 난임부부 지원", SUBTITLE, "①", "난임부부 지원"),
        ("가. 개요", SUBTITLE, "가.", "개요"),
        ("□ 추진개요", BOX, "□", "추진개요"),
        ("\uf000 추진실적", BOX, "\uf000", "추진실적"),
        ("○서울시 인사와", CIRCLE, "○", "서울시 인사와"),
        ("◦ 향후", CIRCLE, "◦", "향후"),
        ("- 시장 공약사업", DASH, "-", "시장 공약사업"),
        ("· 주민조례발안법", DOT, "·", "주민조례발안법"),
        ("▸ 현장방문", DOT, "▸", "현장방문"),
        ("‣ 임추위 구성", DOT, "‣", "임추위 구성"),
        ("※ 별도", NOTE, "※", "별도"),
        ("*유흥시설 등", NOTE, "*", "유흥시설 등"),
        ("행정안전부와 협의", 0, "", "행정안전부와 협의"),
        ("10일 이내에", 0, "", "10일 이내에"),
        ("2022년 예산", 0, "", "2022년 예산"),
        ("가이드라인", 0, "", "가이드라인"),
        ("-5급", 0, "", "-5급"),
    ],
)
def test_markers_give_the_level(line, level, marker, rest):
    assert marked(line) == (level, marker, rest)


def test_statements_hang_under_what_they_belong_to():
    roots = outline(read("Ⅰ. 일반\n1 기능\n□ 개요\n○ 하나\n- 둘\n○ 셋\n※ 참고\n".encode()))
    box = roots[0].children[0].children[0]
    assert [child.text for child in box.children] == ["하나", "셋"]
    assert [child.text for child in box.children[0].children] == ["둘"]
    assert [child.text for child in box.children[1].children] == ["참고"]


def test_numbered_heads_that_open_under_a_box_stay_under_it():
    text = "1 시책\n□ 추진실적\n1. 첫 실적\n○ 가\n2. 둘째 실적\n○ 나\n□ 추진일정\n○ 다\n2 다음 시책\n"
    levels = {item.text: item.level for item in items(text)}
    assert BOX < levels["첫 실적"] == levels["둘째 실적"] < CIRCLE
    assert levels["다음 시책"] == TITLE


def test_inner_and_outer_numbers_of_one_style_do_not_mix():
    text = "5 시책\n① 첫 분야\n□ 개요\n① 속 하나\n② 속 둘\n□ 실적\n○ 가\n② 둘째 분야\n"
    levels = {item.text: item.level for item in items(text)}
    assert levels["첫 분야"] == levels["둘째 분야"] == SUBTITLE
    assert levels["속 하나"] == levels["속 둘"] > BOX


def test_lines_cut_by_the_page_are_joined_and_short_lines_are_not():
    text = (
        "○ 최근 변이 증가 및 급격한 확산 위기에 직면하여 적극 대응하는 새로운 방역과\n의료대응 추진\n"
        "- 지원 추진\n민생현장 중심 지원\n- 수립 추진\n"
    )
    assert [item.text for item in items(text)][:2] == [
        "최근 변이 증가 및 급격한 확산 위기에 직면하여 적극 대응하는 새로운 방역과 의료대응 추진",
        "지원 추진",
    ]


def test_an_open_bracket_goes_on_in_the_next_line():
    assert items("- 검사\n- 고위험군 중심(무료\n포함) 추진\n")[1].text == "고위험군 중심(무료 포함) 추진"


def test_in_markdown_indentation_and_inner_markers_give_the_level():
    found = [(i.level, i.marker, i.text) for i in items("# 제목\n- **가**\n - 나\n   - 다\n- ▶ 라\n")[1:]]
    assert found == [(CIRCLE, "-", "가"), (DASH, "-", "나"), (DOT, "-", "다"), (DOT, "▶", "라")]


def test_a_bar_of_one_row_is_a_heading_and_no_table():
    document = read(hwpx(tp([["1", "추진 배경"]]) + p("□ 개요") + tp([["계", "3"], ["가", "3"]])))
    found = flat(document)
    assert (found[0].level, found[0].marker, found[0].text) == (TITLE, "1", "추진 배경")
    assert found[1].tables


def test_a_lone_number_takes_the_next_line_as_its_title():
    assert [(i.marker, i.text) for i in items("2\n\n시책의 이름\n\n□ 개요\n")][:1] == [("2", "시책의 이름")]
