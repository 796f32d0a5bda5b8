"""Many units or people at once: all of a sheet's rows, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from sijeong.audit.models import Actor
from sijeong.sheets.reading import Row

from ..entry import person_of, place_of, unit_of
from ..errors import OrgError
from ..models import Government, Unit
from .founding import found_unit
from .people import add_person
from .posts import give_post


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be entered: its cell, and why."""

    place: str
    why: str


def _enter_unit(row: Row, government: Government, by: Actor | None) -> None:
    found_unit(government=government, by=by, **unit_of(row, government))


def _enter_person(row: Row, government: Government, by: Actor | None) -> None:
    place = place_of(row, government)
    user = add_person(government=government, by=by, **person_of(row))
    if place:
        give_post(user=user, unit=place.unit, by=by, **place.facts)


ENTER: dict[str, Callable[[Row, Government, Actor | None], None]] = {
    "units": _enter_unit, "people": _enter_person,
}  # fmt: skip


def _hold_units(government: Government, rows: Sequence[Row]) -> None:
    """Every unit that the sheet names, in the order in which all acts take them, before the first row takes any."""
    named = {row.values.get(code, "") for row in rows for code in ("unit", "parent")} - {""}
    units = Unit.objects.filter(Q(code__in=named) | Q(name__in=named), government=government)
    list(units.order_by("pk").select_for_update(of=("self",), no_key=True))


@transaction.atomic
def enter_rows(
    *, government: Government, kind: str, rows: Sequence[Row], by: Actor | None, trial: bool = False
) -> list[Refusal]:
    """Enter the rows in their order, so that a row may stand on one above it; what each refused row lacks.

    Where any is refused, and on a ``trial``, nothing is entered at all. Each unit and person has its own event, and
    the government one that tells of the sheet.
    """
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    _hold_units(government, rows)
    refused = []
    for row in rows:
        try:
            with transaction.atomic():
                ENTER[kind](row, government, by)
        except OrgError as refusal:
            refused.append(Refusal(row.place(getattr(refusal, "code", "")), str(refusal)))
    if refused or trial:
        transaction.set_rollback(True)
    else:
        government.record("entered", by=by, kind=kind, rows=len(rows))
    return refused
