"""What a report says, as facts."""

from decimal import Decimal

import pytest

from sijeong.reports.facts import extract, reading
from sijeong.reports.reading import read
from sijeong.reports.tests.making import hwpx, p, tp


def facts(data: bytes | str):
    return extract(reading(read(data.encode() if isinstance(data, str) else data)))


FINDINGS_TEXT = """시정․처리 요구사항
시정 및 처리 요구사항 조치결과 및 향후추진계획

○시정 질문 시 10일 내에

답변을 제출해야 함

(기획담당관, 50+재단)

□ 추진상황 : 추진 중

□ 추진내용

◦ 보고토록 안내
- 매 회기 확인

□ 향후계획

◦ 수시로 안내하겠음

시정 및 처리 요구사항 조치결과 및 향후추진계획

○ 명단을 공개(전체
포함)하기 바람

(인사과)

□ 추진상황 : 완료

□ 추진내용

◦ 공개함

기 타 사 항
자료제출 등 기타사항 조 치 결 과

○ 감사 결과 보고서 (사본)

(감사담당관)

□ 추진상황 : 완료

□ 추진내용 및 향후 추진계획

◦ 자료 제출 완료 (2021.11.15.)
"""


def test_findings_are_told_apart_in_plain_text():
    first, second, third = facts(FINDINGS_TEXT).findings
    assert (first.kind, first.request) == ("시정·처리요구", "시정 질문 시 10일 내에 답변을 제출해야 함")
    assert (first.divisions, first.outcome) == (["기획담당관", "50+재단"], "추진 중")
    assert (first.done, first.plan) == ("◦ 보고토록 안내\n- 매 회기 확인", "◦ 수시로 안내하겠음")
    assert (second.request, second.plan) == ("명단을 공개(전체 포함)하기 바람", "")
    assert (third.kind, third.request, third.done) == (
        "기타(자료제출)",
        "감사 결과 보고서 (사본)",
        "◦ 자료 제출 완료 (2021.11.15.)",
    )


def test_findings_in_a_table_of_two_columns_are_the_same():
    left = "○ 명단을 공개하기 바람\n(인사과)"
    right = "□ 추진상황 : 완료\n□ 추진내용\n◦ 공개함\n□ 향후계획\n◦ 지속"
    rows = [["건의사항", "조치결과 및 향후추진계획"], [left, right], [left.replace("인사", "총무"), right]]
    found = facts(hwpx(tp(rows))).findings
    assert [(f.kind, f.divisions, f.outcome, f.plan) for f in found] == [
        ("건의", ["인사과"], "완료", "◦ 지속"),
        ("건의", ["총무과"], "완료", "◦ 지속"),
    ]


def test_a_division_cut_in_the_middle_is_whole_again():
    left = "○ 명단을 공개하기 바람 (인사과, 총\n무과)"
    rows = [["건의사항", "조치결과"], [left, "□ 추진상황 : 완료\n□ 추진내용\n◦ 공개함"]]
    assert facts(hwpx(tp(rows))).findings[0].divisions == ["인사과", "총무과"]


def test_a_report_without_findings_has_none():
    assert facts("□ 추진상황 : 완료\n○ 건의사항 없음\n").findings == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["구분", "총계", "3급", "4급"], ["정원", "34", "9", "25"], ["현원", "32", "11", "21"]],
            {("", "", ""): (34, 32), ("", "", "3급"): (9, 11), ("", "", "4급"): (25, 21)},
        ),
        (
            [["부서", "정원", "현원", "과부족"], ["계", "31", "33", "2"], ["동행과", "31", "33", "2"]],
            {("", "", ""): (31, 33), ("", "동행과", ""): (31, 33)},
        ),
        (
            [
                ["구분", "계", "3급", "4급"],
                ["계", "31/33", "1/0", "30/33"],
                ["동행과", "31/33", "1/0", "30/33"],
            ],
            {("", "", ""): (31, 33), ("", "", "3급"): (1, 0), ("", "동행과", "4급"): (30, 33)},
        ),
    ],
)
def test_staffing_is_read_however_the_table_is_turned(rows, expected):
    found = {(s.category, s.division, s.grade): (s.quota, s.actual) for s in facts(hwpx(tp(rows))).staffing}
    assert {key: found.get(key) for key in expected} == expected


def test_budget_lines_carry_unit_rate_and_note():
    rows = [
        ["구 분", "예 산 액", "집 행 액", "잔 액", "비 고"],
        ["계", "341,200", "43,544\n(12.8%)", "297,656", ""],
        ["기관운영업무추진비", "341,200", "43,544\n(12.8%)", "297,656", "제반 경비"],
    ]
    lines = facts(hwpx(p("예산 집행현황 (기준 / 단위 : ′22.1.31. / 천원)") + tp(rows))).budget
    assert [line.label for line in lines] == ["계", "기관운영업무추진비"]
    total, line = lines
    assert total.amounts == {"budget": 341_200, "spent": 43_544, "left": 297_656}
    assert (total.scale, total.asides["spent"], total.base, line.note) == (
        1000,
        Decimal("12.8"),
        "′22.1.31.",
        "제반 경비",
    )


def test_a_table_of_people_is_no_budget():
    assert facts(hwpx(tp([["구분", "접수", "처리"], ["계", "10", "8"], ["가", "10", "8"]]))).budget == []


REPORT = """Ⅱ. 주 요 업 무
1 민생 중심의 현장방문
돌봄이 필요한 현장방문 추진
□ 추진개요
○ 시기별 일정 기획
□ 추진실적
○ 의료방역 현장방문
▶ 인왕산 산불 현장방문·지휘
- 일시/장소 : '23. 4. 2.(일) 11:53 / 종로구 인왕산
- 참석자 : 소방재난본부장 등
- 주요내용 : 현장지휘
① 서울시-경상북도 교류강화 업무협약
- 일시/장소 : '23. 1. 18.(수) 10:00 / 상주시청
- 협약당사자 : 서울시장 - 경상북도지사
- 협약 주요내용 : 관광·문화교류 강화 등
□ 추진계획
○ 현장방문 확대 (「지방자치법」 제13조, 서울특별시 기본조례 제50조)
□ 추진일정
○ 시책사업 추진 : 연중 계속
2 다른 시책
□ 추진개요
○ 총 112건 접수, 안건 확정 (폐지42, 보류25, 제외25)
"""


def test_programmes_hold_overview_results_plan_and_schedule():
    first, second = facts(REPORT).programmes
    assert (first.title, first.chapter, first.summary) == (
        "민생 중심의 현장방문",
        "주 요 업 무",
        "돌봄이 필요한 현장방문 추진",
    )
    assert first.overview == ["시기별 일정 기획"]
    assert first.schedule == [("시책사업 추진", "연중 계속")]
    assert second.title == "다른 시책"


def test_events_say_when_where_who_and_what():
    fire, signing = facts(REPORT).events
    assert (fire.title, fire.where) == ("인왕산 산불 현장방문·지휘", "종로구 인왕산")
    assert (fire.span.start.month, fire.span.start.time) == (4, "11:53")
    assert (fire.who, fire.what) == (["소방재난본부장 등"], ["현장지휘"])
    assert signing.when == "'23. 1. 18.(수) 10:00"


def test_agreements_name_their_parties():
    (agreement,) = facts(REPORT).agreements
    assert agreement.parties == ["서울시장", "경상북도지사"]
    assert agreement.content == ["관광·문화교류 강화 등"]


def test_laws_are_found_with_their_articles():
    assert [(b.law, b.article) for b in facts(REPORT).legal_bases] == [
        ("지방자치법", "제13조"),
        ("서울특별시 기본조례", "제50조"),
    ]


def test_counts_keep_the_parts_named_beside_them():
    (count,) = facts(REPORT).counts
    assert (count.total, count.unit, count.exhaustive) == (112, "건", True)
    assert count.parts == [("폐지", 42), ("보류", 25), ("제외", 25)]


@pytest.mark.parametrize("inside", ["가 3, 나 4 등", "약 3, 나 4"])
def test_parts_after_a_loose_word_are_not_exhaustive(inside):
    assert not any(c.exhaustive for c in facts(f"○ 총 9건({inside})\n").counts)


def test_requests_for_improvement_hold_problem_and_request():
    text = "3 부단체장 정수 확대 건의\n□ 현황\n○ 2명\n□ 문제점\n○ 부족\n□ 건의사항\n○ 4명으로 확대\n□ 관련법령\n○ 지방자치법 제123조\n"
    (found,) = facts(text).improvements
    assert (found.title, found.problem, found.request) == (
        "부단체장 정수 확대 건의",
        ["부족"],
        ["4명으로 확대"],
    )
    assert found.provisions == ["지방자치법 제123조"]


def test_budget_lines_hang_as_a_tree_though_nothing_but_the_figures_shows_it():
    rows = [
        ["과목", "예산액", "징수액", "미수납액"],
        ["세외수입", "11,008,659", "2,787,263", "8,221,396"],
        ["경상적세외수입", "9,000,000", "2,000,000", "7,000,000"],
        ["재산임대수입", "6,500,000", "1,500,000", "5,000,000"],
        ["이자수입", "2,500,000", "500,000", "2,000,000"],
        ["임시적세외수입", "2,008,659", "787,263", "1,221,396"],
    ]
    lines = facts(hwpx(p("세입예산 현황 (단위: 천원)") + tp(rows))).budget
    assert [(line.label, line.depth, line.parent) for line in lines] == [
        ("세외수입", 0, ""),
        ("경상적세외수입", 1, "세외수입"),
        ("재산임대수입", 2, "경상적세외수입"),
        ("이자수입", 2, "경상적세외수입"),
        ("임시적세외수입", 1, "세외수입"),
    ]
