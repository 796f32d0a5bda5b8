"""Who is who, where, and from when to when. Rows are never overwritten: they end, and others begin."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from sijeong.audit.models import Journalled


class Dated(models.QuerySet):
    """Rows valid from a day up to and including another."""

    def on(self, day: dt.date) -> Dated:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def locked(self, pk: int) -> Any:
        """The row, held until the transaction ends; SQLite holds the whole database from BEGIN IMMEDIATE."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Government(Journalled):
    """A metropolitan city or one of its districts: nothing crosses from one to another."""

    SUBJECT = "government"

    class Kind(models.TextChoices):
        METROPOLITAN = "metropolitan", "광역자치단체"
        DISTRICT = "district", "자치구"

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    city = models.CharField(max_length=40, help_text="folder under cities/")

    def __str__(self) -> str:
        return self.name

    @property
    def government_id(self) -> int:  # type: ignore[override]
        return self.pk


class District(models.Model):
    """A district of the city as an area: where members are elected, what lies beside what."""

    government = models.ForeignKey(Government, models.PROTECT)
    code = models.CharField(max_length=5)
    name = models.CharField(max_length=20)
    voters = models.PositiveIntegerField()
    neighbours = models.ManyToManyField("self", symmetrical=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="district_once")]

    def __str__(self) -> str:
        return self.name


class Unit(Journalled):
    """A bureau, division, team, agency, or committee, while it exists; ``path`` is ``/12/40/`` to itself."""

    SUBJECT = "unit"

    class Level(models.TextChoices):
        CITY = "city", "시"
        BUREAU = "bureau", "실·본부·국"
        DIVISION = "division", "과·담당관"
        TEAM = "team", "팀"
        AGENCY = "agency", "투자·출연기관"
        COUNCIL = "council", "시의회"
        COMMITTEE = "committee", "상임위원회"

    government = models.ForeignKey(Government, models.PROTECT)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=20, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, default="", editable=False, db_index=True)
    duties = models.TextField(blank=True, help_text="분장사무, a line each")
    committee = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="bureaus")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "code"], condition=Q(valid_to=None), name="unit_code_once_alive"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def answers_cases(self) -> bool:
        """Whether cases can be assigned to it."""
        return self.level in {self.Level.DIVISION, self.Level.AGENCY}


class FormerParent(models.Model):
    """The unit above until a reorganisation gave another: what makes the tree of a past day exact."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former_parents")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="former_children")
    until = models.DateField(help_text="last day")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "until"], name="former_parent_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit} ~{self.until}: {self.parent}"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser, Journalled):
    """A person who signs in. What they may do follows from their posts, never from the account."""

    SUBJECT = "user"

    government = models.ForeignKey(Government, models.PROTECT)
    username = models.CharField("아이디", max_length=60, unique=True)
    name = models.CharField("이름", max_length=40)
    email = models.EmailField("전자우편", blank=True)
    is_active = models.BooleanField(default=True)
    password_is_temporary = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """As the journal keeps it: the name may change later, the account name does not."""
        return f"{self.name}({self.username})"

    def get_full_name(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """A password one chooses is no longer the temporary one."""
        super().set_password(raw_password)
        self.password_is_temporary = False


class Session(AbstractBaseSession):
    """A browser's. Whose it is stands in its data, signed; and here, so that both are found in one statement."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")


class Role(models.TextChoices):
    PLANNING_OFFICER = "planning_officer", "의회협력 총괄"
    DIVISION_OFFICER = "division_officer", "담당자"
    DIVISION_HEAD = "division_head", "부서장"
    BUREAU_HEAD = "bureau_head", "실·본부·국장"
    COUNCIL_MEMBER = "council_member", "시의원"
    AIDE = "aide", "의원 보좌"
    MAYORS_OFFICE = "mayors_office", "시장실"
    AUDITOR = "auditor", "감사"
    ADMINISTRATOR = "administrator", "시스템 관리자"


class Category(models.TextChoices):
    """Service categories of 지방공무원법 제2조, and the two that stand beside it."""

    GENERAL = "general", "일반직"
    SPECIAL = "special", "별정직"
    FIXED_TERM = "fixed_term", "전문임기제"
    PERMANENT = "permanent", "공무직"


class Post(models.Model):
    """A person in a unit with a role, for a time. ``assists`` names the member an aide works for."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    title = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=20, choices=Category, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    assists = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="aides")
    acting = models.BooleanField("직무대리", default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(role="aide") | Q(assists__isnull=False), name="an_aide_assists_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title or self.get_role_display()}"


class Absence(models.Model):
    """Days on which a person is away and another decides in their place (대결)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputises")
    valid_from = models.DateField("첫날")
    valid_to = models.DateField("마지막 날")
    reason = models.CharField("사유", max_length=60)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(user=F("deputy")), name="nobody_deputises_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.deputy} {self.valid_from}–{self.valid_to}"


class Quota(models.Model):
    """Posts allowed (정원) in a unit by category and grade, for a time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quotas")
    category = models.CharField(max_length=20, choices=Category)
    grade = models.CharField(max_length=20)
    posts = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "category", "grade", "valid_from"], name="quota_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_category_display()} {self.grade} {self.posts}"
