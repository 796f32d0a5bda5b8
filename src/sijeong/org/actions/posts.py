"""Posts: people come to work somewhere, and leave it (인사발령)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sijeong.audit.models import Actor

from ..errors import CannotPost
from ..levels import COUNCIL_ROLES, HEADS, may_be_held_in
from ..models import Category, District, Post, Role, Unit, User

DAY = dt.timedelta(days=1)


@transaction.atomic
def give_post(
    *,
    user: User,
    unit: Unit,
    role: str,
    on: dt.date,
    title: str = "",
    category: str = "",
    grade: str = "",
    district: District | None = None,
    assists: User | None = None,
    acting: bool = False,
    until: dt.date | None = None,
    by: Actor | None,
) -> Post:
    """From ``on`` (to ``until``, included) the person works in ``unit`` as ``role``.

    ``category`` and ``grade`` are counted against the quota; an acting head (직무대리) is not. ``assists``
    names the member an aide works for, ``district`` where a member was elected. Raises CannotPost.
    """
    unit = Unit.objects.locked(unit.pk)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    post = Post(
        user=user, unit=unit, role=role, title=title.strip(), category=category, grade=grade.strip(),
        district=district, assists=assists, acting=acting, valid_from=on, valid_to=until,
    )  # fmt: skip
    _check_days(post)
    _check_role(post)
    _check_council(post)
    _check_free(post)
    post.save()
    user.record(
        "post_given", by=by, post=post.pk, unit=unit.pk, unit_name=unit.name, role=role, title=post.title,
        category=category, grade=post.grade, acting=acting, on=on, until=until,
    )  # fmt: skip
    return post


def _check_days(post: Post) -> None:
    today = timezone.localdate()
    if post.valid_from > today:
        raise CannotPost(f"발령일 {post.valid_from}: 오늘({today})까지의 날짜를 적으십시오", field="on")
    if post.valid_to and post.valid_to < post.valid_from:
        raise CannotPost(
            f"마지막 날 {post.valid_to}: 발령일({post.valid_from})과 같거나 뒤여야 합니다", field="until"
        )
    if post.unit.valid_to:
        heir = f" 이어받은 부서는 {post.unit.successor}입니다" if post.unit.successor else ""
        raise CannotPost(f"{post.unit}: {post.unit.valid_to}에 없어진 부서입니다.{heir}", field="unit")
    if post.valid_from < post.unit.valid_from:
        raise CannotPost(
            f"{post.unit}: {post.unit.valid_from}에 생긴 부서입니다. 그날부터 발령할 수 있습니다",
            field="on",
        )


def _check_role(post: Post) -> None:
    if post.user.government_id != post.unit.government_id:
        raise CannotPost(f"{post.unit}: 다른 자치단체의 부서에는 발령할 수 없습니다", field="unit")
    if not post.user.is_active:
        raise CannotPost(f"{post.user}: 사용이 중지된 계정입니다")
    if post.role not in Role.values:
        raise CannotPost(f"역할 '{post.role}': {', '.join(Role.labels)} 가운데 하나여야 합니다", field="role")
    if not may_be_held_in(post.role, post.unit.level):
        raise CannotPost(
            f"{post.unit}({post.unit.get_level_display()})에는 {Role(post.role).label} 자리가 없습니다",
            field="role",
        )
    if bool(post.category) != bool(post.grade):
        raise CannotPost("직종과 직급은 함께 적거나 함께 비워야 합니다", field="grade")
    if post.category and (post.category not in Category.values or post.role in COUNCIL_ROLES):
        raise CannotPost(
            f"직종 '{post.category}': 시 공무원에게만, {', '.join(Category.labels)} 가운데에서 적습니다",
            field="category",
        )


def _check_council(post: Post) -> None:
    """An aide assists a sitting member; the council and those it watches are never the same person."""
    if (post.assists is not None) != (post.role == Role.AIDE):
        raise CannotPost("의원 보좌에게만, 그리고 반드시 보좌할 의원을 정해야 합니다", field="assists")
    if post.assists and not _held(
        post.assists, post.valid_from, Role.COUNCIL_MEMBER, post.unit.government_id
    ):
        raise CannotPost(f"{post.assists}: {post.valid_from}에 이 시의회의 의원이 아닙니다", field="assists")
    if post.district and (
        post.role != Role.COUNCIL_MEMBER or post.district.government_id != post.unit.government_id
    ):
        raise CannotPost("선거구는 시의원에게만, 같은 시의 자치구로 적습니다", field="district")
    others = _overlapping(post).filter(user=post.user)
    council = post.role in COUNCIL_ROLES
    if (
        others.exclude(role__in=COUNCIL_ROLES) if council else others.filter(role__in=COUNCIL_ROLES)
    ).exists():
        raise CannotPost(
            f"{post.user}: 시의회와 시 공무원의 직을 함께 가질 수 없습니다. 먼저 다른 직을 끝내십시오",
            field="role",
        )


def _held(user: User, day: dt.date, role: str, government: int) -> bool:
    return Post.objects.on(day).filter(user=user, role=role, unit__government_id=government).exists()


def _overlapping(post: Post) -> QuerySet[Post]:
    until = Q(valid_from__lte=post.valid_to) if post.valid_to else Q()
    return Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=post.valid_from), until).exclude(pk=post.pk)


def _check_free(post: Post) -> None:
    there = _overlapping(post).filter(unit=post.unit)
    if same := there.filter(user=post.user, role=post.role).first():
        raise CannotPost(
            f"{post.user}: {post.unit}에서 {same.valid_from}부터 이미 같은 역할을 맡고 있습니다", field="role"
        )
    if (
        post.role in HEADS
        and not post.acting
        and (head := there.filter(role__in=HEADS, acting=False).first())
    ):
        raise CannotPost(
            f"{post.unit}: {head.valid_from}부터 {head.user}의 자리입니다. "
            "그 직을 먼저 끝내거나 직무대리로 발령하십시오",
            field="unit",
        )


@transaction.atomic
def end_post(*, post: Post, on: dt.date, by: Actor | None) -> Post:
    """``on`` is the last day in the post. With a member's last seat their aides' posts end too."""
    Unit.objects.locked(post.unit_id)
    lock_people(post.user_id)
    post = _open_post(post.pk, on)
    if on > timezone.localdate():
        raise CannotPost(f"마지막 날 {on}: 오늘({timezone.localdate()})까지의 날짜를 적으십시오", field="on")
    close_post(post, on=on, by=by)
    settle_leaving(post, on=on, by=by)
    return post


@transaction.atomic
def transfer(
    *,
    post: Post,
    unit: Unit,
    on: dt.date,
    role: str | None = None,
    title: str | None = None,
    category: str | None = None,
    grade: str | None = None,
    by: Actor | None,
) -> Post:
    """Move the person from ``post`` to ``unit`` on ``on``; what is not given stays as it was."""
    list(Unit.objects.filter(pk__in={post.unit_id, unit.pk}).order_by("pk").select_for_update(no_key=True))
    lock_people(post.user_id)
    last = max(on, dt.date.min + DAY) - DAY  # no day comes before the first
    left = _open_post(post.pk, last)
    close_post(left, on=last, by=by)
    given = give_post(
        user=left.user, unit=unit, role=role or left.role, on=on,
        district=left.district, assists=left.assists,
        title=left.title if title is None else title,
        category=left.category if category is None else category,
        grade=left.grade if grade is None else grade, by=by,
    )  # fmt: skip
    settle_leaving(left, on=last, by=by)
    return given


def lock_people(*users: int) -> None:
    """The people and the aides whose posts may end with theirs, in the one order."""
    aides = Post.objects.filter(assists__in=users).values("user")
    list(User.objects.filter(Q(pk__in=users) | Q(pk__in=aides)).order_by("pk").select_for_update(no_key=True))


def _open_post(pk: int, last: dt.date) -> Post:
    """The post as it stands now, if ``last`` can be its last day."""
    post = Post.objects.select_related("user", "unit").get(pk=pk)
    if post.valid_to and post.valid_to <= last:
        raise CannotPost(f"{post}: {post.valid_to}에 이미 끝난 직입니다")
    if last < post.valid_from:
        raise CannotPost(
            f"{post}: {post.valid_from}에 시작했습니다. 마지막 날은 그날부터 적을 수 있습니다", field="on"
        )
    return post


def close_post(post: Post, *, on: dt.date, by: Actor | None) -> None:
    """Write the last day. The caller holds the locks and settles what follows."""
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    user = User.objects.get(pk=post.user_id)
    user.record(
        "post_ended", by=by, post=post.pk, unit=post.unit_id, unit_name=post.unit.name, role=post.role, on=on
    )


def settle_leaving(post: Post, *, on: dt.date, by: Actor | None) -> None:
    """What hangs on a post that ended on ``on``: a member's aides leave too; an administrator must remain."""
    after, government = on + DAY, post.unit.government_id
    if post.role == Role.COUNCIL_MEMBER and not _held(post.user, after, post.role, government):
        for aide in Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), assists=post.user).order_by(
            "user"
        ):
            close_post(aide, on=max(on, aide.valid_from), by=by)
    if post.role == Role.ADMINISTRATOR:
        others = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), role=Role.ADMINISTRATOR)
        if not others.filter(unit__government=government, user__is_active=True).exists():
            raise CannotPost(f"{post.user}: 마지막 시스템 관리자입니다. 다른 관리자를 먼저 발령하십시오")
