"""Definitions in their versions, the rounds held by them, and the tables each round brings."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q

from sijeong.audit.models import Journalled
from sijeong.documents.models import File
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import Viewer

from ..solving.definition import Definition, parse


class Scheme(models.Model):
    """A definition as text; a changed text is a new version, and a round keeps the one it began with.

    ``unit`` is the division that drew it up on the guided page; definitions of the city folder have none.
    """

    government = models.ForeignKey(Government, models.PROTECT)
    code = models.SlugField(max_length=50)
    number = models.PositiveIntegerField()
    title = models.CharField("제목", max_length=100)
    text = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    current = models.BooleanField(default=True)
    adopted_at = models.DateTimeField(auto_now_add=True)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "code", "number"], name="scheme_version_once"),
            models.UniqueConstraint(
                fields=["government", "code"], condition=Q(current=True), name="one_current_scheme"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def definition(self) -> Definition:
        return parse(self.text, f"{self.code}.yaml")


class Application(models.Model):
    """An application filed here; ``values`` by the headings of the definition's own table."""

    government = models.ForeignKey(Government, models.PROTECT)
    scheme_code = models.SlugField(max_length=50)
    number = models.CharField("접수번호", max_length=20)
    values = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    filed_by = models.ForeignKey(User, models.PROTECT)
    round = models.ForeignKey("Round", models.PROTECT, null=True, related_name="applications")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "number"], name="application_number_once")
        ]
        indexes = [models.Index(fields=["government", "scheme_code", "round", "id"], name="application_open")]

    def __str__(self) -> str:
        return self.number


class Sketch(models.Model):
    """Two spreadsheets on their way to a definition: the guided page asks about them."""

    class Structure(models.TextChoices):
        PLACES = "places", "자리와 정원: 사람마다 한 자리"
        NIGHTS = "nights", "객실과 밤: 며칠을 묵는 신청"
        CHOICES = "choices", "서로 고르기: 희망 순위와 자리"

    government = models.ForeignKey(Government, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT)
    structure = models.CharField(max_length=10, choices=Structure)
    applicants = models.ForeignKey(File, models.PROTECT, related_name="+")
    resources = models.ForeignKey(File, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.applicants.name


class RoundQuerySet(models.QuerySet["Round"]):
    def locked(self, pk: int) -> Round:
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("scheme", "unit").get(pk=pk)

    def visible_to(self, viewer: Viewer) -> RoundQuerySet:
        """Rounds of the viewer's government that their divisions hold, or all for who sees the government."""
        rounds = self.filter(government_id=viewer.government_id)
        return rounds if viewer.sees_government else rounds.filter(unit_id__in=viewer.units)

    def published(self) -> RoundQuerySet:
        """What anyone may see: lists frozen before a lottery, and what was released."""
        return self.filter(Q(frozen_at__isnull=False) | Q(released_at__isnull=False))


class Round(Journalled):
    """One occasion on which a definition is carried out, with everything that belongs to it."""

    SUBJECT = "allocation"

    class State(models.TextChoices):
        PREPARING = "preparing", "자료 준비"
        FROZEN = "frozen", "명단 동결"
        SOLVING = "solving", "계산 중"
        SOLVED = "solved", "결과 검토"
        CONFLICTING = "conflicting", "함께 지킬 수 없음"
        SUBMITTED = "submitted", "결재 중"
        RELEASED = "released", "확정"
        SUPERSEDED = "superseded", "새 배정으로 바뀜"

    government = models.ForeignKey(Government, models.PROTECT)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds")
    unit = models.ForeignKey(Unit, models.PROTECT)
    title = models.CharField("이름", max_length=100)
    state = models.CharField(max_length=20, choices=State, default=State.PREPARING)
    valid_from = models.DateField("첫날")
    valid_to = models.DateField("마지막 날")
    salt = models.BinaryField(max_length=32)
    seed = models.BinaryField(max_length=32)
    beacon_round = models.CharField("공개 난수의 회차", max_length=60, blank=True)
    beacon_value = models.CharField("공개 난수의 값", max_length=128, blank=True)
    list_sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    run = models.ForeignKey("Run", models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    daily = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="round_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "superseded"])
                | Q(released_at__isnull=False, run__isnull=False),
                name="a_release_has_its_run",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "unit", "-id"], name="round_unit"),
            models.Index(fields=["scheme", "-id"], name="round_scheme"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def definition(self) -> Definition:
        return self.scheme.definition

    @property
    def tone(self) -> str:
        """How its state is coloured."""
        tones = {
            "released": "success",
            "conflicting": "danger",
            "submitted": "warning",
            "superseded": "neutral",
        }
        return tones.get(self.state, "info")

    @property
    def by_lottery(self) -> bool:
        return self.definition.tie == "lottery"

    @property
    def final(self) -> bool:
        return self.state in {self.State.RELEASED, self.State.SUPERSEDED}

    def move(self, act: str, *, by: Any, changes: dict[str, Any], **told: Any) -> None:
        """Set fields, save them, and append the event that tells so. The caller holds the lock."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))
        self.record(act, by=by, state=self.state, **told)


class Sheet(models.Model):
    """A table brought to a round: ``role`` as the solver knows it, the file as it came."""

    class Role(models.TextChoices):
        APPLICANTS = "applicants", "신청 표"
        RESOURCES = "resources", "자원 표"
        SCORES = "scores", "점수 표"
        MENTORS = "mentors", "멘토 표"
        DEPARTURES = "departures", "나가는 사람"

    class Source(models.TextChoices):
        UPLOAD = "upload", "올린 파일"
        RECORDS = "records", "이곳의 기록"
        API = "api", "연계(API)"

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    role = models.CharField(max_length=20, choices=Role)
    file = models.ForeignKey(File, models.PROTECT)
    source = models.CharField(max_length=10, choices=Source)
    rows = models.PositiveIntegerField()
    sample = models.JSONField(default=list, help_text="headings and the first rows")
    brought_at = models.DateTimeField(auto_now=True)
    brought_by = models.ForeignKey(User, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "role"], name="sheet_once_a_role")]

    def __str__(self) -> str:
        return f"{self.round} {self.get_role_display()}"


class Run(models.Model):
    """One solving of a round. Its rows are kept when it is undone: what was decided once can be read again."""

    class State(models.TextChoices):
        WAITING = "waiting", "차례를 기다리는 중"
        RUNNING = "running", "계산 중"
        DONE = "done", "마침"
        CANCELLED = "cancelled", "그만둠"
        FAILED = "failed", "풀지 못함"

    class Kind(models.TextChoices):
        SOLVE = "solve", "계산"
        FREEZE = "freeze", "명단 동결"

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SOLVE)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    phase = models.CharField(max_length=60, default="차례를 기다리고 있습니다")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="[table, row, column, reason] of each")
    outcome = models.JSONField(
        default=dict, help_text="method, status, aims, labels, fact names, conflict, tallies"
    )
    bundle = models.ForeignKey(File, models.PROTECT, null=True)
    started_by = models.ForeignKey(User, models.PROTECT)
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often a worker has begun it")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="run_number_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"

    @property
    def busy(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def standing(self) -> models.QuerySet[Run]:
        """The run while this attempt at it is the one that counts: not cancelled, not taken up by another worker."""
        return Run.objects.filter(pk=self.pk, attempts=self.attempts, state=self.State.RUNNING)
