"""What is open while a section streams by: paragraphs, and whatever holds paragraphs."""

from __future__ import annotations

from sijeong.reports.reading.documents import Paragraph, Table


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
