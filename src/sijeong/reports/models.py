"""Work reports, the programmes they tell of, and documents that were read."""

from __future__ import annotations

from django.db import models

from sijeong.audit.models import Journalled
from sijeong.documents.models import File
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import Viewer

from .writing.model import Report
from .writing.storing import from_json


class Programme(Journalled):
    """A piece of policy (시책·사업) that a unit keeps through the year; its parts are lines in 개조식."""

    SUBJECT = "programme"
    PARTS = {"overview": "추진개요", "results": "추진실적", "plan": "향후계획", "schedule": "추진일정"}

    government = models.ForeignKey(Government, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes", verbose_name="부서")
    year = models.PositiveSmallIntegerField("연도")
    order = models.PositiveSmallIntegerField("순서", default=1)
    title = models.CharField("이름", max_length=120)
    summary = models.CharField("한 줄 요약", max_length=300, blank=True)
    overview = models.TextField("추진개요", blank=True)
    results = models.TextField("추진실적", blank=True)
    plan = models.TextField("향후계획", blank=True)
    schedule = models.TextField("추진일정", blank=True)
    closed = models.BooleanField(default=False)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["government", "year", "unit", "order"], name="programme_year")]

    def __str__(self) -> str:
        return self.title


class WorkReport(Journalled):
    """A report of a unit as of a day: built from the records until it is frozen, then only read."""

    SUBJECT = "work_report"

    class State(models.TextChoices):
        DRAFT = "draft", "작성 중"
        FROZEN = "frozen", "결재 대기"
        RELEASED = "released", "확정"

    government = models.ForeignKey(Government, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="work_reports", verbose_name="부서")
    design = models.SlugField("서식")
    title = models.CharField("제목", max_length=120)
    occasion = models.CharField("회기", max_length=60, blank=True)
    base_on = models.DateField("기준일")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    content = models.JSONField(null=True, help_text="the whole report as it was frozen")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was frozen")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True)
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(content__isnull=False),
                name="frozen_has_its_content",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title} ({self.base_on})"

    def file_name(self, format_: str) -> str:
        """What its file is called when it is handed over."""
        return f"{self.unit.name} {self.title}({self.base_on:%Y.%m.%d}).{format_}"

    @property
    def frozen(self) -> Report | None:
        """What was frozen, as it can be written again."""
        return from_json(self.content) if self.content else None


class Edition(models.Model):
    """A released report in one format, as it was handed over."""

    report = models.ForeignKey(WorkReport, models.PROTECT, related_name="editions")
    format = models.CharField(max_length=4)
    file = models.ForeignKey(File, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "format"], name="edition_once")]

    def __str__(self) -> str:
        return self.file.name


class Erratum(models.Model):
    """A correction of a released report (정오표): the report itself stays as it was handed over."""

    report = models.ForeignKey(WorkReport, models.PROTECT, related_name="errata")
    number = models.PositiveSmallIntegerField()
    place = models.CharField("곳", max_length=200)
    stated = models.CharField("틀린 내용", max_length=300)
    corrected = models.CharField("바른 내용", max_length=300)
    reason = models.CharField("까닭", max_length=300)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="erratum_once")]

    def __str__(self) -> str:
        return f"{self.place}: {self.stated} → {self.corrected}"


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, viewer: Viewer) -> PaperQuerySet:
        """Who gave a document sees it, and those who see the government's work."""
        mine = self.filter(government_id=viewer.government_id)
        return mine if viewer.sees_government else mine.filter(given_by_id=viewer.pk)


class Paper(models.Model):
    """A document given to be read: what it says and what in it does not tie, once the worker is through."""

    class State(models.TextChoices):
        READING = "reading", "읽는 중"
        READ = "read", "읽음"
        FAILED = "failed", "읽지 못함"

    government = models.ForeignKey(Government, models.PROTECT)
    file = models.ForeignKey(File, models.PROTECT)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    why = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict, help_text="counts of facts and verdicts")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    objects = PaperQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file.name
