"""Keeping the sums: changes are folded in, or all is added up anew from the cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import connection, transaction

from sijeong.cases.counts import Place, without_noughts
from sijeong.cases.models import Case, Tally, TallyDelta
from sijeong.org.models import Government

from .reading import Line, lines_of

BATCH = 5000
Progress = Callable[[int, int], None]


def _locked(government_id: int) -> None:
    """One folds at a time. Writers of changes do not wait: the lock leaves references to the row alone."""
    Government.objects.select_for_update(no_key=True).get(pk=government_id)


@transaction.atomic
def fold(*, government_id: int) -> int:
    """Add waiting changes to the sums, at most ``BATCH`` of them; how many they were."""
    _locked(government_id)
    changes = list(TallyDelta.objects.filter(government_id=government_id).order_by("pk")[:BATCH])
    told: dict[Line, Counter[str]] = {}
    for change in changes:
        for line in lines_of(change.unit, change.type_code, change.month):
            told.setdefault(line, Counter()).update(change.counts)
    _add(government_id, told)
    TallyDelta.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _add(government_id: int, told: dict[Line, Counter[str]]) -> None:
    """Add to the rows there are, begin those there are not, and let go of those that come to nothing."""
    standing = Tally.objects.filter(
        government_id=government_id, start__in={line.start for line in told},
        unit__in={line.unit for line in told}, type_code__in={line.type_code for line in told},
    )  # fmt: skip
    rows = {Line(row.span, row.start, row.unit, row.type_code): row for row in standing}
    new: list[Tally] = []
    changed: list[Tally] = []
    gone: list[Tally] = []
    for line, counts in told.items():
        row = rows.get(line)
        if row is None:
            if kept := without_noughts(counts):
                new.append(Tally(government_id=government_id, counts=kept, **line._asdict()))
            continue
        counts.update(row.counts)
        row.counts = without_noughts(counts)
        (changed if row.counts else gone).append(row)
    Tally.objects.bulk_create(new, batch_size=1000)
    Tally.objects.bulk_update(changed, ["counts"], batch_size=200)
    Tally.objects.filter(pk__in=[row.pk for row in gone]).delete()


def fold_all(*, government_id: int) -> None:
    """Fold until nothing waits."""
    while fold(government_id=government_id):
        pass


@transaction.atomic
def rebuild(*, government: Government, progress: Progress = lambda done, total: None) -> int:
    """Add the sums up anew from the cases as they stand; how many cases.

    Whoever changes a case meanwhile waits until it is done: their changes come after these sums, not into them.
    """
    _locked(government.pk)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TallyDelta._meta.db_table} IN EXCLUSIVE MODE")
    cases = Case.objects.filter(government=government)
    found: dict[Place, Counter[str]] = {}
    done, total = 0, cases.count()
    for case in cases.defer("term_data", "question", "fields").iterator(2000):
        found.setdefault(case.facts.place, Counter()).update(case.facts.counts())
        done += 1
        if done % 1000 == 0 or done == total:
            progress(done, total)
    TallyDelta.objects.filter(government=government).delete()
    Tally.objects.filter(government=government).delete()
    told: dict[Line, Counter[str]] = {}
    for place, counts in found.items():
        for line in lines_of(*place):
            told.setdefault(line, Counter()).update(counts)
    _add(government.pk, told)
    return done
