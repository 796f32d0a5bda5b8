"""A report with everything a report has, in figures that tie: staffing, spending, findings, a programme, requests."""

from __future__ import annotations

import datetime as dt

from sijeong.reports.writing.model import Bar, Figure, Grid, Report, Source, Square, Statement


def head(text: str, rowspan: int = 1, colspan: int = 1) -> Square:
    return Square(tuple((line,) for line in text.split("\n")), rowspan, colspan, head=True)


def cell(text: str, rowspan: int = 1, colspan: int = 1) -> Square:
    return Square(tuple((line,) for line in text.split("\n")), rowspan, colspan)


def figure(value: int, source: str, text: str | None = None) -> Square:
    return Square(((Figure(text or f"{value:,}", value, source),),))


STAFFING = Grid(
    rows=(
        (head("구분", 2), head("총계", 2), head("일반직", 1, 3), head("별정직", 1, 3)),
        (head("소계"), head("5급"), head("6급"), head("소계"), head("4급상당"), head("5급상당")),
        (head("정원"), *(figure(n, "org:quota") for n in (34, 9, 4, 5, 25, 3, 22))),
        (head("현원"), *(figure(n, "org:actual") for n in (34, 15, 8, 7, 19, 3, 16))),
    ),
    title="인력 현황", base="′22.1.31.", unit="명",
)  # fmt: skip
SPENDING = Grid(
    rows=(
        (head("구분"), head("예산액"), head("집행액"), head("잔액"), head("집행률"), head("비고")),
        (head("계"), *(figure(n, "figures:spending") for n in (341_200, 43_544, 297_656)), figure(13, "figures:spending", "12.8%"), cell("")),
        (head("기관운영업무추진비"), *(figure(n, "figures:spending") for n in (277_200, 38_255, 238_945)), figure(14, "figures:spending", "13.8%"), cell("조직운영, 대민활동,\n유관기관협조")),
        (head("시책추진업무추진비"), *(figure(n, "figures:spending") for n in (64_000, 5_289, 58_711)), figure(8, "figures:spending", "8.3%"), cell("주요행사")),
    ),
    title="과목별 집행현황", base="′22.1.31.", unit="천원",
)  # fmt: skip
FINDINGS = Grid(
    rows=(
        (head("구분"), head("계"), head("완료"), head("추진 중"), head("검토 중"), head("미반영")),
        (head("계"), *(figure(n, "cases:findings") for n in (34, 20, 12, 1, 1))),
        (head("시정·처리요구"), *(figure(n, "cases:findings") for n in (19, 7, 10, 1, 1))),
        (head("건의"), *(figure(n, "cases:findings") for n in (2, 0, 2, 0, 0))),
        (head("기타(자료제출)"), *(figure(n, "cases:findings") for n in (13, 13, 0, 0, 0))),
    ),
    title="행정사무감사 처리결과", base="′22.1.31.", unit="건",
)  # fmt: skip


def full() -> Report:
    """Two chapters of general state and one programme with overview, results, plan and schedule."""
    parts = [
        Bar(1, 1, "일반현황"),
        Bar(2, 1, "주요기능"),
        Statement("□", ("의회와 시민이 요구한 것을 기한 안에 처리하고 그 결과를 설명",)),
        Statement("○", ("의원요구자료 ", Figure("10,723건", 10_723, "cases:requests"), " 접수 (2021년)")),
        Statement("-", ("기한 안에 전달한 답변과 늦은 답변을 나누어 관리",)),
        Bar(2, 2, "인력현황"),
        STAFFING,
        Statement("※", ("전문임기제 3명 별도",)),
        Bar(2, 3, "예산 집행현황"),
        SPENDING,
        Bar(1, 2, "주요업무"),
        Bar(2, 1, "민생 중심의 현장방문 일정 기획 추진"),
        Statement("□", ("추진개요",)),
        Statement(
            "○",
            (
                "현장의 목소리를 듣고 시정에 반영하여 시민이 겪는 어려움을 줄이며, 방문에서 나온 제안을 사안으로 접수하여 기한 안에 처리하고 그 결과를 다시 알림",
            ),
        ),
        Statement("·", ("다른 시·도 사례 <참고> & 비교",)),
        Statement("□", ("추진실적",)),
        Statement("○", ("현장방문 총 ", Figure("55건", 55, "agenda:visits"), "(2020년 22건, 2021년 33건)")),
        Statement("□", ("향후계획",)),
        Statement("○", ("분기마다 처리 상황 점검 및 공개 ... 연중",)),
        Statement("□", ("추진일정",)),
        Statement("○", ("′22. 2월 : 계획 수립",)),
        Statement("○", ("′22. 3~6월 : 자치구별 추진",)),
        Bar(1, 3, "행정사무감사 처리결과"),
        FINDINGS,
        Bar(1, 1, "현장방문 일정", annex=True),
        Statement("○", ("분기마다 한 차례, 자치구와 함께 정함",)),
    ]
    sources = {
        "org:quota": Source("정원"), "org:actual": Source("현원"), "figures:spending": Source("예산 원장"),
        "cases:findings": Source("처리요구사항", "/cases/?type=audit_finding"), "agenda:visits": Source("현장방문"),
        "cases:requests": Source("의원요구자료", "/cases/?type=data_request&year=2021"),
    }  # fmt: skip
    return Report("주요업무보고", "비서실", "제306회 임시회", dt.date(2022, 1, 31), parts, sources)
