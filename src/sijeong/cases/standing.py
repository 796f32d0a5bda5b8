"""Where a case stands, as who asked it wants to know: where it is, who has it, until when, what changed. Pure words."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from .korean import day, settled
from .models import Case

WORDS = {
    "received": "접수했고, 답변할 부서를 정하고 있습니다.",
    "assigned": "{lead}에 배정했고, 담당자를 정하고 있습니다.",
    "in_hand": "{lead}에서 답변을 쓰고 있습니다.",
    "in_approval": "{lead}에서 쓴 답변을 결재하고 있습니다.",
    "answered": "답변을 확정했고, 전달을 준비하고 있습니다.",
    "delivered": "답변을 전달했습니다.",
    "published": "답변을 전달했고, 시민에게도 공개했습니다.",
    "paused": "요구하신 내용을 확인하고 있습니다. 아래 물음에 회신하면 이어서 처리합니다.",
    "withdrawn": "취하하셨습니다.",
    "merged": "같은 내용의 다른 사안에서 함께 답변합니다.",
}
# What the asker reads of the journal: not how the answer went to and fro inside.
TOLD = {
    "receive", "import", "assign", "pass_on", "hand_over", "return_to_planning", "start", "extend", "pause", "resume",
    "deliver", "acknowledge", "publish", "unpublish", "reopen", "judge", "ask_again", "withdraw", "merge", "follow_up_closed",
    "follow_up_dropped", "follow_up_moved", "recalendar",
}  # fmt: skip


def standing(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """The four answers, each after its question."""
    lead = case.lead.name if case.lead else "총괄 부서"
    words = WORDS.get(case.state, f"{case.public_state} 상태입니다.")
    has = lead if case.open else f"{lead}에서 답변했습니다." if case.delivered_at else ""
    if case.open and case.officer:
        has = f"{lead} {case.officer.name}"
    return [
        ("어디에 있나", settled(words.format(lead=lead))),
        ("누가 맡았나", has),
        ("언제까지", _until(case, today)),
        ("바뀐 것", _changed(case)),
    ]


def _until(case: Case, today: dt.date) -> str:
    if case.due_on is None:
        return "정해진 기한이 없습니다."
    if case.delivered_at:
        told = timezone.localtime(case.delivered_at).date()
        late = (
            f" 기한({day(case.due_on)})을 {(told - case.due_on).days}일 넘겼습니다."
            if told > case.due_on
            else ""
        )
        return f"{day(told)}에 전달했습니다.{late}"
    if not case.open:
        return ""
    if case.paused_on:
        return "회신을 기다리는 동안 기한을 세지 않습니다."
    left = (case.due_on - today).days
    if left < 0:
        return f"{day(case.due_on)}까지였고, {-left}일 지났습니다."
    return f"{day(case.due_on)}까지. " + (f"{left}일 남았습니다." if left else "오늘이 마지막 날입니다.")


def _changed(case: Case) -> str:
    told = []
    if case.extensions:
        told.append(f"기한을 {case.extensions}차례 연장했습니다.")
    if case.term and case.term.provisional:
        told.append("공휴일이 아직 정해지지 않아 기한이 바뀔 수 있습니다.")
    return " ".join(told)
