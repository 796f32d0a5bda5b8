"""A case and the divisions that share it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from sijeong.audit.models import Actor, Event, Journalled
from sijeong.catalog import CaseType
from sijeong.legaltime import Term
from sijeong.links import preconditions
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import Sight, Viewer
from sijeong.search import outbox

from .. import telling
from ..counts import Facts
from .basis import OutcomeBasis, Stated
from .tally import count_change
from .types import CaseTypeVersion


class CaseQuerySet(models.QuerySet["Case"]):
    def with_type(self, *related: str) -> CaseQuerySet:
        """With the type's row and what else is named, but not the type's text: it is parsed once a process."""
        return self.select_related("type", *related).defer("type__definition")

    def as_rows(self) -> CaseQuerySet:
        """With what a list shows, and without what it does not: long texts and the steps of a term."""
        return self.with_type("lead", "officer").defer(
            "type__definition", "question", "fields", "term_data", "extension_reason", "lead__duties"
        )

    def locked(self, pk: int) -> Case:
        """The row, held until the transaction ends. Raises Problem where another system began from an older one."""
        case = self.select_for_update(of=("self",)).with_type("government").get(pk=pk)
        preconditions.locked(case)
        return case

    def soonest(self) -> CaseQuerySet:
        """Those due first before the others; what only a source states, whose days nobody counts here, behind all."""
        return self.order_by(Stated("outcome_basis"), F("due_on").asc(nulls_last=True), "pk")

    def standing(self, *, open: bool = True) -> CaseQuerySet:
        """Open ones, or closed ones.

        Asked with IN: for ``open = true`` Django writes the bare column, and SQLite then passes over the indexes.
        """
        return self.filter(open__in=[open])

    def visible_to(self, viewer: Viewer | Sight) -> CaseQuerySet:
        """One predicate for pages, API, exports and counts. Rows of another government are never in it."""
        mine = self.filter(government_id=viewer.government_id)
        if viewer.sees_government:
            return mine
        reach = Q(asker_id__in=viewer.members) | Q(asker_unit_id__in=viewer.committees)
        if viewer.units:
            # Whether a case has such a part, not whether it is among the cases of all such parts: of one case a look
            # tells, and for a list PostgreSQL itself makes the set.
            working = Part.objects.filter(case=OuterRef("pk"), unit_id__in=viewer.units, active=True)
            reach |= Exists(working) | Q(asker_unit_id__in=viewer.units)
        return mine.filter(reach)


class Has(NamedTuple):
    """What rows a case has below it, as far as whoever found it asked: what it has not need not be asked for."""

    answers: bool = True
    files: bool = True
    deliveries: bool = True
    follow_ups: bool = True
    judgements: bool = True
    asked_again: bool = True
    # Whether whoever found it asked to hear of it; None where that was not asked.
    subscriber: bool | None = None


class Case(Journalled):
    """Anything asked of the city that must be answered by a date."""

    SUBJECT = "case"
    has = Has()
    # What events tell by ``set``, and what doctor recomputes from them.
    TRACKED = (
        "state", "outcome", "outcome_basis", "due_on", "lead_id", "officer_id", "answered_at", "delivered_at",
        "published_at", "extensions", "paused_on", "merged_into_id", "open", "kind", "received_at",
        "extension_asked_at", "extension_asked_by_id", "extension_reason", "extension_length",
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
    # More time that was asked for and is not decided yet; the length in the unit of the type's extension.
    extension_asked_at = models.DateTimeField("연장 요청", null=True)
    extension_asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    extension_reason = models.TextField(blank=True)
    extension_length = models.PositiveSmallIntegerField(null=True)
    paused_on = models.DateField(null=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="leads")
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="handles")
    answered_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="asked_again")
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
            models.CheckConstraint(
                condition=Q(extension_asked_at__isnull=False, extension_length__isnull=False)
                | Q(
                    extension_asked_at=None,
                    extension_asked_by=None,
                    extension_length=None,
                    extension_reason="",
                ),
                name="an_extension_asked_for_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "open", "due_on", "id"], name="case_due"),
            models.Index(
                "government",
                Stated("outcome_basis"),
                "due_on",
                "id",
                condition=Q(open=True),
                name="case_soonest",
            ),
            # All in that order; the open ones, few among them, have theirs above.
            models.Index("government", Stated("outcome_basis"), "due_on", "id", name="case_all_soonest"),
            # With what decides who sees a case, so that what a division sees of all is found without reading the rest.
            models.Index(
                fields=["government", "-received_at", "-id"],
                include=["asker", "asker_unit"],
                name="case_seen",
            ),
            models.Index(fields=["government", "type_code", "-received_at", "-id"], name="case_by_type"),
            models.Index(fields=["lead", "open", "due_on", "id"], name="case_lead_due"),
            models.Index(fields=["officer", "open", "due_on", "id"], name="case_officer_due"),
            models.Index(fields=["asker", "-received_at", "-id"], name="case_asker"),
            models.Index(fields=["asker_unit", "-received_at", "-id"], name="case_asker_unit"),
            models.Index(
                fields=["government", "due_on", "id"],
                condition=Q(extension_asked_at__isnull=False),
                name="case_extension_asked",
            ),
            models.Index(
                fields=["government", "delivered_at"],
                condition=Q(delivered_at__isnull=False),
                name="case_delivered",
            ),
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

    @property
    def extension_wanted(self) -> str:
        """How much more time is asked for: ``10일``; empty where nobody asks."""
        rule = self.case_type.extension
        return f"{self.extension_length}{rule.unit.label}" if rule and self.extension_length else ""

    def extendable(self, day: dt.date) -> bool:
        """Whether the law leaves anything to extend: the type has it, not all is used up, the term still runs."""
        rule = self.case_type.extension
        return bool(rule and self.due_on and self.extensions < rule.times and day <= self.due_on)

    @property
    def facts(self) -> Facts:
        """What decides how it counts in statistics."""
        return Facts(
            lead=self.lead_id, type_code=self.type_code, kind=self.kind,
            received_on=timezone.localtime(self.received_at).date(), open=self.open, due_on=self.due_on,
            paused=self.paused_on is not None,
            delivered_on=timezone.localtime(self.delivered_at).date() if self.delivered_at else None,
            outcome=self.outcome, basis=self.outcome_basis, extensions=self.extensions,
        )  # fmt: skip

    def late(self, day: dt.date) -> bool:
        """Whether it is (or was answered) after its due date."""
        end = timezone.localtime(self.delivered_at).date() if self.delivered_at else day
        return self.due_on is not None and not self.paused_on and end > self.due_on

    def move(
        self, act: str, *, by: Actor | None, at: dt.datetime | None = None,
        changes: dict[str, Any] | None = None, **told: Any,
    ) -> Event:  # fmt: skip
        """Set tracked fields, save them, and append the event that tells so. The caller holds the lock."""
        changes, before = changes or {}, self.facts
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=[*changes, "state_before", "term_data"])
        event = self.record(act, by=by, at=at, set=changes, **told)
        count_change(self.government_id, before, self.facts)
        telling.after(self, event)
        return event

    def record(self, act: str, *, by: Actor | None, at: dt.datetime | None = None, **data: Any) -> Event:
        """Append the event, and have the case found as it is now."""
        outbox.changed(self.government_id, self.SUBJECT, [self.pk])
        return super().record(act, by=by, at=at, **data)


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
    # The case's own, which never changes: so that what a division sees is found in its order. See ``seen``.
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], condition=Q(active=True), name="part_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(active=True, kind="lead"), name="one_lead_a_case"
            ),
        ]
        indexes = [models.Index(fields=["unit", "active", "-received_at", "-case"], name="part_seen")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"
