"""While an answer is written: text kept as it is typed, and the files that go with it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sijeong.documents.actions import discard
from sijeong.documents.models import File
from sijeong.org.viewer import Viewer

from ..errors import CaseError, StaleEdit
from ..models import Answer, Attachment, Case, Writing
from ..permissions import require_relation

LONGEST = 100_000  # characters of one field, more than any field of a form takes
MOST_FIELDS = 200
MOST_FILES = 50


def texts_of(fields: dict[str, str]) -> dict[str, str]:
    """The answer's fields among those of the editor (``a_answer`` → ``answer``)."""
    return {name[2:]: text for name, text in fields.items() if name.startswith("a_")}


def drafted(case: Case, by: Viewer) -> Answer:
    """The draft, begun with the files of the version before where there is none. The caller holds the case."""
    before = case.answers.order_by("-number").first()
    if before and before.state == Answer.State.DRAFT:
        return before
    # Editions count on through the versions, so that a text begun from an older one is never taken for current.
    draft = Answer.objects.create(
        case=case, number=before.number + 1 if before else 1, edition=before.edition if before else 0,
        author=by.user, saved_at=timezone.now(),
    )  # fmt: skip
    if before:
        carry_files(before, draft)
    return draft


def carry_files(old: Answer, new: Answer) -> None:
    """The files of one version also go with the next."""
    Attachment.objects.bulk_create(
        Attachment(answer=new, file_id=one.file_id, added_by_id=one.added_by_id, added_at=one.added_at)
        for one in old.attachments.all()
    )


def _writable(case: Case, by: Viewer) -> None:
    require_relation(by, case, "lead_officer")
    if case.state != "in_hand":
        raise CaseError(f"{case.number}: ‘{case.state_label}’ 상태에서는 답변을 고칠 수 없습니다.")


def require_edition(standing: Answer | None, edition: int) -> None:
    """Raises StaleEdit where the writer claims to have begun from an edition that this case never had."""
    if not 0 <= edition <= (standing.edition if standing else 0):
        told = "이 화면이 알고 있던 판은 이 사안에 없습니다. 지금 있는 글과 견주어 다시 저장하십시오."
        raise StaleEdit(told, theirs=standing.body if standing else {})


@transaction.atomic
def keep(*, case: Case, fields: dict[str, str], edition: int, revision: int, by: Viewer) -> Writing:
    """Keep what a person has typed so far. No event and no version: that begins with saving (ADR 0012).

    ``edition`` is the draft's they began from, ``revision`` what they were last told. Sent twice, it is kept once.
    Raises StaleEdit with the text now kept where another window of theirs kept something else meanwhile.
    """
    # Read anew but not held: whoever submits meanwhile is not kept waiting by somebody's typing.
    case = Case.objects.select_related("type").get(pk=case.pk)
    _writable(case, by)
    if len(fields) > MOST_FIELDS or any(len(text) > LONGEST for text in fields.values()):
        raise CaseError(f"한 칸에 {LONGEST:,}자까지 보관합니다. 나머지는 파일로 붙이십시오.")
    now = timezone.now()
    writing, _ = Writing.objects.select_for_update(of=("self",)).get_or_create(
        case=case, writer=by.user, defaults={"began_at": now, "kept_at": now}
    )
    if writing.fields == fields:
        return writing
    standing = case.answers.order_by("-number").first()
    require_edition(standing, edition)
    if writing.revision != revision:
        theirs = texts_of(writing.fields) if writing.fields else standing.body if standing else {}
        raise StaleEdit("다른 창에서 고친 글이 있습니다. 두 글을 견주어 합치십시오.", theirs=theirs, own=True)
    if not writing.fields:
        writing.began_at = now
    if not writing.fields or edition > writing.edition:  # else the page had shown them the newer draft
        writing.edition = edition
        writing.base = standing.body if standing and standing.edition == edition else {}
    writing.fields, writing.kept_at, writing.revision = fields, now, revision + 1
    writing.save()
    return writing


def settle(case: Case, body: dict[str, str], revision: int, by: Viewer) -> None:
    """What the person had kept is now in the draft. Raises StaleEdit where another window kept something else."""
    writing = Writing.objects.select_for_update(of=("self",)).filter(case=case, writer=by.user).first()
    if writing is None:
        return
    theirs = texts_of(writing.fields)
    if writing.fields and writing.revision != revision and theirs != body:
        raise StaleEdit("다른 창에서 고친 글이 있습니다. 두 글을 견주어 합치십시오.", theirs=theirs, own=True)
    writing.fields, writing.base, writing.revision = {}, {}, writing.revision + 1
    writing.save(update_fields=["fields", "base", "revision"])


@transaction.atomic
def attach(*, case: Case, file: File, by: Viewer) -> Attachment:
    """Add a file to the draft. The same bytes twice are refused with the name they already have."""
    case = Case.objects.locked(case.pk)
    _writable(case, by)
    draft = drafted(case, by)
    there = list(draft.attachments.select_related("file"))
    if twin := next((one for one in there if one.file.sha256 == file.sha256), None):
        raise CaseError(f"{file.name}: 이미 붙인 파일입니다({twin.file.name}).")
    if len(there) >= MOST_FILES:
        raise CaseError(f"한 답변에 파일을 {MOST_FILES}개까지 붙입니다. 묶어서 올리십시오.")
    attachment = Attachment.objects.create(answer=draft, file=file, added_by=by.user, added_at=timezone.now())
    case.record("attach", by=by, answer=draft.number, name=file.name, size=file.size, sha256=file.sha256)
    return attachment


@transaction.atomic
def detach(*, attachment: Attachment, by: Viewer) -> None:
    """Take a file off a draft; a version that was submitted, signed or delivered keeps its files."""
    case = Case.objects.locked(attachment.answer.case_id)
    _writable(case, by)
    answer = Answer.objects.get(pk=attachment.answer_id)
    if answer.state != Answer.State.DRAFT:
        raise CaseError(f"{answer.number}판은 {answer.get_state_display()} 상태라 붙임을 뺄 수 없습니다.")
    file = attachment.file
    case.record("detach", by=by, answer=answer.number, name=file.name, size=file.size, sha256=file.sha256)
    attachment.delete()
    discard(file)
