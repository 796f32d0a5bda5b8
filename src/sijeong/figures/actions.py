"""Every write of the room, with its event in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sijeong.documents.models import File
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .arithmetic import COLUMNS, Row, complete, mismatches
from .models import Book, Line


class FiguresRefused(ValueError):
    """What is not taken; the text says why."""


@transaction.atomic
def bring(
    *, unit: Unit, year: int, kind: str, base_on: dt.date, rows: Sequence[Row], source: str, by: Viewer,
    file: File | None = None, scale: int = 1,
) -> Book:  # fmt: skip
    """A book as a draft, its lines tied. Raises FiguresRefused where they do not tie or the day is to come."""
    for row in rows:
        complete(row)
    wrong = mismatches(rows, scale)
    if wrong:
        raise FiguresRefused("; ".join(map(str, wrong[:5])))
    if base_on > timezone.localdate():
        raise FiguresRefused(f"기준일 {base_on}: 오늘까지의 날짜를 적으십시오")
    if not rows:
        raise FiguresRefused("줄이 없는 예산은 받지 않습니다")
    unit = Unit.objects.locked(unit.pk)
    book = Book.objects.create(
        government_id=unit.government_id, unit=unit, year=year, kind=kind, base_on=base_on, source=source,
        file=file, kept_by=by.user, scale=scale,
    )  # fmt: skip
    _lay(book, rows)
    book.record(
        "brought", by=by, unit=unit.pk, year=year, kind=kind, base_on=base_on, lines=len(rows), source=source
    )
    return book


def _lay(book: Book, rows: Sequence[Row]) -> None:
    """Lines depth by depth, so that each knows the key of the one above."""
    laid: dict[int, Line] = {}
    for depth in range(max(row.depth for row in rows) + 1):
        level = {order: row for order, row in enumerate(rows) if row.depth == depth}
        lines = [
            Line(
                book=book, order=order, depth=depth, label=row.label, note=row.note,
                parent=laid[row.parent] if row.parent is not None else None,
                **{column: row.amounts.get(column) for column in COLUMNS},
            )
            for order, row in level.items()
        ]  # fmt: skip
        laid |= dict(zip(level, Line.objects.bulk_create(lines), strict=True))


@transaction.atomic
def confirm(*, book: Book, by: Viewer) -> Book:
    """The draft becomes what counts; what counted before is kept as a past basis."""
    Unit.objects.locked(book.unit_id)
    book = Book.objects.locked(book.pk)
    if book.state != Book.State.DRAFT:
        raise FiguresRefused("이미 확인한 예산입니다")
    present = Book.objects.filter(
        unit=book.unit_id, year=book.year, kind=book.kind, state=Book.State.CURRENT
    ).first()
    if present and present.base_on > book.base_on:
        raise FiguresRefused(
            f"기준일 {present.base_on}의 것이 현행입니다. 그보다 앞선 기준일로는 바꿀 수 없습니다"
        )
    if present:
        present.state = Book.State.PAST
        present.save(update_fields=["state"])
        present.record("superseded", by=by, by_book=book.pk)
    book.state = Book.State.CURRENT
    book.save(update_fields=["state"])
    book.record("confirmed", by=by)
    return book


@transaction.atomic
def discard(*, book: Book, by: Viewer) -> None:
    """A draft that was a mistake goes; that it was there stays in the journal of its unit."""
    unit = Unit.objects.locked(book.unit_id)
    book = Book.objects.locked(book.pk)
    if book.state != Book.State.DRAFT:
        raise FiguresRefused("확인한 예산은 지울 수 없습니다. 고친 것을 다시 올리십시오")
    unit.record("budget_discarded", by=by, book=book.pk, year=book.year, kind=book.kind)
    book.delete()
