"""Absence and deputies (대결): who decides while a head is away.

While one who approves cannot, whoever acts in their place does:
행정업무의 운영 및 혁신에 관한 규정 제10조제3항.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sijeong.audit.models import Actor

from ..deputies import possible_deputies
from ..errors import CannotDeputise
from ..levels import HEADS
from ..models import Absence, Post, User

DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=366)


@transaction.atomic
def set_absence(
    *, user: User, deputy: User, first: dt.date, last: dt.date, reason: str, by: Actor | None
) -> Absence:
    """From ``first`` to ``last``, both included, ``deputy`` decides in the place of ``user``, a head."""
    people = User.objects.filter(pk__in={user.pk, deputy.pk}).order_by("pk").select_for_update(no_key=True)
    rows = {row.pk: row for row in people}
    user, deputy = rows[user.pk], rows[deputy.pk]
    _check_days(first, last, reason)
    _check_deputy(user, deputy, first, last)
    _check_free(user, deputy, first, last)
    absence = Absence.objects.create(
        user=user, deputy=deputy, valid_from=first, valid_to=last, reason=reason.strip()
    )
    user.record("absence_set", by=by, absence=absence.pk, first=first, last=last, deputy=deputy.pk)
    return absence


def _check_days(first: dt.date, last: dt.date, reason: str) -> None:
    today = timezone.localdate()
    if first < today:
        raise CannotDeputise(
            f"첫날 {first}: 지난날은 소급해 적을 수 없습니다. 오늘({today})부터 적으십시오", field="first"
        )
    if last < first:
        raise CannotDeputise(f"마지막 날 {last}: 첫날({first})과 같거나 뒤여야 합니다", field="last")
    if last - first > LONGEST:
        raise CannotDeputise(f"{first}부터 {last}까지: 한 번에 1년까지 적을 수 있습니다", field="last")
    if not reason.strip():
        raise CannotDeputise("사유를 적어야 합니다 (예: 출장, 연가, 교육)", field="reason")


def _check_deputy(user: User, deputy: User, first: dt.date, last: dt.date) -> None:
    if user.pk == deputy.pk:
        raise CannotDeputise("자기 자신을 대결자로 둘 수 없습니다", field="deputy")
    if not Post.objects.on(first).filter(user=user, role__in=HEADS).exists():
        raise CannotDeputise(
            f"{user}: {first}에 결재하는 직위(부서장·실국장)가 없어 대결자를 둘 일이 없습니다"
        )
    if not possible_deputies(user, first).filter(pk=deputy.pk).exists():
        raise CannotDeputise(
            f"{deputy}: 대결자는 같은 실·본부·국에서 일하는 직원이어야 합니다", field="deputy"
        )
    held = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=last), user=deputy, valid_from__lte=first)
    if not held.exists():
        raise CannotDeputise(
            f"{deputy}: {first}부터 {last}까지 줄곧 재직하는 직원이어야 합니다", field="deputy"
        )


def _check_free(user: User, deputy: User, first: dt.date, last: dt.date) -> None:
    overlapping = Absence.objects.filter(valid_from__lte=last, valid_to__gte=first)
    if own := overlapping.filter(user=user).first():
        raise CannotDeputise(
            f"{own.valid_from}부터 {own.valid_to}까지 이미 부재로 등록되어 있습니다: "
            "겹치지 않는 날을 고르거나 먼저 취소하십시오",
            field="first",
        )
    if theirs := overlapping.filter(user=deputy).first():
        raise CannotDeputise(
            f"{deputy}: {theirs.valid_from}부터 {theirs.valid_to}까지 부재입니다. 다른 대결자를 고르십시오",
            field="deputy",
        )
    if standing := overlapping.filter(deputy=user).select_related("user").first():
        raise CannotDeputise(
            f"{standing.valid_from}부터 {standing.valid_to}까지 {standing.user}의 대결자입니다: "
            "그 대결자를 먼저 바꾸어야 합니다",
            field="first",
        )


@transaction.atomic
def cancel_absence(*, absence: Absence, by: Actor | None) -> None:
    """Take back an absence that is still to come, or end a running one yesterday."""
    User.objects.select_for_update(no_key=True).get(pk=absence.user_id)
    present = Absence.objects.filter(pk=absence.pk, valid_to__gte=timezone.localdate()).first()
    if not present:
        raise CannotDeputise("이미 끝났거나 취소된 부재입니다")
    close_absence(present, by=by, why="취소")


def close_absence(absence: Absence, *, by: Actor | None, why: str) -> None:
    """From today the deputy decides no more. The caller holds the absent person's lock."""
    today = timezone.localdate()
    user = User.objects.get(pk=absence.user_id)
    user.record("absence_cancelled", by=by, absence=absence.pk, on=today, why=why)
    if absence.valid_from >= today:
        absence.delete()
        return
    absence.valid_to = today - DAY
    absence.save(update_fields=["valid_to"])
