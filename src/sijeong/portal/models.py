"""What citizens see, kept apart from what it was made of. Only ``actions`` writes these rows."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sijeong.cases.models import Case, FollowUp
from sijeong.documents.models import File
from sijeong.org.models import Government, Unit, User


class Decision(models.Model):
    """What a reviewer decided of one place of one text. It holds for that very text: another digest asks again."""

    class Choice(models.TextChoices):
        MASK = "mask", "가림"
        CLEAR = "clear", "그대로 공개"
        WITHHOLD = "withhold", "공개하지 않음"

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    piece = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text decided on")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    choice = models.CharField(max_length=10, choices=Choice)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "piece", "digest", "start", "end", "kind"], name="decided_once_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(choice="clear") | ~Q(reason=""), name="what_is_cleared_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.piece} {self.get_choice_display()}"


class PublicCaseQuerySet(models.QuerySet["PublicCase"]):
    def shown(self) -> PublicCaseQuerySet:
        """Those that citizens see now: not taken back, and not being answered anew."""
        return self.filter(withdrawn_at=None, case__published_at__isnull=False)


class PublicCase(models.Model):
    """The public version of a case: a derived text, made once at publication with everything masked in it.

    No public page, feed, index or export reads the case's own texts, so that what is masked cannot reach them.
    """

    class Withdrawal(models.TextChoices):
        PERSONAL = "personal", "개인정보를 다시 확인하고 있습니다"
        CORRECTION = "correction", "내용을 바로잡고 있습니다"
        LAW = "law", "법령에 따라 비공개로 바뀌었습니다"
        REQUEST = "request", "당사자의 요청이 있었습니다"

    government = models.ForeignKey(Government, models.PROTECT, related_name="public_cases")
    case = models.OneToOneField(Case, models.PROTECT, related_name="public")
    number = models.CharField(max_length=40)
    type_code = models.SlugField()
    type_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    question_name = models.CharField(max_length=80)
    question = models.TextField()
    told = models.JSONField(default=list, help_text="[name, text] of what was told beside the question")
    answer = models.JSONField(default=list, help_text="[name, text] of the delivered answer")
    asker = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_name = models.CharField(max_length=80, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    committee = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    delivered_on = models.DateField()
    extensions = models.PositiveSmallIntegerField(default=0)
    on_time = models.BooleanField()
    article = models.CharField(max_length=2000, blank=True)
    masked = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0, help_text="files that are not published")
    material = models.CharField(max_length=64, help_text="digest of the texts it was made of")
    seen_version = models.PositiveIntegerField(help_text="the case's last event that it knows")
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=20, choices=Withdrawal, blank=True)

    objects = PublicCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "number"], name="public_number_once")]
        indexes = [
            models.Index(fields=["government", "-published_at", "-id"], name="public_newest"),
            models.Index(fields=["government", "type_code", "-published_at", "-id"], name="public_by_type"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PublicFile(models.Model):
    """A file as citizens get it: as it is where nothing in it is masked, else its text with the masks.

    ``copy`` is handed out in place of a file that keeps a picture of its first page: the same without the picture.
    """

    public = models.ForeignKey(PublicCase, models.CASCADE, related_name="files")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=210)
    text = models.TextField(blank=True)
    original = models.BooleanField()
    copy = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def handed_out(self) -> File:
        """The file whose bytes citizens get, where they get a file."""
        return self.copy or self.file


class PublicFollowUp(models.Model):
    """The masked texts of a promise. Its state and dates are read from the promise itself: they name nobody."""

    public = models.ForeignKey(PublicCase, models.CASCADE, related_name="follow_ups")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)
    file = models.ForeignKey(PublicFile, models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["follow_up__due_on", "id"]

    def __str__(self) -> str:
        return self.text


class CalendarKey(models.Model):
    """A secret address under which a person's own due dates are read by a calendar. Only its digest is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_keys")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField("이름", max_length=40)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} {self.name}"

    def revoked_on(self) -> dt.date | None:
        return timezone.localdate(self.revoked_at) if self.revoked_at else None
