"""What a run decided, and what a released round holds of the city's things."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from sijeong.cases.korean import settled
from sijeong.org.models import Government

from ..solving.words import told
from .rounds import Round, Run


class Place(models.Model):
    """A resource in a run: its capacity, its use, and what one more would bring."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="places")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    area = models.CharField(max_length=20, blank=True)
    capacity = models.PositiveIntegerField()
    used = models.PositiveIntegerField()
    worth = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["run", "id"], name="place_run")]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        return self.used * 100 // self.capacity if self.capacity else 0


class Decision(models.Model):
    """What one applicant got, and the facts of the reason; the sentence is made when it is read.

    ``facts`` in the order of the run's fact names; ``given`` what the table said, by role; ``change`` and ``since``
    belong to a day's plan.
    """

    class Change(models.TextChoices):
        NONE = "", "그대로"
        PLACED = "placed", "새로 배정"
        MOVED = "moved", "옮김"
        LEFT = "left", "나감"
        WAITS = "waits", "기다림"

    run = models.ForeignKey(Run, models.PROTECT, related_name="decisions")
    number = models.CharField("접수번호", max_length=40)
    public = models.CharField("공개번호", max_length=20)
    cls = models.CharField(max_length=20)
    area = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="decisions")
    served = models.BooleanField()
    code = models.SmallIntegerField()
    facts = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    change = models.CharField(max_length=10, choices=Change, blank=True)
    why = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="decision_once")]
        indexes = [
            models.Index(fields=["run", "served", "id"], name="decision_served"),
            models.Index(fields=["run", "public"], name="decision_public"),
        ]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def sentence(self) -> str:
        """Why, in plain Korean."""
        if self.why:
            return settled(self.why)
        outcome = self.run.outcome
        facts = dict(zip(outcome["facts"], self.facts, strict=True))
        got = self.place.name if self.place else ""
        return settled(told(outcome["structure"], self.code, facts, outcome["labels"], got))


class Resource(models.Model):
    """A thing that can be given once at a time, whatever round gives it: a hospital, a room type, a specialist's slot."""

    government = models.ForeignKey(Government, models.PROTECT)
    scheme_code = models.SlugField(max_length=50)
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "scheme_code", "key"], name="resource_once")
        ]

    def __str__(self) -> str:
        return self.key


class Holding(models.Model):
    """Seats ``first_seat`` to ``last_seat`` of a resource, held by a released round from day to day, ends included.

    Two that stand may not overlap in seats and days: the database itself refuses it (migration 0002).
    """

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="holdings")
    round = models.ForeignKey(Round, models.PROTECT, related_name="holdings")
    first_seat = models.PositiveIntegerField()
    last_seat = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seat__gte=F("first_seat"), last_day__gte=F("first_day")),
                name="holding_in_order",
            )
        ]
        indexes = [
            models.Index(
                fields=["resource", "first_day"], condition=Q(ended_at=None), name="holding_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.first_seat}-{self.last_seat}"
