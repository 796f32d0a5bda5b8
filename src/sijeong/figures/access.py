"""The one door to budget books, and who keeps them."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from django.http import Http404

from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Viewer

from .models import Book, BookQuerySet, Line

log = structlog.get_logger("sijeong.figures.access")
_KEEPERS = (Role.PLANNING_OFFICER, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.BUREAU_HEAD)


def books(viewer: Viewer) -> BookQuerySet:
    """Every book the viewer may see."""
    return Book.objects.visible_to(viewer).select_related("unit")


def book(viewer: Viewer, pk: int) -> Book:
    """The book of that key. Raises Http404."""
    found = books(viewer).select_related("kept_by", "file").filter(pk=pk).first()
    if found is None:
        log.warning("denied", row="book", viewer=viewer.pk)
        raise Http404("book")
    return found


def keeps_any(viewer: Viewer) -> bool:
    """Whether the viewer brings in budgets at all."""
    return viewer.has(*_KEEPERS)


def keeps(viewer: Viewer, unit: Unit) -> bool:
    """Planning keeps every unit's, a division its own."""
    if unit.government_id != viewer.government_id:
        return False
    return viewer.has(Role.PLANNING_OFFICER) or (keeps_any(viewer) and unit.pk in viewer.units)


def kept_units(viewer: Viewer) -> list[Unit]:
    """The living units whose budgets the viewer may bring in."""
    units = Unit.objects.filter(
        government_id=viewer.government_id, valid_to=None, level__in=[Unit.Level.BUREAU, Unit.Level.DIVISION]
    ).order_by("path")
    return [unit for unit in units if keeps(viewer, unit)]


def current_lines(units: Iterable[int], year: int, kind: str) -> list[Line]:
    """Lines of what counts, by unit and order: for reports."""
    books = Book.objects.filter(unit_id__in=units, year=year, kind=kind, state=Book.State.CURRENT)
    return list(
        Line.objects.filter(book__in=books).select_related("book__unit").order_by("book__unit__path", "order")
    )
