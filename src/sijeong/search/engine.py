"""What a search engine must do for this room. Another one (a cluster's, say) stands in by giving these two classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

# Who finds a document whoever they are: what the city has published.
PUBLIC = "public"


@dataclass(frozen=True)
class Document:
    """What can be found of one thing.

    ``sees`` are the keys of those who may find it. ``text`` is for all of them, ``inner`` only for who asks with a
    reach that includes it. ``tags`` (name → values) are what results are filtered and counted by; ``at`` orders them.
    """

    kind: str
    id: int
    title: str
    sees: frozenset[str]
    number: str = ""
    text: str = ""
    inner: str = ""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True)
class Reach:
    """Keys of the one who asks, and whether what they open is searched with its inner text."""

    keys: frozenset[str]
    inner: bool = False


@dataclass(frozen=True)
class Asked:
    """A question: words, by whom, filtered how. No reach finds nothing; an empty ``q`` everything within reach."""

    q: str
    reaches: tuple[Reach, ...]
    kinds: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    newest: bool = False
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Hit:
    """A document found; ``inner`` is empty where no reach with inner text opens it."""

    kind: str
    id: int
    score: float
    number: str
    title: str
    text: str
    inner: str


@dataclass(frozen=True)
class Found:
    """Hits of a page, how many there are in all, and counts by facet and value."""

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]


class Writer(Protocol):
    """The one writer of an index. Nothing is seen of what it does before ``commit``, all of it after."""

    def put(self, document: Document) -> None: ...

    def delete(self, kind: str, ids: Iterable[int]) -> None: ...

    def commit(self, mark: dict[str, Any]) -> None:
        """Make it last, and the mark with it: both or neither survive a power cut."""

    def close(self, *, tidy: bool) -> None:
        """Let go; ``tidy`` waits until small pieces are merged. What was not committed is forgotten."""


class Reader(Protocol):
    """A view of an index as of its last commit; any number of threads may ask it."""

    def refresh(self) -> None: ...

    def mark(self) -> dict[str, Any]: ...

    def search(self, asked: Asked) -> Found: ...

    def ids(self, asked: Asked, limit: int) -> list[int]:
        """Ids of the nearest ``limit``, without their texts."""

    def like(self, text: str, asked: Asked) -> list[tuple[Hit, list[str]]]:
        """Documents of like text, nearest first, each with the words that it shares."""

    def count(self) -> int: ...


class Engine(Protocol):
    """Makes readers and writers of an index that lies in a folder."""

    def shape(self) -> str:
        """Changes whenever an index made before can no longer be read."""

    def writer(self, folder: Path, *, heap: int = 0) -> Writer: ...

    def reader(self, folder: Path) -> Reader: ...
