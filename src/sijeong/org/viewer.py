"""What a signed-in person may see and decide today, computed once a request from their posts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from sijeong.prepared import Prepared

from .models import Absence, Post, Role, Unit, User

SEES_GOVERNMENT = {Role.PLANNING_OFFICER, Role.MAYORS_OFFICE, Role.AUDITOR, Role.ADMINISTRATOR}


class Sight(NamedTuple):
    """What rows a viewer may see depends on this and nothing else; keys in order, so that equal sights are equal."""

    government_id: int
    sees_government: bool
    units: tuple[int, ...]
    members: tuple[int, ...]
    committees: tuple[int, ...]
    day: dt.date


@dataclass(frozen=True)
class Viewer:
    """A person with the rights of a day.

    ``units`` are those whose work they see (their own and, of a team, its division's; for heads, all below;
    with those they followed on), ``headed`` those they decide for in their own right, ``deputised`` those
    they decide for in an absent head's place (unit id → that head's label). ``members`` are the council
    members they act for: themselves, or those they assist. ``posts`` are those of the day, with their units.
    """

    user: User
    government_id: int
    day: dt.date
    roles: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    deputised: dict[int, str] = field(default_factory=dict)
    members: frozenset[int] = frozenset()
    committees: frozenset[int] = frozenset()
    posts: tuple[Post, ...] = ()

    @property
    def pk(self) -> int:
        return self.user.pk

    @property
    def label(self) -> str:
        return self.user.label

    @property
    def sees_government(self) -> bool:
        return bool(self.roles & SEES_GOVERNMENT)

    @property
    def sight(self) -> Sight:
        units, members, committees = (
            tuple(sorted(found)) for found in (self.units, self.members, self.committees)
        )
        return Sight(self.government_id, self.sees_government, units, members, committees, self.day)

    def has(self, *roles: str) -> bool:
        return bool(self.roles.intersection(roles))


class Request(HttpRequest):
    """A request as the views behind the sign-in get it; the site's middleware puts the viewer on it."""

    viewer: Viewer
    htmx: HtmxDetails


def _below(units: list[Unit]) -> set[int]:
    """Ids of the units and everything under them; one query however many."""
    if not units:
        return set()
    under = Q()
    for unit in units:
        under |= Q(path__startswith=unit.path)
    return set(Unit.objects.filter(under).values_list("pk", flat=True))


def _with_predecessors(ids: set[int]) -> set[int]:
    """The units and those they followed on: a division reads what its predecessors answered."""
    newest = ids
    while newest := set(Unit.objects.filter(successor_id__in=newest).values_list("pk", flat=True)) - ids:
        ids = ids | newest
    return ids


def _worked(unit: Unit) -> set[int]:
    """Cases are assigned to divisions: who sits in a team works on those of the division above it."""
    above = unit.parent_id if unit.level == Unit.Level.TEAM else None
    return {unit.pk, above} if above else {unit.pk}


def _headed(posts: list[Post]) -> set[int]:
    return _below([post.unit for post in posts if post.role in {Role.DIVISION_HEAD, Role.BUREAU_HEAD}])


def _deputised(user: User, day: dt.date, headed: set[int]) -> dict[int, str]:
    """Units whose head is away and has ``user`` decide, with that head's label."""
    found: dict[int, str] = {}
    for absence in Absence.objects.on(day).filter(deputy=user).select_related("user"):
        theirs = list(Post.objects.on(day).filter(user=absence.user).select_related("unit"))
        found |= dict.fromkeys(_headed(theirs) - headed, absence.user.label)
    return found


def posts_of(day: dt.date) -> QuerySet[Any]:
    """Posts of the day with their units, and what is true of few: that their people stand in for somebody, that the
    unit, or the one above it, followed on others."""
    away = Absence.objects.on(day).filter(deputy_id=OuterRef("user_id"))
    earlier = Unit.objects.filter(Q(successor=OuterRef("unit")) | Q(successor=OuterRef("unit__parent")))
    posts = Post.objects.on(day).select_related("unit")
    return posts.annotate(stands_in=Exists(away), follows_on=Exists(earlier))


POSTS: Prepared[Any] = Prepared(lambda user, day: posts_of(day).filter(user_id=user))


def viewer_for(user: User, day: dt.date, posts: list[Any] | None = None) -> Viewer:
    """The rights of ``user`` on ``day``, whose ``posts_of`` are at hand or asked for; a few queries more for heads and
    deputies."""
    if posts is None:
        posts = POSTS(user.pk, day)
    headed = _headed(posts)
    deputised = _deputised(user, day, headed) if any(post.stands_in for post in posts) else {}
    worked = {unit for post in posts if post.role == Role.DIVISION_OFFICER for unit in _worked(post.unit)}
    units = worked | headed | deputised.keys()
    if headed or deputised or any(post.follows_on for post in posts):
        units = _with_predecessors(units)
    return Viewer(
        user=user,
        government_id=user.government_id,
        day=day,
        roles=frozenset(post.role for post in posts),
        units=frozenset(units),
        headed=frozenset(headed),
        deputised=deputised,
        members=frozenset(
            user.pk if post.role == Role.COUNCIL_MEMBER else post.assists_id
            for post in posts
            if post.role in {Role.COUNCIL_MEMBER, Role.AIDE} and (post.role != Role.AIDE or post.assists_id)
        ),
        committees=frozenset(post.unit_id for post in posts if post.role in {Role.COUNCIL_MEMBER, Role.AIDE}),
        posts=tuple(posts),
    )
