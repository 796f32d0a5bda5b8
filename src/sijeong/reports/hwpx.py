"""Reads HWPX (OWPML, KS X 6101): sections, tables with merged cells, text boxes, notes, automatic paragraph heads."""

from __future__ import annotations

import re

from lxml.etree import _Element

from sijeong.reports.archives import Archive
from sijeong.reports.documents import Builder, Cell, Document, Paragraph, Table, Unreadable, placed
from sijeong.reports.numbering import Level, Numbering

_INLINE = {"lineBreak": "\n", "tab": " ", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_NOTES = ("footNote", "endNote")
_SHAPES = {"rect", "ellipse", "polygon", "curve", "arc", "container", "line", "connectLine", "textart", "drawText"}


class _Names(dict[str, str]):
    """Local names of tags: the namespaces of OWPML differ by edition, the names do not."""

    def __missing__(self, tag: str) -> str:
        self[tag] = name = tag.rpartition("}")[2]
        return name


_name = _Names()


def _children(element: _Element | None, name: str) -> list[_Element]:
    return [] if element is None else [child for child in element if _name[child.tag] == name]


def _child(element: _Element | None, name: str) -> _Element | None:
    return next(iter(_children(element, name)), None)


class _Heads:
    """Automatic heads by paragraph property, from header.xml."""

    def __init__(self, header: _Element) -> None:
        self.outline = "1"
        self._by_property: dict[str, tuple[str, str, int]] = {}
        self._bullets: dict[str, str] = {}
        self._numberings: dict[str, Numbering] = {}
        for element in header.iter("{*}paraPr", "{*}bullet", "{*}numbering"):
            getattr(self, "_" + _name[element.tag])(element)

    def _paraPr(self, element: _Element) -> None:  # noqa: N802 - named as the element
        heading = _child(element, "heading")
        if heading is not None and heading.get("type", "NONE") != "NONE":
            self._by_property[element.get("id", "")] = (
                heading.get("type", ""),
                heading.get("idRef", "0"),
                int(heading.get("level") or 0),
            )

    def _bullet(self, element: _Element) -> None:
        self._bullets[element.get("id", "")] = element.get("char", "")

    def _numbering(self, element: _Element) -> None:
        levels = [
            Level(head.get("numFormat", "DIGIT"), int(head.get("start") or 1), head.text or "")
            for head in _children(element, "paraHead")
        ]
        self._numberings[element.get("id", "")] = Numbering(levels)

    def of(self, reference: str | None) -> tuple[str, int]:
        """The drawn head ('' if none) and the outline level (0 if none) of a paragraph."""
        if reference is None or reference not in self._by_property:
            return "", 0
        kind, target, level = self._by_property[reference]
        if kind == "BULLET":
            return self._bullets.get(target, ""), 0
        numbering = self._numberings.get(self.outline if kind == "OUTLINE" and target == "0" else target)
        return (numbering.next(level) if numbering else ""), (level + 1 if kind == "OUTLINE" else 0)


class _Reader:
    def __init__(self, heads: _Heads) -> None:
        self.builder = Builder("hwpx")
        self.heads = heads
        self.deleting = False

    def section(self, root: _Element) -> None:
        for paragraph in root:
            if _name[paragraph.tag] == "p":
                for text, heading, table, boxed in self.paragraph(paragraph, 0):
                    self._emit(text, heading, table, boxed)

    def _emit(self, text: str, heading: int, table: Table | None, boxed: bool) -> None:
        if table is None:
            if text.strip():
                self.builder.add(Paragraph(text, self.builder.place(), _indent(text), heading, boxed))
        elif len(table.cells) == 1 and not table.caption:
            for line in table.cells[0].lines:
                self.builder.add(Paragraph(line, self.builder.place(), _indent(line), 0, True))
            for inner in table.cells[0].tables:
                self.builder.add(inner)
        else:
            self.builder.add(table)

    def paragraph(self, paragraph: _Element, depth: int) -> list[tuple[str, int, Table | None, bool]]:
        """Pieces of one paragraph in order: (text, heading level, table or None, in a text box)."""
        text: list[str] = []
        pieces: list[tuple[str, int, Table | None, bool]] = []
        for run in paragraph:
            if _name[run.tag] != "run":
                continue
            for item in run:
                name = _name[item.tag]
                if name == "t":
                    text.append(self._text(item) if len(item) or self.deleting else item.text or "")
                else:
                    found = self._item(item, name, text, depth)
                    if found:
                        pieces += [("".join(text), 0, None, False), *found]
                        text = []
        head, heading = self.heads.of(paragraph.get("paraPrIDRef"))
        whole = "".join(text)
        if head and whole.strip():
            whole = f"{head} {whole}"
        pieces.append((whole, heading, None, False))
        return pieces

    def _text(self, element: _Element) -> str:
        parts = [] if self.deleting else [element.text or ""]
        for child in element:
            name = _name[child.tag]
            if name == "deleteBegin":
                self.deleting = True
            elif name == "deleteEnd":
                self.deleting = False
            elif not self.deleting:
                parts.append(_INLINE.get(name, ""))
            if not self.deleting:
                parts.append(child.tail or "")
        return "".join(parts)

    def _item(self, item: _Element, name: str, text: list[str], depth: int) -> list[tuple[str, int, Table | None, bool]]:
        """Anything in a run that is not plain text; its text goes to `text`, its blocks are given back."""
        if name == "tbl":
            return [("", 0, self.table(item, depth + 1), False)]
        if name == "compose":
            text.append(item.get("composeText", ""))
        elif name == "dutmal":
            main = _child(item, "mainText")
            text.append((main.text or "") if main is not None else "")
        elif name == "pic":
            self.builder.document.unread.append("그림")
        elif name == "ctrl":
            for control in item:
                self._control(control, _name[control.tag], depth)
        elif name == "switch":
            branch = _child(item, "default") if _child(item, "default") is not None else _child(item, "case")
            inner = [] if branch is None else list(branch)
            return [piece for child in inner for piece in self._item(child, _name[child.tag], text, depth)]
        elif name in _SHAPES:
            return self._shape(item, depth)
        return []

    def _shape(self, shape: _Element, depth: int) -> list[tuple[str, int, Table | None, bool]]:
        self.builder.deepen(depth)
        pieces: list[tuple[str, int, Table | None, bool]] = []
        for child in shape:
            name = _name[child.tag]
            if name == "subList":
                for paragraph in _children(child, "p"):
                    pieces.extend((t, h, table, True) for t, h, table, _ in self.paragraph(paragraph, depth + 1))
            elif name in _SHAPES:
                pieces.extend(self._shape(child, depth + 1))
        return pieces

    def _control(self, control: _Element, name: str, depth: int) -> None:
        if name not in _NOTES and name not in ("header", "footer"):
            return
        lines = self._lines(_child(control, "subList"), depth + 1, [])
        into = self.builder.document.notes if name in _NOTES else self.builder.document.margins
        into.extend(line for line in lines if line.strip())

    def _lines(self, sublist: _Element | None, depth: int, tables: list[Table]) -> list[str]:
        """Non-empty lines of a list of paragraphs; tables found in it are added to `tables`."""
        lines: list[str] = []
        for paragraph in [] if sublist is None else sublist:
            if _name[paragraph.tag] != "p":
                continue
            for text, _, table, _ in self.paragraph(paragraph, depth):
                if table is None:
                    if text.strip():
                        lines.extend(line for line in text.split("\n") if line.strip())
                elif len(table.cells) == 1 and not table.caption:
                    lines.extend(table.cells[0].lines)
                    tables.extend(table.cells[0].tables)
                else:
                    tables.append(table)
        return lines

    def table(self, element: _Element, depth: int) -> Table:
        self.builder.deepen(depth)
        place = self.builder.table_place()
        cells: list[Cell] = []
        caption = ""
        for part in element:
            name = _name[part.tag]
            if name == "tr":
                cells.extend(self._cell(cell, depth) for cell in part if _name[cell.tag] == "tc")
            elif name == "caption":
                caption = " ".join(self._lines(_child(part, "subList"), depth, []))
        self.builder.count_cells(len(cells))
        return Table(placed(cells), place, caption)

    def _cell(self, element: _Element, depth: int) -> Cell:
        row = column = 0
        rowspan = colspan = 1
        tables: list[Table] = []
        lines: list[str] = []
        for part in element:
            name = _name[part.tag]
            if name == "subList":
                lines = self._lines(part, depth, tables)
            elif name == "cellAddr":
                row, column = int(part.get("rowAddr") or 0), int(part.get("colAddr") or 0)
            elif name == "cellSpan":
                rowspan, colspan = int(part.get("rowSpan") or 1), int(part.get("colSpan") or 1)
        return Cell(row, column, lines, max(rowspan, 1), max(colspan, 1), element.get("header") == "1", tables)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def read_hwpx(data: bytes) -> Document:
    """A document from the bytes of an HWPX file."""
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.")
    numbers = {int(m[1]): name for name in archive.names if (m := re.fullmatch(r"Contents/section(\d+)\.xml", name))}
    if not numbers:
        raise Unreadable("본문(Contents/section0.xml)이 없는 HWPX 파일입니다.")
    if sorted(numbers) != list(range(len(numbers))):
        raise Unreadable("HWPX의 구역 번호가 이어지지 않습니다(일부가 빠진 파일입니다).")
    reader = _Reader(_Heads(archive.xml("Contents/header.xml")))
    for number in sorted(numbers):
        root = archive.xml(numbers[number])
        properties = root.find(".//{*}secPr")
        if properties is not None:
            reader.heads.outline = properties.get("outlineShapeIDRef", "1")
        try:
            reader.section(root)
        except (ValueError, TypeError) as error:
            raise Unreadable(f"{numbers[number]}의 표나 문단 값이 올바르지 않습니다.") from error
    return reader.builder.document
