"""The list of people: by name; found by name, account or unit; paged by key, forwards and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from .models import Post, User

SIZE = 50
STATES = {
    "on": "사용 중",
    "off": "사용 중지",
    "idle": "맡은 직이 없는 사람",
    "temporary": "임시 비밀번호인 사람",
}


@dataclass(frozen=True)
class Page:
    """Rows with their posts of the day in ``held``, and the keys before and after (None at the ends)."""

    people: Sequence[User]
    before: int | None
    after: int | None


def page_of(
    people: QuerySet[User],
    day: dt.date,
    *,
    q: str = "",
    state: str = "",
    before: int | None = None,
    after: int | None = None,
) -> Page:
    """The page behind the person ``after``, or in front of ``before``; the first where neither is known."""
    people = in_state(_found(people, day, q.strip()), day, state)
    back, key = before is not None, before or after
    mark = User.objects.filter(pk=key).first() if key else None
    rows = _beside(people, mark, back=back)[: SIZE + 1]
    shown = [*rows.prefetch_related(Prefetch("posts", _posts_on(day), to_attr="held"))]
    more = len(shown) > SIZE
    shown = shown[:SIZE][:: -1 if back and mark else 1]
    if not shown:
        return Page([], None, None)
    first, last = shown[0].pk, shown[-1].pk
    if back and mark:
        return Page(shown, first if more else None, last)
    return Page(shown, first if mark else None, last if more else None)


def _found(people: QuerySet[User], day: dt.date, q: str) -> QuerySet[User]:
    if not q:
        return people
    there = Post.objects.on(day).filter(unit__name__icontains=q)
    return people.filter(Q(name__icontains=q) | Q(username__icontains=q) | Q(pk__in=there.values("user")))


def in_state(people: QuerySet[User], day: dt.date, state: str) -> QuerySet[User]:
    """Those of them in a state (``STATES``); all where it is none of these."""
    match state:
        case "on" | "off":
            return people.filter(is_active=state == "on")
        case "idle":
            held = Post.objects.on(day).filter(user=OuterRef("pk"))
            return people.filter(~Exists(held), is_active=True)
        case "temporary":
            return people.filter(is_active=True, password_is_temporary=True)
    return people


def _beside(people: QuerySet[User], mark: User | None, *, back: bool) -> QuerySet[User]:
    """In the order of name and key, those on one side of ``mark``; backwards when looking back."""
    if mark is None:
        return people.order_by("name", "pk")
    if back:
        return people.filter(Q(name__lt=mark.name) | Q(name=mark.name, pk__lt=mark.pk)).order_by(
            "-name", "-pk"
        )
    return people.filter(Q(name__gt=mark.name) | Q(name=mark.name, pk__gt=mark.pk)).order_by("name", "pk")


def _posts_on(day: dt.date) -> QuerySet[Post]:
    return Post.objects.on(day).select_related("unit").order_by("valid_from", "pk")
