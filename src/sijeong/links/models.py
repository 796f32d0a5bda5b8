"""Keys that other systems hold, and what was answered to their writes."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from sijeong.org.models import Government, User


class Token(models.Model):
    """A key with which another system acts as a person. Only its digest is kept; the prefix names it."""

    government = models.ForeignKey(Government, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField("쓰는 곳", max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_on = models.DateField(help_text="last day")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    # The minute since 1970 that is being counted, and how many requests processes have taken of it.
    minute = models.PositiveBigIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["user", "-made_at"], name="token_of_user")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    def works(self, day: dt.date) -> bool:
        """Whether it opens anything on ``day``; its person may be shut out besides."""
        return self.revoked_at is None and day <= self.expires_on

    def state(self, day: dt.date) -> str:
        """``live``, ``revoked`` or ``expired``."""
        if self.revoked_at:
            return "revoked"
        return "live" if self.works(day) else "expired"


class Answered(models.Model):
    """The answer to a write that came with an Idempotency-Key, kept in the transaction of its effect."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, help_text="of method, address and body")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="answered_once"),
            models.CheckConstraint(condition=~Q(key=""), name="a_key_is_not_empty"),
        ]
        indexes = [models.Index(fields=["at"], name="answered_at")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
