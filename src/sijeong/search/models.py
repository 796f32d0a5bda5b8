"""What changed and must be found anew: written with the change, read by every replica."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from sijeong.org.models import Government, Unit, User


class CurrentTransaction(models.Func):
    """The number of the writing transaction; 0 where writers queue, and commits follow the rows' own order."""

    output_field = models.BigIntegerField()
    template = "0"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return self.as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)")


class Change(models.Model):
    """Documents of one kind that were written, changed or taken away by one transaction.

    Replicas follow in the order of ``(transaction, id)``. Ids alone would not do on PostgreSQL: a transaction that
    took a lower id may commit after one with a higher.
    """

    government = models.ForeignKey(Government, models.CASCADE)
    kind = models.SlugField()
    keys = models.JSONField(help_text="ids of the documents")
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["government", "transaction", "id"], name="change_followed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.keys}"


class Pruned(models.Model):
    """The last change of a government that is no longer kept: who stands before it must begin anew."""

    government = models.OneToOneField(Government, models.CASCADE)
    transaction = models.BigIntegerField()
    change = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.government_id}: {self.change}"


class SavedView(models.Model):
    """A list as somebody likes to see it: its address's query under a name. A preference, so nothing is journalled."""

    government = models.ForeignKey(Government, models.CASCADE)
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", help_text="who sees it too")
    list = models.SlugField(help_text="the route of the list")
    name = models.CharField("보기 이름", max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "list", "name"], name="view_name_once")]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """With which view a person's list opens: their own, or one that their unit shares."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    list = models.SlugField()
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "list"], name="default_view_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.list}"
