"""Who works on this installation's data folder right now: many at once, or one alone.

A lock of the operating system, so that it ends with its holder however that one dies. Web server and worker hold it
together; who swaps the database takes it alone.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


class Busy(Exception):
    """Others are at work on the data folder; the text says who and what to do."""


@contextmanager
def _held(kind: int, otherwise: str) -> Iterator[None]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / ".running").open("w") as door:
        try:
            fcntl.flock(door, kind | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(f"{settings.DATA}: {otherwise}") from error
        yield


@contextmanager
def together() -> Iterator[None]:
    """Work beside others. Raises Busy while the data folder is being swapped."""
    with _held(fcntl.LOCK_SH, "되돌리는 중입니다. 끝난 뒤에 켜십시오."):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Work while nobody else does. Raises Busy while a web server or worker of this folder runs."""
    with _held(fcntl.LOCK_EX, "웹 서버나 일꾼이 돌고 있습니다. 먼저 멈추십시오."):
        yield
