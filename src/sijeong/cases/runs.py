"""Sheets on their way in: begun and confirmed in the same way from a page and from another system."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sijeong.documents.models import File
from sijeong.org.viewer import Viewer

from .models import ImportRun
from .tasks import check_import, take_in_import


@transaction.atomic
def begin(*, file: File, type_code: str, label: str, received_on: dt.date, by: Viewer) -> ImportRun:
    """Have a sheet checked by the worker; nothing is taken in yet."""
    run = ImportRun.objects.create(
        government=by.user.government, file=file, type_code=type_code, label=label, received_on=received_on,
        started_by=by.user,
    )  # fmt: skip
    check_import.enqueue(run_id=run.pk)
    return run


@transaction.atomic
def confirm(run: ImportRun) -> bool:
    """Have the checked rows taken in; False where cells are still to mend, or somebody has begun it already."""
    begun = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.CHECKED, report__refused=0)
    if not begun.update(state=ImportRun.State.RUNNING):
        return False
    take_in_import.enqueue(run_id=run.pk)
    return True
