"""Notices, how they leave the house, and what people chose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sijeong.org.models import Government, User

from .kinds import KINDS, Channel, Kind
from .told import Line


class Subscription(models.Model):
    """A person's wish to hear of a subject (``case:12``) or of everything somebody asks (``asker:7``)."""

    government = models.ForeignKey(Government, models.PROTECT)
    person = models.ForeignKey(User, models.PROTECT, related_name="subscriptions")
    subject = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    address = models.CharField(max_length=200)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "person"], name="subscribed_once")]
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} ← {self.label}"


class Choice(models.Model):
    """What a person said of a kind and a channel; what nobody said is as the kind has it."""

    person = models.ForeignKey(User, models.PROTECT, related_name="notice_choices")
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    on = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="chosen_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind} {self.channel}: {self.on}"


class Notice(models.Model):
    """One thing told to one person. ``batch`` tells the transaction that made it from one that found it there."""

    government = models.ForeignKey(Government, models.PROTECT)
    person = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    about = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300)
    text = models.CharField(max_length=600)
    lines = models.JSONField(default=list, help_text="[about, text, address] each")
    subscription = models.ForeignKey(Subscription, models.SET_NULL, null=True, related_name="+")
    in_app = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    batch = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"], name="notice_newest"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None, in_app=True)),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject} {self.text}"

    @property
    def of_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def told_lines(self) -> list[Line]:
        return [Line(*line) for line in self.lines]

    @property
    def abouts(self) -> set[str]:
        """What it and its lines are about."""
        return {about for about in (self.about, *(line.about for line in self.told_lines)) if about}


class Delivery(models.Model):
    """A notice on its way by a channel. While it waits or is claimed, ``next_at`` is when a worker may take it."""

    class State(models.TextChoices):
        WAITING = "waiting", "보낼 것"
        CLAIMED = "claimed", "보내는 중"
        SENT = "sent", "보냄"
        DEAD = "dead", "보내지 못함"
        DROPPED = "dropped", "보내지 않음"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, default=Channel.EMAIL)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    unsure = models.BooleanField(default=False, help_text="a worker died between sending and saying so")
    fault = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_a_channel")]
        indexes = [
            models.Index(
                fields=["next_at"], name="delivery_waiting", condition=Q(state__in=["waiting", "claimed"])
            ),
            models.Index(fields=["state"], name="delivery_dead", condition=Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.get_state_display()}"
