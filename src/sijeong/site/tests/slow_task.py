"""A task long enough to be stopped in."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import task


@task
def write_slowly(folder: str) -> None:
    """Say that it began, take its time, say that it ended."""
    (Path(folder) / "began").touch()
    time.sleep(2)
    (Path(folder) / "ended").touch()
