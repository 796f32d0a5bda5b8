"""A case and what belongs to it. Only ``actions`` writes these rows; each write leaves its event."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sijeong.audit.models import Actor, Event, Journalled
from sijeong.catalog import CaseType
from sijeong.documents.models import File
from sijeong.legaltime import Term
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import Viewer


class CaseTypeVersion(models.Model):
    """A case type of the city folder as it was applied; a running case keeps the version it began with."""

    government = models.ForeignKey(Government, models.PROTECT)
    code = models.SlugField()
    name = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    definition = models.JSONField()
    current = models.BooleanField(default=True)
    applied_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "code", "number"], name="type_version_once"),
            models.UniqueConstraint(
                fields=["government", "code"], condition=Q(current=True), name="type_current_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} 제{self.number}판"

    @property
    def case_type(self) -> CaseType:
        return _parsed(self.digest, self.pk)


@lru_cache(maxsize=256)
def _parsed(digest: str, pk: int) -> CaseType:
    # A version never changes, so that parsing it once a process is enough; the digest guards reused keys in tests.
    return CaseType.from_json(CaseTypeVersion.objects.values_list("definition", flat=True).get(pk=pk))


class NumberSeries(models.Model):
    """The last number given for a prefix in a year. Given in the case's own transaction: no gap and no double."""

    government = models.ForeignKey(Government, models.PROTECT)
    prefix = models.CharField(max_length=20)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "prefix", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class OutcomeBasis(models.TextChoices):
    """What an outcome rests on: a delivery on record here, or only the word of an imported source."""

    NONE = "", "결과 없음"
    DELIVERY = "delivery", "전달 확인"
    SOURCE = "source", "출처의 진술, 전달 기록 없음"


class CaseQuerySet(models.QuerySet["Case"]):
    def locked(self, pk: int) -> Case:
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("type", "government").get(pk=pk)

    def visible_to(self, viewer: Viewer) -> CaseQuerySet:
        """One predicate for pages, API, exports and counts. Rows of another government are never in it."""
        mine = self.filter(government_id=viewer.government_id)
        if viewer.sees_government:
            return mine
        reach = Q(asker_id__in=viewer.members) | Q(asker_unit_id__in=viewer.committees)
        if viewer.units:
            working = Part.objects.filter(unit_id__in=viewer.units, active=True).values("case_id")
            reach |= Q(pk__in=working) | Q(asker_unit_id__in=viewer.units)
        return mine.filter(reach)


class Case(Journalled):
    """Anything asked of the city that must be answered by a date."""

    SUBJECT = "case"
    # What events tell by ``set``, and what doctor recomputes from them.
    TRACKED = (
        "state", "outcome", "outcome_basis", "due_on", "lead_id", "officer_id", "answered_at", "delivered_at",
        "published_at", "extensions", "paused_on", "merged_into_id", "open",
    )  # fmt: skip

    government = models.ForeignKey(Government, models.PROTECT)
    type = models.ForeignKey(CaseTypeVersion, models.PROTECT)
    type_code = models.SlugField()
    number = models.CharField("번호", max_length=40)
    title = models.CharField("제목", max_length=200)
    question = models.TextField("내용")
    kind = models.CharField("구분", max_length=40, blank=True)
    fields = models.JSONField(default=dict)
    asker = models.ForeignKey(User, models.PROTECT, null=True, related_name="asked")
    asker_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="asked")
    asker_name = models.CharField(max_length=80)
    source = models.CharField(max_length=20, default="page")
    source_key = models.CharField(max_length=64, null=True)
    source_order = models.PositiveIntegerField(null=True, help_text="연번 of the source")
    received_at = models.DateTimeField("접수")
    state = models.CharField(max_length=20)
    state_before = models.CharField(max_length=20, blank=True)
    open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_basis = models.CharField(max_length=20, choices=OutcomeBasis, blank=True)
    term_data = models.JSONField(null=True)
    due_on = models.DateField("기한", null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    paused_on = models.DateField(null=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="leads")
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="handles")
    answered_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["government", "source_key"], name="case_source_once"),
            # Reported means delivered: the database itself refuses a result without its basis.
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(outcome_basis="source")
                | Q(outcome_basis="delivery", delivered_at__isnull=False),
                name="an_outcome_has_its_basis",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "open", "due_on", "id"], name="case_due"),
            models.Index(fields=["government", "-received_at", "-id"], name="case_received"),
            models.Index(fields=["government", "type_code", "-received_at", "-id"], name="case_by_type"),
            models.Index(fields=["lead", "open", "due_on", "id"], name="case_lead_due"),
            models.Index(fields=["officer", "open", "due_on", "id"], name="case_officer_due"),
            models.Index(fields=["asker", "-received_at", "-id"], name="case_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def case_type(self) -> CaseType:
        return self.type.case_type

    @property
    def term(self) -> Term | None:
        return Term.from_json(self.term_data) if self.term_data else None

    @property
    def state_label(self) -> str:
        return self.case_type.state(self.state).name

    @property
    def public_state(self) -> str:
        return self.case_type.state(self.state).public

    @property
    def outcome_label(self) -> str:
        return next((o.name for o in self.case_type.outcomes if o.code == self.outcome), "")

    @property
    def kind_label(self) -> str:
        return next((k.name for k in self.case_type.kinds if k.code == self.kind), "")

    def late(self, day: dt.date) -> bool:
        """Whether it is (or was answered) after its due date."""
        end = timezone.localtime(self.delivered_at).date() if self.delivered_at else day
        return self.due_on is not None and not self.paused_on and end > self.due_on

    def move(
        self, act: str, *, by: Actor | None, at: dt.datetime | None = None,
        changes: dict[str, Any] | None = None, **told: Any,
    ) -> Event:  # fmt: skip
        """Set tracked fields, save them, and append the event that tells so. The caller holds the lock."""
        changes = changes or {}
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=[*changes, "state_before", "term_data"])
        return self.record(act, by=by, at=at, set=changes, **told)


class Part(models.Model):
    """A division's share in a case: it leads, or it helps with a part of the answer."""

    class Kind(models.TextChoices):
        LEAD = "lead", "주관"
        JOINT = "joint", "협조"

    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind)
    active = models.BooleanField(default=True)
    text = models.TextField("협조 의견", blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], condition=Q(active=True), name="part_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(active=True, kind="lead"), name="one_lead_a_case"
            ),
        ]
        indexes = [models.Index(fields=["unit", "active", "case"], name="part_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"


class Answer(models.Model):
    """One version of an answer. A submitted version never changes; a returned one is followed by the next."""

    class State(models.TextChoices):
        DRAFT = "draft", "작성 중"
        SUBMITTED = "submitted", "결재 중"
        RETURNED = "returned", "반려"
        APPROVED = "approved", "결재 완료"
        SOURCE = "source", "출처의 답변"

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField(default=dict, help_text="text by answer field")
    outcome = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=1, help_text="counts saves: a stale save is refused")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_for = models.CharField("대결", max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)
    note = models.TextField("반려 사유", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="answer_once"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(signer__isnull=False), name="an_approval_names_its_signer"
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.case_id} 답변 {self.number}"


class Delivery(models.Model):
    """Proof that an answer reached whom it was owed to."""

    class Channel(models.TextChoices):
        HERE = "here", "이 시스템의 의원 화면"
        DOCUMENT = "document", "전자문서 시행"
        EMAIL = "email", "전자우편"
        HAND = "hand", "직접 전달"
        POST = "post", "우편"

    case = models.ForeignKey(Case, models.PROTECT, related_name="deliveries")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recipient_name = models.CharField("받는 사람", max_length=80)
    channel = models.CharField("전달 방법", max_length=10, choices=Channel)
    delivered_at = models.DateTimeField("전달 일시")
    receipt = models.CharField("수령 증빙", max_length=200, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["delivered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="here", recipient__isnull=False) | ~Q(receipt="") | Q(file__isnull=False),
                name="a_delivery_has_its_proof",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.recipient_name}"


class FollowUp(models.Model):
    """A promise made inside an answer, with a date, tracked until it is closed with evidence."""

    class State(models.TextChoices):
        PLANNED = "planned", "답변 전달 전"
        OPEN = "open", "이행 중"
        CLOSED = "closed", "이행 완료"
        DROPPED = "dropped", "중단"

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    text = models.CharField("할 일", max_length=300)
    due_on = models.DateField("기한")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    evidence = models.TextField("이행 결과", blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "dropped"]) | ~Q(evidence=""),
                name="what_is_closed_shows_evidence",
            )
        ]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="follow_up_due")]

    def __str__(self) -> str:
        return self.text


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
