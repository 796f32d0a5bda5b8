"""What a token may be used for. A scope only narrows: what its person may not, no scope gives. Pure."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """A scope as it stands in a token, with what it lets other systems do."""

    label: str

    def __new__(cls, code: str, label: str) -> Scope:
        scope = str.__new__(cls, code)
        scope._value_, scope.label = code, label
        return scope

    CASES_READ = "cases:read", "사안 목록과 내용, 파일 읽기"
    CASES_WRITE = "cases:write", "사안 접수, 배정, 답변 작성·상신, 전달, 향후계획"
    CASES_DECIDE = "cases:decide", "결재, 반려, 기한 연장과 연장 거절"
    CASES_IMPORT = "cases:import", "표 파일 확인과 가져오기"
    MEETINGS_READ = "meetings:read", "의회 간담·면담과 건의 읽기"
    MEETINGS_WRITE = "meetings:write", "간담·면담 등록과 수정, 건의 적기와 접수"
    PUBLICATION = "publication", "공개할 것 검토, 가림 판단, 공개와 내리기"
    PLANNING = "planning", "부서별 업무량과 예측, 새 공휴일로 기한 옮기기"
    STATISTICS_READ = "statistics:read", "통계 읽기"
    NOTICES = "notices", "내 알림과 알림 설정, 구독"
    CALENDAR = "calendar", "내 기한을 보는 달력 주소 만들고 거두기"
    VIEWS = "views", "내 목록 보기 읽기와 저장"
    BENEFITS_READ = "benefits:read", "지원사업 신청, 지급, 모의계산 읽기"
    BENEFITS_WRITE = "benefits:write", "지원사업 신청 접수, 사실 확인"
    BENEFITS_DECIDE = "benefits:decide", "지원사업 결정과 이의신청"
    BENEFITS_PAY = "benefits:pay", "지원금을 지급했다고 남기기"
    BENEFITS_SIMULATE = "benefits:simulate", "모의계산 시작하기"
    ALLOCATIONS = "allocations", "배정에 표 넣기, 계산, 상태 읽기"
    ORG_READ = "org:read", "부서와 의원 읽기"


def known(scopes: list[str]) -> frozenset[str]:
    """Those of ``scopes`` that there are; one that is no longer there gives nothing."""
    return frozenset(scopes).intersection(Scope)
