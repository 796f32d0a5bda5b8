"""Words at the head of office tables, and how letters set apart (예 산 액) are joined to them."""

from __future__ import annotations

ANCHORS = (
    "구분",
    "대상자",
    "연번",
    "과목",
    "부서",
    "기관",
    "연도",
    "항목",
    "사업명",
    "자치구",
    "분야",
    "유형",
    "세목",
    "회계",
    "직급",
    "기관명",
    "부서명",
    "비목",
)
WORDS = frozenset(
    [
        "구분",
        "대상자",
        "연번",
        "과목",
        "과목별",
        "부서",
        "부서명",
        "기관",
        "기관명",
        "연도",
        "항목",
        "사업명",
        "자치구",
        "분야",
        "유형",
        "세목",
        "회계",
        "직급",
        "비목",
        "총계",
        "합계",
        "소계",
        "누계",
        "계",
        "예산액",
        "예산현액",
        "예산",
        "당초예산",
        "추경",
        "최종예산",
        "집행액",
        "지출액",
        "집행",
        "잔액",
        "집행잔액",
        "집행률",
        "비고",
        "횟수",
        "건수",
        "인원",
        "주요내용",
        "내용",
        "정원",
        "현원",
        "과부족",
        "결원",
        "일반직",
        "별정직",
        "전문임기제",
        "공무직",
        "임기제",
        "정무직",
        "기능직",
        "특정직",
        "완료",
        "추진중",
        "추진중인사항",
        "검토중",
        "미반영",
        "증감",
        "증감액",
        "증감률",
        "징수액",
        "징수율",
        "수납액",
        "세입",
        "세출",
        "목표",
        "실적",
        "달성률",
        "비율",
        "금액",
        "수량",
        "단가",
        "국비",
        "시비",
        "구비",
        "도비",
        "접수",
        "처리",
        "처리중",
        "진행률",
        "대비",
        "전년",
        "금년",
        "상반기",
        "하반기",
        "월",
        "일",
        "평균",
        "최대",
        "최소",
        "남",
        "여",
        "기타",
        "건",
        "명",
        "원",
    ]
)


def words(line: str) -> list[str]:
    """Labels of a head line; letters set apart (예 산 액) are joined to the words they spell."""
    labels: list[str] = []
    run: list[str] = []
    for token in [*line.split(), ""]:
        if len(token) == 1 and "가" <= token <= "힣":
            run.append(token)
            continue
        if run:
            labels += _spelt("".join(run))
            run = []
        if token:
            labels.append(token)
    return labels


def _spelt(letters: str) -> list[str]:
    """The fewest known words that spell the letters; the letters as one word if they can't be spelt."""
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(end):
            head = best[start]
            if head is not None and letters[start:end] in WORDS:
                current = best[end]
                if current is None or len(head) + 1 < len(current):
                    best[end] = [*head, letters[start:end]]
    return best[-1] or [letters]
