"""What `sijeong doctor` asks of this room: whether the database keeps to what the actions promise."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Model, Q, QuerySet
from django.utils import timezone

from sijeong.audit.journal import Fault

from .levels import HEADS
from .models import Absence, Post, Quota, Unit

ENDED = Q(unit__valid_to__isnull=False) & (Q(valid_to=None) | Q(valid_to__gt=F("unit__valid_to")))


def faults() -> Iterator[Fault]:
    """Every fault of the organisation; those of its journals are ``audit.journal.subject_faults``."""
    yield from _paths()
    yield from _successions()
    yield from _left_in_ended_units()
    yield from _heads_and_accounts()


def _each(rows: QuerySet, what: str) -> Iterator[Fault]:
    """``what`` is wrong with each of the rows; {row} in it is the row itself."""
    model: type[Model] = rows.model
    for row in rows:
        yield Fault(str(model._meta.model_name), row.pk, None, what.format(row=row))


def _paths() -> Iterator[Fault]:
    paths = dict(Unit.objects.values_list("pk", "path"))
    for pk, parent, path in Unit.objects.values_list("pk", "parent", "path"):
        expected = f"{paths[parent] if parent else '/'}{pk}/"
        if path != expected:
            yield Fault("unit", pk, None, f"경로가 {path}입니다: 상위 부서로 보면 {expected}이어야 합니다")


def _successions() -> Iterator[Fault]:
    units = Unit.objects.all()
    yield from _each(
        units.filter(valid_to=None).exclude(successor=None), "{row}: 있는 부서인데 이어받은 부서가 있습니다"
    )
    yield from _each(
        units.exclude(valid_to=None).filter(successor=None), "{row}: 없어졌는데 이어받은 부서가 없습니다"
    )
    yield from _each(
        units.exclude(successor=None).exclude(successor__government=F("government")),
        "{row}: 다른 자치단체의 부서가 이어받았습니다",
    )
    heirs = dict(units.exclude(successor=None).values_list("pk", "successor"))
    for pk, heir in heirs.items():
        last, seen = heir, {pk}
        while last in heirs and last not in seen:
            seen.add(last)
            last = heirs[last]
        if last == pk:
            yield Fault("unit", pk, None, "이어받은 부서를 따라가면 자기 자신으로 돌아옵니다")


def _left_in_ended_units() -> Iterator[Fault]:
    alive = Unit.objects.filter(valid_to=None)
    yield from _each(Post.objects.filter(ENDED).select_related("unit"), "{row}: 없어진 부서에 남은 직입니다")
    yield from _each(
        Quota.objects.filter(ENDED).select_related("unit"), "{row}: 없어진 부서에 남은 정원입니다"
    )
    yield from _each(alive.filter(parent__valid_to__isnull=False), "{row}: 상위 부서가 없어졌습니다")
    yield from _each(alive.filter(committee__valid_to__isnull=False), "{row}: 소관 위원회가 없어졌습니다")


def _heads_and_accounts() -> Iterator[Fault]:
    today = timezone.localdate()
    headships = Count("posts", Q(posts__role__in=HEADS, posts__acting=False) & _open("posts__", today))
    yield from _each(
        Unit.objects.annotate(heads=headships).filter(heads__gt=1), "{row}: 부서장이 둘 이상입니다"
    )
    closed = Post.objects.filter(_open("", today), user__is_active=False).select_related("unit")
    yield from _each(
        closed.filter(Q(valid_to=None) | Q(valid_to__gt=today)), "{row}: 중지된 계정에 남은 직입니다"
    )
    standing = Absence.objects.filter(valid_to__gte=today).select_related("user", "deputy")
    yield from _each(standing.filter(deputy__is_active=False), "대결자의 계정이 중지되어 있습니다")


def _open(prefix: str, day: object) -> Q:
    until = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return until & Q(**{f"{prefix}valid_from__lte": day})
