"""A meeting with the council, its files, and what was suggested there. Only ``actions`` writes these rows."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db import models
from django.db.models import Q

from sijeong.audit.models import Actor, Event, Journalled
from sijeong.cases.models import Case
from sijeong.documents.models import File
from sijeong.links import preconditions
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import Viewer
from sijeong.search import outbox


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def locked(self, pk: int) -> Meeting:
        """The row, held until the transaction ends."""
        found = self.select_for_update(of=("self",)).select_related("government").get(pk=pk)
        preconditions.locked(found)
        return found

    def visible_to(self, viewer: Viewer) -> MeetingQuerySet:
        """Those who see the government's cases, the units that took part, and the members who did (or their aides)."""
        mine = self.filter(government_id=viewer.government_id)
        if viewer.sees_government:
            return mine
        # Subqueries, so that a meeting of two units of the viewer is there once.
        part = (
            mine.filter(units__in=viewer.units), mine.filter(members__in=viewer.members), mine.filter(officers=viewer.pk)
        )  # fmt: skip
        return mine.filter(
            Q(pk__in=part[0].values("pk")) | Q(pk__in=part[1].values("pk")) | Q(pk__in=part[2].values("pk"))
        )

    def took_place(self, now: dt.datetime) -> MeetingQuerySet:
        """What is counted: neither to come nor called off."""
        return self.filter(held_at__lte=now, cancelled_at=None)


class Meeting(Journalled):
    """One meeting of the city with the council, planned or held."""

    SUBJECT = "meeting"

    class Kind(models.TextChoices):
        BRIEFING = "briefing", "위원장단 현안설명회"
        TALK = "talk", "위원회·교섭단체 간담회"
        SINGLE = "single", "의원 개별 면담"
        POLICY = "policy", "교섭단체 정책간담회"

    government = models.ForeignKey(Government, models.PROTECT)
    kind = models.CharField("종류", max_length=10, choices=Kind)
    held_at = models.DateTimeField("일시")
    place = models.CharField("장소", max_length=100)
    subject = models.CharField("주제", max_length=200)
    content = models.TextField("내용", blank=True)
    units = models.ManyToManyField(Unit, related_name="+")
    members = models.ManyToManyField(User, related_name="+")
    officers = models.ManyToManyField(User, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["government", "-held_at", "-id"], name="meeting_held")]

    def __str__(self) -> str:
        return self.subject

    def fingerprint(self) -> str:
        """SHA-256 of what its form shows: the same until somebody amends it."""
        rows = (self.units, self.members, self.officers)
        told = [self.kind, self.held_at.isoformat(), self.place, self.subject, self.content]
        told += [",".join(map(str, sorted(one.values_list("pk", flat=True)))) for one in rows]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()

    def record(self, act: str, *, by: Actor | None, at: dt.datetime | None = None, **data: Any) -> Event:
        """Append the event, and have the meeting found as it is now."""
        outbox.changed(self.government_id, self.SUBJECT, [self.pk])
        return super().record(act, by=by, at=at, **data)


class MeetingFile(models.Model):
    """A file of a meeting: what was handed out, or the record."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="files")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)


class Suggestion(models.Model):
    """What was suggested at a meeting (건의·제안), and the case that answers it once it is taken up."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="suggestions")
    text = models.TextField("건의 내용")
    member = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    said_by = models.CharField("건의한 사람", max_length=80)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
