"""What the worker does for statistics."""

from __future__ import annotations

from django.core.cache import cache
from django_tasks import task

from .actions import fold_all

MANY = 200  # changes that a reader adds up without noticing
ONCE = 60  # seconds in which one asking is enough


@task
def fold_changes(government_id: int) -> None:
    """Fold what waits."""
    fold_all(government_id=government_id)


def fold_if_many(government_id: int, waiting: int) -> None:
    """Have the worker fold where reading has become long."""
    if waiting > MANY and cache.add(f"statistics.fold.{government_id}", 1, ONCE):
        fold_changes.enqueue(government_id=government_id)
