"""How an act begins: the row is locked, its state asked whether it allows the act, and whether the person may."""

from __future__ import annotations

from sijeong.org.viewer import Viewer

from ..errors import AllocationError
from ..models import Round
from ..permissions import require

State = Round.State
# act: (its name on the screen, the states that allow it).
ACTS: dict[str, tuple[str, frozenset[str]]] = {
    "bring": ("자료 넣기", frozenset({State.PREPARING})),
    "freeze": ("명단 동결", frozenset({State.PREPARING})),
    "thaw": ("동결 풀기", frozenset({State.FROZEN})),
    "solve": ("계산", frozenset({State.PREPARING, State.FROZEN})),
    "cancel": ("계산 그만두기", frozenset({State.SOLVING})),
    "undo": ("결과 되돌리기", frozenset({State.SOLVED, State.CONFLICTING})),
    "submit": ("결재 올리기", frozenset({State.SOLVED})),
    "send_back": ("반려", frozenset({State.SUBMITTED})),
    "release": ("확정", frozenset({State.SUBMITTED})),
    "follow": ("다음 배정", frozenset({State.RELEASED})),
}
# What the journal tells of besides.
TOLD = {act: name for act, (name, _) in ACTS.items()} | {
    "founded": "배정 시작", "solved": "계산 마침", "frozen": "명단 동결·공고", "failed": "풀지 못함",
    "conflicting": "함께 지킬 수 없음", "superseded": "새 배정으로 바뀜",
}  # fmt: skip


def begin(found: Round, act: str, by: Viewer | None) -> Round:
    """The locked row, if its state allows the act. Raises PermissionDenied and AllocationError."""
    if by:
        require(by, act, found)
    found = Round.objects.locked(found.pk)
    name, states = ACTS[act]
    if found.state not in states:
        raise AllocationError(f"‘{found.get_state_display()}’ 상태에서는 {name}할 수 없습니다.")
    return found


def may_now(found: Round, act: str) -> bool:
    """Whether the state allows the act; freezing is for lotteries, solving a lottery needs a frozen list."""
    lottery = {"freeze": found.by_lottery, "solve": not found.by_lottery or found.state == State.FROZEN}
    return found.state in ACTS[act][1] and lottery.get(act, True)
