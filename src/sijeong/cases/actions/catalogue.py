"""Applying a city folder: what changed becomes a new version, what runs keeps the one it began with."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from sijeong.audit.models import Actor
from sijeong.catalog import CaseType, City, Plan, digest, plan
from sijeong.org.models import Government

from ..models import CaseTypeVersion
from .recalendaring import first_calendar


def applied_types(government: Government) -> dict[str, CaseType]:
    """The case types in force."""
    versions = CaseTypeVersion.objects.filter(government=government, current=True)
    return {version.code: version.case_type for version in versions}


@transaction.atomic
def apply_catalog(*, government: Government, city: City, by: Actor | None) -> Plan:
    """Make the folder's types the ones in force. Applying the same folder twice changes nothing."""
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    changes = plan(applied_types(government), city.case_types)
    touched = {change.code for change in (*changes.created, *changes.changed, *changes.removed)}
    versions = CaseTypeVersion.objects.filter(government=government, code__in=touched)
    before = Counter(versions.values_list("code", flat=True))
    versions.filter(current=True).update(current=False)
    CaseTypeVersion.objects.bulk_create(
        CaseTypeVersion(
            government=government, code=code, name=case_type.name, number=before[code] + 1,
            digest=digest(case_type), definition=case_type.as_json(), applied_by=by.label if by else "명령줄",
        )
        for code, case_type in sorted(city.case_types.items()) if code in touched
    )  # fmt: skip
    first_calendar(government=government, by=by)
    if touched:
        government.record("apply_catalog", by=by, plan=changes.as_json())
    return changes
