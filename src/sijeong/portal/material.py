"""Everything of a case that would become public, text by text."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sijeong.cases.models import Answer, Case, FollowUp
from sijeong.cases.story import told_fields
from sijeong.cleaned import cleaned
from sijeong.documents.models import File, FileText
from sijeong.org.models import Post, Role, Unit
from sijeong.privacy import Rules

CITIZEN = "시민"


@dataclass(frozen=True)
class Piece:
    """One text that becomes public. ``key`` names its place for as long as the case lives."""

    key: str
    label: str
    text: str

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with the answer or proves a promise. ``contents`` None: not read yet."""

    file: File
    contents: FileText | None
    follow_up: FollowUp | None = None

    @property
    def name_key(self) -> str:
        return f"file.{self.file.pk}.name"

    @property
    def text_key(self) -> str:
        return f"file.{self.file.pk}.text"


@dataclass(frozen=True)
class Material:
    """The texts and files of one case as they are now."""

    case: Case
    pieces: list[Piece]
    enclosures: list[Enclosure]
    follow_ups: list[FollowUp]
    answer: Answer | None
    asker: str
    rules: Rules = field(default_factory=Rules)

    @cached_property
    def digest(self) -> str:
        """Of all texts together: a published version knows by it whether anything changed since."""
        told = "\n".join(f"{piece.key} {piece.digest}" for piece in sorted(self.pieces, key=lambda p: p.key))
        return hashlib.sha256(told.encode()).hexdigest()

    def piece(self, key: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.key == key), None)


def composed(text: str) -> str:
    """As it is searched and published: NFC, because a decomposed label is not recognised; nothing that nobody sees."""
    return cleaned(unicodedata.normalize("NFC", text))


def material_of(case: Case, rules: Rules) -> Material:
    """What publication of the case would show: of its answers the one delivered last."""
    last = case.deliveries.select_related("answer").order_by("-delivered_at", "-pk").first()
    answer = last.answer if last else None
    promised = case.follow_ups.exclude(state=FollowUp.State.PLANNED).select_related("file", "unit")
    follow_ups = list(promised)
    enclosures = list(_enclosures(answer, follow_ups))
    asker, public = public_asker(case)
    named = Rules(
        rules.public_phones, rules.public_emails, rules.public_names | ({asker} if public else set())
    )
    pieces = [
        Piece(key, label, composed(text)) for key, label, text in _texts(case, answer, follow_ups, enclosures) if text
    ]  # fmt: skip
    return Material(case, pieces, enclosures, follow_ups, answer, asker, named)


def _texts(
    case: Case, answer: Answer | None, follow_ups: list[FollowUp], enclosures: list[Enclosure]
) -> Iterator[tuple[str, str, str]]:
    yield "title", "제목", case.title
    yield "question", case.case_type.question.name, case.question
    for name, text in told_fields(case):
        yield f"told.{name}", name, text
    for each in case.case_type.answer_fields if answer else ():
        yield f"answer.{each.code}", each.name, answer.body.get(each.code, "") if answer else ""
    for promise in follow_ups:
        yield f"follow_up.{promise.pk}.text", "향후계획", promise.text
        yield f"follow_up.{promise.pk}.evidence", "이행 결과", promise.evidence
    for enclosure in enclosures:
        yield enclosure.name_key, "파일 이름", enclosure.file.name
        if enclosure.contents:
            yield enclosure.text_key, f"파일 {enclosure.file.name}", enclosure.contents.text


def _enclosures(answer: Answer | None, follow_ups: list[FollowUp]) -> Iterator[Enclosure]:
    attached = [a.file for a in answer.attachments.select_related("file")] if answer else []
    proofs = [(promise.file, promise) for promise in follow_ups if promise.file]
    known = {
        told.file_id: told
        for told in FileText.objects.current().filter(file__in=[*attached, *(file for file, _ in proofs)])
    }
    seen: set[int] = set()
    for file, promise in [*((file, None) for file in attached), *proofs]:
        if file.pk not in seen:
            seen.add(file.pk)
            yield Enclosure(file, known.get(file.pk), promise)


def public_asker(case: Case) -> tuple[str, bool]:
    """Who asked, as citizens may read it, and whether that is a name that is public by its office.

    A council's committee and a unit of the city ask in their own name, a member of the council in theirs. A citizen
    never does; nor does a name that a sheet brought, unless the type takes none but the council.
    """
    if case.asker_unit:
        return case.asker_unit.name, True
    if case.asker_id and Post.objects.filter(user=case.asker_id, role=Role.COUNCIL_MEMBER).exists():
        return composed(case.asker_name), True
    if not {"citizen"} & {str(each) for each in case.case_type.askers} and case.source == "import":
        return composed(case.asker_name), True
    return CITIZEN, False


def committee_of(case: Case) -> Unit | None:
    """The standing committee that asked, or to which the leading division's bureau answers."""
    if case.asker_unit and case.asker_unit.level == Unit.Level.COMMITTEE:
        return case.asker_unit
    if case.lead is None:
        return None
    above = [int(pk) for pk in case.lead.path.split("/") if pk]
    found = Unit.objects.filter(pk__in=above, committee__isnull=False).select_related("committee")
    nearest = max(found, key=lambda unit: len(unit.path), default=None)
    return nearest.committee if nearest else None
