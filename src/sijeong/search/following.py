"""The thread that keeps this machine's indexes up to date; of all processes of a machine one does it."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from sijeong.org.models import Government

from . import outbox
from .replica import Replica
from .sources import sources

log = structlog.get_logger("sijeong.search")
EVERY = 1.0
TIDY_EVERY = 3600
Chore = Callable[[], None]


def follow_all() -> None:
    """Bring every government's index up to now, building those that are not there or lost the thread."""
    for government in Government.objects.order_by("pk"):
        replica = Replica(government)
        if replica.is_sound():
            replica.follow(tidy=True)
        elif any(source.count(government.pk) for source in sources().values()):
            done = replica.rebuild()
            log.info("index built", government=government.code, documents=done)


@contextmanager
def kept(*chores: Chore) -> Iterator[None]:
    """Follow beside whatever is done meanwhile; ``chores`` are done once a round before it."""
    stop = threading.Event()
    begin(stop, *chores)
    try:
        yield
    finally:
        stop.set()
        for thread in threading.enumerate():
            if thread.name == "search":
                thread.join()


def begin(stop: threading.Event, *chores: Chore) -> None:
    """Start the thread. It ends with its process, or when ``stop`` is set."""
    threading.Thread(target=_keep_following, args=(stop, chores), name="search", daemon=True).start()


def _keep_following(stop: threading.Event, chores: tuple[Chore, ...]) -> None:
    settings.SEARCH_ROOT.mkdir(parents=True, exist_ok=True)
    rounds = 0
    with (settings.SEARCH_ROOT / ".following").open("w") as door:
        while not stop.is_set():
            try:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _round(chores, prune=rounds % TIDY_EVERY == 0)
                rounds += 1
            except BlockingIOError:
                pass  # another process of this machine follows
            except (DatabaseError, OSError, ValueError) as error:
                # Away for a while, or the disk is full: no reason to stop for good.
                log.warning("search does not follow", error=str(error))
                connection.close()
            stop.wait(EVERY)
    connection.close()


def _round(chores: tuple[Chore, ...], *, prune: bool) -> None:
    for chore in chores:
        chore()
    follow_all()
    if prune:
        for government in Government.objects.all():
            outbox.prune(government.pk)
