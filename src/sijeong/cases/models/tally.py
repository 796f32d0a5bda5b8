"""Statistics as sums: what each change adds and takes away, and what those come to.

A change appends its ``TallyDelta`` in its own transaction: an insert waits for nobody, so that no row of sums becomes
the one all writers queue for. ``sijeong.statistics`` folds them into ``Tally`` and reads both in one statement.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from sijeong.org.models import Government

from ..counts import Counts, Facts, change, total


class Counted(models.Model):
    """Counts at a place. ``counts`` maps names of ``cases.counts`` to whole numbers, noughts left out."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    unit = models.BigIntegerField(help_text="lead division; 0: none yet, -1: all of the government")
    type_code = models.CharField(max_length=50, help_text="empty: all types")
    counts = models.JSONField()

    class Meta:
        abstract = True


class TallyDelta(Counted):
    """What a change added to a place and took from it."""

    month = models.DateField()

    def __str__(self) -> str:
        return f"{self.unit} {self.type_code} {self.month:%Y-%m} {self.counts}"


class Tally(Counted):
    """The folded sum of a month or a year of receipt; with rows for all divisions and for all types."""

    ALL_UNITS = -1
    ALL_TYPES = ""

    class Span(models.TextChoices):
        MONTH = "month", "월"
        YEAR = "year", "연"

    span = models.CharField(max_length=5, choices=Span)
    start = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "span", "start", "type_code", "unit"], name="tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.type_code} {self.span} {self.start} {self.counts}"


def append(government_id: int, counts: Counts) -> None:
    """Write what changed, in the caller's transaction."""
    TallyDelta.objects.bulk_create(
        TallyDelta(
            government_id=government_id, unit=place.unit, type_code=place.type_code, month=place.month,
            counts=told,
        )
        for place, told in counts.items()
    )  # fmt: skip


def count_new(government_id: int, facts: Iterable[Facts]) -> None:
    """Count cases that were taken in."""
    append(government_id, total(facts))


def count_change(government_id: int, before: Facts, after: Facts) -> None:
    """Count a case otherwise than before; writes nothing where it counts the same."""
    if counts := change(before, after):
        append(government_id, counts)
