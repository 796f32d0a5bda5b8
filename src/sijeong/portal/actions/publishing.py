"""The public version: made of the texts with every masked place masked, in the transaction of its event."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone

from sijeong.cases import actions as cases
from sijeong.cases.models import Case
from sijeong.cases.story import told_fields
from sijeong.documents import asides
from sijeong.documents.actions import discard, keep_outward
from sijeong.documents.models import File
from sijeong.documents.outward import NoCopy
from sijeong.org.viewer import Viewer
from sijeong.search import outbox

from ..errors import PublicationStopped
from ..material import committee_of
from ..models import PublicCase, PublicFile, PublicFollowUp
from ..permissions import require_review
from ..review import Review
from ..searching import KIND

TEXT_ENDING = " (글).txt"


@transaction.atomic
def publish(*, case: Case, by: Viewer | None, at: dt.datetime | None = None) -> PublicCase:
    """Make the public version and open it; of a case already open, put the new version in place of the old.

    Raises PublicationStopped while a place is undecided or a file unread, CaseError where the type or state forbids.
    """
    case = Case.objects.locked(case.pk)
    if by:
        require_review(by, case)
    review = Review(case)
    if review.reading:
        raise PublicationStopped(f"{case.number}: 파일 {len(review.reading)}개를 아직 읽지 않았습니다.")
    if review.undecided:
        raise PublicationStopped(f"{case.number}: 정하지 않은 곳이 {len(review.undecided)}군데 있습니다.")
    if review.material.answer is None:
        raise PublicationStopped(f"{case.number}: 전달한 답변이 없습니다.")
    told = _told(review)
    cut = [sorted(place.key for place in review.masked), sorted(review.withheld)]
    digest = hashlib.sha256(orjson.dumps([told, cut], option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
    again = case.published_at is not None
    if again and PublicCase.objects.filter(case=case, digest=digest).exists():
        raise PublicationStopped(f"{case.number}: 이미 공개한 것과 같습니다.")
    case = (
        cases.republish(case=case, public=digest, by=by)
        if again
        else cases.publish(case=case, public=digest, by=by, at=at)
    )
    public, _ = PublicCase.objects.update_or_create(
        case=case, defaults=told | {
            "digest": digest, "published_at": case.published_at, "changed_at": timezone.now() if again else case.published_at,
            "seen_version": case.version, "withdrawn_at": None, "withdrawn_why": "",
        },
    )  # fmt: skip
    _enclose(public, review)
    outbox.changed(case.government_id, KIND, [public.pk])
    return public


def _told(review: Review) -> dict[str, Any]:
    """The fields of the public version, masked."""
    case, text = review.case, review.public_text
    if case.lead is None or case.delivered_at is None:
        raise PublicationStopped(f"{case.number}: 주관부서와 전달 기록이 있어야 합니다.")
    delivered_on = timezone.localdate(case.delivered_at)
    received_on = timezone.localdate(case.received_at)
    fields = [[name, text(f"told.{name}")] for name, _ in told_fields(case)]
    answer = [[f.name, text(f"answer.{f.code}")] for f in case.case_type.answer_fields]
    return {
        "government_id": case.government_id, "number": case.number, "type_code": case.type_code,
        "type_name": case.case_type.name, "kind": case.kind_label, "title": text("title"),
        "question_name": case.case_type.question.name, "question": text("question"), "told": fields,
        "answer": [each for each in answer if each[1]], "asker": review.material.asker, "outcome": case.outcome,
        "outcome_name": case.outcome_label, "lead": case.lead, "committee": committee_of(case),
        "year": received_on.year, "received_on": received_on, "due_on": case.due_on, "delivered_on": delivered_on,
        "extensions": case.extensions, "on_time": case.due_on is None or delivered_on <= case.due_on,
        "article": case.term.article if case.term else "", "masked": len(review.masked),
        "withheld": len(review.withheld), "material": review.material.digest,
    }  # fmt: skip


def _enclose(public: PublicCase, review: Review) -> None:
    """Files and promises of the version, in place of those of the one before."""
    _cleared(public)
    masked = {place.piece.key for place in review.masked}
    files: dict[int, PublicFile] = {}
    for enclosure in review.material.enclosures:
        if enclosure.text_key in review.withheld:
            continue
        whole = enclosure.text_key not in masked
        name = review.public_text(enclosure.name_key)
        files[enclosure.file.pk] = PublicFile.objects.create(
            public=public, file=enclosure.file, original=whole, name=name if whole else name + TEXT_ENDING,
            text="" if whole else asides.without(review.public_text(enclosure.text_key)),
            copy=_outward(review.case, enclosure.file) if whole else None,
        )  # fmt: skip
    for promise in review.material.follow_ups:
        PublicFollowUp.objects.create(
            public=public, follow_up=promise, text=review.public_text(f"follow_up.{promise.pk}.text"),
            evidence=review.public_text(f"follow_up.{promise.pk}.evidence"), file=files.get(promise.file_id or 0),
        )  # fmt: skip


def _cleared(public: PublicCase) -> None:
    copies = [each.copy for each in public.files.select_related("copy") if each.copy]
    public.follow_ups.all().delete()
    public.files.all().delete()
    for copy in copies:
        discard(copy)


def _outward(case: Case, file: File) -> File | None:
    try:
        return keep_outward(file)
    except NoCopy as error:
        raise PublicationStopped(
            f"{case.number}: {file.name}의 {error} 이 파일은 공개하지 않거나, 다시 저장해 올리십시오."
        ) from error


@transaction.atomic
def withdraw(*, case: Case, why: str, note: str = "", by: Viewer | None) -> PublicCase:
    """Take the case back from citizens everywhere at once; a tombstone with the kind of reason stays at its address.

    ``why`` is a code of PublicCase.Withdrawal; ``note`` is for the journal alone.
    """
    if why not in PublicCase.Withdrawal.values:
        raise PublicationStopped("비공개로 돌리는 까닭을 고르십시오.")
    label = PublicCase.Withdrawal(why).label
    case = cases.unpublish(case=case, reason=f"{label}. {note}".strip(), by=by)
    public = PublicCase.objects.select_for_update().get(case=case)
    public.withdrawn_at = public.changed_at = timezone.now()
    public.withdrawn_why = why
    public.save(update_fields=["withdrawn_at", "withdrawn_why", "changed_at"])
    outbox.changed(case.government_id, KIND, [public.pk])
    return public
