"""Publication in the demo: through the review and its actions, like everyone else's."""

from __future__ import annotations

import datetime as dt
from random import Random

from sijeong.cases.models import Case
from sijeong.org.viewer import Viewer
from sijeong.portal import actions
from sijeong.portal.actions import Chosen
from sijeong.portal.models import Decision
from sijeong.portal.review import Review

# Invented, and shaped like what people leave in answers: for the review to have work.
LEFT_IN = [
    "민원인: {name} (연락처 010-{a}-{b})에게 처리 결과를 알렸습니다.",
    "환급금은 신청인 계좌(신한은행 110-{c}-{d})로 입금하였습니다.",
    "주차 단속 차량 {e}가{b}의 과태료는 취소하였습니다.",
    "자료는 {f}@example.com 으로도 보냈습니다. 문의는 02-120입니다.",
    "현장: 중구 가람로 {g}, {h}동 {i}호. 신청인 {j}0214-1{k}",
]


def left_in(random: Random) -> str:
    """A sentence with personal data that nobody has."""

    def digits(count: int) -> str:
        return "".join(random.choice("0123456789") for _ in range(count))

    return random.choice(LEFT_IN).format(
        name=random.choice(["김가온", "이나래", "박도담"]), a=random.randint(2000, 9999), b=random.randint(1000, 9999),
        c=digits(3), d=digits(6), e=random.randint(10, 99), f="citizen" + digits(2), g=random.randint(1, 200),
        h=random.randint(101, 120), i=random.randint(101, 1903), j=random.randint(60, 99), k=digits(6),
    )  # fmt: skip


def publish(case: Case, *, by: Viewer, at: dt.datetime) -> None:
    """Mask what is found, and publish."""
    places = Review(case).undecided
    if places:
        masks = [Chosen(*place.key, Decision.Choice.MASK) for place in places]
        actions.decide(case=case, chosen=masks, by=by)
    actions.publish(case=case, by=by, at=at)
