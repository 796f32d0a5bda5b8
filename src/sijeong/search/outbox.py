"""The log of changes: written in the change's own transaction, read in an order in which nothing is overtaken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Change, Pruned

BATCH = 1000
KEPT = dt.timedelta(days=30)
# Beyond so many changes ahead of the horizon a replica waits for it.
MOST_AHEAD = 2000


@dataclass(frozen=True)
class Position:
    """How far a replica has followed.

    Everything up to ``(transaction, change)`` is in it, and of what comes after the changes named in ``ahead``:
    those were already visible while an older transaction was still open. ``at`` is the moment of the last change,
    by which a log that was put back to an earlier state is told from the one that was followed.
    """

    transaction: int = 0
    change: int = 0
    at: str = ""
    ahead: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, mark: dict[str, Any]) -> Position:
        told = {name: mark[name] for name in ("transaction", "change", "at") if name in mark}
        return cls(**told, ahead=frozenset(mark.get("ahead", ())))

    def as_mark(self) -> dict[str, Any]:
        told = {"transaction": self.transaction, "change": self.change, "at": self.at}
        return {**told, "ahead": sorted(self.ahead)}


def changed(government_id: int, kind: str, ids: Iterable[int]) -> None:
    """Have these documents found anew. Called in the transaction that changes them."""
    keys = list(ids)
    Change.objects.bulk_create(
        Change(government_id=government_id, kind=kind, keys=keys[start : start + BATCH])
        for start in range(0, len(keys), BATCH)
    )


def horizon() -> int | None:
    """The oldest transaction still open: what is older is settled. None where commits follow the rows' order."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest,) = cursor.fetchone()
    return int(oldest)


def after(government_id: int, position: Position) -> QuerySet[Change]:
    """Changes that the replica has not followed, in their order."""
    later = Q(transaction=position.transaction, pk__gt=position.change) | Q(
        transaction__gt=position.transaction
    )
    changes = Change.objects.filter(later, government_id=government_id).order_by("transaction", "pk")
    return changes.exclude(pk__in=position.ahead) if position.ahead else changes


def moved(government_id: int, position: Position, done: list[Change], oldest: int | None) -> Position:
    """The position once ``done`` is applied, given the horizon as it was before they were read."""
    ahead = position.ahead | {change.pk for change in done}
    later = after(government_id, Position(position.transaction, position.change))
    settled = position
    for pk, number, at in later.values_list("pk", "transaction", "at")[: len(ahead) + 1]:
        if pk not in ahead or (oldest is not None and number >= oldest):
            break
        settled = Position(number, pk, at.isoformat())
        ahead -= {pk}
    return Position(settled.transaction, settled.change, settled.at, frozenset(ahead))


def now(government_id: int) -> Position:
    """Where a replica stands that is filled from the rows as they are from here on.

    On PostgreSQL changes of transactions still open come after it, though their ids be lower.
    """
    oldest = horizon()
    settled = Change.objects.filter(government_id=government_id)
    if oldest is not None:
        settled = settled.filter(transaction__lt=oldest)
    last = settled.order_by("-transaction", "-pk").first()
    if last:
        return Position(last.transaction, last.pk, last.at.isoformat())
    gone = Pruned.objects.filter(government_id=government_id).first()
    return Position(gone.transaction, gone.change) if gone else Position()


def knows(government_id: int, position: Position) -> bool:
    """Whether the log still continues from the position: nothing after it was pruned, nothing put back before it."""
    gone = Pruned.objects.filter(government_id=government_id).first()
    if gone and (position.transaction, position.change) < (gone.transaction, gone.change):
        return False
    followed = Change.objects.filter(government_id=government_id)
    if followed.filter(pk__in=position.ahead).count() < len(position.ahead):
        return False
    if not position.at or (gone and gone.change == position.change):
        return True
    return followed.filter(pk=position.change, at=dt.datetime.fromisoformat(position.at)).exists()


@transaction.atomic
def prune(government_id: int, *, older_than: dt.timedelta = KEPT) -> int:
    """Forget what every living replica has long followed; how many changes. The last one always stays."""
    oldest = horizon()
    kept = Change.objects.filter(government_id=government_id)
    last = kept.order_by("-transaction", "-pk").first()
    old = kept.filter(at__lt=timezone.now() - older_than)
    if oldest is not None:
        old = old.filter(transaction__lt=oldest)
    end = old.exclude(pk=last.pk).order_by("-transaction", "-pk").first() if last else None
    if end is None:
        return 0
    told = {"transaction": end.transaction, "change": end.pk}
    Pruned.objects.update_or_create(government_id=government_id, defaults=told)
    upto = Q(transaction__lt=end.transaction) | Q(transaction=end.transaction, pk__lte=end.pk)
    return kept.filter(upto).delete()[0]
