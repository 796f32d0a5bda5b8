"""Open to citizens, and closed again. What citizens see is made in the room above, which calls these."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from sijeong.org.viewer import Viewer

from ..errors import CaseError
from ..models import Case
from ..permissions import require_relation
from .acts import begin, entering, moment


@transaction.atomic
def publish(*, case: Case, public: str, by: Viewer | None, at: dt.datetime | None = None) -> Case:
    """Open the delivered answer to citizens, where the type is one that is published.

    ``public`` is the SHA-256 of the version that citizens see, so that the journal proves which one it was.
    """
    case, transition = begin(case, "publish", by)
    if not case.case_type.publication.public:
        raise CaseError(f"{case.case_type.name}은(는) 공개하지 않는 사안입니다.")
    when = moment(at, not_before=case.delivered_at)
    case.move(
        "publish", by=by, at=when, public=public, changes={**entering(case, transition), "published_at": when}
    )
    return case


def _published(case: Case, by: Viewer | None) -> Case:
    """The locked row of a published case, for who may publish its type."""
    case = Case.objects.locked(case.pk)
    if by:
        who = {str(each) for t in case.case_type.transitions if t.act == "publish" for each in t.who}
        require_relation(by, case, *who)
    if case.published_at is None:
        raise CaseError(f"{case.number}: 공개한 사안이 아닙니다.")
    return case


@transaction.atomic
def republish(*, case: Case, public: str, by: Viewer | None) -> Case:
    """Another version for citizens of a case that stays published."""
    case = _published(case, by)
    case.record("republish", by=by, public=public)
    return case


@transaction.atomic
def unpublish(*, case: Case, reason: str, by: Viewer | None, at: dt.datetime | None = None) -> Case:
    """Take a published case back from citizens (비공개 전환): always possible, whatever version of its type it keeps."""
    case = _published(case, by)
    if not reason.strip():
        raise CaseError("비공개로 돌리는 사유를 적어야 합니다.")
    before = next(t.from_[0] for t in case.case_type.transitions if t.act == "publish" and t.to == case.state)
    case.state_before = case.state
    changes = {"state": before, "open": case.case_type.state(before).open, "published_at": None}
    case.move("unpublish", by=by, at=at or timezone.now(), reason=reason.strip(), changes=changes)
    return case
