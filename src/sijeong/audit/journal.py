"""Reading and proving the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from .models import GENESIS, Event, Journalled


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


def chain_faults(events: Iterable[Event]) -> Iterator[Fault]:
    """Faults inside the chains of ``events``, which come ordered by subject, subject_id, seq."""
    key, seq, digest = None, 0, GENESIS
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


def head_fault(subject: Journalled, last: Event | None) -> Fault | None:
    """Whether the subject's stored head is its last event: a cut tail shows here."""
    seq, digest = (last.seq, last.digest) if last else (0, GENESIS)
    if (subject.version, subject.head) == (seq, digest):
        return None
    return Fault(subject.SUBJECT, subject.pk, subject.version, f"행은 사건 {subject.version}번까지 알지만 일지는 {seq}번에서 끝납니다")
