"""Applications for benefits, what the rules said of them, and simulations: never overwritten where somebody was told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from sijeong.audit.models import Journalled
from sijeong.cases.models import Case
from sijeong.documents.models import File
from sijeong.org.models import Government, User
from sijeong.org.viewer import Viewer


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, viewer: Viewer) -> ApplicationQuerySet:
        """Who sees the case sees the application; what of the person is shown is `permissions.sees_person`."""
        return self.filter(case__in=Case.objects.visible_to(viewer))

    def of_person(self, application: Application) -> ApplicationQuerySet:
        """The same person's applications to the same government: by name and day of birth."""
        return self.filter(
            government_id=application.government_id, name=application.name, born_on=application.born_on
        )


class Application(Journalled):
    """One person's application for one benefit; its case carries the number, the term and the approval.

    ``claims`` is what the person said, by question; ``facts`` what an officer verified. Who applies on the public
    page proves nothing about who they are: until ``verified_at`` it is a claim.
    """

    SUBJECT = "benefit_application"

    class Channel(models.TextChoices):
        COUNTER = "counter", "창구"
        PUBLIC = "public", "누리집"

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="application")
    benefit = models.SlugField()
    benefit_name = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField(help_text="of receipt: whose places it takes")
    received_on = models.DateField("접수일", help_text="whose law it is decided by")
    channel = models.CharField(max_length=10, choices=Channel)
    name = models.CharField("이름", max_length=40)
    born_on = models.DateField("생년월일")
    phone = models.CharField("전화번호", max_length=20)
    bank = models.CharField("은행", max_length=20, blank=True)
    account = models.CharField("계좌번호", max_length=40, blank=True)
    claims = models.JSONField(default=dict)
    facts = models.JSONField(null=True)
    proof = models.CharField("확인한 것", max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["government", "benefit", "year", "id"], name="benefit_application_places"),
            models.Index(fields=["government", "name", "born_on"], name="benefit_application_person"),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.benefit_name}"

    @property
    def latest(self) -> Decision | None:
        return self.decisions.order_by("-number").first()


class Decision(models.Model):
    """What the rule said, with all it was computed from: a later change of the law or the rule does not touch it."""

    class Status(models.TextChoices):
        GRANTED = "granted", "지급"
        REFUSED = "refused", "지급하지 않음"
        WAITING = "waiting", "대기"

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField("결정 번호", max_length=50, help_text="지원신청-2026-00001/1")
    current = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=Status)
    amount = models.PositiveBigIntegerField("금액")
    in_kind = models.CharField("현물", max_length=80, blank=True)
    law_on = models.DateField(help_text="the day whose law was applied")
    inputs = models.JSONField(help_text="the facts as the rule saw them")
    trace = models.JSONField(help_text="each criterion: name, Korean name, whether it held")
    law = models.JSONField(help_text="the parameters in force")
    rule = models.CharField(max_length=64, help_text="SHA-256 of the rule with its dated values")
    reason = models.TextField("까닭")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    round = models.PositiveBigIntegerField(
        null=True, help_text="the allocation that gave or refused the place"
    )
    appealed_on = models.DateField("이의신청일", null=True)
    appeal = models.TextField("다시 연 까닭", blank=True)
    paid_on = models.DateField("지급일", null=True)
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="benefit_decision_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(current=True), name="one_benefit_decision_is_current"
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None) | Q(status="granted"), name="only_what_is_granted_is_paid"
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.label

    @property
    def may_be_followed(self) -> bool:
        """Whether the next decision may take its place: it only waits for a place, or was taken up again."""
        return self.status == self.Status.WAITING or self.appealed_on is not None


class Places(models.Model):
    """The row that deciders of one benefit and year hold in turn, so that places and yearly caps are not overrun."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    benefit = models.SlugField()
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "benefit", "year"], name="places_once")]

    def __str__(self) -> str:
        return f"{self.benefit} {self.year}"


class Handover(Journalled):
    """The applications of a year handed to an allocation for the places that are left, and what came back.

    ``round`` is the allocation's own number: this room knows no more of it (see ``placing``).
    """

    SUBJECT = "benefit_handover"

    class State(models.TextChoices):
        OUT = "out", "배정을 기다림"
        TAKING = "taking", "결과를 받는 중"
        TAKEN = "taken", "결과를 받음"
        RECALLED = "recalled", "거둠"

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    benefit = models.SlugField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField("차수")
    round = models.PositiveBigIntegerField()
    places = models.PositiveIntegerField("자리")
    handed = models.JSONField(help_text="case numbers, in the order of receipt")
    state = models.CharField(max_length=10, choices=State, default=State.OUT)
    left = models.JSONField(default=list, help_text="what could not be decided: [case number, why] of each")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "benefit", "year", "number"], name="handover_number_once"
            ),
            models.UniqueConstraint(
                fields=["government", "benefit", "year"], condition=Q(state__in=["out", "taking"]),
                name="one_handover_is_out",
            ),
        ]  # fmt: skip
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.benefit} {self.year}년 {self.number}차"

    @property
    def out(self) -> bool:
        return self.state in {self.State.OUT, self.State.TAKING}


class Simulation(Journalled):
    """One run of the rules over a population: what was asked, what came out, and the digests it can be run again by."""

    SUBJECT = "benefit_simulation"

    class State(models.TextChoices):
        WAITING = "waiting", "차례를 기다림"
        RUNNING = "running", "셈하는 중"
        DONE = "done", "끝남"
        FAILED = "failed", "하지 못함"

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    title = models.CharField("이름", max_length=80)
    request = models.JSONField(help_text="see benefits.requests")
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    people = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how many workers began it")
    digests = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["government", "-id"], name="simulation_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def year(self) -> int:
        return int(self.request["year"])

    @property
    def busy(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def seconds(self) -> float | None:
        taken: dt.timedelta | None = self.finished_at - self.created_at if self.finished_at else None
        return taken.total_seconds() if taken else None

    def asked(self, key: str) -> Any:
        return self.request.get(key)
