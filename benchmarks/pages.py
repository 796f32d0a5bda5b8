"""Our real pages, whole, beside the bare SQL of the same pages, in one run: docs/performance.md comes from this.

    python benchmarks/pages.py [--cases 1000000] [--seconds 3] [--rounds 5] [--write]

It starts a PostgreSQL of its own, fills it, serves it by `sijeong serve` and, beside it, by two bare applications with
the same server (without anything, and with a new Django project's own sign-in), and asks all of them over 16
connections, each for a slice of a second in turn. Rates are of a machine that also runs the database and the client;
what counts are the ratios of one run.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]
WORKERS = 2
OURS, BARE, SIGNED = 8621, 8622, 8623
SLICES = 10  # of each round: what else the machine does in a second falls on all alike


@contextmanager
def server(command: list[str], port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers, until the block ends."""
    import socket

    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log, cwd=ROOT)  # noqa: S603
        try:
            for _ in range(600):
                with socket.socket() as door:
                    if door.connect_ex(("127.0.0.1", port)) == 0:
                        break
                if process.poll() is not None:
                    log.seek(0)
                    raise SystemExit(log.read().decode())
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            process.wait(30)


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """MB of the fullest worker: its own pages and its share of those it has in common."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    told = [
        line for child in children for line in Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
    ]
    sizes = [int(line.split()[1]) / 1024 for line in told if line.startswith("Pss:")]
    return max(sizes)


@contextmanager
def followed() -> Iterator[None]:
    """The search index is another process's to make, as on a machine with a worker; no page asked for here searches."""
    from django.conf import settings

    settings.SEARCH_ROOT.mkdir(parents=True, exist_ok=True)
    with (settings.SEARCH_ROOT / ".following").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


@contextmanager
def database(kept: Path | None) -> Iterator[None]:
    """A cluster of our own: thrown away at the end, or in a folder that is kept, where the next run finds it filled."""
    from sijeong.site.tests.cluster import cluster

    with tempfile.TemporaryDirectory() as thrown:
        Path(thrown).chmod(0o711)  # the database runs as somebody else
        folder = kept or Path(thrown)
        (data := folder / "sijeong").mkdir(parents=True, exist_ok=True)
        (postgres := folder / "postgres").mkdir(exist_ok=True)
        with cluster(postgres) as url:
            # By its socket, as a database on the same machine is asked.
            beside = url.replace("127.0.0.1", quote(str(postgres), safe=""))
            os.environ |= {
                "DATABASE_URL": beside, "SIJEONG_MODE": "demo", "SIJEONG_DATA": str(data), "SIJEONG_CITIES": str(ROOT / "cities"),
                "SIJEONG_API_RATE": str(10**9), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'benchmarks'}",
                "DJANGO_SETTINGS_MODULE": "sijeong.site.settings", "SIJEONG_LOG": "json",
            }  # fmt: skip
            import django

            django.setup()
            yield


def filled(count: int) -> Any:
    """The city with its cases; how long they took."""
    from web.filling import People, fill

    from sijeong.org.models import Government, User
    from sijeong.site.database import migrate
    from sijeong.statistics.actions import rebuild

    migrate()
    if Government.objects.exists():
        users = User.objects.in_bulk(field_name="username")
        return People(users["admin"], users["officer"], users["planning"])
    began = time.perf_counter()
    people = fill(count)
    click.echo(f"사안 {count:,}건을 넣는 데 {time.perf_counter() - began:.0f}초", err=True)
    began = time.perf_counter()
    rebuild(government=people.planning.government)
    click.echo(f"통계를 다시 세는 데 {time.perf_counter() - began:.0f}초", err=True)
    return people


def bound(application: str, port: int) -> list[str]:
    """The command of a bare application under the server that ours has."""
    return [
        sys.executable, "-m", "gunicorn", f"web.bare:{application}()", "--bind", f"127.0.0.1:{port}", "--workers",
        str(WORKERS), "--threads", "4", "--worker-class", "gthread", "--keep-alive", "5", "--log-level", "error", "--preload",
    ]  # fmt: skip


def measured(people: Any, *, seconds: float, rounds: int) -> tuple[list[Any], float]:
    """Every page as everyone who asks for it, and its bounds, a slice of each in turn."""
    from django.db import connections
    from web.asking import questions

    asked, statements = questions(*_people(people))
    connections.close_all()
    told = {"BARE_SQL": json.dumps({name: [[sql, None] for sql in one] for name, one in statements.items()})}
    ours = [sys.executable, "-m", "sijeong.site.cli", "serve", "--port", str(OURS), "--workers", str(WORKERS)]
    with (
        followed(),
        server(ours, OURS, {}) as process,
        server(bound("application", BARE), BARE, told),
        server(bound("signed_in", SIGNED), SIGNED, told),
    ):
        for turn in range(rounds + 1):
            for name in dict.fromkeys(one.name for one in asked):
                alike = [one for one in asked if one.name == name]
                found = _round(alike, seconds if turn else 1)
                if turn:  # the first turn warms up
                    for question, (run, *bounds) in zip(alike, found, strict=True):
                        question.runs.append(run)
                        question.bounds.append(bounds)
                rates = [[round(run.rate) for run in runs] for runs in found]
                click.echo(f"{turn}/{rounds} {name} {rates}", err=True)
        return asked, memory_of(process)


def _round(alike: list[Any], seconds: float) -> list[list[Any]]:
    """Of each question what came back: ours, its bound and the bound with a sign-in."""
    from web.client import Run, drive, request_of

    asking = []
    for one in alike:
        turns = [(OURS, one.asking, Run())]
        if one.bound:
            bare = cycle([request_of(f"/{one.bound}", one.cookie)])
            turns += [(BARE, bare, Run()), (SIGNED, bare, Run())]
        asking.append(turns)
    for _ in range(SLICES):
        for one, turns in zip(alike, asking, strict=True):
            for port, turn, whole in turns:
                run = drive(port, turn, seconds=seconds / SLICES)
                if run.wrong or not run.waits:
                    raise SystemExit(f"{one.name} {one.who} {port}: {(run.wrong or ['no answer'])[0]}")
                whole.add(run)
    return [[whole for *_, whole in turns] for turns in asking]


def _people(people: Any) -> tuple[dict[str, Any], dict[str, list[str]]]:
    from django.utils import timezone

    from sijeong.cases.models import Case
    from sijeong.org.viewer import viewer_for

    users = {"시스템 관리자": people.administrator, "담당자": people.restricted}
    numbers = {}
    for who, user in users.items():
        seen = Case.objects.visible_to(viewer_for(user, timezone.localdate())).filter(state="delivered")
        numbers[who] = list(seen.order_by("-received_at").values_list("number", flat=True)[:200:2])
    return users, numbers


@click.command()
@click.option("--cases", default=1_000_000, show_default=True)
@click.option("--seconds", default=3.0, show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, resolve_path=True),
    help="A folder for the filled database: found again next time.",
)
@click.option("--write", is_flag=True, help="docs/performance.md")
def main(cases: int, seconds: float, rounds: int, keep: Path | None, write: bool) -> None:
    """Measure, tell, and with --write keep what was told."""
    with database(keep):
        from web.importing import imported
        from web.telling import page, table

        people = filled(cases)
        asked, memory = measured(people, seconds=seconds, rounds=rounds)
        click.echo(table(asked))
        rows, taken = imported(people.planning)
        click.echo(f"가져오기 {rows:,}행 {taken:.1f}초, 웹 프로세스 {memory:.0f} MB")
        if write:
            told = page(
                asked,
                cases=cases,
                memory=memory,
                rows=rows,
                taken=taken,
                rounds=rounds,
                seconds=seconds,
                slices=SLICES,
            )
            (ROOT / "docs" / "performance.md").write_text(told, "utf-8")


if __name__ == "__main__":
    main()
