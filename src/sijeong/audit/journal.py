"""Reading and proving the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from sijeong.prepared import Prepared

from . import rows
from .models import GENESIS, Event, Journalled

GUARDS = {
    "sqlite": ("audit_event_no_update", "audit_event_no_delete", "audit_event_no_replace"),
    "postgresql": ("audit_event_append_only",),
}
STANDING_GUARDS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')",
}


@dataclass(frozen=True)
class Fault:
    """A place where the journal contradicts itself or its subject."""

    subject: str
    subject_id: int
    seq: int | None
    what: str

    def __str__(self) -> str:
        place = f"{self.subject}/{self.subject_id}" + (f"#{self.seq}" if self.seq else "")
        return f"{place}: {self.what}"


def of(subject: Journalled) -> QuerySet[Event]:
    """The subject's events, oldest first."""
    return Event.objects.filter(subject=subject.SUBJECT, subject_id=subject.pk).order_by("seq")


_TOLD = Prepared(
    lambda kind, pk: (
        Event.objects.filter(subject=kind, subject_id=pk).defer("previous", "digest").order_by("seq")
    )
)


def told(subject: Journalled) -> list[Event]:
    """``of``, for pages that tell the events and prove nothing."""
    return _TOLD(subject.SUBJECT, subject.pk)


def chain_faults(events: Iterable[Event]) -> Iterator[Fault]:
    """Faults inside the chains of ``events``, which come ordered by subject, subject_id, seq."""
    key, seq, digest = ("", 0), 0, GENESIS
    for event in events:
        if (event.subject, event.subject_id) != key:
            key, seq, digest = (event.subject, event.subject_id), 0, GENESIS
        if event.seq != seq + 1:
            yield Fault(*key, event.seq, f"사건 {seq + 1}번이 없습니다")
        elif event.previous != digest:
            yield Fault(*key, event.seq, "앞 사건과 이어지지 않습니다")
        if event.computed_digest() != event.digest:
            yield Fault(*key, event.seq, "기록된 내용이 지문과 다릅니다")
        seq, digest = event.seq, event.digest


def guard_faults() -> list[Fault]:
    """Triggers of migration 0002 that the database lost, as when a table is rebuilt without them."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING_GUARDS[connection.vendor], ["audit_event"])
        standing = {row[0] for row in cursor.fetchall()}
    return [
        Fault("audit_event", 0, None, f"고침과 지움을 막는 트리거가 없거나 꺼져 있습니다: {name}")
        for name in GUARDS[connection.vendor]
        if name not in standing
    ]


def head_fault(subject: Journalled, last: Event | None) -> Fault | None:
    """Whether the subject's stored head is its last event: a cut tail shows here."""
    seq, digest = (last.seq, last.digest) if last else (0, GENESIS)
    if (subject.version, subject.head) == (seq, digest):
        return None
    return Fault(
        subject.SUBJECT,
        subject.pk,
        subject.version,
        f"행은 사건 {subject.version}번까지 알지만 일지는 {seq}번에서 끝납니다",
    )


def subject_faults(subjects: QuerySet[Any]) -> Iterator[Fault]:
    """Faults in the journals of all rows of ``subjects``, a queryset of one model of ``Journalled``.

    One pass over the events. A head that looks wrong is looked at again under its lock: it may have moved.
    """
    model = subjects.model
    heads = {pk: (version, head) for pk, version, head in subjects.values_list("pk", "version", "head")}
    last: dict[int, tuple[int, str]] = {}

    def watched() -> Iterator[Event]:
        events = Event.objects.filter(subject=model.SUBJECT).order_by("subject_id", "seq")
        for event in events.iterator(chunk_size=2000):
            last[event.subject_id] = event.seq, event.digest
            yield event

    yield from chain_faults(watched())
    for pk in [pk for pk, head in heads.items() if head != last.get(pk, (0, GENESIS))]:
        with transaction.atomic():
            subject = model._base_manager.select_for_update().filter(pk=pk).first()
            if subject and (fault := head_fault(subject, of(subject).last())):
                yield fault
    for pk in last.keys() - set(model._base_manager.values_list("pk", flat=True)):
        yield Fault(model.SUBJECT, pk, None, "사건은 있는데 그 행이 없습니다")


def append_all(subjects: Sequence[Journalled], events: Sequence[Event]) -> None:
    """Write many chained events (``Journalled.next_event``) and their subjects' heads, in few statements."""
    if not subjects:
        return
    rows.write(events)
    table = connection.ops.quote_name(str(type(subjects[0])._meta.db_table))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET version = %s, head = %s WHERE id = %s",  # noqa: S608 - a table's own name
            [(subject.version, subject.head, subject.pk) for subject in subjects],
        )
