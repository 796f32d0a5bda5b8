"""The journal of a unit or person, told in Korean."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sijeong.audit import journal
from sijeong.audit.models import Event, Journalled

from .models import Category, Role

# The day an act takes effect (``on``) is told beside it; what is told here is what and where.
TOLD = {
    "founded": "설치: {name}",
    "renamed": "이름 변경: {heir_name}",
    "merged": "통합: {heir_name}에 합침",
    "abolished": "폐지: 업무는 {heir_name}에서 맡음",
    "succeeded": "{ended_name}의 업무를 이어받음",
    "moved": "조직개편에 따라 상위 부서가 바뀜",
    "committee_passed": "소관 위원회가 바뀜",
    "quota_set": "정원 변경: {category} {grade} {posts}명",
    "duties_set": "분장사무 변경",
    "budget_discarded": "올린 {year}년 예산을 지움",
    "added": "계정 등록",
    "second_factor_reset": "2단계 로그인과 보안 키를 지움",
    "post_given": "발령: {unit_name} {role}",
    "post_ended": "직 마침: {unit_name} {role}",
    "post_followed": "조직개편에 따라 옮김: {unit_name} {role}",
    "absence_set": "부재 등록: {first}부터 {last}까지",
    "absence_cancelled": "부재 마침: {why}",
    "password_reset": "임시 비밀번호 발급",
    "deactivated": "계정 사용 중지",
    "reopened": "계정 다시 사용",
    "calendar_made": "기한 달력 주소 만듦: {name}",
    "calendar_revoked": "기한 달력 주소 거둠: {name}",
    "token_made": "API 토큰 만듦: {name} ({prefix}, {last}까지)",
    "token_revoked": "API 토큰 회수: {name} ({prefix})",
}


def story(subject: Journalled, but: str = "") -> list[dict[str, Any]]:
    """Newest first, as the page's timeline takes it: when (a moment), who, what. ``but``: an act left out."""
    events = journal.of(subject).exclude(act=but).reverse()
    return [{"at": event.at, "who": event.actor, "what": told(event)} for event in events]


def told(event: Event) -> str:
    """One event in words; an act of another room is told by its name."""
    if event.act not in TOLD:
        return event.act
    data = {key: _word(key, value) for key, value in event.data.items()}
    on = f" ({data['on']}{'까지' if event.act == 'post_ended' else '부터'})" if "on" in data else ""
    return TOLD[event.act].format_map(data) + on


def _word(key: str, value: Any) -> Any:
    if key == "role":
        return Role(value).label
    if key == "category":
        return Category(value).label if value else "직종 없음"
    if key in {"on", "first", "last"}:
        day = dt.date.fromisoformat(value)
        return f"{day.year}. {day.month}. {day.day}."
    return value
