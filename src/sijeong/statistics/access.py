"""Whose figures one sees: of the government, of one's own divisions, or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer


@dataclass(frozen=True)
class Sight:
    """``units`` None is the whole government. ``opens``: whether a number leads to its cases.

    Members of the council and their aides see the sums of all offices, which the law has the city answer for before
    the council (지방자치법 제49조, 제51조), but not others' cases behind them: their numbers are no links.
    """

    government_id: int
    units: frozenset[int] | None
    opens: bool
    chosen: Unit | None = None

    @property
    def ids(self) -> tuple[int, ...] | None:
        return None if self.units is None else tuple(sorted(self.units))


def sight(viewer: Viewer, chosen: Unit | None = None) -> Sight:
    """The viewer's sight, narrowed to the chosen unit and those under it.

    Raises PermissionDenied for who has no part in cases at all.
    """
    whole = viewer.sees_government or bool(viewer.members)
    if not whole and not viewer.units:
        raise PermissionDenied
    mine = None if whole else viewer.units
    opens = viewer.sees_government or not viewer.members
    if chosen is None:
        return Sight(viewer.government_id, mine, opens)
    under = set(Unit.objects.filter(path__startswith=chosen.path).values_list("pk", flat=True))
    return Sight(viewer.government_id, frozenset(under if mine is None else under & mine), opens, chosen)


def names_of(sight: Sight, day: dt.date) -> dict[int, str]:
    """Names of the divisions in sight; those that are no more say so."""
    units = Unit.objects.filter(government_id=sight.government_id)
    seen = units if sight.ids is None else units.filter(pk__in=sight.ids)
    told = seen.values_list("pk", "name", "valid_to")
    return {pk: name if end is None or end >= day else f"{name}(폐지)" for pk, name, end in told}
