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
    STATISTICS_READ = "statistics:read", "통계 읽기"
    NOTICES = "notices", "내 알림 읽기와 읽음 표시"
    ALLOCATIONS = "allocations", "배정에 표 넣기, 계산, 상태 읽기"
    ORG_READ = "org:read", "부서와 의원 읽기"


def known(scopes: list[str]) -> frozenset[str]:
    """Those of ``scopes`` that there are; one that is no longer there gives nothing."""
    return frozenset(scopes).intersection(Scope)
