"""After whatever was done, the organisation and its journals hold together."""

from __future__ import annotations

from sijeong.audit import journal
from sijeong.org import checks
from sijeong.org.models import Government, Unit, User


def faults() -> list[str]:
    """What doctor would find, in words."""
    found = [*checks.faults()]
    for model in (Government, Unit, User):
        found += journal.subject_faults(model.objects.all())
    return [str(fault) for fault in found]
