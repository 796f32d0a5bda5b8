"""Tasks long enough to be stopped in, and large enough to leave something behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task


@task
def write_slowly(folder: str) -> None:
    """Say that it began, take its time, say that it ended."""
    (Path(folder) / "began").touch()
    time.sleep(2)
    (Path(folder) / "ended").touch()


KEPT: list[bytes] = []


@task
def keep(megabytes: int) -> None:
    """Take memory and never give it back, as a library's cache does."""
    KEPT.append(os.urandom(megabytes * 1024**2))
