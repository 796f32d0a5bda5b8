"""How an act begins: the row is locked, the type asked whether this state allows it, and of whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sijeong.catalog.case_type import Transition
from sijeong.catalog.vocabulary import Act
from sijeong.org.viewer import Viewer

from ..errors import CaseError
from ..models import Case
from ..permissions import relations, require_part

# What else the journal tells of: these change no state, or are done by no person of the type's table.
ACTS = {act.value: act.label for act in Act} | {
    "receive": "접수", "draft": "답변 작성", "contribute": "협조 의견", "acknowledge": "수령 확인", "import": "가져오기",
    "attach": "붙임 추가",
    "detach": "붙임 뺌", "follow_up_closed": "향후계획 이행 완료", "follow_up_dropped": "향후계획 중단",
    "follow_up_moved": "향후계획 기한 변경", "hand_over": "조직개편 승계", "redact": "개인정보 판단",
    "republish": "공개본 고침", "unpublish": "비공개 전환",
    "recalendar": "공휴일 변경에 따른 기한 조정",
}  # fmt: skip


MINUTE = dt.timedelta(minutes=1)


def begin(case: Case, act: str, by: Viewer | None, *, reason: str | None = None) -> tuple[Case, Transition]:
    """The locked row and the transition that ``act`` takes from its state.

    ``by`` None is the system itself. Raises CaseError where the state forbids the act or a reason is missing,
    PermissionDenied where the person may not.
    """
    case = Case.objects.locked(case.pk)
    transition = case.case_type.transition(act, case.state)
    if by:
        require_part(by, case, act)
    if transition is None:
        raise CaseError(f"{case.number}: ‘{case.state_label}’ 상태에서는 {ACTS[act]}을(를) 할 수 없습니다.")
    if by and not relations(by, case).intersection(transition.who):
        raise PermissionDenied
    if transition.needs_reason and not (reason or "").strip():
        raise CaseError(f"{ACTS[act]} 사유를 적어야 합니다.", field="reason")
    return case, transition


# A request for more time that is decided, or that nobody can decide any more.
NO_REQUEST = {
    "extension_asked_at": None, "extension_asked_by_id": None, "extension_reason": "", "extension_length": None,
}  # fmt: skip
OTHER_DIVISION = {Act.ASSIGN, Act.PASS_ON, Act.RETURN_TO_PLANNING}


def entering(case: Case, transition: Transition) -> dict[str, Any]:
    """The tracked fields of the state that the transition leads to; remembers the state left for a return.

    A request for more time ends where no more time can be given, and with the division that asked for it.
    """
    to = transition.target(case.state, case.state_before or None)
    decidable = case.case_type.transition(Act.EXTEND, to) and transition.act not in OTHER_DIVISION
    changes = dict(NO_REQUEST) if case.extension_asked_at and not decidable else {}
    if to == case.state:
        return changes
    case.state_before = case.state
    return {**changes, "state": to, "open": case.case_type.state(to).open}


def moment(
    at: dt.datetime | None, *, not_before: dt.datetime | None = None, field: str = "at"
) -> dt.datetime:
    """When it happened: now, or the time given, which is neither in the future nor before what it follows.

    ``field`` is where it was asked for.
    """
    now = timezone.now()
    if at is None:
        return now
    # A form tells minutes; what it follows was stamped to the second.
    if not_before and dt.timedelta() < not_before - at < MINUTE:
        return not_before
    if at > now + MINUTE:
        raise CaseError(f"{timezone.localtime(at):%Y. %m. %d. %H:%M}은 아직 오지 않은 때입니다.", field=field)
    if not_before and at < not_before:
        raise CaseError(
            f"{timezone.localtime(at):%Y. %m. %d. %H:%M}은 {timezone.localtime(not_before):%Y. %m. %d. %H:%M}보다 앞섭니다.",
            field=field,
        )
    return at
