"""Governments and units begin."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from sijeong.audit.models import Actor

from ..errors import CannotFound
from ..levels import may_stand_under
from ..models import Government, Unit

EARLIEST = dt.date(1900, 1, 1)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


@transaction.atomic
def found_government(
    *, code: str, name: str, kind: str, city: str, parent: Government | None = None, by: Actor | None
) -> Government:
    """A city, or with ``parent`` one of its districts; ``city`` is its folder under cities/."""
    if not CODE.fullmatch(code):
        raise CannotFound(f"자치단체 부호 '{code}': 영문 소문자·숫자·-로 20자까지 적을 수 있습니다")
    if Government.objects.filter(code=code).exists():
        raise CannotFound(f"자치단체 부호 '{code}': 이미 쓰고 있습니다")
    if kind not in Government.Kind.values:
        raise CannotFound(
            f"자치단체 종류 '{kind}': {', '.join(Government.Kind.values)} 가운데 하나여야 합니다"
        )
    if not name.strip():
        raise CannotFound("자치단체 이름을 적어야 합니다")
    government = Government.objects.create(code=code, name=name.strip(), kind=kind, city=city, parent=parent)
    government.record("founded", by=by, code=code, name=name.strip(), kind=kind, city=city)
    return government


@transaction.atomic
def found_unit(
    *,
    government: Government,
    code: str,
    name: str,
    level: str,
    on: dt.date,
    parent: Unit | None = None,
    duties: str = "",
    committee: Unit | None = None,
    by: Actor | None,
) -> Unit:
    """A unit that exists from ``on``, under ``parent``, answering to ``committee``."""
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    parent = Unit.objects.locked(parent.pk) if parent else None
    name, code = name.strip(), code.strip()
    _check_named(government, code, name)
    _check_placed(government, name, level, on, parent)
    if committee and (committee.government_id != government.pk or committee.level != Unit.Level.COMMITTEE):
        raise CannotFound(
            f"{committee}: 같은 자치단체의 상임위원회만 소관 위원회가 될 수 있습니다", field="committee"
        )
    unit = Unit.objects.create(
        government=government, code=code, name=name, level=level, parent=parent, committee=committee,
        duties=duties.strip(), valid_from=on,
    )  # fmt: skip
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    unit.record(
        "founded", by=by, on=on, code=code, name=name, level=level, parent=parent.pk if parent else None,
        committee=committee.pk if committee else None,
    )  # fmt: skip
    return unit


def _check_named(government: Government, code: str, name: str) -> None:
    if not name or not code:
        raise CannotFound("부서 이름과 부호를 모두 적어야 합니다", field="name")
    taken = Unit.objects.filter(government=government, code=code, valid_to=None).first()
    if taken:
        raise CannotFound(
            f"부서 부호 '{code}': {taken}에서 쓰고 있습니다. 다른 부호를 적으십시오", field="code"
        )


def _check_placed(government: Government, name: str, level: str, on: dt.date, parent: Unit | None) -> None:
    if on > timezone.localdate():
        raise CannotFound(
            f"{name}: 신설일({on})이 앞날입니다. 오늘({timezone.localdate()})까지 적으십시오", field="on"
        )
    if on < EARLIEST:
        raise CannotFound(f"{name}: 신설일은 {EARLIEST.year}년부터 적을 수 있습니다", field="on")
    if parent and parent.government_id != government.pk:
        raise CannotFound(f"{parent}: 다른 자치단체의 부서 아래에 둘 수 없습니다", field="parent")
    if parent and (parent.valid_to or parent.valid_from > on):
        raise CannotFound(f"상위 부서 {parent}: {on}에 있고 지금도 있는 부서여야 합니다", field="parent")
    if level not in Unit.Level.values:
        raise CannotFound(
            f"부서 단계 '{level}': {', '.join(Unit.Level.values)} 가운데 하나여야 합니다", field="level"
        )
    if not may_stand_under(level, parent.level if parent else None):
        above = f"{Unit.Level(parent.level).label} 아래" if parent else "맨 위"
        raise CannotFound(
            f"{name}: {above}에는 {Unit.Level(level).label} 단계의 부서를 둘 수 없습니다", field="level"
        )
