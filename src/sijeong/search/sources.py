"""Where documents come from: the rooms above, named in the settings, because this room does not know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from sijeong.org.viewer import Viewer

from .engine import Document, Engine, Reach


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


@dataclass(frozen=True)
class Told:
    """How a hit is called: its key in our addresses, its title, and the address of its page."""

    key: str
    title: str
    address: str


class Listed(Source, Protocol):
    """Documents that the search of every page finds: they have a page of their own, behind a door."""

    template: str
    scope: str

    def reaches(self, viewer: Viewer) -> tuple[Reach, ...]:
        """The viewer's keys to documents of this kind."""

    def rows(self, viewer: Viewer, ids: list[int]) -> Mapping[int, Any]:
        """Those of the rows that the viewer may see now."""

    def told(self, row: Any) -> Told: ...

    def labels(self, viewer: Viewer) -> dict[str, dict[str, str]]:
        """What the values of its facets are called, by facet; what is not named shows as it is."""


def listed() -> dict[str, Listed]:
    """The sources that the search of every page asks, by kind."""
    return {kind: cast("Listed", source) for kind, source in sources().items() if hasattr(source, "template")}


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
