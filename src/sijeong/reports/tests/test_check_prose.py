"""Figures in running text, dates, and the same fact in two places."""

import pytest

from sijeong.reports.checks import check
from sijeong.reports.checks.verdicts import ERROR, MALFORMED, SUSPICIOUS
from sijeong.reports.reading import read
from sijeong.reports.tests.bureau_lines import RIGHT, WRONG
from sijeong.reports.tests.making import hwpx, p, tp
from sijeong.reports.tests.test_facts import FINDINGS_TEXT


def told(text: str | bytes):
    return [
        (v.kind, v.stated, v.computed)
        for v in check(read(text.encode() if isinstance(text, str) else text)).verdicts
    ]


def test_the_112_that_are_92_are_found():
    text = "○ 불필요한 일버리기 대상 발굴, 42건 폐지 확정\n- 총 112건 접수, 일버리기 TF 등 거쳐 안건 확정 (폐지42, 보류25, 제외25)\n"
    assert told(text) == [(ERROR, "112건", "92건")]


SILENT = [
    "○ 집중점검 우수사례 14건 선정\n- 총 113건 접수, 시장단 평가로 선정(최우수1, 우수4, 장려9)",
    "- 총 150건 접수, 주요 민원 (교통 40, 주택 30, 환경 20)",
    "- 사업별 총 100억 (시비 90억, 구비 10억)",
    "- 총 50명(남 30, 여 20, 외국인 5)",
    "- 예산액 : 2,400백만원(국비 1,200, 시비 1,200)",
    "- 총 10억원(국비 3.3억, 시비 3.3억, 구비 3.3억)",
    "- 법률공포안 2건, 법률안 1건, 대통령령안 10건 등 총 18건",
    "- 투석환자 전용 병상(4개병원, 38병상), 산모 전용 병상(6개병원, 47병상)",
    "- 전문임기제 3명(정책수석, 정무수석, 민생특보)",
    "- 5대 분야(생계, 주거, 의료, 교육, 및 기타) 신규약자 발굴",
    "- 4개 영역(목적, 계획수립, 집행·홍보, 평가·환류) 문항",
    "- 시의회 지도부(의장, 부의장2, 운영위원장, 대표의원)",
    "- 방역패스 제외 6종: 학원 등, 독서실·스터디카페, 상점",
    "- 5,000병상 대비 5,592병상(+453) 확보",
    "- 권역별 4개소 → 8개소(+4개소)로 확대",
    "- 5급 하한액의 110~130% → 150~180%(30~40% 효과)",
    "- 2명×3.5백만원=7백만원",
    "- 12회 × 150천원 = 1,800천원",
    "- 금72,300,000원(금칠천이백삼십만원)",
    "- 지출금액 ₩100,000원 금일십만원정",
    "○ 인터뷰 : 9회\n- 신문(3회), 방송(3회), 잡지(2회), 통신(1회)",
    "○ 설명회(간담회) : 6회\n- 도시·주택(3회) : 가\n- 일반 행정(1회) : 나\n- 간담회(2회) : 다",
    "- 기간 : 2021. 3. 1. ~ 2023. 2. 28.(2년)",
    "- 기간 : '22. 9. ~ '23. 7. (10개월)",
    "- 기간 : '23. 3. ~ 12. (10개월)",
    "- 운영 : '22.4.1.~12.31.(275일)",
    "- 매월 : '23. 4.~10. (총 5회, 하절기 제외)",
    "- 일시 : '23. 4. 2.(일) 11:53",
    "- 회의 : 2024. 2. 29.(목)",
    "- 문서 : 기획담당관-1250, 16101, 19946호",
    "- 고시 제2023-2-31호",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_right_or_open_raises_nothing(text):
    assert told(text) == []


FOUND = [
    ("- 총 100억원(시비 90억, 구비 20억) 편성", ERROR, "10,000,000,000원", "11,000,000,000원"),
    ("- 권역별 4개소 → 8개소(+3개소)로 확대", ERROR, "+3", "+4"),
    ("- 2명×3.5백만원=8백만원", ERROR, "8백만원", "7,000,000"),
    ("- 금72,300,000원(금칠천삼백삼십만원)", ERROR, "72,300,000원", "73,300,000원"),
    ("- 전문임기제 5명(정책수석, 정무수석, 민생특보, 공보특보)", ERROR, "5명", "4명"),
    ("- 일시 : '23. 4. 2.(월) 11:53", ERROR, "'23. 4. 2.(월) 11:53", "2023-04-02(일)"),
    ("- 기한 : 2023. 2. 29. 까지", ERROR, "2023. 2. 29.", ""),
    ("- 운영 : '22.4.1.~12.31.(265일)", ERROR, "265일", "274~275일"),
    ("- 수업 : '22.3.2.~12.31.(200일)", SUSPICIOUS, "200일", "304~305일"),
    ("- 기간 : '23. 3. ~ 12. (12개월)", ERROR, "12개월", "9~10개월"),
    ("- 기간 : 2021. 3. 1. ~ 2023. 2. 28.(3년)", ERROR, "3년", "2년"),
    ("- 예산 35,498,8000원 편성", MALFORMED, "35,498,8000원", ""),
    ("- 예산 3226만4200만원 편성", MALFORMED, "3226만4200만원", ""),
    ("○ 설명회 : 6회\n- 도시(3회) : 가\n- 행정(1회) : 나\n- 간담회(3회) : 다", SUSPICIOUS, "6회", "7회"),
]


@pytest.mark.parametrize(("text", "kind", "stated", "computed"), FOUND)
def test_what_does_not_add_up_is_found(text, kind, stated, computed):
    assert (kind, stated, computed) in told(text)


@pytest.mark.parametrize("text", RIGHT)
def test_a_line_of_a_bureau_that_is_right_raises_nothing(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "stated", "computed"), WRONG)
def test_a_wrong_figure_in_a_line_of_a_bureau_is_found(text, stated, computed):
    ((kind, *found),) = told(text)
    assert kind in (ERROR, SUSPICIOUS, MALFORMED) and found == [stated, computed]


def test_a_weekday_inside_a_table_is_checked_too():
    found = told(hwpx(tp([["행사", "일시"], ["개회", "'23. 4. 2.(월) 10:00"]])))
    assert found == [(ERROR, "'23. 4. 2.(월) 10:00", "2023-04-02(일)")]


STAFF = [["구분", "계", "3급", "4급"], ["계", "31/33", "1/0", "30/33"], ["동행과", "31/33", "1/0", "30/33"]]


def test_the_headline_of_the_staff_agrees_with_its_table():
    assert told(hwpx(p("인력현황 - 정원 31명 / 현원 33명") + tp(STAFF))) == []
    found = told(hwpx(p("인력현황 - 정원 31명 / 현원 32명") + tp(STAFF)))
    assert found == [(ERROR, "정원 31 / 현원 32", "정원 31 / 현원 33")]


SUMMARY = "구 분 계 완 료 추진중 미반영\n\n계 {} 2 1 -\n\n시정·처리요구사항 2 1 1 -\n\n기타(자료제출 등) {} 1 - -\n\n"


def test_findings_are_counted_against_their_summary():
    assert told("○ 조치내역\n" + SUMMARY.format(3, 1) + FINDINGS_TEXT) == []
    wrong = SUMMARY.format(3, 1).replace("요구사항 2 1 1 -", "요구사항 2 2 - -")
    assert told("○ 조치내역\n" + wrong + FINDINGS_TEXT)[-2:] == [(ERROR, "2", "1"), (ERROR, "-", "1")]


def test_a_report_that_lists_fewer_findings_than_its_summary_is_only_suspicious():
    found = told(
        "○ 조치내역\n"
        + SUMMARY.format(4, 2).replace("4 2 1", "4 3 1").replace(" 2 1 - -", " 2 2 - -")
        + FINDINGS_TEXT
    )
    assert found == [(SUSPICIOUS, "4", "3")]
