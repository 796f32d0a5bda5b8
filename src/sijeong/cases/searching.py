"""What can be found of a case, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils import timezone

from sijeong.org.viewer import Viewer
from sijeong.search.engine import Document, Reach

from .models import Answer, Case, Delivery, FollowUp, Part

KIND = Case.SUBJECT
GOVERNMENT = "government"
# What an asker reads of the answer, once it was delivered; an insider reads every version.
SHOWN = {Answer.State.APPROVED, Answer.State.SOURCE}


def reaches(viewer: Viewer) -> tuple[Reach, ...]:
    """The viewer's keys: of who works on cases, with what is still being written, and of who asked them.

    The same rule as ``Case.objects.visible_to``, which every hit passes again, and as the page of a case.
    """
    inside = {f"works:{unit}" for unit in viewer.units} | ({GOVERNMENT} if viewer.sees_government else set())
    asked = {f"asked:{member}" for member in viewer.members}
    asked |= {f"asks:{unit}" for unit in viewer.committees | viewer.units}
    return Reach(frozenset(inside), inner=True), Reach(frozenset(asked))


class CaseSource:
    """Cases as documents."""

    kind = KIND

    def ids(self, government_id: int) -> Iterable[int]:
        cases = Case.objects.filter(government_id=government_id).order_by("pk")
        return cases.values_list("pk", flat=True).iterator(5000)

    def count(self, government_id: int) -> int:
        return Case.objects.filter(government_id=government_id).count()

    def documents(self, government_id: int, ids: Iterable[int]) -> Iterator[Document]:
        cases = Case.objects.filter(government_id=government_id, pk__in=list(ids)).prefetch_related(
            Prefetch("answers", Answer.objects.order_by("number")),
            Prefetch("parts", Part.objects.order_by("pk")),
            Prefetch("follow_ups", FollowUp.objects.select_related("file")),
            Prefetch("deliveries", Delivery.objects.select_related("file")),
        )
        return map(document, cases)


CASES = CaseSource()


def document(case: Case) -> Document:
    """What can be found of the case; ``inner`` is for those who work on it."""
    parts = [part for part in case.parts.all() if part.active]
    files = _files(case)
    return Document(
        kind=KIND, id=case.pk, number=case.number, title=case.title, sees=_sees(case, parts),
        text="\n".join(filter(None, _open_text(case))), inner="\n".join(filter(None, _inner_text(case))),
        tags={
            "type": (case.type_code,), "state": (case.state,), "year": (str(timezone.localtime(case.received_at).year),),
            "unit": tuple(str(part.unit_id) for part in parts), "file": ("yes" if files else "no",),
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


def _files(case: Case) -> list[str]:
    attached = [row.file for row in (*case.deliveries.all(), *case.follow_ups.all()) if row.file]
    return [file.name for file in attached]


def _open_text(case: Case) -> Iterator[str]:
    """What everyone who sees the case reads on its page."""
    if case.question != case.title:
        yield case.question
    yield case.asker_name
    yield from (str(value) for value in case.fields.values() if isinstance(value, str))
    if case.deliveries.all():
        for answer in case.answers.all():
            if answer.state in SHOWN:
                yield from answer.body.values()
    for promise in case.follow_ups.all():
        if promise.state != FollowUp.State.PLANNED:
            yield from (promise.text, promise.evidence)
    yield from _files(case)


def _inner_text(case: Case) -> Iterator[str]:
    """What only those read who work on the case: versions not delivered, shares of joint divisions, plans."""
    delivered = bool(case.deliveries.all())
    for answer in case.answers.all():
        if not delivered or answer.state not in SHOWN:
            yield from (*answer.body.values(), answer.note)
    yield from (part.text for part in case.parts.all())
    yield from (promise.text for promise in case.follow_ups.all() if promise.state == FollowUp.State.PLANNED)
