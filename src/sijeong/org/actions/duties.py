"""분장사무: what a unit is for."""

from __future__ import annotations

from django.db import transaction

from sijeong.audit.models import Actor

from ..errors import CannotReorganise
from ..models import Unit

MOST = 4000


@transaction.atomic
def set_duties(*, unit: Unit, duties: str, by: Actor | None) -> Unit:
    """The unit's duties, a line each, from now on; what they were stays in its journal."""
    unit = Unit.objects.locked(unit.pk)
    lines = [" ".join(line.split()) for line in duties.splitlines() if line.strip()]
    if unit.valid_to:
        raise CannotReorganise(f"{unit}: 없어진 부서의 분장사무는 고치지 않습니다")
    if sum(map(len, lines)) > MOST:
        raise CannotReorganise(f"분장사무는 모두 {MOST:,}자까지 적을 수 있습니다")
    told = "\n".join(lines)
    if told != unit.duties:
        unit.duties = told
        unit.save(update_fields=["duties"])
        unit.record("duties_set", by=by, duties=told)
    return unit
