"""What stands around the writing of an answer: text not yet saved, files, and forms to begin with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sijeong.audit.models import Journalled
from sijeong.documents.models import File
from sijeong.org.models import Government, Unit, User

from .answers import Answer
from .case import Case


class Writing(models.Model):
    """One person's own text of an answer, kept as it is typed (see ADR 0012). Nobody else writes into it.

    ``fields`` holds the editor's fields by name, empty once they were saved into the draft. ``edition`` and
    ``base`` tell the draft it began from. ``revision`` counts up and never back, so that a window left open
    elsewhere is recognised.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="writings")
    writer = models.ForeignKey(User, models.PROTECT, related_name="+")
    fields = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    base = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "writer"], name="writing_once")]
        ordering = ["began_at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.writer}"


class Attachment(models.Model):
    """A file that goes with a version of an answer. The version's state freezes it: only a draft lets go."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT, related_name="attachments")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.answer} {self.file}"


class AnswerTemplate(Journalled):
    """A text to begin an answer of a type with, for one division or (``unit`` empty) for all."""

    SUBJECT = "template"

    government = models.ForeignKey(Government, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    type_code = models.SlugField()
    name = models.CharField("서식 이름", max_length=60)
    body = models.JSONField(default=dict, help_text="text by answer field, with blanks as {질문}")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "unit", "type_code", "name"], condition=Q(active=True),
                nulls_distinct=False, name="template_name_once",
            )
        ]  # fmt: skip
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Judgement(models.Model):
    """What the asker says of a delivered answer. A later one stands beside the earlier, it replaces none."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="judgements")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="judgements")
    sufficient = models.BooleanField("충분함")
    reason = models.TextField("사유", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sufficient=True) | ~Q(reason=""), name="what_is_insufficient_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {'충분' if self.sufficient else '부족'}"
