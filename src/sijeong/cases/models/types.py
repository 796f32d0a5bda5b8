"""Case types as they were applied, and the numbers given under them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

from sijeong.catalog import CaseType
from sijeong.org.models import Government


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
        return parsed(self.digest, self.pk)


@lru_cache(maxsize=256)
def parsed(digest: str, pk: int) -> CaseType:
    """The type of the version of that key."""
    # A version never changes, so that parsing it once a process is enough; the digest guards reused keys in tests.
    return CaseType.from_json(CaseTypeVersion.objects.values_list("definition", flat=True).get(pk=pk))


class InForce(NamedTuple):
    """A version that new cases begin with."""

    code: str
    name: str
    digest: str
    pk: int

    @property
    def case_type(self) -> CaseType:
        return parsed(self.digest, self.pk)


def _in_force(government_id: int) -> models.QuerySet[CaseTypeVersion, tuple[Any, ...]]:
    current = CaseTypeVersion.objects.filter(government_id=government_id, current=True)
    return current.order_by("code").values_list(*InForce._fields)


@lru_cache(maxsize=64)
def in_force(government_id: int, which: str) -> tuple[InForce, ...]:
    """The government's types, by their codes; asked for anew when others are in force (``at_hand.types``)."""
    return tuple([InForce(*told) for told in _in_force(government_id)])


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
