"""정원: posts allowed in a unit."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from sijeong.audit.models import Actor

from ..errors import CannotReorganise, CannotSetQuota
from ..levels import CITY_SIDE
from ..models import Category, Quota, Unit

DAY = dt.timedelta(days=1)
MOST = 9999


@transaction.atomic
def set_quota(
    *, unit: Unit, category: str, grade: str, posts: int, on: dt.date, by: Actor | None
) -> Quota | None:
    """From ``on`` the unit itself (not those below) may have ``posts`` people of the category and grade.

    0 ends what was allowed until then.
    """
    unit = Unit.objects.locked(unit.pk)
    grade = grade.strip()
    _check(unit, category, grade, posts, on)
    quota = _begin(unit, category, grade, posts, on)
    unit.record("quota_set", by=by, on=on, category=category, grade=grade, posts=posts)
    return quota


def _check(unit: Unit, category: str, grade: str, posts: int, on: dt.date) -> None:
    today = timezone.localdate()
    if category not in Category.values:
        raise CannotSetQuota(
            f"직종 '{category}': {', '.join(Category.labels)} 가운데 하나여야 합니다", field="category"
        )
    if not grade:
        raise CannotSetQuota("직급을 적어야 합니다 (예: 5급, 6급상당)", field="grade")
    if not 0 <= posts <= MOST:
        raise CannotSetQuota(f"정원 {posts}명: 0명부터 {MOST:,}명까지 적을 수 있습니다", field="posts")
    if on > today:
        raise CannotSetQuota(f"적용일 {on}: 오늘({today})까지의 날짜를 적으십시오", field="on")
    if unit.level not in CITY_SIDE:
        raise CannotSetQuota(f"{unit}: 의회 조직에는 정원을 두지 않습니다")
    if unit.valid_to or on < unit.valid_from:
        raise CannotSetQuota(
            f"{unit}: 지금 있는 부서에, 생긴 날({unit.valid_from})부터 정원을 둘 수 있습니다", field="on"
        )
    later = unit.quotas.filter(category=category, grade=grade, valid_from__gt=on).first()
    if later:
        raise CannotSetQuota(
            f"{grade} 정원은 {later.valid_from}에 바뀌었습니다: 그날부터 고칠 수 있습니다", field="on"
        )


def _begin(unit: Unit, category: str, grade: str, posts: int, on: dt.date) -> Quota | None:
    """End what is valid, begin the new figure; one that began the same day is replaced by it."""
    present = unit.quotas.on(on).filter(category=category, grade=grade).first()
    if present and present.valid_from == on:
        present.delete()
    elif present:
        present.valid_to = on - DAY
        present.save(update_fields=["valid_to"])
    if not posts:
        return None
    return Quota.objects.create(unit=unit, category=category, grade=grade, posts=posts, valid_from=on)


def pass_quotas(ended: Unit, heir: Unit, on: dt.date) -> None:
    """From ``on`` the heir's quota is its own and the ended unit's together; the caller journals it."""
    for unit in (ended, heir):
        later = unit.quotas.filter(valid_from__gt=on).order_by("valid_from").last()
        if later:
            raise CannotReorganise(
                f"{unit}: 정원이 {later.valid_from}에 바뀌었습니다. 시행일은 그날부터 적을 수 있습니다"
            )
    for quota in list(ended.quotas.on(on)):
        own = heir.quotas.on(on).filter(category=quota.category, grade=quota.grade).first()
        _begin(heir, quota.category, quota.grade, quota.posts + (own.posts if own else 0), on)
        _begin(ended, quota.category, quota.grade, 0, on)
