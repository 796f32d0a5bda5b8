"""How far long work is: a bar where a person watches, nothing where a script reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give ``progress(done, total)`` to call as the work goes on. The bar goes to stderr, results to stdout."""
    with click.progressbar(length=1, label=label, file=sys.stderr, show_eta=False) as shown:

        def progress(done: int, total: int) -> None:
            shown.length = max(total, 1)
            shown.update(done - shown.pos)

        yield progress
        shown.update((shown.length or 0) - shown.pos)
