"""Reads DOCX (WordprocessingML): paragraphs with their automatic heads, tables with merged cells, notes."""

from __future__ import annotations

import re

from lxml.etree import _Element

from sijeong.reports.reading.archives import Archive, parsed
from sijeong.reports.reading.documents import Builder, Cell, Document, Paragraph, Table, Unreadable, placed
from sijeong.reports.reading.numbering import Level, Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FORMS = {
    "decimalEnclosedCircle": "CIRCLED_DIGIT",
    "upperRoman": "ROMAN_CAPITAL",
    "lowerRoman": "ROMAN_SMALL",
    "upperLetter": "LATIN_CAPITAL",
    "lowerLetter": "LATIN_SMALL",
    "ganada": "HANGUL_SYLLABLE",
    "chosung": "HANGUL_JAMO",
}
# bullets that Word takes from Symbol and Wingdings
_DRAWN = str.maketrans("\uf0b7\uf09f\uf0a7\uf06e\uf06f\uf0a8\uf06c\uf0d8\uf0fc", "••▪■□□●▶✓")
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_SKIP = {
    W + "del",
    W + "moveFrom",
    W + "instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_INLINE = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_HOLDERS = {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"}


def _value(element: _Element | None, path: str) -> str | None:
    found = None if element is None else element.find(path)
    return None if found is None else found.get(W + "val")


class _Heads:
    """Automatic heads and heading levels, from numbering.xml and styles.xml."""

    def __init__(self, archive: Archive) -> None:
        self._lists: dict[str, Numbering] = {}
        self._headings: dict[str, int] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        if "word/numbering.xml" in archive.names:
            self._read_numbering(archive.xml("word/numbering.xml"))
        if "word/styles.xml" in archive.names:
            for style in archive.xml("word/styles.xml").iter(W + "style"):
                level = _value(style, f"{W}pPr/{W}outlineLvl")
                if level is not None and level.isdigit() and int(level) < 9:
                    self._headings[style.get(W + "styleId", "")] = int(level) + 1
                self._style(style)

    def _style(self, style: _Element) -> None:
        """A list that a style brings: its own level, or the level that its list ties to the style."""
        properties = style.find(W + "pPr")
        number = _value(properties, f"{W}numPr/{W}numId")
        if number:
            level = int(_value(properties, f"{W}numPr/{W}ilvl") or 0)
            self._styled[style.get(W + "styleId", "")] = number, level

    def _read_numbering(self, root: _Element) -> None:
        abstract: dict[str | None, list[Level]] = {}
        for element in root.iter(W + "abstractNum"):
            abstract[element.get(W + "abstractNumId")] = [
                Level(
                    _FORMS.get(_value(level, W + "numFmt") or "", "DIGIT"),
                    int(_value(level, W + "start") or 1),
                    re.sub(r"%(\d)", r"^\1", _value(level, W + "lvlText") or "").translate(_DRAWN),
                )
                for level in element.iter(W + "lvl")
            ]
        for element in root.iter(W + "num"):
            levels = abstract.get(_value(element, W + "abstractNumId"))
            if levels:
                self._lists[element.get(W + "numId", "")] = Numbering(levels)

    def of(self, paragraph: _Element) -> tuple[str, int]:
        properties = paragraph.find(W + "pPr")
        style = _value(properties, W + "pStyle") or ""
        number, level = self._styled.get(style, ("", 0))
        number = _value(properties, f"{W}numPr/{W}numId") or number
        level = int(_value(properties, f"{W}numPr/{W}ilvl") or level)
        numbering = self._lists.get(number)
        return (numbering.next(level) if numbering else ""), self._headings.get(style, 0)


class _Reader:
    def __init__(self, heads: _Heads) -> None:
        self.builder = Builder("docx")
        self.heads = heads

    def body(self, parent: _Element) -> None:
        for element in parent:
            if element.tag == W + "p":
                head, heading = self.heads.of(element)
                self._paragraph(element, head, heading)
            elif element.tag == W + "tbl":
                self._table_block(self.table(element, 1))
            elif element.tag in _HOLDERS:
                self.body(element)

    def _paragraph(self, element: _Element, head: str, heading: int) -> None:
        text = _text(element)
        for line in filter(
            str.strip, f"{head} {text}".split("\n") if head and text.strip() else text.split("\n")
        ):
            self.builder.add(Paragraph(line, self.builder.place(), len(line) - len(line.lstrip()), heading))
        for box in element.iter(W + "txbxContent"):
            if not any(parent.tag in _SKIP for parent in box.iterancestors()):
                for line in self.lines(box, 1, []):
                    self.builder.add(Paragraph(line, self.builder.place(), 0, 0, True))
        if any(element.iter(W + "drawing", W + "pict")) and not any(element.iter(W + "txbxContent")):
            self.builder.document.unread.append("그림")

    def _table_block(self, table: Table) -> None:
        if len(table.cells) == 1:
            for line in table.cells[0].lines:
                self.builder.add(Paragraph(line, self.builder.place(), 0, 0, True))
            for inner in table.cells[0].tables:
                self.builder.add(inner)
        else:
            self.builder.add(table)

    def lines(self, parent: _Element, depth: int, tables: list[Table]) -> list[str]:
        lines: list[str] = []
        for element in parent:
            if element.tag == W + "p":
                head, _ = self.heads.of(element)
                text = _text(element)
                lines.extend(
                    filter(str.strip, (f"{head} {text}" if head and text.strip() else text).split("\n"))
                )
            elif element.tag == W + "tbl":
                tables.append(self.table(element, depth + 1))
            elif element.tag in _HOLDERS:
                lines.extend(self.lines(element, depth, tables))
        return lines

    def table(self, element: _Element, depth: int) -> Table:
        self.builder.deepen(depth)
        place = self.builder.table_place()
        cells: list[Cell] = []
        open_: dict[int, Cell] = {}
        for r, row in enumerate(element.iterfind(W + "tr")):
            c = int(_value(row, f"{W}trPr/{W}gridBefore") or 0)
            header = row.find(f"{W}trPr/{W}tblHeader") is not None
            for part in row.iterfind(W + "tc"):
                span = int(_value(part, f"{W}tcPr/{W}gridSpan") or 1)
                merge = part.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(W + "val") != "restart" and c in open_:
                    open_[c].rowspan = r - open_[c].row + 1
                else:
                    tables: list[Table] = []
                    cell = Cell(r, c, self.lines(part, depth, tables), 1, span, header, tables)
                    cells.append(cell)
                    open_[c] = cell
                c += span
        self.builder.count_cells(len(cells))
        return Table(placed(cells), place)


def _text(paragraph: _Element) -> str:
    """Visible text of a paragraph: no deletions, no field codes, no text boxes."""
    parts: list[str] = []
    pending: list[_Element] = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag in _SKIP or element.tag in (W + "txbxContent", W + "pPr"):
            continue
        if element.tag == W + "t":
            parts.append(element.text or "")
        elif element.tag in _INLINE:
            parts.append(_INLINE[str(element.tag)])
        else:
            pending.extend(reversed(element))
    return "".join(parts)


def read_docx(data: bytes) -> Document:
    """A document from the bytes of a DOCX file."""
    archive = Archive(data)
    raw = archive.read("word/document.xml")
    if _STRICT in raw[:4096]:
        raw = raw.replace(_STRICT, W[1:-1].encode())
    reader = _Reader(_Heads(archive))
    root = parsed(raw, "word/document.xml")
    body = root.find(W + "body")
    if body is None:
        raise Unreadable("본문이 없는 DOCX 파일입니다.")
    try:
        reader.body(body)
    except ValueError as error:
        raise Unreadable("DOCX의 표나 번호 값이 올바르지 않습니다.") from error
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in archive.names:
            for note in archive.xml(part).iter(W + "footnote", W + "endnote"):
                reader.builder.document.notes.extend(reader.lines(note, 1, []))
    for part in sorted(filter(_MARGIN.fullmatch, archive.names)):
        reader.builder.document.margins.extend(reader.lines(archive.xml(part), 1, []))
    return reader.builder.document
