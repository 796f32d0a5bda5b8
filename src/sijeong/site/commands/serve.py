"""``sijeong serve``."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import import_app

from sijeong.search import following
from sijeong.site import collected, database, ports, running

THREADS = 4
MOST_WORKERS = 12


def workers_for(cores: int) -> int:
    """Two a core, as many as gain anything: a request waits for the database about as long as it computes."""
    return min(2 * cores, MOST_WORKERS)


class Quiet(Logger):
    """Says what befalls the server. Requests the site logs itself, without paths and persons: to put together a second
    line of each, for nobody, would cost a fifteenth of a page."""

    access_log_enabled = False

    def access(self, *_told: object) -> None:
        """Nothing."""


class Server(BaseApplication):
    """gunicorn, set up here instead of by a file or its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        app: WSGIHandler = import_app("sijeong.site.wsgi:application")
        # Before the fork: the workers share what it takes, and none makes its first visitor wait for it.
        assert get_resolver().url_patterns  # noqa: S101
        return app


def _forking(_arbiter: object, _worker: object) -> None:
    """What was loaded until now is nobody's rubbish: the workers share it and need not look through it."""
    gc.collect()
    gc.freeze()


def options(bind: str, workers: int) -> dict[str, Any]:
    """gunicorn's settings."""
    memory = Path("/dev/shm")  # noqa: S108 - where a worker's sign of life costs no disk
    logs = dict(settings.LOGGING)
    logs["loggers"] = logs["loggers"] | {
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}
    }
    return {
        "bind": bind,
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        "max_requests": 10_000,
        "max_requests_jitter": 2_000,
        "worker_tmp_dir": str(memory) if memory.is_dir() else None,
        "pre_fork": _forking,
        "control_socket_disable": True,
        "logger_class": Quiet,
        "logconfig_dict": logs,
        # In the worker, not before it: threads do not live through a fork.
        "post_worker_init": lambda worker: following.begin(threading.Event()),
    }


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="주소", help="듣는 주소.")
@click.option("--port", default=8000, show_default=True, metavar="번호", type=click.IntRange(1, 65535),
              help="듣는 포트.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), metavar="수", help="프로세스 수. 기본은 코어의 두 배.")
def serve(host: str, port: int, workers: int | None) -> None:
    """웹 서버를 켭니다. Ctrl-C나 SIGTERM을 받으면 받은 요청을 마치고 멈춥니다."""
    if names := database.waiting():
        raise click.ClickException(f"이주 {len(names)}개가 기다립니다: 먼저 sijeong migrate 를 실행하십시오.")
    if collected.collect():
        click.echo("화면 파일을 모았습니다.", err=True)
    # What this process asked the database stays here: the workers open their own connections.
    connections.close_all()
    count = workers or workers_for(os.cpu_count() or 1)
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if not ports.is_free(host, port):
        raise click.ClickException(
            f"{address} 에서 들을 수 없습니다: 다른 프로그램이 쓰고 있거나 이 기계의 주소가 아닙니다."
        )
    click.echo(f"{database.described()} · http://{address}/ · 프로세스 {count} × 스레드 {THREADS}", err=True)
    with running.together():
        Server(options(address, count)).run()
