"""Who answers for what on a day: officers, heads and deputies by unit, read for many cases at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from sijeong.org.models import Absence, Post, Role, Unit

WORKING = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
ASKING = (Role.COUNCIL_MEMBER, Role.AIDE, Role.DIVISION_OFFICER)


@dataclass(frozen=True)
class Roster:
    """People by unit. ``deputies``: who stands in that day for whom."""

    officers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    planning: list[int] = field(default_factory=list)
    deputies: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def takers(self, unit: int) -> list[int]:
        """Who takes what nobody has in hand: the division's officers, or its head where it has none."""
        return self.officers.get(unit) or self.heads.get(unit) or self.planning

    def deciding(self, unit: int | None) -> tuple[int, ...]:
        """Who grants or refuses more time: the division's heads, and planning."""
        return (*self.heads.get(unit or 0, ()), *self.planning)

    def answers(self, unit: int | None, officer: int | None) -> tuple[int, ...]:
        """Who answers for a case or promise of the unit: its officer while they sit there, else who takes it."""
        if unit is None:
            return tuple(self.planning)
        there = (*self.officers.get(unit, ()), *self.heads.get(unit, ()))
        return (officer,) if officer and officer in there else tuple(self.takers(unit))


def roster(government_id: int, units: Collection[int], day: dt.date) -> Roster:
    """The people of these units (their teams too) and of planning on ``day``: two queries, however many."""
    found = Roster()
    posts = Post.objects.on(day).filter(unit__government_id=government_id, user__is_active=True)
    there = Q(unit_id__in=units) | Q(unit__level=Unit.Level.TEAM, unit__parent_id__in=units)
    posts = posts.filter((there & Q(role__in=WORKING)) | Q(role=Role.PLANNING_OFFICER)).order_by("pk")
    for user, role, unit, level, parent in posts.values_list(
        "user_id", "role", "unit_id", "unit__level", "unit__parent_id"
    ):
        if role == Role.PLANNING_OFFICER:
            found.planning.append(user)
            continue
        of = found.heads if role == Role.DIVISION_HEAD else found.officers
        of[unit].append(user)
        # Cases are assigned to divisions: who sits in a team works on those of the division above it.
        if level == Unit.Level.TEAM:
            of[parent].append(user)
    absences = Absence.objects.on(day).filter(user__government_id=government_id, deputy__is_active=True)
    for user, deputy in absences.values_list("user_id", "deputy_id"):
        found.deputies[user] = (*found.deputies.get(user, ()), deputy)
    return found


def askers(asked_by: Iterable[tuple[int | None, int | None]], day: dt.date) -> list[list[int]]:
    """For each (member's key, unit's key): the member with who assists them, and who sits in the committee or division.

    One query, however many.
    """
    pairs = list(asked_by)
    members, units = {member for member, _ in pairs if member}, {unit for _, unit in pairs if unit}
    assisting: dict[int | None, list[int]] = defaultdict(list)
    sitting: dict[int | None, list[int]] = defaultdict(list)
    there = Q(role=Role.AIDE, assists_id__in=members) | Q(unit_id__in=units, role__in=ASKING)
    posts = Post.objects.on(day).filter(there, user__is_active=True).order_by("pk")
    for user, role, assists, unit in posts.values_list("user_id", "role", "assists_id", "unit_id"):
        if role == Role.AIDE:
            assisting[assists].append(user)
        sitting[unit].append(user)
    found = []
    for member, unit in pairs:
        asked = [member, *assisting[member]] if member else []
        found.append(list(dict.fromkeys([*asked, *(sitting[unit] if unit else ())])))
    return found
