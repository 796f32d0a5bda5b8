"""정원·현원: posts allowed and people in post, by category and grade, of a unit with everything below it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from .models import Category, Post, Quota
from .tree import Node

Key = tuple[str, str]  # category, grade
CATEGORIES = list(Category)
RANK = re.compile(r"\d+")


@dataclass
class Staffing:
    """Quota and actual by (category, grade); who holds two graded posts counts in each unit."""

    quota: Counter[Key] = field(default_factory=Counter)
    actual: Counter[Key] = field(default_factory=Counter)

    @property
    def cells(self) -> list[Key]:
        """The categories and grades that occur, as public tables order them: 일반직 first, 2급 before 9급."""
        return sorted({*self.quota, *self.actual}, key=_order)

    @property
    def categories(self) -> list[str]:
        return list(dict.fromkeys(category for category, _ in self.cells))

    def of(self, category: str | None = None) -> tuple[int, int]:
        """Quota and actual of a category, or of all."""
        return _total(self.quota, category), _total(self.actual, category)

    def __add__(self, other: Staffing) -> Staffing:
        return Staffing(self.quota + other.quota, self.actual + other.actual)


def _total(counts: Counter[Key], category: str | None) -> int:
    return sum(posts for (own, _), posts in counts.items() if category in {None, own})


def _order(key: Key) -> tuple[int, int, str]:
    rank = RANK.search(key[1])
    return CATEGORIES.index(Category(key[0])), int(rank.group()) if rank else 99, key[1]


def staffing_on(nodes: Iterable[Node], day: dt.date) -> dict[int, Staffing]:
    """Each unit of ``nodes`` and below → its staffing on ``day``, with everything under it; two queries.

    Acting posts and posts without a grade (second posts, council seats) are not counted.
    """
    tops = list(nodes)
    units = [node.unit.pk for top in tops for node in top.walk()]
    own = {unit: Staffing() for unit in units}
    allowed = Quota.objects.on(day).filter(unit__in=units).values_list("unit", "category", "grade")
    for unit, category, grade, posts in allowed.annotate(Sum("posts")):
        own[unit].quota[category, grade] = posts
    held = Post.objects.on(day).filter(unit__in=units, acting=False).exclude(category="")
    for unit, category, grade, people in held.values_list("unit", "category", "grade").annotate(
        Count("user", distinct=True)
    ):
        own[unit].actual[category, grade] = people
    summed: dict[int, Staffing] = {}
    for top in tops:
        _sum(top, own, summed)
    return summed


def _sum(node: Node, own: dict[int, Staffing], summed: dict[int, Staffing]) -> Staffing:
    total = own[node.unit.pk]
    for below in node.below:
        total += _sum(below, own, summed)
    summed[node.unit.pk] = total
    return total
