"""What was answered, how it was delivered, and what it promised."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sijeong.documents.models import File
from sijeong.org.models import Unit, User

from .case import Case


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
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="follow_up_due"),
            models.Index(fields=["state", "due_on", "id"], name="follow_up_soonest"),
        ]

    def __str__(self) -> str:
        return self.text
