"""Accounts of people. What they may do is given by posts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from django.contrib.auth.hashers import get_hasher, make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sijeong.audit.models import Actor

from ..errors import CannotAdmit
from ..models import Absence, Government, Post, Unit, User
from .absences import close_absence
from .posts import close_post, lock_people, settle_leaving

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # read out over the telephone: no i l o 0 1


@transaction.atomic
def add_person(
    *, government: Government, username: str, name: str, email: str = "", by: Actor | None
) -> User:
    """An account without a password: set_temporary_password or the city's own sign-in opens it."""
    username, name = username.strip().lower(), name.strip()
    if not USERNAME.fullmatch(username):
        raise CannotAdmit(
            f"아이디 '{username}': 영문 소문자·숫자로 시작해 . _ - 까지 3자 이상 60자 이하로 적으십시오",
            field="username",
        )
    if User.objects.filter(username=username).exists():
        raise CannotAdmit(
            f"아이디 '{username}': 이미 쓰고 있습니다. 다른 아이디를 적으십시오", field="username"
        )
    if not 0 < len(name) <= 40:
        raise CannotAdmit("이름을 40자 이하로 적어야 합니다", field="name")
    user = User(government=government, username=username, name=name, email=email.strip())
    user.set_unusable_password()
    user.save()
    user.record("added", by=by, username=username)
    return user


@transaction.atomic
def set_temporary_password(*, user: User, by: Actor | None) -> str:
    """Replace the password and return the new one, which is kept nowhere: it is shown once."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        raise CannotAdmit(f"{user.label}: 사용이 중지된 계정입니다")
    password = "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(4))
    user.password, user.password_is_temporary = _digest(password), True
    user.save(update_fields=["password", "password_is_temporary"])
    user.record("password_reset", by=by)
    return password


def _digest(password: str) -> str:
    """Of 79 random bits, which nobody guesses though each guess is cheap: two hundred at once would keep people waiting.

    It is replaced by one of full cost when it is first used, and by the person's own right after.
    """
    sparing = type("Sparing", (type(get_hasher()),), {"time_cost": 1, "memory_cost": 8192, "parallelism": 1})
    return make_password(password, hasher=sparing())


@transaction.atomic
def hand_out_passwords(
    *, government: Government, usernames: Sequence[str], by: Actor | None
) -> dict[str, str]:
    """A temporary password for each of these people, to be shown once; by username, in their order.

    Whoever took them stands in the journal of the government, each person's reset in their own.
    """
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    people = User.objects.filter(government=government, username__in=usernames).in_bulk(field_name="username")
    issued = {name: set_temporary_password(user=people[name], by=by) for name in usernames}
    government.record("passwords_taken", by=by, people=len(issued), how="screen")
    return issued


@transaction.atomic
def take_password_sheet(*, government: Government, people: int, by: Actor | None) -> None:
    """Write down who took the sheet of passwords away as a file."""
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    government.record("passwords_taken", by=by, people=people, how="xlsx")


@transaction.atomic
def deactivate_person(*, user: User, by: Actor | None) -> User:
    """Close the account today: posts, absences and deputising end, and signed-in sessions stop working."""
    today = timezone.localdate()
    absences = list(Absence.objects.filter(Q(user=user) | Q(deputy=user), valid_to__gte=today))
    posts = _lock_all(user, absences)
    user = User.objects.get(pk=user.pk)
    if by and by.pk == user.pk:
        raise CannotAdmit("자기 계정은 스스로 중지할 수 없습니다. 다른 시스템 관리자에게 요청하십시오")
    if not user.is_active:
        raise CannotAdmit(f"{user.label}: 이미 사용이 중지된 계정입니다")
    for post in posts:
        close_post(post, on=today, by=by)
    for absence in absences:
        close_absence(absence, by=by, why="계정 사용 중지")
    user.refresh_from_db()
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password", "password_is_temporary"])
    user.record("deactivated", by=by)
    for post in posts:
        settle_leaving(post, on=today, by=by)
    return user


@transaction.atomic
def reopen_person(*, user: User, by: Actor | None) -> User:
    """Open a closed account again, for somebody who comes back. Posts and a password are given anew."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active:
        raise CannotAdmit(f"{user.label}: 이미 쓰고 있는 계정입니다")
    user.is_active, user.password_is_temporary = True, False
    user.save(update_fields=["is_active", "password_is_temporary"])
    user.record("reopened", by=by)
    return user


def _lock_all(user: User, absences: list[Absence]) -> list[Post]:
    """Hold the units of the open posts, then everyone whose journal is written; return the posts."""
    open_posts = user.posts.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.localdate()))
    list(
        Unit.objects.filter(posts__in=open_posts).order_by("pk").select_for_update(of=("self",), no_key=True)
    )
    lock_people(user.pk, *(absence.user_id for absence in absences))
    return list(open_posts.select_related("unit", "user"))
