"""Files of rows on their way in."""

from __future__ import annotations

from django.db import models

from sijeong.documents.models import File
from sijeong.org.models import Government, User


class ImportRun(models.Model):
    """A file of rows on its way in: checked first, then taken in whole or not at all."""

    class State(models.TextChoices):
        CHECKING = "checking", "확인 중"
        CHECKED = "checked", "확인 마침"
        RUNNING = "running", "가져오는 중"
        DONE = "done", "가져옴"
        FAILED = "failed", "가져오지 않음"

    government = models.ForeignKey(Government, models.PROTECT)
    file = models.ForeignKey(File, models.PROTECT)
    type_code = models.SlugField()
    label = models.CharField("회차·출처", max_length=60)
    received_on = models.DateField("접수일")
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    done_rows = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    started_by = models.ForeignKey(User, models.PROTECT)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.label} {self.file.name}"
