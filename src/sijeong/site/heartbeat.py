"""Workers say every few seconds that they live, where every web process and doctor can read it."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager

from django.core.cache import cache
from django.db import DatabaseError, connection, connections

from sijeong.beside import beside

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


def kept(worker: str) -> AbstractContextManager[None]:
    """Beat beside whatever is done meanwhile."""

    def keep() -> None:
        try:
            beat(worker)
        except DatabaseError:
            # Away for a while: no reason to fall silent for good.
            connection.close()

    return beside(keep, EVERY, at_end=connections.close_all, name="heartbeat")
