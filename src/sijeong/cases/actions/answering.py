"""The answer: written in versions, helped by joint divisions, approved by a head whose name stays on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from ..errors import CaseError, StaleEdit
from ..models import Answer, Case, FollowUp
from ..permissions import require_relation
from .acts import begin, entering, moment
from .writing import carry_files, drafted, require_edition, settle


@dataclass(frozen=True)
class Plan:
    """A dated promise of an answer."""

    text: str
    due_on: dt.date
    unit: Unit | None = None


def latest(case: Case) -> Answer | None:
    """The newest version of the answer."""
    return case.answers.order_by("-number").first()


def _check_body(case: Case, body: dict[str, str], outcome: str) -> None:
    known = [field.code for field in case.case_type.answer_fields]
    for code in body:
        if code not in known:
            raise CaseError(f"답변에는 항목 {code}이(가) 없습니다. 있는 항목: {', '.join(known)}")
    outcomes = {o.code: o.name for o in case.case_type.outcomes}
    if outcome and outcome not in outcomes:
        raise CaseError(f"처리 결과 ‘{outcome}’이(가) 없습니다. 가능한 값: {', '.join(outcomes.values())}")


@transaction.atomic
def save_draft(
    *,
    case: Case,
    body: dict[str, str],
    by: Viewer,
    outcome: str = "",
    plans: Sequence[Plan] = (),
    edition: int = 0,
    revision: int | None = None,
    at: dt.datetime | None = None,
) -> Answer:
    """Save the draft. ``edition`` is that of the version the writer began from (0: there was none), ``revision``
    that of what they had kept while typing (None: they kept nothing).

    Raises StaleEdit, with the text now stored, where somebody saved in between, or where the case never had that
    edition: the second is told, nothing is lost.
    """
    case = Case.objects.locked(case.pk)
    require_relation(by, case, "lead_officer")
    if case.state != "in_hand":
        raise CaseError(f"{case.number}: ‘{case.state_label}’ 상태에서는 답변을 고칠 수 없습니다.")
    _check_body(case, body, outcome)
    when = moment(at, not_before=case.received_at)
    standing = latest(case)
    require_edition(standing, edition)
    if standing and standing.edition != edition and not _same(case, standing, body, outcome, plans):
        who = f"{standing.author.name} 님이" if standing.author else "다른 사람이"
        raise StaleEdit(f"그 사이 {who} 저장했습니다. 두 글을 견주어 합치십시오.", theirs=standing.body)
    if revision is not None:
        settle(case, body, revision, by)
    answer = drafted(case, by)
    answer.body, answer.outcome, answer.author, answer.saved_at = body, outcome, by.user, when
    answer.edition += 1
    answer.save()
    _set_plans(case, plans, by)
    case.record("draft", by=by, at=when, answer=answer.number, edition=answer.edition, plans=len(plans))
    return answer


def _same(case: Case, standing: Answer, body: dict[str, str], outcome: str, plans: Sequence[Plan]) -> bool:
    """Whether this very text was saved already: a form sent twice is no conflict."""
    there = set(case.follow_ups.filter(state=FollowUp.State.PLANNED).values_list("text", "due_on"))
    saved = (standing.state, standing.body, standing.outcome, there)
    return saved == (Answer.State.DRAFT, body, outcome, {(plan.text, plan.due_on) for plan in plans})


def _set_plans(case: Case, plans: Sequence[Plan], by: Viewer) -> None:
    case.follow_ups.filter(state=FollowUp.State.PLANNED).delete()
    FollowUp.objects.bulk_create(
        FollowUp(
            case=case, text=plan.text, due_on=plan.due_on, unit=plan.unit or case.lead, owner=case.officer
        )
        for plan in plans
    )


@transaction.atomic
def contribute(*, case: Case, text: str, by: Viewer) -> None:
    """A joint division writes its part of the answer."""
    case = Case.objects.locked(case.pk)
    require_relation(by, case, "joint_officer")
    if case.state not in {"assigned", "in_hand"}:
        raise CaseError(f"{case.number}: ‘{case.state_label}’ 상태에서는 협조 의견을 고칠 수 없습니다.")
    part = case.parts.filter(active=True, kind="joint", unit_id__in=by.units).select_related("unit").first()
    if part is None:
        raise PermissionDenied
    part.text, part.written_by, part.written_at = text.strip(), by.user, timezone.now()
    part.save(update_fields=["text", "written_by", "written_at"])
    case.record("contribute", by=by, unit=part.unit.name)


@transaction.atomic
def submit(*, case: Case, by: Viewer, at: dt.datetime | None = None) -> Answer:
    """Put the draft before the head. An empty answer, or a final one without an outcome, is not put."""
    case, transition = begin(case, "submit", by)
    answer = latest(case)
    if answer is None or answer.state != Answer.State.DRAFT or not any(answer.body.values()):
        raise CaseError("저장된 답변이 없습니다. 답변을 쓰고 저장한 뒤 상신하십시오.")
    empty = [
        f.name for f in case.case_type.answer_fields if f.required and not answer.body.get(f.code, "").strip()
    ]
    if empty:
        raise CaseError(f"답변의 {', '.join(empty)} 항목을 적어야 합니다.")
    if case.case_type.outcomes and not answer.outcome:
        raise CaseError("처리 결과를 골라야 합니다.")
    answer.state = Answer.State.SUBMITTED
    answer.save(update_fields=["state"])
    case.move(
        "submit", by=by, at=moment(at, not_before=case.received_at), answer=answer.number,
        changes=entering(case, transition),
    )  # fmt: skip
    return answer


@transaction.atomic
def send_back(*, case: Case, reason: str, by: Viewer) -> Answer:
    """The head returns the answer with a reason; its text becomes the next draft."""
    case, transition = begin(case, "send_back", by, reason=reason)
    answer = _submitted(case)
    answer.state, answer.note = Answer.State.RETURNED, reason
    answer.save(update_fields=["state", "note"])
    following = Answer.objects.create(
        case=case, number=answer.number + 1, body=answer.body, outcome=answer.outcome, author=answer.author,
        saved_at=timezone.now(), edition=answer.edition + 1,
    )  # fmt: skip
    carry_files(answer, following)
    case.move("send_back", by=by, reason=reason, answer=answer.number, changes=entering(case, transition))
    return answer


@transaction.atomic
def approve(*, case: Case, by: Viewer, at: dt.datetime | None = None) -> Answer:
    """The head, or who stands in for an absent one (대결), signs the answer."""
    case, transition = begin(case, "approve", by)
    answer = _submitted(case)
    when = moment(at, not_before=answer.saved_at)
    for_whom = "" if case.lead_id in by.headed else by.deputised.get(case.lead_id or 0, "")
    answer.state, answer.signer, answer.signed_at = Answer.State.APPROVED, by.user, when
    answer.signed_for = for_whom
    answer.save(update_fields=["state", "signer", "signed_at", "signed_for"])
    case.move(
        "approve", by=by, at=when, answer=answer.number, signed_for=for_whom,
        changes={**entering(case, transition), "answered_at": when},
    )  # fmt: skip
    return answer


def _submitted(case: Case) -> Answer:
    answer = latest(case)
    if answer is None or answer.state != Answer.State.SUBMITTED:
        raise CaseError("결재를 기다리는 답변이 없습니다.")
    return answer
