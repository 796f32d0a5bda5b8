"""Decisions of a reviewer: each on one place of one text, with who, when, and the text's digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from sijeong.cases.models import Case
from sijeong.org.viewer import Viewer

from ..errors import PublicationStopped
from ..material import composed
from ..models import Decision
from ..permissions import require_review
from ..review import FILE, MANUAL, UNREAD, Review

Choice = Decision.Choice
LONGEST = 200
CHANGED = "그 사이 글이 바뀌었습니다. 지금 글을 다시 보고 정하십시오."


@dataclass(frozen=True)
class Chosen:
    """A choice for the place with this key (``Place.key``)."""

    piece: str
    digest: str
    start: int
    end: int
    kind: str
    choice: str
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, int, int, str]:
        return self.piece, self.digest, self.start, self.end, self.kind


@transaction.atomic
def decide(*, case: Case, chosen: Sequence[Chosen], by: Viewer) -> Review:
    """Mask, clear with a reason, or keep a file back. A choice made again replaces the one before; the journal has both.

    Raises PublicationStopped where a text is no longer the one decided on, or a clearing has no reason.
    """
    case = Case.objects.locked(case.pk)
    require_review(by, case)
    review = Review(case)
    known = {place.key for place in review.places}
    files = {(e.text_key, e.file.sha256, 0, 0, FILE) for e in review.material.enclosures}
    chosen = [replace(each, kind=FILE) if each.choice == Choice.WITHHOLD else each for each in chosen]
    for each in chosen:
        if each.key not in known | files:
            raise PublicationStopped(CHANGED)
        _check(each)
        _keep(case, each, by)
    _record(case, chosen, by)
    return Review(case)


def _check(chosen: Chosen) -> None:
    if chosen.choice not in Choice.values or (chosen.kind == FILE and chosen.choice == Choice.MASK):
        raise PublicationStopped("가리거나, 사유를 들어 그대로 두거나, 파일을 공개하지 않을 수 있습니다.")
    if chosen.kind == UNREAD and chosen.choice == Choice.MASK:
        raise PublicationStopped("읽지 못한 부분은 가릴 수 없습니다. 열어 보고 확인하거나 공개하지 마십시오.")
    if chosen.choice == Choice.CLEAR and not chosen.reason.strip():
        raise PublicationStopped("그대로 두는 사유를 적어야 합니다.")


def _keep(case: Case, chosen: Chosen, by: Viewer) -> None:
    Decision.objects.update_or_create(
        case=case, piece=chosen.piece, digest=chosen.digest, start=chosen.start, end=chosen.end, kind=chosen.kind,
        defaults={
            "choice": chosen.choice, "reason": chosen.reason.strip()[:200], "by": by.user, "at": timezone.now(),
        },
    )  # fmt: skip


def _record(case: Case, chosen: Sequence[Chosen], by: Viewer) -> None:
    # Places and digests only: the journal must not keep what the public version hides.
    told = [
        {"piece": c.piece, "text": c.digest, "start": c.start, "end": c.end, "kind": c.kind, "choice": c.choice, "why": c.reason}
        for c in chosen
    ]  # fmt: skip
    if told:
        case.record("redact", by=by, decisions=told)


@transaction.atomic
def mask_by_hand(*, case: Case, text: str, by: Viewer) -> int:
    """Mask a text wherever it occurs in the case: what no form gives away, as a name. How many places.

    Raises PublicationStopped for less than two marks or more than 200, or a text that does not occur.
    """
    case = Case.objects.locked(case.pk)
    require_review(by, case)
    text = composed(text.strip())
    if len(text) < 2:
        raise PublicationStopped("가릴 글을 두 글자 이상 적으십시오.")
    if len(text) > LONGEST:
        raise PublicationStopped(f"가릴 글은 {LONGEST}자까지입니다. 나누어 적으십시오.")
    chosen = []
    for piece in Review(case).material.pieces:
        at = piece.text.find(text)
        while at >= 0:
            chosen.append(
                Chosen(piece.key, piece.digest, at, at + len(text), MANUAL, Choice.MASK, "직접 고름")
            )
            at = piece.text.find(text, at + len(text))
    if not chosen:
        raise PublicationStopped(f"‘{text}’은(는) 공개될 글 어디에도 없습니다.")
    for each in chosen:
        _keep(case, each, by)
    _record(case, chosen, by)
    return len(chosen)
