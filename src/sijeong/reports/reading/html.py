"""HTML into blocks: whole pages, and the tables that stand inside Markdown."""

from __future__ import annotations

from lxml import etree

from sijeong.reports.reading.documents import (
    Block,
    Builder,
    Cell,
    Document,
    Paragraph,
    Table,
    Unreadable,
    flowed,
    placed,
)

_BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "main",
    "blockquote",
    "header",
    "footer",
}
_SILENT = {"script", "style", "template", "noscript", "head", "svg", "button", "nav"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def parse(text: str) -> etree._Element:
    """The root of an HTML text, however careless its tags; no network, no entities of its own."""
    try:
        root = etree.fromstring(
            text.encode(), etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
        )
    except etree.XMLSyntaxError as error:
        raise Unreadable("HTML로 읽을 수 없는 파일입니다.") from error
    if root is None:
        raise Unreadable("빈 HTML 파일입니다.")
    return root


class Reader:
    """Collects blocks in reading order."""

    def __init__(self, builder: Builder, line: int | None = None) -> None:
        self.builder = builder
        self.line = line
        self.blocks: list[Block] = []

    def read(self, root: etree._Element) -> list[Block]:
        text, heading = self._flow(root, 0, 0)
        self._flush(text, heading)
        return self.blocks

    def _flush(self, text: str, heading: int = 0) -> None:
        for line in text.split("\n"):
            if clean := " ".join(line.split()):
                self.blocks.append(Paragraph(clean, self.builder.place(line=self.line), 0, heading))

    def _flow(self, element: etree._Element, heading: int, depth: int) -> tuple[str, int]:
        """Text not yet flushed at the end of an element, flushing what came before each block."""
        self.builder.deepen(depth // 10)
        pending = _said(element.text)
        for child in element:
            tag = str(child.tag).lower()
            if tag == "table":
                self._flush(pending, heading)
                pending = ""
                self._table(child, depth)
            elif tag == "br":
                pending += "\n"
            elif tag in _BLOCKS or tag in _HEADINGS:
                self._flush(pending, heading)
                self._flush(*self._flow(child, _HEADINGS.get(tag, heading), depth + 1))
                pending = ""
            elif tag not in _SILENT:
                text, _ = self._flow(child, heading, depth + 1)
                pending += text
            pending += _said(child.tail)
        return pending, heading

    def _table(self, element: etree._Element, depth: int) -> None:
        place = self.builder.table_place(line=self.line)
        caption = " ".join("".join(map(str, c.itertext())).strip() for c in element.iterchildren("caption"))
        rows = []
        inner: dict[int, list[Table]] = {}
        for row in element.iter("tr"):
            if _owner(row) is not element:
                continue
            cells = []
            for part in row.iterchildren("td", "th"):
                within = Reader(self.builder, self.line)
                content = within.read(part) if depth < 200 else []
                lines = [b.text for b in content if isinstance(b, Paragraph)]
                tables = [b for b in content if isinstance(b, Table)]
                if tables:
                    inner[id(lines)] = tables
                cells.append((lines, _span(part, "rowspan"), _span(part, "colspan"), part.tag == "th"))
            rows.append(cells)
        table = Table(placed(flowed(rows)), place, caption)
        for cell in table.cells:
            cell.tables = inner.get(id(cell.lines), [])
        self.builder.count_cells(len(table.cells))
        self.blocks.extend(_unboxed(table, self.builder, self.line))


def _unboxed(table: Table, builder: Builder, line: int | None) -> list[Block]:
    """A table of one cell is a frame round paragraphs."""
    if len(table.cells) != 1 or table.caption:
        return [table] if table.cells else []
    cell: Cell = table.cells[0]
    return [*(Paragraph(text, builder.place(line=line), 0, 0, True) for text in cell.lines), *cell.tables]


def _owner(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, int(value)) if value.isdigit() and len(value) < 5 else 1


def _said(text: str | None) -> str:
    return "" if text is None else text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def read_html(text: str) -> Document:
    """A document from the text of an HTML page."""
    builder = Builder("html")
    reader = Reader(builder)
    root = parse(text)
    body = root.find("body")
    builder.document.blocks = reader.read(body if body is not None else root)
    return builder.document
