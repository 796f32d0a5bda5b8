"""An import as planning does it: the sheet read and checked, then numbered and journalled, all or nothing."""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.actions.intake import current_type
from sijeong.cases.incoming import understand
from sijeong.cases.models import CaseTypeVersion
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import viewer_for

ROWS = 41_624


def imported(planning: User) -> tuple[int, float]:
    """How many rows came, in how many seconds."""
    government = planning.government
    version = current_type(government, "data_request")
    names = list(
        Unit.objects.filter(government=government, level="division", valid_to=None).values_list(
            "name", flat=True
        )
    )
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(["연번", "요구자료", "요구자", "접수일", "소관부서"])
        for i in range(ROWS):
            day = f"{2018 + i % 4}-{1 + i % 12:02d}-{1 + i % 28:02d}"
            writer.writerow(
                [i + 1, f"최근 3년간 예산과 집행 내역 {i}", "행정자치위원회", day, names[i % len(names)]]
            )
        sheet.flush()
        began = time.perf_counter()
        with transaction.atomic():
            done = _taken_in(government, version, Path(sheet.name), planning)
            with connection.cursor() as cursor:  # what COMMIT checks
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            taken = time.perf_counter() - began
            transaction.set_rollback(True)  # a kept database stays as it is, for the next run
        return done, taken


def _taken_in(government: Government, version: CaseTypeVersion, path: Path, planning: User) -> int:
    reading = understand(
        government=government, version=version, path=path, kind="text", received_on=timezone.localdate()
    )
    by = viewer_for(planning, timezone.localdate())
    return actions.import_cases(government=government, reading=reading, source="benchmark", by=by)
