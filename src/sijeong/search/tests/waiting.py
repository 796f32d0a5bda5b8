"""Waiting until a replica has followed."""

import time
from collections.abc import Callable


def until(settled: Callable[[], bool], seconds: float = 90) -> bool:
    """Whether it settles in time. The horizon of PostgreSQL is the whole cluster's: a transaction of another test's
    database holds it back until it ends, and what lies beyond is only remembered.
    """
    end = time.monotonic() + seconds
    while not (done := settled()) and time.monotonic() < end:
        time.sleep(0.2)
    return done
