"""Events and the subjects that carry them.

An event is written in the transaction of the change it tells of, and never again: the database refuses
UPDATE and DELETE (see migration 0002). Each subject's events form a hash chain whose head the subject keeps,
so that neither a changed nor a missing event goes unnoticed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, Protocol

import orjson
from django.db import models
from django.utils import timezone

GENESIS = "0" * 64


class Actor(Protocol):
    """Who did it: anything with a key and a label as it should be read in ten years."""

    @property
    def pk(self) -> Any: ...

    @property
    def label(self) -> str: ...


class Event(models.Model):
    """One thing that happened to one subject. ``seq`` counts from 1 within the subject."""

    government_id = models.BigIntegerField()
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "subject_id", "seq"], name="event_once")]
        indexes = [models.Index(fields=["government_id", "id"], name="event_government")]

    def __str__(self) -> str:
        return f"{self.subject}/{self.subject_id}#{self.seq} {self.act}"

    def computed_digest(self) -> str:
        """SHA-256 over every field and the digest before it; the same on both databases."""
        told = [
            self.government_id, self.subject, self.subject_id, self.seq, self.act,
            self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            self.actor_id, self.actor, self.data, self.previous,
        ]  # fmt: skip
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _refuse_fractions(told: Any) -> None:
    if isinstance(told, float):
        raise TypeError(f"{told}: an event's data holds whole numbers or text, no fractions")
    for part in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        _refuse_fractions(part)


def _in_utc(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r}: an event's data holds text, whole numbers, dates, lists and mappings")


class Journalled(models.Model):
    """A subject with a journal: ``version`` is the number of its events, ``head`` the last one's digest."""

    SUBJECT = ""

    version = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, default=GENESIS, editable=False)

    class Meta:
        abstract = True

    government_id: int

    def next_event(self, act: str, *, by: Actor | None, at: dt.datetime | None = None, **data: Any) -> Event:
        """Chain the next event onto this subject, unsaved: for ``record`` and for bulk writes.

        The caller holds the subject's row lock and saves ``version`` and ``head`` with the change itself.
        ``data`` holds text, whole numbers, dates, lists and mappings. Raises TypeError for a fraction:
        PostgreSQL gives 1e16 back as a whole number, and the digest would no longer fit.
        """
        # Moments in UTC, as both databases give them back.
        told = orjson.loads(orjson.dumps(data, default=_in_utc, option=orjson.OPT_PASSTHROUGH_DATETIME))
        _refuse_fractions(told)
        event = Event(
            government_id=self.government_id, subject=self.SUBJECT, subject_id=self.pk, seq=self.version + 1,
            act=act, at=at or timezone.now(), actor_id=by.pk if by else None,
            actor=by.label if by else "시스템", data=told, previous=self.head,
        )  # fmt: skip
        event.digest = event.computed_digest()
        self.version, self.head = event.seq, event.digest
        return event

    def record(self, act: str, *, by: Actor | None, at: dt.datetime | None = None, **data: Any) -> Event:
        """Append the event of a change that the caller has already saved, in the caller's transaction."""
        event = self.next_event(act, by=by, at=at, **data)
        event.save(force_insert=True)
        type(self)._base_manager.filter(pk=self.pk).update(version=self.version, head=self.head)
        return event
