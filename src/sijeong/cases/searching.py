"""What can be found of a case, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from sijeong.documents.contents import read_soon
from sijeong.documents.models import File
from sijeong.links.scopes import Scope
from sijeong.org.viewer import Viewer
from sijeong.search import searching
from sijeong.search.engine import Asked, Document, Reach
from sijeong.search.sources import Told

from . import access
from .models import Answer, Attachment, Case, CaseTypeVersion, Delivery, FollowUp, Part

KIND = Case.SUBJECT
GOVERNMENT = "government"
# What an asker reads of the answer, once it was delivered; an insider reads every version.
# Of one file's text no more than this is searched.
MOST_TEXT = 1_000_000
# As many as a list is filtered to by words.
MOST = 50_000
SHOWN = {Answer.State.APPROVED, Answer.State.SOURCE}


def reaches(viewer: Viewer) -> tuple[Reach, ...]:
    """The viewer's keys: of who works on cases, with what is still being written, and of who asked them.

    The same rule as ``Case.objects.visible_to``, which every hit passes again, and as the page of a case.
    """
    if viewer.sees_government:
        return (Reach(frozenset({GOVERNMENT}), inner=True),)
    inside = {f"works:{unit}" for unit in viewer.units}
    asked = {f"asked:{member}" for member in viewer.members}
    asked |= {f"asks:{unit}" for unit in viewer.committees | viewer.units}
    return Reach(frozenset(inside), inner=True), Reach(frozenset(asked))


def matching(viewer: Viewer, q: str) -> list[int] | None:
    """Ids of the cases that the words find, the nearest ``MOST`` of them; None where no index is there yet."""
    asked = Asked(q, reaches(viewer), kinds=(KIND,))
    return searching.ids(viewer.user.government, asked, MOST)


class CaseSource:
    """Cases as documents."""

    kind = KIND
    template = "cases/hit.html"
    scope = Scope.CASES_READ

    def reaches(self, viewer: Viewer) -> tuple[Reach, ...]:
        return reaches(viewer)

    def rows(self, viewer: Viewer, ids: list[int]) -> Mapping[int, Case]:
        return access.cases(viewer).with_type("lead", "officer").in_bulk(ids)

    def told(self, row: Case) -> Told:
        return Told(row.number, row.title, reverse("case", args=[row.number]))

    def labels(self, viewer: Viewer) -> dict[str, dict[str, str]]:
        types = list(CaseTypeVersion.objects.filter(government_id=viewer.government_id, current=True))
        states = (state for version in types for state in version.case_type.states)
        return {
            "type": {version.code: version.name for version in types},
            "state": {state.code: state.public if viewer.members else state.name for state in states},
        }

    def concerned(self, kind: str, ids: set[int]) -> set[int]:
        if kind != "file":
            return ids if kind == KIND else set()
        holds = (
            Q(answers__attachments__file__in=ids) | Q(deliveries__file__in=ids) | Q(follow_ups__file__in=ids)
        )
        return set(Case.objects.filter(holds).values_list("pk", flat=True))

    def ids(self, government_id: int) -> Iterable[int]:
        cases = Case.objects.filter(government_id=government_id).order_by("-pk")
        return cases.values_list("pk", flat=True).iterator(5000)

    def count(self, government_id: int) -> int:
        return Case.objects.filter(government_id=government_id).count()

    def documents(self, government_id: int, ids: Iterable[int]) -> Iterator[Document]:
        files = Attachment.objects.select_related("file__contents")
        cases = Case.objects.filter(government_id=government_id, pk__in=list(ids)).prefetch_related(
            Prefetch("answers", Answer.objects.order_by("number")),
            Prefetch("answers__attachments", files),
            Prefetch("parts", Part.objects.order_by("pk")),
            Prefetch("follow_ups", FollowUp.objects.select_related("file__contents")),
            Prefetch("deliveries", Delivery.objects.select_related("file__contents")),
        )
        cases = cases.defer("term_data")
        # What nobody has read yet the worker reads, and the case is then found anew.
        unread = [file for case in cases for file in _files(case) if not hasattr(file, "contents")]
        if unread:
            read_soon(unread)
        yield from map(document, cases)


CASES = CaseSource()


def document(case: Case) -> Document:
    """What can be found of the case; ``inner`` is for those who work on it."""
    parts = [part for part in case.parts.all() if part.active]
    return Document(
        kind=KIND, id=case.pk, number=case.number, title=case.title, sees=_sees(case, parts),
        text="\n".join(filter(None, _open_text(case))), inner="\n".join(filter(None, _inner_text(case))),
        tags={
            "type": (case.type_code,), "state": (case.state,), "year": (str(timezone.localtime(case.received_at).year),),
            "unit": tuple(str(part.unit_id) for part in parts), "file": ("yes",) if any(_shown_files(case)) else (),
        },
        at=int(case.received_at.timestamp()),
    )  # fmt: skip


def _sees(case: Case, parts: list[Part]) -> frozenset[str]:
    keys = {GOVERNMENT} | {f"works:{part.unit_id}" for part in parts}
    if case.asker_id:
        keys.add(f"asked:{case.asker_id}")
    if case.asker_unit_id:
        keys.add(f"asks:{case.asker_unit_id}")
    return frozenset(keys)


def _is_open(case: Case, answer: Answer) -> bool:
    """Whether the asker reads this version."""
    return answer.state in SHOWN and bool(case.deliveries.all())


def _shown_files(case: Case) -> Iterator[File]:
    """Files that everyone who sees the case may open."""
    for answer in case.answers.all():
        if _is_open(case, answer):
            yield from (attachment.file for attachment in answer.attachments.all())
    yield from (row.file for row in case.deliveries.all() if row.file)
    yield from (row.file for row in case.follow_ups.all() if row.file)


def _inner_files(case: Case) -> Iterator[File]:
    for answer in case.answers.all():
        if not _is_open(case, answer):
            yield from (attachment.file for attachment in answer.attachments.all())


def _files(case: Case) -> Iterator[File]:
    yield from _shown_files(case)
    yield from _inner_files(case)


def _told(file: File) -> Iterator[str]:
    yield file.name
    if hasattr(file, "contents"):
        yield file.contents.text[:MOST_TEXT]


def _open_text(case: Case) -> Iterator[str]:
    """What everyone who sees the case reads on its page."""
    if case.question != case.title:
        yield case.question
    yield from (value for value in case.fields.values() if isinstance(value, str))
    for answer in case.answers.all():
        if _is_open(case, answer):
            yield from answer.body.values()
    for promise in case.follow_ups.all():
        if promise.state != FollowUp.State.PLANNED:
            yield from (promise.text, promise.evidence)
    yield case.asker_name
    for file in _shown_files(case):
        yield from _told(file)


def _inner_text(case: Case) -> Iterator[str]:
    """What only those read who work on the case: versions not delivered, shares of joint divisions, plans."""
    for answer in case.answers.all():
        if not _is_open(case, answer):
            yield from (*answer.body.values(), answer.note)
    yield from (part.text for part in case.parts.all())
    yield from (promise.text for promise in case.follow_ups.all() if promise.state == FollowUp.State.PLANNED)
    for file in _inner_files(case):
        yield from _told(file)
