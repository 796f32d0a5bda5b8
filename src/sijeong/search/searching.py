"""Asking this machine's index, after it caught up as far as a reader will wait for."""

from __future__ import annotations

from dataclasses import dataclass

from sijeong.org.models import Government

from .engine import Asked, Found, Hit
from .replica import NotBuilt, Replica
from .sources import sources

# Seconds a question waits for the index to catch up, and documents that are indexed on the spot.
PATIENCE = 0.3
SMALL = 2000


@dataclass(frozen=True)
class Answered:
    """What was found, and how many changes the index did not know yet. ``found`` None: no index is there yet."""

    found: Found | None
    behind: int = 0


def _ready(government: Government) -> tuple[Replica, int] | None:
    """The replica, caught up; None where it must be built first and that takes longer than one waits."""
    replica = Replica(government)
    if not replica.is_sound():
        if sum(source.count(government.pk) for source in sources().values()) > SMALL:
            return None
        replica.rebuild()
    try:
        return replica, replica.follow(PATIENCE).changes
    except NotBuilt:
        return None


def search(government: Government, asked: Asked) -> Answered:
    """Ask the government's index. The caller passes every hit through its own access door."""
    if (ready := _ready(government)) is None:
        return Answered(None)
    replica, behind = ready
    return Answered(replica.reader().search(asked), behind)


def ids(government: Government, asked: Asked, limit: int) -> list[int] | None:
    """Ids of the nearest documents; None where no index is there yet."""
    ready = _ready(government)
    return None if ready is None else ready[0].reader().ids(asked, limit)


def is_there(government: Government) -> bool:
    """Whether there is an index to ask; not while it is being built anew."""
    return _ready(government) is not None


def like(government: Government, text: str, asked: Asked) -> list[tuple[Hit, list[str]]]:
    """Documents of like text, nearest first, each with the stretches that it shares; none without an index."""
    ready = _ready(government)
    return [] if ready is None else ready[0].reader().like(text, asked)
