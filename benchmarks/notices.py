"""The daily look and a new holiday over many open cases: seconds, statements, and what a second time costs.

python benchmarks/notices.py [open cases, default 10000] [closed ones beside them, default 31624]
Runs on SQLite and, where its binaries are found, on PostgreSQL; each in a process and a folder of its own.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
DAY = dt.timedelta(days=1)
TIMES = 3
write = sys.stdout.write


def main(counts: list[str]) -> None:
    from sijeong.site.tests import cluster

    with tempfile.TemporaryDirectory() as folder:
        copytree(ROOT / "cities", Path(folder) / "cities")
        told = {
            "SIJEONG_MODE": "test", "SIJEONG_DATA": folder, "SIJEONG_CITIES": f"{folder}/cities", "INSIDE": "1",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "DJANGO_SETTINGS_MODULE": "sijeong.site.settings",
        }  # fmt: skip
        again = [sys.executable, __file__, *counts]
        subprocess.run(again, env=os.environ | told, check=True)  # noqa: S603 - this file again
        if cluster.binaries():
            with cluster.throw_away() as url:
                other = os.environ | told | {"DATABASE_URL": url}
                subprocess.run(again, env=other, check=True)  # noqa: S603 - this file again


def inside(open_cases: int, closed: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    from sijeong.cases import actions
    from sijeong.cases.models import Case
    from sijeong.org.models import Government

    fill(open_cases, closed)
    seoul, today = Government.objects.get(code="seoul"), dt.date(2026, 11, 24)
    write(f"{connection.vendor}: {open_cases:,} open, {closed:,} closed cases; medians of {TIMES}\n")

    def rolled_back(act: Callable[[], object]) -> tuple[float, int]:
        spent, statements = [], 0
        for _ in range(TIMES):
            with transaction.atomic():
                with counted() as log:
                    began = time.perf_counter()
                    act()
                    spent.append(time.perf_counter() - began)
                statements = log[0]
                transaction.set_rollback(True)
        return median(spent), statements

    def row(name: str, act: Callable[[], object]) -> None:
        seconds, statements = rolled_back(act)
        write(f"  {name:<42}{seconds:8.2f} s {statements:8,} statements\n")

    row("look of the day, all new", lambda: actions.remind(government=seoul, day=today))
    actions.remind(government=seoul, day=today)
    row("look of the day, nothing new", lambda: actions.remind(government=seoul, day=today))
    holidays = Path(os.environ["SIJEONG_CITIES"]) / "seoul" / "holidays.yaml"
    before = holidays.read_text("utf-8")
    # Three weeks of them, so that every open case moves.
    new = [
        f"  - {{add: {dt.date(2026, 11, 13) + DAY * n}, name: 임시공휴일, basis: 국무회의 의결}}\n"
        for n in range(22)
    ]
    holidays.write_text(before + "".join(new), "utf-8")
    row("plan of new holidays", lambda: actions.plan_calendar(seoul).moving)
    row("applying it", lambda: actions.recalendar(government=seoul, by=None))
    moved = len(actions.recalendar(government=seoul, by=None).moving)
    row(f"applying it again ({moved:,} had moved)", lambda: actions.recalendar(government=seoul, by=None))
    write(f"  open {Case.objects.filter(open=True).count():,}\n")
    holidays.write_text(before, "utf-8")


@contextmanager
def counted() -> Iterator[list[int]]:
    from django.db import connection

    log = [0]

    def wrap(execute, sql, params, many, context):
        log[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrap):
        yield log


def fill(open_cases: int, closed: int) -> None:
    """A city of 40 divisions; cases received on 20 days before the 24th, as many as asked for."""
    from django.utils import timezone

    from sijeong.cases import actions
    from sijeong.cases.actions.intake import current_type
    from sijeong.cases.models import Case, Part
    from sijeong.cases.terms import term_for
    from sijeong.catalog import read_city
    from sijeong.org.models import Government, Post, Unit, User

    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    actions.apply_catalog(government=seoul, city=read_city(ROOT / "cities" / "seoul"), by=None)
    units = Unit.objects.bulk_create(
        Unit(government=seoul, code=f"{n}", name=f"{n}과", level="division", valid_from=dt.date(2020, 1, 1))
        for n in range(40)
    )
    people = User.objects.bulk_create(
        User(government=seoul, username=f"u{n}", name=f"담당{n}", email="a@example.go.kr") for n in range(200)
    )
    Post.objects.bulk_create(
        Post(
            user=user, unit=units[n % 40], valid_from=dt.date(2020, 1, 1),
            role="planning_officer" if n == 0 else "division_head" if n < 40 else "division_officer",
        )
        for n, user in enumerate(people)
    )  # fmt: skip
    version = current_type(seoul, "data_request")
    rows = []
    for n in range(open_cases + closed):
        day = dt.date(2026, 11, 3) + DAY * (n % 20)
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        term = term_for(version.case_type, at, seoul) if n < 20 else None
        known = rows[n % 20] if n >= 20 else None
        rows.append(
            Case(
                government=seoul, type=version, type_code=version.code, number=f"자료요구-2026-{n:06}", title="자료",
                question="자료 제출", asker=people[199], asker_name="의원", received_at=at, state="assigned",
                open=n < open_cases, lead=units[n % 40], term_data=term.as_json() if term else known.term_data,
                due_on=term.last_day if term else known.due_on, fields={"form": f"{n}"},
            )
        )  # fmt: skip
    for start in range(0, len(rows), 5000):
        made = Case.objects.bulk_create(rows[start : start + 5000], batch_size=1000)
        Part.objects.bulk_create(
            Part(case=c, unit=c.lead, kind="lead", since=c.received_at, received_at=c.received_at)
            for c in made
        )


if __name__ == "__main__":
    if os.environ.get("INSIDE"):
        given = [int(word) for word in sys.argv[1:]]
        inside(*(given + [10_000, 31_624][len(given) :]))
    else:
        main(sys.argv[1:])
