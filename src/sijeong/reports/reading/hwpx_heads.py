"""Automatic heads and outline levels of HWPX paragraphs, from header.xml."""

from __future__ import annotations

from lxml.etree import _Element

from sijeong.reports.reading.numbering import Level, Numbering


class Heads:
    """Automatic heads by paragraph property, from header.xml."""

    def __init__(self, header: _Element) -> None:
        self.outline = "1"
        self.drawn: dict[str, tuple[str, str, int]] = {}
        self._bullets: dict[str, str] = {}
        self._numberings: dict[str, Numbering] = {}
        for element in header.iter("{*}paraPr"):
            heading = element.find("{*}heading")
            if heading is not None and heading.get("type", "NONE") != "NONE":
                kind, level = heading.get("type", ""), int(heading.get("level") or 0)
                self.drawn[element.get("id", "")] = (kind, heading.get("idRef", "0"), level)
        for element in header.iter("{*}bullet"):
            self._bullets[element.get("id", "")] = element.get("char", "")
        for element in header.iter("{*}numbering"):
            levels = [
                Level(head.get("numFormat", "DIGIT"), int(head.get("start") or 1), head.text or "")
                for head in element.iterfind("{*}paraHead")
            ]
            self._numberings[element.get("id", "")] = Numbering(levels)

    def of(self, reference: str | None) -> tuple[str, int]:
        """The drawn head ('' if none) and the outline level (0 if none) of a paragraph."""
        known = self.drawn.get(reference or "")
        if known is None:
            return "", 0
        kind, target, level = known
        if kind == "BULLET":
            return self._bullets.get(target, ""), 0
        numbering = self._numberings.get(self.outline if kind == "OUTLINE" and target == "0" else target)
        return (numbering.next(level) if numbering else ""), (level + 1 if kind == "OUTLINE" else 0)
