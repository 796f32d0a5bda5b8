"""Workers say every few seconds that they live, where every web process and doctor can read it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import DatabaseError, connection

KEY = "site.worker.heartbeat"
EVERY = 5.0
LOST_AFTER = 30.0


def key_of(worker: str) -> str:
    return f"{KEY}.{worker}"


def beat(worker: str = "") -> None:
    """Say that a worker lives; under its own name no longer than it may be silent."""
    cache.set(KEY, time.time(), timeout=24 * 60 * 60)
    if worker:
        cache.set(key_of(worker), time.time(), timeout=LOST_AFTER)


def last() -> float | None:
    """When any worker last said that it lives (seconds since the epoch); None if none has for a day."""
    told: float | None = cache.get(KEY)
    return told


@contextmanager
def kept(worker: str) -> Iterator[None]:
    """Beat beside whatever is done meanwhile."""
    stop = threading.Event()
    heart = threading.Thread(target=_keep_beating, args=(worker, stop), name="heartbeat")
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _keep_beating(worker: str, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            beat(worker)
        except DatabaseError:
            # Away for a while: no reason to fall silent for good.
            connection.close()
        stop.wait(EVERY)
    connection.close()
