"""What the asker does with an answer: says whether it is enough, or asks again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sijeong.org.viewer import Viewer

from ..errors import CaseError
from ..models import Case, Judgement
from .acts import begin, entering
from .handling import take_up_again
from .intake import receive


@transaction.atomic
def judge(*, case: Case, sufficient: bool, by: Viewer, reason: str = "") -> Judgement:
    """Say that the delivered answer is enough, or that it is not and why. The outcome stays what was delivered."""
    case, transition = begin(case, "judge", by)
    delivery = case.deliveries.order_by("delivered_at", "pk").last()
    if delivery is None:
        raise CaseError("전달된 답변이 없어 평가할 수 없습니다.")
    if not sufficient and not reason.strip():
        raise CaseError("무엇이 부족한지 적어야 합니다.", field="reason")
    judgement = Judgement.objects.create(
        case=case, answer=delivery.answer, sufficient=sufficient, reason=reason.strip(), by=by.user,
        at=timezone.now(),
    )  # fmt: skip
    case.move(
        "judge", by=by, at=judgement.at, sufficient=sufficient, reason=judgement.reason,
        answer=delivery.answer.number, changes=entering(case, transition),
    )  # fmt: skip
    return judgement


@transaction.atomic
def ask_again(*, case: Case, reason: str, by: Viewer) -> Case:
    """Ask for what is missing; the case that will answer it.

    Where the type leads back into work it is the same case, taken up again. Else it is a new one linked to the
    first, with a number and a term of its own: the first keeps its outcome, and counts stay honest. Asked twice in
    the same words, the case of the first time is given.
    """
    case, transition = begin(case, "ask_again", by, reason=reason)
    if transition.target(case.state, case.state_before or None) != case.state:
        return take_up_again(case, transition, reason=reason, by=by)
    if known := case.asked_again.filter(question=reason.strip()).first():
        return known
    starts = case.case_type.term.starts
    fields = case.fields | ({starts: timezone.localdate().isoformat()} if starts else {})
    again = receive(
        government=case.government, type_code=case.type_code, title=f"다시 요구: {case.title}"[:200], question=reason,
        asker=case.asker, asker_unit=case.asker_unit, asker_name=case.asker_name, kind=case.kind, fields=fields,
        by=by, again_of=case,
    )  # fmt: skip
    case.move("ask_again", by=by, reason=reason, to=again.number, changes={})
    return again
