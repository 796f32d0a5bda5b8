"""Hits as a page or a program gets them: through the access door of their kind, with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sijeong.org.viewer import Viewer

from .engine import Hit, Reach
from .highlight import Marked, marked, snippet
from .sources import Listed, listed


@dataclass(frozen=True)
class Line:
    """A hit that its reader may see: the row as it is now, and the template that shows it."""

    kind: str
    key: str
    address: str
    row: Any
    template: str
    title: Marked
    text: Marked
    inner: Marked


def reaches(viewer: Viewer) -> tuple[Reach, ...]:
    """All keys of the viewer, whatever they open."""
    return tuple(reach for source in listed().values() for reach in source.reaches(viewer))


def lines(viewer: Viewer, hits: list[Hit], q: str) -> list[Line]:
    """The hits that pass their doors as the rows are now, in their order: the index may be a moment behind."""
    rows = {
        kind: source.rows(viewer, [hit.id for hit in hits if hit.kind == kind])
        for kind, source in listed().items()
        if any(hit.kind == kind for hit in hits)
    }
    return list(_lines(rows, hits, q))


def _lines(rows: Mapping[str, Mapping[int, Any]], hits: list[Hit], q: str) -> Iterator[Line]:
    for hit in hits:
        if (row := rows.get(hit.kind, {}).get(hit.id)) is not None:
            yield _line(listed()[hit.kind], row, hit, q)


def _line(source: Listed, row: Any, hit: Hit, q: str) -> Line:
    inner = snippet(hit.inner, q) if hit.inner else []
    if not any(on for _, on in inner):
        inner = []
    told = source.told(row)
    return Line(
        hit.kind,
        told.key,
        told.address,
        row,
        source.template,
        marked(told.title, q),
        snippet(hit.text, q),
        inner,
    )


def labels(viewer: Viewer) -> dict[str, dict[str, str]]:
    """What the values of each facet are called."""
    found: dict[str, dict[str, str]] = {}
    for source in listed().values():
        for facet, names in source.labels(viewer).items():
            found.setdefault(facet, {}).update(names)
    return found
