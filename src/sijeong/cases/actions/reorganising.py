"""What a reorganisation does to cases: open ones, and open promises, pass to the heir."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sijeong.org.models import Unit

from ..models import Case, FollowUp, Part
from .handling import set_parts


@transaction.atomic
def hand_over(ended: Unit, heir: Unit) -> int:
    """Pass the ended unit's open cases and follow-ups to its heir, each with its event; how many cases moved.

    Closed cases stay with the unit that answered them; the heir reads them as its predecessor's. Called by org's reorganisation inside its own transaction. A case that both led or helped in stays one case.
    """
    at = timezone.now()
    moving = Part.objects.filter(unit=ended, active=True, case__open=True).order_by("case_id")
    keys = list(moving.values_list("case_id", flat=True))
    for pk in keys:
        case = Case.objects.locked(pk)
        parts = {part.unit_id: part for part in case.parts.filter(active=True).select_related("unit")}
        lead = case.lead if case.lead_id != ended.pk else heir
        joint = [p.unit for p in parts.values() if p.kind == "joint" and p.unit_id not in {ended.pk, heir.pk}]
        if parts[ended.pk].kind == "joint":
            joint.append(heir)
        set_parts(case, lead, [unit for unit in joint if lead is None or unit.pk != lead.pk], at)
        case.move(
            "hand_over", by=None, at=at, out_of=ended.name, to=heir.name,
            changes={"lead_id": lead.pk if lead else None},
        )  # fmt: skip
    FollowUp.objects.filter(unit=ended, state__in=["planned", "open"]).update(unit=heir)
    return len(keys)
