"""What ``sijeong doctor`` asks of the room: whether every book still ties."""

from __future__ import annotations

from collections.abc import Iterator

from sijeong.audit.journal import Fault

from .arithmetic import COLUMNS, Row, mismatches
from .models import Book, Line


def faults() -> Iterator[Fault]:
    """Books whose lines no longer tie to their parents beyond a rounding of the printed unit."""
    for book in Book.objects.exclude(state=Book.State.DRAFT).iterator():
        lines = list(Line.objects.filter(book=book))
        index = {line.pk: n for n, line in enumerate(lines)}
        rows = [
            Row(
                line.label,
                {c: value for c in COLUMNS if (value := getattr(line, c)) is not None},
                index.get(line.parent_id) if line.parent_id else None,
            )
            for line in lines
        ]
        for miss in mismatches(rows, book.scale):
            yield Fault("budget_book", book.pk, None, str(miss))
