"""A step done again and again from a thread beside the work: to beat, or to ask whether somebody wants it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def beside(
    step: Callable[[], object],
    every: float,
    *,
    at_end: Callable[[], None] = lambda: None,
    name: str = "beside",
) -> Iterator[None]:
    """Do ``step`` at once and then every so many seconds, until the work is over or the step itself says so (True).

    ``at_end`` is done in the thread, too: what the step opened there is closed there. A step lets nothing out: what it
    raises would end the thread.
    """
    over = Event()

    def go_round() -> None:
        try:
            while step() is not True and not over.wait(every):
                pass
        finally:
            at_end()

    thread = Thread(target=go_round, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
