"""A list of cases handed out as a sheet: seconds of CPU and memory, beside writing the same cells and nothing else.

python benchmarks/sheets.py [cases, default 41624]
The bound writes rows that lie in memory by the same library; the rest is what reading the cases costs.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
TIMES = 3
write = sys.stdout.write


def main(counts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = {
            "SIJEONG_MODE": "test", "SIJEONG_DATA": folder, "DJANGO_SETTINGS_MODULE": "sijeong.site.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }  # fmt: skip
        again = [sys.executable, __file__, *counts]
        for step in (
            "fill",
            "measure",
        ):  # in processes of their own, so that the peak of memory is of the sheet
            subprocess.run(again, env=os.environ | told | {"INSIDE": step}, check=True)  # noqa: S603 - this file again


def measure() -> None:
    from sijeong.cases.actions.intake import current_type
    from sijeong.cases.columns import columns_for, told_columns
    from sijeong.cases.exports import SheetKind, rows_of, write_cases, write_rows
    from sijeong.cases.models import Case

    case_type = current_type(Case.objects.first().government, "data_request").case_type
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours = {
        kind: spent(lambda out, k=kind: write_cases(case_type, Case.objects.all(), out, k))
        for kind in SheetKind
    }
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    columns, rows = [*columns_for(case_type), *told_columns(())], list(rows_of(Case.objects.all()))
    used = [column for column in columns if any(row.get(column.code) for row in rows)]
    cells = [[row.get(column.code, "") for column in used] for row in rows]
    count = len(rows)
    for kind, taken in ours.items():
        bound = spent(lambda out, k=kind: write_rows("", used, cells, out, k))
        write(f"{count:,} cases as {kind}: {taken:.1f} s of CPU, the cells alone {bound:.1f} s\n")
    write(f"memory: {grown:.0f} MB more than before, both kinds {TIMES} times\n")


def spent(act: Callable[[object], object]) -> float:
    """The median of seconds of CPU."""
    taken = []
    for _ in range(TIMES):
        with tempfile.TemporaryFile() as out:
            began = time.process_time()
            act(out)
            taken.append(time.process_time() - began)
    return median(taken)


def fill(count: int) -> None:
    """Cases of 40 divisions, brought by a sheet."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from sijeong.cases import actions
    from sijeong.cases.actions.intake import current_type
    from sijeong.cases.incoming import understand
    from sijeong.catalog import read_city
    from sijeong.org.models import Government, Unit

    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    actions.apply_catalog(government=seoul, city=read_city(ROOT / "cities" / "seoul"), by=None)
    Unit.objects.bulk_create(
        Unit(government=seoul, code=f"{n}", name=f"{n}과", level="division", valid_from=dt.date(2020, 1, 1))
        for n in range(40)
    )
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(["연번", "요구자료", "요구자", "접수일", "소관부서", "추진상황", "답변 내용"])
        for i in range(count):
            day = f"{2018 + i % 4}-{1 + i % 12:02d}-{1 + i % 28:02d}"
            asked, told = f"최근 3년간 예산과 집행 내역 {i}", f"◦ 붙임과 같이 제출함({i})"
            writer.writerow([i + 1, asked, "행정자치위원회", day, f"{i % 40}과", "", told])
        sheet.flush()
        reading = understand(
            government=seoul, version=current_type(seoul, "data_request"), path=Path(sheet.name), kind="text",
            received_on=dt.date(2026, 1, 2),
        )  # fmt: skip
        actions.import_cases(government=seoul, reading=reading, source="benchmark", by=None)


if __name__ == "__main__":
    if step := os.environ.get("INSIDE"):
        import django

        django.setup()
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 41_624) if step == "fill" else measure()
    else:
        main(sys.argv[1:])
