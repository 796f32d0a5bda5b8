"""조직개편: units end, and everything of theirs passes to their heirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from sijeong.audit.models import Actor

from ..errors import CannotReorganise
from ..levels import HEADS, may_be_held_in, may_stand_under, same_side
from ..models import FormerParent, Government, Post, Role, Unit, User
from .quotas import pass_quotas

HandOver = Callable[[Unit, Unit], None]
DAY = dt.timedelta(days=1)


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, on: dt.date, hand_over: HandOver, by: Actor | None) -> Unit:
    """End ``unit`` the day before ``on`` and let its heir begin with the new name, the same code and place.

    ``hand_over(ended, heir)`` moves the caller's open work inside the transaction. Raises CannotReorganise.
    """
    (unit,) = _locked([unit])
    name = name.strip()
    if not name or name == unit.name:
        raise CannotReorganise(f"{unit}: 지금과 다른 새 이름을 적어야 합니다")
    _check_ends(unit, on)
    unit.valid_to = on - DAY
    unit.save(update_fields=["valid_to"])  # the code is free for the heir only now
    heir = Unit.objects.create(
        government=unit.government, code=unit.code, name=name, level=unit.level, parent=unit.parent,
        duties=unit.duties, committee=unit.committee, valid_from=on,
    )  # fmt: skip
    heir.path = f"{unit.path.removesuffix(f'{unit.pk}/')}{heir.pk}/"
    heir.save(update_fields=["path"])
    heir.record("founded", by=by, on=on, code=heir.code, name=name, level=heir.level, renamed_from=unit.pk)
    _succeed(unit, heir, "renamed", on=on, hand_over=hand_over, by=by)
    return heir


@transaction.atomic
def merge_units(
    *, units: Iterable[Unit], into: Unit, on: dt.date, hand_over: HandOver, by: Actor | None
) -> Unit:
    """End ``units`` the day before ``on`` and let ``into``, of the same level, succeed each of them."""
    ending = list({unit.pk: unit for unit in units}.values())
    if not ending:
        raise CannotReorganise("통합할 부서를 하나 이상 골라야 합니다")
    if into.pk in {unit.pk for unit in ending}:
        raise CannotReorganise(f"{into}: 자기 자신으로 통합할 수 없습니다. 이어받을 다른 부서를 고르십시오")
    *ending, into = _locked([*ending, into])
    for unit in ending:
        if unit.level != into.level:
            raise CannotReorganise(
                f"{unit}: 같은 단계의 부서로만 통합할 수 있습니다({into}: {into.get_level_display()}). "
                "단계가 다르면 폐지하고 업무를 넘기십시오"
            )
        _check_succeeds(unit, into, on)
        _succeed(unit, into, "merged", on=on, hand_over=hand_over, by=by)
    return into


@transaction.atomic
def abolish_unit(*, unit: Unit, heir: Unit, on: dt.date, hand_over: HandOver, by: Actor | None) -> Unit:
    """End ``unit`` the day before ``on``; ``heir``, of any fit level, has its work and people."""
    if unit.pk == heir.pk:
        raise CannotReorganise(
            f"{unit}: 자기 자신에게 업무를 넘길 수 없습니다. 이어받을 다른 부서를 고르십시오"
        )
    unit, heir = _locked([unit, heir])
    _check_succeeds(unit, heir, on)
    _succeed(unit, heir, "abolished", on=on, hand_over=hand_over, by=by)
    return heir


def _locked(units: list[Unit]) -> list[Unit]:
    """The units as they stand now, in the order asked for; one reorganisation a government at a time."""
    Government.objects.select_for_update(no_key=True).get(pk=units[0].government_id)
    keys = [unit.pk for unit in units]
    rows = {
        row.pk: row for row in Unit.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    }
    return [rows[key] for key in keys]


def _check_ends(unit: Unit, on: dt.date) -> None:
    today = timezone.localdate()
    if on > today:
        raise CannotReorganise(
            f"시행일 {on}: 앞날로 개편할 수 없습니다. 오늘({today})까지의 날짜를 적으십시오"
        )
    if unit.valid_to:
        raise CannotReorganise(f"{unit}: {unit.valid_to}에 이미 없어진 부서입니다")
    if on <= unit.valid_from:
        raise CannotReorganise(
            f"{unit}: {unit.valid_from}에 생긴 부서입니다. 시행일은 {unit.valid_from + DAY}부터입니다"
        )


def _check_succeeds(unit: Unit, heir: Unit, on: dt.date) -> None:
    _check_ends(unit, on)
    if heir.government_id != unit.government_id:
        raise CannotReorganise(f"{heir}: 다른 자치단체의 부서로 넘길 수 없습니다")
    if heir.valid_to or heir.valid_from > on:
        raise CannotReorganise(f"{heir}: {on}에 있고 지금도 있는 부서만 이어받을 수 있습니다")
    if heir.path.startswith(unit.path):
        raise CannotReorganise(f"{heir}: 없어지는 부서({unit})의 아래 부서는 그 부서를 이어받을 수 없습니다")
    if not same_side(unit.level, heir.level) or (unit.answers_cases and not heir.answers_cases):
        allowed = "과·담당관, 투자·출연기관" if unit.answers_cases else "같은 쪽(집행부·의회)의 부서"
        raise CannotReorganise(
            f"{heir}({heir.get_level_display()}): {unit.get_level_display()}의 일을 맡을 수 없습니다. "
            f"{allowed}만 맡을 수 있습니다"
        )
    for child in unit.children.filter(valid_to=None):
        if not may_stand_under(child.level, heir.level):
            raise CannotReorganise(
                f"{child}: {heir}({heir.get_level_display()}) 아래에 둘 수 없는 단계입니다. "
                "아래 부서를 먼저 개편하십시오"
            )


def _succeed(unit: Unit, heir: Unit, act: str, *, on: dt.date, hand_over: HandOver, by: Actor | None) -> None:
    unit.valid_to, unit.successor = on - DAY, heir
    unit.save(update_fields=["valid_to", "successor"])
    unit.record(act, by=by, on=on, heir=heir.pk, heir_name=heir.name)
    heir.record("succeeded", by=by, on=on, ended=unit.pk, ended_name=unit.name, how=act)
    _pass_children(unit, heir, on, by)
    _pass_posts(unit, heir, on, by)
    pass_quotas(unit, heir, on)
    _pass_committee(unit, heir, by)
    hand_over(unit, heir)


def _still_on(day: dt.date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=day)


def _pass_children(unit: Unit, heir: Unit, on: dt.date, by: Actor | None) -> None:
    children = unit.children.filter(_still_on(on)).exclude(pk=heir.pk).order_by("pk")
    for child in children.select_for_update(no_key=True):
        if child.valid_from < on:
            FormerParent.objects.create(unit=child, parent=unit, until=on - DAY)
        below = Unit.objects.filter(path__startswith=child.path)
        below.update(path=Concat(Value(f"{heir.path}{child.pk}/"), Substr("path", len(child.path) + 1)))
        child.parent, child.path = heir, f"{heir.path}{child.pk}/"
        child.save(update_fields=["parent"])
        child.record("moved", by=by, on=on, parent=heir.pk, former=unit.pk)


def _pass_posts(unit: Unit, heir: Unit, on: dt.date, by: Actor | None) -> None:
    """People follow. A unit has one head: who comes second, or to another level, is an officer."""
    posts = list(unit.posts.filter(_still_on(on)).order_by("pk").select_for_update(no_key=True))
    people = User.objects.filter(pk__in={post.user_id for post in posts}).order_by("pk")
    users = {user.pk: user for user in people.select_for_update(no_key=True)}
    headed = heir.posts.filter(_still_on(on), role__in=HEADS, acting=False).exists()
    for post in posts:
        fits = may_be_held_in(post.role, heir.level) and not (headed and post.role in HEADS)
        new = _follow(post, heir, post.role if fits else Role.DIVISION_OFFICER, on)
        users[post.user_id].record(
            "post_followed", by=by, on=on, post=new.pk, role=new.role, unit=heir.pk, unit_name=heir.name,
            former=unit.pk,
        )  # fmt: skip


def _follow(post: Post, heir: Unit, role: str, on: dt.date) -> Post:
    """The post as it goes on in the heir; one that began on ``on`` or later never was in the ended unit."""
    if post.valid_from < on:
        last, post.valid_to = post.valid_to, on - DAY
        post.save(update_fields=["valid_to"])
        post.pk, post._state.adding = None, True
        post.valid_from, post.valid_to = on, last
    post.unit, post.role = heir, role
    post.save()
    return post


def _pass_committee(unit: Unit, heir: Unit, by: Actor | None) -> None:
    """Bureaus of an ended committee answer to its heir; an heir without a committee takes the unit's."""
    for bureau in unit.bureaus.filter(valid_to=None).order_by("pk").select_for_update(no_key=True):
        bureau.committee = heir
        bureau.save(update_fields=["committee"])
        bureau.record("committee_passed", by=by, committee=heir.pk, former=unit.pk)
    if unit.committee and not heir.committee:
        heir.committee = unit.committee
        heir.save(update_fields=["committee"])
