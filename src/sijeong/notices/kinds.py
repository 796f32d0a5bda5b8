"""What people can be told of, and by which channels. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """``HERE`` is the notice on our own pages."""

    HERE = "here"
    EMAIL = "email"


@dataclass(frozen=True)
class Kind:
    """``binding``: it reminds of a legal date, and its notice on the page cannot be switched off.

    ``mailed``: it also goes by mail unless the person says otherwise.
    """

    code: str
    name: str
    hint: str
    binding: bool = False
    mailed: bool = True

    def is_on(self, channel: Channel, chosen: bool | None) -> bool:
        """Whether the channel carries the kind for someone who chose so (None: never said)."""
        if channel == Channel.HERE:
            return self.binding or chosen is not False
        return self.mailed if chosen is None else chosen


KINDS = {
    kind.code: kind
    for kind in (
        Kind("due", "기한 알림", "근무일로 3일 전과 하루 전, 그리고 당일", binding=True),
        Kind("late", "기한 지남", "전달할 때까지 날마다, 이튿날부터는 부서장에게도", binding=True),
        Kind("due_moved", "공휴일로 바뀐 기한", "새 공휴일이 지정되어 기한이 옮겨졌을 때", binding=True),
        Kind("assigned", "배정", "부서에 사안이 오거나 담당자가 되었을 때"),
        Kind("approval", "결재", "결재할 답변이 올라오거나 반려되었을 때"),
        Kind("extension", "연장 요청", "부서가 연장을 요청했거나, 내가 요청한 연장이 거절되었을 때"),
        Kind("extended", "기한 연장", "맡거나 요구한 사안의 기한이 연장되었을 때"),
        Kind("delivered", "답변 전달", "요구한 사안의 답변이 왔을 때"),
        Kind(
            "acknowledged",
            "의원의 확인",
            "전달한 답변을 의원이 확인하거나 평가하거나 다시 요구했을 때",
            mailed=False,
        ),
        Kind("follow_up", "향후계획 기한", "약속한 일의 기한이 다가오거나 지났을 때"),
        Kind("allocated", "배정 결과", "낸 신청이나 부서의 배정이 확정되었을 때"),
        Kind("account", "계정", "시스템 관리자가 내 2단계 로그인을 지웠을 때", binding=True),
        Kind("digest", "주간 요약", "월요일(쉬는 날이면 다음 근무일)에 의회협력 총괄에게"),
        Kind("subscribed", "구독", "구독한 사안의 상태가 바뀌거나 답변이 전달되었을 때"),
    )
}
