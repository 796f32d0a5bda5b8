"""What is open while a section streams by: paragraphs, and whatever holds paragraphs."""

from __future__ import annotations

from collections.abc import Callable

from sijeong.reports.reading.documents import Paragraph, Table

Attributes = dict[str, str]


class Handlers(dict[str, Callable[[Attributes], None] | None]):
    """Handlers by tag as it is written: the prefix and namespace differ by edition, the local name does
    not.
    """

    def __init__(self, by_name: dict[str, Callable[[Attributes], None]]) -> None:
        super().__init__()
        self._by_name = by_name

    def __missing__(self, tag: str) -> Callable[[Attributes], None] | None:
        self[tag] = found = self._by_name.get(tag.rpartition(":")[2])
        return found


class OpenParagraph:
    """An open paragraph: its text so far, and the pieces (tables, boxes) that came before that text."""

    __slots__ = ("pieces", "property", "text")

    def __init__(self, property_: str | None) -> None:
        self.property = property_
        self.text: list[str] = []
        self.pieces: list[Paragraph | Table | str] = []

    def flush(self) -> None:
        if self.text:
            self.pieces.append("".join(self.text))
            self.text = []


class Frame:
    """Whatever holds paragraphs: the section, a cell, a caption, a note, a running head, a text box."""

    __slots__ = ("boxed", "header", "lines", "span", "tables", "where")

    def __init__(self, boxed: bool = False) -> None:
        self.lines: list[str] = []
        self.tables: list[Table] = []
        self.boxed = boxed
        self.where = (0, 0)
        self.span = (1, 1)
        self.header = False
