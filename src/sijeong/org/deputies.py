"""Who may decide in an absent head's place."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from .levels import COUNCIL_ROLES, HEADS
from .models import Post, Unit, User


def possible_deputies(user: User, day: dt.date) -> QuerySet[User]:
    """Everyone at work in the same bureau on ``day`` (in the same unit, where it stands under no bureau)."""
    tops = set()
    for unit in Unit.objects.filter(posts__in=Post.objects.on(day).filter(user=user, role__in=HEADS)):
        above = Unit.objects.filter(pk__in=[int(key) for key in unit.path.split("/") if key])
        bureau = above.filter(level=Unit.Level.BUREAU).first()
        tops.add((bureau or unit).path)
    within = Q(pk__in=[])
    for path in tops:
        within |= Q(unit__path__startswith=path)
    posts = Post.objects.on(day).filter(within).exclude(role__in=COUNCIL_ROLES)
    return (
        User.objects.filter(posts__in=posts, is_active=True).exclude(pk=user.pk).distinct().order_by("name")
    )
