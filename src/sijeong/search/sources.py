"""Where documents come from: the rooms above, named in the settings, because this room does not know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from .engine import Document, Engine


class Source(Protocol):
    """The documents of one kind, as the rows are now."""

    kind: str

    def documents(self, government_id: int, ids: Iterable[int]) -> Iterator[Document]:
        """Those of the ids that exist; what is not given is taken out of the index."""

    def concerned(self, kind: str, ids: set[int]) -> set[int]:
        """Ids of the documents that a change of these things concerns: of its own kind, themselves."""

    def ids(self, government_id: int) -> Iterable[int]:
        """Ids of all documents, the newest first: of hits that are equally near, the one indexed first comes first."""

    def count(self, government_id: int) -> int: ...


def sources() -> dict[str, Source]:
    """The sources of setting SEARCH_SOURCES, by kind."""
    found = [import_string(name) for name in settings.SEARCH_SOURCES]
    return {source.kind: source for source in found}


@cache
def _engine(name: str) -> Engine:
    engine: Engine = import_string(name)()
    return engine


def engine() -> Engine:
    """The engine of setting SEARCH_ENGINE."""
    return _engine(settings.SEARCH_ENGINE)
