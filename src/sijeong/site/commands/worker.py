"""``sijeong worker``."""

from __future__ import annotations

import gc
import os
import re
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

import click
import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from sijeong.search import following
from sijeong.site import clock, database, heartbeat, left_behind, running

log = structlog.get_logger("sijeong.worker")
AGAIN = 2.0  # seconds until a database that was locked or away is asked again


class Calm(Worker):
    """Stops between two tasks: the one that runs is finished, and none is claimed and left.

    The library's own worker leaves at once when no task runs, and that can be between claiming one and running it; and it
    dies of a database that another one's long write kept locked, or that was away for a while. This one asks again.
    """

    full = False  # a task left more memory behind than a worker may keep

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        gc.collect()
        if (bytes_held := held()) > settings.WORKER_MEMORY:
            log.info("worker_full", megabytes=bytes_held // 1024**2, after=db_task_result.task_path)
            self.full, self.max_tasks = True, self._run_tasks  # the library's own way to leave after a task

    def run(self) -> None:
        interrupted = False
        while self.running:
            try:
                if interrupted:
                    # A task whose end could not be written: nobody does it any more, though this worker still beats.
                    left_behind.put_back_of(self.worker_id)
                    interrupted = False
                super().run()
                break
            except (OperationalError, InterfaceError) as fault:
                log.warning("database_away", fault=str(fault).strip())
                interrupted = True
                connection.close()
                time.sleep(AGAIN)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if self.running:
            self.running = False
        else:
            super().shutdown(signum, frame)


def held() -> int:
    """Bytes that only this process holds; 0 where the system does not tell (it is Linux that does)."""
    status = Path("/proc/self/status")
    found = re.search(r"RssAnon:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 if found else 0


def begin_anew(interval: float, *, until_empty: bool) -> None:
    """Become a fresh worker under the same process number, so that whoever watches it sees none end."""
    connections.close_all()
    sys.stderr.flush()
    words = ["worker", "--interval", str(interval), *(["--until-empty"] if until_empty else [])]
    os.execv(sys.executable, [sys.executable, "-m", "sijeong.site.cli", *words])  # noqa: S606 - our own command


@click.command()
@click.option(
    "--interval", default=0.2, show_default=True, metavar="초", help="할 일이 없을 때 다시 보는 간격."
)
@click.option("--until-empty", is_flag=True, help="쌓인 일을 모두 하고 끝냅니다.")
def worker(interval: float, until_empty: bool) -> None:
    """뒤에서 할 일을 처리합니다. Ctrl-C나 SIGTERM을 받으면 하던 일을 마치고 멈춥니다. 여럿 켜도 됩니다."""
    if names := database.waiting():
        raise click.ClickException(f"이주 {len(names)}개가 기다립니다: 먼저 sijeong migrate 를 실행하십시오.")
    hand = Calm(
        queue_names=["*"], interval=interval, batch=until_empty, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
    )  # fmt: skip
    hand.configure_signals()
    click.echo("일꾼이 기다립니다.", err=True)
    by_the_clock = nullcontext() if until_empty else clock.kept()
    with running.together(), heartbeat.kept(hand.worker_id), following.kept(), by_the_clock:
        hand.run()
    if hand.full and hand.running:
        begin_anew(interval, until_empty=until_empty)
