"""Which state of the holiday calendar a government's terms were counted by."""

from __future__ import annotations

from django.db import models

from sijeong.org.models import Government


class AppliedCalendar(models.Model):
    """A state of the calendar as it was applied to all open terms; the newest is the one in force.

    ``days`` are its holidays, name by date, so that the next state can say what is new in it.
    """

    government = models.ForeignKey(Government, models.PROTECT)
    version = models.CharField(max_length=40)
    days = models.JSONField(help_text="holiday's name by date")
    applied_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.CharField(max_length=120)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        get_latest_by = "pk"
        indexes = [models.Index(fields=["government", "-id"], name="calendar_newest")]

    def __str__(self) -> str:
        return f"{self.government} {self.version}"
