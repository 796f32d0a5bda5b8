"""What the worker does for cases."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from sijeong.documents.actions import local_path
from sijeong.org.viewer import viewer_for
from sijeong.sheets.reading import SheetRefused

from .actions import import_cases
from .actions.intake import current_type
from .errors import CaseError
from .incoming import Reading, understand
from .models import ImportRun

SHOWN = 200


def read_run(run: ImportRun) -> Reading:
    """The run's file against the database as it is now."""

    def progress(rows: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(rows=rows)

    return understand(
        government=run.government, version=current_type(run.government, run.type_code), path=local_path(run.file),
        kind=run.file.kind, received_on=run.received_on, progress=progress,
    )  # fmt: skip


def report(reading: Reading) -> dict[str, object]:
    """What the page shows of a dry run."""
    return {
        "new": len(reading.rows), "known": reading.known, "refused": len(reading.refusals),
        "by_kind": dict(reading.by_kind), "by_outcome": dict(reading.by_outcome),
        "joint": sum(bool(row.joint) for row in reading.rows),
        "promises": sum(len(row.plans) for row in reading.rows),
        "unread": [head[:60] for head in reading.unread[:SHOWN]],
        "refusals": [[r.place, r.value, r.why] for r in reading.refusals[:SHOWN]],
        "sample": [[row.place, row.title, row.lead.name if row.lead else "", str(row.received_on)] for row in reading.rows[:20]],
    }  # fmt: skip


def _fail(run: ImportRun, why: str) -> None:
    run.state, run.report, run.finished_at = (
        ImportRun.State.FAILED,
        {**run.report, "why": why},
        timezone.now(),
    )
    run.save(update_fields=["state", "report", "finished_at"])


@task
def check_import(run_id: int) -> None:
    """The dry run: reads everything, writes nothing but the report."""
    run = ImportRun.objects.select_related("file", "government").get(pk=run_id)
    if run.state != ImportRun.State.CHECKING:
        return None
    try:
        reading = read_run(run)
    except (SheetRefused, CaseError) as error:
        return _fail(run, str(error))
    run.state, run.report = ImportRun.State.CHECKED, report(reading)
    run.rows = len(reading.rows) + reading.known
    run.save(update_fields=["state", "report", "rows"])
    return None


@task
def take_in_import(run_id: int) -> None:
    """Take the checked file in, whole or not at all; run again after a dead worker it finds the rows known."""
    run = ImportRun.objects.select_related("file", "government", "started_by").get(pk=run_id)
    if run.state != ImportRun.State.RUNNING:
        return None
    by = viewer_for(run.started_by, timezone.localdate())
    try:
        reading = read_run(run)
        done = import_cases(
            government=run.government, reading=reading, source=f"{run.label} {run.file.name}", by=by
        )
    except (SheetRefused, CaseError) as error:
        return _fail(run, str(error))
    run.state, run.done_rows, run.finished_at = ImportRun.State.DONE, done, timezone.now()
    run.report = {**run.report, "taken": done, "known": reading.known}
    run.save(update_fields=["state", "done_rows", "finished_at", "report"])
    return None
